using Simulant.Data.Inference;

namespace Simulant.Data;

/// <summary>Reads raw columns under a given schema, as a holdout is read under the training data's: a value that is none of its
/// kind is an error with its row.</summary>
internal static class ColumnBinder
{
    /// <param name="known">Levels that come first and keep their codes; null where there are none.</param>
    /// <param name="closed">Whether a level outside <paramref name="known"/> is an error.</param>
    /// <param name="missing">Texts declared missing, or null.</param>
    public static Column Bind(RawTable table, RawColumn raw, ColumnSchema schema, IReadOnlyList<string>? known, bool closed,
        IReadOnlyList<string>? missing)
    {
        if (raw is RawNumbers numbers)
        {
            if (schema.IsNumericStorage) return new NumericColumn(schema, Converted(table, numbers, schema));
            raw = AsTexts(numbers);
        }
        var texts = (RawTexts)raw;
        if (NumberCommas.Marks(schema)) texts = new RawTexts(texts.Name, NumberCommas.Plain(texts.Store, schema.Format!));
        var values = ValuesUnder(texts.Store, schema, known, missing);
        return schema.IsNumericStorage
            ? new NumericColumn(schema, Numbers(values, schema, (code, value) => throw Misfit(table, texts, code, value, schema)))
            : Coded(table, texts, values, schema, known, closed);
    }

    /// <summary>Values of every row under the schema; what does not parse goes to <paramref name="misfit"/>.</summary>
    public static double[] Numbers(DistinctValues values, ColumnSchema schema, Action<int, string>? misfit = null)
    {
        double[] byCode = new double[values.Store.Distinct];
        Array.Fill(byCode, double.NaN);
        foreach (int code in values.Kept)
        {
            if (ValueText.TryParse(schema, values.Store[code], out double value)) byCode[code] = value;
            else if (misfit is not null && !ValueText.IsWeakMarker(values.Store.Text(code))) misfit(code, values.Store.Text(code));
        }
        int[] codes = values.Store.ToCodes();
        double[] rows = new double[codes.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = codes[i] < 0 ? double.NaN : byCode[codes[i]];
        return rows;
    }

    // The schema's own missing text counts beside the known markers; a known level is never missing.
    private static DistinctValues ValuesUnder(TextStore store, ColumnSchema schema, IReadOnlyList<string>? known,
        IReadOnlyList<string>? missing)
    {
        var declared = new List<string>();
        if (missing is not null) declared.AddRange(missing);
        if (schema.MissingText.Length > 0) declared.Add(schema.MissingText);
        for (int code = 0; missing is null && code < store.Distinct; code++)
        {
            if (store[code].Length > 16) continue;
            string text = store.Text(code);
            bool marker = ValueText.IsStrongMarker(text) || text.AsSpan().Trim().IsEmpty;
            if (marker && known?.Contains(text) != true) declared.Add(text);
        }
        return DistinctValues.Of(store, declared);
    }

    private static CodedColumn Coded(RawTable table, RawTexts raw, DistinctValues values, ColumnSchema schema,
        IReadOnlyList<string>? known, bool closed)
    {
        var levels = new List<string>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        if (schema.Kind == ColumnKind.Boolean) known = ["false", "true"];
        foreach (string level in known ?? [])
            if (index.TryAdd(level, levels.Count)) levels.Add(level);
        int[] codeOf = new int[values.Store.Distinct];
        Array.Fill(codeOf, -1);
        var fresh = new List<(string Text, int Code)>();
        foreach (int code in values.Kept)
        {
            string text = values.Store.Text(code);
            if (schema.Kind == ColumnKind.Boolean)
                codeOf[code] = Truth(schema, text) ?? throw Misfit(table, raw, code, text, schema);
            else if (index.TryGetValue(text, out int level)) codeOf[code] = level;
            else fresh.Add((text, code));
        }
        if (closed && fresh.Count > 0)
            throw new DataException($"{table.Label}: column {MessageText.Quote(raw.Name)}: "
                + $"{MessageText.Quote(fresh[0].Text)} is not among the declared levels "
                + $"({string.Join(", ", levels.Take(8).Select(MessageText.Quote))}{(levels.Count > 8 ? ", …" : "")})",
                    table.Label, RowOf(table, raw, fresh[0].Code), raw.Name);
        if (schema.Kind == ColumnKind.Category) fresh.Sort((a, b) => LevelOrder.Compare(a.Text, b.Text));
        foreach (var (text, code) in fresh)
        {
            codeOf[code] = levels.Count;
            levels.Add(text);
        }
        int[] codes = values.Store.ToCodes();
        for (int i = 0; i < codes.Length; i++)
            if (codes[i] >= 0) codes[i] = codeOf[codes[i]];
        return new CodedColumn(schema, codes, [.. levels]);
    }

    private static int? Truth(ColumnSchema schema, string text)
    {
        if (schema.Format is { } format && format.IndexOf('|') is > 0 and int bar)
        {
            if (text == format[..bar]) return 1;
            if (text == format[(bar + 1)..]) return 0;
        }
        return text.ToLowerInvariant() switch
        {
            "true" or "t" or "yes" or "y" or "1" => 1,
            "false" or "f" or "no" or "n" or "0" => 0,
            _ => null,
        };
    }

    private static double[] Converted(RawTable table, RawNumbers raw, ColumnSchema schema)
    {
        double[] values = raw.Values;
        bool numbers = raw.Kind is ColumnKind.Integer or ColumnKind.Decimal;
        bool wanted = schema.Kind is ColumnKind.Integer or ColumnKind.Decimal;
        if (raw.Kind == ColumnKind.Date && schema.Kind == ColumnKind.Timestamp) return [.. values.Select(v =>
            v * TemporalText.MicrosecondsPerDay)];
        if (raw.Kind == ColumnKind.Timestamp && schema.Kind == ColumnKind.Date) return [.. values.Select(v =>
            Math.Floor(v / TemporalText.MicrosecondsPerDay))];
        if (numbers != wanted && raw.Kind != schema.Kind)
            throw new DataException(
                $"{table.Label}: column {MessageText.Quote(raw.Name)} holds {Named(raw.Kind)}, not {Named(schema.Kind)}", table.Label,
                column: raw.Name);
        for (int i = 0; schema.Kind == ColumnKind.Integer && i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || double.IsInfinity(values[i]) || values[i] == Math.Floor(values[i])) continue;
            throw new DataException($"{table.Label}: row {table.SourceRow(i)}, column {MessageText.Quote(raw.Name)}: "
                + $"{ValueText.Format(new ColumnSchema(raw.Name, ColumnKind.Decimal), values[i])} is not a whole number",
                    table.Label, table.SourceRow(i), raw.Name);
        }
        if (schema.MissingText.Length == 0 || !ValueText.TryParse(schema, schema.MissingText, out double code)) return values;
        return [.. values.Select(v => v == code ? double.NaN : v)];
    }

