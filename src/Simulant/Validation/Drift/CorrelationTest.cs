namespace Simulant.Validation.Drift;

/// <summary>
/// Whether the correlation of two columns' normal scores changed. The variance of each correlation is the one that holds for any
/// distribution with four moments (Hsu 1949; Steiger and Hakstian 1982), on Fisher's scale.
/// </summary>
internal static class CorrelationTest
{
    /// <summary>Below it four moments say little.</summary>
    private const int LeastRows = 30;

    /// <param name="Value">The correlation; NaN where a column does not vary.</param>
    /// <param name="Variance">Of its Fisher transform.</param>
    public readonly record struct Estimate(double Value, double Variance);

    /// <summary>The difference of the correlations, and its p-value.</summary>
    public static (Tested Test, double Reference, double Current) Of(PairCounts reference, PairCounts current)
    {
        if (reference.Moments.Length == 0) return (Tested.Nothing, double.NaN, double.NaN);
        var (a, b) = (Of(reference), Of(current));
        if (double.IsNaN(a.Value) || double.IsNaN(b.Value)) return (Tested.Nothing, a.Value, b.Value);
        double z = (Math.Atanh(b.Value) - Math.Atanh(a.Value)) / Math.Sqrt(a.Variance + b.Variance);
        return (new Tested(double.IsNaN(z) ? 1 : CountTests.Beyond(z), Math.Abs(b.Value - a.Value)), a.Value, b.Value);
    }

    public static Estimate Of(PairCounts pair)
    {
        var sums = new Dictionary<(int, int), double>();
        for (int m = 0; m < pair.Moments.Length; m++) sums[PairCounts.MomentPowers[m]] = (double)pair.Moments[m];
        double n = sums[(0, 0)];
        if (n < LeastRows) return new(double.NaN, 0);
        double Raw(int x, int y) => sums[(x, y)] / n;
        double mx = Raw(1, 0), my = Raw(0, 1);
        // Moments about the means, out of raw ones: (x - mx)^p (y - my)^q multiplied out.
        double Central(int p, int q)
        {
            double sum = 0;
            for (int i = 0; i <= p; i++)
                for (int j = 0; j <= q; j++)
                    sum += Choose(p, i) * Choose(q, j) * Math.Pow(-mx, p - i) * Math.Pow(-my, q - j) * Raw(i, j);
            return sum;
        }
        double vx = Central(2, 0), vy = Central(0, 2);
        if (!(vx > 1e-9) || !(vy > 1e-9)) return new(double.NaN, 0);
        double r = Central(1, 1) / Math.Sqrt(vx * vy);
        double m40 = Central(4, 0) / (vx * vx), m04 = Central(0, 4) / (vy * vy), m22 = Central(2, 2) / (vx * vy);
        double m31 = Central(3, 1) / (vx * Math.Sqrt(vx * vy)), m13 = Central(1, 3) / (vy * Math.Sqrt(vx * vy));
        double variance = m22 + r * r / 4 * (m40 + m04 + 2 * m22) - r * (m31 + m13);
        // Two columns that are one another's double have no variance; a correlation of 1 has no transform.
        double bounded = Math.Clamp(r, -0.9999, 0.9999);
        double scale = 1 - bounded * bounded;
        return new(bounded, Math.Max(variance, 1e-6) / (n * scale * scale));
    }

    private static double Choose(int n, int k) => (n, k) switch
    {
        (_, 0) => 1,
        (4, 2) => 6,
        (4, 1 or 3) => 4,
        (3, 1 or 2) => 3,
        (2, 1) => 2,
        _ => 1,
    };
}
