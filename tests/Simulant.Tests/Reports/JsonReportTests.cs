using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Tests.Provenance;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void MetricsAreTheContractWithUsers()
    {
        var json = Json(Results.Model(["a", "b", "c"]));
        var metrics = json["metrics"]!.AsArray();
        Assert.Equal(MetricNames.All, metrics.Select(m => (string)m!["name"]!));
        var ratio = metrics.Single(m => (string)m!["name"]! == MetricNames.TransferRatio)!;
        Assert.Equal(["name", "value", "reference", "low", "high", "direction", "n", "gate", "passed"],
            ratio.AsObject().Select(p => p.Key));
        Assert.Equal(.991, (double)ratio["value"]!);
        Assert.Equal("higher", (string)ratio["direction"]!);
        Assert.Equal(">= 0.97", (string)ratio["gate"]!);
        Assert.True((bool)ratio["passed"]!);
        var recall = metrics.Single(m => (string)m!["name"]! == MetricNames.Recall)!.AsObject();
        Assert.True(recall.ContainsKey("gate"));
        Assert.False(recall.ContainsKey("passed"));
        var missing = metrics.Single(m => (string)m!["name"]! == MetricNames.TstrRmse)!;
        Assert.Null(missing["value"]);
        Assert.Equal("the target is a class", (string)missing["notEvaluated"]!);
    }

    [Fact]
    public void ColumnsPairsAndDetailsAreThere()
    {
        var json = Json(Results.Model(["a", "b", "c"]));
        Assert.Equal(["a", "b", "c"], json["columns"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Equal("category", (string)json["columns"]![1]!["kind"]!);
        Assert.Equal(3, json["pairs"]!["worst"]!.AsArray().Count);
        foreach (string part in (string[])["detection", "utility", "fairness", "dcr", "tails", "constraints"])
            Assert.NotNull(json["details"]![part]);
        Assert.Null(json["details"]!["dcr"]!["synthetic"]![0]);
        Assert.Null(json["details"]!["constraints"]![0]!["holdout"]);
    }

    [Fact]
    public void SeveralSetsStandUnderTheirNames()
    {
        var model = Results.Model(["a", "b"]);
        var json = Json(model with { Sets = [model.Sets[0], model.Sets[0] with { Name = "second" }] });
        Assert.Null(json["metrics"]);
        Assert.Equal(["adult", "second"], json["sets"]!.AsArray().Select(s => (string)s!["name"]!));
        Assert.Equal(MetricNames.All.Count, json["sets"]![1]!["metrics"]!.AsArray().Count);
    }

    [Fact]
    public void HostileNamesComeBackExactly()
    {
        var json = Json(Results.Model(SampleRuns.HostileNames, SampleRuns.Hostile()));
        Assert.Equal(SampleRuns.HostileNames, json["columns"]!.AsArray().Select(c => (string)c!["name"]!));
    }

    [Fact]
    public void SeveralGatesOnOneMetricMustAllHold()
    {
        var result = new ValidationResult
        {
            Metrics = [new("m", new Score(.9, .8, .88, .92, Direction.Higher, 5)), new("free", new Score(1, 1, 1, 1, Direction.Lower, 1))],
            Rows = new(10, 10, 10),
        };
        Figure Of(params Gate[] gates) => Figures.Of(result, Gates.Evaluate(gates, result))[0];
        var both = Of(new Gate("m", ">=", .85), new Gate("m", "<=", .9));
        Assert.Equal(">= 0.85; <= 0.9", both.Gate);
        Assert.False(both.Passed);
        Assert.True(Of(new Gate("m", ">=", .85), new Gate("m", "<=", .95)).Passed);
        Assert.Null(Of(new Gate("m", ">=", .85, 11)).Passed);
        Assert.Null(Of().Gate);
        Assert.Equal("lower", Figures.Of(result, [])[1].Direction);
    }

    [Theory]
    [InlineData(ColumnKind.Date, 0, "1970-01-01")]
    [InlineData(ColumnKind.Date, -1, "1969-12-31")]
    [InlineData(ColumnKind.Date, 1e9, "1,000,000,000")]
    [InlineData(ColumnKind.Timestamp, 86_400e6 * 1.5, "1970-01-02 12:00")]
    [InlineData(ColumnKind.Timestamp, -1, "1969-12-31 23:59")]
    [InlineData(ColumnKind.Timestamp, 1e300, "1e300")]
    [InlineData(ColumnKind.Time, 3600e6 * 13.5, "13:30:00")]
    [InlineData(ColumnKind.Integer, -1234567, "−1,234,567")]
    [InlineData(ColumnKind.Decimal, 0.12345, "0.1235")]
    [InlineData(ColumnKind.Decimal, double.PositiveInfinity, "∞")]
    [InlineData(ColumnKind.Decimal, double.NaN, "–")]
    public void StoredNumbersAreWrittenAsTheirKind(ColumnKind kind, double value, string text) =>
        Assert.Equal(text, Words.Stored(kind, value));

    [Theory]
    [InlineData(.95, .94, .93, .96, Direction.Higher, "same")]
    [InlineData(.95, .90, .93, .96, Direction.Higher, "better")]
    [InlineData(.95, .99, .93, .96, Direction.Higher, "worse")]
    [InlineData(.55, .50, .53, .57, Direction.Lower, "worse")]
    [InlineData(.45, .50, .43, .47, Direction.Lower, "better")]
    [InlineData(.45, .50, .43, .47, Direction.Reference, "worse")]
    [InlineData(.5, .5, .5, .5, Direction.Lower, "same")]
    [InlineData(.5, double.NaN, .5, .5, Direction.Lower, "none")]
    public void StandingIsByTheIntervalAndTheDirection(
        double value, double reference, double low, double high, Direction better, string kind) =>
        Assert.Equal(kind, Words.StandingOf(new MetricResult("m", new Score(value, reference, low, high, better, 1))).Kind);

    [Theory]
    [InlineData(MetricNames.DetectionTrain, .23, .5, .22, .24, true)]
    [InlineData(MetricNames.DetectionTrain, .485, .5, .47, .495, false)]
    [InlineData(MetricNames.Detection, .23, .5, .22, .24, false)]
    [InlineData(MetricNames.DcrShare, .55, .5, .53, .57, true)]
    [InlineData(MetricNames.DcrShare, .51, .5, .49, .53, false)]
    [InlineData(MetricNames.MembershipAuc, .55, double.NaN, .53, .57, false)]
    public void SignsOfMemoryAreBeyondTheInterval(
        string name, double value, double reference, double low, double high, bool sign)
    {
        var metric = new MetricResult(name, new Score(value, reference, low, high, Direction.Lower, 1));
        Assert.Equal(sign, Words.SignOfMemory(metric) is not null);
        if (sign) Assert.Equal("worse", Words.StandingOf(metric).Kind);
    }

    private static JsonNode Json(ReportModel model) => JsonNode.Parse(JsonReport.Write(model))!;
}
