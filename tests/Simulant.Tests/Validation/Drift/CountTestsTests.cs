using Simulant.Numerics.Random;
using Simulant.Validation.Drift;
using Xunit;

namespace Simulant.Tests.Validation.Drift;

/// <summary>The tests behind drift against closed forms and simulation.</summary>
public class CountTestsTests
{
    [Fact]
    public void Homogeneity_of_two_by_two_is_the_textbook_chi_square()
    {
        // n (ad - bc)^2 / (row and column sums).
        double n = 200, chi = n * Math.Pow(60 * 55 - 40 * 45, 2) / (100.0 * 100 * 105 * 95);
        var found = CountTests.Homogeneity([60, 40], [45, 55]);
        Assert.Equal(CountTests.Above(chi, 1), found.P, 12);
        Assert.Equal(0.15, found.Effect, 12);
    }

    [Fact]
    public void The_chi_square_law_has_its_known_quantiles()
    {
        Assert.Equal(0.05, CountTests.Above(3.841458820694124, 1), 9);
        Assert.Equal(0.01, CountTests.Above(23.20925115895436, 10), 9);
        Assert.Equal(0.05, CountTests.Beyond(1.959963984540054), 9);
    }

    [Fact]
    public void Rare_bins_are_put_together_before_they_are_judged()
    {
        var found = CountTests.Homogeneity([1000, 1, 0, 1, 0, 1], [1000, 0, 1, 0, 1, 0]);
        Assert.True(found.P > 0.5, $"p {found.P}");
        Assert.Equal(1, CountTests.Homogeneity([3], [9]).P);
        Assert.Equal(1, CountTests.Homogeneity([0, 0], [4, 4]).P);
    }

    [Fact]
    public void Kolmogorov_Smirnov_knows_its_critical_distance()
    {
        // At p = .05 the distance is about 1.358 sqrt((n + m) / nm).
        int n = 20_000;
        long shift = (long)(1.358 * Math.Sqrt(2.0 / n) * n);
        var found = CountTests.KolmogorovSmirnov([n / 2, n / 2], [n / 2 + shift, n / 2 - shift]);
        Assert.InRange(found.P, 0.045, 0.056);
        Assert.Equal(shift / (double)n, found.Effect, 12);
    }

    [Fact]
    public void Association_sees_no_change_where_only_the_margins_moved()
    {
        // One odds ratio of 6 in both, under margins that differ widely.
        long[] a = Table(0.5, 0.5, 6, 100_000), b = Table(0.8, 0.3, 6, 100_000);
        Assert.InRange(CountTests.Association(a, b, 2).P, 0.5, 1);
        Assert.InRange(CountTests.Association(a, b, 2).Effect, 0, 0.002);
        Assert.True(CountTests.Homogeneity(a, b).P < 1e-12);
    }

    [Fact]
    public void Association_of_two_by_two_agrees_with_the_log_odds_ratio()
    {
        // Wald: the difference of the log odds ratios over its error, an asymptotic equivalent.
        long[] a = [400, 300, 300, 500], b = [360, 340, 330, 470];
        double Odds(long[] t) => Math.Log((double)t[0] * t[3] / ((double)t[1] * t[2]));
        double error = Math.Sqrt(a.Concat(b).Sum(c => 1.0 / c));
        double wald = CountTests.Beyond((Odds(a) - Odds(b)) / error);
        Assert.InRange(CountTests.Association(a, b, 2).P, 0.95 * wald, 1.05 * wald);
    }

    [Fact]
    public void Association_raises_few_false_alarms_and_finds_what_is_there()
    {
        int alarms = 0, found = 0;
        for (int t = 0; t < 400; t++)
        {
            long[] a = Draw(t, 0, 0.2), b = Draw(t, 1, 0.2), c = Draw(t, 2, 0.35);
            if (CountTests.Association(a, b, 5).P < 0.05) alarms++;
            if (CountTests.Association(a, c, 5).P < 0.05) found++;
        }
        Assert.InRange(alarms, 3, 34); // 20 expected; 34 is four deviations above
        Assert.InRange(found, 390, 400);
    }

    [Fact]
    public void Holm_is_the_step_down_by_hand()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], DriftComparison.Holm([0.01, 0.04, 0.03, 0.005]), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([1, 1], DriftComparison.Holm([0.9, 0.7]));
    }

    /// <summary>Counts of 4 x 5 groups of 3,000 rows; the second follows the first with a probability.</summary>
    private static long[] Draw(int trial, int set, double bound)
    {
        var random = new RandomStream((ulong)trial, "association");
        long[] cells = new long[20];
        for (int i = 0; i < 3000; i++)
        {
            int first = (int)(4 * random.Uniform(i, 3 * set));
            int second = random.Uniform(i, 3 * set + 1) < bound ? first : (int)(5 * random.Uniform(i, 3 * set + 2));
            cells[first * 5 + second]++;
        }
        return cells;
    }

    /// <summary>Expected counts under given margins and odds ratio (Plackett's formula).</summary>
    private static long[] Table(double row, double column, double odds, int rows)
    {
        double s = 1 + (row + column) * (odds - 1);
        double both = (s - Math.Sqrt(s * s - 4 * odds * (odds - 1) * row * column)) / (2 * (odds - 1));
        return [.. new[] { both, row - both, column - both, 1 - row - column + both }.Select(p => (long)Math.Round(rows * p))];
    }
}
