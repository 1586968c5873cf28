using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>Every distribution on 100,000 rows against MathNet's distribution functions, at 1e-4.</summary>
public class DistributionTests
{
    private const int Rows = 100_000;

    public static TheoryData<string, Func<double, double>> Continuous => new()
    {
        { "distribution: normal, mean: 3, sd: 2", x => Normal.CDF(3, 2, x) },
        { "distribution: normal, mean: 3, sd: 2, truncate: [4, 9]", x =>
            (Normal.CDF(3, 2, x) - Normal.CDF(3, 2, 4)) / (Normal.CDF(3, 2, 9) - Normal.CDF(3, 2, 4)) },
        { "distribution: lognormal, mu: 1, sigma: 0.8", x => LogNormal.CDF(1, 0.8, x) },
        { "distribution: lognormal, median: 20, sigma: 0.5", x => LogNormal.CDF(Math.Log(20), 0.5, x) },
        { "distribution: uniform, min: -2, max: 5", x => ContinuousUniform.CDF(-2, 5, x) },
        { "distribution: exponential, mean: 4", x => Exponential.CDF(0.25, x) },
        { "distribution: gamma, shape: 0.4, scale: 3", x => Gamma.CDF(0.4, 1 / 3.0, x) },
        { "distribution: gamma, shape: 7.5, mean: 15", x => Gamma.CDF(7.5, 0.5, x) },
        { "distribution: gamma, shape: 2, scale: 1, truncate: [1, 3]", x =>
            (Gamma.CDF(2, 1, x) - Gamma.CDF(2, 1, 1)) / (Gamma.CDF(2, 1, 3) - Gamma.CDF(2, 1, 1)) },
        { "distribution: beta, a: 2, b: 5", x => Beta.CDF(2, 5, x) },
        { "distribution: beta, a: 0.5, b: 0.5, min: 10, max: 20", x => Beta.CDF(0.5, 0.5, (x - 10) / 10) },
        { "distribution: weibull, shape: 1.5, scale: 2", x => Weibull.CDF(1.5, 2, x) },
        { "distribution: pareto, shape: 2.5, scale: 3", x => Pareto.CDF(3, 2.5, x) },
        { "distribution: triangular, min: 0, mode: 2, max: 10", x => Triangular.CDF(0, 10, 2, x) },
        { "distribution: logistic, location: 1, scale: 2", x => 1 / (1 + Math.Exp(-(x - 1) / 2)) },
        { "distribution: empirical, quantiles: {0: 0, 0.25: 10, 0.5: 12, 1: 40}", x =>
            x < 10 ? x / 40 : x < 12 ? 0.25 + (x - 10) / 8 : 0.5 + (x - 12) / 56 },
        { "distribution: mixture, parts: [{weight: 3, distribution: normal, mean: 0, sd: 1}, {weight: 1, distribution: gamma, "
            + "shape: 3, scale: 2}]",
            x => 0.75 * Normal.CDF(0, 1, x) + (x > 0 ? 0.25 * Gamma.CDF(3, 0.5, x) : 0) },
    };

    [Theory, MemberData(nameof(Continuous))]
    public void A_continuous_distribution_passes_Kolmogorov_and_Smirnov(string rule, Func<double, double> cumulative)
    {
        double[] values = ((NumericColumn)RuleSpec.Sample($"columns: {{ x: {{ {rule} }} }}", Rows)["x"]).Values.ToArray();
        Array.Sort(values);
        double distance = 0;
        for (int i = 0; i < Rows; i++)
        {
            double p = cumulative(values[i]);
            distance = Math.Max(distance, Math.Max((i + 1.0) / Rows - p, p - (double)i / Rows));
        }
        // Kolmogorov's tail at 1e-4: 2 exp(-2 n d^2).
        Assert.InRange(distance, 0, Math.Sqrt(Math.Log(2 / 1e-4) / (2 * Rows)));
    }

