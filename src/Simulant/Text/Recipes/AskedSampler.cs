using System.Text.Json;
using Simulant.Data;
using Simulant.Text.Records;

namespace Simulant.Text.Recipes;

/// <summary>
/// Records that language models were asked for, with the account of it: all of them are stored, so any can be drawn again where no model
/// is at hand. The law of random access holds for what was recorded, and for nothing beyond it.
/// </summary>
public sealed class AskedSampler : ISampler, IAsked
{
    private readonly Stored _stored;
    private readonly Table _table;
    private readonly byte[] _histories, _attempts;

    /// <param name="name">Of the data set.</param>
    /// <param name="layout">One of <see cref="RecordShape.Names"/> that the roles allow.</param>
    /// <param name="columns">Texts by field, then by record; null where a record lacks the field.</param>
    /// <exception cref="DataException">A record's turns are not what its layout reads.</exception>
    internal AskedSampler(string name, string layout, RecordRoles? roles, IReadOnlyList<string> fields, string?[][] columns, ulong seed,
        AskedModels asked, byte[] histories, byte[] attempts)
    {
        _stored = new Stored(name, layout, roles, [.. fields], columns, seed, asked, histories.Length, attempts.Length);
        (_histories, _attempts) = (histories, attempts);
        var schemas = Fields(fields);
        var shape = new RecordShape(layout, schemas, roles);
        try
        {
            _table = new Table(name, shape.Of([.. columns.Select((texts, c) => CodedColumn.From(schemas[c], texts))]));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataException($"a record's '{roles?.Turns}' is no list of turns with role and content, so it cannot be laid out as "
                + $"{layout}: {Specs.Nearest.Printable(e.Message)}");
        }
        Schema = new DatasetSchema([new TableSchema(name, shape.Columns)]);
    }

    public DatasetSchema Schema { get; }
    public AskedModels Asked => _stored.Asked;
    public long Items => _table.RowCount;

    /// <summary>The seed that candidates were drawn under.</summary>
    public ulong Seed => _stored.Seed;

    public ReadOnlyMemory<byte> Histories => _histories;
    public ReadOnlyMemory<byte> Attempts => _attempts;

    /// <summary>A recipe's fields as columns.</summary>
    public static IReadOnlyList<ColumnSchema> Fields(IReadOnlyList<string> names) =>
        [.. names.Select(n => new ColumnSchema(n, ColumnKind.Text))];

    public Dataset Sample(ItemRange items, RunContext run)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items.Start + items.Count, Items);
        run.Cancel.ThrowIfCancellationRequested();
        return Dataset.Of(_table.Slice((int)items.Start, items.Count));
    }

    public void Save(Stream to)
    {
        to.Write(JsonSerializer.SerializeToUtf8Bytes(_stored, PlainJson.Serializer));
        to.WriteByte((byte)'\n');
        to.Write(_histories);
        to.Write(_attempts);
    }

    /// <summary>Reads back what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static AskedSampler Load(Stream from)
    {
        var bytes = new MemoryStream();
        from.CopyTo(bytes);
        var all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        int end = all.IndexOf((byte)'\n');
        try
        {
            if (end < 0 || JsonSerializer.Deserialize<Stored>(all[..end], PlainJson.Serializer) is not
                { Name: not null, Layout: not null, Fields: not null, Columns: not null, Asked: not null } stored)
                throw new InvalidDataException("it holds no records");
            int rows = stored.Columns.FirstOrDefault()?.Length ?? 0;
            if (stored.Columns.Length != stored.Fields.Length || stored.Fields.Length == 0
                || stored.Columns.Any(c => c is null || c.Length != rows)
                || stored.HistoryBytes < 0 || stored.AttemptBytes < 0
                || (long)end + 1 + stored.HistoryBytes + stored.AttemptBytes != all.Length)
                throw new InvalidDataException("its parts are not as long as it says");
            if (!RecordShape.Names.Contains(stored.Layout) || RecordShape.Lacks(stored.Layout, stored.Roles) is not null)
                throw new InvalidDataException($"it has no layout '{stored.Layout}'");
            var histories = all.Slice(end + 1, stored.HistoryBytes);
            return new AskedSampler(stored.Name, stored.Layout, stored.Roles, stored.Fields, stored.Columns, stored.Seed, stored.Asked,
                histories.ToArray(), all[(end + 1 + stored.HistoryBytes)..].ToArray());
        }
        catch (Exception e) when (e is JsonException or DataException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"its records cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    private sealed record Stored(string Name, string Layout, RecordRoles? Roles, string[] Fields, string?[][] Columns, ulong Seed,
        AskedModels Asked, int HistoryBytes, int AttemptBytes);
}
