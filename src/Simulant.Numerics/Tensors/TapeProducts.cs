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
        return Record(z, [x, y], (g, i) => (i, transposeX, transposeY) switch
        {
            (0, false, _) => MatMul(g, y, false, !transposeY),
            (0, true, _) => MatMul(y, g, transposeY, true),
            (_, _, false) => MatMul(x, g, !transposeX, false),
            (_, _, true) => MatMul(g, x, true, transposeX),
        });
    }

    /// <summary>x weight + bias: the chain of each output begins at its bias.</summary>
    /// <param name="x">[batch, in]</param>
    /// <param name="weight">[in, out]</param>
    /// <param name="bias">[1, out]</param>
    public Tensor Linear(Tensor x, Tensor weight, Tensor bias)
    {
        if (x.Columns != weight.Rows || bias.Rows != 1 || bias.Columns != weight.Columns)
            throw new ArgumentException($"{x} by {weight} plus {bias} do not fit");
        var y = New(x.Rows, weight.Columns);
        for (int r = 0; r < y.Rows; r++) bias.Values.CopyTo(y.Row(r));
        MatrixProduct.Multiply(x.Values, false, weight.Values, false, y.Values, x.Rows, weight.Columns, x.Columns, true, _loop);
        return Record(y, [x, weight, bias], (g, i) => i switch
        {
            0 => MatMul(g, weight, false, true),
            1 => MatMul(x, g, true),
            _ => SumDown(g),
        });
    }
}
