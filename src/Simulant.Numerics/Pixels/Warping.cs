using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>What a warp finds outside the picture.</summary>
public enum Border
{
    /// <summary>One value everywhere.</summary>
    Constant,

    /// <summary>The picture mirrored about its border pixels.</summary>
    Reflect,

    /// <summary>The nearest border pixel.</summary>
    Nearest,
}

/// <summary>Where each pixel of a warped picture comes from.</summary>
public interface IWarpMap
{
    /// <summary>For the pixels of row y the places in the old picture, in 256ths of a pixel; 0 is the middle of the first one.</summary>
    void Row(int y, Span<int> across, Span<int> down);
}

/// <summary>x' = a x + b y + c, y' = d x + e y + f, pixel middles at whole numbers.</summary>
public readonly record struct AffineMap(double A, double B, double C, double D, double E, double F) : IWarpMap
{
    // Sums in 2^-32 pixels are exact, so neither order nor width of the sums can tell.
    private const double One = 4294967296.0;

    public void Row(int y, Span<int> across, Span<int> down)
    {
        long x = Fixed(B * y + C) + (1 << 23), step = Fixed(A), v = Fixed(E * y + F) + (1 << 23), rise = Fixed(D);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            // Of a place shifted by 24 bits the lower 32 are taken, so that zeros may come in from above.
            var four = Vector256.Create(0L, 1, 2, 3);
            Vector256<long> a = Vector256.Create(x) + four * step, c = Vector256.Create(v) + four * rise;
            for (; i <= across.Length - 8; i += 8, x += 8 * step, v += 8 * rise)
            {
                Vector256.Narrow((a >>> 24).AsUInt64(), (a + Vector256.Create(4 * step) >>> 24).AsUInt64()).AsInt32().CopyTo(across[i..]);
                Vector256.Narrow((c >>> 24).AsUInt64(), (c + Vector256.Create(4 * rise) >>> 24).AsUInt64()).AsInt32().CopyTo(down[i..]);
                a += Vector256.Create(8 * step);
                c += Vector256.Create(8 * rise);
            }
        }
        for (; i < across.Length; i++, x += step, v += rise)
        {
            across[i] = (int)(x >> 24);
            down[i] = (int)(v >> 24);
        }
    }

    private static long Fixed(double value) => (long)Math.Round(Math.Clamp(value, -4e6, 4e6) * One);
}

/// <summary>A map by nine numbers: (x', y') = ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + 1.</summary>
public readonly record struct PerspectiveMap(double A, double B, double C, double D, double E, double F, double G, double H) : IWarpMap
{
    public void Row(int y, Span<int> across, Span<int> down)
    {
        int i = 0;
        var four = Vector256.Create(0.0, 1, 2, 3);
        for (; Avx.IsSupported && i <= across.Length - 4; i += 4, four += Vector256.Create(4.0))
        {
            var scales = Vector256.Create(256.0) / (four * G + Vector256.Create(H * y) + Vector256.Create(1.0));
            WarpPlace.Of((four * A + Vector256.Create(B * y) + Vector256.Create(C)) * scales).CopyTo(across[i..]);
            WarpPlace.Of((four * D + Vector256.Create(E * y) + Vector256.Create(F)) * scales).CopyTo(down[i..]);
        }
        for (; i < across.Length; i++)
        {
            double scale = 256 / (G * i + H * y + 1);
            across[i] = WarpPlace.Of((A * i + B * y + C) * scale);
            down[i] = WarpPlace.Of((D * i + E * y + F) * scale);
        }
    }
}

/// <summary>New pixel (x, y) comes from (x, y) + (across, down) there; a movement for each pixel, row after row.</summary>
public readonly record struct DisplacementMap(int Width, float[] Across, float[] Down) : IWarpMap
{
    public void Row(int y, Span<int> across, Span<int> down)
    {
        ReadOnlySpan<float> x = Across.AsSpan(y * Width, across.Length), v = Down.AsSpan(y * Width, down.Length);
        var columns = Vector128.Create(0f, 1, 2, 3);
        var row = Vector128.Create((float)y);
        int i = 0;
        for (; Avx.IsSupported && i <= across.Length - 4; i += 4, columns += Vector128.Create(4f))
        {
            WarpPlace.Of(Avx.ConvertToVector256Double(columns + Vector128.Create(x[i..])) * 256.0).CopyTo(across[i..]);
            WarpPlace.Of(Avx.ConvertToVector256Double(row + Vector128.Create(v[i..])) * 256.0).CopyTo(down[i..]);
        }
        for (; i < across.Length; i++)
        {
            across[i] = WarpPlace.Of((i + x[i]) * 256.0);
            down[i] = WarpPlace.Of((y + v[i]) * 256.0);
        }
    }
}

internal static class WarpPlace
{
    private const double Far = 1 << 28;

    /// <summary>The same of four numbers, where <see cref="Avx"/> is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Of(Vector256<double> values)
    {
        var far = Vector256.Create(Far);
        var near = Vector256.GreaterThanOrEqual(values, -far) & Vector256.LessThanOrEqual(values, far);
        return Avx.ConvertToVector128Int32WithTruncation(Vector256.ConditionalSelect(near,
            Vector256.Floor(values + Vector256.Create(0.5)), -far));
    }

