using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Tabular.Trees;

public class TreesEngineTests
{
    private const int Rows = 6000;

    /// <summary>A joint that is known: y depends on both x (ordered) and c (nominal), z on x through a bend.</summary>
    private static ModelTable Known()
    {
        var stream = new RandomStream(7, "known joint");
        double[] x = new double[Rows], c = new double[Rows], y = new double[Rows], z = new double[Rows];
        for (int r = 0; r < Rows; r++)
        {
            x[r] = Math.Floor(100 * stream.Uniform(r, 0));
            c[r] = stream.Below(6, r, 1);
            y[r] = stream.Uniform(r, 2) < Truth(x[r], c[r]) ? 1 : 0;
            z[r] = Math.Round(Math.Abs(x[r] - 50) * 20 + 50 * stream.Normal(r, 3));
        }
        return new ModelTable(
        [
            new("x", 0, false, 1, false), new("c", 6, false, 0, false), new("y", 2, false, 0, false), new("z", 0, false, 1, false),
        ], [x, c, y, z], Rows, []);
    }

    private static double Truth(double x, double c) => c % 2 == 0 ? (x > 60 ? 0.9 : 0.2) : (x > 30 ? 0.1 : 0.6);

    [Fact]
    public void Conditional_distributions_are_recovered()
    {
        double[][] v = Sample(new TreesEngine().Fit(Known(), null, RunContext.Quiet(1, 2)), 40_000);
        foreach (var (odd, low, high) in new[] { (false, 65, 99), (false, 0, 55), (true, 35, 99), (true, 0, 25) })
        {
            int n = 0, ones = 0;
            for (int r = 0; r < 40_000; r++)
            {
                if (v[1][r] % 2 == 1 != odd || v[0][r] < low || v[0][r] > high) continue;
                n++;
                if (v[2][r] == 1) ones++;
            }
            Assert.Equal(Truth((low + high) / 2.0, odd ? 1 : 0), ones / (double)n, 0.03);
        }
    }

    [Fact]
    public void A_smooth_column_follows_its_location_and_is_saved_with_it()
    {
        // z = 2 x + noise whose spread grows with x, both smooth: one law for all of z's questions.
        const int rows = 5000;
        var stream = new RandomStream(5, "smooth");
        double[] x = [.. Enumerable.Range(0, rows).Select(r => stream.Normal(r, 0))];
        double[] z = [.. x.Select((v, r) => 2 * v + (v > 0 ? 0.5 : 0.1) * stream.Normal(r, 1))];
        ModelColumn[] columns = [new("x", 0, false, 0, false), new("z", 0, false, 0, false)];
        var model = new TreesEngine().Fit(new ModelTable(columns, [x, z], rows, []), null, RunContext.Quiet(1, 2));
        double[][] v = Sample(model, 20_000, 2);
        foreach (bool above in new[] { false, true })
        {
            double[] left = [.. Enumerable.Range(0, 20_000).Where(r => v[0][r] > 0 == above).Select(r => v[1][r] - 2 * v[0][r])];
            Assert.Equal(0, left.Average(), 0.05);
            double spread = Math.Sqrt(left.Average(e => e * e));
            Assert.InRange(spread, above ? 0.45 : 0.1, above ? 0.6 : 0.25);
        }
        using var file = new MemoryStream();
        model.Save(new BinaryWriter(file));
        file.Position = 0;
        double[][] again = Sample(new TreesEngine().Load(new BinaryReader(file), columns), 20_000, 2);
        Assert.Equal(v[1], again[1]);
        Assert.True(file.Position == file.Length);
    }

    [Fact]
    public void A_target_with_few_values_is_drawn_last()
    {
        // Eight columns tell a little each: only a model that sees them all predicts the target well.
        const int rows = 1500, facts = 8;
        var stream = new RandomStream(9, "target");
        double[] Fact(int c) => [.. Enumerable.Range(0, rows).Select(r => (double)stream.Below(2, r, c))];
        double[][] values = [.. Enumerable.Range(0, facts).Select(Fact)];
        double[] y = [.. Enumerable.Range(0, rows).Select(r => stream.Uniform(r, 99) < Odds(values, r) ? 1.0 : 0)];
        ModelColumn[] columns = [.. Enumerable.Range(0, facts + 1).Select(c => new ModelColumn($"c{c}", 2, false, 0, false))];
        var table = new ModelTable(columns, [.. values, y], rows, []);
        double told = Told(table with { Target = facts }), untold = Told(table);
        Assert.True(told > untold, $"{told} against {untold}");

        // Rows drawn from the fit: how far the truth of a drawn row parts its ones from its zeros, 1 for fresh rows.
        double Told(ModelTable from)
        {
            double[][] v = Sample(new TreesEngine().Fit(from, null, RunContext.Quiet(1, 2)), 20_000, facts + 1);
            return Parted(v[..facts], v[facts]) / Parted(values, y);
        }
        static double Odds(double[][] v, int r) => 1 / (1 + Math.Exp(-0.7 * (v.Sum(c => c[r]) - facts / 2.0)));
        static double Parted(double[][] v, double[] y) =>
            Enumerable.Range(0, y.Length).Where(r => y[r] == 1).Average(r => Odds(v, r))
            - Enumerable.Range(0, y.Length).Where(r => y[r] == 0).Average(r => Odds(v, r));
    }

