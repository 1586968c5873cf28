using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// How alike one column's distribution is in two tables: 1 - KS (numeric storage; missing values dropped) or 1 - TV (coded
/// storage; missing is a level). 1 is equal. NaN where a side has no values.
/// </summary>
public static class Shapes
{
    // Integers within so wide a range are counted rather than searched.
    private const long DenseRange = 1 << 22;

    public static double Similarity(ComparedColumn column, Part real, Part other) => column.IsNumeric
        ? 1 - KolmogorovSmirnov(column.Values(real), column.Values(other))
        : 1 - TotalVariation(column.Codes(real), column.Codes(other), column.Levels.Count);

    /// <summary>Half the L1 distance of the two tables' level shares; code -1 is a level of its own.</summary>
    public static double TotalVariation(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int levels)
    {
        if (a.Length == 0 || b.Length == 0) return double.NaN;
        int[] countA = Count(a, levels), countB = Count(b, levels);
        double sum = 0;
        for (int i = 0; i <= levels; i++) sum += Math.Abs((double)countA[i] / a.Length - (double)countB[i] / b.Length);
        return sum / 2;
    }

    private static int[] Count(ReadOnlySpan<int> codes, int levels)
    {
        int[] counts = new int[levels + 1];
        foreach (int code in codes) counts[code + 1]++;
        return counts;
    }

    /// <summary>The largest gap between the two empirical distribution functions; NaN values are dropped.</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }
        if (DenseBounds(a, b) is { } bounds) return Dense(a, b, bounds.Low, bounds.Length);
        double[] small = Present(a);
        if (small.Length == 0) return double.NaN;
        Array.Sort(small);
        return Searched(small, b);
    }

    /// <summary>The common range where both hold integers only and the range is small enough to count in.</summary>
    private static (double Low, int Length)? DenseBounds(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int side = 0; side < 2; side++)
        {
            foreach (double v in side == 0 ? a : b)
            {
                if (double.IsNaN(v)) continue;
                if (v != Math.Floor(v)) return null;
                if (v < low) low = v;
                if (v > high) high = v;
            }
        }
        return low <= high && high - low < DenseRange && high - low < 16.0 * (a.Length + b.Length) ? (low, (int)(high - low) + 1) : null;
    }

    private static double Dense(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double low, int length)
    {
        int[] countA = new int[length], countB = new int[length];
        long nA = CountInto(a, low, countA), nB = CountInto(b, low, countB);
        if (nA == 0 || nB == 0) return double.NaN;
        double widest = 0;
        long sumA = 0, sumB = 0;
        for (int i = 0; i < length; i++)
        {
            if ((countA[i] | countB[i]) == 0) continue;
            sumA += countA[i];
            sumB += countB[i];
            widest = Math.Max(widest, Math.Abs((double)sumA / nA - (double)sumB / nB));
        }
        return widest;
    }

    private static long CountInto(ReadOnlySpan<double> values, double low, int[] counts)
    {
        long present = 0;
        foreach (double v in values)
        {
            if (double.IsNaN(v)) continue;
            counts[(int)(v - low)]++;
            present++;
        }
        return present;
    }

    private static double[] Present(ReadOnlySpan<double> values)
    {
        double[] kept = new double[values.Length];
        int count = 0;
        foreach (double v in values)
            if (!double.IsNaN(v)) kept[count++] = v;
        Array.Resize(ref kept, count);
        return kept;
    }

    /// <summary>
    /// Only the smaller sample is sorted. Between two of its values its own function is flat, so the gap is widest at a value or
    /// just before the next one; counts of the larger sample at and between those values decide.
    /// </summary>
    private static double Searched(double[] sorted, ReadOnlySpan<double> other)
    {
        int distinct = 0;
        double[] values = new double[sorted.Length];
        int[] upTo = new int[sorted.Length]; // how many of the sorted sample are at or below values[i]
        for (int i = 0; i < sorted.Length; i++)
        {
            if (distinct == 0 || sorted[i] != values[distinct - 1]) values[distinct++] = sorted[i];
            upTo[distinct - 1] = i + 1;
        }
        long[] cells = new long[2 * distinct + 1]; // even: between values; odd: equal to a value
        long present = 0;
        foreach (double v in other)
        {
            if (double.IsNaN(v)) continue;
            int at = LowerBound(values, distinct, v);
            cells[at < distinct && values[at] == v ? 2 * at + 1 : 2 * at]++;
            present++;
        }
        if (present == 0) return double.NaN;
        double widest = 0;
        long below = 0;
        for (int i = 0; i < distinct; i++)
        {
            below += cells[2 * i];
            double before = i == 0 ? 0 : (double)upTo[i - 1] / sorted.Length;
            widest = Math.Max(widest, Math.Abs(before - (double)below / present));
            below += cells[2 * i + 1];
            widest = Math.Max(widest, Math.Abs((double)upTo[i] / sorted.Length - (double)below / present));
        }
        return widest;
    }

    /// <summary>How many of the first <paramref name="count"/> values are below v; no branch to mispredict.</summary>
    private static int LowerBound(double[] values, int count, double v)
    {
        int at = 0;
        while (count > 0)
        {
            int half = (count + 1) >> 1;
            at = values[at + half - 1] < v ? at + half : at;
            count -= half;
        }
        return at;
    }
}
