using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Arithmetic and sums, each beside its derivative.</summary>
public sealed partial class Tape
{
    public Tensor Add(Tensor x, Tensor y) =>
        Record(Binary(x, y, new AddOf()), [x, y], (g, i) => ReduceTo(g, i == 0 ? x : y));

    public Tensor Subtract(Tensor x, Tensor y) =>
        Record(Binary(x, y, new SubtractOf()), [x, y], (g, i) => i == 0 ? ReduceTo(g, x) : ReduceTo(Scale(g, -1), y));

    /// <summary>Element by element.</summary>
    public Tensor Multiply(Tensor x, Tensor y) =>
        Record(Binary(x, y, new MultiplyOf()), [x, y], (g, i) => i == 0 ? ReduceTo(Multiply(g, y), x) : ReduceTo(Multiply(g, x), y));

    /// <summary>Element by element.</summary>
    public Tensor Divide(Tensor x, Tensor y)
    {
        var z = Binary(x, y, new DivideOf());
        return Record(z, [x, y], (g, i) => i == 0
            ? ReduceTo(Divide(g, y), x)
            : ReduceTo(Scale(Divide(Multiply(g, z), y), -1), y));
    }

    public Tensor Scale(Tensor x, float by) => Affine(x, by, 0);

    public Tensor AddScalar(Tensor x, float number) => Affine(x, 1, number);

    /// <summary>scale x + shift.</summary>
    public Tensor Affine(Tensor x, float scale, float shift) =>
        Record(Unary(x, new AffineOf(scale, shift)), [x], (g, _) => scale == 1 ? g : Affine(g, scale, 0));

    /// <summary>Sum over rows: 1 x columns, each column's terms in the order of rows.</summary>
    public Tensor SumDown(Tensor x)
    {
        var sums = New(1, x.Columns);
        Reduce.Down(x.Values, x.Rows, x.Columns, sums.Values);
        return Record(sums, [x], (g, _) => BroadcastTo(g, x.Rows, x.Columns));
    }

    /// <summary>Sum along each row: rows x 1.</summary>
    public Tensor SumAcross(Tensor x)
    {
        var sums = New(x.Rows, 1);
        var to = sums.Values;
        for (int r = 0; r < x.Rows; r++) to[r] = Reduce.Sum(x.Row(r));
        return Record(sums, [x], (g, _) => BroadcastTo(g, x.Rows, x.Columns));
    }

    /// <summary>Sum of squares along each row: rows x 1.</summary>
    public Tensor SquaresAcross(Tensor x)
    {
        var sums = New(x.Rows, 1);
        var to = sums.Values;
        for (int r = 0; r < x.Rows; r++) to[r] = Reduce.Dot(x.Row(r), x.Row(r));
        return Record(sums, [x], (g, _) => Multiply(x, Scale(g, 2)));
    }

    /// <summary>Sum of everything: 1 x 1.</summary>
    public Tensor Sum(Tensor x)
    {
        var sum = Full(1, 1, Reduce.Sum(x.Values));
        return Record(sum, [x], (g, _) => BroadcastTo(g, x.Rows, x.Columns));
    }

    public Tensor MeanDown(Tensor x) => Scale(SumDown(x), 1f / x.Rows);

    public Tensor MeanAcross(Tensor x) => Scale(SumAcross(x), 1f / x.Columns);

    public Tensor Mean(Tensor x) => Scale(Sum(x), 1f / x.Length);

    /// <summary>Repeats a row, a column or a number.</summary>
    public Tensor BroadcastTo(Tensor x, int rows, int columns)
    {
        if (x.Rows == rows && x.Columns == columns) return x;
        if ((x.Rows != rows && x.Rows != 1) || (x.Columns != columns && x.Columns != 1))
            throw new ArgumentException($"{x} cannot be repeated to {rows} x {columns}");
        var made = New(rows, columns);
        if (x.Length == 1) made.Values.Fill(x.Values[0]);
        else
        {
            for (int r = 0; r < rows; r++)
            {
                var from = x.Row(x.Rows == 1 ? 0 : r);
                if (x.Columns == columns) from.CopyTo(made.Row(r));
                else made.Row(r).Fill(from[0]);
            }
        }
        return Record(made, [x], (g, _) => ReduceTo(g, x));
    }

    /// <summary>Sums over the dimensions along which a tensor of that shape was repeated.</summary>
    private Tensor ReduceTo(Tensor g, Tensor shape)
    {
        if (shape.Rows == g.Rows && shape.Columns == g.Columns) return g;
        if (shape.Length == 1) return Sum(g);
        if (shape.Rows == 1 && g.Rows != 1) g = SumDown(g);
        return shape.Columns == 1 && g.Columns != 1 ? SumAcross(g) : g;
    }
}
