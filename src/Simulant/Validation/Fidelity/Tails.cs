using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// Do rare things still occur? Values are the levels of coded columns and the single values of numeric columns with at most 255
/// of them; other numeric columns offer their extremes, as "at most the c-th least" and "at least the c-th greatest" training
/// value. Each belongs to the band of its count in the training table; recall is the share of a band's values that occur at all
/// in as many rows of the synthetic table as of the holdout.
/// </summary>
internal static class Tails
{
    private static readonly (int From, int To)[] Bands = [(1, 1), (2, 5), (6, 20), (21, 100)];

    private const int MostValues = 255;

    public static IReadOnlyList<TailBand> Measure(ComparedTables tables, ulong seed)
    {
        int made = tables.Rows(Part.Synthetic), held = tables.Rows(Part.Holdout);
        int rows = held == 0 ? made : Math.Min(made, held);
        int[] synthetic = Sampling.Rows(made, rows, seed, "tails/synthetic"), holdout = Sampling.Rows(held, rows, seed, "tails/holdout");
        int[] values = new int[Bands.Length], inSynthetic = new int[Bands.Length], inHoldout = new int[Bands.Length];
        void Add(int count, bool foundSynthetic, bool foundHoldout)
        {
            int band = Array.FindIndex(Bands, b => count >= b.From && count <= b.To);
            if (band < 0) return;
            values[band]++;
            if (foundSynthetic) inSynthetic[band]++;
            if (foundHoldout) inHoldout[band]++;
        }
        foreach (var column in tables.Columns)
        {
            if (column.IsNumeric) Numeric(column, synthetic, holdout, Add);
            else Coded(column, synthetic, holdout, Add);
        }
        return [.. Bands.Select((b, i) => new TailBand(b.From, b.To, values[i],
            values[i] == 0 ? double.NaN : (double)inSynthetic[i] / values[i],
            values[i] == 0 || held == 0 ? double.NaN : (double)inHoldout[i] / values[i]))];
    }

    private static void Coded(ComparedColumn column, int[] synthetic, int[] holdout, Action<int, bool, bool> add)
    {
        int[] counts = new int[column.Levels.Count];
        bool[] made = new bool[counts.Length], held = new bool[counts.Length];
        foreach (int code in column.Codes(Part.Training))
            if (code >= 0) counts[code]++;
        Mark(column.Codes(Part.Synthetic), synthetic, made);
        Mark(column.Codes(Part.Holdout), holdout, held);
        for (int l = 0; l < counts.Length; l++) add(counts[l], made[l], held[l]);
    }

    private static void Mark(int[] codes, int[] rows, bool[] seen)
    {
        foreach (int row in rows)
            if (codes[row] >= 0) seen[codes[row]] = true;
    }

    private static void Numeric(ComparedColumn column, int[] synthetic, int[] holdout, Action<int, bool, bool> add)
    {
        double[] sorted = [.. column.Values(Part.Training).Where(v => !double.IsNaN(v)).Order()];
        if (sorted.Length == 0) return;
        double[] made = Present(column.Values(Part.Synthetic), synthetic), held = Present(column.Values(Part.Holdout), holdout);
        var groups = new Dictionary<double, int>();
        foreach (double v in sorted)
        {
            groups[v] = groups.GetValueOrDefault(v) + 1;
            if (groups.Count > MostValues) break;
        }
        if (groups.Count <= MostValues)
        {
            HashSet<double> inMade = [.. made], inHeld = [.. held];
            foreach (var (value, count) in groups.OrderBy(g => g.Key)) add(count, inMade.Contains(value), inHeld.Contains(value));
            return;
        }
        double[] ends = [Least(made), -Least(made, -1), Least(held), -Least(held, -1)];
        foreach (var (_, count) in Bands)
        {
            if (sorted.Length < 2 * count) break;
            double low = sorted[count - 1], high = sorted[^count];
            add(Array.FindLastIndex(sorted, v => v <= low) + 1, ends[0] <= low, ends[2] <= low);
            add(sorted.Length - Array.FindIndex(sorted, v => v >= high), ends[1] >= high, ends[3] >= high);
        }
    }

    private static double[] Present(double[] values, int[] rows) => [.. rows.Select(r => values[r]).Where(v => !double.IsNaN(v))];

    /// <summary>The least of sign * value; NaN, which no comparison holds for, where there are none.</summary>
    private static double Least(double[] values, int sign = 1) => values.Length == 0 ? double.NaN : values.Min(v => sign * v);
}
