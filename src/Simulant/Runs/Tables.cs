using Simulant.Data;

namespace Simulant.Runs;

/// <summary>Tables put together, and levels put in order.</summary>
internal static class Tables
{
    /// <summary>
    /// The rows of all parts, in order, under the first part's schemas. Levels are joined in order of appearance.
    /// </summary>
    public static Table Concat(IReadOnlyList<Table> parts)
    {
        if (parts.Count == 1) return parts[0];
        var first = parts[0];
        var columns = new Column[first.Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            var schema = first.Columns[c].Schema;
            var pieces = parts.Select(p => p.Columns[c]).ToList();
            columns[c] = schema.IsNumericStorage
                ? new NumericColumn(schema, Join(pieces.ConvertAll(p => ((NumericColumn)p).Values.ToArray())))
                : Coded(schema, pieces.ConvertAll(p => (CodedColumn)p));
        }
        return new Table(first.Name, columns);
    }

    /// <summary>
    /// Drops the levels that no row has, so that a part of a table does not tell what the other part holds. Their order stays.
    /// </summary>
    public static Table DropUnusedLevels(Table table) => new(table.Name, [.. table.Columns.Select(DropUnusedLevels)]);

    private static Column DropUnusedLevels(Column column)
    {
        if (column is not CodedColumn coded) return column;
        var used = new bool[coded.Levels.Count];
        foreach (int code in coded.Codes)
            if (code >= 0) used[code] = true;
        if (!used.Contains(false)) return coded;
        var place = new int[used.Length];
        var levels = new List<string>();
        for (int level = 0; level < used.Length; level++)
        {
            place[level] = levels.Count;
            if (used[level]) levels.Add(coded.Levels[level]);
        }
        var codes = new int[coded.Count];
        for (int row = 0; row < codes.Length; row++) codes[row] = coded.Codes[row] < 0 ? -1 : place[coded.Codes[row]];
        return new CodedColumn(coded.Schema, codes, [.. levels]);
    }

    private static CodedColumn Coded(ColumnSchema schema, List<CodedColumn> pieces)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var levels = new List<string>();
        var codes = new List<int[]>();
        foreach (var piece in pieces)
        {
            var place = new int[piece.Levels.Count];
            for (int level = 0; level < place.Length; level++)
            {
                if (!index.TryGetValue(piece.Levels[level], out place[level]))
                {
                    index.Add(piece.Levels[level], place[level] = levels.Count);
                    levels.Add(piece.Levels[level]);
                }
            }
            var moved = new int[piece.Count];
            for (int row = 0; row < moved.Length; row++) moved[row] = piece.Codes[row] < 0 ? -1 : place[piece.Codes[row]];
            codes.Add(moved);
        }
        return new CodedColumn(schema, Join(codes), [.. levels]);
    }

    private static T[] Join<T>(List<T[]> parts)
    {
        var joined = new T[parts.Sum(p => p.Length)];
        int at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }
        return joined;
    }
}
