namespace Simulant.Data;

/// <summary>
/// Writes one data file, row batch by row batch. The same rows give the same bytes, however they are cut into batches. The
/// caller owns the stream, its name, its flush to disk and its rename; a failure of the stream comes out as it is, and what
/// was written then is no file.
/// </summary>
public abstract class ShardWriter : IDisposable
{
    /// <summary>Formats that can be written: csv, tsv, jsonl, parquet.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["csv", "tsv", "jsonl", "parquet"];

    private readonly Stream _to;

    /// <param name="schema">Columns in the order they are written in.</param>
    /// <param name="to">Written forward only; not disposed.</param>
    protected ShardWriter(TableSchema schema, Stream to)
    {
        Schema = schema;
        _to = to;
    }

    public TableSchema Schema { get; }

    /// <summary>Rows appended so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes handed to the stream so far.</summary>
    public long Bytes { get; private set; }

    private bool _completed;

    /// <summary>A writer of the named format; throws <see cref="ArgumentException"/> where it is not one of <see
    /// cref="Formats"/>.</summary>
    public static ShardWriter Create(string format, TableSchema schema, Stream to) => format switch
    {
        "csv" => new DelimitedWriter(schema, to, ','),
        "tsv" => new DelimitedWriter(schema, to, '\t'),
        "jsonl" => new JsonLinesWriter(schema, to),
        "parquet" => new ParquetWriter(schema, to),
        _ => throw new ArgumentException($"unknown output format '{format}'; known: {string.Join(", ", Formats)}", nameof(format)),
    };

    /// <summary>Appends rows. The table's columns are the schema's, in its order, of the same storage.</summary>
    public void Append(Table rows)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (rows.Columns.Count != Schema.Columns.Count)
            throw new ArgumentException($"{rows.Columns.Count} columns, where the schema has {Schema.Columns.Count}", nameof(rows));
        for (int i = 0; i < rows.Columns.Count; i++)
        {
            var (given, wanted) = (rows.Columns[i].Schema, Schema.Columns[i]);
            if (given.Name != wanted.Name || given.IsNumericStorage != wanted.IsNumericStorage)
                throw new ArgumentException($"column {i} is '{given.Name}' ({given.Kind}), not '{wanted.Name}' ({wanted.Kind})",
                    nameof(rows));
        }
        if (rows.RowCount == 0) return;
        Write(rows);
        Rows += rows.RowCount;
    }

    /// <summary>Writes what is still held and the file's end; nothing may be appended after it.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _completed = true;
        Finish();
    }

    protected abstract void Write(Table rows);

    protected abstract void Finish();

    protected void Emit(ReadOnlySpan<byte> bytes)
    {
        _to.Write(bytes);
        Bytes += bytes.Length;
    }

    public void Dispose()
    {
        _completed = true;
        GC.SuppressFinalize(this);
    }
}
