using Simulant.Bench;
using Xunit;

namespace Simulant.Tests.Bench;

/// <summary>Every benchmark works on its smallest input, twice to the same result.</summary>
public class BenchTests
{
    public static TheoryData<string> Names => [.. Benchmarks.All.Select(b => b.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_benchmark_works_and_repeats_its_result(string name) => Assert.Equal(Hash(name), Hash(name));

    [Fact]
    public void Without_a_name_the_benchmarks_are_listed()
    {
        var output = new StringWriter();
        Assert.Equal(0, Benchmarks.Run([], output, TextWriter.Null));
        Assert.All(Benchmarks.All, b => Assert.Contains(b.Name, output.ToString()));
    }

    [Fact]
    public void An_unknown_name_is_refused()
    {
        var errors = new StringWriter();
        Assert.Equal(2, Benchmarks.Run(["nope"], TextWriter.Null, errors));
        Assert.Contains("no benchmark 'nope'", errors.ToString());
    }

    [Fact]
    public void A_wrong_result_stops_a_benchmark() =>
        Assert.Throws<InvalidOperationException>(() =>
            new BenchContext(TextWriter.Null, true, new Dictionary<string, string>()).Check(false, "sum"));

    private static string Hash(string name)
    {
        var output = new StringWriter();
        Assert.Equal(0, Benchmarks.Run([name, "--tiny"], output, TextWriter.Null));
        return output.ToString().Split('\n').Single(line => line.StartsWith("# result", StringComparison.Ordinal));
    }
}
