namespace Simulant.Data;

/// <summary>What the values of a column are. Storage follows from it: see <see cref="Column"/>.</summary>
public enum ColumnKind { Integer, Decimal, Boolean, Date, Time, Timestamp, Category, Identifier, Text }

/// <summary>What a column is for.</summary>
public enum ColumnRole { Feature, Target, Protected, Weight, Time, Entity, Id }

/// <summary>Personal data found or declared in a column; such columns are replaced by generated values, never learned.</summary>
public enum PersonalData
{
    None, FullName, FirstName, LastName, Email, Phone, Address, City, PostalCode, CardNumber, BankAccount, NationalNumber,
    IpAddress, UserName, Company,
}

/// <summary>A column's name, kind and rules of writing.</summary>
/// <param name="Name">As in the source; any text, unique in its table.</param>
/// <param name="Kind">What its values are.</param>
public sealed record ColumnSchema(string Name, ColumnKind Kind)
{
    public ColumnRole Role { get; init; } = ColumnRole.Feature;

    /// <summary>Digits after the point for <see cref="ColumnKind.Decimal"/>, 0 to 15; -1 keeps full double precision.</summary>
    public int Decimals { get; init; } = -1;

    /// <summary>Whether a category's levels have an order (their order in <see cref="CodedColumn.Levels"/>).</summary>
    public bool Ordered { get; init; }

    /// <summary>Declared closed range in storage units; null means as observed.</summary>
    public double? Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public double? Maximum { get; init; }

    /// <summary>How a missing value is written in text formats; empty by default.</summary>
    public string MissingText { get; init; } = "";

    public PersonalData Personal { get; init; }

    /// <summary>
    /// How values are written; null means the plain way. Dates and times: a .NET custom format, else ISO 8601. Numbers:
    /// <c>0.0</c>, <c>0.00##</c> with the zeros after the point that are always written. Booleans: <c>True|False</c>.
    /// </summary>
    /// <remarks>Texts of format <see cref="Json"/> are JSON values: JSON lines hold them as such, other formats as text. Those of
    /// <see cref="JsonList"/> are lists of structs in Parquet as well.</remarks>
    public string? Format { get; init; }

    /// <summary>The <see cref="Format"/> of texts that are JSON values.</summary>
    public const string Json = "json";

    private const string ListPrefix = Json + ":";

    /// <summary>The <see cref="Format"/> of texts that are JSON arrays of objects, each with these members and no others, all texts or
    /// null.</summary>
    /// <param name="members">Names without commas, in their order.</param>
    public static string JsonList(params IReadOnlyList<string> members) => ListPrefix + string.Join(',', members);

    /// <summary>Whether the texts are JSON values.</summary>
    public bool IsJson => Kind == ColumnKind.Text && (Format == Json || ListMembers.Count > 0);

    /// <summary>The members that <see cref="JsonList"/> named; none of other formats.</summary>
    public IReadOnlyList<string> ListMembers => Kind == ColumnKind.Text && Format?.StartsWith(ListPrefix, StringComparison.Ordinal) == true
        ? Format[ListPrefix.Length..].Split(',') : [];

    public bool IsNumericStorage =>
        Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp;
}

/// <summary>The columns of one table.</summary>
public sealed record TableSchema(string Name, IReadOnlyList<ColumnSchema> Columns)
{
    /// <summary>Index of the named column, or -1.</summary>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == column) return i;
        return -1;
    }
}

public sealed record DatasetSchema(IReadOnlyList<TableSchema> Tables)
{
    public TableSchema Single => Tables.Count == 1
        ? Tables[0]
        : throw new InvalidOperationException($"expected one table, found {Tables.Count}");
}
