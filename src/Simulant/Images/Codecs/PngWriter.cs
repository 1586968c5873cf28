using System.Buffers.Binary;
using System.IO.Compression;

namespace Simulant.Images.Codecs;

/// <summary>
/// Writes PNG at 8 or 16 bits: the filter of each row is the one whose result has the least sum of absolute values (the specification's
/// own advice). Colours under sRGB or in linear light are marked as such. The same picture gives the same bytes.
/// </summary>
public static class PngWriter
{
    /// <param name="level">How hard to pack.</param>
    public static byte[] Write(Raster<byte> image, CompressionLevel level = CompressionLevel.Fastest)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Write(image.Width, image.Height, image.Channels, 8, image.Space, level, (y, row) => image.Row(y).CopyTo(row));
    }

    /// <inheritdoc cref="Write(Raster{byte}, CompressionLevel)"/>
    public static byte[] Write(Raster<ushort> image, CompressionLevel level = CompressionLevel.Fastest)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Write(image.Width, image.Height, image.Channels, 16, image.Space, level, (y, row) =>
        {
            var samples = image.Row(y);
            for (int i = 0; i < samples.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(row[(2 * i)..], samples[i]);
        });
    }

    private delegate void RowSource(int y, Span<byte> row);

    private static byte[] Write(int width, int height, int channels, int depth, ColourSpace space, CompressionLevel level, RowSource source)
    {
        using var file = new MemoryStream();
        file.Write(Png.Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)(channels switch { 1 => Png.Grey, 2 => Png.GreyAlpha, 3 => Png.Rgb, _ => Png.Rgba });
        Png.WriteChunk(file, "IHDR"u8, header);
        if (space == ColourSpace.Srgb) Png.WriteChunk(file, "sRGB"u8, [0]);
        if (space == ColourSpace.Linear) Png.WriteChunk(file, "gAMA"u8, [0, 1, 0x86, 0xA0]);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, level, leaveOpen: true))
            Filtered(deflate, height, width * channels * depth / 8, channels * depth / 8, source);
        Png.WriteChunk(file, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Png.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Filtered(Stream to, int height, int bytes, int step, RowSource source)
    {
        byte[] row = new byte[bytes], above = new byte[bytes], tried = new byte[bytes + 1], best = new byte[bytes + 1];
        for (int y = 0; y < height; y++)
        {
            source(y, row);
            long least = long.MaxValue;
            for (byte filter = 0; filter < 5; filter++)
            {
                tried[0] = filter;
                long sum = Filter(filter, row, above, tried.AsSpan(1), step);
                if (sum >= least) continue;
                least = sum;
                (tried, best) = (best, tried);
            }
            to.Write(best);
            (row, above) = (above, row);
        }
    }

    private static long Filter(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> to, int step)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < step ? 0 : row[i - step], corner = i < step ? 0 : above[i - step];
            to[i] = (byte)(row[i] - filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Png.Paeth(left, above[i], corner),
            });
        }
        long sum = 0;
        foreach (byte b in to[..row.Length]) sum += Math.Abs((int)(sbyte)b);
        return sum;
    }
}
