using System.Globalization;

namespace Simulant.Validation.Drift;

/// <summary>What became of a column, in words.</summary>
internal static class DriftWords
{
    private const int MostLevelsNamed = 3;

    /// <summary>Share of present values that the reference was not seen to hold.</summary>
    public static double Unseen(ColumnPlan plan, long[] bins)
    {
        long present = bins.Sum() - bins[plan.Missing];
        long outside = plan.IsNumeric ? bins[0] + (plan.Bins > 1 ? bins[plan.Bins - 1] : 0) : bins[plan.NewLevels];
        return present == 0 ? 0 : (double)outside / present;
    }

    public static IReadOnlyList<string> Of(ColumnPlan plan, DriftSketch reference, DriftSketch current, int c)
    {
        long[] a = reference.Bins[c], b = current.Bins[c];
        var words = new List<string>();
        double before = DriftComparison.Share(a, plan.Missing), now = DriftComparison.Share(b, plan.Missing);
        if (Math.Abs(before - now) >= 0.01) words.Add(Text($"missing {before:0.0%} before, {now:0.0%} now"));
        if (plan.IsNumeric) Numbers(plan, a, b, words);
        else Levels(plan, reference, current, c, words);
        return words;
    }

    private static void Numbers(ColumnPlan plan, long[] a, long[] b, List<string> words)
    {
        if (Quantile(plan, a, 0.5) is { } before && Quantile(plan, b, 0.5) is { } now)
            words.Add(Text($"median about {before} before, {now} now"));
        if (Quantile(plan, a, 0.05) is { } low && Quantile(plan, b, 0.05) is { } lowNow
            && Quantile(plan, a, 0.95) is { } high && Quantile(plan, b, 0.95) is { } highNow && (low != lowNow || high != highNow))
            words.Add(Text($"90% between {low} and {high} before, {lowNow} and {highNow} now"));
        double outside = Unseen(plan, b);
        if (outside >= 0.001) words.Add(Text($"{outside:0.0%} beyond the range of the reference"));
    }

    /// <summary>The edge of the bin in which the quantile lies, as text; null where nothing is present.</summary>
    private static string? Quantile(ColumnPlan plan, long[] bins, double share)
    {
        long present = bins.Sum() - bins[plan.Missing];
        if (present == 0 || plan.Edges.Length == 0) return null;
        long below = 0;
        for (int k = 0; k < plan.Bins; k++)
        {
            below += bins[k];
            if (below < share * present) continue;
            return k == 0 ? $"less than {Value(plan, plan.Edges[0])}" : Value(plan, plan.Edges[k - 1]);
        }
        return null;
    }

    private static string Value(ColumnPlan plan, double edge) => plan.Kind switch
    {
        Data.ColumnKind.Date => DateTime.UnixEpoch.AddDays(edge).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Data.ColumnKind.Timestamp => DateTime.UnixEpoch.AddMicroseconds(edge).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        Data.ColumnKind.Time => TimeSpan.FromMicroseconds((long)edge).ToString(@"hh\:mm", CultureInfo.InvariantCulture),
        _ => edge.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static void Levels(ColumnPlan plan, DriftSketch reference, DriftSketch current, int c, List<string> words)
    {
        long[] a = reference.Bins[c], b = current.Bins[c];
        var moved = Enumerable.Range(0, plan.Levels.Length)
            .Select(l => (Level: plan.Levels[l], Before: DriftComparison.Share(a, l), Now: DriftComparison.Share(b, l)))
            .OrderByDescending(l => Math.Abs(l.Before - l.Now)).Take(MostLevelsNamed).Where(l => Math.Abs(l.Before - l.Now) >= 0.005);
        words.AddRange(moved.Select(l => Text($"{Quoted(l.Level)} {l.Before:0.0%} before, {l.Now:0.0%} now")));
        var known = reference.NewLevels[c].Keys.ToHashSet();
        var fresh = current.NewLevels[c].Where(l => !known.Contains(l.Key)).OrderByDescending(l => l.Value).ToList();
        if (fresh.Count == 0) return;
        double rows = Math.Max(1, b.Sum());
        var named = fresh.Take(MostLevelsNamed).Select(l => Text($"{Quoted(l.Key.Level)} {l.Value / rows:0.00%}"));
        words.Add("new: " + string.Join(", ", named) + (fresh.Count > MostLevelsNamed ? ", …" : ""));
    }

    private static string Quoted(string level) => $"'{(level.Length > 40 ? string.Concat(level.AsSpan(0, 39), "…") : level)}'";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
