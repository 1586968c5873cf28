namespace Simulant.Validation.Statistics;

/// <summary>
/// The AUCs of two scores of the same rows, and how their difference varies with the rows. Source: DeLong, DeLong, Clarke-Pearson,
/// Biometrics 1988, over placements: a row's share of the other class that it is ranked on the right side of, ties counting half.
/// </summary>
public sealed class PairedAuc
{
    private PairedAuc(double first, double second, double deviation) => (First, Second, Deviation) = (first, second, deviation);

    public double First { get; }
    public double Second { get; }

    /// <summary>Standard error of <see cref="First"/> - <see cref="Second"/>.</summary>
    public double Deviation { get; }

    /// <param name="first">Higher means more likely positive; <paramref name="second"/> too.</param>
    /// <returns>Null where a class has fewer than two rows.</returns>
    public static PairedAuc? Of(double[] first, double[] second, bool[] positive)
    {
        int positives = positive.Count(p => p), negatives = positive.Length - positives;
        if (positives < 2 || negatives < 2) return null;
        double[] a = Placements(first, positive), b = Placements(second, positive);
        double meanA = 0, meanB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (!positive[i]) continue;
            meanA += a[i] / positives;
            meanB += b[i] / positives;
        }
        double ones = 0, zeros = 0, d = meanA - meanB;
        for (int i = 0; i < a.Length; i++)
        {
            double off = a[i] - b[i] - d;
            if (positive[i]) ones += off * off;
            else zeros += off * off;
        }
        double variance = ones / (positives - 1) / positives + zeros / (negatives - 1) / negatives;
        return new PairedAuc(meanA, meanB, Math.Sqrt(variance));
    }

    /// <summary>By row: of a positive one the share of negatives below it, of a negative one the share of positives above it.</summary>
    private static double[] Placements(double[] scores, bool[] positive)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        double positives = positive.Count(p => p), negatives = positive.Length - positives, below = 0, seen = 0;
        double[] placed = new double[scores.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start, ones = 0;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
                if (positive[order[end]]) ones++;
            double zeros = end - start - ones;
            for (int i = start; i < end; i++)
                placed[order[i]] = positive[order[i]] ? (below + zeros / 2) / negatives : (positives - seen - ones / 2.0) / positives;
            below += zeros;
            seen += ones;
            start = end;
        }
        return placed;
    }
}
