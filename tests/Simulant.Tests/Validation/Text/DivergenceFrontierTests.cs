using Simulant.Numerics.Random;
using Simulant.Validation.Text;
using Xunit;

namespace Simulant.Tests.Validation.Text;

public class DivergenceFrontierTests
{
    [Fact]
    public void Equal_distributions_have_area_one_and_scale_does_not_matter()
    {
        Assert.Equal(1, DivergenceFrontier.Area([1, 2, 3], [10, 20, 30]), 1e-12);
        Assert.Equal(DivergenceFrontier.Area([1, 2, 3], [3, 2, 1]), DivergenceFrontier.Area([5, 10, 15], [0.3, 0.2, 0.1]), 1e-12);
        Assert.Equal(double.NaN, DivergenceFrontier.Area([0, 0], [1, 1]));
    }

    /// <summary>
    /// Nothing in common: KL(P|R) = -log w and KL(Q|R) = -log(1 - w), so that the curve is ((1 - w)^5, w^5), and the area is 5 B(6, 5) =
    /// 5! 5! / 10!.
    /// </summary>
    [Fact]
    public void Distributions_apart_have_the_area_of_the_closed_form() =>
        Assert.Equal(120.0 * 120 / 3_628_800, DivergenceFrontier.Area([1, 1, 0, 0], [0, 0, 3, 1], 20_000), 1e-6);

    /// <summary>Two cells: the integral of y dx, written out with its derivative and taken by the midpoint rule.</summary>
    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(0.9, 0.2)]
    [InlineData(0.99, 0.01)]
    public void Two_cells_have_the_area_of_the_integral(double p, double q)
    {
        const int steps = 200_000;
        // Left of where R = P, nothing of P is lost at all: the curve is flat there.
        double area = Math.Exp(-5 * (q * Math.Log(q / p) + (1 - q) * Math.Log((1 - q) / (1 - p))));
        for (int s = 0; s < steps; s++)
        {
            double w = (s + 0.5) / steps, r = w * p + (1 - w) * q, dr = p - q;
            double x = Math.Exp(-5 * (q * Math.Log(q / r) + (1 - q) * Math.Log((1 - q) / (1 - r))));
            double y = Math.Exp(-5 * (p * Math.Log(p / r) + (1 - p) * Math.Log((1 - p) / (1 - r))));
            // x falls as w grows from Q to P.
            area -= y * x * 5 * dr * (q / r - (1 - q) / (1 - r)) / steps;
        }
        Assert.Equal(area, DivergenceFrontier.Area([p, 1 - p], [q, 1 - q], 5000), 1e-4);
        Assert.Equal(area, DivergenceFrontier.Area([p, 1 - p], [q, 1 - q]), 0.01);
        Assert.Equal(area, DivergenceFrontier.Area([q, 1 - q], [p, 1 - p], 5000), 1e-4);
    }

    [Fact]
    public void The_farther_apart_the_less()
    {
        double before = 1;
        for (int k = 1; k < 10; k++)
        {
            double now = DivergenceFrontier.Area([10, 10], [10 - k, 10 + k]);
            Assert.True(now < before);
            before = now;
        }
    }
}
