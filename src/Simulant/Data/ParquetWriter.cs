namespace Simulant.Data;

/// <summary>
/// Writes Parquet: row groups of 131,072 rows (fewer past 64 columns), one page a column, dictionaries where they pay, no compression, so
/// that the same rows are the same bytes on every machine and version. Every column is optional; texts are UTF-8 strings, integers
/// INT64, decimals DOUBLE, dates, times and timestamps (microseconds, no zone) by their logical types; conversations are lists of
/// structs of strings.
/// </summary>
/// <remarks>Source: Apache Parquet format (parquet.thrift, Encodings.md). Memory holds one row group.</remarks>
internal sealed class ParquetWriter : ShardWriter
{
    private const int MostRows = 1 << 17, LeastRows = 1 << 11, GroupCells = 1 << 23, PlainEncoding = 0, RleEncoding = 3,
        DictionaryEncoding = 8;

    // A row group ends early, after the row that takes its texts past this.
    private const long GroupTextBytes = 32L << 20;

    // By column of the table, the file's columns that hold it.
    private readonly ParquetColumn[][] _columns;
    private readonly ParquetScratch _scratch;
    private readonly int _groupRows;
    private readonly ParquetPage _page = new(), _dictionary = new();
    private readonly ThriftWriter _header = new();
    private readonly List<Group> _groups = [];
    private int _held;
    private long _heldText;
    private bool _begun;

    private sealed record Chunk(ParquetColumn Of, long Start, long DictionaryAt, long DataAt, long Size, long Values, bool Coded);

    private sealed record Group(Chunk[] Chunks, long Rows, long Start, long Size);

    public ParquetWriter(TableSchema schema, Stream to) : base(schema, to)
    {
        if (schema.Columns.Count == 0) throw new ArgumentException("a table without columns cannot be written as Parquet", nameof(schema));
        _groupRows = Math.Clamp(GroupCells / schema.Columns.Count, LeastRows, MostRows);
        _columns = [.. schema.Columns.Select(c => ParquetColumn.Of(c, _groupRows))];
        _scratch = new ParquetScratch(_groupRows);
    }

    protected override void Write(Table rows)
    {
        bool heavy = rows.Columns.Any(c => c is CodedColumn coded && coded.Levels.Any(level => level.Length > ParquetColumn.LongText));
        for (int start = 0; start < rows.RowCount;)
        {
            int count = Math.Min(rows.RowCount - start, _groupRows - _held);
            if (heavy) count = Light(rows, start, count);
            for (int c = 0; c < _columns.Length; c++)
                foreach (var column in _columns[c]) column.Append(rows.Columns[c], start, count);
            _held += count;
            start += count;
            if (_held == _groupRows || _heldText > GroupTextBytes) FlushGroup();
        }
    }

