using Simulant.Validation.Statistics;

namespace Simulant.Validation.Fairness;

/// <summary>Counts of rows by true outcome and prediction, of a group or of all rows.</summary>
internal struct GroupCounts
{
    public double Rows, Positive, Predicted, Hits, Probability, Squares;

    public void Add(bool positive, double probability)
    {
        Rows++;
        bool predicted = probability > 0.5;
        if (positive) Positive++;
        if (predicted) Predicted++;
        if (positive && predicted) Hits++;
        Probability += probability;
        double off = (positive ? 1 : 0) - probability;
        Squares += off * off;
    }

    public readonly double Negative => Rows - Positive;
    public readonly double FalseAlarms => Predicted - Hits;

    /// <summary>All rows but this group's.</summary>
    public readonly GroupCounts From(GroupCounts all) => new()
    {
        Rows = all.Rows - Rows,
        Positive = all.Positive - Positive,
        Predicted = all.Predicted - Predicted,
        Hits = all.Hits - Hits,
    };
}

/// <summary>From counts to estimates. Every group is held against all other rows, which makes the two independent.</summary>
internal static class GroupEstimates
{
    /// <summary>A share less another; null where either has no rows.</summary>
    public static Estimate? Gap(double k1, double n1, double k2, double n2, double z = Wilson.Z)
    {
        if (n1 <= 0 || n2 <= 0) return null;
        var (low, high) = ShareIntervals.Difference(k1, n1, k2, n2, z);
        return new Estimate(k1 / n1 - k2 / n2, low, high);
    }

    /// <summary>Share of one table over share of another; null where the second has none.</summary>
    public static Estimate? Representation(int group, int rows, int realGroup, int realRows, double z = Wilson.Z)
    {
        if (rows == 0 || realGroup == 0) return null;
        var (low, high) = ShareIntervals.Ratio(group, rows, realGroup, realRows, z);
        return new Estimate((double)group / rows / ((double)realGroup / realRows), low, high);
    }

    public static Estimate? Parity(GroupCounts group, GroupCounts rest, double z = Wilson.Z) =>
        Gap(group.Predicted, group.Rows, rest.Predicted, rest.Rows, z);

    public static Estimate? TruePositive(GroupCounts group, GroupCounts rest, double z = Wilson.Z) =>
        Gap(group.Hits, group.Positive, rest.Hits, rest.Positive, z);

    public static Estimate? FalsePositive(GroupCounts group, GroupCounts rest, double z = Wilson.Z) =>
        Gap(group.FalseAlarms, group.Negative, rest.FalseAlarms, rest.Negative, z);

    /// <summary>The larger size of both gaps; the interval holds both at once.</summary>
    /// <param name="figures">Intervals that hold together; each odds gap is two of them.</param>
    public static Estimate? Odds(GroupCounts group, GroupCounts rest, int figures = 1)
    {
        double z = ShareIntervals.Together(2 * figures);
        return TruePositive(group, rest, z) is { } hits && FalsePositive(group, rest, z) is { } alarms ? Largest([hits, alarms]) : null;
    }

    public static Estimate Calibration(GroupCounts group, double z = Wilson.Z)
    {
        var (low, high) = ShareIntervals.Residual(group.Positive, group.Probability, group.Squares, group.Rows, z);
        double value = (group.Positive - group.Probability) / group.Rows;
        return new Estimate(value, Math.Min(low, value), Math.Max(high, value));
    }

    public static Estimate? TstrGap(PairedAuc? auc, double z = Wilson.Z) => auc is null ? null
        : new Estimate(auc.First - auc.Second, auc.First - auc.Second - z * auc.Deviation, auc.First - auc.Second + z * auc.Deviation);

    /// <summary>The largest size among estimates whose intervals hold together.</summary>
    public static Estimate Largest(IReadOnlyList<Estimate> of)
    {
        var sizes = of.Select(e => ShareIntervals.Magnitude((e.Low, e.High))).ToList();
        return new Estimate(of.Max(e => Math.Abs(e.Value)), sizes.Max(s => s.Low), sizes.Max(s => s.High));
    }

    /// <summary>The least among estimates whose intervals hold together.</summary>
    public static Estimate Least(IReadOnlyList<Estimate> of) => new(of.Min(e => e.Value), of.Min(e => e.Low), of.Min(e => e.High));
}
