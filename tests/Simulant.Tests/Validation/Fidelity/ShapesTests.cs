using Simulant.Numerics.Random;
using Simulant.Validation.Fidelity;
using Xunit;

namespace Simulant.Tests.Validation.Fidelity;

public class ShapesTests
{
    private static double BruteKs(double[] a, double[] b)
    {
        double[] x = [.. a.Where(v => !double.IsNaN(v))], y = [.. b.Where(v => !double.IsNaN(v))];
        return x.Concat(y).Max(at => Math.Abs(
            (double)x.Count(v => v <= at) / x.Length - (double)y.Count(v => v <= at) / y.Length));
    }

    [Theory]
    [InlineData("integers", 400, 300)]
    [InlineData("decimals", 400, 300)]
    [InlineData("decimals", 50, 700)]
    [InlineData("ties", 350, 350)]
    [InlineData("infinite", 200, 300)]
    [InlineData("wide integers", 200, 300)]
    public void Kolmogorov_smirnov_equals_brute_force(string kind, int left, int right)
    {
        var random = new RandomStream(1, kind);
        double Value(int i, int slot)
        {
            double u = random.Uniform(i, slot) + 0.1 * slot;
            if (random.Uniform(i, slot + 2) < 0.1) return double.NaN;
            return kind switch
            {
                "integers" => Math.Floor(50 * u),
                "wide integers" => Math.Floor(1e9 * u),
                "ties" => Math.Round(u, 1),
                "infinite" => u > 0.9 ? double.PositiveInfinity : u < 0.05 ? double.NegativeInfinity : u,
                _ => u,
            };
        }
        double[] a = [.. Enumerable.Range(0, left).Select(i => Value(i, 0))], b = [.. Enumerable.Range(0, right).Select(i => Value(i, 1))];
        Assert.Equal(BruteKs(a, b), Shapes.KolmogorovSmirnov(a, b), 1e-12);
        Assert.Equal(BruteKs(a, b), Shapes.KolmogorovSmirnov(b, a), 1e-12);
        Assert.Equal(0, Shapes.KolmogorovSmirnov(a, a));
    }

    [Fact]
    public void Total_variation_counts_missing_as_a_level()
    {
        int[] a = [0, 0, 1, -1], b = [0, 1, 1, 2];
        Assert.Equal(0.5 * (0.25 + 0.25 + 0.25 + 0.25), Shapes.TotalVariation(a, b, 3), 1e-12);
        Assert.Equal(0, Shapes.TotalVariation(a, a, 3));
    }

    [Fact]
    public void Nothing_to_compare_is_undefined()
    {
        Assert.Equal(double.NaN, Shapes.KolmogorovSmirnov([], [1.0]));
        Assert.Equal(double.NaN, Shapes.KolmogorovSmirnov([double.NaN], [double.NaN]));
        Assert.Equal(double.NaN, Shapes.KolmogorovSmirnov([1.5], [double.NaN, double.NaN]));
        Assert.Equal(double.NaN, Shapes.TotalVariation([], [1], 2));
    }
}
