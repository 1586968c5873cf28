using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Simulant.Bench.Quality;

/// <summary>A distribution as a rule declares it, and its law by another route: MathNet's functions or plain arithmetic.</summary>
/// <param name="Rule">The keys of a column in a spec of rules.</param>
internal abstract record DeclaredLaw(string Rule)
{
    /// <summary>Probability, under the declared law, of values that fit it no better than these.</summary>
    public abstract double PValue(ReadOnlySpan<double> values);

    /// <summary>Every distribution of docs/guide/engines/rules.md, truncated, rounded and mixed ones among them.</summary>
    public static IReadOnlyList<DeclaredLaw> All { get; } =
    [
        new ContinuousLaw("distribution: normal, mean: 3, sd: 2", x => Normal.CDF(3, 2, x)),
        new ContinuousLaw("distribution: normal, mean: 3, sd: 2, truncate: [4, 9]", x =>
            (Normal.CDF(3, 2, x) - Normal.CDF(3, 2, 4)) / (Normal.CDF(3, 2, 9) - Normal.CDF(3, 2, 4))),
        new ContinuousLaw("distribution: lognormal, mu: 1, sigma: 0.8", x => LogNormal.CDF(1, 0.8, x)),
        new ContinuousLaw("distribution: lognormal, median: 20, sigma: 0.5", x => LogNormal.CDF(Math.Log(20), 0.5, x)),
        new ContinuousLaw("distribution: uniform, min: -2, max: 5", x => ContinuousUniform.CDF(-2, 5, x)),
        new ContinuousLaw("distribution: exponential, mean: 4", x => Exponential.CDF(0.25, x)),
        new ContinuousLaw("distribution: gamma, shape: 0.4, scale: 3", x => Gamma.CDF(0.4, 1 / 3.0, x)),
        new ContinuousLaw("distribution: gamma, shape: 7.5, mean: 15", x => Gamma.CDF(7.5, 0.5, x)),
        new ContinuousLaw("distribution: gamma, shape: 2, scale: 1, truncate: [1, 3]", x =>
            (Gamma.CDF(2, 1, x) - Gamma.CDF(2, 1, 1)) / (Gamma.CDF(2, 1, 3) - Gamma.CDF(2, 1, 1))),
        new ContinuousLaw("distribution: beta, a: 2, b: 5", x => Beta.CDF(2, 5, x)),
        new ContinuousLaw("distribution: beta, a: 0.5, b: 0.5, min: 10, max: 20", x => Beta.CDF(0.5, 0.5, (x - 10) / 10)),
        new ContinuousLaw("distribution: weibull, shape: 1.5, scale: 2", x => Weibull.CDF(1.5, 2, x)),
        new ContinuousLaw("distribution: pareto, shape: 2.5, scale: 3", x => Pareto.CDF(3, 2.5, x)),
        new ContinuousLaw("distribution: triangular, min: 0, mode: 2, max: 10", x => Triangular.CDF(0, 10, 2, x)),
        new ContinuousLaw("distribution: logistic, location: 1, scale: 2", x => 1 / (1 + Math.Exp(-(x - 1) / 2))),
        new ContinuousLaw("distribution: empirical, quantiles: {0: 0, 0.25: 10, 0.5: 12, 1: 40}", x =>
            x < 10 ? x / 40 : x < 12 ? 0.25 + (x - 10) / 8 : 0.5 + (x - 12) / 56),
        new ContinuousLaw("distribution: mixture, parts: [{weight: 3, distribution: normal, mean: 0, sd: 1}, {weight: 1, "
            + "distribution: gamma, shape: 3, scale: 2}]",
            x => 0.75 * Normal.CDF(0, 1, x) + (x > 0 ? 0.25 * Gamma.CDF(3, 0.5, x) : 0)),
        new CountingLaw("distribution: poisson, mean: 0.7", k => Poisson.PMF(0.7, k)),
        new CountingLaw("distribution: poisson, mean: 250", k => Poisson.PMF(250, k)),
        new CountingLaw("distribution: zipf, exponent: 1.2, n: 50", k =>
            k is < 1 or > 50 ? 0 : Math.Pow(k, -1.2) / Enumerable.Range(1, 50).Sum(j => Math.Pow(j, -1.2))),
        new CountingLaw("distribution: binomial, n: 20, p: 0.3", k => Binomial.PMF(0.3, 20, k)),
        new CountingLaw("distribution: geometric, p: 0.25", k => Geometric.PMF(0.25, k + 1)),
        new CountingLaw("distribution: poisson, mean: 3, truncate: [1, 6]", k =>
            k is < 1 or > 6 ? 0 : Poisson.PMF(3, k) / Enumerable.Range(1, 6).Sum(j => Poisson.PMF(3, j))),
        new CountingLaw("type: integer, distribution: normal, mean: 50, sd: 10, truncate: [20, 80]", k =>
            k is < 20 or > 80 ? 0 : (Normal.CDF(50, 10, Math.Min(80, k + 0.5)) - Normal.CDF(50, 10, Math.Max(20, k - 0.5)))
                / (Normal.CDF(50, 10, 80) - Normal.CDF(50, 10, 20))),
        new CountingLaw("type: integer, values: {1: 0.2, 2: 0.5, 7: 0.3}", k => k switch { 1 => 0.2, 2 => 0.5, 7 => 0.3, _ => 0 }),
        new CountingLaw("distribution: empirical, values: [1, 5, 6], weights: [1, 1, 2]", k =>
            k switch { 1 => 0.25, 5 => 0.25, 6 => 0.5, _ => 0 }),
        new CountingLaw("distribution: mixture, parts: [{weight: 9, constant: 0}, {weight: 1, distribution: poisson, mean: 4}]", k =>
            (k == 0 ? 0.9 : 0) + 0.1 * Poisson.PMF(4, k)),
        // Levels by their places.
        new CountingLaw("values: {a: 5, b: 3, c: 2, never: 0}", k => k switch { 0 => 0.5, 1 => 0.3, 2 => 0.2, _ => 0 }),
    ];
}

