using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Images;
using Xunit;

namespace Simulant.Tests.Validation.Images;

/// <summary>Figures over features against closed forms and plain counting.</summary>
public class FeatureFigureTests
{
    private static readonly RunContext Run = RunContext.Quiet(1), Many = RunContext.Quiet(1, 4);

    [Fact]
    public void Frechet_of_one_dimension_is_mean_and_deviation_apart()
    {
        FeatureSet a = Set(1, [0, 2, 4, 6]), b = Set(1, [10, 11, 12, 13]);
        double da = Math.Sqrt(20 / 3.0), db = Math.Sqrt(5 / 3.0);
        Assert.Equal(8.5 * 8.5 + (da - db) * (da - db), FeatureDistances.Frechet(a, b), 1e-9);
        Assert.Equal(0, FeatureDistances.Frechet(a, a), 1e-9);
    }

    [Fact]
    public void Frechet_of_covariances_that_commute_is_closed()
    {
        // Points at plus and minus s along each axis: mean 0, covariance diagonal.
        double[] first = [1, 2, 3], second = [2, 0.5, 3];
        FeatureSet Axes(double[] s) => Set(3, [.. Enumerable.Range(0, 3).SelectMany(axis => (float[][])
            [[.. Enumerable.Range(0, 3).Select(c => c == axis ? (float)s[c] : 0)], [.. Enumerable.Range(0, 3).Select(c =>
                c == axis ? -(float)s[c] : 0)]])
            .SelectMany(row => row)]);
        double expected = first.Zip(second, (x, y) => (x - y) * (x - y) * 2 / 5).Sum();
        Assert.Equal(expected, FeatureDistances.Frechet(Axes(first), Axes(second)), 1e-9);
        // Turned by one rotation both, they are as far apart.
        Assert.Equal(expected, FeatureDistances.Frechet(Turned(Axes(first)), Turned(Axes(second))), 1e-5);
    }

    [Fact]
    public void Intervals_hold_the_distance_of_the_laws()
    {
        FeatureSet a = Normal(400, 4, 0, "a"), b = Normal(400, 4, 1, "b");
        var frechet = FeatureDistances.Frechet(a, b, 60, Run);
        Assert.InRange(4.0, frechet.Low, frechet.High);
        Assert.Equal(frechet, FeatureDistances.Frechet(a, b, 60, Many));
        // Intervals of 95% about nothing: 38 of 40 are expected to hold it.
        int held = Enumerable.Range(0, 40).Count(i =>
        {
            var same = FeatureDistances.Kernel(a, Normal(400, 4, 0, $"same {i}"), 8, Run);
            return same.Low <= 0 && same.High >= 0;
        });
        Assert.InRange(held, 33, 40);
        var apart = FeatureDistances.Kernel(a, b, 8, Run);
        Assert.True(apart.Low > 0);
        Assert.Equal(apart, FeatureDistances.Kernel(a, b, 8, Many));
    }

    [Fact]
    public void Kernel_of_single_numbers_is_summed_by_hand()
    {
        FeatureSet a = Set(1, [0, 1]), b = Set(1, [1, 2]);
        static double K(double x, double y) => Math.Pow(x * y + 1, 3);
        Assert.Equal(K(0, 1) + K(1, 2) - 2 * (K(0, 1) + K(0, 2) + K(1, 1) + K(1, 2)) / 4, FeatureDistances.Kernel(a, b), 1e-9);
    }

    [Fact]
    public void Manifold_figures_are_counted()
    {
        // Real 0..9; made near 2 to 4 and one far away. Balls of k = 2 reach 1 within, 2 at the ends.
        FeatureSet real = Set(1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), made = Set(1, [2.1f, 2.9f, 3.2f, 50]);
        var figures = Manifold.Measure(real, made, Run, 2);
        Assert.Equal(0.75, figures.Precision);
        double[] r = [2, 1, 1, 1, 1, 1, 1, 1, 1, 2], m = [2.1, 2.9, 3.2, 50];
        double[] reach = [1.1, 0.8, 1.1, 47.1];
        double recall = Enumerable.Range(0, 10).Count(i => m.Zip(reach).Any(p => Math.Abs(i - p.First) <= p.Second + 1e-6)) / 10.0;
        double coverage = Enumerable.Range(0, 10).Count(i => m.Any(x => Math.Abs(i - x) <= r[i] + 1e-6)) / 10.0;
        double density = m.Sum(x => Enumerable.Range(0, 10).Count(i => Math.Abs(i - x) <= r[i] + 1e-6)) / (2.0 * 4);
        Assert.Equal((recall, coverage, density), (figures.Recall, figures.Coverage, figures.Density));
        Assert.Equal(figures, Manifold.Measure(real, made, Many, 2));
    }

