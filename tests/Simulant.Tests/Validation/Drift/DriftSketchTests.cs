using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Drift;
using Xunit;

namespace Simulant.Tests.Validation.Drift;

/// <summary>Sketches: exact sums, whatever the parts; correlations with honest errors; drift found where it is.</summary>
public class DriftSketchTests
{
    [Fact]
    public void Sketches_of_parts_in_any_order_equal_that_of_the_whole()
    {
        var whole = Draw(20_011, 1);
        var plan = DriftPlan.Of(whole.Slice(0, 5000));
        byte[] expected = Bytes(Sketch(plan, whole, 1));
        Assert.Equal(expected, Bytes(Sketch(plan, whole, 2)));
        foreach (int[] cuts in new int[][] { [0, 1, 20_011], [0, 5000, 9000, 9001, 20_011], [0, 4096, 20_011] })
        {
            var sum = new DriftSketch(plan);
            for (int k = cuts.Length - 1; k > 0; k--) sum.Add(Sketch(plan, whole.Slice(cuts[k - 1], cuts[k] - cuts[k - 1]), 2));
            Assert.Equal(expected, Bytes(sum));
        }
    }

    [Fact]
    public void Counts_and_moments_are_those_of_a_plain_loop()
    {
        var table = Draw(3_000, 2);
        var plan = DriftPlan.Of(table);
        var sketch = Sketch(plan, table, 2);
        var (a, b) = ((NumericColumn)table.Columns[0], (NumericColumn)table.Columns[2]);
        int pair = sketch.PairColumns.ToList().IndexOf((0, 2));
        for (int m = 0; m < PairCounts.MomentPowers.Length; m++)
        {
            var (p, q) = PairCounts.MomentPowers[m];
            Int128 sum = 0;
            for (int r = 0; r < table.RowCount; r++)
            {
                if (a.IsMissing(r) || b.IsMissing(r)) continue;
                Int128 x = plan.Columns[0].Scores[plan.Columns[0].BinOf(a.Values[r])];
                Int128 y = plan.Columns[2].Scores[plan.Columns[2].BinOf(b.Values[r])];
                Int128 product = 1;
                for (int k = 0; k < p; k++) product *= x;
                for (int k = 0; k < q; k++) product *= y;
                sum += product;
            }
            Assert.Equal(sum, sketch.Pairs[pair].Moments[m]);
        }
        Assert.Equal(3000, sketch.Pairs[pair].Cells.Sum());
        Assert.Equal(Enumerable.Range(0, 3000).Count(b.IsMissing), sketch.Bins[2][plan.Columns[2].Missing]);
    }

    [Fact]
    public void A_file_gives_the_same_sketch_and_damage_is_named()
    {
        using var folder = new Runs.TempFolder();
        var table = Draw(2_000, 3);
        var sketch = Sketch(DriftPlan.Of(table), table, 1);
        string path = folder["a.sketch"];
        File.WriteAllBytes(path, Bytes(sketch));
        Assert.True(DriftSketchFile.Is(path));
        var back = DriftSketchFile.Read(path);
        Assert.Equal(Bytes(sketch), Bytes(back));
        Assert.True(back.Plan.Same(sketch.Plan));
        byte[] cut = File.ReadAllBytes(path)[..^40];
        File.WriteAllBytes(path, cut);
        Assert.Contains("not a readable sketch", Assert.Throws<DataException>(() => DriftSketchFile.Read(path)).Message);
        Assert.False(DriftSketchFile.Is(folder.Write("b.csv", "a\n1\n")));
    }

    [Fact]
    public void New_levels_are_remembered_in_any_order_with_their_full_counts()
    {
        var reference = Category(["a", "b"], i => i % 2);
        var plan = DriftPlan.Of(reference);
        string[] levels = [.. Enumerable.Range(0, 300).Select(i => $"new {i}")];
        var forward = Sketch(plan, Category(levels, i => i % 300, 3000), 1);
        var backward = Sketch(plan, Category([.. levels.Reverse()], i => i % 300, 3000), 1);
        Assert.Equal(forward.NewLevels[0], backward.NewLevels[0]);
        Assert.Equal(DriftSketch.MostNewLevels, forward.NewLevels[0].Count);
        Assert.All(forward.NewLevels[0].Values, count => Assert.Equal(10, count));
        Assert.Equal(3000, forward.Bins[0][plan.Columns[0].NewLevels]);
    }

    [Fact]
    public void The_error_of_a_correlation_covers_what_simulation_shows()
    {
        // A cubic dependence has heavy fourth moments: 1 / (n - 3) would be far too small.
        const int trials = 300, rows = 1_000;
        double[] found = new double[trials];
        double said = 0;
        var plan = DriftPlan.Of(Bent(20_000, 999));
        for (int t = 0; t < trials; t++)
        {
            var estimate = CorrelationTest.Of(Sketch(plan, Bent(rows, t), 1).Pairs[0]);
            found[t] = Math.Atanh(estimate.Value);
            said += estimate.Variance / trials;
        }
        double mean = found.Average(), variance = found.Sum(f => (f - mean) * (f - mean)) / (trials - 1);
        Assert.InRange(said / variance, 0.8, 1.25);
        Assert.True(variance > 1.3 / rows, $"{variance * rows}");
    }