/// <param name="Cumulative">The distribution function, right on every value that can occur.</param>
internal sealed record ContinuousLaw(string Rule, Func<double, double> Cumulative) : DeclaredLaw(Rule)
{
    /// <summary>Kolmogorov and Smirnov; the limit law (Kolmogorov 1933) with Stephens' correction for finite counts (1970).</summary>
    public override double PValue(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = Cumulative(sorted[i]);
            distance = Math.Max(distance, Math.Max((i + 1.0) / sorted.Length - p, p - (double)i / sorted.Length));
        }
        double root = Math.Sqrt(sorted.Length), t = (root + 0.12 + 0.11 / root) * distance, sum = 0;
        if (t < 0.2) return 1; // the alternating sum below no longer converges, and nothing is left of 1
        for (int k = 1; k <= 100; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * t * t);
        return Math.Clamp(sum, 0, 1);
    }
}

/// <param name="Mass">Probability of 0, 1, 2, …; whole numbers from <see cref="Most"/> on are too rare to matter.</param>
internal sealed record CountingLaw(string Rule, Func<int, double> Mass) : DeclaredLaw(Rule)
{
    private const int Most = 500;

    /// <summary>Cells expected fewer times are thrown together.</summary>
    private const double LeastExpected = 8;

    /// <summary>Pearson's chi-square; 0 where a value occurs that cannot.</summary>
    public override double PValue(ReadOnlySpan<double> values)
    {
        var counts = new Dictionary<int, int>();
        foreach (double value in values)
        {
            if (value != Math.Floor(value) || !(Mass((int)value) > 0)) return 0;
            counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
        }
        double statistic = 0, restObserved = 0, restExpected = 0;
        int cells = 0;
        for (int k = 0; k < Most; k++)
        {
            double observed = counts.GetValueOrDefault(k), expected = values.Length * Mass(k);
            if (expected < LeastExpected)
            {
                restObserved += observed;
                restExpected += expected;
                continue;
            }
            statistic += (observed - expected) * (observed - expected) / expected;
            cells++;
        }
        if (restExpected > 1)
        {
            statistic += (restObserved - restExpected) * (restObserved - restExpected) / restExpected;
            cells++;
        }
        return SpecialFunctions.GammaUpperRegularized((cells - 1) / 2.0, statistic / 2);
    }
}
