using Simulant.Numerics.Tensors.Products;

namespace Simulant.Numerics.Tensors;

/// <summary>Matrix products, each beside its derivative.</summary>
public sealed partial class Tape
{
    /// <summary>op(x) op(y), op being the transpose where asked.</summary>
    public Tensor MatMul(Tensor x, Tensor y, bool transposeX = false, bool transposeY = false)
    {
        int m = transposeX ? x.Columns : x.Rows, k = transposeX ? x.Rows : x.Columns;
        int n = transposeY ? y.Rows : y.Columns;
        if (k != (transposeY ? y.Columns : y.Rows)) throw new ArgumentException(
            $"{x}{(transposeX ? " transposed" : "")} by {y}{(transposeY ? " transposed" : "")}: the inner dimensions differ");
        var z = New(m, n);
        MatrixProduct.Multiply(x.Values, transposeX, y.Values, transposeY, z.Values, m, n, k, false, _loop);
        return Record(z, [x, y], (g, i) =>
        {
            var (a, turnA, b, turnB) = Factors(g, i);
            return MatMul(a, b, turnA, turnB);
        }, (g, i, into, fresh) =>
        {
            var (a, turnA, b, turnB) = Factors(g, i);
            return AddProduct(a, turnA, b, turnB, into, fresh);
        });

        (Tensor, bool, Tensor, bool) Factors(Tensor g, int i) => (i, transposeX, transposeY) switch
        {
            (0, false, _) => (g, false, y, !transposeY),
            (0, true, _) => (y, transposeY, g, true),
            (_, _, false) => (x, !transposeX, g, false),
            (_, _, true) => (g, true, x, transposeX),
        };
    }

    private bool AddProduct(Tensor a, bool turnA, Tensor b, bool turnB, Span<float> into, bool fresh)
    {
        MatrixProduct.Multiply(a.Values, turnA, b.Values, turnB, into, turnA ? a.Columns : a.Rows, turnB ? b.Rows : b.Columns,
            turnA ? a.Rows : a.Columns, !fresh, _loop);
        return true;
    }

    /// <summary>x weight + bias: the chain of each output begins at its bias.</summary>
    /// <param name="x">[batch, in]</param>
    /// <param name="weight">[in, out]</param>
    /// <param name="bias">[1, out]</param>
    public Tensor Linear(Tensor x, Tensor weight, Tensor bias)
    {
        if (x.Columns != weight.Rows || bias.Rows != 1 || bias.Columns != weight.Columns)
            throw new ArgumentException($"{x} by {weight} plus {bias} do not fit");
        var y = BroadcastValues(bias, x.Rows);
        MatrixProduct.Multiply(x.Values, false, weight.Values, false, y.Values, x.Rows, weight.Columns, x.Columns, true, _loop);
        return Record(y, [x, weight, bias], (g, i) => i switch
        {
            0 => MatMul(g, weight, false, true),
            1 => MatMul(x, g, true),
            _ => SumDown(g),
        }, (g, i, into, fresh) => i == 1 && AddProduct(x, true, g, false, into, fresh));
    }

    /// <summary>
    /// The same bits as of parts set side by side, without the copy, and without derivatives by parts that nobody asks for.
    /// </summary>
    /// <param name="parts">Each [batch, columns], their columns adding up to the rows of the weight.</param>
    public Tensor Linear(IReadOnlyList<Tensor> parts, Tensor weight, Tensor bias)
    {
        int n = weight.Columns, rows = parts[0].Rows;
        if (parts.Sum(p => p.Columns) != weight.Rows || parts.Any(p => p.Rows != rows) || bias.Rows != 1 || bias.Columns != n)
            throw new ArgumentException($"{string.Join(" beside ", parts)} by {weight} plus {bias} do not fit");
        var y = BroadcastValues(bias, rows);
        int[] starts = new int[parts.Count + 1];
        for (int i = 0; i < parts.Count; i++)
        {
            int k = parts[i].Columns;
            starts[i + 1] = starts[i] + k;
            MatrixProduct.Multiply(
                parts[i].Values, false, weight.Values.Slice(starts[i] * n, k * n), false, y.Values, rows, n, k, true, _loop);
        }
        return Record(y, [.. parts, weight, bias], (g, i) => i < parts.Count
            ? MatMul(g, Rows(weight, starts[i], parts[i].Columns), false, true)
            : i == parts.Count ? MatMul(ConcatColumns([.. parts]), g, true) : SumDown(g), (g, i, into, fresh) =>
        {
            if (i != parts.Count) return false;
            for (int p = 0; p < parts.Count; p++)
                AddProduct(parts[p], true, g, false, into.Slice(starts[p] * n, parts[p].Columns * n), fresh);
            return true;
        });
    }

    private Tensor BroadcastValues(Tensor row, int rows)
    {
        var y = New(rows, row.Columns);
        for (int r = 0; r < rows; r++) row.Values.CopyTo(y.Row(r));
        return y;
    }
}
