using System.Globalization;
using Simulant.Data;

namespace Simulant.Validation.Comparison;

/// <summary>
/// The columns that can be compared, in the order of the training table, and those that cannot, with the reason. The training
/// table's schema rules: another tool's column of other storage is converted where every value allows it.
/// </summary>
public sealed class ComparedTables
{
    private readonly int[] _rows;

    private ComparedTables(IReadOnlyList<ComparedColumn> columns, IReadOnlyList<NotChecked> excluded, int[] rows)
    {
        Columns = columns;
        Excluded = excluded;
        _rows = rows;
    }

    public IReadOnlyList<ComparedColumn> Columns { get; }
    public IReadOnlyList<NotChecked> Excluded { get; }
    public int Rows(Part part) => _rows[(int)part];

    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == column) return i;
        return -1;
    }

    /// <summary>The same tables with some of the columns alone, in the order given.</summary>
    public ComparedTables Keep(IEnumerable<int> columns) => new([.. columns.Select(c => Columns[c])], Excluded, _rows);

    /// <inheritdoc cref="ComparedColumn.Pooled"/>
    public ComparedTables Pooled(int[] training, int[] holdout, int[] synthetic) => new(
        [.. Columns.Select(c => c.Pooled(training, holdout, synthetic))], Excluded,
        [training.Length + holdout.Length, 0, synthetic.Length]);

    public static ComparedTables Of(Evaluation data)
    {
        Table training = data.Training.Single, holdout = data.Holdout.Single, synthetic = data.Synthetic.Single;
        var columns = new List<ComparedColumn>();
        var excluded = new List<NotChecked>();
        foreach (var column in training.Columns)
        {
            string? reason = Reason(column.Schema, holdout, synthetic);
            if (reason is null && Compare(column, holdout, synthetic, ref reason) is { } compared) columns.Add(compared);
            else excluded.Add(new NotChecked(column.Name, reason!));
        }
        foreach (var column in synthetic.Columns)
        {
            if (training.Find(column.Name) is null)
                excluded.Add(new NotChecked(column.Name, "the training table has no such column"));
        }
        return new ComparedTables(columns, excluded, [training.RowCount, holdout.RowCount, synthetic.RowCount]);
    }

    private static string? Reason(ColumnSchema schema, Table holdout, Table synthetic)
    {
        if (schema.Personal != PersonalData.None) return "personal data: replaced by generated values, not learned";
        if (schema.Kind == ColumnKind.Identifier || schema.Role is ColumnRole.Id or ColumnRole.Entity)
            return "identifier: its values name rows and follow no distribution";
        if (schema.Kind == ColumnKind.Text) return "text: compared by no metric of tables";
        if (synthetic.Find(schema.Name) is null) return "the synthetic table lacks it";
        // An evaluation without a holdout passes a table of no rows, with or without columns.
        return holdout.RowCount > 0 && holdout.Find(schema.Name) is null ? "the holdout lacks it" : null;
    }

    private static ComparedColumn? Compare(Column training, Table holdout, Table synthetic, ref string? reason)
    {
        Column held = holdout.Find(training.Name) ?? training.Slice(0, 0), made = synthetic[training.Name];
        if (training is NumericColumn numbers)
        {
            if (Numbers(held) is { } h && Numbers(made) is { } s)
                return ComparedColumn.OfNumbers(training.Schema, numbers.Values.ToArray(), h, s);
            reason = $"{training.Schema.Kind} in the training table, but other text elsewhere";
            return null;
        }
        return ComparedColumn.OfLevels((CodedColumn)training, Levels(held, training.Schema), Levels(made, training.Schema));
    }

    /// <summary>The column as numbers, or null where a level is no number.</summary>
    private static double[]? Numbers(Column column)
    {
        if (column is NumericColumn numbers) return numbers.Values.ToArray();
        var coded = (CodedColumn)column;
        double[] parsed = new double[coded.Levels.Count];
        for (int i = 0; i < parsed.Length; i++)
            if (!double.TryParse(coded.Levels[i], CultureInfo.InvariantCulture, out parsed[i])) return null;
        double[] values = new double[coded.Count];
        for (int i = 0; i < values.Length; i++) values[i] = coded.Codes[i] < 0 ? double.NaN : parsed[coded.Codes[i]];
        return values;
    }

    private static CodedColumn Levels(Column column, ColumnSchema schema)
    {
        if (column is CodedColumn coded) return coded;
        var numbers = (NumericColumn)column;
        string?[] texts = new string?[numbers.Count];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = numbers.IsMissing(i) ? null : numbers.Values[i].ToString("R", CultureInfo.InvariantCulture);
        return CodedColumn.From(schema, texts);
    }
}
