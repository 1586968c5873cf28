namespace Simulant.Data.Inference;

/// <summary>Types texts that are all numbers.</summary>
internal static class NumberTyper
{
    /// <summary>Shapes of the kept texts, in the order of <see cref="DistinctValues.Kept"/>.</summary>
    public sealed record Shapes(NumberShape[] Of, bool LeadingZeros, bool TooLarge);

    /// <summary>
    /// The shapes where every value is a number, texts such as "-" and "unknown" having been dropped as missing; null where
    /// the column is not numeric, with the first text that says so.
    /// </summary>
    public static Shapes? TryShapes(DistinctValues values, out string? culprit)
    {
        culprit = null;
        var weak = new List<int>();
        var shapes = new List<NumberShape>(values.Kept.Count);
        bool leading = false, large = false, digits = true;
        int finite = 0;
        foreach (int code in values.Kept)
        {
            if (!NumberText.TryParse(values.Store[code], out var shape))
            {
                if (values.Store[code].Length <= 20 && ValueText.IsWeakMarker(values.Store.Text(code)))
                {
                    weak.Add(code);
                    continue;
                }
                culprit = values.Store.Text(code);
                return null;
            }
            leading |= shape.LeadingZero;
            large |= shape.TooLarge;
            digits &= !shape.Exponent && shape.Decimals == 0;
            if (!double.IsInfinity(shape.Value)) finite++;
            shapes.Add(shape);
        }
        if (finite == 0) return null;
        if (weak.Count > 0) values.Drop(weak);
        // Among fractions a large whole number is a measurement like the others, not a code.
        return new Shapes([.. shapes], leading, large && digits);
    }

    /// <summary>Kind, decimals and format of the numbers as written.</summary>
    public static ColumnSchema SchemaOf(string name, Shapes shapes)
    {
        bool whole = true, floating = false, consistent = true, padded = false;
        int most = 0, least = int.MaxValue;
        foreach (var shape in shapes.Of)
        {
            // Infinity is a value that only floating storage holds.
            if (double.IsInfinity(shape.Value))
            {
                whole = false;
                continue;
            }
            whole &= shape.Whole && Math.Abs(shape.Value) <= NumberShape.ExactLimit;
            floating |= shape.Exponent || shape.Significant > 15;
            most = Math.Max(most, shape.Needed);
            least = Math.Min(least, shape.Decimals);
            padded |= shape.Decimals > shape.Needed;
        }
        foreach (var shape in shapes.Of)
            if (!double.IsInfinity(shape.Value) && shape.Decimals != Math.Max(least, shape.Needed)) consistent = false;
        int minimum = padded && consistent && least is > 0 and <= 15 ? least : 0;
        if (whole)
            return new ColumnSchema(name, ColumnKind.Integer) { Format = minimum > 0 ? "0." + new string('0', minimum) : null };
        int decimals = floating || most > 15 ? -1 : Math.Max(most, minimum);
        return new ColumnSchema(name, ColumnKind.Decimal)
        {
            Decimals = decimals,
            Format = minimum == 0 ? null : "0." + new string('0', minimum) + new string('#', Math.Max(0, decimals - minimum)),
        };
    }

    /// <summary>Numbers as a numeric column.</summary>
    public static Typed Type(ColumnSchema schema, DistinctValues values, Shapes shapes, IReadOnlyList<string>? declaredMissing)
    {
        double[] byCode = new double[values.Store.Distinct];
        Array.Fill(byCode, double.NaN);
        for (int i = 0; i < shapes.Of.Length; i++) byCode[values.Kept[i]] = shapes.Of[i].Value;
        var codes = values.Store.ToCodes();
        double[] rows = new double[codes.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = codes[i] < 0 ? double.NaN : byCode[codes[i]];
        var evidence = new List<string> { Sentence(schema, shapes) };
        return Finish(schema with { MissingText = values.MissingText() }, rows, evidence, values.Markers, values.Suspected, declaredMissing,
            NumberFacts.Tally(byCode, values.Store));
    }

    /// <summary>Adds what the values themselves say: sentinels, masses, range, distinct and missing counts.</summary>
    public static Typed Finish(ColumnSchema schema, double[] rows, List<string> evidence, IReadOnlyList<(string Text, int Rows)> markers,
        IReadOnlyList<string> suspected, IReadOnlyList<string>? declaredMissing, (double[] Values, int[] Rows)? tally = null)
    {
        var missingTexts = markers.Select(m => m.Text).ToList();
        var suspects = suspected.ToList();
        var (distinct, counts) = tally ?? NumberFacts.Tally(rows);
        bool number = schema.Kind is ColumnKind.Integer or ColumnKind.Decimal;
        if (number && declaredMissing is null && NumberFacts.Sentinel(distinct, counts) is { } sentinel)
        {
            string text = ValueText.Format(schema, sentinel.Value);
            string share = Say.Percent(sentinel.Rows / (double)counts.Sum());
            if (sentinel.Strong)
            {
                for (int i = 0; i < rows.Length; i++)
                    if (rows[i] == sentinel.Value) rows[i] = double.NaN;
                (distinct, counts) = NumberFacts.Tally(rows);
                missingTexts.Add(text);
                // The schema remembers it, also beside more empty fields: a holdout read under it must drop it too.
                schema = schema with { MissingText = text };
                evidence.Add($"{text} ({share} of rows) lies apart from all other values and is read as missing");
            }
            else
            {
                suspects.Add(text);
                evidence.Add($"{text} ({share} of rows) may be a code for missing; it is kept as a value");
            }
        }
        int missing = rows.Count(double.IsNaN);
        var masses = NumberFacts.Masses(schema, distinct, counts);
        if (masses.Count > 0) evidence.Add(
            $"point mass: {string.Join(", ", masses.Select(m => $"{m.Value} holds {Say.Percent(m.Share)}"))}");
        return new Typed(new NumericColumn(schema, rows), new ColumnEvidence
        {
            Column = schema.Name, Kind = schema.Kind, Rows = rows.Length, Distinct = distinct.Length, Missing = missing,
            MissingTexts = missingTexts, SuspectedMissing = suspects, PointMasses = masses, Constant = distinct.Length <= 1,
            NearUnique = IsNearUnique(distinct.Length, rows.Length - missing), Evidence = evidence,
            Least = distinct.Length == 0 ? null : ValueText.Format(schema, distinct[0]),
            Greatest = distinct.Length == 0 ? null : ValueText.Format(schema, distinct[^1]),
        });
    }

    public static bool IsNearUnique(int distinct, int rows) => rows >= 10 && distinct >= 0.95 * rows;

    private static string Sentence(ColumnSchema schema, Shapes shapes)
    {
        if (schema.Kind == ColumnKind.Integer)
            return schema.Format is null ? "every value is a whole number"
                : $"every value is whole, written with a point ({schema.Format})";
        return schema.Decimals < 0 ? "numbers of full floating precision" : $"numbers with at most {Say.Count(schema.Decimals, "decimal")}";
    }
}
