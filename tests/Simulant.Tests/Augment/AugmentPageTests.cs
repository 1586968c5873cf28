using System.Globalization;
using System.Text;
using Simulant.Augment;
using Simulant.Images;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Augment;

/// <summary>docs/guide/augment.md holds the table of operations as the program goes by it.</summary>
public class AugmentPageTests
{
    [Fact]
    public void The_page_has_the_table()
    {
        string table = Table(), page = File.ReadAllText(Repository.PathOf("docs/guide/augment.md"));
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/guide/augment.md has another table; it now reads:\n{table}");
    }

    [Fact]
    public void The_policy_of_the_page_can_be_read()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/guide/augment.md"));
        int start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        var faults = new DiagnosticBag();
        var root = (SpecMap)YamlNodes.Read(page[start..page.IndexOf("```", start, StringComparison.Ordinal)], "augment.md", faults)!;
        var policy = Policy.Read(root["augment"]!, faults);
        Assert.Empty(faults.All);
        Assert.True(policy.Mixes);
    }

    private static string Table()
    {
        var table = new StringBuilder("| operation | kind | what it does | options: least to most [default] |\n|---|---|---|---|\n");
        foreach (var o in OperationTable.All)
        {
            string options = string.Join("; ", o.Options.Skip(1).Select(Option));
            table.Append(CultureInfo.InvariantCulture,
                $"| `{o.Name}` | {o.Group.ToString().ToLowerInvariant()} | {o.Meaning} | {options} |\n");
        }
        return table.ToString();
    }

    private static string Option(EngineOption option)
    {
        string range = option.Values is { } values ? string.Join(", ", values)
            : string.Create(CultureInfo.InvariantCulture, $"{option.Minimum} to {option.Maximum}");
        return $"`{option.Name}` {range} [{option.Default}], {char.ToLowerInvariant(option.Meaning[0])}{option.Meaning[1..^1]}";
    }
}