    [Fact]
    public void What_changed_is_named_and_what_did_not_is_left_alone()
    {
        var reference = Draw(8_000, 4);
        var plan = DriftPlan.Of(reference);
        DriftResult Against(Table current) =>
            DriftComparison.Compare(Sketch(plan, reference, 1), Sketch(plan, current, 1), new DriftOptions());
        var same = Against(Draw(8_000, 5));
        Assert.Equal(DriftAdvice.Keep, same.Advice);
        Assert.All(same.Findings, f => Assert.False(f.Drifted));
        var moved = Against(Draw(8_000, 6, correlation: 0.6));
        Assert.Equal(["x", "y"], Assert.Single(moved.Findings, f => f.Drifted).Columns);
        var shifted = Draw(8_000, 7);
        var older = ((NumericColumn)shifted.Columns[0]).Values.ToArray().Select(v => v + 0.5).ToArray();
        var one = Against(new Table("t", [new NumericColumn(shifted.Columns[0].Schema, older), .. shifted.Columns.Skip(1)]));
        // A column that moves by itself moves no pair.
        Assert.Equal(["x"], Assert.Single(one.Findings, f => f.Drifted).Columns);
        Assert.Equal(DriftAdvice.Refit, one.Advice);
        Assert.Contains(one.Findings[0].Changes, c => c.StartsWith("median about", StringComparison.Ordinal));
    }

    [Fact]
    public void Ugly_columns_raise_no_fault()
    {
        ColumnSchema Number(string name) => new(name, ColumnKind.Decimal);
        Table Of(double[] a, double[] b, double[] c) => new("t",
            [new NumericColumn(Number("a"), a), new NumericColumn(Number("b"), b), new NumericColumn(Number("c"), c),
                CodedColumn.From(new ColumnSchema("d", ColumnKind.Category), [null, null])]);
        var reference = Of([double.NaN, double.NaN], [1, 1], [double.NegativeInfinity, double.PositiveInfinity]);
        var plan = DriftPlan.Of(reference);
        var result = DriftComparison.Compare(Sketch(plan, reference, 1),
            Sketch(plan, Of([1, 2], [double.NaN, 7], [0, double.MaxValue]), 1), new DriftOptions());
        Assert.Equal(10, result.Findings.Count);
        Assert.All(result.Findings, f => Assert.True(f.P is >= 0 and <= 1 && f.Effect >= 0, $"{f}"));
    }

    private static DriftSketch Sketch(DriftPlan plan, Table table, int threads)
    {
        var sketch = new DriftSketch(plan);
        sketch.Add(table, threads, CancellationToken.None);
        return sketch;
    }

    private static byte[] Bytes(DriftSketch sketch)
    {
        using var to = new MemoryStream();
        DriftSketchFile.Write(sketch, to);
        return to.ToArray();
    }

    private static Table Category(string[] levels, Func<int, int> code, int rows = 100) => new("t",
        [new CodedColumn(new ColumnSchema("k", ColumnKind.Category), [.. Enumerable.Range(0, rows).Select(code)], levels)]);

    private static Table Bent(int rows, int seed)
    {
        var random = new RandomStream((ulong)seed, "bent");
        double[] x = new double[rows], y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = random.Normal(i, 0);
            y[i] = x[i] * x[i] * x[i] + random.Normal(i, 1) * x[i] * x[i];
        }
        return new Table("t", [new NumericColumn(new ColumnSchema("x", ColumnKind.Decimal), x),
            new NumericColumn(new ColumnSchema("y", ColumnKind.Decimal), y)]);
    }

    /// <summary>Two numbers that correlate, one of few values with gaps, a category that follows the first.</summary>
    private static Table Draw(int rows, int seed, double correlation = 0.4)
    {
        var random = new RandomStream((ulong)seed, "drift");
        double[] x = new double[rows], y = new double[rows], few = new double[rows];
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = random.Normal(i, 0);
            y[i] = Math.Exp(correlation * x[i] + Math.Sqrt(1 - correlation * correlation) * random.Normal(i, 1));
            few[i] = random.Uniform(i, 2) < 0.1 ? double.NaN : Math.Floor(5 * random.Uniform(i, 3));
            codes[i] = random.Uniform(i, 4) < 0.05 ? -1 : random.Uniform(i, 5) < 0.5 ? 0 : (int)(6 * random.Uniform(i, 6));
        }
        return new Table("t", [new NumericColumn(new ColumnSchema("x", ColumnKind.Decimal), x),
            new NumericColumn(new ColumnSchema("y", ColumnKind.Decimal), y),
            new NumericColumn(new ColumnSchema("few", ColumnKind.Integer), few),
            new CodedColumn(new ColumnSchema("kind", ColumnKind.Category), codes, ["a", "b", "c", "d", "e", "f"])]);
    }
}