    // How many rows go until the group's texts are full, counted row by row so that batches do not matter.
    private int Light(Table rows, int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int c = 0; c < _columns.Length; c++)
                foreach (var column in _columns[c]) _heldText += column.Weight(rows.Columns[c], start + i);
            if (_heldText > GroupTextBytes) return i + 1;
        }
        return count;
    }

    protected override void Finish()
    {
        if (_held > 0) FlushGroup();
        Begin();
        _header.Clear();
        Footer();
        Emit(_header.Written);
        Span<byte> end = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(end, _header.Written.Length);
        "PAR1"u8.CopyTo(end[4..]);
        Emit(end);
    }

    private void Begin()
    {
        if (_begun) return;
        _begun = true;
        Emit("PAR1"u8);
    }

    private void FlushGroup()
    {
        Begin();
        long start = Bytes;
        Chunk[] chunks = [.. _columns.SelectMany(c => c).Select(FlushColumn)];
        _groups.Add(new Group(chunks, _held, start, Bytes - start));
        _held = 0;
        _heldText = 0;
    }

    private Chunk FlushColumn(ParquetColumn column)
    {
        _page.Clear();
        _dictionary.Clear();
        int entries = column.Entries;
        int distinct = column.Encode(_page, _dictionary, _scratch);
        long start = Bytes, dictionaryAt = -1;
        if (distinct >= 0)
        {
            dictionaryAt = start;
            PageHeader(_dictionary.Length, distinct, dataEncoding: -1);
            Emit(_dictionary.Written);
        }
        long dataAt = Bytes;
        PageHeader(_page.Length, entries, dataEncoding: distinct >= 0 ? DictionaryEncoding : PlainEncoding);
        Emit(_page.Written);
        return new Chunk(column, start, dictionaryAt, dataAt, Bytes - start, entries, distinct >= 0);
    }

    private void PageHeader(int size, int values, int dataEncoding)
    {
        bool dictionary = dataEncoding < 0;
        _header.Clear();
        _header.Int(1, dictionary ? 2 : 0);
        _header.Int(2, size);
        _header.Int(3, size);
        if (dictionary)
        {
            _header.Begin(7);
            _header.Int(1, values);
            _header.Int(2, PlainEncoding);
        }
        else
        {
            _header.Begin(5);
            _header.Int(1, values);
            _header.Int(2, dataEncoding);
            _header.Int(3, RleEncoding);
            _header.Int(4, RleEncoding);
        }
        _header.End();
        _header.Stop();
        Emit(_header.Written);
    }

    private void Footer()
    {
        _header.Int(1, 2);
        // A list is a group of a repeated group of a struct of its members (LogicalTypes.md, "Lists").
        _header.ListHead(2, ThriftWriter.Struct, 1 + _columns.Sum(c => c[0].Path.Count > 1 ? 3 + c.Length : 1));
        _header.Begin();
        _header.Text(4, "schema");
        _header.Int(5, _columns.Length);
        _header.End();
        foreach (var columns in _columns)
        {
            if (columns[0].Path.Count > 1) ListElements(columns);
            foreach (var column in columns) Element(column);
        }
        _header.Long(3, Rows);
        _header.ListHead(4, ThriftWriter.Struct, _groups.Count);
        foreach (var group in _groups) GroupMetadata(group);
        _header.Text(6, "simulant");
        _header.Stop();
    }

    private void Element(ParquetColumn column)
    {
        _header.Begin();
        _header.Int(1, (int)column.Type);
        _header.Int(3, 1);                                                  // optional
        _header.Text(4, column.Path[^1]);
        switch (column.Schema.Kind)
        {
            case ColumnKind.Category or ColumnKind.Identifier or ColumnKind.Text:
                _header.Int(6, 0);                                          // UTF8
                Logical(1, null);
                break;
            case ColumnKind.Date:
                _header.Int(6, 6);
                Logical(6, null);
                break;
            case ColumnKind.Time:
                Logical(7, 2);
                break;
            case ColumnKind.Timestamp:
                Logical(8, 2);
                break;
        }
        _header.End();
    }

    // The list itself is optional, its structs are not.
    private void ListElements(ParquetColumn[] members)
    {
        var path = members[0].Path;
        for (int depth = 0; depth < path.Count - 1; depth++)
        {
            bool list = depth == 0, repeated = depth == 1;
            _header.Begin();
            _header.Int(3, list ? 1 : repeated ? 2 : 0);
            _header.Text(4, path[depth]);
            _header.Int(5, depth == path.Count - 2 ? members.Length : 1);
            if (list)
            {
                _header.Int(6, 3);                                          // LIST
                Logical(3, null);
            }
            _header.End();
        }
    }

    // LogicalType is a union; times carry (adjusted to UTC: no, unit: microseconds).
    private void Logical(int member, int? unit)
    {
        _header.Begin(10);
        _header.Begin(member);
        if (unit is { } wanted)
        {
            _header.Bool(1, false);
            _header.Begin(2);
            _header.Begin(wanted);
            _header.End();
            _header.End();
        }
        _header.End();
        _header.End();
    }

    private void GroupMetadata(Group group)
    {
        _header.Begin();
        _header.ListHead(1, ThriftWriter.Struct, group.Chunks.Length);
        foreach (var chunk in group.Chunks)
        {
            _header.Begin();
            _header.Long(2, chunk.Start);
            _header.Begin(3);
            _header.Int(1, (int)chunk.Of.Type);
            _header.ListHead(2, ThriftWriter.I32, chunk.Coded ? 3 : 2);
            _header.Element(PlainEncoding);
            _header.Element(RleEncoding);
            if (chunk.Coded) _header.Element(DictionaryEncoding);
            _header.ListHead(3, ThriftWriter.Binary, chunk.Of.Path.Count);
            foreach (string name in chunk.Of.Path) _header.Text(name);
            _header.Int(4, 0);                                              // not compressed
            _header.Long(5, chunk.Values);
            _header.Long(6, chunk.Size);
            _header.Long(7, chunk.Size);
            _header.Long(9, chunk.DataAt);
            if (chunk.Coded) _header.Long(11, chunk.DictionaryAt);
            _header.End();
            _header.End();
        }
        _header.Long(2, group.Size);
        _header.Long(3, group.Rows);
        _header.Long(5, group.Start);
        _header.Long(6, group.Size);
        _header.End();
    }
}
