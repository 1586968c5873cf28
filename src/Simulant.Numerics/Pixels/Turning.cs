using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>Pictures mirrored and with rows and columns exchanged; interleaved samples of 1 to 4 bytes a pixel.</summary>
public static class Turning
{
    /// <summary>One row mirrored.</summary>
    public static void Mirror(ReadOnlySpan<byte> row, Span<byte> to, int channels) =>
        Mirror(row, to, channels, Order(channels, 16 / channels));

    /// <summary>A picture's rows mirrored, one by one.</summary>
    public static void Mirror(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels)
    {
        int stride = width * channels;
        var order = Order(channels, 16 / channels);
        for (int y = 0; y < height; y++) Mirror(from.Slice(y * stride, stride), to.Slice(y * stride, stride), channels, order);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mirror(ReadOnlySpan<byte> row, Span<byte> to, int channels, Vector128<byte> order)
    {
        int pixels = row.Length / channels, at = 0, many = 16 / channels, step = many * channels;
        if (to.Length < row.Length) throw new ArgumentOutOfRangeException(nameof(to));
        ref byte source = ref MemoryMarshal.GetReference(row);
        ref byte target = ref MemoryMarshal.GetReference(to);
        // Sixteen bytes are loaded and stored for 15 at three channels: the odd one is overwritten by the next step, the last by the loop.
        nint back = row.Length - step, place = 0;
        for (; place + step + 16 <= row.Length; place += step, back -= step, at += many)
        {
            var pixel = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, back));
            (Ssse3.IsSupported ? Ssse3.Shuffle(pixel, order) : Vector128.ShuffleNative(pixel, order))
                .StoreUnsafe(ref Unsafe.Add(ref target, place));
        }
        Scalar(row, to, channels, at, pixels);
    }

    private static void Scalar(ReadOnlySpan<byte> row, Span<byte> to, int channels, int from, int pixels)
    {
        for (int x = from; x < pixels; x++)
            for (int c = 0; c < channels; c++) to[x * channels + c] = row[(pixels - 1 - x) * channels + c];
    }

    /// <summary>Pixel (x, y) to (y, x), in tiles that stay in the nearest cache.</summary>
    public static void Transpose(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels)
    {
        const int Tile = 32;
        if (channels == 3 && Avx2.IsSupported && width >= 8 && height >= 8)
        {
            Threes(from, to, width, height);
            return;
        }
        for (int y0 = 0; y0 < height; y0 += Tile)
            for (int x0 = 0; x0 < width; x0 += Tile)
                Block(from, to, (width, height, channels), (x0, Math.Min(x0 + Tile, width)), (y0, Math.Min(y0 + Tile, height)));
    }

    // Squares of four by four pixels, each pixel widened to four bytes, exchanged as whole numbers of 32 bits and narrowed again. What is
    // left at the right and lower edges is moved once more with the last square, which then overlaps the one before.
    private static void Threes(ReadOnlySpan<byte> from, Span<byte> to, int width, int height)
    {
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        for (int y0 = 0; y0 < height; y0 += 32)
            for (int x0 = 0; x0 < width; x0 += 4)
                for (int y = y0; y < Math.Min(y0 + 32, height); y += 4)
                    Square(ref source, ref target, (width, height), Math.Min(x0, width - 4), Math.Min(y, height - 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(ref byte source, ref byte target, (int Width, int Height) size, int x, int y)
    {
        var wider = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        var narrower = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        int step = 3 * size.Width, at = y * step + 3 * x, back = 3 * size.Height, place = x * back + 3 * y;
        var a = Ssse3.Shuffle(Twelve(ref Unsafe.Add(ref source, at)), wider).AsUInt32();
        var b = Ssse3.Shuffle(Twelve(ref Unsafe.Add(ref source, at + step)), wider).AsUInt32();
        var c = Ssse3.Shuffle(Twelve(ref Unsafe.Add(ref source, at + 2 * step)), wider).AsUInt32();
        var d = Ssse3.Shuffle(Twelve(ref Unsafe.Add(ref source, at + 3 * step)), wider).AsUInt32();
        var ab = Sse2.UnpackLow(a, b).AsUInt64();
        var cd = Sse2.UnpackLow(c, d).AsUInt64();
        var ab2 = Sse2.UnpackHigh(a, b).AsUInt64();
        var cd2 = Sse2.UnpackHigh(c, d).AsUInt64();
        Put(Ssse3.Shuffle(Sse2.UnpackLow(ab, cd).AsByte(), narrower), ref Unsafe.Add(ref target, place));
        Put(Ssse3.Shuffle(Sse2.UnpackHigh(ab, cd).AsByte(), narrower), ref Unsafe.Add(ref target, place + back));
        Put(Ssse3.Shuffle(Sse2.UnpackLow(ab2, cd2).AsByte(), narrower), ref Unsafe.Add(ref target, place + 2 * back));
        Put(Ssse3.Shuffle(Sse2.UnpackHigh(ab2, cd2).AsByte(), narrower), ref Unsafe.Add(ref target, place + 3 * back));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Twelve(ref byte from) => Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref from),
        Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, 8))).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<byte> twelve, ref byte to)
    {
        Unsafe.WriteUnaligned(ref to, twelve.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 8), twelve.AsUInt32().GetElement(2));
    }

    /// <summary>Half as many rows and columns, each pixel the mean of four, halves up; both sides are even.</summary>
    public static void Halve(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels)
    {
        int stride = width * channels;
        for (int y = 0; y < height / 2; y++)
        {
            var a = from.Slice(2 * y * stride, stride);
            var b = from.Slice((2 * y + 1) * stride, stride);
            var row = to.Slice(y * stride / 2, stride / 2);
            int x = channels == 3 && Avx2.IsSupported ? Threes(a, b, row) : 0;
            for (; x < width / 2; x++)
                for (int c = 0; c < channels; c++)
                {
                    int left = 2 * x * channels + c, right = left + channels;
                    row[x * channels + c] = (byte)(a[left] + a[right] + b[left] + b[right] + 2 >> 2);
                }
        }
    }

    // Eight pixels of each row at a time, four in each half of a vector: samples of one channel of two neighbours side by side, summed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Threes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> to)
    {
        ref byte first = ref MemoryMarshal.GetReference(a);
        ref byte second = ref MemoryMarshal.GetReference(b);
        ref byte target = ref MemoryMarshal.GetReference(to);
        var order = Vector128.Create((byte)0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, 255, 255, 255, 255);
        var pairs = Vector256.Create(order, order);
        var ones = Vector256.Create((sbyte)1);
        var two = Vector256.Create((short)2);
        int x = 0;
        for (; 6 * x + 28 <= a.Length && 3 * x + 14 <= to.Length; x += 4)
        {
            var upper = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(Twelves(ref Unsafe.Add(ref first, 6 * x)), pairs), ones);
            var lower = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(Twelves(ref Unsafe.Add(ref second, 6 * x)), pairs), ones);
            var mean = upper + lower + two >>> 2;
            var bytes = Avx2.PackUnsignedSaturate(mean, mean).AsUInt64();
            // Two bytes too many are stored each time, and overwritten by what follows.
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * x), bytes[0]);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * x + 6), bytes[2]);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twelves(ref byte at) =>
        Vector256.Create(Vector128.LoadUnsafe(ref at), Vector128.LoadUnsafe(ref at, 12));

    private static void Block(ReadOnlySpan<byte> from, Span<byte> to, (int Width, int Height, int Channels) size, (int From, int To) across,
        (int From, int To) down)
    {
        for (int x = across.From; x < across.To; x++)
        {
            int a = (down.From * size.Width + x) * size.Channels, step = size.Width * size.Channels;
            int b = (x * size.Height + down.From) * size.Channels;
            for (int y = down.From; y < down.To; y++, a += step, b += size.Channels)
                if (size.Channels == 3) (to[b], to[b + 1], to[b + 2]) = (from[a], from[a + 1], from[a + 2]);
                else from.Slice(a, size.Channels).CopyTo(to[b..]);
        }
    }

    private static Vector128<byte> Order(int channels, int many)
    {
        Span<byte> order = stackalloc byte[16];
        for (int i = 0; i < 16; i++)
        {
            int pixel = i / channels;
            order[i] = (byte)(pixel < many ? (many - 1 - pixel) * channels + i % channels : 15);
        }
        return Vector128.Create<byte>(order);
    }
}
