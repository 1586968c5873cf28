using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tests.Conformance;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>engine: auto</c>: tries, the rule, time, and the model that comes of it.</summary>
public class AutoTests
{
    private static readonly Engine Auto = EngineTable.Shipped["auto"];

    public static TheoryData<string> ChecksOfEngines => [.. Checks.All.Select(c => c.Name)];

    [Fact]
    public void The_tries_stand_in_report_manifest_and_terminal_and_the_folder_proves_itself()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People(400));
        string spec = folder.Write("spec.yaml", TestBench.Learned("{ name: auto, engines: [copula, trees] }", "refine: true"));
        var printed = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(0, printed.Code);
        var tries = Manifest.Load(folder["out"]).Content.Tries;
        Assert.Equal(["copula", "trees"], tries.Select(t => t.Engine));
        Assert.Single(tries, t => t.Chosen);
        Assert.All(tries, t => Assert.InRange(t.Figures.Single(f => f.Key == "detection.auc").Value, 0.3, 1));
        Assert.Contains($"tried {tries.Single(t => t.Chosen).Engine}: chosen", printed.Out);
        var report = JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!;
        Assert.Equal(2, report["tries"]!.AsArray().Count);
        Assert.NotNull(report["unrefined"]);
        Assert.Contains("Engines tried", File.ReadAllText(folder["out/report.html"]));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        Assert.Equal(0, TestBench.Run("sample", folder["out"], "--where", "group = 'old'", "-o", folder["old.csv"]).Code);
        Assert.Contains("were chosen", TestBench.Run("sample", folder["out"], "--rows", "151", "-o", folder["more.csv"]).Error);
    }

    [Fact]
    public void The_engine_that_a_judge_cannot_tell_apart_wins_whatever_the_order()
    {
        foreach (string order in new[] { "[copula, trees]", "[trees, copula]" })
        {
            var sampler = Fit(Curve(4000), order);
            Assert.True("trees" == Chosen(sampler), string.Join("\n", sampler.Tries.Select(t => $"{t.Engine} {t.Outcome} "
                + string.Join(' ', t.Figures))));
        }
    }

    [Fact]
    public void A_copier_gives_way()
    {
        var copier = EngineTable.Shipped["copula"] with { Name = "copier", Fit = (_, data, _) => new Copier(data.Single) };
        var table = EngineTable.WithAuto([copier, EngineTable.Shipped["copula"]]);
        var training = TestTables.Everyday(1200);
        var request = EngineUnderTest.RequestFor(training, "auto");
        var sampler = (AutoSampler)table["auto"].Fit(request, Dataset.Of(training), RunContext.Quiet(1));
        Assert.Contains("memory.copies", sampler.Tries[0].Outcome);
        Assert.Equal("copula", Chosen(sampler));
    }

    [Fact]
    public void Without_time_the_first_is_taken_untried_and_that_is_said()
    {
        var sampler = Fit(TestTables.Everyday(4000), "[copula, trees]", limit: TimeSpan.FromTicks(1));
        Assert.Equal("copula", Chosen(sampler));
        Assert.All(sampler.Tries, t => Assert.Contains("time_limit ran out", t.Outcome));
    }

    [Fact]
    public void Rows_too_few_to_part_are_no_fault()
    {
        var sampler = Fit(TestTables.Ugly["one row"](), "[copula, trees]");
        Assert.Equal("copula", Chosen(sampler));
        Assert.All(sampler.Tries, t => Assert.StartsWith("not tried: the split leaves nothing", t.Outcome));
    }

    [Theory, MemberData(nameof(ChecksOfEngines))]
    public void Promises_of_every_engine(string check)
    {
        var engine = new EngineUnderTest("auto", (request, data, run) => Auto.Fit(request, data, run), Auto.Load);
        Checks.All.Single(c => c.Name == check).Run(engine, TestTables.Everyday(200));
    }

    [Theory]
    [InlineData("{ name: auto, engines: [trees, forest] }", "SIM016", "no engine to try")]
    [InlineData("{ name: auto, engines: [trees, rules] }", "SIM016", "choose from trees, copula")]
    [InlineData("{ name: auto, engines: [auto] }", "SIM016", "'auto' is no engine to try")]
    [InlineData("{ name: auto, engines: [trees, trees] }", "SIM019", "listed twice")]
    [InlineData("{ name: auto, engines: [] }", "SIM013", "is empty")]
    [InlineData("{ name: auto, tries: 3 }", "SIM010", "it takes engines")]
    public void Faults_are_found_before_data_is_opened(string engine, string code, string part)
    {
        using var folder = new TempFolder();
        var fault = Assert.Single(TestBench.Corridor().Check(folder.Write("spec.yaml", TestBench.Learned(engine))));
        Assert.Equal(code, fault.Code);
        Assert.Contains(part, fault.Message);
    }

    [Fact]
    public void A_time_limit_under_another_engine_bounds_nothing_and_is_a_fault()
    {
        using var folder = new TempFolder();
        var fault = Assert.Single(TestBench.Corridor().Check(folder.Write("spec.yaml", TestBench.Learned(more: "time_limit: 5m"))));
        Assert.Equal("SIM018", fault.Code);
        Assert.Contains("bounds the tries", fault.Message);
    }

    [Fact]
    public void The_training_rows_are_parted_as_the_source_was()
    {
        double[] days = [.. Enumerable.Range(0, 400).Select(i => (double)(i * 37 % 400))];
        var table = new Table("t",
        [
            new NumericColumn(new ColumnSchema("day", ColumnKind.Date), days),
            new NumericColumn(new ColumnSchema("who", ColumnKind.Integer), [.. Enumerable.Range(0, 400).Select(i => (double)(i / 4))]),
        ]);
        var later = Split.Within(table, new SplitSpec(0.2, null, "1999-01-01", null, 1, default), 0.25, 5);
        Assert.Equal(100, later.Holdout.Length);
        Assert.True(later.Training.Max(r => days[r]) < later.Holdout.Min(r => days[r]));
        var whole = Split.Within(table, new SplitSpec(0.2, "who", null, null, 1, default), 0.25, 5);
        Assert.Empty(whole.Training.Select(r => r / 4).Intersect(whole.Holdout.Select(r => r / 4)));
        Assert.InRange(whole.Holdout.Length, 90, 110);
    }

    private static string Chosen(AutoSampler sampler) => sampler.Tries.Single(t => t.Chosen).Engine;

    private static AutoSampler Fit(Table training, string engines, TimeSpan? limit = null)
    {
        var faults = new DiagnosticBag();
        var options = ((SpecMap)SpecReader.Parse($"simulant: 1\nsource: x.csv\nengine: {{ name: auto, engines: {engines} }}\n", "s.yaml",
            faults)!.Root["engine"]!);
        faults.ThrowIfErrors();
        var request = EngineUnderTest.RequestFor(training, "auto");
        var spec = request.Spec with
        {
            Engine = new EngineSpec("auto", options with { Entries = [.. options.Entries.Where(e => e.Key != "name")] }, default),
            TimeLimit = limit,
        };
        return (AutoSampler)Auto.Fit(request with { Spec = spec }, Dataset.Of(training), RunContext.Quiet(1));
    }

    /// <summary>A circle: no correlation, which is all that a copula sees.</summary>
    private static Table Curve(int rows)
    {
        var random = new RandomStream(2, "circle");
        NumericColumn Part(string name, double shift, int noise) => new(new ColumnSchema(name, ColumnKind.Decimal) { Decimals = 2 },
            [.. Enumerable.Range(0, rows).Select(i =>
                Math.Round(Math.Cos(2 * Math.PI * (random.Uniform(i, 0) + shift)) + 0.2 * random.Normal(i, noise), 2))]);
        return new Table("circle", [Part("x", 0, 1), Part("y", 0.25, 2)]);
    }

    private sealed class Copier(Table training) : ISampler
    {
        public DatasetSchema Schema => new([training.Schema]);

        public Dataset Sample(ItemRange items, RunContext run) =>
            Dataset.Of(training.Take([.. Enumerable.Range(0, items.Count).Select(i => (int)((items.Start + i) % training.RowCount))]));

        public void Save(Stream to) => throw new NotSupportedException("a copier is not stored");
    }
}