    [Fact]
    public void A_set_beside_a_draw_of_its_own_law_is_whole_and_dense()
    {
        var figures = Manifold.Measure(Normal(300, 3, 0, "a"), Normal(300, 3, 0, "b"), Run);
        Assert.InRange(figures.Precision, 0.9, 1);
        Assert.InRange(figures.Recall, 0.9, 1);
        Assert.InRange(figures.Density, 0.85, 1.15);
        Assert.InRange(figures.Coverage, 0.9, 1);
        var collapsed = Manifold.Measure(Normal(300, 3, 0, "a"), Scaled(Normal(300, 3, 0, "b"), 0.05f), Run);
        Assert.True(collapsed.Precision > 0.95 && collapsed.Recall < 0.1 && collapsed.Coverage < 0.5);
    }

    [Fact]
    public void Sets_of_different_extractors_are_not_compared()
    {
        FeatureSet a = Set(1, [0, 1, 2]), b = a with { Id = a.Id with { Weights = "other" } };
        Assert.Contains("extract both by one", Assert.Throws<ArgumentException>(() => FeatureDistances.Frechet(a, b)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FeatureDistances.Kernel(a, b));
        Assert.Throws<ArgumentException>(() => Manifold.Measure(a, b, Run, 1));
        Assert.Throws<ArgumentException>(() => PictureBalance.Spread(a, [0, 0, 0], b, [0, 0, 0], 1));
        Assert.Throws<ArgumentException>(() => Manifold.Measure(a, a, Run, 3));
        Assert.Throws<ArgumentException>(() => FeatureDistances.Kernel(a, a, 2, Run));
    }

    [Fact]
    public void Balance_and_spread_tell_lost_classes_and_variety()
    {
        var even = PictureBalance.Of([0, 1, 2, 3], 4, [0, 0, 1, 2]);
        Assert.Equal((2.0, 1.0, 0.25, 0.25), (even.Entropy, even.Evenness, even.Least, even.Distance));
        var lost = PictureBalance.Of([0, 0, 0, 1], 3);
        Assert.Equal(0.75 * Math.Log2(4 / 3.0) + 0.5, lost.Entropy, 1e-12);
        Assert.Equal(0, lost.Least);
        Assert.True(double.IsNaN(lost.Distance));
        Assert.Throws<ArgumentException>(() => PictureBalance.Of([3], 3));
        double[] spread = PictureBalance.Spread(Set(1, [0, 2, 10, 14]), [0, 0, 1, 1], Set(1, [0, 1, 12, 12]), [0, 0, 1, 1], 3);
        Assert.Equal([0.25, 0, double.NaN], spread);
    }

    [Fact]
    public void Transfer_counts_what_both_networks_know()
    {
        int[] truth = [0, 1, 2, 3, 0, 1, 2, 3];
        var figures = Transfer.Measure(truth, [0, 1, 2, 3, 1, 0, 3, 2], [0, 1, 2, 3, 0, 1, 3, 2], 4, Run);
        Assert.Equal((0.5, 0.75, 0.5), (figures.Made.Value, figures.Real.Value, figures.Ratio.Value));
        Assert.True(figures.Made.Low < 0.5 && figures.Made.High > 0.5);
        Assert.Equal(figures, Transfer.Measure(truth, [0, 1, 2, 3, 1, 0, 3, 2], [0, 1, 2, 3, 0, 1, 3, 2], 4, Many));
    }

    internal static FeatureSet Set(int dimension, float[] values) => new(new("test", "0", "none", dimension), values);

    private static FeatureSet Normal(int count, int dimension, double mean, string name)
    {
        var stream = new RandomStream(7, name);
        return Set(dimension, [.. Enumerable.Range(0, count * dimension).Select(i => (float)(mean + stream.Normal(i, 0)))]);
    }

    private static FeatureSet Scaled(FeatureSet set, float by) => set with { Values = [.. set.Values.Select(v => v * by)] };

    private static FeatureSet Turned(FeatureSet set)
    {
        float[] values = new float[set.Values.Length];
        float c = MathF.Cos(0.7f), s = MathF.Sin(0.7f);
        for (int i = 0; i < set.Count; i++)
        {
            var r = set.Row(i);
            (values[3 * i], values[3 * i + 1], values[3 * i + 2]) = (c * r[0] - s * r[1], s * r[0] + c * r[1], r[2]);
        }
        return set with { Values = values };
    }
}
