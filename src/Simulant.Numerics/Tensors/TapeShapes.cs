using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Parts, joins and look-ups, each beside its derivative.</summary>
public sealed partial class Tape
{
    /// <summary>The same numbers under another shape.</summary>
    public Tensor Reshape(Tensor x, int rows, int columns) =>
        Record(View(x, rows, columns), [x], (g, _) => Reshape(g, x.Rows, x.Columns));

    /// <summary>Columns from..from+count-1.</summary>
    public Tensor Columns(Tensor x, int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + count, x.Columns);
        var y = New(x.Rows, count);
        for (int r = 0; r < x.Rows; r++) x.Row(r).Slice(from, count).CopyTo(y.Row(r));
        return Record(y, [x], (g, _) => PadColumns(g, from, x.Columns));
    }

    /// <summary>x as columns from.. of a wider tensor, zeros beside it.</summary>
    public Tensor PadColumns(Tensor x, int from, int columns)
    {
        var y = Full(x.Rows, columns, 0);
        for (int r = 0; r < x.Rows; r++) x.Row(r).CopyTo(y.Row(r).Slice(from, x.Columns));
        return Record(y, [x], (g, _) => Columns(g, from, x.Columns));
    }

    /// <summary>Side by side; all have as many rows.</summary>
    public Tensor ConcatColumns(params Tensor[] parts)
    {
        var y = New(parts[0].Rows, parts.Sum(p => p.Columns));
        int[] starts = new int[parts.Length];
        for (int i = 0, start = 0; i < parts.Length; start += parts[i++].Columns)
        {
            var part = parts[i];
            if (part.Rows != y.Rows) throw new ArgumentException($"{part} does not stand beside {parts[0]}");
            starts[i] = start;
            for (int r = 0; r < y.Rows; r++) part.Row(r).CopyTo(y.Row(r)[start..]);
        }
        return Record(y, parts, (g, i) => Columns(g, starts[i], parts[i].Columns));
    }

    /// <summary>Rows from..from+count-1.</summary>
    public Tensor Rows(Tensor x, int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + count, x.Rows);
        var y = Constant(count, x.Columns, x.Values.Slice(from * x.Columns, count * x.Columns));
        return Record(y, [x], (g, _) => PadRows(g, from, x.Rows));
    }

    private Tensor PadRows(Tensor x, int from, int rows)
    {
        var y = Full(rows, x.Columns, 0);
        x.Values.CopyTo(y.Values[(from * x.Columns)..]);
        return Record(y, [x], (g, _) => Rows(g, from, x.Rows));
    }

    /// <summary>One above the other; all have as many columns.</summary>
    public Tensor ConcatRows(params Tensor[] parts)
    {
        var y = New(parts.Sum(p => p.Rows), parts[0].Columns);
        int[] starts = new int[parts.Length];
        for (int i = 0, start = 0; i < parts.Length; start += parts[i++].Rows)
        {
            if (parts[i].Columns != y.Columns) throw new ArgumentException($"{parts[i]} does not stand under {parts[0]}");
            starts[i] = start;
            parts[i].Values.CopyTo(y.Values[(start * y.Columns)..]);
        }
        return Record(y, parts, (g, i) => Rows(g, starts[i], parts[i].Rows));
    }

    /// <summary>Rows of a table by number: an embedding. -1 gives zeros.</summary>
    /// <param name="indices">One a row of the result; not to be changed while the tape lives.</param>
    public Tensor Gather(Tensor table, int[] indices)
    {
        var y = New(indices.Length, table.Columns);
        for (int r = 0; r < indices.Length; r++)
        {
            if (indices[r] == -1) y.Row(r).Clear();
            else if ((uint)indices[r] < (uint)table.Rows) table.Row(indices[r]).CopyTo(y.Row(r));
            else throw new ArgumentOutOfRangeException(nameof(indices), $"row {indices[r]} of a table of {table.Rows}");
        }
        return Record(y, [table], (g, _) => ScatterAdd(g, indices, table.Rows));
    }

    /// <summary>A table of zeros to whose row indices[r] row r of x is added, in the order of rows; -1 is left out.</summary>
    public Tensor ScatterAdd(Tensor x, int[] indices, int rows)
    {
        if (indices.Length != x.Rows) throw new ArgumentException($"{indices.Length} indices for {x}");
        var y = Full(rows, x.Columns, 0);
        for (int r = 0; r < indices.Length; r++)
            if (indices[r] >= 0) Map.Run(new AddOf(), y.Row(indices[r]), x.Row(r), y.Row(indices[r]));
        return Record(y, [x], (g, _) => Gather(g, indices));
    }
}
