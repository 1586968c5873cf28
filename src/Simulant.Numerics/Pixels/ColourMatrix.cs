using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        int at = Avx2.IsSupported && Small(matrix) && Small(shift) ? Wide(pixels, to, matrix, shift) : 0;
        Scalar(pixels[at..], to[at..], matrix, shift);
    }

    // Sums of these stay far within what whole numbers of 32 bits hold.
    private static bool Small(ReadOnlySpan<float> numbers)
    {
        foreach (float number in numbers)
            if (!(MathF.Abs(number) < 1e6f)) return false;
        return true;
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

    // Eight pixels at a time, a colour a vector. Greys are worked out once. Weights stand in locals, which the compiler keeps in registers.
    private static int Wide(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> m, ReadOnlySpan<float> shift)
    {
        bool grey = m[..3].SequenceEqual(m[3..6]) && m[..3].SequenceEqual(m[6..9]) && shift[0] == shift[1] && shift[0] == shift[2];
        return grey ? Grey(pixels, to, m, shift[0]) : Colours(pixels, to, m, shift);
    }

    // Compiled by itself: within a caller the inliner's budget would end before these loops' own calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Grey(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> m, float shift)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(to);
        Vector256<float> r = Vector256.Create(m[0]), g = Vector256.Create(m[1]), b = Vector256.Create(m[2]),
            half = Vector256.Create(shift + 0.5f);
        // Each of four numbers three times.
        var order = Vector128.Create((byte)0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 255, 255, 255, 255);
        var thrice = Vector256.Create(order, order);
        Vector256<byte> red = Every(0), green = Every(1), blue = Every(2);
        int at = 0;
        for (; at + 32 <= pixels.Length; at += Period)
        {
            var bytes = Twelves(ref Unsafe.Add(ref source, at));
            var sum = r * Colour(bytes, red) + g * Colour(bytes, green) + b * Colour(bytes, blue) + half;
            var words = Avx2.PackSignedSaturate(Vector256.ConvertToInt32Native(sum), Vector256<int>.Zero);
            Put(Avx2.Shuffle(Avx2.PackUnsignedSaturate(words, words), thrice), ref Unsafe.Add(ref target, at));
        }
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Colours(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> m, ReadOnlySpan<float> shift)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(to);
        // Four reds, greens and blues as four pixels.
        var order = Vector128.Create((byte)0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, 255, 255, 255, 255);
        var packed = Vector256.Create(order, order);
        Vector256<byte> red = Every(0), green = Every(1), blue = Every(2);
        Vector256<float> rr = Vector256.Create(m[0]), rg = Vector256.Create(m[1]), rb = Vector256.Create(m[2]);
        Vector256<float> gr = Vector256.Create(m[3]), gg = Vector256.Create(m[4]), gb = Vector256.Create(m[5]);
        Vector256<float> br = Vector256.Create(m[6]), bg = Vector256.Create(m[7]), bb = Vector256.Create(m[8]);
        Vector256<float> first = Vector256.Create(shift[0] + 0.5f), second = Vector256.Create(shift[1] + 0.5f),
            third = Vector256.Create(shift[2] + 0.5f);
        int at = 0;
        for (; at + 32 <= pixels.Length; at += Period)
        {
            var bytes = Twelves(ref Unsafe.Add(ref source, at));
            Vector256<float> r = Colour(bytes, red), g = Colour(bytes, green), b = Colour(bytes, blue);
            // Whole parts; packing holds them in 0 to 255.
            var x = Vector256.ConvertToInt32Native(rr * r + rg * g + rb * b + first);
            var y = Vector256.ConvertToInt32Native(gr * r + gg * g + gb * b + second);
            var z = Vector256.ConvertToInt32Native(br * r + bg * g + bb * b + third);
            var made = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(x, y), Avx2.PackSignedSaturate(z, z));
            Put(Avx2.Shuffle(made, packed), ref Unsafe.Add(ref target, at));
        }
        return at;
    }

    // Which bytes of twelve make one colour's four whole numbers.
    private static Vector256<byte> Every(int colour)
    {
        var reds = Vector128.Create((byte)0, 255, 255, 255, 3, 255, 255, 255, 6, 255, 255, 255, 9, 255, 255, 255);
        var ones = Vector128.Create(1u).AsByte() * (byte)colour;
        return Vector256.Create(reds + ones, reds + ones);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twelves(ref byte at) =>
        Vector256.Create(Vector128.LoadUnsafe(ref at), Vector128.LoadUnsafe(ref at, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Colour(Vector256<byte> bytes, Vector256<byte> which) =>
        Vector256.ConvertToSingle(Avx2.Shuffle(bytes, which).AsInt32());

    // Four bytes too many are stored each time, and overwritten by the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<byte> twelves, ref byte to)
    {
        twelves.GetLower().StoreUnsafe(ref to);
        twelves.GetUpper().StoreUnsafe(ref to, 12);
    }
}
