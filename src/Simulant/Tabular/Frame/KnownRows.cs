using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>What is known of a cell.</summary>
internal enum Cell : byte
{
    /// <summary>Nothing: to be drawn, or left out of a score.</summary>
    Open,

    /// <summary>Its value, which may be missing.</summary>
    Known,

    /// <summary>A value that the training rows never had.</summary>
    Unseen,
}

/// <summary>A table's rows as a joint model sees them.</summary>
/// <param name="Values">[modelled column][row]; NaN is missing where the cell is known.</param>
/// <param name="Cells">[modelled column][row].</param>
/// <param name="Awkward">
/// [row]: whether the row says something that its modelled cells do not hold: of generated columns, or of determined ones that do
/// not follow from a single value. Never where empty cells are open: who fills a table keeps such cells as they are.
/// </param>
/// <param name="Broken">[determined output][row]: whether the cell contradicts what determines it; null where it has no such cell.</param>
internal sealed record KnownRows(double[][] Values, Cell[][] Cells, bool[] Awkward, IReadOnlyDictionary<int, bool[]> Broken)
{
    public int Count => Awkward.Length;
}

/// <summary>Reads a table under a fitted frame: the reverse of <see cref="OutputColumn.Build"/>.</summary>
/// <param name="columns">How many modelled columns there are.</param>
internal sealed class KnownRowsReader(int columns, IReadOnlyList<OutputColumn> outputs, IReadOnlyList<Lookup> lookups)
{
    /// <param name="emptyIsOpen">Whether an empty cell is unknown rather than known to be missing.</param>
    public KnownRows Read(Table table, bool emptyIsOpen)
    {
        int rows = table.RowCount;
        var values = new double[columns][];
        var cells = new Cell[columns][];
        for (int c = 0; c < columns; c++) (values[c], cells[c]) = (new double[rows], new Cell[rows]);
        bool[] awkward = new bool[rows];
        foreach (var output in outputs)
            if (output is ModelledOutput modelled && table.Find(output.Schema.Name) is { } column)
                ReadModelled(modelled, column, emptyIsOpen, values[modelled.Model], cells[modelled.Model]);
        foreach (var group in outputs.OfType<OneHotOutput>().GroupBy(o => o.Model))
            ReadOneHot([.. group], table, values[group.Key], cells[group.Key], awkward);
        var broken = new Dictionary<int, bool[]>();
        for (int o = 0; o < outputs.Count; o++)
            if (outputs[o] is DeterminedOutput determined && table.Find(outputs[o].Schema.Name) is { } column)
                broken.Add(o, ReadDetermined(determined, column, emptyIsOpen, values, cells, awkward));
        foreach (var output in outputs)
            if (output is ConstantOutput or KeyOutput or PersonalOutput or FillerOutput && table.Find(output.Schema.Name) is { } column)
                for (int r = 0; r < rows; r++) awkward[r] |= !(emptyIsOpen && column.IsMissing(r));
        if (emptyIsOpen)
        {
            Array.Clear(awkward);
            foreach (var column in cells)
                for (int r = 0; r < rows; r++)
                    if (column[r] == Cell.Unseen) column[r] = Cell.Open;
        }
        return new KnownRows(values, cells, awkward, broken);
    }

    private static void ReadModelled(ModelledOutput output, Column column, bool emptyIsOpen, double[] values, Cell[] cells)
    {
        int[] codes = column is CodedColumn coded
            ? [.. coded.Levels.Select(level => Array.IndexOf(output.Levels, level))] : [];
        for (int r = 0; r < values.Length; r++)
        {
            if (column.IsMissing(r))
            {
                values[r] = double.NaN;
                cells[r] = emptyIsOpen ? Cell.Open : Cell.Known;
                continue;
            }
            values[r] = column is NumericColumn numbers ? numbers.Values[r] : codes[((CodedColumn)column).Codes[r]];
            cells[r] = column is CodedColumn && values[r] < 0 ? Cell.Unseen : Cell.Known;
        }
    }

    /// <summary>The one indicator that is on says which level; without it nothing is known of the group, or the row is awkward.</summary>
    private static void ReadOneHot(OneHotOutput[] group, Table table, double[] values, Cell[] cells, bool[] awkward)
    {
        var columns = group.Select(o => table.Find(o.Schema.Name)).ToArray();
        if (Array.TrueForAll(columns, c => c is null)) return;
        for (int r = 0; r < values.Length; r++)
        {
            int on = 0, off = 0;
            for (int k = 0; k < group.Length; k++)
            {
                if (columns[k] is not { } column || column.IsMissing(r)) continue;
                bool lit = column is NumericColumn numbers ? numbers.Values[r] == 1
                    : ((CodedColumn)column)[r] == (group[k].Levels.Length > 1 ? group[k].Levels[1] : null);
                if (!lit) off++;
                else
                {
                    on++;
                    values[r] = group[k].Level;
                }
            }
            if (on == 1) cells[r] = Cell.Known;
            else if (on > 1 || off == group.Length) cells[r] = Cell.Unseen;
            else awkward[r] |= off > 0;
        }
    }

    /// <summary>A determined cell gives its determining one where only one value would do.</summary>
    /// <returns>Whether a row's cell contradicts what determines it.</returns>
    private bool[] ReadDetermined(DeterminedOutput output, Column column, bool emptyIsOpen, double[][] values, Cell[][] cells,
        bool[] awkward)
    {
        var lookup = lookups[output.Lookup];
        var right = lookup.Right[output.Column];
        var textOf = Enumerable.Range(0, lookup.Keys.Length).Select(k => Text(right, k)).ToArray();
        // Of each value the one key that gives it; -1 where several do.
        var only = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < textOf.Length; k++) only[textOf[k]] = only.ContainsKey(textOf[k]) ? -1 : k;
        bool[] broken = new bool[awkward.Length];
        int[] found = lookup.Find(values, awkward.Length);
        for (int r = 0; r < broken.Length; r++)
        {
            if (emptyIsOpen && column.IsMissing(r)) continue;
            string text = Text(column, r);
            if (Array.TrueForAll(lookup.Left, c => cells[c][r] == Cell.Known))
                broken[r] = found[r] < 0 || textOf[found[r]] != text;
            else if (lookup.Left is [var left] && cells[left][r] == Cell.Open && only.TryGetValue(text, out int key) && key >= 0)
                (values[left][r], cells[left][r]) = (lookup.Keys[key][0], Cell.Known);
            else awkward[r] = true;
            awkward[r] |= broken[r];
        }
        return broken;
    }

    private static string Text(Column column, int row) => column.IsMissing(row) ? "\0" : ValueText.Format(column, row);
}
