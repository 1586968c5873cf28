using Simulant.Numerics.Kernels;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Accounting;

/// <summary>
/// White-box audit of the noise on its worst case: one row against none, one cell. What is drawn on either side is told apart by a
/// threshold, and how well that goes bounds epsilon from below (Jagielski, Ullman and Oprea 2020). It holds whatever the noise
/// is.
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
    public static double LowerBound(long[] with, long[] without, double delta, double confidence = 0.95)
    {
        // A tenth chooses the threshold, the rest is judged by it.
        int first = with.Length / 10, judged = with.Length - first;
        long threshold = Threshold(with[..first], without[..first], judged, delta, confidence);
        return Math.Max(0, Bound(Share(with[first..], threshold), Share(without[first..], threshold), judged, delta, confidence));
    }

    /// <summary>The threshold that would bound best were the shares those of these outcomes.</summary>
    private static long Threshold(long[] with, long[] without, int draws, double delta, double confidence)
    {
        double best = double.NegativeInfinity;
        long threshold = 0;
        foreach (long tried in with.Distinct().Order())
        {
            double other = Share(without, tried);
            // Below some ten outcomes a share is not normal.
            if (other * without.Length < 10) continue;
            double bound = Bound(Share(with, tried), other, draws, delta, confidence);
            if (bound > best) (best, threshold) = (bound, tried);
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
