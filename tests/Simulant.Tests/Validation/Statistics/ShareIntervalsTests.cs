using Simulant.Numerics.Random;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Statistics;

public class ShareIntervalsTests
{
    /// <summary>Newcombe 1998, table II, method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    public void Differences_are_those_of_the_paper(int k1, int n1, int k2, int n2, double low, double high)
    {
        var found = ShareIntervals.Difference(k1, n1, k2, n2);
        Assert.Equal(low, found.Low, 1e-4);
        Assert.Equal(high, found.High, 1e-4);
    }

    /// <summary>A ratio's end R is where the difference p1 - R p2 has an end at nothing.</summary>
    [Theory]
    [InlineData(30, 100, 300, 1000)]
    [InlineData(1, 400, 31, 500)]
    [InlineData(0, 300, 40, 900)]
    [InlineData(500, 500, 900, 1000)]
    public void Ratios_end_where_the_scaled_difference_does(int k1, int n1, int k2, int n2)
    {
        var (low, high) = ShareIntervals.Ratio(k1, n1, k2, n2);
        var (l1, u1) = Wilson.Interval(k1, n1);
        var (l2, u2) = Wilson.Interval(k2, n2);
        double p1 = (double)k1 / n1, p2 = (double)k2 / n2;
        double Lower(double r) => p1 - r * p2 - Math.Sqrt(Math.Pow(p1 - l1, 2) + Math.Pow(r * (u2 - p2), 2));
        double Upper(double r) => p1 - r * p2 + Math.Sqrt(Math.Pow(u1 - p1, 2) + Math.Pow(r * (p2 - l2), 2));
        Assert.Equal(0, Lower(low), 1e-9);
        Assert.Equal(0, Upper(high), 1e-9);
        Assert.InRange(p1 / p2, low, high);
    }

    [Theory]
    [InlineData(30, 3, 0.2)]
    [InlineData(30, 0, 0.01)]
    [InlineData(500, 480, 0.9)]
    public void Residuals_of_one_prediction_are_agresti_and_coulls_share_less_it(int n, int k, double p)
    {
        double squares = k * (1 - p) * (1 - p) + (n - k) * p * p;
        var found = ShareIntervals.Residual(k, n * p, squares, n);
        double count = n + Wilson.Z * Wilson.Z, share = (k + Wilson.Z * Wilson.Z / 2) / count;
        double half = Wilson.Z * Math.Sqrt(share * (1 - share) / count);
        Assert.Equal(share - half - p, found.Low, 1e-12);
        Assert.Equal(share + half - p, found.High, 1e-12);
    }

    [Fact]
    public void Together_they_are_wider_and_a_size_is_never_negative()
    {
        Assert.Equal(Wilson.Z, ShareIntervals.Together(1));
        Assert.Equal(2.241402727604945, ShareIntervals.Together(2), 1e-9);  // 1 - .025 / 2 of the normal distribution
        Assert.Equal(3.023341439739154, ShareIntervals.Together(20), 1e-9); // 1 - .025 / 20
        Assert.Equal((0, 0.3), ShareIntervals.Magnitude((-0.1, 0.3)));
        Assert.Equal((0.1, 0.3), ShareIntervals.Magnitude((-0.3, -0.1)));
        Assert.Equal((0.1, 0.3), ShareIntervals.Magnitude((0.1, 0.3)));
    }

    [Fact]
    public void Paired_aucs_follow_their_definition_by_all_pairs()
    {
        var random = new RandomStream(3, "paired");
        const int n = 60;
        bool[] y = [.. Enumerable.Range(0, n).Select(i => random.Uniform(i, 0) < 0.4)];
        double[] a = [.. Enumerable.Range(0, n).Select(i => Math.Round(random.Uniform(i, 1) + (y[i] ? 0.3 : 0), 1))];
        double[] b = [.. Enumerable.Range(0, n).Select(i => Math.Round(random.Uniform(i, 2) + (y[i] ? 0.1 : 0) + a[i], 1))];
        int[] ones = [.. Enumerable.Range(0, n).Where(i => y[i])], zeros = [.. Enumerable.Range(0, n).Where(i => !y[i])];
        double Kernel(double[] s, int one, int zero) => s[one] > s[zero] ? 1 : s[one] == s[zero] ? 0.5 : 0;
        double Auc(double[] s) => ones.Average(i => zeros.Average(j => Kernel(s, i, j)));
        double[] v = [.. ones.Select(i => zeros.Average(j => Kernel(a, i, j) - Kernel(b, i, j)))];
        double[] w = [.. zeros.Select(j => ones.Average(i => Kernel(a, i, j) - Kernel(b, i, j)))];
        double Variance(double[] x) => x.Sum(d => Math.Pow(d - x.Average(), 2)) / (x.Length - 1);
        var found = PairedAuc.Of(a, b, y)!;
        Assert.Equal(Auc(a), found.First, 1e-12);
        Assert.Equal(Auc(b), found.Second, 1e-12);
        Assert.Equal(Math.Sqrt(Variance(v) / ones.Length + Variance(w) / zeros.Length), found.Deviation, 1e-12);
        Assert.Null(PairedAuc.Of([1, 2, 3], [1, 2, 3], [true, false, false]));
    }
}
