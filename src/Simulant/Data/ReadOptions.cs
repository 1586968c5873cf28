namespace Simulant.Data;

/// <summary>How a source is to be read; null means as found.</summary>
public sealed record ReadOptions
{
    public static readonly ReadOptions Default = new();

    /// <summary>csv, tsv, json, jsonl or parquet; null means by extension (a trailing <c>.gz</c> is looked through).</summary>
    public string? Format { get; init; }

    /// <summary>One character; null means sniffed among comma, semicolon, tab and bar.</summary>
    public string? Delimiter { get; init; }

    /// <summary><c>utf-8</c>, <c>latin-1</c>, <c>utf-16</c>; null means by byte order mark, else UTF-8, else Latin-1.</summary>
    public string? Encoding { get; init; }

    /// <summary>Texts that stand for a missing value beside the empty field; null means as inferred; empty means none.</summary>
    public IReadOnlyList<string>? MissingTexts { get; init; }

    /// <summary>At most this many rows: a uniform sample without replacement, in file order; null means all.</summary>
    public long? SampleRows { get; init; }

    /// <summary>Seed of that sample; the rows chosen depend on it and on the number of rows only.</summary>
    public ulong SampleSeed { get; init; }

    /// <summary>What a person declared of single columns; overrides inference.</summary>
    public IReadOnlyList<ColumnOverride> Overrides { get; init; } = [];

    /// <summary>At least 1. Results never depend on it.</summary>
    public int MaxThreads { get; init; } = 1;

    /// <summary>Name of the table; null means the file's name without extensions.</summary>
    public string? TableName { get; init; }
}

/// <summary>What was declared of one column; null means as inferred.</summary>
public sealed record ColumnOverride(string Column)
{
    public ColumnKind? Kind { get; init; }
    public ColumnRole? Role { get; init; }

    /// <summary>Declared levels, in order where <see cref="Ordered"/>; a value outside them is an error.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    public bool? Ordered { get; init; }
    public int? Decimals { get; init; }

    /// <summary>A .NET custom format for dates and times.</summary>
    public string? Format { get; init; }

    public PersonalData? Personal { get; init; }
    public double? Minimum { get; init; }
    public double? Maximum { get; init; }
}
