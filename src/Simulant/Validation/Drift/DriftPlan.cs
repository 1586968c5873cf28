using Simulant.Data;
using Simulant.Numerics.Kernels;

namespace Simulant.Validation.Drift;

/// <summary>How one column is counted: the bins, and the coarser groups of bins in which it is paired with others.</summary>
/// <param name="Name">As in the reference.</param>
/// <param name="Kind">As in the reference.</param>
/// <param name="Edges">Of a numeric column: bin k holds values from Edges[k - 1] (with it) to Edges[k] (without it), so the first bin
/// lies below what the reference was seen to hold and the last above it. Empty for a categorical column.</param>
/// <param name="Levels">Of a categorical column: the levels that have a bin of their own; one more bin holds the reference's other
/// levels, one more those that the reference was not seen to hold.</param>
/// <param name="Scores">Of a numeric column: each bin's standard normal quantile in 64ths, so that sums are whole numbers and exact
/// in any order.</param>
/// <param name="GroupOf">Each bin's group; the last group is that of missing values.</param>
internal sealed record ColumnPlan(string Name, ColumnKind Kind, double[] Edges, string[] Levels, int[] Scores, int[] GroupOf)
{
    public bool IsNumeric => Levels.Length == 0;

    /// <summary>Levels of the reference that share the bin of other levels, in ordinal order.</summary>
    public string[] Rare { get; init; } = [];

    /// <summary>Bins of present values; bin <see cref="Missing"/> follows.</summary>
    public int Bins => IsNumeric ? Edges.Length + 1 : Levels.Length + 2;

    public int Missing => Bins;

    /// <summary>Groups, that of missing values included.</summary>
    public int Groups => GroupOf[Missing] + 1;

    public int OtherLevels => Levels.Length;
    public int NewLevels => Levels.Length + 1;

    /// <summary>The bin of a value that is not missing.</summary>
    public int BinOf(double value)
    {
        int low = 0, high = Edges.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Edges[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>
/// What is counted, chosen from the reference alone, so that everything counted under one plan can be added: sketches of shards add
/// up to the sketch of the whole, whatever the order.
/// </summary>
internal sealed record DriftPlan(IReadOnlyList<ColumnPlan> Columns)
{
    /// <summary>Most bins of a numeric column inside the range seen, and most levels with a bin of their own.</summary>
    private const int MostBins = 128, MostLevels = 254;

    /// <summary>Groups of a numeric column, and levels that are groups of their own.</summary>
    private const int NumericGroups = 6, LevelGroups = 7;

    public const int ScoreUnit = 64;

    /// <summary>Whether what is counted under both can be added.</summary>
    public bool Same(DriftPlan other) => Columns.Count == other.Columns.Count && Columns.Zip(other.Columns).All(p =>
        p.First.Name == p.Second.Name && p.First.Kind == p.Second.Kind && p.First.Edges.AsSpan().SequenceEqual(p.Second.Edges)
        && p.First.Levels.AsSpan().SequenceEqual(p.Second.Levels) && p.First.Rare.AsSpan().SequenceEqual(p.Second.Rare)
        && p.First.Scores.AsSpan().SequenceEqual(p.Second.Scores) && p.First.GroupOf.AsSpan().SequenceEqual(p.Second.GroupOf));

    /// <summary>Plans from rows of the reference, all or a sample.</summary>
    /// <param name="seen">Columns of text and identifiers are left out by the caller.</param>
    public static DriftPlan Of(Table seen) => new([.. seen.Columns.Select(Of)]);

    private static ColumnPlan Of(Column column) => column is NumericColumn numeric ? Of(numeric) : Of((CodedColumn)column);

    private static ColumnPlan Of(NumericColumn column)
    {
        double[] sorted = [.. column.Values.ToArray().Where(v => !double.IsNaN(v)).Order()];
        double[] edges = EdgesOf(sorted);
        var plan = new ColumnPlan(column.Name, column.Schema.Kind, edges, [], [], []);
        int[] counts = new int[plan.Bins];
        foreach (double v in sorted) counts[plan.BinOf(v)]++;
        int[] scores = new int[plan.Bins], groups = new int[plan.Bins + 1];
        double below = 0;
        int group = -1, last = -1;
        for (int k = 0; k < counts.Length; k++)
        {
            double middle = sorted.Length == 0 ? 0.5 : (below + 0.5 * counts[k]) / sorted.Length;
            double least = 0.5 / (sorted.Length + 1);
            scores[k] = (int)Math.Round(ScoreUnit * NormalQuantile.At(Math.Clamp(middle, least, 1 - least)));
            // Empty outer bins join their neighbour's group.
            int sixth = Math.Min(NumericGroups - 1, (int)(middle * NumericGroups));
            if (sixth != last)
            {
                group++;
                last = sixth;
            }
            groups[k] = group;
            below += counts[k];
        }
        groups[^1] = group + 1;
        return plan with { Scores = scores, GroupOf = groups };
    }

    /// <summary>Every value where they are few, else quantiles; the least value, and just above the greatest.</summary>
    private static double[] EdgesOf(double[] sorted)
    {
        if (sorted.Length == 0) return [];
        var edges = new SortedSet<double>();
        int distinct = 1;
        for (int i = 1; i < sorted.Length && distinct <= MostBins; i++)
            if (sorted[i] != sorted[i - 1]) distinct++;
        if (distinct <= MostBins) edges.UnionWith(sorted);
        else
            for (int k = 0; k < MostBins; k++) edges.Add(sorted[(int)((long)sorted.Length * k / MostBins)]);
        edges.Add(sorted[0]);
        if (double.IsFinite(sorted[^1])) edges.Add(Math.BitIncrement(sorted[^1]));
        return [.. edges];
    }

    private static ColumnPlan Of(CodedColumn column)
    {
        int[] counts = new int[column.Levels.Count];
        foreach (int code in column.Codes)
            if (code >= 0) counts[code]++;
        string[] seen = [.. Enumerable.Range(0, counts.Length).Where(l => counts[l] > 0).OrderByDescending(l => counts[l])
            .ThenBy(l => column.Levels[l], StringComparer.Ordinal).Select(l => column.Levels[l])];
        string[] levels = [.. seen.Take(MostLevels)];
        // A column of no values keeps one bin of its own, which stays empty.
        if (levels.Length == 0) levels = [""];
        int[] groups = new int[levels.Length + 3];
        int own = Math.Min(levels.Length, LevelGroups);
        for (int b = 0; b < groups.Length; b++) groups[b] = Math.Min(b, own);
        groups[^1] = own + 1;
        return new ColumnPlan(column.Name, column.Schema.Kind, [], levels, [], groups)
        {
            Rare = [.. seen.Skip(MostLevels).Order(StringComparer.Ordinal)],
        };
    }
}
