using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Autoregressive;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Autoregressive;

public class AutoregressiveEngineTests
{
    private const int Rows = 6000;

    private static readonly Lazy<ITableModel> Model =
        new(() => new AutoregressiveEngine().Fit(Known(), null, RunContext.Quiet(1, 2)));

    /// <summary>
    /// A joint that is known: y depends on both x (ordered) and c (nominal), z on x through a bend, and the 900 levels of w (two
    /// digits) on c.
    /// </summary>
    private static ModelTable Known()
    {
        var stream = new RandomStream(7, "known joint");
        double[] x = new double[Rows], c = new double[Rows], y = new double[Rows], z = new double[Rows], w = new double[Rows];
        for (int r = 0; r < Rows; r++)
        {
            x[r] = Math.Floor(100 * stream.Uniform(r, 0));
            c[r] = stream.Below(6, r, 1);
            y[r] = stream.Uniform(r, 2) < Truth(x[r], c[r]) ? 1 : 0;
            z[r] = Math.Round(Math.Abs(x[r] - 50) * 20 + 50 * stream.Normal(r, 3));
            w[r] = stream.Uniform(r, 4) < 0.5 ? c[r] : stream.Below(900, r, 5);
        }
        return new ModelTable(
        [
            new("x", 0, false, 1, false), new("c", 6, false, 0, false), new("y", 2, false, 0, false), new("z", 0, false, 1, false),
            new("w", 900, false, 0, false),
        ], [x, c, y, z, w], Rows, []);
    }

    private static double Truth(double x, double c) => c % 2 == 0 ? (x > 60 ? 0.9 : 0.2) : (x > 30 ? 0.1 : 0.6);

