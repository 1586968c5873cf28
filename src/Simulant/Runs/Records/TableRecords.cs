using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Text.Filters;

namespace Simulant.Runs.Records;

/// <summary>Records that are rows of a table in memory: of CSV, Parquet and JSON, or where the format changes.</summary>
internal sealed class TableRecords : TextRecords
{
    private readonly Table _table;
    private readonly string _format;
    private readonly string _path;

    /// <exception cref="DataException">The file cannot be read as a table, has no rows, or has not the fields.</exception>
    public TableRecords(string path, TextFields? given, string format, bool strict, int threads, CancellationToken cancel)
    {
        // A text that reads NA is a text.
        _table = TableReader.Read(path, new ReadOptions { MissingTexts = [], MaxThreads = threads }, cancel).Table;
        (_path, _format) = (path, format);
        Fields = TextFields.In([.. _table.Columns.Select(c => c.Name)], given, path, strict);
        if (_table.RowCount == 0) throw new DataException("there are no records below the header", path);
    }

    public override TextFields Fields { get; }

    public override IEnumerable<IReadOnlyList<TextItem>> Batches()
    {
        Column text = _table[Fields.Text];
        Column? input = Fields.Input is { } i ? _table[i] : null, output = Fields.Output is { } o ? _table[o] : null;
        for (int from = 0; from < _table.RowCount; from += BatchSize)
        {
            var batch = new TextItem[Math.Min(BatchSize, _table.RowCount - from)];
            for (int r = 0; r < batch.Length; r++)
                batch[r] = new TextItem(Value(text, from + r) ?? "", Value(input, from + r), Value(output, from + r));
            yield return batch;
        }
    }

    public override void Write(Stream to, Func<long, bool> kept)
    {
        int[] rows = [.. Enumerable.Range(0, _table.RowCount).Where(r => kept(r))];
        var table = _table.Take(rows);
        using var writer = ShardWriter.Create(_format, table.Schema, to);
        writer.Append(table);
        writer.Complete();
    }

    public override void WriteChanged(Stream to, bool originals, Func<long, IReadOnlyList<string>> texts)
    {
        var rows = new List<int>();
        var all = new List<string?>();
        for (int row = 0; row < _table.RowCount; row++)
        {
            IReadOnlyList<string?> own = texts(row);
            if (originals) own = [Value(_table[Fields.Text], row), .. own];
            rows.AddRange(Enumerable.Repeat(row, own.Count));
            all.AddRange(own);
        }
        var changed = CodedColumn.From(new ColumnSchema(Fields.Text, ColumnKind.Text), [.. all]);
        var table = new Table(_table.Name, [.. _table.Take([.. rows]).Columns.Select(c => c.Name == Fields.Text ? changed : c)]);
        using var writer = ShardWriter.Create(_format, table.Schema, to);
        writer.Append(table);
        writer.Complete();
    }

    public override IEnumerable<(long Record, long Line, JsonNode Fields)> Chosen(Func<long, bool> chosen)
    {
        for (int row = 0; row < _table.RowCount; row++)
        {
            if (!chosen(row)) continue;
            var fields = new JsonObject();
            foreach (var column in _table.Columns) fields[column.Name] = Value(column, row);
            yield return (row, row + 1, fields);
        }
    }

    private static string? Value(Column? column, int row) => column is null || column.IsMissing(row) ? null : ValueText.Format(column, row);
}
