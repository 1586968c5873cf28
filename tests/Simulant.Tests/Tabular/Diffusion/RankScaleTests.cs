using Simulant.Numerics.Random;
using Simulant.Tabular.Diffusion;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Diffusion;

public class RankScaleTests
{
    private static readonly RandomStream Random = new(5, "rank scale");

    private static RankScale Of(double[] values, double step)
    {
        var column = new ModelColumn("x", 0, false, step, false);
        return new RankScale(column, ColumnBins.Fit(column, values));
    }

    private static double[] Values(int count, Func<int, double> of) => [.. Enumerable.Range(0, count).Select(of)];

    [Fact]
    public void Scores_of_any_column_are_standard_normal()
    {
        double[] whole = Values(6000, i => Math.Floor(90 * Math.Pow(Random.Uniform(i, 0), 3)));
        double[] halfZero = Values(6000, i => Random.Uniform(i, 1) < 0.5 ? 0 : Math.Round(Math.Exp(3 * Random.Normal(i, 2)), 2));
        foreach (var (values, step) in new[] { (whole, 1.0), (halfZero, 0.01) })
        {
            var scale = Of(values, step);
            double[] scores = [.. values.Select((v, i) => scale.Score(v, Random.Uniform(i, 3))).Order()];
            // Kolmogorov-Smirnov against the normal by its own distribution function, at a risk of 1 in 1,000.
            double apart = scores.Select((z, i) => Math.Abs(NormalTail.Below(z) - (i + 0.5) / scores.Length)).Max();
            Assert.InRange(apart, 0, 1.95 / Math.Sqrt(scores.Length));
        }
    }

    [Fact]
    public void A_score_gives_its_value_back_where_values_are_kept_or_on_a_grid()
    {
        double[] values = Values(3000, i => Random.Below(300, i, 0));
        var scale = Of(values, 1);
        Assert.Empty(scale.PointMasses);
        foreach (double value in values.Distinct())
            foreach (double u in (double[])[0.01, 0.5, 0.99])
                Assert.Equal(value, scale.ValueAt(scale.Score(value, u)));
    }

    [Fact]
    public void Scores_rise_with_values_and_values_stay_within_the_extremes()
    {
        double[] values = Values(2000, i => 100 * Random.Normal(i, 0));
        var scale = Of(values, 0);
        double[] sorted = [.. values.Order()];
        double[] scores = [.. sorted.Select(v => scale.Score(v, 0.5))];
        Assert.All(Enumerable.Range(1, scores.Length - 1), i => Assert.True(scores[i] >= scores[i - 1]));
        Assert.Equal(sorted[0], scale.ValueAt(-9));
        Assert.Equal(sorted[^1], scale.ValueAt(9));
        foreach (double z in (double[])[-2, -1, 0, 1, 2])
            Assert.Equal(NormalTail.Below(z), values.Count(v => v <= scale.ValueAt(z)) / 2000.0, 0.01);
    }

    [Fact]
    public void Point_masses_are_found_and_never_drawn_from_the_scores()
    {
        double[] values = Values(4000, i => i % 10 < 7 ? 0 : i % 10 == 7 ? 50_001 : Math.Round(500 + 40_000 * Random.Uniform(i, 0)));
        var scale = Of(values, 1);
        Assert.Equal([0.0, 50_001], scale.PointMasses);
        Assert.Equal([2800, 400], new[] { scale.CountOf(0), scale.CountOf(1) });
        // The outermost of the others are spread half way to the masses.
        foreach (double z in Enumerable.Range(-300, 601).Select(i => i / 100.0))
            Assert.InRange(scale.ValueAt(z), 250, 45_251);
    }

    [Fact]
    public void Frequent_values_among_equals_are_no_point_masses()
    {
        Assert.Empty(Of(Values(2000, i => i % 20), 1).PointMasses);
    }
}