    [Fact]
    public void Numbers_follow_a_bend_not_a_line()
    {
        double[][] v = Sample(new TreesEngine().Fit(Known(), null, RunContext.Quiet(1, 2)), 20_000);
        double Mean(double low, double high) =>
            Enumerable.Range(0, 20_000).Where(r => v[0][r] >= low && v[0][r] <= high).Average(r => v[3][r]);
        Assert.InRange(Mean(45, 55), 20, 140);
        Assert.InRange(Mean(0, 5), 880, 1010);
        Assert.InRange(Mean(94, 99), 860, 1000);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_model()
    {
        byte[] Bytes(int threads)
        {
            var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            new TreesEngine().Fit(Known(), null, RunContext.Quiet(1, threads)).Save(writer);
            return bytes.ToArray();
        }
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(8));
    }

    [Fact]
    public void Restricted_draws_obey_and_weigh_by_what_was_likely()
    {
        var table = Known() with { ConditionedFirst = [2] };
        var model = new TreesEngine().Fit(table, null, RunContext.Quiet(1, 2));
        Assert.True(model.RestrictsExactly([2]));
        Assert.False(model.RestrictsExactly([3]));
        var batch = new DrawBatch(new RandomStream(1, "t"), [.. Enumerable.Range(0, 500).Select(i => (long)i)], new int[500], 4,
            [new Allowed(2, [1], 0, 0)]);
        model.Draw(batch, default);
        Assert.All(batch.Values[2], y => Assert.Equal(1, y));
        double share = table.Values[2].Average();
        Assert.All(batch.LogWeights, w => Assert.Equal(Math.Log(share), w, 1e-9));
    }

    [Fact]
    public void Stratified_draws_fill_every_cell_once_and_later_attempts_are_free()
    {
        long[] items = [.. Enumerable.Range(0, StratifiedUniforms.BlockItems).Select(i => (long)i + StratifiedUniforms.BlockItems)];
        var batch = new DrawBatch(new RandomStream(1, "s"), items, new int[items.Length], 0, []);
        double[] u = new double[items.Length];
        StratifiedUniforms.Fill(u, batch, 3);
        Assert.Equal(Enumerable.Range(0, items.Length), u.Select(x => (int)(x * items.Length)).Order());
        int[] second = new int[items.Length];
        Array.Fill(second, 1);
        double[] again = new double[items.Length];
        StratifiedUniforms.Fill(again, new DrawBatch(new RandomStream(1, "s"), items, second, 0, []), 3);
        Assert.InRange(again.Select(x => (int)(x * items.Length)).Distinct().Count() / (double)items.Length, 0.6, 0.66); // 1 - 1/e
    }

    [Fact]
    public void Wide_tables_keep_their_strongest_neighbours()
    {
        const int columns = 400, rows = 300;
        var stream = new RandomStream(2, "wide");
        double[][] values = new double[columns][];
        for (int c = 0; c < columns; c++)
            values[c] = [.. Enumerable.Range(0, rows).Select(r => c % 100 == 99 ? values[c - 70][r] : (double)stream.Below(4, r, c))];
        var names = Enumerable.Range(0, columns).Select(c => new ModelColumn($"c{c}", 4, true, 0, false)).ToArray();
        var model = new TreesEngine().Fit(new ModelTable(names, values, rows, []), null, RunContext.Quiet(1, 2));
        var batch = new DrawBatch(new RandomStream(1, "w"), [.. Enumerable.Range(0, 500).Select(i => (long)i)], new int[500], columns, []);
        model.Draw(batch, default);
        for (int c = 99; c < columns; c += 100)
            Assert.InRange(Enumerable.Range(0, 500).Count(r => batch.Values[c][r] == batch.Values[c - 70][r]), 450, 500);
    }

    private static double[][] Sample(ITableModel model, int rows, int columns = 4)
    {
        long[] items = [.. Enumerable.Range(0, rows).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(11, "sample"), items, new int[rows], columns, []);
        model.Draw(batch, default);
        return batch.Values;
    }
}
