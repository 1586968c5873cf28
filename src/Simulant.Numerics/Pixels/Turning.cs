using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>Pictures mirrored and with rows and columns exchanged; interleaved samples of 1 to 4 bytes a pixel.</summary>
public static class Turning
{
    /// <summary>One row mirrored.</summary>
    public static void Mirror(ReadOnlySpan<byte> row, Span<byte> to, int channels)
    {
        int pixels = row.Length / channels, at = 0, many = 16 / channels;
        ref byte source = ref MemoryMarshal.GetReference(row), target = ref MemoryMarshal.GetReference(to);
        if (to.Length < row.Length) throw new ArgumentOutOfRangeException(nameof(to));
        var order = Order(channels, many);
        // Sixteen bytes are loaded and stored for 15 at three channels: the odd one is overwritten by the next step, the last by the loop.
        for (; (at + many) * channels + 16 <= row.Length; at += many)
            Vector128.ShuffleNative(Vector128.LoadUnsafe(ref source, (nuint)(row.Length - (at + many) * channels)), order)
                .StoreUnsafe(ref target, (nuint)(at * channels));
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
        for (int y0 = 0; y0 < height; y0 += Tile)
            for (int x0 = 0; x0 < width; x0 += Tile)
                Block(from, to, (width, height, channels), (x0, Math.Min(x0 + Tile, width)), (y0, Math.Min(y0 + Tile, height)));
    }

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
