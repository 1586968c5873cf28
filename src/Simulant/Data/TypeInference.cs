using Simulant.Data.Inference;

namespace Simulant.Data;

/// <summary>
/// Proposes a kind and a role for every column of a raw table and says why; what a person declared overrides it. Each column
/// is judged by itself, so columns are typed in parallel without any effect on the outcome.
/// </summary>
internal static class TypeInference
{
    public static InferredTable Infer(RawTable raw, ReadOptions options, CancellationToken cancel)
    {
        var overrides = OverridesOf(raw, options);
        var typed = new Typed[raw.Columns.Count];
        Work.For(typed.Length, options.MaxThreads, i => typed[i] = TypeOne(raw, raw.Columns[i], overrides[i], options), cancel);
        Places(typed, overrides);
        var table = new Table(raw.Name, [.. typed.Select(t => t.Column)]);
        var findings = new TableFindings
        {
            Determinations = Dependencies.Find(table.Columns, cancel),
            RepeatedIdentifiers = Repeated(typed),
            Notes = NotesOf(raw, typed),
            Source = raw.Source,
        };
        return new InferredTable(table, [.. typed.Select(t => t.Evidence)], findings);
    }

    private static ColumnOverride?[] OverridesOf(RawTable raw, ReadOptions options)
    {
        var byColumn = new ColumnOverride?[raw.Columns.Count];
        foreach (var declared in options.Overrides)
        {
            int at = 0;
            while (at < byColumn.Length && raw.Columns[at].Name != declared.Column) at++;
            if (at == byColumn.Length) throw MissingColumn(raw, declared.Column);
            byColumn[at] = declared;
        }
        return byColumn;
    }

    public static DataException MissingColumn(RawTable raw, string column)
    {
        string named = string.Join(", ", raw.Columns.Take(12).Select(c => MessageText.Quote(c.Name)));
        return new DataException(
            $"{raw.Label}: no column {MessageText.Quote(column)}; it has {named}{(raw.Columns.Count > 12 ? ", …" : "")}", raw.Label,
            column: column);
    }

    private static Typed TypeOne(RawTable table, RawColumn raw, ColumnOverride? declared, ReadOptions options)
    {
        var typed = raw switch
        {
            RawTexts texts => TextTyper.Type(texts, options.MissingTexts),
            RawNumbers numbers => TypedNumbers.Type(numbers, options.MissingTexts),
            _ => throw new ArgumentException("unknown raw column", nameof(raw)),
        };
        return declared is null ? typed : Declared(table, raw, typed, declared, options);
    }

    // What was declared replaces what was inferred; a value that does not fit it is an error.
    private static Typed Declared(RawTable table, RawColumn raw, Typed typed, ColumnOverride declared, ReadOptions options)
    {
        var inferred = typed.Column.Schema;
        var kind = declared.Kind ?? inferred.Kind;
        bool rebind = kind != inferred.Kind || declared.Levels is not null
            || (declared.Format is not null && declared.Format != inferred.Format);
        var schema = inferred with
        {
            Kind = kind,
            Role = declared.Role ?? (declared.Kind is null ? inferred.Role : kind == ColumnKind.Identifier ? ColumnRole.Id
                : ColumnRole.Feature),
            Ordered = declared.Ordered ?? (inferred.Ordered && kind == ColumnKind.Category),
            Format = declared.Format ?? (kind == inferred.Kind ? inferred.Format : FormatUnder(raw, kind)),
            Decimals = declared.Decimals ?? (kind == inferred.Kind ? inferred.Decimals : -1),
            Minimum = declared.Minimum ?? inferred.Minimum,
            Maximum = declared.Maximum ?? inferred.Maximum,
            Personal = declared.Personal ?? inferred.Personal,
        };
        if (kind == ColumnKind.Integer && schema.Format is null or "" && inferred.Format is { } zeros
            && inferred.Kind == ColumnKind.Integer)
            schema = schema with { Format = zeros };
        var column = rebind
            ? ColumnBinder.Bind(table, raw, schema, declared.Levels, declared.Levels is not null, options.MissingTexts)
            : typed.Column.With(schema);
        return new Typed(column, typed.Evidence with
        {
            Kind = kind, Role = schema.Role, Ordered = schema.Ordered, Personal = schema.Personal, Confidence = 1,
            Evidence = ["declared", .. typed.Evidence.Evidence],
        });
    }

    // A date declared over texts without a format takes the format its texts are written in.
    private static string? FormatUnder(RawColumn raw, ColumnKind kind)
    {
        if (kind is not (ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp) || raw is not RawTexts texts) return null;
        var values = DistinctValues.Of(texts.Store, null);
        var found = TemporalFormats.Find(texts.Store, values.Kept, digitsOnly: true);
        return found?.Kind == kind ? found.Format : null;
    }

    // Cities, postal codes and companies are personal beside a person's name or address only; elsewhere they are features.
    private static void Places(Typed[] typed, ColumnOverride?[] overrides)
    {
        bool persons = typed.Any(t => t.Evidence.Personal is PersonalData.FullName or PersonalData.LastName or PersonalData.Email
            or PersonalData.Address
            or PersonalData.NationalNumber or PersonalData.Phone);
        if (!persons) return;
        for (int i = 0; i < typed.Length; i++)
        {
            if (overrides[i]?.Personal is not null || typed[i].Evidence.Personal != PersonalData.None) continue;
            var words = new NameWords(typed[i].Column.Name);
            var kind = words.Has("city", "town", "municipality") ? PersonalData.City
                : words.Has("zip", "zipcode", "postcode", "postal", "plz") ? PersonalData.PostalCode
                : words.Has("company", "employer") ? PersonalData.Company : PersonalData.None;
            if (kind == PersonalData.None || typed[i].Column is not CodedColumn) continue;
            typed[i] = new Typed(typed[i].Column.With(typed[i].Column.Schema with { Personal = kind }), typed[i].Evidence with
            {
                Personal = kind, Confidence = Math.Min(typed[i].Evidence.Confidence, 0.7),
                Evidence = [.. typed[i].Evidence.Evidence, "the name says so, and the table holds persons"],
            });
        }
    }

    private static List<RepeatedIdentifier> Repeated(Typed[] typed)
    {
        var repeated = new List<RepeatedIdentifier>();
        foreach (var (column, evidence) in typed)
        {
            int rows = evidence.Rows - evidence.Missing;
            if (column.Schema.Kind != ColumnKind.Identifier || evidence.Distinct == 0 || evidence.Distinct == rows) continue;
            repeated.Add(new RepeatedIdentifier(column.Name, evidence.Distinct, rows / (double)evidence.Distinct,
                column.Schema.Role == ColumnRole.Entity && new NameWords(column.Name).SaysKey));
        }
        return repeated;
    }

    private static List<string> NotesOf(RawTable raw, Typed[] typed)
    {
        var notes = new List<string>(raw.Notes);
        if (raw.RowCount == 0) notes.Add("the source has no rows");
        if (raw.RowCount < raw.Source.Rows) notes.Add($"{raw.RowCount} of {raw.Source.Rows} rows, a uniform sample");
        if (raw.Columns.Count > 1 && raw.Columns.All(c =>
            double.TryParse(c.Name, System.Globalization.CultureInfo.InvariantCulture, out _)))
            notes.Add("every column's name is a number: does the file lack a header line?");
        int constants = typed.Count(t => t.Evidence.Constant && t.Evidence.Rows > 1);
        if (constants > 0) notes.Add($"{Say.Count(constants, "column")} with one value only");
        return notes;
    }
}
