using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Diffusion;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Diffusion;

/// <summary>A network that says nothing yet is the exact denoiser of a law that can be written down: held to its closed form.</summary>
public class DenoiserTests
{
    private const int Rows = 4000;
    private static readonly RandomStream Random = new(11, "denoiser");
    private static readonly int[] LevelRows = [2000, 1200, 800];

    private static readonly IReadOnlyList<ModelColumn> Columns =
        [new("x", 0, false, 0, false), new("y", 0, false, 0, false), new("c", 3, false, 0, false)];

    private static double[][] Table()
    {
        double[] x = new double[Rows], y = new double[Rows], c = new double[Rows];
        for (int r = 0; r < Rows; r++)
        {
            x[r] = Random.Normal(r, 0);
            y[r] = 0.8 * x[r] + 0.6 * Random.Normal(r, 1);
            c[r] = r < LevelRows[0] ? 0 : r < LevelRows[0] + LevelRows[1] ? 1 : 2;
        }
        return [x, y, c];
    }

    private static DiffusionModel Untrained(int steps)
    {
        double[][] table = Table();
        var layout = RowLayout.Of(Columns, [.. Columns.Select((c, i) => ColumnBins.Fit(c, table[i]))]);
        double[][] scores = [.. table[..2].Select((v, c) => v.Select(x => layout.Plans[c].Scale!.Score(x, 0.5)).ToArray())];
        var mixing = Mixing.Of(scores);
        return new DiffusionModel(Columns, layout, mixing, new Denoiser(layout, mixing, 16, 1, 1), new DrawingOptions(steps, 1));
    }

    [Fact]
    public void Before_training_rows_follow_a_Gaussian_copula_and_the_levels_shares()
    {
        var batch = new DrawBatch(new RandomStream(3, "table"), [.. Enumerable.Range(0, 8192).Select(i => (long)i)], new int[8192], 3, []);
        Untrained(40).Draw(batch, default);
        double[] x = batch.Values[0], y = batch.Values[1];
        double Mean(double[] a) => a.Average();
        double Covariance(double[] a, double[] b) => a.Zip(b, (p, q) => (p - Mean(a)) * (q - Mean(b))).Average();
        Assert.Equal(0, Mean(x), 0.05);
        Assert.Equal(1, Covariance(x, x), 0.08);
        Assert.Equal(0.8, Covariance(x, y) / Math.Sqrt(Covariance(x, x) * Covariance(y, y)), 0.02);
        for (int level = 0; level < 3; level++)
            Assert.Equal(LevelRows[level] / (double)Rows, batch.Values[2].Count(c => c == level) / 8192.0, 0.02);
    }

    /// <summary>E[y | x] for y normal, by quadrature of Bayes' theorem; and of a choice, corner by corner.</summary>
    [Theory]
    [InlineData(0.1f, 0.7f)]
    [InlineData(1f, -1.3f)]
    [InlineData(8f, 5f)]
    public void The_part_without_a_network_is_Bayes_theorem(float sigma, float x)
    {
        double above = 0, below = 0;
        for (double y = -9; y <= 9; y += 0.0005)
        {
            double p = Math.Exp(-0.5 * y * y - 0.5 * (x - y) * (x - y) / sigma / sigma);
            above += y * p;
            below += p;
        }
        Assert.Equal(above / below, Preconditioning.CSkip(sigma) * x, 3e-4);
        // What errors of F count for: the deviation of y about that mean.
        double variance = 0;
        for (double y = -9; y <= 9; y += 0.0005)
            variance += (y - above / below) * (y - above / below) * Math.Exp(-0.5 * y * y - 0.5 * (x - y) * (x - y) / sigma / sigma);
        Assert.Equal(Math.Sqrt(variance / below), Preconditioning.COut(sigma), 3e-4);
        double[] noisy = [x, 0.4, -0.2];
        double Density(int corner) => Enumerable.Range(0, 3)
            .Aggregate(1.0, (p, k) => p * Math.Exp(-0.5 * Math.Pow(noisy[k] - (k == corner ? RowLayout.Height : 0), 2) / sigma / sigma));
        double logit = Preconditioning.OwnLogit(sigma, x) - Preconditioning.OwnLogit(sigma, 0.4f);
        Assert.Equal(Density(0) / Density(1), Math.Exp(logit), Math.Exp(logit) * 1e-4);
    }

