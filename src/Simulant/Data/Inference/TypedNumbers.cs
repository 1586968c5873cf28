namespace Simulant.Data.Inference;

/// <summary>Types columns whose format already says that they are numbers, dates or times.</summary>
internal static class TypedNumbers
{
    private const int MostDecimals = 12;

    public static Typed Type(RawNumbers raw, IReadOnlyList<string>? declaredMissing)
    {
        if (raw.Kind == ColumnKind.Integer && Keys(raw, declaredMissing) is { } coded) return coded;
        var (schema, why) = raw.Kind switch
        {
            ColumnKind.Decimal when raw.Decimals < 0 => Measured(raw),
            ColumnKind.Timestamp when raw.Values.All(v => double.IsNaN(v) || v % TemporalText.MicrosecondsPerDay == 0)
                && raw.Values.Any(v => !double.IsNaN(v))
                => (new ColumnSchema(raw.Name, ColumnKind.Timestamp), "timestamps by the file's own type, all at midnight"),
            _ => (new ColumnSchema(raw.Name, raw.Kind) { Decimals = raw.Decimals },
                $"{raw.Kind.ToString().ToLowerInvariant()} by the file's own type"),
        };
        double[] values = raw.Values;
        if (declaredMissing is not null) values = WithoutDeclared(schema, values, declaredMissing);
        return NumberTyper.Finish(schema, values, [why], [], [], declaredMissing);
    }

    // A floating column whose values all have few decimals is a decimal column; whole values are integers.
    private static (ColumnSchema, string) Measured(RawNumbers raw)
    {
        int decimals = 0;
        foreach (double value in raw.Values)
        {
            if (double.IsNaN(value) || double.IsInfinity(value)) continue;
            while (decimals <= MostDecimals && !HasAtMost(value, decimals)) decimals++;
            if (decimals > MostDecimals) return (new ColumnSchema(raw.Name, ColumnKind.Decimal), "floating by the file's own type");
        }
        return decimals == 0 && raw.Values.Any(double.IsFinite) && !raw.Values.Any(double.IsInfinity)
            ? (new ColumnSchema(raw.Name, ColumnKind.Integer) { Format = "0.0" }, "floating by the file's own type, every value whole")
            : (new ColumnSchema(raw.Name, ColumnKind.Decimal) { Decimals = decimals },
                $"floating by the file's own type, at most {Say.Count(decimals, "decimal")}");
    }

    private static bool HasAtMost(double value, int decimals)
    {
        double power = NumberText.PowersOfTen[decimals], scaled = Math.Round(value * power);
        return Math.Abs(scaled) < NumberShape.ExactLimit && scaled / power == value;
    }

    private static double[] WithoutDeclared(ColumnSchema schema, double[] values, IReadOnlyList<string> declared)
    {
        foreach (string text in declared)
            if (ValueText.TryParse(schema, text, out double code)) values = [.. values.Select(v => v == code ? double.NaN : v)];
        return values;
    }

    // Integer keys: judged as texts, where the rules for keys stand, if the name or the sequence calls for it.
    private static Typed? Keys(RawNumbers raw, IReadOnlyList<string>? declaredMissing)
    {
        bool sequence = raw.Values.Length >= 20 && raw.Values[0] is 0 or 1;
        for (int i = 1; sequence && i < raw.Values.Length; i++) sequence = raw.Values[i] == raw.Values[i - 1] + 1;
        var words = new NameWords(raw.Name);
        bool longNumbers = raw.Values.Length > 0 && raw.Values.All(v => v > 1e8 || double.IsNaN(v));
        if (!sequence && !words.SaysKey && !longNumbers) return null;
        var typed = TextTyper.Type(ColumnBinder.AsTexts(raw), declaredMissing);
        return typed.Column is CodedColumn ? typed : null;
    }
}
