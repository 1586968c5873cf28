using System.Buffers;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>How a product is computed; all give the same bits. <see cref="Fastest"/> is what the processor runs best.</summary>
public enum ProductKernel
{
    Fastest,

    /// <summary>Three loops: the oracle of the others.</summary>
    Naive,

    /// <summary>6 x 16 tiles of 256-bit vectors.</summary>
    Vector256,

    /// <summary>12 x 32 tiles of 512-bit vectors.</summary>
    Vector512,
}

/// <summary>A row-major matrix in memory, read as it is or transposed.</summary>
/// <param name="Data">Its first element.</param>
/// <param name="Stride">Floats between rows as stored.</param>
/// <param name="Transposed">Whether element (i, j) lies at [j * Stride + i].</param>
internal readonly unsafe record struct Operand(nint Data, nint Stride, bool Transposed)
{
    public float* At(nint row, nint column) => (float*)Data + (Transposed ? column * Stride + row : row * Stride + column);
}

/// <summary>
/// C = A B or C += A B in single precision. Each output is one chain of fused multiply-adds in the order of k, whatever the
/// kernel, the blocking, the threads and the number of rows: a row's result is the same bits alone and in any batch.
/// </summary>
/// <remarks>
/// Blocked for caches and packed as in Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS
/// 2008), except that a later block of k takes up the chain where the earlier one left it in C.
/// </remarks>
public static unsafe class MatrixProduct
{
    private const int BlockDepth = 256, BlockRows = 192, BlockColumns = 512;

    // Below this many multiply-adds a piece, waking a thread costs more than it saves.
    private const long PieceWork = 8_000_000;

    /// <summary>C (m x n) = op(A) (m x k) op(B) (k x n), all row-major without gaps.</summary>
    /// <param name="transposeA">Whether A is stored as k x m.</param>
    /// <param name="transposeB">Whether B is stored as n x k.</param>
    /// <param name="accumulate">Whether the sums go on from what C holds.</param>
    public static void Multiply(ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int m, int n, int k, bool accumulate = false, ParallelLoop? loop = null, ProductKernel kernel = ProductKernel.Fastest)
    {
        if (a.Length < (long)m * k || b.Length < (long)k * n || c.Length < (long)m * n || m < 0 || n < 0 || k < 0)
            throw new ArgumentException($"A of {a.Length}, B of {b.Length}, C of {c.Length} numbers are too few for {m} x {k} x {n}");
        fixed (float* pa = a, pb = b, pc = c)
        {
            Multiply(new Operand((nint)pa, transposeA ? m : k, transposeA), new Operand((nint)pb, transposeB ? k : n, transposeB),
                pc, n, m, n, k, accumulate, loop ?? ParallelLoop.Sequential, kernel);
        }
    }

    internal static void Multiply(Operand a, Operand b, float* c, nint stride, int m, int n, int k, bool accumulate,
        ParallelLoop loop, ProductKernel kernel = ProductKernel.Fastest)
    {
        if (m == 0 || n == 0) return;
        if (k == 0)
        {
            if (!accumulate)
                for (int i = 0; i < m; i++) new Span<float>(c + i * stride, n).Clear();
            return;
        }
        if (kernel == ProductKernel.Fastest)
            kernel = Vector512.IsHardwareAccelerated ? ProductKernel.Vector512 : ProductKernel.Vector256;
        if (kernel == ProductKernel.Naive) Naive(a, b, c, stride, m, n, k, accumulate);
        else if (kernel == ProductKernel.Vector512) Split<Kernel512>(a, b, c, stride, m, n, k, accumulate, loop);
        else Split<Kernel256>(a, b, c, stride, m, n, k, accumulate, loop);
    }

