namespace Simulant.Data;

/// <summary>A table as its format gives it, before kinds are inferred or bound.</summary>
internal sealed class RawTable
{
    public required string Name { get; init; }
    public required IReadOnlyList<RawColumn> Columns { get; init; }
    public required int RowCount { get; init; }
    public required SourceFacts Source { get; init; }
    public List<string> Notes { get; init; } = [];

    /// <summary>0-based rows of the source where it was sampled; null means all rows.</summary>
    public long[]? SourceRows { get; init; }

    /// <summary>What errors name the source by.</summary>
    public string Label => Source.Files.Count == 0 ? Name : Source.Files.Count == 1 ? Source.Files[0]
        : $"{Source.Files[0]} and {Source.Files.Count - 1} more";

    /// <summary>0-based row of the source that the first row is, where the source is read in blocks.</summary>
    public long FirstRow { get; init; }

    /// <summary>1-based data row (a header does not count) of the source.</summary>
    public long SourceRow(int row) => (SourceRows is null ? FirstRow + row : SourceRows[row]) + 1;
}

internal abstract class RawColumn(string name)
{
    public string Name { get; } = name;
}

/// <summary>Texts as written. </summary>
internal sealed class RawTexts(string name, TextStore store) : RawColumn(name)
{
    public TextStore Store { get; } = store;

    /// <summary>False where the format marks the values as strings, so that digits are no numbers.</summary>
    public bool NumbersAllowed { get; init; } = true;

    /// <summary>The format says these are booleans (texts "true" and "false").</summary>
    public bool Declared { get; init; }
}

/// <summary>Values that the format types; in the storage units of <see cref="Column"/>, NaN missing.</summary>
internal sealed class RawNumbers(string name, ColumnKind kind, double[] values) : RawColumn(name)
{
    public ColumnKind Kind { get; } = kind;
    public double[] Values { get; } = values;

    /// <summary>Declared digits after the point, or -1.</summary>
    public int Decimals { get; init; } = -1;
}

/// <summary>Which rows of a source to keep: every row, or a uniform sample without replacement in file order.</summary>
/// <remarks>Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): row i is kept with probability (wanted left) / (rows
/// left), by the uniform at address i, so the choice depends on seed, rows and size only.</remarks>
internal sealed class RowSampler
{
    private readonly Numerics.Random.RandomStream _stream;
    private readonly long _total;
    private long _row, _left;

    /// <param name="wanted">Null keeps all rows.</param>
    public RowSampler(long total, long? wanted, ulong seed)
    {
        _total = total;
        _left = Math.Min(total, wanted ?? total);
        All = _left == total;
        if (!All) Rows = new long[_left];
        _stream = new Numerics.Random.RandomStream(seed, "read.sample");
    }

    public bool All { get; }

    /// <summary>The rows kept so far; null where all are.</summary>
    public long[]? Rows { get; }

    /// <summary>Whether the next row is kept.</summary>
    public bool Next()
    {
        long row = _row++;
        if (All) return true;
        if (_left == 0 || _stream.Uniform(row, 0) * (_total - row) >= _left) return false;
        Rows![Rows.Length - _left] = row;
        _left--;
        return true;
    }
}
