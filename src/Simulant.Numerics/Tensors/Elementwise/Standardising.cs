using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>y = (x - mean) / sqrt(variance + epsilon), and its derivative.</summary>
internal static class Standardising
{
    /// <summary>
    /// One group: columns from..from+width-1 of the rows given. Its sums are those of the rows, added in their order. Returns
    /// 1 / deviation.
    /// </summary>
    public static float Forward(Tensor x, Block group, float epsilon, Tensor y)
    {
        float sum = 0, squares = 0;
        for (int r = 0; r < group.Rows; r++) sum += Reduce.Sum(group.Row(x, r));
        for (int r = 0; r < group.Rows; r++)
        {
            var row = group.Row(y, r);
            Map.Run(new SubtractOf(), group.Row(x, r), sum / group.Length, row);
            squares += Reduce.Dot(row, row);
        }
        float inverse = 1 / MathF.Sqrt(squares / group.Length + epsilon);
        for (int r = 0; r < group.Rows; r++) Map.Run(new MultiplyOf(), group.Row(y, r), inverse, group.Row(y, r));
        return inverse;
    }

    /// <summary>inverse (g - mean of g - y mean of g y).</summary>
    public static void Backward(Tensor g, Tensor y, Block group, float inverse, Tensor into)
    {
        float sum = 0, products = 0;
        for (int r = 0; r < group.Rows; r++)
        {
            sum += Reduce.Sum(group.Row(g, r));
            products += Reduce.Dot(group.Row(g, r), group.Row(y, r));
        }
        var back = new Back(sum / group.Length, products / group.Length, inverse);
        for (int r = 0; r < group.Rows; r++) Map.Run(back, group.Row(g, r), group.Row(y, r), group.Row(into, r));
    }

    /// <summary>Part of a matrix.</summary>
    public readonly record struct Block(int First, int Rows, int From, int Width)
    {
        public int Length => Rows * Width;

        public Span<float> Row(Tensor of, int row) => of.Row(First + row).Slice(From, Width);
    }

    /// <summary>The same down the columns: y and each column's mean, variance and 1 / deviation.</summary>
    public static void ForwardDown(Tensor x, float epsilon, Tensor y, Span<float> mean, Span<float> variance, Span<float> inverse)
    {
        Reduce.Down(x.Values, x.Rows, x.Columns, mean);
        Map.Run(new MultiplyOf(), mean, 1f / x.Rows, mean);
        for (int r = 0; r < x.Rows; r++) Map.Run(new SubtractOf(), x.Row(r), mean, y.Row(r));
        ProductsDown(y.Values, y.Values, x.Rows, x.Columns, variance);
        Map.Run(new MultiplyOf(), variance, 1f / x.Rows, variance);
        Map.Run(new InverseRoot(epsilon), variance, inverse);
        for (int r = 0; r < x.Rows; r++) Map.Run(new MultiplyOf(), y.Row(r), inverse, y.Row(r));
    }

    public static void BackwardDown(Tensor g, Tensor y, ReadOnlySpan<float> inverse, Span<float> mean, Span<float> slope, Tensor into)
    {
        Reduce.Down(g.Values, g.Rows, g.Columns, mean);
        ProductsDown(g.Values, y.Values, g.Rows, g.Columns, slope);
        Map.Run(new MultiplyOf(), mean, 1f / g.Rows, mean);
        Map.Run(new MultiplyOf(), slope, 1f / g.Rows, slope);
        for (int r = 0; r < g.Rows; r++)
        {
            Span<float> from = g.Row(r), shape = y.Row(r), to = into.Row(r);
            int c = 0;
            for (; c + 16 <= to.Length; c += 16)
                new Back(Load(mean, c), Load(slope, c), Load(inverse, c)).Of(Load(from, c), Load(shape, c)).CopyTo(to[c..]);
            if (c < to.Length)
                Map.StorePart(new Back(Map.LoadPart(mean[c..]), Map.LoadPart(slope[c..]), Map.LoadPart(inverse[c..]))
                    .Of(Map.LoadPart(from[c..]), Map.LoadPart(shape[c..])), to[c..]);
        }
    }

    /// <summary>Each column's sum of products: one chain in the order of rows.</summary>
    public static void ProductsDown(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int rows, int columns, Span<float> into)
    {
        into.Clear();
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> a = x.Slice(r * columns, columns), b = y.Slice(r * columns, columns);
            int c = 0;
            for (; c + 16 <= columns; c += 16)
                Vector512.FusedMultiplyAdd(Load(a, c), Load(b, c), Load(into, c)).CopyTo(into[c..]);
            for (; c < columns; c++) into[c] = MathF.FusedMultiplyAdd(a[c], b[c], into[c]);
        }
    }

    private static Vector512<float> Load(ReadOnlySpan<float> from, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)at);

    private readonly struct Back(Vector512<float> mean, Vector512<float> slope, Vector512<float> inverse) : IBinary
    {
        private readonly Vector512<float> _mean = mean, _slope = slope, _inverse = inverse;

        public Back(float mean, float slope, float inverse)
            : this(Vector512.Create(mean), Vector512.Create(slope), Vector512.Create(inverse))
        {
        }

        public Vector512<float> Of(Vector512<float> g, Vector512<float> y) =>
            _inverse * Vector512.FusedMultiplyAdd(-_slope, y, g - _mean);
    }

    private readonly struct InverseRoot(float epsilon) : IUnary
    {
        private readonly Vector512<float> _epsilon = Vector512.Create(epsilon);

        public Vector512<float> Of(Vector512<float> x) => Vector512<float>.One / Vector512.Sqrt(x + _epsilon);
    }
}
