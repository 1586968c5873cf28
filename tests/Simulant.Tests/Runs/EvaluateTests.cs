using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Simulant.Tests.Runs;

public class EvaluateTests
{
    [Fact]
    public void The_command_in_the_report_can_be_pasted()
    {
        using var folder = new TempFolder();
        string rows = "a,my class\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i * 7 % 31},{(i % 3 == 0 ? "x" : "y")}\n")));
        string train = folder.Write("the train.csv", rows), holdout = folder.Write("it's.csv", rows), made = folder.Write("b.csv", rows);
        var run = TestBench.Run("evaluate", "--train", train, "--holdout", holdout, "--synthetic", $"one tool={made}", "--target",
            "my class", "-o", folder["out"]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(
            @"simulant evaluate --train 'the train.csv' --holdout 'it'\''s.csv' --synthetic 'one tool'=b.csv --target 'my class' --seed 1",
            (string?)JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!["command"]);
    }
}
