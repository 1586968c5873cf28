using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Rows of a source, parted. Each list is ascending; no row is in two.</summary>
/// <param name="LeftOut">Rows in neither part: those whose place cannot be told, or would let an entity or the future
/// leak.</param>
public sealed record SplitRows(int[] Training, int[] Holdout, int[] LeftOut);

/// <summary>
/// Parts real data into what an engine may learn from and what it is judged by. An entity never stands on both sides, and
/// nothing at or after the instant of <c>after</c> is learned from. A pure function of table, spec and seed.
/// </summary>
public static class Split
{
    /// <exception cref="DataException">A named column is not there, or a part would be empty.</exception>
    public static SplitRows Divide(Table table, SplitSpec split)
    {
        var groups = Groups(table, split.By);
        return Filled(split.After is null ? ByShare(table, split, groups) : ByTime(table, split, groups), table, split);
    }

    /// <summary>
    /// Parts training rows once more, in the way they were parted from the holdout: whole entities, the latest rows where the
    /// spec holds out what comes after an instant, strata kept.
    /// </summary>
    /// <param name="outer">How the source was parted; null where the spec does not say.</param>
    /// <param name="share">To hold out, nearly.</param>
    /// <exception cref="DataException">A part would be empty.</exception>
    public static SplitRows Within(Table training, SplitSpec? outer, double share, ulong seed)
    {
        string? entity = outer?.By ?? training.Columns.FirstOrDefault(c => c.Schema.Role == ColumnRole.Entity)?.Name;
        var split = new SplitSpec(share, entity, outer?.After, outer?.Stratify, seed, default);
        if (split.After is null) return Divide(training, split);
        var time = TimeColumn(training);
        double[] known = [.. time.Values.ToArray().Where(t => !double.IsNaN(t)).Order()];
        double instant = known.Length == 0 ? double.NaN : known[(int)((1 - share) * known.Length)];
        return Filled(ByTime(time, instant, Groups(training, entity)), training, split);
    }

    private static SplitRows Filled(SplitRows parts, Table table, SplitSpec split)
    {
        if (parts.Holdout.Length == 0)
            throw new DataException($"the split leaves nothing to hold out of {Rows(table)}; " + Remedy(split, "raise", "an earlier"));
        if (parts.Training.Length == 0)
            throw new DataException($"the split leaves nothing to learn from of {Rows(table)}; " + Remedy(split, "lower", "a later"));
        return parts;
    }

    private static string Rows(Table table) => table.RowCount == 1 ? "1 row" : $"{table.RowCount} rows";

    private static string Remedy(SplitSpec split, string share, string time) =>
        split.After is not null ? $"choose {time} split.after"
        : $"{share} split.holdout{(split.By is null ? "" : ", or leave out split.by where there are so few entities")}";

    /// <summary>
    /// Whole entities in seeded random order are held out, stratum by stratum, until each stratum's share is met as nearly as
    /// whole entities allow. Without <c>by</c> each row is its own entity; an entity belongs to the stratum most of its rows
    /// have.
    /// </summary>
    private static SplitRows ByShare(Table table, SplitSpec split, int[] groups)
    {
        int count = groups.Length == 0 ? 0 : groups.Max() + 1;
        var sizes = new int[count];
        foreach (int g in groups) sizes[g]++;
        int[] strata = split.Stratify is { } name
            ? StrataOf(Column(table, name, "split.stratify"), groups, count)
            : new int[count];
        int[] order = new RandomStream(split.Seed, "split").Permutation(count);
        var held = new bool[count];
        double carried = 0; // what rounding owes, so that many small strata together still meet the share
        foreach (var stratum in order.GroupBy(g => strata[g]).OrderBy(s => s.Key))
        {
            long rows = stratum.Sum(g => (long)sizes[g]);
            double wanted = rows * split.Holdout + carried;
            long taken = 0;
            foreach (int g in stratum)
            {
                // Taking this entity must come nearer to the share than leaving it.
                if (Math.Abs(taken + sizes[g] - wanted) >= Math.Abs(taken - wanted)) continue;
                held[g] = true;
                taken += sizes[g];
            }
            carried = wanted - taken;
        }
        var training = new List<int>();
        var holdout = new List<int>();
        for (int row = 0; row < groups.Length; row++) (held[groups[row]] ? holdout : training).Add(row);
        return new SplitRows([.. training], [.. holdout], []);
    }