    /// <summary>Numbers as their texts, for columns that are declared categories or identifiers.</summary>
    public static RawTexts AsTexts(RawNumbers raw)
    {
        var store = new TextStore();
        var schema = new ColumnSchema(raw.Name, raw.Kind) { Decimals = raw.Decimals };
        Span<byte> buffer = stackalloc byte[ValueText.Longest];
        foreach (double value in raw.Values)
        {
            if (double.IsNaN(value)) store.AddMissing();
            else store.Add(buffer[..ValueText.Write(schema, value, buffer)]);
        }
        return new RawTexts(raw.Name, store);
    }

    private static DataException Misfit(RawTable table, RawTexts raw, int code, string value, ColumnSchema schema)
    {
        long row = RowOf(table, raw, code);
        string format = schema.Format is { } f && schema.Kind is ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp ? $" ({f})"
            : "";
        return new DataException(
            $"{table.Label}: row {row}, column {MessageText.Quote(raw.Name)}: {MessageText.Quote(value)} is not "
                + $"{Named(schema.Kind)}{format}",
            table.Label, row, raw.Name);
    }

    private static long RowOf(RawTable table, RawTexts raw, int code) => table.SourceRow(Array.IndexOf(raw.Store.ToCodes(), code));

    private static string Named(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "a whole number",
        ColumnKind.Decimal => "a number",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Date => "a date",
        ColumnKind.Time => "a time",
        ColumnKind.Timestamp => "a timestamp",
        _ => "text",
    };
}

/// <summary>Order of category levels: by value where all are numbers, else ordinal.</summary>
internal static class LevelOrder
{
    public static int Compare(string a, string b)
    {
        bool left = double.TryParse(a, System.Globalization.CultureInfo.InvariantCulture, out double x);
        bool right = double.TryParse(b, System.Globalization.CultureInfo.InvariantCulture, out double y);
        if (left && right && x.CompareTo(y) is var order && order != 0) return order;
        if (left != right) return left ? -1 : 1;
        return string.CompareOrdinal(a, b);
    }
}
