using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Kernels;

/// <summary>
/// Products of a small matrix with a block of <see cref="Lanes"/> records, one record a lane: row k of a block holds feature k of
/// every record. What a record gets never depends on the others of its block, nor on how many there are.
/// </summary>
/// <remarks>
/// Every sum runs over k in order, in one accumulator an element, by fused multiply-add; tiles only decide which elements share
/// their loads. The names follow C (m x n) = A (m x k) B (k x n).
/// </remarks>
public static unsafe class LaneProduct
{
    /// <summary>Records of one block: four vectors of 16.</summary>
    public const int Lanes = 64;

    private const int Width = 16;
    private const int TileRows = 6;

    /// <summary>
    /// c[m, lane] = start + sum over k of a[m * strideM + rows[k] * strideK] * b[rows[k], lane]; start is c as it stands where
    /// <paramref name="accumulate"/> holds, else 0.
    /// </summary>
    /// <param name="rows">Which rows of b (and columns of a) take part, in this order.</param>
    public static void Gather(ReadOnlySpan<float> a, int strideM, int strideK, ReadOnlySpan<int> rows, ReadOnlySpan<float> b,
        Span<float> c, int m, bool accumulate)
    {
        if (m == 0) return;
        Check(c.Length, (long)m * Lanes);
        foreach (int k in rows)
        {
            if (k < 0) throw new ArgumentOutOfRangeException(nameof(rows), k, "no such row");
            Check(b.Length, (k + 1L) * Lanes);
            Check(a.Length, (m - 1L) * strideM + (long)k * strideK + 1);
        }
        fixed (float* pa = a, pb = b, pc = c)
        fixed (int* pr = rows)
        {
            int i = 0;
            for (; i + TileRows <= m; i += TileRows)
                Tile6(pa + (long)i * strideM, strideM, strideK, pr, rows.Length, pb, pc + i * Lanes, accumulate);
            for (; i < m; i++)
                Tile1(pa + (long)i * strideM, strideK, pr, rows.Length, pb, pc + i * Lanes, accumulate);
        }
    }

    /// <summary>c[m, n] = sum over the lanes of a[m, lane] * b[lane, n]; n is a multiple of 16.</summary>
    public static void Outer(ReadOnlySpan<float> a, int m, ReadOnlySpan<float> b, int n, Span<float> c)
    {
        if (m == 0 || n == 0) return;
        Check(a.Length, (long)m * Lanes);
        Check(b.Length, (long)Lanes * n);
        Check(c.Length, (long)m * n);
        if (n % Width != 0) throw new ArgumentException("the width must be a multiple of 16", nameof(n));
        fixed (float* pa = a, pb = b, pc = c)
        {
            int j = 0;
            for (; j + 2 * Width <= n; j += 2 * Width)
            {
                int i = 0;
                for (; i + TileRows <= m; i += TileRows) Outer6x2(pa + i * Lanes, pb + j, n, pc + (long)i * n + j);
                for (; i < m; i++) Outer1x2(pa + i * Lanes, pb + j, n, pc + (long)i * n + j);
            }
            if (j < n)
                for (int i = 0; i < m; i++) Outer1x1(pa + i * Lanes, pb + j, n, pc + (long)i * n + j);
        }
    }

    /// <summary>into[lane, k] = from[k, lane], for rows k.</summary>
    public static void Transpose(ReadOnlySpan<float> from, int rows, Span<float> into)
    {
        Check(from.Length, (long)rows * Lanes);
        Check(into.Length, (long)rows * Lanes);
        fixed (float* p = from, q = into)
            for (int k0 = 0; k0 < rows; k0 += Width)
            {
                int k1 = Math.Min(rows, k0 + Width);
                for (int lane = 0; lane < Lanes; lane++)
                    for (int k = k0; k < k1; k++) q[lane * rows + k] = p[k * Lanes + lane];
            }
    }

    private static void Check(long length, long needed)
    {
        if (length < needed) throw new ArgumentException($"a block of {length} numbers, where {needed} are needed");
    }