    [Fact]
    public void Waves_are_their_posterior_means()
    {
        double[][] table = Table();
        var layout = RowLayout.Of(Columns, [.. Columns.Select((c, i) => ColumnBins.Fit(c, table[i]))]);
        var network = new Denoiser(layout, new Mixing([1, 0, 0, 1], 2), 16, 1, 1);
        float[] x = [0.9f, -0.3f, 0, 0, 0], into = new float[network.Inputs], level = new float[Denoiser.LevelWidth];
        const float sigma = 0.5f;
        network.Describe(x, sigma, [], [], into, level);
        // The third pair of waves of the first score: sin and cos of 2 y.
        double sin = 0, cos = 0, total = 0;
        for (double y = -9; y <= 9; y += 0.0005)
        {
            double p = Math.Exp(-0.5 * y * y - 0.5 * (x[0] - y) * (x[0] - y) / sigma / sigma);
            (sin, cos, total) = (sin + Math.Sin(2 * y) * p, cos + Math.Cos(2 * y) * p, total + p);
        }
        int at = 2 * layout.Width + layout.Columns + 2 * 2;
        Assert.Equal(sin / total, into[at], 1e-4);
        Assert.Equal(cos / total, into[at + 1], 1e-4);
    }

    [Fact]
    public void Mixing_takes_correlations_away_and_back()
    {
        double[][] scores = [[.. Enumerable.Range(0, 5000).Select(r => Random.Normal(r, 5))], new double[5000], new double[5000]];
        for (int r = 0; r < 5000; r++)
        {
            scores[1][r] = 0.9 * scores[0][r] + Math.Sqrt(0.19) * Random.Normal(r, 6);
            scores[2][r] = scores[1][r]; // repeats another exactly
        }
        var mixing = Mixing.Of(scores);
        Assert.True(mixing.IsSound);
        double[,] products = new double[3, 3];
        for (int r = 0; r < 5000; r++)
        {
            float[] row = [(float)scores[0][r], (float)scores[1][r], (float)scores[2][r]], back = new float[3];
            float[] before = [.. row];
            mixing.Part(row);
            mixing.Join(row, back);
            for (int i = 0; i < 3; i++) Assert.Equal(before[i], back[i], 1e-4f);
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) products[i, j] += row[i] * row[j] / 5000;
        }
        Assert.Equal(1, products[0, 0], 0.06);
        Assert.Equal(1, products[1, 1], 0.06);
        Assert.Equal(0, products[0, 1], 0.03);
        Assert.InRange(products[2, 2], 0, 1);
        Assert.False(new Mixing([0], 1).IsSound);
    }

    /// <summary>The loss's gradient by the weights, against differences of the loss itself.</summary>
    [Fact]
    public void The_loss_falls_along_its_gradient_as_fast_as_it_says()
    {
        double[][] table = Table();
        var layout = RowLayout.Of(Columns, [.. Columns.Select((c, i) => ColumnBins.Fit(c, table[i]))]);
        var mixing = new Mixing([1, 0, 0.8f, 0.6f], 2);
        var network = new Denoiser(layout, mixing, 16, 1, 1);
        var noisy = new NoisyRows(layout, mixing, table, new RandomStream(2, "noise")) { Given = 0.5 };
        int[] rows = [.. Enumerable.Range(0, 32)];
        double Loss()
        {
            using var plain = new Tape(recording: false);
            return noisy.Loss(plain, network, rows, 0, (0, 32)).Scalar;
        }
        for (int i = 0; i < network.Store.Count; i++) network.Store.Values[i] += (float)(0.1 * Random.Normal(i, 9));
        using var tape = new Tape();
        tape.Gradient(noisy.Loss(tape, network, rows, 0, (0, 32)), network.Store);
        double square = 0;
        foreach (float g in network.Store.Gradients) square += (double)g * g;
        float step = (float)(0.02 / Math.Sqrt(square));
        float[] gradient = network.Store.Gradients.ToArray();
        void Move(float by)
        {
            for (int i = 0; i < gradient.Length; i++) network.Store.Values[i] += by * gradient[i];
        }
        Move(step);
        double ahead = Loss();
        Move(-2 * step);
        Assert.Equal(square, (ahead - Loss()) / (2 * step), 0.02 * square);
    }
}
