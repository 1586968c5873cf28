using Simulant.Data;

namespace Simulant.Bench.Quality;

/// <summary>A table as numbers: values, or codes of levels of which a missing value is one of its own.</summary>
internal sealed class CellTable
{
    private CellTable(IReadOnlyList<string> names, double[][] values, int[] levels)
    {
        (Names, Values, Levels) = (names, values, levels);
        Typical = [.. Enumerable.Range(0, values.Length).Select(TypicalOf)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>[column][row]; NaN is a missing number.</summary>
    public double[][] Values { get; }

    /// <summary>Count of codes; 0 for numbers.</summary>
    public int[] Levels { get; }

    /// <summary>The mean, or the commonest code.</summary>
    public double[] Typical { get; }

    public int Columns => Values.Length;
    public int Rows => Values.Length == 0 ? 0 : Values[0].Length;
    public bool IsNumeric(int column) => Levels[column] == 0;

    /// <summary>Under the levels of another table, so that codes mean the same; a level that it lacks counts as missing.</summary>
    public static CellTable Of(Table table, IEnumerable<string> names, Table like)
    {
        var kept = names.ToList();
        var values = new double[kept.Count][];
        int[] levels = new int[kept.Count];
        for (int c = 0; c < values.Length; c++)
        {
            var column = table[kept[c]];
            if (column is NumericColumn numbers)
            {
                values[c] = numbers.Values.ToArray();
                continue;
            }
            var codes = ((CodedColumn)like[kept[c]]).Levels.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i);
            levels[c] = codes.Count + 1;
            var coded = (CodedColumn)column;
            values[c] = [.. Enumerable.Range(0, coded.Count).Select(r =>
                (double)(coded[r] is { } text && codes.TryGetValue(text, out int code) ? code : codes.Count))];
        }
        return new CellTable(kept, values, levels);
    }

    private double TypicalOf(int column)
    {
        double[] there = [.. Values[column].Where(double.IsFinite)];
        if (there.Length == 0) return double.NaN;
        return IsNumeric(column) ? there.Average() : there.GroupBy(v => v).MaxBy(g => g.Count())!.Key;
    }
}
