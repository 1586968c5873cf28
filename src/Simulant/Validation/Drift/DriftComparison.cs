using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Kernels;

namespace Simulant.Validation.Drift;

/// <summary>Compares two sketches of one plan: every column by itself, every two together, adjusted for their number.</summary>
internal static class DriftComparison
{
    private sealed record Candidate(IReadOnlyList<string> Columns, string Measure, Tested Test, IReadOnlyList<string> Changes);

    public static DriftResult Compare(DriftSketch reference, DriftSketch current, DriftOptions options)
    {
        var plan = reference.Plan;
        var columns = Enumerable.Range(0, plan.Columns.Count).Select(c => OfColumn(reference, current, c)).ToList();
        var pairs = reference.PairColumns.Select((p, i) => OfPair(reference, current, i, plan.Columns[p.First], plan.Columns[p.Second]))
            .ToList();
        var all = columns.Concat(pairs).ToList();
        double[] adjusted = Holm([.. all.Select(c => c.Test.P)]);
        DriftFinding Finding(Candidate c, double p)
        {
            bool drifted = p < options.Alpha && c.Test.Effect > options.Tolerance;
            return new DriftFinding(c.Columns, c.Measure, c.Test.Effect, p, drifted, drifted ? c.Changes : []);
        }
        var found = all.Select((c, i) => Finding(c, adjusted[i])).ToList();
        List<DriftFinding> ordered = [.. found.OrderBy(f => f.Columns.Count).ThenByDescending(f => f.Drifted)
            .ThenByDescending(f => f.Effect)];
        var reasons = Reasons(reference, current, ordered);
        var advice = !ordered.Any(f => f.Drifted) ? DriftAdvice.Keep : reasons.Count > 0 ? DriftAdvice.Refit : DriftAdvice.Watch;
        return new DriftResult(ordered, LeastCorrelation(reference.Rows, current.Rows, all.Count, options), advice,
            advice == DriftAdvice.Refit ? reasons : []);
    }

    private static Candidate OfColumn(DriftSketch reference, DriftSketch current, int c)
    {
        var plan = reference.Plan.Columns[c];
        long[] a = reference.Bins[c], b = current.Bins[c];
        var whole = CountTests.Homogeneity(a, b);
        var changes = DriftWords.Of(plan, reference, current, c);
        if (!plan.IsNumeric) return new Candidate([plan.Name], "total variation distance", whole, changes);
        var order = CountTests.KolmogorovSmirnov(a.AsSpan(0, plan.Bins), b.AsSpan(0, plan.Bins));
        double missing = Math.Abs(Share(a, plan.Missing) - Share(b, plan.Missing));
        // Two tests of one column: the smaller p-value, twice.
        return new Candidate([plan.Name], "Kolmogorov-Smirnov distance",
            new Tested(Math.Min(1, 2 * Math.Min(whole.P, order.P)), Math.Max(order.Effect, missing)), changes);
    }

    private static Candidate OfPair(DriftSketch reference, DriftSketch current, int pair, ColumnPlan first, ColumnPlan second)
    {
        PairCounts a = reference.Pairs[pair], b = current.Pairs[pair];
        var bound = CountTests.Association(a.Cells, b.Cells, second.Groups);
        string[] names = [first.Name, second.Name];
        if (a.Moments.Length == 0) return new Candidate(names, "change of association", bound, []);
        var (line, before, now) = CorrelationTest.Of(a, b);
        string text = string.Create(CultureInfo.InvariantCulture, $"correlation {before:0.00} before, {now:0.00} now");
        return line.P <= bound.P
            ? new Candidate(names, "change of correlation", line with { P = Math.Min(1, 2 * line.P) }, [text])
            : new Candidate(names, "change of association", bound with { P = Math.Min(1, 2 * bound.P) }, [text]);
    }

    /// <summary>Holm's step-down adjustment: the probability of any false alarm among all tests stays below alpha.</summary>
    internal static double[] Holm(double[] p)
    {
        int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i]).ThenBy(i => i)];
        double[] adjusted = new double[p.Length];
        double most = 0;
        for (int k = 0; k < order.Length; k++)
        {
            most = Math.Max(most, Math.Min(1, (p.Length - k) * p[order[k]]));
            adjusted[order[k]] = most;
        }
        return adjusted;
    }

    /// <summary>At no correlation, the change that would pass the strictest of the tests four times in five.</summary>
    private static double LeastCorrelation(long n, long m, int tests, DriftOptions options)
    {
        if (n < 10 || m < 10 || tests == 0) return double.NaN;
        double strictest = options.Alpha / tests / 4; // two sides, and two tests a pair
        double z = -NormalQuantile.At(strictest) + NormalQuantile.At(0.8);
        return Math.Max(options.Tolerance, Math.Min(2, Math.Tanh(z * Math.Sqrt(1.0 / n + 1.0 / m))));
    }

    /// <summary>What is large enough to ask for a refit.</summary>
    private static List<string> Reasons(DriftSketch reference, DriftSketch current, List<DriftFinding> findings)
    {
        var reasons = new List<string>();
        foreach (var f in findings.Where(f => f.Drifted && f.Effect >= DriftOptions.Large))
            reasons.Add(string.Create(CultureInfo.InvariantCulture,
                $"{f.Measure} of {string.Join(" and ", f.Columns)} is {f.Effect:0.00}"));
        var drifted = findings.Where(f => f.Drifted && f.Columns.Count == 1).Select(f => f.Columns[0]).ToHashSet(StringComparer.Ordinal);
        for (int c = 0; c < reference.Plan.Columns.Count; c++)
        {
            var plan = reference.Plan.Columns[c];
            if (!drifted.Contains(plan.Name)) continue;
            double unseen = DriftWords.Unseen(plan, current.Bins[c]) - DriftWords.Unseen(plan, reference.Bins[c]);
            if (unseen < DriftOptions.LargeUnseen) continue;
            string what = plan.IsNumeric ? "lie beyond the range of the reference" : "are levels that the reference does not have";
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{unseen:0.0%} of {plan.Name} {what}"));
        }
        return reasons;
    }

    internal static double Share(long[] counts, int bin)
    {
        long all = counts.Sum();
        return all == 0 ? 0 : (double)counts[bin] / all;
    }
}
