using MathNet.Numerics.Distributions;
using Simulant.Numerics.Kernels;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// Parametric marginals by moments: normal, normal cut at the observed ends, lognormal, gamma, beta on the observed range,
/// uniform;
/// the one with the smallest Kolmogorov-Smirnov distance to the data. Smoother than the empirical distribution, and blind
/// to point masses.
/// </summary>
internal static class FittedMarginal
{
    private const int Knots = 1024;

    /// <summary>Null where there are fewer than ten different finite values to fit to.</summary>
    public static NumericMarginal? Choose(double[] values, double step)
    {
        double[] sorted = [.. values.Where(double.IsFinite)];
        Array.Sort(sorted);
        if (sorted.Length == 0 || sorted.Distinct().Take(10).Count() < 10 || values.Any(double.IsInfinity)) return null;
        double[]? best = null;
        double distance = double.PositiveInfinity;
        foreach (double[] quantiles in Candidates(sorted))
        {
            if (!quantiles.All(double.IsFinite)) continue;
            double d = Distance(sorted, quantiles);
            if (d >= distance) continue;
            distance = d;
            best = quantiles;
        }
        double missing = values.Count(double.IsNaN) / (double)values.Length;
        return best is null ? null : NumericMarginal.FromQuantiles(best, missing, step);
    }

    /// <summary>Quantiles at even steps of probability, the ends at half a step, of each family.</summary>
    private static IEnumerable<double[]> Candidates(double[] sorted)
    {
        double mean = sorted.Average(), low = sorted[0], high = sorted[^1];
        double deviation = Math.Sqrt(sorted.Sum(x => (x - mean) * (x - mean)) / sorted.Length);
        yield return Table(p => mean + deviation * NormalQuantile.At(p));
        double from = NormalTail.Below((low - mean) / deviation), to = NormalTail.Below((high - mean) / deviation);
        yield return Table(p => Math.Clamp(mean + deviation * NormalQuantile.At(from + p * (to - from)), low, high));
        yield return Table(p => low + p * (high - low));
        if (low > 0)
        {
            double mu = sorted.Average(Math.Log), sigma = Math.Sqrt(sorted.Average(x => (Math.Log(x) - mu) * (Math.Log(x) - mu)));
            yield return Table(p => Math.Exp(mu + sigma * NormalQuantile.At(p)));
            double shape = mean * mean / (deviation * deviation), scale = deviation * deviation / mean;
            yield return Table(p => Gamma.InvCDF(shape, 1 / scale, p));
        }
        double m = (mean - low) / (high - low), v = deviation * deviation / ((high - low) * (high - low));
        double total = m * (1 - m) / v - 1;
        if (total > 0.1 && m is > 0 and < 1) yield return Table(p =>
            low + (high - low) * Beta.InvCDF(m * total, (1 - m) * total, p));
    }

    private static double[] Table(Func<double, double> quantile)
    {
        double[] table = new double[Knots + 1];
        for (int i = 0; i <= Knots; i++) table[i] = quantile(Math.Clamp((double)i / Knots, 0.5 / Knots, 1 - 0.5 / Knots));
        return table;
    }

    private static double Distance(double[] sorted, double[] quantiles)
    {
        double worst = 0;
        for (int i = 0; i < quantiles.Length; i++)
        {
            int at = Array.BinarySearch(sorted, quantiles[i]);
            if (at < 0) at = ~at;
            worst = Math.Max(worst, Math.Abs((double)at / sorted.Length - (double)i / Knots));
        }
        return worst;
    }
}
