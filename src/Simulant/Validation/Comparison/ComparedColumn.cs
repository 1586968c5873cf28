using Simulant.Data;

namespace Simulant.Validation.Comparison;

/// <summary>The three tables that every comparison walks.</summary>
public enum Part { Training, Holdout, Synthetic }

/// <summary>
/// One column of the three tables in a common coding. Numeric storage: doubles, NaN missing. Coded storage: codes into
/// <see cref="Levels"/>, which are the union of the three tables' levels in ordinal order; -1 missing.
/// </summary>
public sealed class ComparedColumn
{
    private readonly double[][] _values;
    private readonly int[][] _codes;

    private ComparedColumn(ColumnSchema schema, double[][] values, int[][] codes, string[] levels)
    {
        Schema = schema;
        _values = values;
        _codes = codes;
        Levels = levels;
    }

    public ColumnSchema Schema { get; }
    public string Name => Schema.Name;
    public bool IsNumeric => _values.Length > 0;
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Numeric storage only.</summary>
    public double[] Values(Part part) => _values[(int)part];

    /// <summary>Coded storage only.</summary>
    public int[] Codes(Part part) => _codes[(int)part];

    public static ComparedColumn OfNumbers(ColumnSchema schema, double[] training, double[] holdout, double[] synthetic) =>
        new(schema, [training, holdout, synthetic], [], []);

    /// <summary>Recodes three columns to the union of their used levels.</summary>
    public static ComparedColumn OfLevels(CodedColumn training, CodedColumn holdout, CodedColumn synthetic)
    {
        CodedColumn[] parts = [training, holdout, synthetic];
        var union = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            bool[] used = new bool[part.Levels.Count];
            foreach (int code in part.Codes)
                if (code >= 0) used[code] = true;
            for (int i = 0; i < used.Length; i++)
                if (used[i]) union.Add(part.Levels[i]);
        }
        string[] levels = [.. union];
        var index = new Dictionary<string, int>(levels.Length, StringComparer.Ordinal);
        for (int i = 0; i < levels.Length; i++) index.Add(levels[i], i);
        int[][] codes = new int[parts.Length][];
        for (int p = 0; p < parts.Length; p++)
        {
            int[] map = new int[parts[p].Levels.Count];
            for (int i = 0; i < map.Length; i++) map[i] = index.GetValueOrDefault(parts[p].Levels[i], -1);
            var source = parts[p].Codes;
            int[] recoded = new int[source.Length];
            for (int i = 0; i < recoded.Length; i++) recoded[i] = source[i] < 0 ? -1 : map[source[i]];
            codes[p] = recoded;
        }
        return new ComparedColumn(training.Schema, [], codes, levels);
    }

    /// <summary>
    /// Chosen training and holdout rows, in that order, as one table in place of the training part; an empty holdout; chosen synthetic
    /// rows. What is learned of such a column cannot depend on which of its rows were training rows.
    /// </summary>
    public ComparedColumn Pooled(int[] training, int[] holdout, int[] synthetic)
    {
        T[] Stack<T>(Func<Part, T[]> of) =>
            [.. training.Select(r => of(Part.Training)[r]), .. holdout.Select(r => of(Part.Holdout)[r])];
        T[] Made<T>(Func<Part, T[]> of) => [.. synthetic.Select(r => of(Part.Synthetic)[r])];
        return IsNumeric
            ? new ComparedColumn(Schema, [Stack(Values), [], Made(Values)], [], [])
            : new ComparedColumn(Schema, [], [Stack(Codes), [], Made(Codes)], [.. Levels]);
    }
}
