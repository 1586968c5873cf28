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
        int at = Avx2.IsSupported ? Wide(pixels, to, matrix, shift) : 0;
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

    // Eight pixels at a time, a colour a vector. Greys are worked out once.
    private static int Wide(ReadOnlySpan<byte> pixels, Span<byte> to, ReadOnlySpan<float> m, ReadOnlySpan<float> shift)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels), target = ref MemoryMarshal.GetReference(to);
        bool grey = m[..3].SequenceEqual(m[3..6]) && m[..3].SequenceEqual(m[6..9]) && shift[0] == shift[1] && shift[0] == shift[2];
        // Every third byte of twelve, as whole numbers; and back.
        var reds = Vector128.Create((byte)0, 255, 255, 255, 3, 255, 255, 255, 6, 255, 255, 255, 9, 255, 255, 255);
        var ones = Vector128.Create((byte)1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
        Vector256<byte> red = Vector256.Create(reds, reds), one = Vector256.Create(ones, ones), green = red + one, blue = green + one;
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        var packed = Vector256.Create(order, order);
        Row first = new(m, shift[0]), second = new(m[3..], shift[1]), third = new(m[6..], shift[2]);
        int at = 0;
        for (; at + 32 <= pixels.Length; at += Period)
        {
            var bytes = Vector256.Create(Vector128.LoadUnsafe(ref source, (nuint)at), Vector128.LoadUnsafe(ref source, (nuint)(at + 12)));
            var r = Vector256.ConvertToSingle(Avx2.Shuffle(bytes, red).AsInt32());
            var g = Vector256.ConvertToSingle(Avx2.Shuffle(bytes, green).AsInt32());
            var b = Vector256.ConvertToSingle(Avx2.Shuffle(bytes, blue).AsInt32());
            var x = first.Of(r, g, b);
            x |= grey ? x << 8 | x << 16 : second.Of(r, g, b) << 8 | third.Of(r, g, b) << 16;
            var back = Avx2.Shuffle(x.AsByte(), packed);
            // Four bytes too many are stored each time, and overwritten by the next.
            back.GetLower().StoreUnsafe(ref target, (nuint)at);
            back.GetUpper().StoreUnsafe(ref target, (nuint)(at + 12));
        }
        return at;
    }

    private readonly struct Row(ReadOnlySpan<float> weights, float shift)
    {
        private readonly Vector256<float> _r = Vector256.Create(weights[0]), _g = Vector256.Create(weights[1]),
            _b = Vector256.Create(weights[2]), _shift = Vector256.Create(shift + 0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Of(Vector256<float> r, Vector256<float> g, Vector256<float> b) =>
            PixelLanes.Whole(_r * r + _g * g + _b * b + _shift);
    }
}
