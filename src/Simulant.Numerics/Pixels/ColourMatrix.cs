using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>
/// Red, green and blue as sums of red, green and blue: out = M in + shift, rounded to the nearest byte (halves up) and held in 0 to 255.
/// Products are rounded before they are added, in the order of the columns, so that all machines give the same bytes.
/// </summary>
public static class ColourMatrix
{
    private const int Period = 24;

    /// <param name="pixels">Interleaved, three bytes a pixel.</param>
    /// <param name="matrix">Nine weights, row after row: what red, green and blue give to red comes first.</param>
    /// <param name="shift">Three, in steps of a byte.</param>
    public static void Apply(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> matrix, ReadOnlySpan<float> shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, pixels.Length);
        // Sample i is of colour i mod 3: its red lies that many samples before it. Weights repeat after 3 vectors of 8.
        Span<float> weights = stackalloc float[3 * Period], shifts = stackalloc float[Period];
        for (int i = 0; i < Period; i++)
        {
            for (int j = 0; j < 3; j++) weights[j * Period + i] = matrix[i % 3 * 3 + j];
            shifts[i] = shift[i % 3] + 0.5f;
        }
        int at = 0;
        if (Vector256.IsHardwareAccelerated) at = Wide(pixels, to, weights, shifts);
        Scalar(pixels[at..], to[at..], matrix, shift);
    }

    private static void Scalar(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> matrix, ReadOnlySpan<float> shift)
    {
        for (int p = 0; p + 2 < pixels.Length; p += 3)
        {
            float r = pixels[p], g = pixels[p + 1], b = pixels[p + 2];
            for (int c = 0; c < 3; c++)
            {
                float sum = matrix[3 * c] * r;
                sum += matrix[3 * c + 1] * g;
                sum += matrix[3 * c + 2] * b;
                to[p + c] = (byte)Math.Clamp(sum + (shift[c] + 0.5f), 0f, 255f);
            }
        }
    }

    private static int Wide(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> weights, ReadOnlySpan<float> shifts)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels), target = ref MemoryMarshal.GetReference(to);
        int at = 0;
        var reds = Vector128.Create((byte)0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12, 15);
        for (; at + 32 <= pixels.Length; at += Period)
        {
            // Eight pixels: twelve bytes each of two loads spread to one colour per sample.
            var low = Vector128.LoadUnsafe(ref source, (nuint)at);
            var high = Vector128.LoadUnsafe(ref source, (nuint)(at + 12));
            Vector256<float> a = default, b = default, c = default;
            for (int j = 0; j < 3; j++)
            {
                var order = reds + Vector128.Create((byte)j);
                var first = Vector128.ShuffleNative(low, order);
                var second = Vector128.ShuffleNative(high, order);
                a = Sum(j, a, first, weights, 0);
                b = Sum(j, b, Vector128.Create(first.AsUInt32().GetElement(2), second.AsUInt32().GetElement(0), 0u, 0u).AsByte(), weights,
                    8);
                c = Sum(j, c, Vector128.Create(second.AsUInt32().GetElement(1), second.AsUInt32().GetElement(2), 0u, 0u).AsByte(), weights,
                    16);
            }
            Store(a, b, c, shifts, ref Unsafe.Add(ref target, at));
        }
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(int j, Vector256<float> sum, Vector128<byte> samples, ReadOnlySpan<float> weights, int lane)
    {
        var wide = Vector256.WidenLower(Vector256.WidenLower(samples.ToVector256Unsafe()).GetLower().ToVector256Unsafe());
        var product = Vector256.ConvertToSingle(wide.AsInt32()) * Vector256.Create(weights.Slice(j * Period + lane, 8));
        return j == 0 ? product : sum + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> a, Vector256<float> b, Vector256<float> c, ReadOnlySpan<float> shifts, ref byte to)
    {
        PixelLanes.StoreBytes(a + Vector256.Create(shifts), ref to);
        PixelLanes.StoreBytes(b + Vector256.Create(shifts[8..]), ref Unsafe.Add(ref to, 8));
        PixelLanes.StoreBytes(c + Vector256.Create(shifts[16..]), ref Unsafe.Add(ref to, 16));
    }
}
