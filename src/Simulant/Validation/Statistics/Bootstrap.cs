using Simulant.Numerics.Random;

namespace Simulant.Validation.Statistics;

/// <summary>
/// The Poisson bootstrap: each replicate gives every row an independent Poisson(1) weight, which is the multinomial bootstrap
/// for all but the smallest tables and needs no sorting of draws. Source: Hanley, MacGibbon (2006); Efron (1979) for percentile
/// intervals.
/// </summary>
public sealed class Bootstrap(RandomStream random, int replicates)
{
    // Upper ends of Poisson(1)'s cumulative distribution in 2^-16; 8 and more are beyond that resolution.
    private static readonly byte[] Weights = Table();

    public int Replicates => replicates;

    /// <summary>The weights of rows 0..count-1 in one replicate.</summary>
    public void Draw(int replicate, Span<byte> weights)
    {
        for (int i = 0; i < weights.Length; i += 8)
        {
            var (a, b, c, d) = random.Bits(i / 8, replicate);
            ulong low = (ulong)b << 32 | a, high = (ulong)d << 32 | c;
            int end = Math.Min(8, weights.Length - i);
            for (int k = 0; k < end; k++) weights[i + k] = Weights[(k < 4 ? low >> 16 * k : high >> 16 * (k - 4)) & 0xFFFF];
        }
    }

    /// <summary>
    /// The 95% percentile interval of a statistic of one set of rows, widened to hold the value itself; (value, value) where a
    /// replicate is undefined.
    /// </summary>
    public (double Low, double High) Interval(int rows, double value, Func<byte[], double> statistic)
    {
        double[] found = new double[replicates];
        byte[] weights = new byte[rows];
        for (int r = 0; r < replicates; r++)
        {
            Draw(r, weights);
            found[r] = statistic(weights);
        }
        return Percentiles(found, value);
    }

    /// <summary>2.5 and 97.5% of the replicates that are defined, widened to hold the value.</summary>
    public static (double Low, double High) Percentiles(double[] replicates, double value)
    {
        double[] sorted = [.. replicates.Where(v => !double.IsNaN(v)).Order()];
        if (sorted.Length == 0 || double.IsNaN(value)) return (value, value);
        return (Math.Min(value, Quantiles.OfSorted(sorted, 0.025)), Math.Max(value, Quantiles.OfSorted(sorted, 0.975)));
    }

    private static byte[] Table()
    {
        byte[] table = new byte[1 << 16];
        double probability = Math.Exp(-1), upTo = probability;
        int k = 0;
        for (int i = 0; i < table.Length; i++)
        {
            while ((i + 0.5) / table.Length > upTo && k < 8)
            {
                k++;
                probability /= k;
                upTo += probability;
            }
            table[i] = (byte)k;
        }
        return table;
    }
}

/// <summary>Quantiles by linear interpolation between order statistics (Hyndman, Fan 1996, type 7).</summary>
public static class Quantiles
{
    /// <param name="sorted">Ascending, at least one.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double level)
    {
        double at = level * (sorted.Length - 1);
        int low = (int)Math.Floor(at), high = Math.Min(low + 1, sorted.Length - 1);
        // Equal neighbours may be infinite, and infinity less infinity is no number.
        return sorted[low] == sorted[high] ? sorted[low] : sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}

/// <summary>The 95% interval of a share. Source: Wilson (1927).</summary>
public static class Wilson
{
    /// <summary>The normal quantile behind a 95% interval.</summary>
    public const double Z = 1.959963984540054;

    /// <param name="z">Normal quantile of the interval's level.</param>
    public static (double Low, double High) Interval(double successes, double trials, double z = Z)
    {
        if (trials <= 0) return (double.NaN, double.NaN);
        double p = successes / trials, z2 = z * z;
        double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = z / (1 + z2 / trials) * Math.Sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
