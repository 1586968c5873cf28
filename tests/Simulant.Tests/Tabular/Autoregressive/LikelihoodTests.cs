using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Autoregressive;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Autoregressive;

/// <summary>The likelihood against the sum over everything that can happen, and against what is drawn.</summary>
public class LikelihoodTests
{
    private const int Rows = 600;

    private static readonly Lazy<AutoregressiveModel> Small = new(() => Fit(SmallTable()));

    private static AutoregressiveModel Fit(ModelTable table) =>
        (AutoregressiveModel)new AutoregressiveEngine().Fit(table, new SpecMap([], default), RunContext.Quiet(1, 2));

    /// <summary>A level with gaps; whole numbers, some frequent, most rare; a flag that depends on both.</summary>
    private static ModelTable SmallTable()
    {
        var stream = new RandomStream(3, "small joint");
        double[] a = new double[Rows], n = new double[Rows], y = new double[Rows];
        for (int r = 0; r < Rows; r++)
        {
            a[r] = stream.Uniform(r, 0) < 0.1 ? double.NaN : stream.Below(3, r, 1);
            n[r] = stream.Uniform(r, 2) < 0.4 ? 7 : Math.Floor(2000 * Math.Pow(stream.Uniform(r, 3), 2));
            y[r] = stream.Uniform(r, 4) < (n[r] == 7 ? 0.8 : a[r] == 1 ? 0.1 : 0.4) ? 1 : 0;
        }
        return new ModelTable([new("a", 3, false, 0, false), new("n", 0, false, 1, false), new("y", 2, false, 0, false)],
            [a, n, y], Rows, []);
    }

    private static KnownRows Known(double[][] values, Func<int, int, Cell>? cell = null)
    {
        int rows = values[0].Length;
        var cells = values.Select((v, c) => Enumerable.Range(0, rows).Select(r => cell?.Invoke(c, r) ?? Cell.Known).ToArray()).ToArray();
        return new KnownRows(values, cells, new bool[rows], new Dictionary<int, bool[]>());
    }

    private static double[] Log(AutoregressiveModel model, KnownRows rows, int order, int threads = 1)
    {
        double[][] into = [.. rows.Values.Select(v => new double[v.Length])];
        model.LogLikelihood(rows, order, into, RunContext.Quiet(9, threads));
        return [.. Enumerable.Range(0, rows.Count).Select(r => into.Sum(part => part[r]))];
    }

    private static double[][] Everything(params double[][] domains)
    {
        int count = domains.Aggregate(1, (product, d) => product * d.Length);
        var all = domains.Select(_ => new double[count]).ToArray();
        for (int r = 0; r < count; r++)
            for (int c = domains.Length - 1, rest = r; c >= 0; rest /= domains[c--].Length)
                all[c][r] = domains[c][rest % domains[c].Length];
        return all;
    }

    private static double[] Whole(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(i => (double)i)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Under_any_order_everything_that_can_happen_sums_to_one(int order)
    {
        double most = SmallTable().Values[1].Max();
        var all = Known(Everything([double.NaN, 0, 1, 2], Whole(0, (int)most), [0, 1]));
        double[][] parts = [.. all.Values.Select(v => new double[v.Length])];
        Small.Value.LogLikelihood(all, order, parts, RunContext.Quiet(1));
        double[][] never = [[0], [0], [0]];
        Small.Value.LogLikelihood(Known([[0], [1e9], [0]]), order, never, RunContext.Quiet(1));
        // What lies between the stretches never happens; it is given a little all the same, and left out here.
        int[] can = [.. Enumerable.Range(0, all.Count).Where(r => Math.Abs(parts[1][r] - never[1][0]) > 1e-9)];
        Assert.InRange(can.Length, all.Count / 3, all.Count - 1);
        Assert.Equal(1, can.Sum(r => Math.Exp(parts[0][r] + parts[1][r] + parts[2][r])), 1e-4);
        double[] one = Log(Small.Value, all, order);
        Assert.Equal(one, Log(Small.Value, all, order, threads: 3));
    }

    [Fact]
    public void Levels_of_two_digits_sum_to_one_too()
    {
        var stream = new RandomStream(4, "levels");
        double[] w = [.. Enumerable.Range(0, 900).Select(r => (double)stream.Below(450, r, 0))];
        w[0] = 449;
        double[] y = [.. w.Select((v, r) => v > 200 ? 1.0 : 0)];
        var model = Fit(new ModelTable([new("w", 450, false, 0, false), new("y", 2, false, 0, false)], [w, y], w.Length, []));
        var all = Known(Everything(Whole(0, 449), [0, 1]));
        foreach (int order in (int[])[0, 1, 2]) Assert.Equal(1, Log(model, all, order).Sum(Math.Exp), 1e-4);
    }

    [Fact]
    public void A_density_integrates_to_what_its_frequent_values_leave()
    {
        var stream = new RandomStream(5, "density");
        double[] x = [.. Enumerable.Range(0, 500).Select(r => stream.Uniform(r, 0) < 0.3 ? 1 : 4 * stream.Uniform(r, 1))];
        var model = Fit(new ModelTable([new("x", 0, false, 0, false)], [x], x.Length, []));
        double[] atoms = [x.Min(), 1, x.Max()];
        double mass = Log(model, Known([atoms]), 0).Sum(Math.Exp);
        const int cells = 400_000;
        double low = x.Min(), width = (x.Max() - low) / cells;
        double[] grid = [.. Enumerable.Range(0, cells).Select(i => low + (i + 0.5) * width)];
        double integral = Log(model, Known([grid]), 0).Sum(Math.Exp) * width;
        Assert.InRange(mass, 0.2, 0.4);
        Assert.Equal(1, mass + integral, 0.01);
    }

    [Fact]
    public void What_is_drawn_is_as_frequent_as_the_likelihood_says()
    {
        const int count = 200_000;
        long[] items = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(3, "table"), items, new int[count], 3, []);
        Small.Value.Draw(batch, default);
        // n = 7 with each of a and y, and n elsewhere, in tens.
        var told = Everything([double.NaN, 0, 1, 2], [7], [0, 1]);
        double[] log = Log(Small.Value, Known(told), 0);
        for (int k = 0; k < log.Length; k++)
        {
            int at = k;
            int found = Enumerable.Range(0, count).Count(r =>
                batch.Values[0][r].Equals(told[0][at]) && batch.Values[1][r] == 7 && batch.Values[2][r] == told[2][at]);
            Assert.Equal(Math.Exp(log[k]), found / (double)count, 0.005);
        }
        var tens = Everything([0, 1, 2], Whole(400, 499), [1]);
        double sum = Log(Small.Value, Known(tens), 0).Sum(Math.Exp);
        int inside = Enumerable.Range(0, count).Count(r =>
            !double.IsNaN(batch.Values[0][r]) && batch.Values[1][r] is >= 400 and <= 499 && batch.Values[2][r] == 1);
        Assert.Equal(sum, inside / (double)count, 0.005);
    }

