namespace Simulant.Data.Inference;

/// <summary>What numbers as values say: point masses, codes for missing, range.</summary>
internal static class NumberFacts
{
    private const int MassesKept = 5;
    private const double MassShare = 0.05;

    /// <summary>Distinct values in ascending order with their rows; NaN left out.</summary>
    public static (double[] Values, int[] Rows) Tally(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int start = 0;
        while (start < sorted.Length && double.IsNaN(sorted[start])) start++;      // NaN sorts first
        return Merge(sorted.AsSpan(start), []);
    }

    /// <summary>The same from texts that are already counted: only distinct texts are sorted.</summary>
    public static (double[] Values, int[] Rows) Tally(double[] byCode, TextStore store)
    {
        double[] values = new double[byCode.Length];
        int[] rows = new int[byCode.Length];
        int count = 0;
        for (int code = 0; code < byCode.Length; code++)
        {
            if (double.IsNaN(byCode[code])) continue;
            values[count] = byCode[code];
            rows[count++] = store.CountOf(code);
        }
        Array.Sort(values, rows, 0, count);
        return Merge(values.AsSpan(0, count), rows);
    }

    private static (double[], int[]) Merge(ReadOnlySpan<double> sorted, ReadOnlySpan<int> rows)
    {
        var distinct = new List<double>();
        var counts = new List<int>();
        for (int i = 0; i < sorted.Length; i++)
        {
            int here = rows.IsEmpty ? 1 : rows[i];
            if (distinct.Count > 0 && distinct[^1] == sorted[i]) counts[^1] += here;
            else
            {
                distinct.Add(sorted[i]);
                counts.Add(here);
            }
        }
        return ([.. distinct], [.. counts]);
    }

    /// <summary>Values that hold at least 5% of the rows, and four times their equal share, of more than 20 distinct ones.</summary>
    public static IReadOnlyList<PointMass> Masses(ColumnSchema schema, double[] distinct, int[] rows)
    {
        if (distinct.Length <= 20) return [];
        double total = rows.Sum(r => (double)r), least = Math.Max(MassShare, 4.0 / distinct.Length) * total;
        int[] order = [.. Enumerable.Range(0, distinct.Length).Where(i => rows[i] >= least && rows[i] > 1)
            .OrderByDescending(i => rows[i]).ThenBy(i => i).Take(MassesKept)];
        return [.. order.Select(i => new PointMass(ValueText.Format(schema, distinct[i]), rows[i] / total))];
    }

    /// <summary>
    /// A value that looks like a code for missing: all nines or a small negative number, at the end of the range, apart from
    /// the rest. Strong where it is -99, -999, … and the rest is not negative or far away; otherwise it is reported only.
    /// </summary>
    public static (double Value, int Rows, bool Strong)? Sentinel(double[] distinct, int[] rows)
    {
        if (distinct.Length < 4) return null;
        if (Low(distinct, rows) is { } low) return low;
        double high = distinct[^1], next = distinct[^2], first = distinct[0];
        bool apart = high - next > Math.Max(next - first, 1) && rows[^1] >= 2;
        return IsNines(high) && high >= 999 && apart ? (high, rows[^1], false) : null;
    }

    private static (double, int, bool)? Low(double[] distinct, int[] rows)
    {
        double low = distinct[0], next = distinct[1], span = Math.Max(distinct[^1] - next, 1);
        if (low >= 0 || Math.Floor(low) != low) return null;
        double gap = next - low;
        if (IsNines(-low) && low <= -99)
        {
            bool strong = distinct.Length >= 10 && (next >= 0 || gap >= 2 * span) && (low <= -999 || next >= 0);
            return strong || gap >= span / 2 ? (low, rows[0], strong) : null;
        }
        return next >= 0 && low is -1 or -2 or -7 or -8 or -9 or -88 or -77 && rows[0] >= 2 && Whole(distinct) ? (low, rows[0], false)
            : null;
    }

    private static bool IsNines(double value)
    {
        if (Math.Floor(value) != value || value is < 9 or > 1e12) return false;
        long digits = (long)value;
        while (digits % 10 == 9) digits /= 10;
        return digits == 0;
    }

    private static bool Whole(double[] values)
    {
        foreach (double value in values)
            if (Math.Floor(value) != value) return false;
        return true;
    }
}
