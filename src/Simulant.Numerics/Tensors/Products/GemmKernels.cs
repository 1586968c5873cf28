using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>
/// The innermost product: a tile of <see cref="Rows"/> x <see cref="Columns"/> outputs kept in registers while k runs. Every
/// output is one chain of fused multiply-adds in the order of k, so all kernels give the same bits.
/// </summary>
internal unsafe interface IGemmKernel
{
    static abstract int Rows { get; }
    static abstract int Columns { get; }

    /// <param name="a">[depth][Rows], packed.</param>
    /// <param name="b">[depth][Columns], packed.</param>
    /// <param name="c">The tile, rows <paramref name="stride"/> apart.</param>
    /// <param name="load">Whether the chains go on from what c holds; otherwise they begin at zero.</param>
    static abstract void Run(float* a, float* b, float* c, nint stride, int depth, bool load);
}

/// <summary>12 x 32 outputs in 24 of 32 registers of 512 bits.</summary>
internal readonly unsafe struct Kernel512 : IGemmKernel
{
    public static int Rows => 12;
    public static int Columns => 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, float* b, float* c, nint stride, int depth, bool load)
    {
        Vector512<float> c0, d0, c1, d1, c2, d2, c3, d3, c4, d4, c5, d5, c6, d6, c7, d7, c8, d8, c9, d9, cA, dA, cB, dB;
        c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = c9 = cA = cB = Vector512<float>.Zero;
        d0 = d1 = d2 = d3 = d4 = d5 = d6 = d7 = d8 = d9 = dA = dB = Vector512<float>.Zero;
        if (load)
        {
            float* at = c;
            (c0, d0) = (Vector512.Load(at), Vector512.Load(at + 16));
            (c1, d1) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c2, d2) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c3, d3) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c4, d4) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c5, d5) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c6, d6) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c7, d7) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c8, d8) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (c9, d9) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (cA, dA) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
            (cB, dB) = (Vector512.Load(at += stride), Vector512.Load(at + 16));
        }
        for (int k = 0; k < depth; k++, a += 12, b += 32)
        {
            Vector512<float> left = Vector512.Load(b), right = Vector512.Load(b + 16), x;
            x = Vector512.Create(a[0]); c0 = Fma(x, left, c0); d0 = Fma(x, right, d0);
            x = Vector512.Create(a[1]); c1 = Fma(x, left, c1); d1 = Fma(x, right, d1);
            x = Vector512.Create(a[2]); c2 = Fma(x, left, c2); d2 = Fma(x, right, d2);
            x = Vector512.Create(a[3]); c3 = Fma(x, left, c3); d3 = Fma(x, right, d3);
            x = Vector512.Create(a[4]); c4 = Fma(x, left, c4); d4 = Fma(x, right, d4);
            x = Vector512.Create(a[5]); c5 = Fma(x, left, c5); d5 = Fma(x, right, d5);
            x = Vector512.Create(a[6]); c6 = Fma(x, left, c6); d6 = Fma(x, right, d6);
            x = Vector512.Create(a[7]); c7 = Fma(x, left, c7); d7 = Fma(x, right, d7);
            x = Vector512.Create(a[8]); c8 = Fma(x, left, c8); d8 = Fma(x, right, d8);
            x = Vector512.Create(a[9]); c9 = Fma(x, left, c9); d9 = Fma(x, right, d9);
            x = Vector512.Create(a[10]); cA = Fma(x, left, cA); dA = Fma(x, right, dA);
            x = Vector512.Create(a[11]); cB = Fma(x, left, cB); dB = Fma(x, right, dB);
        }
        Store(c, c0, d0);
        Store(c += stride, c1, d1);
        Store(c += stride, c2, d2);
        Store(c += stride, c3, d3);
        Store(c += stride, c4, d4);
        Store(c += stride, c5, d5);
        Store(c += stride, c6, d6);
        Store(c += stride, c7, d7);
        Store(c += stride, c8, d8);
        Store(c += stride, c9, d9);
        Store(c += stride, cA, dA);
        Store(c + stride, cB, dB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> x, Vector512<float> y, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* at, Vector512<float> left, Vector512<float> right)
    {
        left.Store(at);
        right.Store(at + 16);
    }
}

/// <summary>6 x 16 outputs in 12 of 16 registers of 256 bits.</summary>
internal readonly unsafe struct Kernel256 : IGemmKernel
{
    public static int Rows => 6;
    public static int Columns => 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, float* b, float* c, nint stride, int depth, bool load)
    {
        Vector256<float> c0, d0, c1, d1, c2, d2, c3, d3, c4, d4, c5, d5;
        c0 = c1 = c2 = c3 = c4 = c5 = d0 = d1 = d2 = d3 = d4 = d5 = Vector256<float>.Zero;
        if (load)
        {
            float* at = c;
            (c0, d0) = (Vector256.Load(at), Vector256.Load(at + 8));
            (c1, d1) = (Vector256.Load(at += stride), Vector256.Load(at + 8));
            (c2, d2) = (Vector256.Load(at += stride), Vector256.Load(at + 8));
            (c3, d3) = (Vector256.Load(at += stride), Vector256.Load(at + 8));
            (c4, d4) = (Vector256.Load(at += stride), Vector256.Load(at + 8));
            (c5, d5) = (Vector256.Load(at += stride), Vector256.Load(at + 8));
        }
        for (int k = 0; k < depth; k++, a += 6, b += 16)
        {
            Vector256<float> left = Vector256.Load(b), right = Vector256.Load(b + 8), x;
            x = Vector256.Create(a[0]); c0 = Fma(x, left, c0); d0 = Fma(x, right, d0);
            x = Vector256.Create(a[1]); c1 = Fma(x, left, c1); d1 = Fma(x, right, d1);
            x = Vector256.Create(a[2]); c2 = Fma(x, left, c2); d2 = Fma(x, right, d2);
            x = Vector256.Create(a[3]); c3 = Fma(x, left, c3); d3 = Fma(x, right, d3);
            x = Vector256.Create(a[4]); c4 = Fma(x, left, c4); d4 = Fma(x, right, d4);
            x = Vector256.Create(a[5]); c5 = Fma(x, left, c5); d5 = Fma(x, right, d5);
        }
        Store(c, c0, d0);
        Store(c += stride, c1, d1);
        Store(c += stride, c2, d2);
        Store(c += stride, c3, d3);
        Store(c += stride, c4, d4);
        Store(c + stride, c5, d5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fma(Vector256<float> x, Vector256<float> y, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* at, Vector256<float> left, Vector256<float> right)
    {
        left.Store(at);
        right.Store(at + 8);
    }
}