    [Fact]
    public void What_was_never_seen_counts_as_a_row_more_and_tells_the_other_columns_nothing()
    {
        double[][] values = [[1, 1, 1], [7, 7, 7], [1, 1, 1]];
        double[][] into = [new double[3], new double[3], new double[3]];
        Small.Value.LogLikelihood(Known(values, (c, r) => c != 0 || r == 0 ? Cell.Known : r == 1 ? Cell.Unseen : Cell.Open), 0, into,
            RunContext.Quiet(1));
        Assert.Equal(-Math.Log(Rows + 2), into[0][1], 1e-12);
        Assert.Equal(0, into[0][2]);
        Assert.Equal((into[1][1], into[2][1]), (into[1][2], into[2][2]));
        double[] far = Log(Small.Value, Known([[1], [1e9], [1]]), 0);
        Assert.True(double.IsFinite(far[0]) && far[0] < -Math.Log(Rows + 2));
    }

    [Fact]
    public void A_row_is_completed_alike_alone_and_among_others_and_as_under_its_condition()
    {
        const int count = 20_000;
        double[][] values = [new double[count], new double[count], new double[count]];
        // Every third row knows y = 1, every third n = 7 and a missing, and the others nothing.
        Array.Fill(values[2], 1);
        Array.Fill(values[1], 7);
        Array.Fill(values[0], double.NaN);
        var known = Known(values, (c, r) => r % 3 == 0 && c == 2 || r % 3 == 1 && c < 2 ? Cell.Known : Cell.Open);
        DrawBatch Draw(int[] rows)
        {
            var batch = new DrawBatch(new RandomStream(3, "table"), [.. rows.Select(r => (long)r)], new int[rows.Length], 3, []);
            Small.Value.DrawOpen(batch, known, rows, default);
            return batch;
        }
        var all = Draw([.. Enumerable.Range(0, count)]);
        foreach (int row in (int[])[0, 1, 2, 77, 4097])
        {
            var alone = Draw([row]);
            for (int c = 0; c < 3; c++) Assert.Equal(all.Values[c][row], alone.Values[c][0]);
        }
        for (int r = 0; r < count; r++)
        {
            if (r % 3 == 0) Assert.Equal(1, all.Values[2][r]);
            if (r % 3 == 1) Assert.Equal((double.NaN, 7), (all.Values[0][r], all.Values[1][r]));
        }
        // As those under the same condition, which are drawn after it and not beside it.
        double[] Flags(params Allowed[] allowed) => Under(count, allowed).Values[2];
        double Flag(Func<int, bool> of) => Enumerable.Range(0, count).Where(of).Average(r => all.Values[2][r]);
        Assert.Equal(Flags(new Allowed(0, [double.NaN], 0, 0), new Allowed(1, [7], 7, 7)).Average(), Flag(r => r % 3 == 1), 0.02);
        Assert.Equal(Flags().Average(), Flag(r => r % 3 == 2), 0.02);
        double[] sevens = Under(count, new Allowed(2, [1], 0, 0)).Values[1];
        Assert.Equal(sevens.Average(n => n == 7 ? 1.0 : 0),
            Enumerable.Range(0, count).Where(r => r % 3 == 0).Average(r => all.Values[1][r] == 7 ? 1.0 : 0), 0.02);
    }

    private static DrawBatch Under(int count, params Allowed[] allowed)
    {
        var batch = new DrawBatch(new RandomStream(4, "table"), [.. Enumerable.Range(0, count).Select(r => (long)r)], new int[count], 3,
            allowed);
        Small.Value.Draw(batch, default);
        return batch;
    }
}
