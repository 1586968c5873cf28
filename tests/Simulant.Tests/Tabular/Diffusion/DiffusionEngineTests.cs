using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Diffusion;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;
using Xunit;

namespace Simulant.Tests.Tabular.Diffusion;

public class DiffusionEngineTests
{
    private const int Rows = 4000;

    private const string Small = "max_steps: 1500, batch: 256, width: 64, depth: 2, given: 0.3, learning_rate: 0.005, dropout: 0";

    private static readonly Lazy<ITableModel> Model =
        new(() => new DiffusionEngine().Fit(Known(Rows), Options(Small), RunContext.Quiet(1, 2)));

    /// <summary>A joint that is known: y on x and c, z on x through a bend with a point mass at 0, missing where c is 2.</summary>
    private static ModelTable Known(int rows)
    {
        var stream = new RandomStream(7, "known joint");
        double[] x = new double[rows], c = new double[rows], y = new double[rows], z = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            x[r] = Math.Floor(100 * stream.Uniform(r, 0));
            c[r] = stream.Below(3, r, 1);
            y[r] = stream.Uniform(r, 2) < Truth(x[r], c[r]) ? 1 : 0;
            z[r] = c[r] == 2 ? double.NaN : x[r] < 30 ? 0 : Math.Round(Math.Abs(x[r] - 50) * 20 + 50 * stream.Normal(r, 3)) + 200;
        }
        return new ModelTable(
            [new("x", 0, false, 1, false), new("c", 3, false, 0, false), new("y", 2, false, 0, false), new("z", 0, false, 1, false)],
            [x, c, y, z], rows, []);
    }

    private static double Truth(double x, double c) => c == 0 ? (x > 50 ? 0.95 : 0.05) : 0.4;

    internal static SpecMap Options(string text)
    {
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse($"simulant: 1\nname: t\nkind: table\nsource: a.csv\nengine: {{ name: diffusion, {text} }}\n",
            "t.yaml", faults, []);
        faults.ThrowIfErrors();
        return spec!.Engine.Options!;
    }

    private static double[][] Draw(int count, params Allowed[] allowed)
    {
        long[] items = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(3, "table"), items, new int[count], 4, allowed);
        Model.Value.Draw(batch, default);
        return batch.Values;
    }

    private static Allowed Point(int column, double value) => new(column, [value], 0, 0);

    private static double Mean(double[][] v, Func<int, bool> where, Func<int, double> of) =>
        Enumerable.Range(0, v[0].Length).Where(where).Average(of);

    [Fact]
    public void The_joint_is_recovered()
    {
        double[][] v = Draw(8000);
        Assert.InRange(Mean(v, r => v[1][r] == 0 && v[0][r] > 58, r => v[2][r]), 0.8, 1);
        Assert.InRange(Mean(v, r => v[1][r] == 0 && v[0][r] < 42, r => v[2][r]), 0, 0.2);
        Assert.Equal(0.4, Mean(v, r => v[1][r] == 1, r => v[2][r]), 0.06);
        // Missing where c is 2 and only there, zeros below 30 and only there, the bend above.
        Assert.Equal(1, Mean(v, r => v[1][r] == 2, r => double.IsNaN(v[3][r]) ? 1 : 0), 0.06);
        Assert.Equal(0, Mean(v, r => v[1][r] != 2, r => double.IsNaN(v[3][r]) ? 1 : 0), 0.03);
        Assert.Equal(1, Mean(v, r => v[1][r] != 2 && v[0][r] < 26, r => v[3][r] == 0 ? 1 : 0), 0.05);
        Assert.Equal(0, Mean(v, r => v[1][r] != 2 && v[0][r] > 34, r => v[3][r] == 0 ? 1 : 0), 0.05);
        Assert.InRange(Mean(v, r => v[3][r] > 0 && v[0][r] is > 45 and < 55, r => v[3][r]), 210, 320);
        Assert.InRange(Mean(v, r => v[3][r] > 0 && v[0][r] > 94, r => v[3][r]), 1020, 1180);
        Assert.All(v[0], x => Assert.True(x is >= 0 and <= 99 && x == Math.Floor(x)));
    }

    [Fact]
    public void Given_values_come_back_and_the_others_follow_them()
    {
        Allowed[] given = [Point(0, 20), Point(1, 0)];
        Assert.True(Model.Value.RestrictsExactly(given));
        double[][] v = Draw(2000, given);
        Assert.All(v[0], x => Assert.Equal(20, x));
        Assert.All(v[1], c => Assert.Equal(0, c));
        Assert.InRange(v[2].Average(), 0, 0.2);
        Assert.InRange(v[3].Count(z => z == 0), 1800, 2000);
        Assert.All(Draw(50, Point(3, double.NaN))[3], z => Assert.True(double.IsNaN(z)));
        Assert.InRange(Draw(500, Point(3, double.NaN))[1].Count(c => c == 2), 450, 500);
        Assert.All(Draw(10, Point(3, 512.25))[3], z => Assert.Equal(512.25, z)); // between grid points: as it was given
    }

    [Fact]
    public void One_interval_is_drawn_by_the_columns_own_distribution()
    {
        Allowed[] allowed = [new Allowed(0, null, 60, 79)];
        Assert.True(Model.Value.RestrictsExactly(allowed));
        double[][] v = Draw(4000, allowed);
        Assert.All(v[0], x => Assert.InRange(x, 60, 79));
        Assert.Equal(69.5, v[0].Average(), 0.6);
        // Over all x it would be a half; so short a training does not reach the whole of .95.
        Assert.InRange(Mean(v, r => v[1][r] == 0, r => v[2][r]), 0.6, 1);
        Assert.Equal(1.0 / 3, v[1].Count(c => c == 2) / 4000.0, 0.1);
    }

    [Fact]
    public void Sets_beside_other_restrictions_are_left_to_the_frame()
    {
        Assert.False(Model.Value.RestrictsExactly([new Allowed(0, null, 60, 79), Point(1, 0)]));
        Assert.False(Model.Value.RestrictsExactly([new Allowed(0, null, 60, 79), new Allowed(1, [0, 1], 0, 0)]));
        // The single value is given all the same, so that only the interval is left to chance.
        Assert.All(Draw(100, new Allowed(0, null, 60, 79), Point(1, 0))[1], c => Assert.Equal(0, c));
    }

    [Fact]
    public void Guidance_beyond_one_sharpens_what_is_given()
    {
        using var saved = new MemoryStream();
        using var writer = new BinaryWriter(saved);
        Model.Value.Save(writer);
        byte[] bytes = saved.ToArray();
        BitConverter.GetBytes(3.0).CopyTo(bytes, 12); // behind width, depth and steps
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var strong = new DiffusionEngine().Load(reader, Known(1).Columns);
        var batch = new DrawBatch(new RandomStream(3, "table"), [.. Enumerable.Range(0, 2000).Select(i => (long)i)], new int[2000], 4,
            [Point(2, 1), Point(1, 0)]);
        strong.Draw(batch, default);
        double plain = Draw(2000, Point(2, 1), Point(1, 0))[0].Count(x => x > 50) / 2000.0;
        Assert.InRange(plain, 0.75, 1);
        Assert.InRange(batch.Values[0].Count(x => x > 50) / 2000.0, plain + 0.01, 1);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_model()
    {
        byte[] Bytes(int threads)
        {
            var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            var options = Options("max_steps: 20, batch: 1024, width: 32");
            new DiffusionEngine().Fit(Known(9000), options, RunContext.Quiet(1, threads)).Save(writer);
            return bytes.ToArray();
        }
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(8));
    }

    [Fact]
    public void Weights_that_are_no_numbers_lead_back_and_training_goes_on()
    {
        var table = Known(600);
        var layout = RowLayout.Of(table.Columns, [.. table.Columns.Select((c, i) => ColumnBins.Fit(c, table.Values[i]))]);
        var mixing = new Mixing([1, 0, 0, 1], 2);
        var network = new Denoiser(layout, mixing, 16, 1, 1);
        NoisyRows Noisy(string name) => new(layout, mixing, table.Values, new RandomStream(1, name));
        var how = new TrainingOptions(200, 64, 0.001, 0, 0.1, false, 10);
        var training = new Training(network, Noisy("noise"), Noisy("judge"), 600, how, 1);
        var curve = TrainingLoop.Run(new Poisoned(training, network), new LoopOptions(4) { Watched = 1 }, RunContext.Quiet(1));
        Assert.True(curve.HasWarnings);
        Assert.Contains("back to the weights of epoch 2, at half the step", Assert.Single(curve.Events).Text, StringComparison.Ordinal);
        Assert.True(double.IsNaN(curve.Series[1].Values[3]));
        Assert.True(double.IsFinite(curve.Series[1].Values[4]));
        Assert.True(curve.Series[1].Values[4] < curve.Series[1].Values[0]);
    }

    /// <summary>Spoils the weights before the third epoch.</summary>
    private sealed class Poisoned(Training inner, Denoiser network) : ITrainable
    {
        public IReadOnlyList<(string Name, SeriesKind Kind)> Series => inner.Series;
        public TrainingState State => inner.State;
        public double?[] Before(RunContext run) => inner.Before(run);
        public void RolledBack() => inner.RolledBack();
        public void Slow() => inner.Slow();

        public double?[] Epoch(int epoch, RunContext run)
        {
            if (epoch == 2) network.Store.Values[0] = float.NaN;
            return inner.Epoch(epoch, run);
        }
    }

    [Fact]
    public void Progress_says_epoch_and_losses_and_the_model_keeps_the_curve()
    {
        var seen = new Reports();
        var model = (ITrained)new DiffusionEngine().Fit(Known(300), Options("max_steps: 150, early_stopping: false"),
            RunContext.Quiet(1) with { Progress = seen });
        Assert.Equal([1, 2, 3], seen.All.Select(p => p.Done));
        Assert.All(seen.All, p => Assert.Equal((3, "epochs"), (p.Total, p.Unit)));
        Assert.All(seen.All, p => Assert.Matches(@"^training \d+\.\d{3}, validation \d+\.\d{3}$", p.Note));
        var validation = model.Training!.Series[1].Values;
        Assert.Equal(4, validation.Count(double.IsFinite));
        Assert.True(validation[3] < validation[0]);
    }

    private sealed class Reports : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];
        public void Report(StageProgress value) => All.Add(value);
    }

    [Fact]
    public void A_damaged_model_is_refused()
    {
        using var saved = new MemoryStream();
        using var writer = new BinaryWriter(saved);
        Model.Value.Save(writer);
        byte[] good = saved.ToArray();
        void Refused(int at, byte value)
        {
            byte[] bad = [.. good];
            bad[at] = value;
            using var reader = new BinaryReader(new MemoryStream(bad));
            Assert.Throws<InvalidDataException>(() => new DiffusionEngine().Load(reader, Known(1).Columns));
        }
        Refused(3, 0x7F);                                    // a width of billions
        Refused(0, 65);                                      // another width than that of the weights
        Refused(good.AsSpan().IndexOf("block0"u8), (byte)'x'); // a tensor by another name
    }
}
