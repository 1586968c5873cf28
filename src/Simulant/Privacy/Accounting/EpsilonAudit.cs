using Simulant.Numerics.Kernels;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Accounting;

/// <summary>
/// White-box audit of the noise on its worst case: one row against none, one cell. What is drawn on either side is told apart by a
/// threshold, and how well that goes bounds epsilon from below (Jagielski, Ullman and Oprea 2020). The threshold follows from the noise
/// that is declared; the bound holds whatever the noise is.
/// </summary>
internal static class EpsilonAudit
{
    /// <summary>The least epsilon that noise of this variance has for a delta, summed over its exact probabilities.</summary>
    public static double Tight(Variance variance, double delta)
    {
        double sigma2 = Math.ScaleB(variance.Numerator, -variance.Shift), reach = Math.Ceiling(40 * Math.Sqrt(sigma2)) + 2;
        double total = 0;
        for (double x = -reach; x <= reach; x++) total += Math.Exp(-x * x / (2 * sigma2));
        double Delta(double epsilon)
        {
            double sum = 0;
            for (double x = -reach; x <= reach; x++)
                sum += Math.Max(0, Math.Exp(-(x - 1) * (x - 1) / (2 * sigma2)) - Math.Exp(epsilon - x * x / (2 * sigma2)));
            return sum / total;
        }
        double low = 0, high = 1;
        while (Delta(high) > delta) high *= 2;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Delta(middle) <= delta) high = middle;
            else low = middle;
        }
        return high;
    }

    /// <summary>
    /// A lower bound of epsilon that holds with the confidence stated: the largest at which the two shares beyond the threshold break
    /// (epsilon, delta) by more than their sampling error, by Wald's test of the one difference that is asked about.
    /// </summary>
    /// <param name="with">Outcomes where the row is there; enough that a normal law holds for shares, a thousand or more.</param>
    /// <param name="without">As many where it is not.</param>
    /// <param name="declared">The variance that the mechanism says it has.</param>
    public static double LowerBound(long[] with, long[] without, Variance declared, double delta, double confidence = 0.95)
    {
        long threshold = Threshold(declared, with.Length, delta, confidence);
        return Math.Max(0, Bound(Share(with, threshold), Share(without, threshold), with.Length, delta, confidence));
    }

    /// <summary>The threshold that is expected to bound best, by the law of the declared noise alone.</summary>
    private static long Threshold(Variance declared, int draws, double delta, double confidence)
    {
        double sigma2 = Math.ScaleB(declared.Numerator, -declared.Shift);
        long reach = (long)Math.Ceiling(12 * Math.Sqrt(sigma2)) + 2;
        double total = 0, above = 0, best = double.NegativeInfinity;
        for (long x = -reach; x <= reach; x++) total += Math.Exp(-x * x / (2 * sigma2));
        long threshold = 0;
        for (long t = reach; t > -reach; t--)
        {
            double without = above + Math.Exp(-(double)t * t / (2 * sigma2)) / total;
            double with = without + Math.Exp(-(double)(t - 1) * (t - 1) / (2 * sigma2)) / total;
            above = without;
            // Below some thirty draws a share is not normal.
            if (without * draws < 30) continue;
            double bound = Bound(with, without, draws, delta, confidence);
            if (bound > best) (best, threshold) = (bound, t);
        }
        return threshold;
    }

    private static double Bound(double with, double without, int draws, double delta, double confidence)
    {
        double z = NormalQuantile.At(confidence);
        bool Broken(double epsilon)
        {
            double scale = Math.Exp(epsilon);
            double variance = (with * (1 - with) + scale * scale * without * (1 - without)) / draws;
            return with - delta - scale * without > z * Math.Sqrt(variance);
        }
        double low = -10, high = 50;
        if (!Broken(low)) return double.NegativeInfinity;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Broken(middle)) low = middle;
            else high = middle;
        }
        return low;
    }

    private static double Share(long[] outcomes, long threshold)
    {
        int count = 0;
        foreach (long outcome in outcomes)
            if (outcome >= threshold) count++;
        return (double)count / outcomes.Length;
    }
}
