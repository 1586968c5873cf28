using Simulant.Specs;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Guide;

/// <summary>Samples and the specs shown in the pages have no fault.</summary>
public class SampleTests
{
    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateDirectories(Repository.PathOf("samples")).Select(path =>
            Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_is_a_sound_spec_and_a_page(string sample)
    {
        var faults = new DiagnosticBag();
        var spec = SpecReader.Read(Repository.PathOf($"samples/{sample}"), faults, MetricNames.All);
        Assert.Empty(faults.All);
        Assert.Equal(sample, spec!.Name);
        string page = File.ReadAllText(Repository.PathOf($"samples/{sample}/README.md"));
        Assert.Contains($"./simulant make samples/{sample}", page);
        Assert.Contains($"({sample}/README.md)", File.ReadAllText(Repository.PathOf("samples/README.md")));
    }

    [Fact]
    public void Every_whole_spec_in_the_pages_is_sound()
    {
        foreach (var (path, text) in Repository.Read("docs", "*.md"))
            foreach (var block in Page.Blocks(path, text).Where(b => b.IsSpec))
            {
                var faults = new DiagnosticBag();
                SpecReader.Parse(block.Text, $"{block.Page}, line {block.Line}", faults, MetricNames.All);
                Assert.Empty(faults.All);
            }
    }
}