    public static TheoryData<string, Func<int, double>> Counting => new()
    {
        { "distribution: poisson, mean: 0.7", k => Poisson.PMF(0.7, k) },
        { "distribution: poisson, mean: 250", k => Poisson.PMF(250, k) },
        { "distribution: zipf, exponent: 1.2, n: 50", k =>
            k is < 1 or > 50 ? 0 : Math.Pow(k, -1.2) / Enumerable.Range(1, 50).Sum(j => Math.Pow(j, -1.2)) },
        { "distribution: binomial, n: 20, p: 0.3", k => Binomial.PMF(0.3, 20, k) },
        { "distribution: geometric, p: 0.25", k => Geometric.PMF(0.25, k + 1) },
        { "distribution: poisson, mean: 3, truncate: [1, 6]", k =>
            k is < 1 or > 6 ? 0 : Poisson.PMF(3, k) / Enumerable.Range(1, 6).Sum(j => Poisson.PMF(3, j)) },
        { "type: integer, distribution: normal, mean: 50, sd: 10, truncate: [20, 80]",
            k => k is < 20 or > 80 ? 0 : (Normal.CDF(50, 10, Math.Min(80, k + 0.5)) - Normal.CDF(50,
                10, Math.Max(20, k - 0.5))) / (Normal.CDF(50, 10, 80) - Normal.CDF(50, 10, 20)) },
        { "type: integer, values: {1: 0.2, 2: 0.5, 7: 0.3}", k => k switch { 1 => 0.2, 2 => 0.5, 7 => 0.3, _ => 0 } },
        { "distribution: empirical, values: [1, 5, 6], weights: [1, 1, 2]", k =>
            k switch { 1 => 0.25, 5 => 0.25, 6 => 0.5, _ => 0 } },
        { "distribution: mixture, parts: [{weight: 9, constant: 0}, {weight: 1, distribution: poisson, mean: 4}]", k =>
            (k == 0 ? 0.9 : 0) + 0.1 * Poisson.PMF(4, k) },
    };

    [Theory, MemberData(nameof(Counting))]
    public void A_counting_distribution_passes_chi_square(string rule, Func<int, double> mass)
    {
        var column = (NumericColumn)RuleSpec.Sample($"columns: {{ x: {{ {rule} }} }}", Rows)["x"];
        Assert.Equal(ColumnKind.Integer, column.Schema.Kind);
        var counts = new Dictionary<int, int>();
        foreach (double value in column.Values) counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
        AssertChiSquare(Enumerable.Range(0, 500).Select(k =>
            (Observed: (double)counts.GetValueOrDefault(k), Expected: Rows * mass(k))));
        Assert.All(counts.Keys, k => Assert.True(mass(k) > 0, $"{k} cannot occur"));
    }

    [Fact]
    public void A_category_passes_chi_square()
    {
        var column = (CodedColumn)RuleSpec.Sample("columns: { c: { values: {a: 5, b: 3, c: 2, never: 0} } }", Rows)["c"];
        double[] expected = [0.5, 0.3, 0.2, 0];
        double[] counts = new double[4];
        foreach (int code in column.Codes) counts[code]++;
        Assert.Equal(0, counts[3]);
        AssertChiSquare(Enumerable.Range(0, 4).Select(k => (counts[k], Rows * expected[k])));
    }

    [Fact]
    public void Columns_are_independent_of_each_other()
    {
        var table = RuleSpec.Sample(
            "columns: { a: { distribution: uniform, min: 0, max: 1 }, b: { distribution: uniform, min: 0, max: 1 } }", Rows);
        var a = ((NumericColumn)table["a"]).Values;
        var b = ((NumericColumn)table["b"]).Values;
        double[] cells = new double[100];
        for (int i = 0; i < Rows; i++) cells[(int)(a[i] * 10) * 10 + (int)(b[i] * 10)]++;
        AssertChiSquare(cells.Select(count => (count, Rows / 100.0)));
    }

    [Fact]
    public void A_new_column_leaves_the_others_as_they_were()
    {
        var alone = (NumericColumn)RuleSpec.Sample("columns: { x: { distribution: normal, mean: 0, sd: 1 } }", 500)["x"];
        var among = (NumericColumn)RuleSpec.Sample(
            "columns: { new: { values: [a, b] }, x: { distribution: normal, mean: 0, sd: 1 } }", 500)["x"];
        Assert.Equal(alone.Values, among.Values);
    }

    /// <summary>Cells of less than 8 expected are thrown together.</summary>
    internal static void AssertChiSquare(IEnumerable<(double Observed, double Expected)> cells)
    {
        double statistic = 0, restObserved = 0, restExpected = 0;
        int count = 0;
        foreach (var (observed, expected) in cells)
        {
            if (expected < 8)
            {
                restObserved += observed;
                restExpected += expected;
                continue;
            }
            statistic += (observed - expected) * (observed - expected) / expected;
            count++;
        }
        if (restExpected > 1)
        {
            statistic += (restObserved - restExpected) * (restObserved - restExpected) / restExpected;
            count++;
        }
        double p = SpecialFunctions.GammaUpperRegularized((count - 1) / 2.0, statistic / 2);
        Assert.True(p > 1e-4, $"chi-square {statistic} on {count - 1} degrees: p {p}");
    }
}
