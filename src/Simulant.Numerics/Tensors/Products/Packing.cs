using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>
/// Brings a block of a matrix into the order a kernel reads it: panels of a fixed number of lanes (rows of A, columns of B),
/// [panel][depth][lane], the last panel filled up with zeros. A transposed operand differs only here.
/// </summary>
internal static unsafe class Packing
{
    /// <param name="source">Its first element.</param>
    /// <param name="stride">Floats between rows of the source as it lies in memory.</param>
    /// <param name="lanesAdjacent">Whether lanes lie next to each other (else depth does).</param>
    public static void Pack(float* source, nint stride, bool lanesAdjacent, int lanes, int depth, int width, float* into)
    {
        for (int lane = 0; lane < lanes; lane += width, into += (nint)width * depth)
        {
            int count = Math.Min(width, lanes - lane);
            if (count < width) new Span<float>(into, width * depth).Clear();
            if (lanesAdjacent && width == 6 && lanes - lane >= 8) Copy6(source + lane, stride, depth, into);
            else if (lanesAdjacent) Copy(source + lane, stride, count, depth, width, into);
            else Turn(source + lane * stride, stride, count, depth, width, into);
        }
    }

    /// <summary>Rows of the source lie too far apart for the processor to see that they will be read one after the other.</summary>
    private const int Ahead = 12;

    private static void Copy(float* source, nint stride, int count, int depth, int width, float* into)
    {
        if (count == 32 && width == 32)
        {
            for (int k = 0; k < depth; k++, source += stride, into += 32)
            {
                Vector512.Load(source).Store(into);
                Vector512.Load(source + 16).Store(into + 16);
            }
            return;
        }
        if (count == 16 && width == 16)
        {
            for (int k = 0; k < depth; k++, source += stride, into += 16)
            {
                if (Sse.IsSupported) Sse.Prefetch0(source + Ahead * stride);
                Vector256.Load(source).Store(into);
                Vector256.Load(source + 8).Store(into + 8);
            }
            return;
        }
        for (int k = 0; k < depth; k++, source += stride, into += width)
        {
            int l = 0;
            for (; l + 4 <= count; l += 4) Vector128.Load(source + l).Store(into + l);
            for (; l < count; l++) into[l] = source[l];
        }
    }

    /// <summary>Eight at once, of which the next six overwrite the last two: there has to be a panel after this one.</summary>
    private static void Copy6(float* source, nint stride, int depth, float* into)
    {
        for (int k = 0; k < depth; k++, source += stride, into += 6) Vector256.Load(source).Store(into);
    }

    private static void Turn(float* source, nint stride, int count, int depth, int width, float* into)
    {
        int lane = 0;
        if (Avx.IsSupported && width == 6 && count == 6)
        {
            Turn6(source, stride, depth, into);
            return;
        }
        for (; Avx.IsSupported && lane + 8 <= count; lane += 8) Turn8(source + lane * stride, stride, depth, into + lane, width);
        if (Sse.IsSupported)
        {
            for (; lane + 4 <= count; lane += 4)
            {
                float* row = source + lane * stride;
                int k = 0;
                for (; k + 4 <= depth; k += 4) Turn4(row + k, stride, into + k * (nint)width + lane, width);
                for (; k < depth; k++)
                    for (int l = 0; l < 4; l++) into[k * (nint)width + lane + l] = row[l * stride + k];
            }
            if (lane + 2 <= count)
            {
                Turn2(source + lane * stride, stride, depth, into + lane, width);
                lane += 2;
            }
        }
        for (; lane < count; lane++)
        {
            float* row = source + lane * stride;
            for (int k = 0; k < depth; k++) into[k * (nint)width + lane] = row[k];
        }
    }

    /// <summary>Eight lanes.</summary>
    private static void Turn8(float* source, nint stride, int depth, float* into, nint width)
    {
        float* behind = source + 4 * stride;
        int k = 0;
        for (; k + 4 <= depth; k += 4, into += 4 * width)
        {
            var (a, b, c, d) = Turn4(Pair(source + k, behind + k), Pair(source + stride + k, behind + stride + k),
                Pair(source + 2 * stride + k, behind + 2 * stride + k), Pair(source + 3 * stride + k, behind + 3 * stride + k));
            a.Store(into);
            b.Store(into + width);
            c.Store(into + 2 * width);
            d.Store(into + 3 * width);
        }
        for (; k < depth; k++, into += width)
            for (int l = 0; l < 8; l++) into[l] = source[l * stride + k];
    }

    /// <summary>Six lanes, stored as eight, of which the next six overwrite the last two: there has to be room behind the panel.</summary>
    private static void Turn6(float* source, nint stride, int depth, float* into)
    {
        float* fifth = source + 4 * stride;
        int k = 0;
        for (; k + 4 <= depth; k += 4, into += 24)
        {
            var (a, b, c, d) = Turn4(Pair(source + k, fifth + k), Pair(source + stride + k, fifth + stride + k),
                Vector128.Load(source + 2 * stride + k).ToVector256Unsafe(), Vector128.Load(source + 3 * stride + k).ToVector256Unsafe());
            a.Store(into);
            b.Store(into + 6);
            c.Store(into + 12);
            d.Store(into + 18);
        }
        for (; k < depth; k++, into += 6)
            for (int l = 0; l < 6; l++) into[l] = source[l * stride + k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    /// <summary>In each half of the vectors: four rows of four become four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) Turn4(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<float> ab = Avx.UnpackLow(a, b), cd = Avx.UnpackLow(c, d), AB = Avx.UnpackHigh(a, b), CD = Avx.UnpackHigh(c, d);
        return (Avx.Shuffle(ab, cd, 0x44), Avx.Shuffle(ab, cd, 0xEE), Avx.Shuffle(AB, CD, 0x44), Avx.Shuffle(AB, CD, 0xEE));
    }

    private static void Turn2(float* source, nint stride, int depth, float* into, nint width)
    {
        int k = 0;
        for (; k + 4 <= depth; k += 4, into += 4 * width)
        {
            Vector128<float> a = Vector128.Load(source + k), b = Vector128.Load(source + stride + k);
            Vector128<float> low = Sse.UnpackLow(a, b), high = Sse.UnpackHigh(a, b);
            Sse.StoreLow(into, low);
            Sse.StoreHigh(into + width, low);
            Sse.StoreLow(into + 2 * width, high);
            Sse.StoreHigh(into + 3 * width, high);
        }
        for (; k < depth; k++, into += width) (into[0], into[1]) = (source[k], source[stride + k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn4(float* source, nint stride, float* into, nint width)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + stride);
        Vector128<float> c = Vector128.Load(source + 2 * stride), d = Vector128.Load(source + 3 * stride);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Vector128<float> AB = Sse.UnpackHigh(a, b), CD = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(into);
        Sse.MoveHighToLow(cd, ab).Store(into + width);
        Sse.MoveLowToHigh(AB, CD).Store(into + 2 * width);
        Sse.MoveHighToLow(CD, AB).Store(into + 3 * width);
    }
}
