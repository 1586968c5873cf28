using System.Text.Json.Nodes;
using Simulant.Data;

namespace Simulant.Cli;

/// <summary>Rows of a table for people, and for programs.</summary>
internal static class Rows
{
    private const int WidestCell = 32;

    /// <summary>
    /// On a terminal, aligned columns, as many side by side as fit, the others below them in further blocks; redirected, as
    /// tab-separated values.
    /// </summary>
    public static void Print(Table table, Shell shell)
    {
        string[][] cells = [.. table.Columns.Select(column => Cells(column, table.RowCount))];
        if (!shell.OutIsTerminal)
        {
            for (int row = 0; row <= table.RowCount; row++) shell.Out.WriteLine(string.Join('\t', cells.Select(c => c[row])));
            return;
        }
        int[] widths = [.. cells.Select(c => Math.Min(WidestCell, c.Max(text => text.Length)))];
        for (int from = 0; from < cells.Length;)
        {
            int to = from + 1, used = widths[from];
            while (to < cells.Length && used + 2 + widths[to] <= shell.Width) used += 2 + widths[to++];
            if (from > 0) shell.Out.WriteLine();
            for (int row = 0; row <= table.RowCount; row++) shell.Out.WriteLine(Line(table, cells, widths, from, to, row));
            from = to;
        }
    }

    public static JsonObject Describe(Table table)
    {
        var rows = new JsonArray();
        for (int row = 0; row < table.RowCount; row++)
        {
            var item = new JsonObject();
            foreach (var column in table.Columns) item[column.Name] = Value(column, row);
            rows.Add((JsonNode)item);
        }
        return new JsonObject { ["exit"] = ExitCode.Done, ["rows"] = rows };
    }

    private static string Line(Table table, string[][] cells, int[] widths, int from, int to, int row)
    {
        var parts = new string[to - from];
        for (int c = from; c < to; c++)
        {
            string text = cells[c][row].Length <= widths[c] ? cells[c][row] : cells[c][row][..(widths[c] - 1)] + "…";
            parts[c - from] = table.Columns[c].Schema.IsNumericStorage ? text.PadLeft(widths[c]) : text.PadRight(widths[c]);
        }
        return string.Join("  ", parts).TrimEnd();
    }

    private static string[] Cells(Column column, int rows)
    {
        var cells = new string[rows + 1];
        cells[0] = Shell.OneLine(column.Name);
        for (int row = 0; row < rows; row++) cells[row + 1] = Shell.OneLine(ValueText.Format(column, row));
        return cells;
    }

    private static JsonNode? Value(Column column, int row)
    {
        if (column.IsMissing(row)) return null;
        if (column is NumericColumn { Schema.Kind: ColumnKind.Integer or ColumnKind.Decimal } numbers)
            return Json.Number(numbers.Values[row]);
        return column.Schema.Kind == ColumnKind.Boolean ? ((CodedColumn)column)[row] == "true" : ValueText.Format(column, row);
    }
}
