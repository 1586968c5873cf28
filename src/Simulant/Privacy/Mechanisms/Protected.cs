namespace Simulant.Privacy.Mechanisms;

/// <summary>
/// Rows as small whole codes behind a wall. What an engine learns of them it learns from a <see cref="PrivacySession"/>, which
/// pays; no other code can read them.
/// </summary>
public sealed class ProtectedRows
{
    private readonly int[][] _codes;
    private readonly int[] _sizes;
    private readonly int _rows;

    /// <param name="codes">[column][row], each in [0, size of the column).</param>
    /// <param name="bound">Rows that one unit owns at most.</param>
    public ProtectedRows(int[][] codes, int[] sizes, int rows, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        (_codes, _sizes, _rows, Bound) = (codes, sizes, rows, bound);
    }

    public int Bound { get; }
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>The same rows under coarser codes: maps[column][code], fixed without looking at the rows.</summary>
    public ProtectedRows Recoded(IReadOnlyList<int[]> maps, int[] sizes)
    {
        int[][] codes = new int[_codes.Length][];
        for (int c = 0; c < codes.Length; c++)
        {
            int[] map = maps[c];
            codes[c] = Array.ConvertAll(_codes[c], code => map[code]);
        }
        return new ProtectedRows(codes, sizes, _rows, Bound);
    }

    /// <summary>Cells of the columns' joint table.</summary>
    public int CellsOf(IReadOnlyList<int> columns)
    {
        int cells = 1;
        foreach (int c in columns) cells = checked(cells * _sizes[c]);
        return cells;
    }

    /// <summary>How many rows each cell has; the last column's code runs fastest.</summary>
    internal long[] Count(IReadOnlyList<int> columns)
    {
        long[] counts = new long[CellsOf(columns)];
        int[] at = new int[_rows];
        foreach (int c in columns)
        {
            int[] codes = _codes[c];
            int size = _sizes[c];
            for (int r = 0; r < at.Length; r++) at[r] = at[r] * size + codes[r];
        }
        foreach (int cell in at) counts[cell]++;
        return counts;
    }
}

/// <summary>One column of whole numbers behind the same wall.</summary>
public sealed class ProtectedNumbers
{
    private readonly long[] _values;

    /// <param name="values">Rows that have a value; missing ones are left out.</param>
    public ProtectedNumbers(long[] values, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        (_values, Bound) = (values, bound);
    }

    public int Bound { get; }

    /// <summary>How many values each stretch holds.</summary>
    /// <param name="cells">Disjoint, ascending; values in none of them are not counted.</param>
    internal long[] Count(IReadOnlyList<Stretch> cells)
    {
        long[] counts = new long[cells.Count], lows = new long[cells.Count];
        for (int k = 0; k < lows.Length; k++) lows[k] = cells[k].Low;
        foreach (long value in _values)
        {
            int k = Array.BinarySearch(lows, value);
            if (k < 0) k = ~k - 1;
            if (k >= 0 && value <= cells[k].High) counts[k]++;
        }
        return counts;
    }
}

/// <summary>Whole numbers from Low to High, both included.</summary>
public readonly record struct Stretch(long Low, long High);

/// <summary>One column of texts behind the same wall.</summary>
public sealed class ProtectedTexts
{
    private readonly int[] _codes;
    private readonly IReadOnlyList<string> _texts;

    /// <param name="codes">Places in <paramref name="texts"/>; negative where missing.</param>
    public ProtectedTexts(int[] codes, IReadOnlyList<string> texts, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        (_codes, _texts, Bound) = (codes, texts, bound);
    }

    public int Bound { get; }

    internal IEnumerable<(string Text, long Count)> Count()
    {
        long[] counts = new long[_texts.Count];
        foreach (int code in _codes)
            if (code >= 0) counts[code]++;
        for (int k = 0; k < counts.Length; k++)
            if (counts[k] > 0) yield return (_texts[k], counts[k]);
    }
}

/// <summary>Something to choose: a table of columns, scored by how far a public estimate lies from it.</summary>
/// <param name="Estimate">Of each cell, in units of 1/<see cref="Scale"/>; public, as it comes from what was paid for.</param>
/// <param name="Weight">At least 1; the score is Weight (distance - Penalty).</param>
/// <param name="Penalty">In the same units.</param>
public sealed record Candidate(IReadOnlyList<int> Columns, long[] Estimate, long Weight, long Penalty)
{
    public const long Scale = 64;

    /// <summary>The score under the rows; one row more or less moves it by at most Weight times Scale.</summary>
    internal long Score(ProtectedRows rows)
    {
        long[] counts = rows.Count(Columns);
        if (counts.Length != Estimate.Length) throw new InvalidOperationException("the estimate has other cells than the table");
        long distance = 0;
        for (int k = 0; k < counts.Length; k++) distance = checked(distance + Math.Abs(counts[k] * Scale - Estimate[k]));
        return checked(Weight * (distance - Penalty));
    }
}
