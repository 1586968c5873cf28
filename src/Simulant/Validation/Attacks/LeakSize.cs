using Simulant.Numerics.Kernels;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>
/// How much leaks at the least: a lower bound of the epsilon for which the odds that a row was a training row, given the synthetic
/// data, can differ from those of a random row by a factor of e^epsilon at most. Under that bound no row of a ranking has more than
/// e^epsilon times the odds of random labels, whatever the rows ranked above it turned out to be, so that a <see cref="Bettor"/> at
/// those odds gets rich no oftener than Ville allows; and the area under the ROC curve is at most e^epsilon / (1 + e^epsilon).
/// Each of the two errs once in forty.
/// </summary>
internal static class LeakSize
{
    private const double Largest = 30, Precision = 1e-3;

    /// <param name="ranked">Whether each row was a training row, most suspicious first.</param>
    /// <param name="auc">Of the same ranking, ties counted half.</param>
    /// <param name="alpha">How likely the bound may be too high: the two share it as <see cref="ExchangeTest"/>'s statistics do.</param>
    public static double Bound(bool[] ranked, double auc, double alpha)
    {
        double rich = 1 / (alpha * ExchangeTest.TopShare), z = -NormalQuantile.At(alpha * (1 - ExchangeTest.TopShare));
        int members = ranked.Count(m => m), others = ranked.Length - members;
        if (members == 0 || others == 0) return 0;
        // No area varies more than the share of hits in so many independent pairs (Birnbaum and Klose 1957).
        double pairs = Math.Min(members, others), area = Wilson.Interval(auc * pairs, pairs, z).Low;
        double low = Math.Max(0, Math.Log(area / (1 - area))), high = Largest;
        if (!Exceeds(ranked, members, low, rich)) return low;
        while (high - low > Precision)
        {
            double middle = (low + high) / 2;
            if (Exceeds(ranked, members, middle, rich)) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>What a perfect attack would show.</summary>
    public static double Most(int members, int others, double alpha) =>
        Bound([.. Enumerable.Range(0, members + others).Select(i => i < members)], 1, alpha);

    /// <summary>The least number of training rows above all others that show more than so large a leak; all rows where none does.</summary>
    public static int LeastRows(int members, int others, double leak, double alpha)
    {
        var bettor = new Bettor(leak);
        for (int at = 0; at < members; at++)
            if (bettor.Bet(members - at, others, true) && bettor.Most >= 1 / (alpha * ExchangeTest.TopShare)) return at + 1;
        return members + others;
    }

    /// <summary>Whether the leak is surely greater. What is true of one is true of all smaller ones, path by path.</summary>
    private static bool Exceeds(bool[] ranked, int members, double leak, double rich)
    {
        var bettor = new Bettor(leak);
        int others = ranked.Length - members;
        foreach (bool member in ranked)
        {
            if (bettor.Bet(members, others, member) && bettor.Most >= rich) return true;
            if (member) members--;
            else others--;
        }
        return false;
    }
}