    private static void Tile6(float* a, int sm, int sk, int* rows, int count, float* b, float* c, bool accumulate)
    {
        Vector512<float> c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23;
        Vector512<float> c30, c31, c32, c33, c40, c41, c42, c43, c50, c51, c52, c53;
        c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = c20 = c21 = c22 = c23 = Vector512<float>.Zero;
        c30 = c31 = c32 = c33 = c40 = c41 = c42 = c43 = c50 = c51 = c52 = c53 = Vector512<float>.Zero;
        if (accumulate)
        {
            Load(c, out c00, out c01, out c02, out c03);
            Load(c + Lanes, out c10, out c11, out c12, out c13);
            Load(c + 2 * Lanes, out c20, out c21, out c22, out c23);
            Load(c + 3 * Lanes, out c30, out c31, out c32, out c33);
            Load(c + 4 * Lanes, out c40, out c41, out c42, out c43);
            Load(c + 5 * Lanes, out c50, out c51, out c52, out c53);
        }
        for (int i = 0; i < count; i++)
        {
            int k = rows[i];
            float* q = b + (long)k * Lanes;
            float* p = a + (long)k * sk;
            var b0 = Vector512.Load(q);
            var b1 = Vector512.Load(q + 16);
            var b2 = Vector512.Load(q + 32);
            var b3 = Vector512.Load(q + 48);
            var x = Vector512.Create(p[0]);
            c00 = Fma(x, b0, c00); c01 = Fma(x, b1, c01); c02 = Fma(x, b2, c02); c03 = Fma(x, b3, c03);
            x = Vector512.Create(p[sm]);
            c10 = Fma(x, b0, c10); c11 = Fma(x, b1, c11); c12 = Fma(x, b2, c12); c13 = Fma(x, b3, c13);
            x = Vector512.Create(p[2L * sm]);
            c20 = Fma(x, b0, c20); c21 = Fma(x, b1, c21); c22 = Fma(x, b2, c22); c23 = Fma(x, b3, c23);
            x = Vector512.Create(p[3L * sm]);
            c30 = Fma(x, b0, c30); c31 = Fma(x, b1, c31); c32 = Fma(x, b2, c32); c33 = Fma(x, b3, c33);
            x = Vector512.Create(p[4L * sm]);
            c40 = Fma(x, b0, c40); c41 = Fma(x, b1, c41); c42 = Fma(x, b2, c42); c43 = Fma(x, b3, c43);
            x = Vector512.Create(p[5L * sm]);
            c50 = Fma(x, b0, c50); c51 = Fma(x, b1, c51); c52 = Fma(x, b2, c52); c53 = Fma(x, b3, c53);
        }
        Store(c, c00, c01, c02, c03);
        Store(c + Lanes, c10, c11, c12, c13);
        Store(c + 2 * Lanes, c20, c21, c22, c23);
        Store(c + 3 * Lanes, c30, c31, c32, c33);
        Store(c + 4 * Lanes, c40, c41, c42, c43);
        Store(c + 5 * Lanes, c50, c51, c52, c53);
    }

    private static void Tile1(float* a, int sk, int* rows, int count, float* b, float* c, bool accumulate)
    {
        Vector512<float> c0, c1, c2, c3;
        c0 = c1 = c2 = c3 = Vector512<float>.Zero;
        if (accumulate) Load(c, out c0, out c1, out c2, out c3);
        for (int i = 0; i < count; i++)
        {
            int k = rows[i];
            float* q = b + (long)k * Lanes;
            var x = Vector512.Create(a[(long)k * sk]);
            c0 = Fma(x, Vector512.Load(q), c0);
            c1 = Fma(x, Vector512.Load(q + 16), c1);
            c2 = Fma(x, Vector512.Load(q + 32), c2);
            c3 = Fma(x, Vector512.Load(q + 48), c3);
        }
        Store(c, c0, c1, c2, c3);
    }

    private static void Outer6x2(float* a, float* b, int n, float* c)
    {
        Vector512<float> c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51;
        c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = c50 = c51 = Vector512<float>.Zero;
        for (int lane = 0; lane < Lanes; lane++)
        {
            var b0 = Vector512.Load(b + (long)lane * n);
            var b1 = Vector512.Load(b + (long)lane * n + Width);
            float* p = a + lane;
            var x = Vector512.Create(p[0]);
            c00 = Fma(x, b0, c00); c01 = Fma(x, b1, c01);
            x = Vector512.Create(p[Lanes]);
            c10 = Fma(x, b0, c10); c11 = Fma(x, b1, c11);
            x = Vector512.Create(p[2 * Lanes]);
            c20 = Fma(x, b0, c20); c21 = Fma(x, b1, c21);
            x = Vector512.Create(p[3 * Lanes]);
            c30 = Fma(x, b0, c30); c31 = Fma(x, b1, c31);
            x = Vector512.Create(p[4 * Lanes]);
            c40 = Fma(x, b0, c40); c41 = Fma(x, b1, c41);
            x = Vector512.Create(p[5 * Lanes]);
            c50 = Fma(x, b0, c50); c51 = Fma(x, b1, c51);
        }
        Store2(c, c00, c01);
        Store2(c + n, c10, c11);
        Store2(c + 2L * n, c20, c21);
        Store2(c + 3L * n, c30, c31);
        Store2(c + 4L * n, c40, c41);
        Store2(c + 5L * n, c50, c51);
    }

    private static void Outer1x2(float* a, float* b, int n, float* c)
    {
        var c0 = Vector512<float>.Zero;
        var c1 = Vector512<float>.Zero;
        for (int lane = 0; lane < Lanes; lane++)
        {
            var x = Vector512.Create(a[lane]);
            c0 = Fma(x, Vector512.Load(b + (long)lane * n), c0);
            c1 = Fma(x, Vector512.Load(b + (long)lane * n + Width), c1);
        }
        Store2(c, c0, c1);
    }

    private static void Outer1x1(float* a, float* b, int n, float* c)
    {
        var c0 = Vector512<float>.Zero;
        for (int lane = 0; lane < Lanes; lane++) c0 = Fma(Vector512.Create(a[lane]), Vector512.Load(b + (long)lane * n), c0);
        c0.Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> x, Vector512<float> y, Vector512<float> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* c, out Vector512<float> a, out Vector512<float> b, out Vector512<float> d, out Vector512<float> e)
    {
        a = Vector512.Load(c);
        b = Vector512.Load(c + 16);
        d = Vector512.Load(c + 32);
        e = Vector512.Load(c + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> a, Vector512<float> b, Vector512<float> d, Vector512<float> e)
    {
        a.Store(c);
        b.Store(c + 16);
        d.Store(c + 32);
        e.Store(c + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2(float* c, Vector512<float> a, Vector512<float> b)
    {
        a.Store(c);
        b.Store(c + Width);
    }
}
