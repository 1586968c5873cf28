using Simulant.Bench.Quality;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

public class DeclaredLawTests
{
    private static readonly ContinuousLaw Uniform = new("uniform", x => Math.Clamp(x, 0, 1));

    /// <summary>Values at equal steps, moved up: the greatest gap is the move. Kolmogorov's table: 1.3581 is exceeded 5 % of the
    /// time.</summary>
    [Fact]
    public void The_p_value_of_a_gap_is_Kolmogorovs()
    {
        const int n = 1_000_000;
        double gap = 1.3581 / Math.Sqrt(n);
        double[] values = [.. Enumerable.Range(0, n).Select(i => Math.Min(1, (i + 0.5) / n + gap))];
        Assert.InRange(Uniform.PValue(values), 0.049, 0.051);
    }

    /// <summary>Two cells: the statistic is the square of a normal number, here 1.96.</summary>
    [Fact]
    public void The_p_value_of_counts_is_Pearsons()
    {
        const int n = 10_000, heads = 5_000 + 98; // (98 / 50)^2
        var coin = new CountingLaw("coin", k => k is 0 or 1 ? 0.5 : 0);
        double[] values = [.. Enumerable.Range(0, n).Select(i => i < heads ? 1.0 : 0)];
        Assert.Equal(0.05, coin.PValue(values), 4);
    }

    [Fact]
    public void What_cannot_occur_fails() =>
        Assert.Equal(0, new CountingLaw("one", k => k == 1 ? 1 : 0).PValue([1, 1, 2]));

    [Fact]
    public void A_law_that_is_a_little_off_fails()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => Math.Pow((i + 0.5) / 100_000, 1.03))];
        Assert.InRange(Uniform.PValue(values), 0, 1e-4);
    }
}
