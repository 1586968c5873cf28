using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>Evaluated operands as columns: constants spread over every row, repeated levels merged.</summary>
internal static class Results
{
    public static sbyte[] Truths(Bound bound, Table table)
    {
        var truths = (Truths)bound.Evaluate(table);
        sbyte[] result = new sbyte[table.RowCount];
        if (truths.Step == 0) result.AsSpan().Fill(truths.Span[0]);
        else truths.Span.CopyTo(result);
        return result;
    }

    public static Column Column(Bound bound, Table table, string name)
    {
        if (bound.Kind == ValueKind.Boolean)
        {
            int[] codes = Array.ConvertAll(Truths(bound, table), truth => (int)truth);
            return new CodedColumn(new ColumnSchema(name, ColumnKind.Boolean), codes, ["false", "true"]);
        }
        var operand = bound.Evaluate(table);
        if (operand is Texts texts) return Text(texts, table.RowCount, name);
        double[] values = new double[table.RowCount];
        var numbers = (Numbers)operand;
        if (numbers.Step == 0) values.AsSpan().Fill(numbers.Span[0]);
        else numbers.Span.CopyTo(values);
        var kind = bound.Kind switch
        {
            ValueKind.Date => ColumnKind.Date,
            ValueKind.Time => ColumnKind.Time,
            ValueKind.Timestamp => ColumnKind.Timestamp,
            _ => bound.Integral ? ColumnKind.Integer : ColumnKind.Decimal,
        };
        return new NumericColumn(new ColumnSchema(name, kind), values);
    }

    private static CodedColumn Text(Texts texts, int rows, string name)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] merged = new int[texts.Levels.Count];
        for (int k = 0; k < merged.Length; k++)
        {
            if (!index.TryGetValue(texts.Levels[k], out int code)) index.Add(texts.Levels[k], code = index.Count);
            merged[k] = code;
        }
        string[] levels = new string[index.Count];
        foreach (var (level, code) in index) levels[code] = level;
        var source = texts.Codes;
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            int code = source[i * texts.Step];
            codes[i] = code < 0 ? -1 : merged[code];
        }
        return new CodedColumn(new ColumnSchema(name, ColumnKind.Category), codes, levels);
    }
}
