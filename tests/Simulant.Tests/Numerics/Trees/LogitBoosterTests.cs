using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Numerics.Trees;

public class LogitBoosterTests
{
    private static readonly LogitBoosterOptions OneStump = new()
    {
        Rounds = 1, MaxLeaves = 2, LearningRate = 1, Lambda = 0, MinGain = 0, MinHessian = 0,
        NominalPenalty = 0, NominalSmoothing = 0, CorrectivePasses = 0,
    };

    [Fact]
    public void One_stump_is_the_best_of_all_thresholds_and_its_leaves_are_newton_steps()
    {
        var (features, rows, label) = Random(400, bins: 12, nominal: false);
        var model = new LogitBooster(features, [0, 1], rows, label, OneStump).Fit(default);

        double p = label.Average(y => (double)y), bestGain = 0;
        double[] expected = new double[rows.Length];
        for (int f = 0; f < 2; f++)
        {
            for (int cut = 0; cut < 11; cut++)
            {
                bool[] left = [.. rows.Select(r => features.Codes[f][r] <= cut)];
                var (leftValue, leftGain) = Newton(label, left, side: true, p);
                var (rightValue, rightGain) = Newton(label, left, side: false, p);
                if (leftGain + rightGain <= bestGain) continue;
                bestGain = leftGain + rightGain;
                for (int i = 0; i < expected.Length; i++) expected[i] = Math.Log(p / (1 - p)) + (left[i] ? leftValue : rightValue);
            }
        }
        float[] scores = Scores(model, features, rows);
        for (int i = 0; i < rows.Length; i++) Assert.Equal(expected[i], scores[i], 1e-3);
    }

    private static (double Value, double Gain) Newton(byte[] label, bool[] left, bool side, double p)
    {
        double g = 0, h = 0;
        for (int i = 0; i < label.Length; i++)
        {
            if (left[i] != side) continue;
            g += label[i] - p;
            h += p * (1 - p);
        }
        return h == 0 ? (0, 0) : (g / h, 0.5 * g * g / h);
    }

    [Fact]
    public void A_nominal_stump_is_the_best_of_all_subsets()
    {
        var (features, rows, label) = Random(300, bins: 6, nominal: true);
        var model = new LogitBooster(features, [0], rows, label, OneStump).Fit(default);
        double p = label.Average(y => (double)y), best = 0;
        for (int subset = 1; subset < 63; subset++)
        {
            bool[] left = [.. rows.Select(r => (subset >> features.Codes[0][r] & 1) != 0)];
            best = Math.Max(best, Newton(label, left, true, p).Gain + Newton(label, left, false, p).Gain);
        }
        var chosen = model.Nodes[model.Roots[0]].Left;
        bool[] went = [.. rows.Select(r => chosen.Contains(features.Codes[0][r]))];
        Assert.Equal(best, Newton(label, went, true, p).Gain + Newton(label, went, false, p).Gain, 0.02);
    }

    [Fact]
    public void Noise_is_not_learned_at_the_default_gain_and_signal_is()
    {
        var stream = new RandomStream(5, "booster test");
        var (features, rows, _) = Random(4000, bins: 20, nominal: true);
        byte[] noise = [.. rows.Select(r => (byte)(stream.Uniform(r, 9) < 0.3 ? 1 : 0))];
        byte[] signal = [.. rows.Select(r => (byte)(stream.Uniform(r, 9) < (features.Codes[0][r] % 2 == 0 ? 0.1 : 0.5) ? 1 : 0))];
        double spread = Spread(new LogitBooster(features, [0, 1], rows, noise, new()).Fit(default), features, rows);
        Assert.InRange(spread, 0, 0.35); // log-odds
        var model = new LogitBooster(features, [0, 1], rows, signal, new()).Fit(default);
        float[] scores = Scores(model, features, rows);
        for (int i = 0; i < 200; i++)
            Assert.Equal(features.Codes[0][i] % 2 == 0 ? 0.1 : 0.5, 1 / (1 + Math.Exp(-scores[i])), 0.12);
    }

