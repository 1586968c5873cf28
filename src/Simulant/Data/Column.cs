namespace Simulant.Data;

/// <summary>
/// One immutable column. Two storages serve every kind: <see cref="NumericColumn"/> for integers, decimals, dates (days since
/// 1970-01-01), times (microseconds since midnight) and timestamps (microseconds since 1970-01-01 UTC);
/// <see cref="CodedColumn"/> for booleans (levels "false", "true"), categories, identifiers and text.
/// </summary>
/// <remarks>A double holds integers exactly to 2^53; columns with larger integers are read as identifiers.</remarks>
public abstract class Column(ColumnSchema schema)
{
    public ColumnSchema Schema { get; } = schema;
    public string Name => Schema.Name;
    public abstract int Count { get; }
    public abstract bool IsMissing(int row);

    /// <summary>The rows at the given indices, in that order, repeats allowed.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>Rows [start, start + count).</summary>
    public abstract Column Slice(int start, int count);

    /// <summary>The same values under another schema of the same storage.</summary>
    public abstract Column With(ColumnSchema schema);
}

/// <summary>Doubles; NaN is missing; infinities are values.</summary>
public sealed class NumericColumn : Column
{
    private readonly double[] _values;

    /// <param name="values">Owned by the column from now on.</param>
    public NumericColumn(ColumnSchema schema, double[] values) : base(schema)
    {
        if (!schema.IsNumericStorage) throw new ArgumentException($"{schema.Kind} is not stored as numbers", nameof(schema));
        _values = values;
    }

    public ReadOnlySpan<double> Values => _values;
    public override int Count => _values.Length;
    public override bool IsMissing(int row) => double.IsNaN(_values[row]);

    public override NumericColumn Take(ReadOnlySpan<int> rows)
    {
        double[] taken = new double[rows.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = _values[rows[i]];
        return new NumericColumn(Schema, taken);
    }

    public override NumericColumn Slice(int start, int count) => new(Schema, _values.AsSpan(start, count).ToArray());
    public override NumericColumn With(ColumnSchema schema) => new(schema, _values);
}

/// <summary>Codes into a list of distinct levels; -1 is missing.</summary>
public sealed class CodedColumn : Column
{
    private readonly int[] _codes;
    private readonly string[] _levels;

    /// <param name="codes">In [-1, levels.Length); owned by the column from now on.</param>
    /// <param name="levels">Distinct; owned by the column from now on.</param>
    public CodedColumn(ColumnSchema schema, int[] codes, string[] levels) : base(schema)
    {
        if (schema.IsNumericStorage) throw new ArgumentException($"{schema.Kind} is stored as numbers", nameof(schema));
        _codes = codes;
        _levels = levels;
    }

    public ReadOnlySpan<int> Codes => _codes;
    public IReadOnlyList<string> Levels => _levels;
    public override int Count => _codes.Length;
    public override bool IsMissing(int row) => _codes[row] < 0;

    /// <summary>The value, or null where missing.</summary>
    public string? this[int row] => _codes[row] < 0 ? null : _levels[_codes[row]];

    public override CodedColumn Take(ReadOnlySpan<int> rows)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = _codes[rows[i]];
        return new CodedColumn(Schema, taken, _levels);
    }

    public override CodedColumn Slice(int start, int count) => new(Schema, _codes.AsSpan(start, count).ToArray(), _levels);
    public override CodedColumn With(ColumnSchema schema) => new(schema, _codes, _levels);

    /// <summary>Codes the values in order of first appearance; null is missing.</summary>
    public static CodedColumn From(ColumnSchema schema, IReadOnlyList<string?> values)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] codes = new int[values.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            if (values[i] is not { } value)
            {
                codes[i] = -1;
                continue;
            }
            if (!index.TryGetValue(value, out int code)) index.Add(value, code = index.Count);
            codes[i] = code;
        }
        string[] levels = new string[index.Count];
        foreach (var (level, code) in index) levels[code] = level;
        return new CodedColumn(schema, codes, levels);
    }
}