    private static void Naive(Operand a, Operand b, float* c, nint stride, int m, int n, int k, bool accumulate)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = accumulate ? c[i * stride + j] : 0;
                for (int p = 0; p < k; p++) sum = MathF.FusedMultiplyAdd(*a.At(i, p), *b.At(p, j), sum);
                c[i * stride + j] = sum;
            }
        }
    }

    /// <summary>Cuts the longer side of C among threads, in whole tiles.</summary>
    private static void Split<TKernel>(Operand a, Operand b, float* c, nint stride, int m, int n, int k, bool accumulate,
        ParallelLoop loop) where TKernel : struct, IGemmKernel
    {
        bool byRows = m >= n;
        int tile = byRows ? TKernel.Rows : TKernel.Columns, length = byRows ? m : n, tiles = (length + tile - 1) / tile;
        int pieces = (int)Math.Min(Math.Min(loop.Threads, tiles), (long)m * n * k / PieceWork);
        if (pieces <= 1)
        {
            Block<TKernel>(a, b, c, stride, m, n, k, accumulate);
            return;
        }
        loop.Run(pieces, piece =>
        {
            int from = (int)((long)tiles * piece / pieces) * tile;
            int to = Math.Min(length, (int)((long)tiles * (piece + 1) / pieces) * tile);
            if (byRows)
                Block<TKernel>(a with { Data = (nint)a.At(from, 0) }, b, c + from * stride, stride, to - from, n, k, accumulate);
            else
                Block<TKernel>(a, b with { Data = (nint)b.At(0, from) }, c + from, stride, m, to - from, k, accumulate);
        });
    }

    private static void Block<TKernel>(Operand a, Operand b, float* c, nint stride, int m, int n, int k, bool accumulate)
        where TKernel : struct, IGemmKernel
    {
        int depth = Math.Min(BlockDepth, k);
        int rows = RoundUp(Math.Min(BlockRows, m), TKernel.Rows), columns = RoundUp(Math.Min(BlockColumns, n), TKernel.Columns);
        float[] workspace = ArrayPool<float>.Shared.Rent(depth * (rows + columns) + 32);
        try
        {
            fixed (float* space = workspace)
            {
                // Aligned to cache lines, so that no vector of a panel straddles two.
                float* packedB = (float*)(((nint)space + 63) & ~63), packedA = packedB + (nint)depth * columns;
                for (int j = 0; j < n; j += columns)
                {
                    int width = Math.Min(columns, n - j);
                    for (int p = 0; p < k; p += depth)
                    {
                        int deep = Math.Min(depth, k - p);
                        Packing.Pack(b.At(p, j), b.Stride, !b.Transposed, width, deep, TKernel.Columns, packedB);
                        for (int i = 0; i < m; i += rows)
                        {
                            int height = Math.Min(rows, m - i);
                            Packing.Pack(a.At(i, p), a.Stride, a.Transposed, height, deep, TKernel.Rows, packedA);
                            Tiles<TKernel>(packedA, packedB, c + i * stride + j, stride, height, width, deep, accumulate || p > 0);
                        }
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(workspace);
        }
    }

    private static void Tiles<TKernel>(float* a, float* b, float* c, nint stride, int m, int n, int k, bool load)
        where TKernel : struct, IGemmKernel
    {
        int high = TKernel.Rows, wide = TKernel.Columns;
        float* spare = stackalloc float[high * wide];
        for (int j = 0; j < n; j += wide)
        {
            for (int i = 0; i < m; i += high)
            {
                float* tile = c + i * stride + j;
                int rows = Math.Min(high, m - i), columns = Math.Min(wide, n - j);
                if (rows == high && columns == wide)
                {
                    if (i + high < m) Prefetch(tile + high * stride, stride, Math.Min(high, m - i - high), wide);
                    TKernel.Run(a + (nint)i * k, b + (nint)j * k, tile, stride, k, load);
                    continue;
                }
                // At the rim the kernel works on a whole tile aside; the panels' zeros fill it up.
                if (load)
                    for (int r = 0; r < rows; r++)
                        new Span<float>(tile + r * stride, columns).CopyTo(new Span<float>(spare + r * wide, columns));
                TKernel.Run(a + (nint)i * k, b + (nint)j * k, spare, wide, k, load);
                for (int r = 0; r < rows; r++)
                    new Span<float>(spare + r * wide, columns).CopyTo(new Span<float>(tile + r * stride, columns));
            }
        }
    }

    /// <summary>The tile below is far away in memory: asked for now, it is there when its turn comes.</summary>
    private static void Prefetch(float* tile, nint stride, int rows, int wide)
    {
        if (!Sse.IsSupported) return;
        for (int r = 0; r < rows; r++, tile += stride)
        {
            for (int c = 0; c < wide; c += 16) Sse.Prefetch0(tile + c);
            Sse.Prefetch0(tile + wide - 1);
        }
    }

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;
}
