namespace Simulant.Data;

/// <summary>Named columns of equal length; immutable.</summary>
public sealed class Table
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    public Table(string name, IReadOnlyList<Column> columns)
    {
        Name = name;
        Columns = columns;
        RowCount = columns.Count == 0 ? 0 : columns[0].Count;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Count != RowCount)
                throw new ArgumentException($"column '{columns[i].Name}' has {columns[i].Count} rows, not {RowCount}",
                    nameof(columns));
            if (!_index.TryAdd(columns[i].Name, i))
                throw new ArgumentException($"column '{columns[i].Name}' stands twice", nameof(columns));
        }
        Schema = new TableSchema(name, [.. columns.Select(c => c.Schema)]);
    }

    public string Name { get; }
    public IReadOnlyList<Column> Columns { get; }
    public int RowCount { get; }
    public TableSchema Schema { get; }

    /// <summary>The named column; throws <see cref="ArgumentException"/> where there is none.</summary>
    public Column this[string name] =>
        Find(name) ?? throw new ArgumentException($"table '{Name}' has no column '{name}'", nameof(name));

    /// <summary>The named column, or null.</summary>
    public Column? Find(string name) => _index.TryGetValue(name, out int i) ? Columns[i] : null;

    public Table Take(ReadOnlySpan<int> rows)
    {
        var columns = new Column[Columns.Count];
        for (int i = 0; i < columns.Length; i++) columns[i] = Columns[i].Take(rows);
        return new Table(Name, columns);
    }

    public Table Slice(int start, int count)
    {
        var columns = new Column[Columns.Count];
        for (int i = 0; i < columns.Length; i++) columns[i] = Columns[i].Slice(start, count);
        return new Table(Name, columns);
    }

    /// <summary>The named columns only, in the order given.</summary>
    public Table Select(IEnumerable<string> names) => new(Name, [.. names.Select(n => this[n])]);
}

/// <summary>One table or more; the unit that walks the corridor.</summary>
public sealed record Dataset(IReadOnlyList<Table> Tables)
{
    public static Dataset Of(Table table) => new([table]);

    public Table Single => Tables.Count == 1
        ? Tables[0]
        : throw new InvalidOperationException($"expected one table, found {Tables.Count}");

    public DatasetSchema Schema => new([.. Tables.Select(t => t.Schema)]);
}
