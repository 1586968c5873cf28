using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>
/// The cosine transform of 8 x 8 blocks and its inverse (ITU-T T.81, A.3.3), orthonormal. Every sum is taken in the order of its terms,
/// products rounded before they are added, so that results are the same bits on every machine.
/// </summary>
public static class BlockTransform
{
    private static readonly float[] Weights = MakeBasis();
    private static readonly float[] Transposed = [.. Enumerable.Range(0, 64).Select(i => Weights[i % 8 * 8 + i / 8])];

    /// <summary>Entry 8 u + x: the weight of sample x in coefficient u.</summary>
    public static ReadOnlySpan<float> Basis => Weights;

    /// <summary>Coefficients from samples, in place; row after row of 8, 64 numbers.</summary>
    public static void Forward(Span<float> block) => Both(block, Weights, Transposed);

    /// <summary>Samples from coefficients, in place.</summary>
    public static void Inverse(Span<float> block) => Both(block, Transposed, Weights);

    // left * block * right, each product row by row: a row of the result is a sum of rows, weights held in all lanes.
    private static void Both(Span<float> block, float[] left, float[] right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(block.Length, 64);
        Span<float> half = stackalloc float[64];
        Product(left, block, half);
        Product(half, right, block);
    }

    private static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> to)
    {
        var b0 = Vector256.Create(b);
        var b1 = Vector256.Create(b[8..]);
        var b2 = Vector256.Create(b[16..]);
        var b3 = Vector256.Create(b[24..]);
        var b4 = Vector256.Create(b[32..]);
        var b5 = Vector256.Create(b[40..]);
        var b6 = Vector256.Create(b[48..]);
        var b7 = Vector256.Create(b[56..]);
        for (int i = 0; i < 64; i += 8)
        {
            var sum = Vector256.Create(a[i]) * b0;
            sum += Vector256.Create(a[i + 1]) * b1;
            sum += Vector256.Create(a[i + 2]) * b2;
            sum += Vector256.Create(a[i + 3]) * b3;
            sum += Vector256.Create(a[i + 4]) * b4;
            sum += Vector256.Create(a[i + 5]) * b5;
            sum += Vector256.Create(a[i + 6]) * b6;
            sum += Vector256.Create(a[i + 7]) * b7;
            sum.CopyTo(to[i..]);
        }
    }

    private static float[] MakeBasis()
    {
        float[] basis = new float[64];
        for (int u = 0; u < 8; u++)
            for (int x = 0; x < 8; x++)
                basis[8 * u + x] = (float)((u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * x + 1) * u * Math.PI / 16));
        return basis;
    }
}
