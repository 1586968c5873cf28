using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>
/// Eight pixels of a warped row at once, where all of them have their four neighbours within the picture, or none has any. All sums are
/// whole and exact, so that they are those of <see cref="Warping"/>'s pixels one by one.
/// </summary>
internal readonly struct WarpEights
{
    private readonly Vector256<int> _right, _bottom, _width, _height, _stride, _channels, _last;
    private readonly Vector256<byte> _pairs, _packed, _fill;
    private readonly int _step, _wide;
    private readonly bool _constant;

    /// <param name="length">Of the picture, in bytes.</param>
    public WarpEights(int width, int height, int channels, int length, Border border, ReadOnlySpan<byte> fill)
    {
        (_step, _wide, _constant) = (width * channels, channels, border == Border.Constant);
        (_right, _bottom) = (Vector256.Create(width - 1), Vector256.Create(height - 1));
        (_width, _height) = (Vector256.Create(width), Vector256.Create(height));
        (_stride, _channels) = (Vector256.Create(_step), Vector256.Create(channels));
        // Eight bytes are loaded at two pixels, one above the other: all must lie before the end.
        _last = Vector256.Create(length - 8 - _step);
        if (channels > 4) return;
        Span<byte> pairs = stackalloc byte[16], packed = stackalloc byte[16], fills = stackalloc byte[16];
        packed.Fill(255);
        for (int c = 0; c < 4; c++)
        {
            // Words of two pixels side by side that are of one channel, side by side; what lies beyond the channels does not matter.
            int other = Math.Min(c + channels, 7);
            (pairs[4 * c], pairs[4 * c + 1], pairs[4 * c + 2], pairs[4 * c + 3]) =
                ((byte)(2 * c), (byte)(2 * c + 1), (byte)(2 * other), (byte)(2 * other + 1));
        }
        for (int i = 0; i < 4 * channels; i++)
        {
            packed[i] = (byte)(i / channels * 4 + i % channels);
            if (_constant) fills[i] = fill[i % channels];
        }
        Vector128<byte> order = Vector128.Create<byte>(pairs), tight = Vector128.Create<byte>(packed), four = Vector128.Create<byte>(fills);
        (_pairs, _packed, _fill) = (Vector256.Create(order, order), Vector256.Create(tight, tight), Vector256.Create(four, four));
    }

    /// <summary>Pixels i to i + 7 of a row; false, and nothing done, where they must go one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Try(ReadOnlySpan<byte> from, Span<byte> row, int[] across, int[] down, int i)
    {
        // Each half is stored as sixteen bytes, of which four pixels may fill fewer.
        if (!Avx2.IsSupported || _wide > 4 || i + 8 > across.Length || (i + 4) * _wide + 16 > row.Length) return false;
        Vector256<int> x = Vector256.LoadUnsafe(ref across[i]), y = Vector256.LoadUnsafe(ref down[i]), u = x >> 8, v = y >> 8;
        var place = v * _stride + u * _channels;
        var inside = Vector256.LessThan(u.AsUInt32(), _right.AsUInt32()).AsInt32() & Vector256.LessThan(v.AsUInt32(), _bottom.AsUInt32())
            .AsInt32() & Vector256.LessThanOrEqual(place, _last);
        ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetReference(row), i * _wide);
        Vector256<byte> pixels;
        if (inside.ExtractMostSignificantBits() == 255)
            pixels = Avx2.Shuffle(Inside(ref MemoryMarshal.GetReference(from), place, x, y), _packed);
        else
        {
            var low = Vector256.Create(-1);
            var outside = Vector256.LessThan(u, low) | Vector256.GreaterThanOrEqual(u, _width) | Vector256.LessThan(v, low)
                | Vector256.GreaterThanOrEqual(v, _height);
            if (!_constant || outside.ExtractMostSignificantBits() != 255) return false;
            pixels = _fill;
        }
        pixels.GetLower().StoreUnsafe(ref target);
        pixels.GetUpper().StoreUnsafe(ref target, (nuint)(4 * _wide));
        return true;
    }

    // Four bytes a pixel. Pixels 0 and 4 go together, 1 and 5, and so on, a half of a vector each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Inside(ref byte source, Vector256<int> place, Vector256<int> x, Vector256<int> y)
    {
        var part = Vector256.Create(255);
        // Weights of the left and of the right pixel of each pair; the lower row's weight twice.
        Vector256<int> right = x & part, over = right << 16 | (Vector256.Create(256) - right);
        Vector256<int> below = y & part, under = below << 16 | below;
        var a = Two(ref source, place[0], place[4], Avx2.Shuffle(over, 0x00), Avx2.Shuffle(under, 0x00));
        var b = Two(ref source, place[1], place[5], Avx2.Shuffle(over, 0x55), Avx2.Shuffle(under, 0x55));
        var c = Two(ref source, place[2], place[6], Avx2.Shuffle(over, 0xAA), Avx2.Shuffle(under, 0xAA));
        var d = Two(ref source, place[3], place[7], Avx2.Shuffle(over, 0xFF), Avx2.Shuffle(under, 0xFF));
        return Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d));
    }

    // From row to row first, in words: upper * 256 + (lower - upper) * weight, at most 255 * 256. Then along the row, 32768 less, so that
    // products of signed words hold it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Two(ref byte source, int first, int second, Vector256<int> over, Vector256<int> under)
    {
        const int Bias = 32768 * 256 + 32768;
        ref byte one = ref Unsafe.Add(ref source, first);
        ref byte two = ref Unsafe.Add(ref source, second);
        var upper = Words(ref one, ref two);
        var lower = Words(ref Unsafe.Add(ref one, _step), ref Unsafe.Add(ref two, _step));
        var down = (upper << 8) + (lower - upper) * under.AsInt16();
        var words = Avx2.Shuffle((down ^ Vector256.Create(short.MinValue)).AsByte(), _pairs).AsInt16();
        return Avx2.MultiplyAddAdjacent(words, over.AsInt16()) + Vector256.Create(Bias) >>> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Words(ref byte first, ref byte second) => Avx2.ConvertToVector256Int16(Vector128.Create(
        Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref second)).AsByte());
}
