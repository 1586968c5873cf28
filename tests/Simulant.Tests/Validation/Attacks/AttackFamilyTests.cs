using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Reports;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation.Attacks;

/// <summary>The audit inside a validation: its figure, its gate, its warning.</summary>
public class AttackFamilyTests
{
    private static readonly HashSet<string> Leak = [MetricNames.Leak];

    private static ValidationResult Measure(Evaluation data, double tolerance = 0.1, int most = 10_000) => Validator.Measure(data,
        new ValidationOptions { Only = Leak, LeakTolerance = tolerance, MostAttackRows = most }, RunContext.Quiet(1, 2));

    private static GateOutcome Gate(ValidationResult result) =>
        new Gate(MetricNames.Leak, "<=", double.NaN).Evaluate(result.Find(MetricNames.Leak), result.Rows).Outcome;

    [Fact]
    public void A_copier_is_refused_and_warned_of()
    {
        var found = Measure(PlantedLeaks.Of(Plant.TenthCopied, 1_200, 1));
        var leak = found.Find(MetricNames.Leak)!;
        Assert.Equal(found.Attacks!.Attacks.Max(a => a.Epsilon), leak.Score.Value);
        Assert.True(leak.Score.Value > 0.1);
        Assert.Equal((0, 0.1), (leak.Score.Reference, leak.ReferenceHigh));
        Assert.Equal(GateOutcome.Failed, Gate(found));
        Assert.Contains(leak, found.SignsOfMemory);
        Assert.True(Words.IsPlainSignOfMemory(leak));
    }

    [Fact]
    public void A_trace_passes_and_is_told_of()
    {
        var found = Measure(PlantedLeaks.Of(Plant.TenthCopied, 1_200, 1), tolerance: 20);
        var leak = found.Find(MetricNames.Leak)!;
        Assert.True(leak.Score.Value > 0.1);
        Assert.Equal(GateOutcome.Passed, Gate(found));
        Assert.Empty(found.SignsOfMemory);
        Assert.False(Words.IsPlainSignOfMemory(leak));
        Assert.Contains("slight", Words.SignOfMemory(leak));
    }

    [Fact]
    public void Fresh_rows_show_none_and_a_sample_is_attacked()
    {
        var found = Measure(PlantedLeaks.Of(Plant.Fresh, 1_200, 2), most: 400);
        Assert.Equal(0, found.Find(MetricNames.Leak)!.Score.Value);
        Assert.Null(Words.SignOfMemory(found.Find(MetricNames.Leak)!));
        Assert.Equal(GateOutcome.Passed, Gate(found));
        Assert.Equal(new RowCounts(400, 400, 400), found.Attacks!.Audited);
    }

    [Fact]
    public void Without_rows_to_compare_with_there_is_no_figure_and_the_gate_fails()
    {
        var data = PlantedLeaks.Of(Plant.Fresh, 100, 1);
        var none = Measure(data with { Holdout = Dataset.Of(data.Holdout.Single.Slice(0, 0)) });
        Assert.Contains("holdout", none.Find(MetricNames.Leak)!.NotEvaluated);
        Assert.Equal(GateOutcome.Failed, Gate(none));
        var few = Measure(data with { Holdout = Dataset.Of(data.Holdout.Single.Slice(0, 19)) });
        Assert.Contains("at least 20", few.Find(MetricNames.Leak)!.NotEvaluated);
        Assert.Null(few.Attacks);
    }

    [Fact]
    public void The_report_lists_the_attacks()
    {
        var found = Measure(PlantedLeaks.Of(Plant.Copier, 300, 1));
        var model = new ReportModel
        {
            Title = "t", Command = "c", ProgramVersion = "1", Sets = [new ReportSet("t", found, [])],
        };
        string html = System.Text.Encoding.UTF8.GetString(HtmlReport.Write(model)).Replace("<!DOCTYPE html>", "");
        var page = System.Xml.Linq.XDocument.Parse(html);
        var section = page.Descendants("section").Single(s => (string?)s.Attribute("id") == "attacks");
        Assert.Contains("A leak: ", section.Value);
        Assert.Equal(9, section.Descendants("tbody").Single().Elements().Count());
        var json = System.Text.Json.Nodes.JsonNode.Parse(JsonReport.Write(model))!["details"]!["attacks"]!;
        Assert.True((bool)json["leak"]!);
        Assert.Equal(found.Attacks!.Attacks.Select(a => a.Name), json["attacks"]!.AsArray().Select(a => (string)a!["name"]!));
        Assert.Equal(found.Attacks.Leak, (double)json["epsilon"]!, 1e-9);
    }
}
