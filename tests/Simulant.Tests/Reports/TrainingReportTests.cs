using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Simulant.Data;
using Simulant.Reports;
using Xunit;

namespace Simulant.Tests.Reports;

public class TrainingReportTests
{
    private static TrainingCurve Curve(int epochs, string ending = "3 epochs gained nothing more") => new(
    [
        new TrainingSeries("training", SeriesKind.Loss, [double.NaN, .. Enumerable.Range(1, epochs).Select(e => 4.0 / e)]),
        new TrainingSeries("validation", SeriesKind.Loss, [.. Enumerable.Range(0, epochs + 1).Select(e => 5.0 / (e + 1))]),
        new TrainingSeries("modes <covered>", SeriesKind.Diagnostic,
            [.. Enumerable.Range(0, epochs + 1).Select(e => e % 2 == 0 ? 0.5 : double.NaN)]),
    ], [new(2, "steps halved: no gain for 2 epochs"), new(3, TrainingCurve.Warning + "the losses were no numbers")])
    {
        Epochs = epochs,
        Kept = epochs - 1,
        Ending = ending,
    };

    private static string Page(TrainingCurve? curve)
    {
        var model = Results.Model(["age", "sex"]) with { Training = curve };
        return Encoding.UTF8.GetString(HtmlReport.Write(model));
    }

    private static XElement Section(string page) => XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal))
        .Descendants("section").Single(e => (string?)e.Attribute("id") == "training");

    [Fact]
    public void The_report_draws_losses_and_diagnostics_by_epoch()
    {
        var section = Section(Page(Curve(40)));
        var charts = section.Descendants("svg").ToList();
        Assert.Equal(2, charts.Count);
        string[] lines = [.. charts[0].Descendants("path").Select(p => (string)p.Attribute("class")!)];
        Assert.Equal(["syn-line", "real-curve"], lines);
        Assert.Single(charts[1].Descendants("path"));
        // 40 epochs, and one before the first where it was measured; a move to the first and a line to each.
        string[] drawn = [.. charts[0].Descendants("path").Select(p => (string)p.Attribute("d")!)];
        Assert.Equal([40, 41], drawn.Select(d => d.Count(c => c == 'L')));
        // Falling losses run down the page, which is up in its numbers.
        double[] heights = [.. drawn[1].Split('L')[1..].Select(p => double.Parse(p.Split(' ')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(heights.Order(), heights);
        Assert.Contains("40 epochs; kept are the weights of epoch 39", section.Value, StringComparison.Ordinal);
        Assert.Contains("Training ended because 3 epochs gained nothing more", section.Value, StringComparison.Ordinal);
        Assert.Contains("modes <covered>", section.Value, StringComparison.Ordinal);
        Assert.Contains("epoch 3: warning: the losses were no numbers", section.Value, StringComparison.Ordinal);
        Assert.Single(charts[0].Descendants("line"), l => (string?)l.Attribute("class") == "warn-line");
    }

    [Fact]
    public void Ten_thousand_epochs_are_thinned_and_what_was_not_trained_has_no_section()
    {
        Assert.InRange(Page(Curve(10_000)).Length - Page(Curve(10)).Length, 1000, 40_000);
        Assert.DoesNotContain("id=\"training\"", Page(null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_holds_the_curve()
    {
        var model = Results.Model(["age", "sex"]) with { Training = Curve(4) };
        var json = JsonNode.Parse(JsonReport.Write(model))!["training"]!;
        Assert.Equal((4, 3), ((int)json["epochs"]!, (int)json["kept"]!));
        Assert.Equal(["loss", "loss", "diagnostic"], json["series"]!.AsArray().Select(s => (string)s!["kind"]!));
        Assert.Equal([5, 2.5, 5.0 / 3, 1.25, 1], json["series"]![1]!["values"]!.AsArray().Select(v => (double)v!));
        Assert.Null(json["series"]![0]!["values"]![0]);
        Assert.Equal([2, 3], json["events"]!.AsArray().Select(e => (int)e!["epoch"]!));
        var thinned = TrainingJson.Of(Curve(10_000));
        int[] epochs = [.. thinned["epoch"]!.AsArray().Select(e => (int)e!)];
        Assert.InRange(epochs.Length, 500, 1003);
        Assert.Equal([9_999, 10_000], epochs[^2..]);
    }
}
