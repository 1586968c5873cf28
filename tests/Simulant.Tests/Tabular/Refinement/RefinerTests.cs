using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Tabular;
using Simulant.Tabular.Refinement;
using Simulant.Tests.Conformance;
using Xunit;

namespace Simulant.Tests.Tabular.Refinement;

/// <summary>Choosing rows of a pool, under the engine that leaves most to choose: the copula.</summary>
public class RefinerTests
{
    private static readonly RefineSpec Plain = new(4, 2, 0, default);

    public static TheoryData<string> UglyTables => [.. TestTables.Ugly.Keys];

    [Fact]
    public void The_chosen_rows_count_nearer_to_the_training_rows_and_a_margin_of_none_nearest()
    {
        var training = Bent(2000);
        var refined = Fit(training);
        var exact = Fit(training, Plain with { Margin = 0 });
        double drawn = Distance(training, Draw(refined.Unrefined, 2000)), chosen = Distance(training, Draw(refined, 2000)),
            nearest = Distance(training, Draw(exact, 2000));
        Assert.InRange(chosen, 0, 0.75 * drawn);
        Assert.InRange(nearest, 0, 0.95 * chosen);
    }

    [Fact]
    public void Chosen_rows_are_rows_of_the_pool_as_drawn_in_its_order_under_their_own_keys()
    {
        var refined = Fit(Bent(600));
        var pool = Draw(refined.Unrefined, refined.PoolRows);
        var rows = Draw(refined, 600);
        Assert.Equal((600L, 2400L), (refined.Rows, refined.PoolRows));
        string[] learned = ["x", "y", "kind"];
        var texts = Lines(pool.Select(learned)).ToList();
        int at = -1;
        foreach (string row in Lines(rows.Select(learned)))
            Assert.True((at = texts.IndexOf(row, at + 1)) >= 0, $"no row of the pool after {at} is '{row}'");
        Assert.Equal(Lines(pool.Slice(0, 600).Select(["id"])), Lines(rows.Select(["id"])));
    }

    [Fact]
    public void A_rule_that_reads_the_key_is_kept_by_the_pools_own_keys()
    {
        var rows = Draw(Fit(Bent(600), constraints: ["kind != 'a' or id > 300"]), 600);
        double[] keys = ((NumericColumn)rows["id"]).Values.ToArray();
        string[] kinds = [.. Lines(rows.Select(["kind"]))];
        Assert.DoesNotContain(Enumerable.Range(0, 600), row => kinds[row] == "a" && keys[row] <= 300);
        Assert.Equal(600, keys.Distinct().Count());
        Assert.Contains(keys, k => k > 700);
    }

    [Fact]
    public void Threads_chunks_and_a_second_fit_give_the_same_rows_and_bytes() => SameRowsAndBytes(TestTables.Everyday(900), Plain);

    [Fact]
    public void They_do_so_with_regions_of_a_target() => SameRowsAndBytes(WithTarget(TestTables.Everyday(900)), Plain with { Regions = 6 });

