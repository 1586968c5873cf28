using Simulant.Numerics.Random;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Statistics;

public class StatisticsTests
{
    [Fact]
    public void Auc_counts_pairs_and_halves_ties()
    {
        var random = new RandomStream(1, "auc");
        double[] scores = [.. Enumerable.Range(0, 200).Select(i => Math.Round(random.Uniform(i, 0), 1))];
        bool[] positive = [.. Enumerable.Range(0, 200).Select(i => random.Uniform(i, 1) < 0.3)];
        byte[] weights = [.. Enumerable.Range(0, 200).Select(i => (byte)random.Below(4, i, 2))];
        double area = 0, pairs = 0, weighted = 0, weightedPairs = 0;
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < 200; j++)
            {
                if (!positive[i] || positive[j]) continue;
                double win = scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0, w = weights[i] * weights[j];
                area += win;
                pairs++;
                weighted += w * win;
                weightedPairs += w;
            }
        }
        var ranked = new RankedScores(scores, positive);
        Assert.Equal(area / pairs, ranked.Auc(), 1e-12);
        Assert.Equal(weighted / weightedPairs, ranked.Auc(weights), 1e-12);
        Assert.Equal(double.NaN, RankedScores.Auc([1, 2], [true, true]));
    }

    [Fact]
    public void Weights_of_the_bootstrap_are_poisson()
    {
        byte[] weights = new byte[400_000];
        new Bootstrap(new RandomStream(1, "poisson"), 1).Draw(0, weights);
        double expected = Math.Exp(-1);
        for (int k = 0; k < 6; k++)
        {
            Assert.Equal(expected, weights.Count(w => w == k) / 400_000.0, 0.004);
            expected /= k + 1;
        }
        Assert.Equal(1, weights.Average(w => (double)w), 0.01);
    }

    [Fact]
    public void Intervals_of_a_mean_hold_it_about_as_often_as_they_say()
    {
        var random = new RandomStream(2, "means");
        int held = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double[] sample = [.. Enumerable.Range(0, 100).Select(i => random.Normal(i, trial))];
            var interval = new Bootstrap(new RandomStream((ulong)trial, "b"), 200).Interval(100, sample.Average(), w =>
                sample.Select((v, i) => v * w[i]).Sum() / w.Sum(b => b));
            if (interval.Low <= 0 && interval.High >= 0) held++;
        }
        Assert.InRange(held, 178, 199);
    }

    [Fact]
    public void Wilson_gives_the_textbook_interval()
    {
        var (low, high) = Wilson.Interval(10, 100);
        Assert.Equal(0.0552, low, 1e-4);
        Assert.Equal(0.1744, high, 1e-4);
        Assert.Equal(0, Wilson.Interval(0, 50).Low);
        Assert.Equal(double.NaN, Wilson.Interval(0, 0).Low);
    }

    [Fact]
    public void Quantiles_interpolate_and_keep_infinities()
    {
        Assert.Equal(2.5, Quantiles.OfSorted([1, 2, 3, 4], 0.5));
        Assert.Equal(double.PositiveInfinity, Quantiles.OfSorted([1, double.PositiveInfinity, double.PositiveInfinity], 0.9));
    }
}
