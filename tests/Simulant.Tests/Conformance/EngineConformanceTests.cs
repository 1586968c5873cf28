using Simulant.Data;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>Every engine in the engine table keeps every promise.</summary>
public class EngineConformanceTests
{
    private static readonly IReadOnlyList<EngineUnderTest> Engines = [Frame(new TreesEngine())];

    public static TheoryData<string, string> LearnersAndChecks => Cross(Checks.All.Select(c => c.Name));
    public static TheoryData<string, string> LearnersAndUglyTables => Cross(TestTables.Ugly.Keys);
    public static TheoryData<string> Learners => [.. Learning()];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(LearnersAndChecks))]
    public void An_everyday_table(string engine, string check) =>
        Checks.All.Single(c => c.Name == check).Run(UnderTest(engine), TestTables.Everyday());

    [Theory(SkipTestWithoutData = true), MemberData(nameof(LearnersAndUglyTables))]
    public void An_ugly_table(string engine, string table) => Checks.AtOnce(UnderTest(engine), TestTables.Ugly[table]());

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

    private static IEnumerable<string> Learning() => Engines.Select(e => e.Name);

    private static EngineUnderTest UnderTest(string name) => Engines.Single(e => e.Name == name);

    private static EngineUnderTest Frame(ITableModelEngine engine)
    {
        var generator = new TableGenerator(engine);
        return new EngineUnderTest(engine.Name, generator.Fit, generator.Load);
    }

    private static TheoryData<string, string> Cross(IEnumerable<string> others)
    {
        var cross = new TheoryData<string, string>();
        foreach (string engine in Learning())
            foreach (string other in others)
                cross.Add(engine, other);
        return cross;
    }
}
