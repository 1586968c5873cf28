using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>y = (x - mean) / sqrt(variance + epsilon), and its derivative.</summary>
internal static class Standardising
{
    /// <summary>One group of numbers in place of a row; returns 1 / deviation.</summary>
    public static float Forward(ReadOnlySpan<float> x, float epsilon, Span<float> y)
    {
        Map.Run(new SubtractOf(), x, Reduce.Sum(x) / x.Length, y);
        float inverse = 1 / MathF.Sqrt(Reduce.Dot(y, y) / y.Length + epsilon);
        Map.Run(new MultiplyOf(), y, inverse, y);
        return inverse;
    }

    /// <summary>inverse (g - mean of g - y mean of g y).</summary>
    public static void Backward(ReadOnlySpan<float> g, ReadOnlySpan<float> y, float inverse, Span<float> into)
    {
        float mean = Reduce.Sum(g) / g.Length, slope = Reduce.Dot(g, y) / g.Length;
        Map.Run(new Back(mean, slope, inverse), g, y, into);
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
