namespace Simulant.Data.Inference;

/// <summary>Types one column of texts: numbers, dates, else coded.</summary>
internal static class TextTyper
{
    public static Typed Type(RawTexts raw, IReadOnlyList<string>? declaredMissing)
    {
        var values = DistinctValues.Of(raw.Store, declaredMissing);
        var evidence = new List<string>();
        if (raw.Declared) evidence.Add("declared boolean by the file");
        if (values.Suspected.Count > 0) evidence.Add(
            $"{Say.Quote(values.Suspected[0])} stands among two-letter codes and is kept as a value");
        var personal = PersonalDetector.Find(raw.Name, values);
        string? culprit = null;
        if (personal is null && raw.NumbersAllowed && values.Kept.Count > 0 && NumberTyper.TryShapes(values, out culprit) is { } shapes)
        {
            if (shapes.LeadingZeros) evidence.Add("digits with leading zeros: codes, not numbers");
            else if (shapes.TooLarge) evidence.Add("whole numbers beyond 2^53, which no double holds exactly: codes");
            else return Numbers(raw.Name, values, shapes, declaredMissing);
        }
        if (personal is null && raw.NumbersAllowed && culprit is not null && NumberCommas.Find(values) is { } commas)
            return Commas(raw, commas.Notation, commas.Confidence, declaredMissing);
        if (personal is null && values.Kept.Count > 0 && Temporal(raw.Name, values, culprit) is { } temporal) return temporal;
        if (culprit is not null) SayMixed(values, culprit, evidence);
        if (declaredMissing is null) Suspect(values);
        return CodedTyper.Type(raw.Name, values, personal, evidence);
    }

    private static Typed Numbers(string name, DistinctValues values, NumberTyper.Shapes shapes, IReadOnlyList<string>? declaredMissing)
    {
        var schema = NumberTyper.SchemaOf(name, shapes);
        if (schema is { Kind: ColumnKind.Integer, Format: null })
        {
            if (Keys(name, values, shapes) is { } key) return key;
            if (CompactDates(name, values, shapes) is { } dates) return dates;
        }
        var typed = NumberTyper.Type(schema, values, shapes, declaredMissing);
        double confidence = values.Rows < 20 ? 0.7 : 1;
        return typed with { Evidence = typed.Evidence with { Confidence = confidence } };
    }

    private static Typed Commas(RawTexts raw, string notation, double confidence, IReadOnlyList<string>? declaredMissing)
    {
        var typed = Type(new RawTexts(raw.Name, NumberCommas.Plain(raw.Store, notation)), declaredMissing);
        string why = notation == NumberCommas.Decimals ? "decimal commas; written with points"
            : "commas between thousands; written without";
        return typed.Column is not NumericColumn ? typed : new Typed(
            typed.Column.With(NumberCommas.Marked(typed.Column.Schema, notation)),
            typed.Evidence with { Confidence = confidence, Evidence = [why, .. typed.Evidence.Evidence] });
    }

    // Whole numbers that number the rows or name entities.
    private static Typed? Keys(string name, DistinctValues values, NumberTyper.Shapes shapes)
    {
        int distinct = values.Kept.Count, rows = values.Rows;
        if (rows < 3) return null;
        var words = new NameWords(name);
        bool unique = distinct == rows;
        bool sequence = unique && IsSequence(shapes);
        // A count of years or steps is data; a count from 0 or 1 numbers the rows.
        bool numbersRows = sequence && !words.SaysTime && (words.SaysNumber || (rows >= 20 && shapes.Of[0].Value is 0 or 1));
        if (unique && (words.SaysKey || numbersRows))
        {
            string why = sequence ? "every value is different, counting up row by row"
                : "every value is different, and the name says identifier";
            return CodedTyper.Build(new ColumnSchema(name, ColumnKind.Identifier) { Role = ColumnRole.Id,
                MissingText = values.MissingText() },
                values, [why], rows < 20 ? 0.7 : 0.97);
        }
        if (!unique && words.SaysKey && distinct >= 20)
        {
            return CodedTyper.Build(new ColumnSchema(name, ColumnKind.Identifier) { Role = ColumnRole.Entity,
                MissingText = values.MissingText() },
                values, [$"{distinct} distinct values in {rows} rows, and the name says identifier: "
                    + "an entity that stands in several rows"], 0.8);
        }
        return null;
    }

    private static bool IsSequence(NumberTyper.Shapes shapes)
    {
        for (int i = 1; i < shapes.Of.Length; i++)
            if (shapes.Of[i].Value != shapes.Of[i - 1].Value + 1) return false;
        return true;
    }

    // Eight digits are dates only where each is one between 1900 and 2100 and the name agrees, or nearly all months occur.
    private static Typed? CompactDates(string name, DistinctValues values, NumberTyper.Shapes shapes)
    {
        foreach (var shape in shapes.Of)
            if (shape.Value is < 19000101 or > 21001231) return null;
        if (!new NameWords(name).Has("date", "day", "dt", "ymd", "birth", "dob", "since", "on", "at", "time")) return null;
        return Temporal(name, values, culprit: null, digitsOnly: true);
    }

    private static Typed? Temporal(string name, DistinctValues values, string? culprit, bool digitsOnly = false)
    {
        if (values.Kept.Count == 0 || (culprit is null && !digitsOnly && values.Store[values.Kept[0]].Length < 5)) return null;
        var kept = values.Kept;
        var weak = new List<int>();
        if (kept.Count <= 100_000)
        {
            foreach (int code in kept)
                if (values.Store[code].Length <= 14 && ValueText.IsWeakMarker(values.Store.Text(code))) weak.Add(code);
        }
        var dates = weak.Count == 0 ? kept : [.. kept.Except(weak)];
        if (TemporalFormats.Find(values.Store, dates, digitsOnly) is not { } found) return null;
        if (weak.Count > 0) values.Drop(weak);
        var schema = new ColumnSchema(name, found.Kind)
        {
            Format = found.Format == TemporalText.IsoFormat(found.Kind) ? null : found.Format,
            MissingText = values.MissingText(),
        };
        var column = ColumnBinder.Numbers(values, schema);
        var evidence = new List<string> { $"every value is written as {found.Format}" };
        if (found.Ambiguous) evidence.Add("day and month could be the other way round: no value says which");
        if (found.Format.Contains("zzz", StringComparison.Ordinal)) evidence.Add("offsets are turned into UTC");
        var typed = NumberTyper.Finish(schema, column, evidence, values.Markers, values.Suspected, declaredMissing: null);
        return typed with { Evidence = typed.Evidence with { Confidence = found.Ambiguous ? 0.5 : values.Rows < 20 ? 0.8 : 0.99 } };
    }

    private static void SayMixed(DistinctValues values, string culprit, List<string> evidence)
    {
        if (values.Kept.Count < 3) return;
        var sample = values.Sample(500);
        int numbers = sample.Count(code => NumberText.TryParse(values.Store[code], out _));
        if (numbers * 2 >= sample.Count)
            evidence.Add($"mostly numbers, but {Say.Quote(culprit)} is not one; name it under missing if it stands for none");
    }

    private static void Suspect(DistinctValues values)
    {
        if (values.Kept.Count > 5000) return;
        foreach (int code in values.Kept)
        {
            if (values.Store[code].Length > 20) continue;
            string text = values.Store.Text(code);
            if (ValueText.IsWeakMarker(text)) values.Suspected.Add(text);
        }
    }
}
