using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>
/// What two rates prove of epsilon (delta 0): under epsilon-differential privacy no set of outcomes is more than e^epsilon times likelier
/// for a training row, nor for one that is none (Jagielski, Ullman, Oprea 2020). Thresholds are chosen on one half of the rows, and
/// their rates measured on the other.
/// </summary>
internal static class EffectiveEpsilon
{
    /// <summary>The lower bound that those counts prove; 0 where they prove nothing.</summary>
    /// <param name="alpha">How likely it may be too high: half of it for each of the two rates.</param>
    public static double Of(Share members, Share others, double alpha)
    {
        double Ratio(int most, int mostOf, int least, int leastOf) => Math.Log(
            ClopperPearson.Low(most, mostOf, alpha / 2) / ClopperPearson.High(least, leastOf, alpha / 2));
        return Math.Max(0, Math.Max(
            Ratio(members.Hits, members.Trials, others.Hits, others.Trials),
            Ratio(others.Trials - others.Hits, others.Trials, members.Trials - members.Hits, members.Trials)));
    }

    /// <summary>
    /// Calls at a threshold that at most 1% of the choosing held-out rows reach: the shares of the judged rows that reach it.
    /// </summary>
    public static (Share Members, Share Others) AtOnePercent(ScoredRows rows, bool[] chooses)
    {
        double[] others = Sorted(rows, chooses, member: false);
        bool[] judged = Array.ConvertAll(chooses, c => !c);
        int allowed = others.Length / 100;
        // Strictly above the first score that is too many; equal scores are called together or not at all.
        double threshold = others.Length == 0 ? double.PositiveInfinity : Math.BitIncrement(others[^(allowed + 1)]);
        return (AtLeast(Sorted(rows, judged, member: true), threshold), AtLeast(Sorted(rows, judged, member: false), threshold));
    }

    private static double[] Sorted(ScoredRows rows, bool[] taken, bool member)
    {
        double[] found = [.. Enumerable.Range(0, rows.Count).Where(i => taken[i] && rows.Members[i] == member).Select(i => rows.Scores[i])];
        Array.Sort(found);
        return found;
    }

    private static Share AtLeast(double[] sorted, double threshold)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < threshold) low = middle + 1;
            else high = middle;
        }
        return new Share(sorted.Length - low, sorted.Length);
    }
}