    [Fact]
    public void Many_rare_levels_teach_nothing_of_noise()
    {
        var stream = new RandomStream(6, "booster test");
        int learned = 0, unpenalised = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            // Three rows a level, as airports and places have them in small tables.
            byte[] codes = [.. Enumerable.Range(0, 450).Select(r => (byte)stream.Below(150, r, trial))];
            byte[] noise = [.. Enumerable.Range(0, 450).Select(r => (byte)(stream.Uniform(r, 100 + trial) < 0.4 ? 1 : 0))];
            var features = new CodedFeatures([codes], [150], [true]);
            int[] rows = [.. Enumerable.Range(0, 450)];
            bool Splits(LogitBoosterOptions options) =>
                Spread(new LogitBooster(features, [0], rows, noise, options).Fit(default), features, rows) > 1e-6;
            if (Splits(new LogitBoosterOptions())) learned++;
            if (Splits(new LogitBoosterOptions { RareLevels = 0 })) unpenalised++;
        }
        Assert.Equal((0, 40), (learned, unpenalised));
    }

    private static double Spread(LogitModel model, CodedFeatures features, int[] rows)
    {
        float[] scores = Scores(model, features, rows);
        double mean = scores.Average();
        return Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
    }

    [Fact]
    public void Corrective_passes_recover_what_growth_left_over()
    {
        var (features, rows, label) = Random(3000, bins: 4, nominal: false);
        double[] share = new double[4];
        for (int code = 0; code < 4; code++)
            share[code] = rows.Where(r => features.Codes[0][r] == code).Average(r => (double)label[r]);
        double Error(int passes)
        {
            var options = new LogitBoosterOptions { MinGain = 6, CorrectivePasses = passes };
            float[] scores = Scores(new LogitBooster(features, [0], rows, label, options).Fit(default), features, rows);
            return rows.Average(r => Math.Abs(1 / (1 + Math.Exp(-scores[r])) - share[features.Codes[0][r]]));
        }
        Assert.InRange(Error(1), 0, 0.5 * Error(0));
        Assert.InRange(Error(4), 0, 0.01);
    }

    [Fact]
    public void A_saved_model_scores_the_same()
    {
        var (features, rows, label) = Random(500, bins: 40, nominal: true);
        var model = new LogitBooster(features, [0, 1], rows, label, new() { MinGain = 0.2 }).Fit(default);
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true)) LogitModelFile.Save(model, writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        Assert.Equal(Scores(model, features, rows), Scores(LogitModelFile.Load(reader), features, rows));
        Assert.NotEmpty(model.Roots.ToArray());
    }

    [Fact]
    public void Cancellation_stops_the_growth()
    {
        var (features, rows, label) = Random(100, bins: 4, nominal: false);
        Assert.Throws<OperationCanceledException>(
            () => new LogitBooster(features, [0, 1], rows, label, new()).Fit(new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(255)]
    public void A_mask_up_to_a_code_holds_just_the_codes_up_to_it(int last)
    {
        var mask = Mask256.UpTo(last);
        for (int code = 0; code < 256; code++) Assert.Equal(code <= last, mask.Contains((byte)code));
    }

    private static (CodedFeatures, int[] Rows, byte[] Label) Random(int rows, int bins, bool nominal)
    {
        var stream = new RandomStream(1, "booster features");
        byte[][] codes = new byte[2][];
        for (int f = 0; f < 2; f++) codes[f] = [.. Enumerable.Range(0, rows).Select(r => (byte)stream.Below(bins, r, f))];
        byte[] label = [.. Enumerable.Range(0, rows).Select(r => (byte)(stream.Uniform(r, 2) < 0.2 + 0.5 * codes[0][r] / bins ? 1 : 0))];
        return (new CodedFeatures(codes, [bins, bins], [nominal, nominal]), [.. Enumerable.Range(0, rows)], label);
    }

    private static float[] Scores(LogitModel model, CodedFeatures features, int[] rows)
    {
        int stride = features.Codes.Length;
        byte[] block = new byte[rows.Length * stride];
        for (int r = 0; r < rows.Length; r++)
            for (int f = 0; f < stride; f++) block[r * stride + f] = features.Codes[f][rows[r]];
        float[] scores = new float[rows.Length];
        model.Score(block, stride, rows, scores);
        return scores;
    }
}