    private static void SameRowsAndBytes(Table training, RefineSpec refine)
    {
        byte[]? bytes = null;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            var refined = Fit(training, refine, threads: threads);
            using var saved = new MemoryStream();
            refined.Save(saved);
            Assert.Equal(bytes ??= saved.ToArray(), saved.ToArray());
            var whole = Lines(Draw(refined, 900));
            var parts = new[] { (0L, 1), (1, 300), (301, 599) }.SelectMany(p =>
                Lines(refined.Sample(new ItemRange(p.Item1, p.Item2), RunContext.Quiet(5, threads)).Single));
            Assert.Equal(whole, parts);
            saved.Position = 0;
            Assert.Equal(whole, Lines(Draw(Table("copula").Load(saved), 900)));
        }
    }

    [Theory]
    [InlineData("copula"), InlineData("trees")]
    public void Balance_conditions_constraints_and_unique_rows_are_kept(string engine)
    {
        var training = Bent(2000);
        var balanced = Draw(Fit(training, balance: ["kind", "b", "0.6"], engine: engine), 1000, 1000);
        Assert.Equal(600, Lines(balanced.Select(["kind"])).Count(k => k == "b"));

        var asked = Draw(Fit(training, conditions: [("x > 1", 300)], constraints: ["y >= 0", "unique x, y"], engine: engine), 1000, 1000);
        double[] x = ((NumericColumn)asked["x"]).Values.ToArray(), y = ((NumericColumn)asked["y"]).Values.ToArray();
        Assert.Equal(300, x.Count(v => v > 1));
        Assert.DoesNotContain(y, v => v < 0);
        Assert.Equal(1000, x.Zip(y).Distinct().Count());
    }

    [Fact]
    public void A_stratum_of_few_training_rows_keeps_its_first_rows()
    {
        var training = Bent(400); // about 20 of them are of kind c
        var refined = Fit(training, conditions: [("kind = 'c'", 400)]);
        string[] learned = ["x", "y", "kind"];
        Assert.Equal(Lines(Draw(refined.Unrefined, 400).Select(learned)), Lines(Draw(refined, 400).Select(learned)));
    }

    [Fact]
    public void Another_seed_and_rows_past_the_last_are_refused()
    {
        var refined = Fit(Bent(300));
        Assert.Throws<ArgumentException>(() => refined.Sample(new ItemRange(0, 10), RunContext.Quiet(6)));
        Assert.Throws<ArgumentException>(() => refined.Sample(new ItemRange(295, 6), RunContext.Quiet(5)));
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        using var saved = new MemoryStream();
        Fit(Bent(300)).Save(saved);
        byte[] bytes = saved.ToArray();
        bytes[28] = 0; // a step of none: the same row twice
        Assert.Throws<InvalidDataException>(() => Table("copula").Load(new MemoryStream(bytes)));
    }

    [Theory, MemberData(nameof(UglyTables))]
    public void Ugly_tables_are_refined_all_the_same(string name)
    {
        var training = TestTables.Ugly[name]();
        if (training.RowCount > 2000) training = training.Slice(0, 2000);
        var refined = Fit(training);
        var rows = Draw(refined, training.RowCount);
        using var saved = new MemoryStream();
        refined.Save(saved);
        saved.Position = 0;
        Assert.Equal(Lines(rows), Lines(Draw(Table("copula").Load(saved), training.RowCount)));
    }

    [Theory, MemberData(nameof(UglyTables))]
    public void Ugly_tables_are_refined_by_regions_of_their_last_column(string name)
    {
        var training = WithTarget(TestTables.Ugly[name]());
        if (training.RowCount > 2000) training = training.Slice(0, 2000);
        var rows = Draw(Fit(training, Plain with { Regions = 3 }), training.RowCount);
        Assert.Equal(training.RowCount, rows.RowCount);
    }

    /// <summary>The target is high nine times in ten where four columns are, and once in ten elsewhere.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Regions_carry_what_tables_of_three_columns_cannot_see(bool nominal)
    {
        var training = Conjunction(4000, nominal);
        double HighWhereAllAre(Table t)
        {
            double[][] x = [.. "abcd".Select(n => ((NumericColumn)t[$"{n}"]).Values.ToArray())];
            int[] rows = [.. Enumerable.Range(0, t.RowCount).Where(r => x.All(v => v[r] > 0))];
            return rows.Average(r => (t["y"] is NumericColumn y ? y.Values[r] > 0 : ((CodedColumn)t["y"])[r] == "yes") ? 1.0 : 0);
        }
        double without = HighWhereAllAre(Draw(Fit(training), 4000));
        double with = HighWhereAllAre(Draw(Fit(training, Plain with { Regions = 12 }), 4000));
        Assert.Equal(0.9, HighWhereAllAre(training), 0.06);
        Assert.InRange(without, 0.3, 0.8);
        Assert.InRange(with, without + 0.05, 0.95);
    }

    private static Table Conjunction(int rows, bool nominal)
    {
        var random = new RandomStream(12, "conjunction");
        double[][] x = [.. Enumerable.Range(0, 4).Select(c => (double[])
            [.. Enumerable.Range(0, rows).Select(r => random.Uniform(r, c) < 0.5 ? -1.0 : 1)])];
        bool[] positive = [.. Enumerable.Range(0, rows)
            .Select(r => x.All(v => v[r] > 0) == random.Uniform(r, 4) < 0.9)];
        var target = new ColumnSchema("y", nominal ? ColumnKind.Category : ColumnKind.Decimal) { Role = ColumnRole.Target, Decimals = 2 };
        return new Table("conjunction",
        [
            .. x.Select((values, c) => (Column)new NumericColumn(new ColumnSchema($"{"abcd"[c]}", ColumnKind.Integer), values)),
            nominal ? CodedColumn.From(target, [.. positive.Select(p => p ? "yes" : "no")])
                : new NumericColumn(target, [.. positive.Select((p, r) => Math.Round((p ? 1 : -1) * (0.1 + random.Uniform(r, 5)), 2))]),
        ]);
    }

    private static Table WithTarget(Table table) => new(table.Name,
        [.. table.Columns.Select((c, i) => i < table.Columns.Count - 1 ? c : c is NumericColumn numbers
            ? new NumericColumn(c.Schema with { Role = ColumnRole.Target }, numbers.Values.ToArray())
            : CodedColumn.From(c.Schema with { Role = ColumnRole.Target },
                [.. Enumerable.Range(0, c.Count).Select(r => ((CodedColumn)c)[r])]))]);

    [Fact]
    public void Choosing_stops_within_a_second()
    {
        var table = TestTables.Everyday(40_000);
        Assert.InRange(Checks.TimeToStop(stop => Fit(table, stop: stop, threads: 2), after: TimeSpan.FromMilliseconds(1500)),
            TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static Engine Table(string name) => EngineTable.Shipped[name];

    private static RefinedSampler Fit(Table training, RefineSpec? refine = null, string[]? balance = null,
        (string Where, long Rows)[]? conditions = null, string[]? constraints = null, int threads = 1, string engine = "copula",
        CancellationToken stop = default)
    {
        var faults = new DiagnosticBag();
        var request = EngineUnderTest.RequestFor(training, engine);
        var spec = request.Spec with
        {
            Rows = (balance ?? (object?)conditions) is null ? training.RowCount : Math.Min(training.RowCount, 1000),
            SampleSeed = 5,
            Refine = refine ?? Plain,
            Balance = balance is null ? [] : [new BalanceSpec(balance[0], [new(balance[1], double.Parse(balance[2],
                System.Globalization.CultureInfo.InvariantCulture))], default)],
            Conditions = [.. (conditions ?? [])
                .Select(c => new ConditionSpec(Expression.Parse(c.Where, default, faults)!, c.Rows, default))],
            Constraints = [.. (constraints ?? []).Select(text => ConstraintReader.One(new SpecScalar(text, false, default), faults)!)],
        };
        faults.ThrowIfErrors();
        return (RefinedSampler)Table(engine).Fit(request with { Spec = spec }, Dataset.Of(training),
            RunContext.Quiet(1, threads) with { Cancel = stop });
    }

    private static Table Draw(ISampler sampler, long rows, int count = 0) =>
        sampler.Sample(new ItemRange(0, count > 0 ? count : (int)rows), RunContext.Quiet(5)).Single;

    private static IEnumerable<string> Lines(Table table) => Enumerable.Range(0, table.RowCount)
        .Select(row => string.Join('|', table.Columns.Select(c => c.IsMissing(row) ? "" : ValueText.Format(c, row))));

    /// <summary>A curve that correlations do not see: y follows the square of x, and the kind follows both.</summary>
    private static Table Bent(int rows)
    {
        var random = new RandomStream(11, "bent");
        var x = new double[rows];
        var y = new double[rows];
        var kinds = new string[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = Math.Round(random.Normal(i, 0), 2);
            y[i] = Math.Round(x[i] * x[i] + 0.3 * Math.Abs(random.Normal(i, 1)), 2);
            kinds[i] = random.Uniform(i, 2) < 0.05 ? "c" : y[i] > 1 == random.Uniform(i, 3) < 0.8 ? "a" : "b";
        }
        return new Table("bent",
        [
            new NumericColumn(new ColumnSchema("id", ColumnKind.Integer) { Role = ColumnRole.Id },
                [.. Enumerable.Range(1, rows).Select(i => (double)i)]),
            new NumericColumn(new ColumnSchema("x", ColumnKind.Decimal) { Decimals = 2 }, x),
            new NumericColumn(new ColumnSchema("y", ColumnKind.Decimal) { Decimals = 2 }, y),
            CodedColumn.From(new ColumnSchema("kind", ColumnKind.Category), kinds),
        ]);
    }

    /// <summary>Total variation over cells of x by y by kind, counted here.</summary>
    private static double Distance(Table a, Table b)
    {
        Dictionary<string, double> Shares(Table t)
        {
            double[] x = ((NumericColumn)t["x"]).Values.ToArray(), y = ((NumericColumn)t["y"]).Values.ToArray();
            return Enumerable.Range(0, t.RowCount)
                .GroupBy(r => $"{Math.Round(x[r])} {Math.Min(5, Math.Round(y[r]))} {((CodedColumn)t["kind"])[r]}")
                .ToDictionary(g => g.Key, g => g.Count() / (double)t.RowCount);
        }
        var (p, q) = (Shares(a), Shares(b));
        return p.Keys.Union(q.Keys).Sum(k => Math.Abs(p.GetValueOrDefault(k) - q.GetValueOrDefault(k))) / 2;
    }
}
