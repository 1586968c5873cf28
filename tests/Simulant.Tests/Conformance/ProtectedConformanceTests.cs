using Simulant.Data;
using Simulant.Privacy.Accounting;
using Simulant.Privacy.Mechanisms;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Tests.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>
/// Engines of differential privacy keep the same promises where their noise is held still. Without that a fit never comes out twice,
/// which is tried here too; and their values need not be the table's own, which would have to be paid for.
/// </summary>
public class ProtectedConformanceTests
{
    private static readonly string[] NotPromised = ["valid values"];

    public static TheoryData<string, string> EnginesAndChecks => Cross(Checks.All.Select(c => c.Name).Except(NotPromised));

    /// <summary>120 columns cost AIM hundreds of rounds over 7,140 pairs; MST walks the same frame.</summary>
    public static TheoryData<string, string> EnginesAndUglyTables
    {
        get
        {
            var cross = new TheoryData<string, string>();
            foreach (string engine in Names())
                foreach (string table in TestTables.Ugly.Keys)
                    if ((engine, table) != ("aim", "wide")) cross.Add(engine, table);
            return cross;
        }
    }

    public static TheoryData<string> Engines => [.. Names()];

    [Theory, MemberData(nameof(EnginesAndChecks))]
    public void An_everyday_table(string engine, string check) =>
        Checks.All.Single(c => c.Name == check).Run(UnderTest(engine), TestTables.Everyday());

    [Theory, MemberData(nameof(EnginesAndUglyTables))]
    public void An_ugly_table(string engine, string table)
    {
        var ugly = TestTables.Ugly[table]();
        var one = UnderTest(engine);
        Checks.SaveAndLoad(one, ugly);
        Checks.ChunkInvariant(one, ugly);
        var drawn = one.FitTo(ugly).Sample(new ItemRange(0, 50), RunContext.Quiet(1)).Single;
        Assert.Equal(ugly.Columns.Select(c => c.Name), drawn.Columns.Select(c => c.Name));
    }

    [Theory, MemberData(nameof(Engines))]
    public void A_fit_never_comes_out_twice_under_the_systems_noise(string engine)
    {
        var table = TestTables.Everyday();
        byte[] Fitted()
        {
            var session = new PrivacySession(Zcdp.Budget(1, 1e-6), new MemoryLog(), Rule);
            using var stream = new MemoryStream();
            EngineTable.Shipped[engine].Fit(Request(table, engine) with { Privacy = session }, Dataset.Of(table),
                RunContext.Quiet(1)).Save(stream);
            return stream.ToArray();
        }
        Assert.NotEqual(Fitted(), Fitted());
    }

    [Theory, MemberData(nameof(Engines))]
    public void Rows_together_have_the_models_counts_exactly(string engine)
    {
        var sampler = UnderTest(engine).FitTo(TestTables.Everyday());
        int[] Members(int start, int rows)
        {
            var member = (CodedColumn)sampler.Sample(new ItemRange(start, rows), RunContext.Quiet(3)).Single["member"];
            return [.. Enumerable.Range(0, 2).Select(level => member.Codes.ToArray().Count(c => c == level))];
        }
        // Each period of as many rows as the spec asks for holds the same counts.
        Assert.Equal(Members(0, 400), Members(400, 400));
        Assert.Equal(Members(0, 400), Members(4_000, 400));
    }

    private static PrivacyPlan Plan => new(1, 1e-6, "row", 1, 200);
    private static VocabularyRule? Rule => Plan.Rule;

    private static IEnumerable<string> Names() => EngineTable.Shipped.Names.Where(n => EngineTable.Shipped[n].Pays);

    private static EngineUnderTest UnderTest(string name) => new(name, (request, data, run) =>
        EngineTable.Shipped[name].Fit(Request(data.Single, name) with { Privacy = Session() }, data, run), EngineTable.Shipped[name].Load);

    private static PrivacySession Session() => new(Plan.Amount, new MemoryLog(), Rule, new SeededNoise(5), null);

    /// <summary>A spec that says what it must of every column and no more.</summary>
    private static TableRequest Request(Table table, string engine)
    {
        var request = EngineUnderTest.RequestFor(table, engine);
        return request with
        {
            Spec = request.Spec with
            {
                Columns = [.. table.Schema.Columns.Select(c => new ColumnSpec(c.Name, default)
                {
                    Kind = c.Kind, Role = c.Role, Decimals = c.Kind == ColumnKind.Decimal ? Math.Max(0, c.Decimals) : null,
                })],
                Privacy = new PrivacySpec(1, 1e-6, default),
            },
        };
    }

    private static TheoryData<string, string> Cross(IEnumerable<string> others)
    {
        var cross = new TheoryData<string, string>();
        foreach (string engine in Names())
            foreach (string other in others)
                cross.Add(engine, other);
        return cross;
    }
}
