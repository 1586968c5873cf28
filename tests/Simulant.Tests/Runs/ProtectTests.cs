using System.Text.Json.Nodes;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Protected groups through make and evaluate.</summary>
public class ProtectTests
{
    [Fact]
    public void A_run_measures_the_groups_it_protects_and_a_gate_can_stop_it()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People(900));
        string spec = TestBench.Learned(more: "protect: group\n").Replace("people.csv }", "people.csv, target: smokes }")
            .Replace("[fidelity.shapes]", "[fairness.representation, fairness.downstream-parity]").Replace("rows: 150", "rows: 600");
        string path = folder.Write("spec.yaml", spec);
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(path) { Output = folder["out"] });
        Assert.Equal(MakeState.Made, made.State);
        var report = JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!;
        var fairness = report["details"]!["fairness"]!;
        Assert.Equal(["group"], fairness["protect"]!.AsArray().Select(c => (string)c!));
        Assert.Equal(("smokes", "yes"), ((string)fairness["outcome"]!, (string)fairness["positive"]!));
        var groups = fairness["groups"]!.AsArray();
        Assert.Equal(["group = middle", "group = old", "group = young"], groups.Select(g => (string)g!["name"]!));
        Assert.Equal(600, groups.Sum(g => (int)g!["synthetic"]!["n"]!));
        Assert.NotNull(groups[0]!["trainedOnReal"]!["oddsGap"]!["high"]);
        Assert.Equal(["fairness.representation", "fairness.downstream-parity"],
            report["metrics"]!.AsArray().Select(m => (string)m!["name"]!));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);

        string gated = folder.Write("gated.yaml", spec.Replace("only: [", "gates: { fairness.representation: \">= 1.5\" }, only: ["));
        Assert.Equal(MakeState.Rejected,
            TestBench.Make(TestBench.Corridor(), new MakeRequest(gated) { Output = folder["gated"] }).State);
    }

    [Fact]
    public void Tables_of_any_tool_are_measured_by_group()
    {
        using var folder = new TempFolder();
        string rows = TestBench.People(400);
        string train = folder.Write("a.csv", rows), holdout = folder.Write("b.csv", rows), made = folder.Write("c.csv", rows);
        string[] common = ["evaluate", "--train", train, "--holdout", holdout, "--synthetic", made, "--target", "smokes"];
        var run = TestBench.Run([.. common, "--protect", "group, age", "-o", folder["out"]]);
        Assert.True(run.Code == 0, run.Error);
        var report = JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!;
        Assert.EndsWith("--target smokes --protect 'group,age' --seed 1", (string?)report["command"], StringComparison.Ordinal);
        Assert.All(report["details"]!["fairness"]!["groups"]!.AsArray(), g =>
            Assert.Equal(1, (double)g!["representation"]!["value"]!, 1e-12));
        Assert.Contains("id=\"groups\"", File.ReadAllText(folder["out/report.html"]), StringComparison.Ordinal);

        foreach (var (protect, code, says) in new[]
        {
            ("grop", 3, "no column 'grop'"), ("group,group", 2, "twice"), ("smokes", 2, "is the target"),
            ("group,age,score,smokes,x", 2, "at most 4"),
        })
        {
            var refused = TestBench.Run([.. common, "--protect", protect]);
            Assert.True(refused.Code == code && refused.Error.Contains(says, StringComparison.Ordinal), refused.Error);
        }
    }
}
