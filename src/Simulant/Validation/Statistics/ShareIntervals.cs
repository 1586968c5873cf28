using Simulant.Numerics.Kernels;

namespace Simulant.Validation.Statistics;

/// <summary>
/// Intervals of what two independent shares make together, out of Wilson's interval of each: closed forms that hold their level for
/// some thirty rows and for shares near 0 and 1, where normal intervals and the percentile bootstrap do not.
/// </summary>
public static class ShareIntervals
{
    /// <summary>The normal quantile that lets <paramref name="figures"/> intervals hold together in 95% of cases (Bonferroni).</summary>
    public static double Together(int figures) => figures <= 1 ? Wilson.Z : -NormalQuantile.At(0.025 / figures);

    /// <summary>k1/n1 - k2/n2. Source: Newcombe, Statistics in Medicine 1998, method 10.</summary>
    public static (double Low, double High) Difference(double k1, double n1, double k2, double n2, double z = Wilson.Z)
    {
        var (l1, u1) = Wilson.Interval(k1, n1, z);
        var (l2, u2) = Wilson.Interval(k2, n2, z);
        double p1 = k1 / n1, p2 = k2 / n2, d = p1 - p2;
        return (d - Math.Sqrt((p1 - l1) * (p1 - l1) + (u2 - p2) * (u2 - p2)), d + Math.Sqrt((u1 - p1) * (u1 - p1) + (p2 - l2) * (p2 - l2)));
    }

    /// <summary>
    /// (k1/n1) / (k2/n2), at least one of the second. Source: Donner, Zou, Statistical Methods in Medical Research 2012, equation 9.
    /// </summary>
    public static (double Low, double High) Ratio(double k1, double n1, double k2, double n2, double z = Wilson.Z)
    {
        var (l1, u1) = Wilson.Interval(k1, n1, z);
        var (l2, u2) = Wilson.Interval(k2, n2, z);
        double p1 = k1 / n1, p2 = k2 / n2, product = p1 * p2;
        double below = product * product - l1 * u2 * (2 * p1 - l1) * (2 * p2 - u2);
        double above = product * product - u1 * l2 * (2 * p1 - u1) * (2 * p2 - l2);
        return (Math.Max(0, (product - Math.Sqrt(Math.Max(0, below))) / (u2 * (2 * p2 - u2))),
            (product + Math.Sqrt(Math.Max(0, above))) / (l2 * (2 * p2 - l2)));
    }

    /// <summary>
    /// The mean of values between -1 and 1 that are a zero or one less its prediction. Two rows of each outcome with the mean
    /// prediction are added, as Agresti and Coull (The American Statistician 1998) add them to a share: without them no interval
    /// would be wide enough where all rows agree.
    /// </summary>
    /// <param name="outcomes">How many of the rows are ones.</param>
    /// <param name="predicted">Sum of the predictions.</param>
    /// <param name="squares">Sum of the squared differences.</param>
    public static (double Low, double High) Residual(
        double outcomes, double predicted, double squares, double rows, double z = Wilson.Z)
    {
        double mean = predicted / rows, added = z * z / 2;
        double count = rows + 2 * added;
        double sum = outcomes - predicted + added * (1 - 2 * mean);
        double square = squares + added * ((1 - mean) * (1 - mean) + mean * mean);
        double centre = sum / count, half = z * Math.Sqrt(Math.Max(0, square / count - centre * centre) / count);
        return (centre - half, centre + half);
    }

    /// <summary>The interval of the size of what lies in an interval.</summary>
    public static (double Low, double High) Magnitude((double Low, double High) of) =>
        (Math.Max(0, Math.Max(of.Low, -of.High)), Math.Max(Math.Abs(of.Low), Math.Abs(of.High)));
}
