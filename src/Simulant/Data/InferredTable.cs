namespace Simulant.Data;

/// <summary>A table as read, and why its columns were given their kinds and roles. Evidence is a proposal, not a verdict:
/// a spec overrides it.</summary>
/// <param name="Table">Columns in file order, rows in file order.</param>
/// <param name="Columns">One evidence a column, in the table's order.</param>
public sealed record InferredTable(Table Table, IReadOnlyList<ColumnEvidence> Columns, TableFindings Findings)
{
    /// <summary>The evidence of the named column; throws <see cref="ArgumentException"/> where there is none.</summary>
    public ColumnEvidence this[string column] =>
        Columns.FirstOrDefault(c => c.Column == column)
        ?? throw new ArgumentException($"no column '{column}'", nameof(column));
}

/// <summary>What was inferred of one column, how surely, and from what.</summary>
public sealed record ColumnEvidence
{
    public required string Column { get; init; }
    public required ColumnKind Kind { get; init; }
    public ColumnRole Role { get; init; }

    /// <summary>0 to 1: how sure kind and role are. Below 0.7 a person should look.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>One short sentence each, no line breaks, values quoted; fit for a comment beside the column.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public int Rows { get; init; }

    /// <summary>Distinct values, missing ones not counted.</summary>
    public int Distinct { get; init; }

    public int Missing { get; init; }

    /// <summary>Texts that were read as missing, beside the empty field (<c>?</c>, <c>NA</c>, <c>-999</c>).</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = [];

    /// <summary>Values that look like codes for missing but were kept as values, since the evidence was not strong.</summary>
    public IReadOnlyList<string> SuspectedMissing { get; init; } = [];

    /// <summary>Single values that hold a large share of a numeric column, most frequent first.</summary>
    public IReadOnlyList<PointMass> PointMasses { get; init; } = [];

    /// <summary>One value only (or none at all).</summary>
    public bool Constant { get; init; }

    /// <summary>Nearly every value occurs once.</summary>
    public bool NearUnique { get; init; }

    public PersonalData Personal { get; init; }
    public bool Ordered { get; init; }

    /// <summary>Canonical texts of the least and greatest value of a numeric column; null otherwise.</summary>
    public string? Least { get; init; }

    /// <inheritdoc cref="Least"/>
    public string? Greatest { get; init; }
}

/// <param name="Value">Canonical text of the value.</param>
/// <param name="Share">Of the rows that are not missing.</param>
public sealed record PointMass(string Value, double Share);

/// <summary>An exact functional dependency of the rows read: equal <paramref name="Left"/> means equal
/// <paramref name="Right"/>. Missing counts as a value.</summary>
/// <param name="Both">Whether the right determines the left as well.</param>
public sealed record Determination(string Left, string Right, bool Both);

/// <summary>An identifier that stands in several rows: rows of one entity must stay on one side of a split.</summary>
/// <param name="Entities">Distinct identifiers.</param>
/// <param name="RowsPerEntity">Mean.</param>
/// <param name="Named">Whether the column's name says that it identifies something, beside its values.</param>
public sealed record RepeatedIdentifier(string Column, int Entities, double RowsPerEntity, bool Named = true)
{
    /// <summary>Such as "30 values in 90 rows".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Entities:N0} values in {Entities * RowsPerEntity:N0} rows");
}

/// <summary>What was found of the table as a whole.</summary>
public sealed record TableFindings
{
    /// <summary>Of columns that determine each other, each is paired with the first of them (<see cref="Determination.Both"/>),
    /// and only the first stands in the others' pairs; the rest follows.</summary>
    public IReadOnlyList<Determination> Determinations { get; init; } = [];

    public IReadOnlyList<RepeatedIdentifier> RepeatedIdentifiers { get; init; } = [];

    /// <summary>
    /// Sentences on the file as a whole: encoding fallback, header names that were changed, rows dropped by sampling.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public SourceFacts Source { get; init; } = new("", [], 0);
}

/// <summary>How the source was read.</summary>
/// <param name="Format">csv, tsv, json, jsonl, parquet or postgres.</param>
/// <param name="Files">Paths as opened, in order; empty for a query.</param>
/// <param name="Rows">Rows the source holds; more than the table has where it was sampled.</param>
public sealed record SourceFacts(string Format, IReadOnlyList<string> Files, long Rows)
{
    /// <summary>Of delimited text; null otherwise.</summary>
    public string? Delimiter { get; init; }

    /// <summary><c>utf-8</c>, <c>latin-1</c>, … of text formats; null otherwise.</summary>
    public string? Encoding { get; init; }
}
