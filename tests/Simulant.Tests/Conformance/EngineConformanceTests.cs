using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>Every engine in the engine table keeps every promise.</summary>
public class EngineConformanceTests
{
    private static readonly EngineTable Table = EngineTable.Shipped;

    public static TheoryData<string, string> LearnersAndChecks => Cross(Checks.All.Select(c => c.Name));
    public static TheoryData<string, string> LearnersAndUglyTables => Cross(TestTables.Ugly.Keys);
    public static TheoryData<string> Learners => [.. Learning()];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(LearnersAndChecks))]
    public void An_everyday_table(string engine, string check) =>
        Checks.All.Single(c => c.Name == check).Run(UnderTest(engine), TestTables.Everyday());

    [Theory(SkipTestWithoutData = true), MemberData(nameof(LearnersAndUglyTables))]
    public void An_ugly_table(string engine, string table) => Checks.AtOnce(UnderTest(engine), TestTables.Ugly[table]());

    public static MatrixTheoryData<string, string> RepairedAndUglyTables =>
        new(["ctgan", "tvae"], TestTables.Ugly.Keys);

    /// <summary>Under repairs these two are other networks, which promise the same.</summary>
    [Theory, MemberData(nameof(RepairedAndUglyTables))]
    public void An_ugly_table_with_repairs(string engine, string table) => Checks.AtOnce(
        UnderTest(engine) with { Options = Options(("epochs", "2"), ("repairs", "true")) }, TestTables.Ugly[table]());

    /// <summary>Two columns together, one of them with empty cells: few engines restrict both exactly by themselves.</summary>
    [Theory(SkipTestWithoutData = true), MemberData(nameof(Learners))]
    public void Balanced_columns_have_exact_counts(string engine)
    {
        var table = TestTables.Everyday();
        var request = EngineUnderTest.RequestFor(table, engine, UnderTest(engine).Options);
        var balance = new List<BalanceSpec>
        {
            new("member", [KeyValuePair.Create("true", 0.5), KeyValuePair.Create("false", 0.5)], default),
            new("city", [KeyValuePair.Create("city 4", 0.3)], default),
        };
        var sampler = UnderTest(engine).Fit(request with { Spec = request.Spec with { Balance = balance } }, Dataset.Of(table),
            RunContext.Quiet(1, 2));
        var made = sampler.Sample(new ItemRange(0, 400), RunContext.Quiet(3, 2)).Single;
        int Count(string column, string level) => Enumerable.Range(0, 400).Count(r => ((CodedColumn)made[column])[r] == level);
        Assert.Equal((200, 200, 120), (Count("member", "true"), Count("member", "false"), Count("city", "city 4")));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Learners))]
    public void Fitting_stops_within_a_second(string engine)
    {
        var table = TestTables.Everyday(30_000);
        var request = EngineUnderTest.RequestFor(table, engine);
        Assert.InRange(Checks.TimeToStop(stop =>
            UnderTest(engine).Fit(request, Dataset.Of(table), RunContext.Quiet(1, 2) with { Cancel = stop }),
            after: TimeSpan.FromMilliseconds(200)), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Learners))]
    public void Sampling_stops_within_a_second(string engine)
    {
        var sampler = UnderTest(engine).FitTo(TestTables.Everyday());
        Assert.InRange(Checks.TimeToStop(stop =>
            sampler.Sample(new ItemRange(0, 5_000_000), RunContext.Quiet(1, 2) with { Cancel = stop }),
            after: TimeSpan.FromMilliseconds(200)), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory, MemberData(nameof(RulesSamplesAndChecks))]
    public void Rules_of_a_sample(string sample, string check)
    {
        var spec = SpecReader.Load(Repository.PathOf($"samples/{sample}"));
        var rules = Table["rules"];
        var request = new TableRequest(spec, rules.SchemaOf!(spec));
        var engine = new EngineUnderTest("rules", (_, data, run) => rules.Fit(request, data, run), rules.Load)
        {
            FarItem = 200_000, // arrivals are walked from the first, so the way grows with the index
        };
        Checks.All.Single(c => c.Name == check).Run(engine, TestTables.Everyday());
    }

    /// <summary>What an engine that learns from nothing promises too; it has no training data to keep or to resemble.</summary>
    public static TheoryData<string, string> RulesSamplesAndChecks
    {
        get
        {
            var cross = new TheoryData<string, string>();
            string[] checks = ["deterministic", "chunk-invariant", "thread-invariant", "refit-independent", "save and load",
                "seeded"];
            foreach (string folder in Directory.EnumerateDirectories(Repository.PathOf("samples")).Order(StringComparer.Ordinal))
                if (SpecReader.Load(folder) is { Source: null, Kind: "table", Name: var name })
                    foreach (string check in checks)
                        cross.Add(name, check);
            return cross;
        }
    }

    /// <summary>All that learn but those of differential privacy (ProtectedConformanceTests.cs) and <c>auto</c>, whose models are those of
    /// the others; Runs/AutoTests.cs tries it.</summary>
    private static IEnumerable<string> Learning() => Table.Names.Where(name => Table[name] is { LearnsFromData: true, Pays: false }
        && name != "auto");

    private static EngineUnderTest UnderTest(string name) => new(name, Table[name].Fit, Table[name].Load) { Options = Quick(name) };

    /// <summary>Networks that are trained for long by default are trained for a few steps: no promise depends on how many.</summary>
    private static SpecMap? Quick(string name) => name switch
    {
        "ctgan" or "tvae" => Options(("epochs", "3")),
        "diffusion" => Options(("max_steps", "60"), ("width", "32")),
        _ => null,
    };

    private static SpecMap Options(params (string Key, string Value)[] options) =>
        new([.. options.Select(o => new SpecEntry(o.Key, default, new SpecScalar(o.Value, false, default)))], default);

    private static TheoryData<string, string> Cross(IEnumerable<string> others)
    {
        var cross = new TheoryData<string, string>();
        foreach (string engine in Learning())
            foreach (string other in others)
                cross.Add(engine, other);
        return cross;
    }
}
