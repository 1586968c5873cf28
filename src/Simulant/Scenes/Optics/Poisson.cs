using Simulant.Numerics.Random;

namespace Simulant.Scenes.Optics;

/// <summary>
/// Poisson counts by address: by multiplication below 10 (Knuth, TAOCP 2, 3.4.1), else by transformed rejection with squeeze (Hoermann,
/// "The transformed rejection method for generating Poisson random variables", 1993, algorithm PTRS); exact in both.
/// </summary>
internal static class Poisson
{
    private const double Unit = 1.0 / (1L << 32);

    /// <summary>A count of the given mean, a pure function of (stream, item, slot); 0 where the mean is not above 0.</summary>
    /// <param name="mean">Up to 1e9.</param>
    public static int At(RandomStream stream, long item, int slot, double mean) =>
        !(mean > 0) ? 0 : mean < 10 ? Small(stream, item, slot, mean) : Large(stream, item, slot, mean);

    private static int Small(RandomStream stream, long item, int slot, double mean)
    {
        double least = Math.Exp(-mean), product = 1;
        for (int draw = 0, count = 0; ; draw++)
        {
            var (a, b, c, d) = stream.Bits(item, slot, draw);
            if ((product *= (a + 0.5) * Unit) <= least) return count;
            if ((product *= (b + 0.5) * Unit) <= least) return count + 1;
            if ((product *= (c + 0.5) * Unit) <= least) return count + 2;
            if ((product *= (d + 0.5) * Unit) <= least) return count + 3;
            count += 4;
        }
    }

    private static int Large(RandomStream stream, long item, int slot, double mean)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b;
        for (int draw = 0; ; draw++)
        {
            var (r0, r1, r2, r3) = stream.Bits(item, slot, draw);
            if (Accepts(mean, a, b, r0, r1, out int count) || Accepts(mean, a, b, r2, r3, out count)) return count;
        }
    }

    private static bool Accepts(double mean, double a, double b, uint first, uint second, out int count)
    {
        double u = (first + 0.5) * Unit - 0.5, v = (second + 0.5) * Unit, edge = 0.5 - Math.Abs(u);
        double k = Math.Floor((2 * a / edge + b) * u + mean + 0.43);
        count = k >= 0 && k < int.MaxValue ? (int)k : 0;
        if (edge >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return true;
        if (k < 0 || edge < 0.013 && v > edge) return false;
        double inverse = 1.1239 + 1.1328 / (b - 3.4);
        return Math.Log(v * inverse / (a / (edge * edge) + b)) <= k * Math.Log(mean) - mean - LogFactorial(k);
    }

    // Stirling's series; small ones by product.
    private static double LogFactorial(double k)
    {
        if (k < 10)
        {
            double product = 1;
            for (int i = 2; i <= k; i++) product *= i;
            return Math.Log(product);
        }
        double n = k + 1, inverse = 1 / (n * n);
        return (n - 0.5) * Math.Log(n) - n + 0.91893853320467274 + (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260))) / n;
    }
}
