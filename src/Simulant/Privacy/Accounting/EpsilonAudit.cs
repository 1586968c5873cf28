using MathNet.Numerics.Distributions;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Accounting;

/// <summary>
/// White-box audit of the noise on its worst case: one row against none, one cell. What is drawn on either side is told apart by a
/// threshold, and how well that goes bounds epsilon from below (Jagielski, Ullman and Oprea 2020), by Clopper and Pearson's intervals
/// and so without any model of the noise.
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
    /// A lower bound of epsilon that holds with the confidence stated. The threshold is chosen on a fifth of the draws and judged on
    /// the others.
    /// </summary>
    /// <param name="with">Outcomes where the row is there.</param>
    /// <param name="without">As many where it is not.</param>
    public static double LowerBound(long[] with, long[] without, double delta, double confidence = 0.95)
    {
        int first = with.Length / 5;
        double best = double.NegativeInfinity;
        long threshold = 0;
        foreach (long tried in with.Take(first).Distinct())
        {
            double bound = Bound(with.AsSpan(0, first), without.AsSpan(0, first), tried, delta, confidence);
            if (bound > best) (best, threshold) = (bound, tried);
        }
        return Math.Max(0, Bound(with.AsSpan(first), without.AsSpan(first), threshold, delta, confidence));
    }

    private static double Bound(ReadOnlySpan<long> with, ReadOnlySpan<long> without, long threshold, double delta, double confidence)
    {
        double miss = (1 - confidence) / 2; // each of the two shares may be off with half of what is allowed
        double caught = Lower(AtLeast(with, threshold), with.Length, miss), wrong = Upper(AtLeast(without, threshold), without.Length,
            miss);
        return caught > delta ? Math.Log((caught - delta) / wrong) : double.NegativeInfinity;
    }

    private static int AtLeast(ReadOnlySpan<long> outcomes, long threshold)
    {
        int count = 0;
        foreach (long outcome in outcomes)
            if (outcome >= threshold) count++;
        return count;
    }

    private static double Lower(int count, int of, double miss) => count == 0 ? 0 : Beta.InvCDF(count, of - count + 1, miss);

    private static double Upper(int count, int of, double miss) => count == of ? 1 : Beta.InvCDF(count + 1, of - count, 1 - miss);
}