    /// <summary>The nearest whole number; what is far outside, or no number, stays far outside.</summary>
    public static int Of(double value) => value >= -Far && value <= Far ? (int)Math.Floor(value + 0.5) : -(1 << 28);
}

/// <summary>
/// Pictures drawn anew from other places of themselves. Places are rounded to 256ths of a pixel and weights are whole numbers, so that
/// the bytes are the same on all machines.
/// </summary>
public static class Warping
{
    /// <summary>Bilinear interpolation, rounded to the nearest byte.</summary>
    /// <param name="from">[height * width * channels].</param>
    /// <param name="to">[newHeight * newWidth * channels].</param>
    /// <param name="fill">What stands outside under <see cref="Border.Constant"/>, a byte a channel.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Bilinear<TMap>(ReadOnlySpan<byte> from, int width, int height, int channels, Span<byte> to, int newWidth,
        int newHeight, TMap map, Border border, ReadOnlySpan<byte> fill)
        where TMap : struct, IWarpMap
    {
        int[] across = new int[newWidth], down = new int[newWidth];
        var eights = new WarpEights(width, height, channels, from.Length, border, fill);
        for (int y = 0; y < newHeight; y++)
        {
            map.Row(y, across, down);
            var row = to.Slice(y * newWidth * channels, newWidth * channels);
            for (int i = 0; i < newWidth;)
            {
                if (eights.Try(from, row, across, down, i))
                {
                    i += 8;
                    continue;
                }
                for (int end = Math.Min(i + 8, newWidth); i < end; i++)
                    Pixel(from, width, height, channels, row.Slice(i * channels), across[i], down[i], border, fill);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pixel(ReadOnlySpan<byte> from, int width, int height, int channels, Span<byte> to, int across, int down,
        Border border, ReadOnlySpan<byte> fill)
    {
        // Four bytes are loaded at each of four pixels: all must lie before the end.
        int stride = width * channels, last = from.Length - 4 - channels - stride;
        int x = across >> 8, v = down >> 8, place = v * stride + x * channels;
        if ((uint)x < (uint)(width - 1) && (uint)v < (uint)(height - 1) && place <= last)
        {
            uint pixel = Four(ref Unsafe.Add(ref MemoryMarshal.GetReference(from), place), channels, stride, across & 255, down & 255);
            if (to.Length >= 4) Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(to), pixel);
            else
                for (int c = 0; c < channels; c++) to[c] = (byte)(pixel >> 8 * c);
        }
        else if (border == Border.Constant && (x < -1 || x >= width || v < -1 || v >= height)) fill[..channels].CopyTo(to);
        else Slow(from, width, height, channels, to[..channels], across, down, border, fill);
    }

    /// <summary>The nearest pixel, for masks of classes; outside stands <paramref name="fill"/>.</summary>
    public static void Nearest<TMap>(ReadOnlySpan<byte> from, int width, int height, Span<byte> to, int newWidth, int newHeight, TMap map,
        byte fill)
        where TMap : struct, IWarpMap
    {
        int[] across = new int[newWidth], down = new int[newWidth];
        for (int y = 0; y < newHeight; y++)
        {
            map.Row(y, across, down);
            for (int i = 0; i < newWidth; i++)
            {
                int x = across[i] + 128 >> 8, v = down[i] + 128 >> 8;
                to[y * newWidth + i] = (uint)x < (uint)width && (uint)v < (uint)height ? from[v * width + x] : fill;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Four(ref byte at, int channels, int stride, int over, int under)
    {
        var a = Wide(ref at, 0);
        var b = Wide(ref at, channels);
        var c = Wide(ref at, stride);
        var d = Wide(ref at, stride + channels);
        int right = over * under;
        var sum = a * ((256 - over) * (256 - under)) + b * (over * 256 - right) + c * (under * 256 - right) + d * right;
        var words = Vector128.Narrow(sum + Vector128.Create(32768) >> 16, default).AsUInt16();
        return Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Wide(ref byte at, int offset)
    {
        uint four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, offset));
        return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(four).AsByte())).AsInt32();
    }

    /// <summary>One pixel, border and all; what the fast way must equal.</summary>
    private static void Slow(ReadOnlySpan<byte> from, int width, int height, int channels, Span<byte> to, int across, int down,
        Border border, ReadOnlySpan<byte> fill)
    {
        int x = across >> 8, y = down >> 8, over = across & 255, under = down & 255;
        for (int c = 0; c < channels; c++)
        {
            int a = Sample(from, width, height, channels, x, y, c, border, fill), b = Sample(from, width, height, channels, x + 1, y, c,
                border, fill);
            int d = Sample(from, width, height, channels, x, y + 1, c, border, fill);
            int e = Sample(from, width, height, channels, x + 1, y + 1, c, border, fill);
            to[c] = (byte)((a * (256 - over) + b * over) * (256 - under) + (d * (256 - over) + e * over) * under + 32768 >> 16);
        }
    }

    private static int Sample(ReadOnlySpan<byte> from, int width, int height, int channels, int x, int y, int channel, Border border,
        ReadOnlySpan<byte> fill)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
        {
            if (border == Border.Constant) return fill[channel];
            (x, y) = border == Border.Reflect ? (Filters.Reflect(x, width), Filters.Reflect(y, height))
                : (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
        }
        return from[(y * width + x) * channels + channel];
    }
}