    private static DrawBatch Draw(int count, params Allowed[] allowed)
    {
        long[] items = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(3, "table"), items, new int[count], 5, allowed);
        Model.Value.Draw(batch, default);
        return batch;
    }

    private static Allowed Point(int column, double value) => new(column, [value], 0, 0);

    [Fact]
    public void Conditional_distributions_are_recovered()
    {
        double[][] v = Draw(40_000).Values;
        foreach (var (odd, low, high) in new[] { (false, 65, 99), (false, 0, 55), (true, 35, 99), (true, 0, 25) })
        {
            int[] rows = [.. Enumerable.Range(0, 40_000).Where(r => v[1][r] % 2 == 1 == odd && v[0][r] >= low && v[0][r] <= high)];
            Assert.Equal(Truth((low + high) / 2.0, odd ? 1 : 0), rows.Average(r => v[2][r]), 0.05);
        }
        double Mean(double low, double high) =>
            Enumerable.Range(0, 40_000).Where(r => v[0][r] >= low && v[0][r] <= high).Average(r => v[3][r]);
        Assert.InRange(Mean(45, 55), 20, 160);
        Assert.InRange(Mean(0, 5), 860, 1010);
        Assert.InRange(Enumerable.Range(0, 40_000).Average(r => v[4][r] == v[1][r] ? 1.0 : 0), 0.42, 0.56);
    }

    [Fact]
    public void Any_columns_can_be_given_the_last_ones_too()
    {
        Allowed[] given = [Point(3, 900), Point(2, 1)];
        Assert.True(Model.Value.RestrictsExactly(given));
        double[][] v = Draw(4000, given).Values;
        Assert.All(v[3], z => Assert.Equal(900, z));
        Assert.All(v[2], y => Assert.Equal(1, y));
        // z = 900 means x near 5 or 95; y = 1 then makes c odd below (3 in 4) and even above (9 in 10).
        Assert.InRange(v[0].Count(x => x is < 15 or > 85) / 4000.0, 0.85, 1);
        double[] even = [.. Enumerable.Range(0, 4000).Where(r => v[0][r] > 85).Select(r => v[1][r] % 2 == 0 ? 1.0 : 0)];
        Assert.InRange(even.Average(), 0.8, 1);
        double[] odd = [.. Enumerable.Range(0, 4000).Where(r => v[0][r] < 15).Select(r => v[1][r] % 2 == 1 ? 1.0 : 0)];
        Assert.InRange(odd.Average(), 0.55, 0.9);
    }

    [Fact]
    public void A_given_number_between_those_that_were_seen_comes_back_as_it_is()
    {
        double[][] v = Draw(10, Point(3, 512.25)).Values;
        Assert.All(v[3], z => Assert.Equal(512.25, z));
    }

    public static TheoryData<string> Conditions => ["an interval", "an interval and a set", "levels of two digits", "one level of two"];

    [Theory, MemberData(nameof(Conditions))]
    public void Weighted_draws_under_a_condition_are_those_that_rejection_leaves(string condition)
    {
        Allowed[] allowed = condition switch
        {
            "an interval" => [new Allowed(3, null, 100, 400)],
            "an interval and a set" => [new Allowed(3, null, 100, 400), new Allowed(1, [0, 1, 2], 0, 0)],
            "levels of two digits" => [new Allowed(4, [.. Enumerable.Range(2, 300).Select(i => (double)i)], 0, 0)],
            _ => [Point(4, 3)],
        };
        Assert.Equal(condition is "an interval" or "one level of two", Model.Value.RestrictsExactly(allowed));
        var free = Draw(60_000);
        int[] kept = [.. Enumerable.Range(0, 60_000).Where(r => Array.TrueForAll(allowed, a => a.Holds(free.Values[a.Column][r])))];
        var under = Draw(20_000, allowed);
        Assert.All(allowed, a => Assert.All(under.Values[a.Column], value => Assert.True(a.Holds(value))));
        double[] weights = [.. under.LogWeights.Select(Math.Exp)];
        // Orders differ, so they agree as far as the network has learned one joint.
        if (condition != "one level of two") Assert.Equal(kept.Length / 60_000.0, weights.Average(), 0.03);
        double Weighted(Func<int, double> of) => Enumerable.Range(0, 20_000).Sum(r => weights[r] * of(r)) / weights.Sum();
        Assert.Equal(kept.Average(r => free.Values[2][r]), Weighted(r => under.Values[2][r]), 0.05);
        Assert.Equal(kept.Average(r => free.Values[0][r]), Weighted(r => under.Values[0][r]), 4.0);
        Assert.Equal(kept.Average(r => free.Values[1][r] == 1 ? 1.0 : 0), Weighted(r => under.Values[1][r] == 1 ? 1 : 0), 0.05);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_model()
    {
        var table = Known();
        var small = new ModelTable(table.Columns, [.. table.Values.Select(v => v[..1500])], 1500, []);
        byte[] Bytes(int threads)
        {
            var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            new AutoregressiveEngine().Fit(small, Options("max_epochs: 2"), RunContext.Quiet(1, threads)).Save(writer);
            return bytes.ToArray();
        }
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(8));
    }

    [Fact]
    public void Progress_says_epoch_and_losses()
    {
        var table = Known();
        var small = new ModelTable(table.Columns, [.. table.Values.Select(v => v[..300])], 300, []);
        var seen = new Reports();
        var model = new AutoregressiveEngine().Fit(small, Options("max_epochs: 3, early_stopping: false"),
            RunContext.Quiet(1) with { Progress = seen });
        Assert.Equal(4, ((ITrained)model).Training!.Series[1].Values.Count(double.IsFinite));
        Assert.Equal([1, 2, 3], seen.All.Select(p => p.Done));
        Assert.All(seen.All, p => Assert.Equal((3, "epochs"), (p.Total, p.Unit)));
        Assert.All(seen.All, p => Assert.Matches(@"^training \d+\.\d{3}, validation \d+\.\d{3}$", p.Note));
    }

    [Fact]
    public void A_table_too_wide_is_refused_with_a_way_out()
    {
        var columns = Enumerable.Range(0, 2000).Select(c => new ModelColumn($"c{c}", 10, false, 0, false)).ToArray();
        double[][] values = [.. columns.Select((_, c) => Enumerable.Range(0, 30).Select(r => (double)((r + c) % 10)).ToArray())];
        var refused = Assert.Throws<DataException>(() =>
            new AutoregressiveEngine().Fit(new ModelTable(columns, values, 30, []), null, RunContext.Quiet(1)));
        Assert.StartsWith("2000 columns make a network of", refused.Message, StringComparison.Ordinal);
        Assert.Contains("use the engine 'trees'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_fit_its_columns_is_refused()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Model.Value.Save(writer);
        byte[] damaged = bytes.ToArray();
        damaged[9] = 77; // an order of columns that is none
        using var reader = new BinaryReader(new MemoryStream(damaged));
        Assert.Throws<InvalidDataException>(() => new AutoregressiveEngine().Load(reader, Known().Columns));
    }

    private static SpecMap Options(string yaml)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"simulant: 1\nname: t\nkind: table\nsource: a.csv\nengine: {{ name: autoregressive, {yaml} }}\n");
            return SpecReader.Load(path).Engine.Options!;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Reports : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];

        public void Report(StageProgress value) => All.Add(value);
    }
}
