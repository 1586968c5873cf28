using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Xunit;

namespace Simulant.Tests.Numerics.Trees;

public class BoostingLossTests
{
    private const int Rows = 4000;
    private static readonly RandomStream Stream = new(3, "losses");

    [Fact]
    public void Gradients_are_the_losses_slopes()
    {
        byte[] label = [0, 1];
        double[] number = [0.7, -1.2], square = [0.3, 2.5];
        foreach (double score in new[] { -1.5, 0, 0.8 })
        {
            for (int i = 0; i < 2; i++)
            {
                int y = label[i];
                Check(new LogitLoss(label), i, score, s => Math.Log(1 + Math.Exp(s)) - y * s, unit: 1);
                double x = number[i], q = square[i];
                Check(new NormalLoss(number), i, score, s => (x - s) * (x - s) / 2, unit: 8);
                Check(new VarianceLoss(square), i, score, s => (s + q * Math.Exp(-s)) / 2, unit: 8);
            }
        }
    }

    private static void Check(BoostingLoss loss, int row, double score, Func<double, double> value, double unit)
    {
        double slope = (value(score + 1e-5) - value(score - 1e-5)) / 2e-5;
        Assert.Equal(-slope / unit, loss.At(row, score).Gradient, 1e-8);
    }

    [Fact]
    public void Offsets_are_scaled_to_the_truth()
    {
        // The truth is 0.5 + 0.6 o; what is handed in is o.
        float[] offsets = [.. Enumerable.Range(0, Rows).Select(r => (float)Stream.Normal(r, 0))];
        byte[] label = new byte[Rows];
        for (int r = 0; r < Rows; r++)
            if (Stream.Uniform(r, 8) < 1 / (1 + Math.Exp(-0.5 - 0.6 * offsets[r]))) label[r] = 1;
        var loss = new LogitLoss(label, offsets);
        double[] scores = new double[Rows];
        double intercept = loss.Start(scores);
        Assert.Equal(0.5, intercept, 0.1);
        Assert.Equal(0.6, loss.Slope, 0.1);
        Assert.Equal(intercept + loss.Slope * offsets[7], scores[7], 1e-12);
        // At the maximum the expected number of ones is the number of ones, but for the priors.
        Assert.Equal(label.Sum(y => (double)y), scores.Sum(s => 1 / (1 + Math.Exp(-s))), 0.1);
    }

    [Fact]
    public void Means_and_variances_are_recovered()
    {
        byte[] code = [.. Enumerable.Range(0, Rows).Select(r => (byte)Stream.Below(4, r, 2))];
        var features = new CodedFeatures([code], [4], [true]);
        double[] y = [.. Enumerable.Range(0, Rows).Select(r => code[r] - 1.5 + (0.3 + 0.2 * code[r]) * Stream.Normal(r, 3))];
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var options = new LogitBoosterOptions { LearningRate = 0.3, Rounds = 60 };
        float[] mean = new float[Rows], variance = new float[Rows];
        new LogitBooster(features, [0], rows, new NormalLoss(y), options).Fit(default).Score(features.Codes, rows, mean);
        double[] square = [.. y.Select((v, r) => (v - mean[r]) * (v - mean[r]))];
        new LogitBooster(features, [0], rows, new VarianceLoss(square), options).Fit(default).Score(features.Codes, rows, variance);
        for (byte level = 0; level < 4; level++)
        {
            int r = Array.IndexOf(code, level);
            double[] own = [.. rows.Where(i => code[i] == level).Select(i => y[i])];
            double average = own.Average(), spread = own.Average(v => (v - average) * (v - average));
            Assert.Equal(average, mean[r], 0.02);
            Assert.Equal(spread, Math.Exp(variance[r]), 0.05 * spread);
        }
    }
}
