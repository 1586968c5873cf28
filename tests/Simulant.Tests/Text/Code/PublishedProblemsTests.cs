using System.Text.Json;
using Simulant.Text.Code;
using Xunit;

namespace Simulant.Tests.Text.Code;

/// <summary>
/// Real input: the canonical solutions of HumanEval and MBPP pass their own tests under the Python host, but for those named here, which
/// use what checked code may not.
/// </summary>
public class PublishedProblemsTests(CheckFixture fixture, ITestOutputHelper output) : IClassFixture<CheckFixture>
{
    private static readonly string[] NotHere = ["HumanEval/160", "MBPP/264"]; // eval; exit

    [Fact]
    public void HumanEval_passes() => Passes("humaneval.jsonl", 164, p => (p.GetProperty("task_id").GetString()!,
        p.GetProperty("prompt").GetString() + p.GetProperty("canonical_solution").GetString(),
        $"{p.GetProperty("test").GetString()}\ncheck({p.GetProperty("entry_point").GetString()})"));

    [Fact]
    [Trait("Suite", "long")]
    public void Mbpp_passes() => Passes("mbpp.jsonl", 974, p => ($"MBPP/{p.GetProperty("task_id").GetInt32()}",
        p.GetProperty("code").GetString()!,
        p.GetProperty("test_setup_code").GetString() + "\n"
            + string.Join('\n', p.GetProperty("test_list").EnumerateArray().Select(t => t.GetString()))));

    private void Passes(string file, int count, Func<JsonElement, (string Id, string Solution, string Tests)> read)
    {
        fixture.SkipWithout(CodeLanguage.Python);
        string? data = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        string path = Path.Combine(data ?? "", "text", file);
        Assert.SkipWhen(data is null || !File.Exists(path), "SIMULANT_DATA names no folder with text/" + file);
        var failed = new List<string>();
        int seen = 0;
        foreach (string line in File.ReadLines(path))
        {
            using var problem = JsonDocument.Parse(line);
            var (id, solution, tests) = read(problem.RootElement);
            seen++;
            var verdict = fixture.Check.Run(CodeLanguage.Python, solution, tests, new CodeLimits { WallMs = 60_000, CpuSeconds = 30 });
            if (!verdict.Passed) failed.Add($"{id}: {verdict.Outcome}: {verdict.Message}");
        }
        foreach (string one in failed) output.WriteLine(one);
        Assert.Equal(count, seen);
        Assert.Equal(NotHere.Where(n => n.StartsWith(file == "mbpp.jsonl" ? "MBPP" : "HumanEval", StringComparison.Ordinal)).Order(),
            failed.Select(f => f.Split(':')[0]).Order());
    }
}
