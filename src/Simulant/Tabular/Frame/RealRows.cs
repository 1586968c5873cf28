using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>Real rows that are given out as they are: whole columns, and of those that are made up the gaps alone.</summary>
internal sealed class RealRows
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool[]> _gaps = new(StringComparer.Ordinal);

    private RealRows(int count) => Count = count;

    public int Count { get; }

    /// <param name="madeUp">Names of the columns of which gaps alone are kept.</param>
    public static RealRows Of(Table table, IReadOnlySet<string> madeUp)
    {
        var rows = new RealRows(table.RowCount);
        foreach (var column in table.Columns)
        {
            if (madeUp.Contains(column.Name))
                rows._gaps.Add(column.Name, [.. Enumerable.Range(0, table.RowCount).Select(column.IsMissing)]);
            else rows._columns.Add(column.Name, column);
        }
        return rows;
    }

    /// <summary>A stretch of a column; null where it is made up.</summary>
    public Column? Column(string name, int start, int count) => _columns.TryGetValue(name, out var column)
        ? column.Slice(start, count) : null;

    public bool IsMissing(string name, int row) => _gaps[name][row];

    public void Write(BinaryWriter to)
    {
        to.Write(Count);
        to.Write(_columns.Count);
        foreach (var (name, column) in _columns)
        {
            to.Write(name);
            to.Write(column is NumericColumn);
            if (column is NumericColumn numbers)
            {
                foreach (double value in numbers.Values) to.Write(value);
                continue;
            }
            var coded = (CodedColumn)column;
            to.Write(coded.Levels.Count);
            foreach (string level in coded.Levels) to.Write(level);
            foreach (int code in coded.Codes) to.Write7BitEncodedInt(code + 1);
        }
        to.Write(_gaps.Count);
        foreach (var (name, gaps) in _gaps)
        {
            to.Write(name);
            foreach (bool gap in gaps) to.Write(gap);
        }
    }

    /// <summary>Reads back what <see cref="Write"/> wrote, to be given the schema, which stands behind it.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static Func<TableSchema, RealRows> Read(BinaryReader from)
    {
        int count = AtLeast0(from.ReadInt32());
        var rows = new RealRows(count);
        var built = new List<(string Name, Func<ColumnSchema, Column> Of)>();
        for (int left = AtLeast0(from.ReadInt32()); left > 0; left--)
        {
            string name = from.ReadString();
            if (from.ReadBoolean())
            {
                double[] values = Many(count, from.ReadDouble);
                built.Add((name, schema => schema.IsNumericStorage ? new NumericColumn(schema, values) : throw Damaged()));
                continue;
            }
            string[] levels = Many(AtLeast0(from.ReadInt32()), from.ReadString);
            int[] codes = Many(count, () => from.Read7BitEncodedInt() - 1);
            if (codes.Any(c => c < -1 || c >= levels.Length)) throw Damaged();
            built.Add((name, schema => schema.IsNumericStorage ? throw Damaged() : new CodedColumn(schema, codes, levels)));
        }
        for (int left = AtLeast0(from.ReadInt32()); left > 0; left--) rows._gaps.Add(from.ReadString(), Many(count, from.ReadBoolean));
        return schema =>
        {
            foreach (var (name, of) in built)
                rows._columns.Add(name, of(schema.IndexOf(name) is >= 0 and var c ? schema.Columns[c] : throw Damaged()));
            return schema.Columns.All(c => rows._columns.ContainsKey(c.Name) || rows._gaps.ContainsKey(c.Name)) ? rows : throw Damaged();
        };
    }

    /// <summary>As they come: a count that lies ends the stream before it fills the memory.</summary>
    private static T[] Many<T>(int count, Func<T> read)
    {
        var values = new List<T>(Math.Min(count, 1 << 16));
        for (int i = 0; i < count; i++) values.Add(read());
        return [.. values];
    }

    private static int AtLeast0(int count) => count >= 0 ? count : throw Damaged();

    private static InvalidDataException Damaged() => new("the model's bytes are damaged: its real rows do not fit its columns");
}
