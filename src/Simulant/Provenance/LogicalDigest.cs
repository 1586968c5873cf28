using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>
/// SHA-256 of what a table says, not of how it is stored: the same rows give the same digest from CSV, JSONL or Parquet, in one
/// chunk or many, and however levels are numbered. Row order, column order, column names and value types count.
/// </summary>
/// <remarks>
/// Each column is hashed on its own stream, so chunking cannot show; the digest is the hash of the columns' hashes. A number is
/// its IEEE 754 double, little endian, with every NaN (missing) as one pattern and -0 as 0, because text formats do not keep that
/// sign. Other values are UTF-8 behind a 32-bit length; the length 0xFFFFFFFF is a missing value, which so differs from an empty
/// text. Categories, identifiers and texts are one type here: which of the three a column is called is a judgement, not content.
/// </remarks>
public sealed class LogicalDigest : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int MaxFlatLevels = 4096;
    private static readonly byte[] Magic = "simulant logical digest 1\n"u8.ToArray();

    private readonly (string Name, string Type)[] _columns;
    private readonly IncrementalHash[] _hashes;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    public LogicalDigest(TableSchema schema)
    {
        _columns = [.. schema.Columns.Select(c => (c.Name, TypeOf(c.Kind)))];
        _hashes = new IncrementalHash[_columns.Length];
        for (int i = 0; i < _hashes.Length; i++) _hashes[i] = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>Rows appended so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The digest of one whole table, 64 lower-case hexadecimal digits.</summary>
    public static string Of(Table table)
    {
        using var digest = new LogicalDigest(table.Schema);
        digest.Append(table);
        return digest.Finish();
    }

    /// <summary>Adds the rows of the next chunk.</summary>
    /// <exception cref="ArgumentException">The chunk's columns are not those of the schema.</exception>
    public void Append(Table chunk)
    {
        if (chunk.Columns.Count != _columns.Length)
            throw new ArgumentException($"chunk has {chunk.Columns.Count} columns, not {_columns.Length}", nameof(chunk));
        for (int i = 0; i < _columns.Length; i++)
        {
            var column = chunk.Columns[i];
            if (column.Name != _columns[i].Name || TypeOf(column.Schema.Kind) != _columns[i].Type)
                throw new ArgumentException($"column {i} of the chunk is '{column.Name}' ({TypeOf(column.Schema.Kind)}), "
                    + $"not '{_columns[i].Name}' ({_columns[i].Type})", nameof(chunk));
        }
        for (int i = 0; i < _columns.Length; i++)
        {
            switch (chunk.Columns[i])
            {
                case NumericColumn numeric: AppendNumbers(_hashes[i], numeric.Values); break;
                case CodedColumn coded: AppendTexts(_hashes[i], coded); break;
                default: throw new ArgumentException($"unknown column storage {chunk.Columns[i].GetType()}", nameof(chunk));
            }
        }
        Rows += chunk.RowCount;
    }

    /// <summary>The digest of everything appended; more may be appended afterwards.</summary>
    public string Finish()
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whole.AppendData(Magic);
        AppendCount(whole, _columns.Length);
        for (int i = 0; i < _columns.Length; i++)
        {
            AppendFramed(whole, _columns[i].Name);
            AppendFramed(whole, _columns[i].Type);
            whole.AppendData(_hashes[i].GetCurrentHash());
        }
        AppendCount(whole, Rows);
        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }

    public void Dispose()
    {
        foreach (var hash in _hashes) hash.Dispose();
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "integer",
        ColumnKind.Decimal => "decimal",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        ColumnKind.Time => "time",
        ColumnKind.Timestamp => "timestamp",
        _ => "text",
    };

    private void AppendNumbers(IncrementalHash hash, ReadOnlySpan<double> values)
    {
        const int perBuffer = BufferBytes / sizeof(double);
        for (int start = 0; start < values.Length; start += perBuffer)
        {
            var part = values.Slice(start, Math.Min(perBuffer, values.Length - start));
            for (int i = 0; i < part.Length; i++)
            {
                // Adding zero turns -0 into 0 and leaves all else; NaN is replaced whole, payload and sign.
                double value = double.IsNaN(part[i]) ? double.NaN : part[i] + 0.0;
                BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(i * sizeof(double)), value);
            }
            hash.AppendData(_buffer, 0, part.Length * sizeof(double));
        }
    }

    private void AppendTexts(IncrementalHash hash, CodedColumn column)
    {
        var levels = column.Levels;
        // Levels that rows share are framed once; of many levels (identifiers) each row frames its own.
        byte[][]? framed = levels.Count <= MaxFlatLevels && levels.Count <= column.Count ? Frame(levels) : null;
        ReadOnlySpan<byte> missing = [0xFF, 0xFF, 0xFF, 0xFF];
        _used = 0;
        foreach (int code in column.Codes)
        {
            if (code < 0) Put(hash, missing);
            else if (framed is not null) Put(hash, framed[code]);
            else PutText(hash, levels[code]);
        }
        Flush(hash);
    }

    private static byte[][] Frame(IReadOnlyList<string> levels)
    {
        var framed = new byte[levels.Count][];
        for (int i = 0; i < framed.Length; i++) framed[i] = Framed(levels[i]);
        return framed;
    }

    private static byte[] Framed(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte[] bytes = new byte[sizeof(uint) + length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(sizeof(uint)));
        return bytes;
    }

    private void Put(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _used) Flush(hash);
        if (bytes.Length > BufferBytes)
        {
            hash.AppendData(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void PutText(IncrementalHash hash, string text)
    {
        int most = sizeof(uint) + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > BufferBytes - _used) Flush(hash);
        if (most > BufferBytes)
        {
            Put(hash, Framed(text));
            return;
        }
        var place = _buffer.AsSpan(_used);
        int length = Encoding.UTF8.GetBytes(text, place[sizeof(uint)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)length);
        _used += sizeof(uint) + length;
    }

    private void Flush(IncrementalHash hash)
    {
        if (_used > 0) hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }

    private static void AppendFramed(IncrementalHash hash, string text) => hash.AppendData(Framed(text));

    private static void AppendCount(IncrementalHash hash, long count)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        hash.AppendData(bytes);
    }
}
