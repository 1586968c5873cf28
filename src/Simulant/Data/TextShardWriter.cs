using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Simulant.Data;

/// <summary>What the line-by-line formats share: a buffer, and every level's bytes made once.</summary>
internal abstract class TextShardWriter : ShardWriter
{
    private const int BufferSize = 1 << 16;

    private byte[] _buffer = new byte[BufferSize];
    private readonly (IReadOnlyList<string>? Of, byte[][] Cells)[] _levels;
    private int _used;

    protected TextShardWriter(TableSchema schema, Stream to) : base(schema, to) =>
        _levels = new (IReadOnlyList<string>?, byte[][])[schema.Columns.Count];

    /// <summary>The cell of a level that is present.</summary>
    protected abstract byte[] Cell(ColumnSchema schema, string level);

    /// <summary>Starts, separates, ends a row around its cells.</summary>
    protected abstract void Row(Table rows, int row);

    protected override void Write(Table rows)
    {
        for (int c = 0; c < _levels.Length; c++)
        {
            // Samplers hand over the same level list batch after batch.
            if (rows.Columns[c] is CodedColumn coded && !ReferenceEquals(_levels[c].Of, coded.Levels))
                _levels[c] = (coded.Levels, [.. coded.Levels.Select(level => Cell(Schema.Columns[c], level))]);
        }
        for (int row = 0; row < rows.RowCount; row++)
        {
            Row(rows, row);
            if (_used >= BufferSize) Flush();
        }
    }

    protected byte[] CellOf(int column, int code) => _levels[column].Cells[code];

    protected void Put(byte value) => Room(1)[0] = value;

    protected void Put(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    protected void PutNumber(ColumnSchema schema, double value)
    {
        var room = Room(ValueText.Longest);
        _used -= ValueText.Longest;
        _used += ValueText.Write(schema, value, room);
    }

    protected void Flush()
    {
        Emit(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    private Span<byte> Room(int length)
    {
        if (_used + length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + length));
        _used += length;
        return _buffer.AsSpan(_used - length, length);
    }
}

/// <summary>Delimited text in UTF-8: a header line, line feeds, quotes where a field needs them (RFC 4180).</summary>
internal sealed class DelimitedWriter : TextShardWriter
{
    private readonly byte _delimiter;
    private readonly byte[][] _missing;
    private bool _headed;

    public DelimitedWriter(TableSchema schema, Stream to, char delimiter) : base(schema, to)
    {
        _delimiter = (byte)delimiter;
        // In a table of one column an empty line would be no row.
        _missing = [.. schema.Columns.Select(c => c.MissingText.Length == 0 ? schema.Columns.Count == 1 ? "\"\""u8.ToArray() : []
            : Field(c.MissingText))];
    }

    protected override byte[] Cell(ColumnSchema schema, string level) => level.Length == 0 ? "\"\""u8.ToArray()
        : Field(ValueText.Level(schema, level));

    protected override void Write(Table rows)
    {
        Head();
        base.Write(rows);
    }

    protected override void Row(Table rows, int row)
    {
        for (int c = 0; c < rows.Columns.Count; c++)
        {
            if (c > 0) Put(_delimiter);
            if (rows.Columns[c] is NumericColumn numbers)
            {
                double value = numbers.Values[row];
                if (double.IsNaN(value)) Put(_missing[c]);
                else PutNumber(Schema.Columns[c], value);
            }
            else
            {
                int code = ((CodedColumn)rows.Columns[c]).Codes[row];
                Put(code < 0 ? _missing[c] : CellOf(c, code));
            }
        }
        Put((byte)'\n');
    }

    protected override void Finish()
    {
        Head();
        Flush();
    }

    private void Head()
    {
        if (_headed) return;
        _headed = true;
        for (int c = 0; c < Schema.Columns.Count; c++)
        {
            if (c > 0) Put(_delimiter);
            Put(Field(Schema.Columns[c].Name));
        }
        Put((byte)'\n');
    }

    private byte[] Field(string text)
    {
        bool plain = text.AsSpan().IndexOfAny((char)_delimiter, '"', '\n') < 0 && !text.Contains('\r') && !text.StartsWith('\uFEFF');
        return Encoding.UTF8.GetBytes(plain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }
}

/// <summary>One JSON object a line: numbers and booleans bare, dates and texts quoted, missing as null, infinities as texts.</summary>
internal sealed class JsonLinesWriter : TextShardWriter
{
    private readonly byte[][] _keys;
    private readonly bool[] _bare;

    public JsonLinesWriter(TableSchema schema, Stream to) : base(schema, to)
    {
        _keys = [.. schema.Columns.Select((c, i) => Encoding.UTF8.GetBytes(
            $"{(i == 0 ? "{" : ",")}{Encoding.UTF8.GetString(Quoted(c.Name))}:"))];
        _bare = [.. schema.Columns.Select(c => c.Kind is ColumnKind.Integer or ColumnKind.Decimal)];
    }

    protected override byte[] Cell(ColumnSchema schema, string level) =>
        (schema.Kind == ColumnKind.Boolean && level is "true" or "false") || schema.IsJson
            ? Encoding.UTF8.GetBytes(level) : Quoted(level);

    protected override void Row(Table rows, int row)
    {
        for (int c = 0; c < rows.Columns.Count; c++)
        {
            Put(_keys[c]);
            if (rows.Columns[c] is NumericColumn numbers) Number(c, numbers.Values[row]);
            else
            {
                int code = ((CodedColumn)rows.Columns[c]).Codes[row];
                Put(code < 0 ? "null"u8 : CellOf(c, code));
            }
        }
        Put("}\n"u8);
    }

    protected override void Finish() => Flush();

    private void Number(int column, double value)
    {
        if (double.IsNaN(value))
        {
            Put("null"u8);
            return;
        }
        bool quoted = !_bare[column] || double.IsInfinity(value);
        if (quoted) Put((byte)'"');
        PutNumber(Schema.Columns[column], value);
        if (quoted) Put((byte)'"');
    }

    private static byte[] Quoted(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];
}
