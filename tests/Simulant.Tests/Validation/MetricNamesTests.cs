using System.Reflection;
using System.Text.RegularExpressions;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation;

public partial class MetricNamesTests
{
    [GeneratedRegex("^### `([^`]+)`$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [Fact]
    public void Every_metric_is_documented_once_and_nothing_else_is()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/guide/metrics.md")).Replace("\r", "", StringComparison.Ordinal);
        Assert.Equal(MetricNames.All.Order(), Heading().Matches(page).Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public void Every_metric_says_what_it_counts()
    {
        Assert.All(MetricNames.All, name => Assert.NotEqual(MetricCounts.Of(name, 1), MetricCounts.Of(name, 2)));
        Assert.Equal(("column", "columns", "held-out rows"),
            (MetricCounts.Of(MetricNames.Shapes, 1), MetricCounts.Of(MetricNames.Shapes, 15), MetricCounts.Of(MetricNames.Tstr, 0)));
    }

    [Fact]
    public void Every_name_is_in_the_list_and_well_formed()
    {
        string[] constants = [.. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
        Assert.Equal(constants.Order(), MetricNames.All.Order());
        Assert.All(MetricNames.All, name => Assert.Matches("^[a-z]+\\.[a-z0-9-]+$", name));
        Assert.Equal(MetricNames.Text, MetricNames.All.Where(name => name.StartsWith("text.", StringComparison.Ordinal)));
        Assert.Equal(MetricNames.Privacy, MetricNames.All.Where(name => name.StartsWith("privacy.", StringComparison.Ordinal)));
    }
}
