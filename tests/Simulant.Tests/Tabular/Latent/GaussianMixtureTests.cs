using Simulant.Numerics.Random;
using Simulant.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Latent;

public class GaussianMixtureTests
{
    private static double[] Drawn(int count, params (double Share, double Mean, double Sigma)[] parts)
    {
        var stream = new RandomStream(3, "mixture");
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double u = stream.Uniform(i, 0);
            int k = 0;
            while (k < parts.Length - 1 && u >= parts[k].Share) u -= parts[k++].Share;
            values[i] = parts[k].Mean + parts[k].Sigma * stream.Normal(i, 1);
        }
        return values;
    }

    [Fact]
    public void Components_far_apart_are_found()
    {
        var found = GaussianMixture.Fit(Drawn(20_000, (0.5, -10, 1), (0.3, 5, 0.5), (0.2, 30, 3)), 10, 0);
        foreach (var (share, mean, sigma) in new[] { (0.5, -10.0, 1.0), (0.3, 5, 0.5), (0.2, 30, 3) })
        {
            int[] near = [.. Enumerable.Range(0, found.Means.Length).Where(k => Math.Abs(found.Means[k] - mean) < 4 * sigma)];
            double total = near.Sum(k => found.Weights[k]), middle = near.Sum(k => found.Weights[k] * found.Means[k]) / total;
            double variance = near.Sum(k => found.Weights[k] * (found.Sigmas[k] * found.Sigmas[k]
                + (found.Means[k] - middle) * (found.Means[k] - middle))) / total;
            Assert.Equal(share, total, 0.02);
            Assert.Equal(mean, middle, 0.1 * sigma);
            Assert.Equal(sigma, Math.Sqrt(variance), 0.1 * sigma);
        }
    }

    [Fact]
    public void A_value_that_most_rows_share_gets_a_component_as_narrow_as_itself()
    {
        double[] values = Drawn(10_000, (0.9, 0, 0), (0.1, 7000, 2500));
        var found = GaussianMixture.Fit(values, 10, 0);
        int zero = Enumerable.Range(0, found.Means.Length).MinBy(k => Math.Abs(found.Means[k]));
        Assert.Equal(0, found.Means[zero], 0.5);
        Assert.InRange(found.Sigmas[zero], 0, 0.5);
        Assert.Equal(values.Count(v => v == 0) / 10_000.0, found.Weights[zero], 0.01);
    }

    [Fact]
    public void Order_of_rows_changes_nothing()
    {
        double[] values = Drawn(9000, (0.5, 0, 1), (0.5, 4, 1)), turned = [.. values];
        Array.Reverse(turned);
        GaussianMixture a = GaussianMixture.Fit(values, 10, 0), b = GaussianMixture.Fit(turned, 10, 0);
        Assert.Equal(a.Means, b.Means);
        Assert.Equal(a.Sigmas, b.Sigmas);
    }

    [Theory]
    [InlineData(new[] { 3.0 })]
    [InlineData(new[] { -double.MaxValue, 0, double.MaxValue })]
    [InlineData(new[] { double.Epsilon, 1e300, 2e300 })]
    public void Strange_values_have_finite_components(double[] values)
    {
        var found = GaussianMixture.Fit(values, 10, 0);
        Assert.Equal(1, found.Weights.Sum(), 1e-9);
        Assert.All(found.Means.Concat(found.Sigmas), x => Assert.True(double.IsFinite(x)));
        Assert.All(found.Sigmas, s => Assert.True(s > 0));
    }
}