    /// <summary>
    /// Rows at or after the instant are held out. With <c>by</c>, the later rows of an entity that was learned from are left
    /// out, so that the holdout holds new entities only. Rows without a time are left out: they might be of the future.
    /// </summary>
    private static SplitRows ByTime(Table table, SplitSpec split, int[] groups)
    {
        var time = TimeColumn(table);
        return ByTime(time, Instant(split, time.Schema.Kind), groups);
    }

    private static SplitRows ByTime(NumericColumn time, double instant, int[] groups)
    {
        var learned = new HashSet<int>();
        for (int row = 0; row < groups.Length; row++)
            if (time.Values[row] < instant) learned.Add(groups[row]);
        List<int> training = [], holdout = [], leftOut = [];
        for (int row = 0; row < groups.Length; row++)
        {
            double at = time.Values[row];
            if (double.IsNaN(at)) leftOut.Add(row);
            else if (at < instant) training.Add(row);
            else (learned.Contains(groups[row]) ? leftOut : holdout).Add(row);
        }
        return new SplitRows([.. training], [.. holdout], [.. leftOut]);
    }

    /// <summary>
    /// A number per row, the same for rows of one entity, in order of first appearance; a missing entity is its own.
    /// </summary>
    private static int[] Groups(Table table, string? by)
    {
        var groups = new int[table.RowCount];
        if (by is null)
        {
            for (int row = 0; row < groups.Length; row++) groups[row] = row;
            return groups;
        }
        var column = Column(table, by, "split.by");
        var seen = new Dictionary<double, int>();
        int next = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (column.IsMissing(row))
            {
                groups[row] = next++;
                continue;
            }
            double key = column is NumericColumn numeric ? numeric.Values[row] : ((CodedColumn)column).Codes[row];
            if (!seen.TryGetValue(key, out int group)) seen.Add(key, group = next++);
            groups[row] = group;
        }
        return groups;
    }

    /// <summary>The stratum of each group: the value most of its rows have, ties to the smaller; missing is a stratum.</summary>
    private static int[] StrataOf(Column column, int[] groups, int count)
    {
        var votes = new Dictionary<int, int>[count];
        var numbers = new Dictionary<double, int>();
        for (int row = 0; row < groups.Length; row++)
        {
            double value = column switch
            {
                _ when column.IsMissing(row) => double.NaN,
                NumericColumn numeric => numeric.Values[row],
                _ => ((CodedColumn)column).Codes[row],
            };
            if (!numbers.TryGetValue(value, out int stratum)) numbers.Add(value, stratum = numbers.Count);
            var tally = votes[groups[row]] ??= [];
            tally[stratum] = tally.GetValueOrDefault(stratum) + 1;
        }
        var strata = new int[count];
        for (int g = 0; g < count; g++)
            strata[g] = votes[g].OrderByDescending(v => v.Value).ThenBy(v => v.Key).First().Key;
        return strata;
    }

    private static Column Column(Table table, string name, string key) =>
        table.Find(name) ?? throw new DataException($"{key} names the column '{name}', which the source has not");

    /// <summary>The column with the role <c>time</c>, else the only date or timestamp.</summary>
    private static NumericColumn TimeColumn(Table table)
    {
        var instants = table.Columns.OfType<NumericColumn>()
            .Where(c => c.Schema.Kind is ColumnKind.Date or ColumnKind.Timestamp).ToList();
        var named = table.Columns.Where(c => c.Schema.Role == ColumnRole.Time).ToList();
        if (named.Count == 1)
            return named[0] as NumericColumn
                ?? throw new DataException(
                    $"the time column '{named[0].Name}' holds {named[0].Schema.Kind} values, not instants");
        return named.Count == 0 && instants.Count == 1
            ? instants[0]
            : throw new DataException(
                $"split.after needs one time column, and {Math.Max(named.Count, instants.Count)} could serve; "
                + "give one the role 'time' under columns");
    }

    private static double Instant(SplitSpec split, ColumnKind kind)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (kind is not (ColumnKind.Date or ColumnKind.Timestamp))
            return double.TryParse(split.After, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new DataException($"split.after is '{split.After}', but the time column holds numbers");
        if (!DateTime.TryParse(split.After, CultureInfo.InvariantCulture, styles, out var instant))
            throw new DataException($"split.after is '{split.After}', which is no date or time");
        var since = instant - DateTime.UnixEpoch;
        return kind == ColumnKind.Date ? since.TotalDays : since.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
