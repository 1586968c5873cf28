using System.Numerics;
using Simulant.Numerics.Pixels;

namespace Simulant.Images.Codecs.Jpeg;

/// <summary>
/// Writes baseline JPEG with the tables of ITU-T T.81, annex K: grey of one channel, YCbCr of three. The same picture gives the same bytes.
/// </summary>
public sealed class JpegWriter : IDisposable
{
    private static readonly (int[] Codes, byte[] Lengths)[] Codes =
        [.. Enumerable.Range(0, 4).Select(i => HuffmanTable.Codes(JpegTables.CodeCounts[i], JpegTables.CodeValues[i]))];

    private readonly MemoryStream _file = new();
    private ulong _held;
    private int _count;

    private JpegWriter()
    {
    }

    public void Dispose() => _file.Dispose();

    /// <param name="quality">1 to 100: annex K's tables times 50 / quality below 50, times 2 - quality / 50 from there (the rule of the
    /// Independent JPEG Group).</param>
    /// <param name="halved">Chrominance at half the size both ways (4:2:0), else at full (4:4:4).</param>
    public static byte[] Write(Raster<byte> image, int quality = 95, bool halved = true)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels is 2 or 4) throw new ArgumentException("JPEG has no alpha; give 1 or 3 channels", nameof(image));
        if (quality is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(quality), "1 to 100");
        if (image.Width > 65_535 || image.Height > 65_535) throw new ArgumentException("JPEG has at most 65,535 pixels a side",
            nameof(image));
        using var writer = new JpegWriter();
        int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        byte[][] steps = [Scaled(JpegTables.Luminance, scale), Scaled(JpegTables.Chrominance, scale)];
        bool colour = image.Channels == 3;
        writer.Head(image, steps[..(colour ? 2 : 1)], colour && halved);
        writer.Scan(image, steps, colour, colour && halved);
        writer.Put(0x7F, 7);
        writer._file.Write([0xFF, 0xD9]);
        return writer._file.ToArray();
    }

    private static byte[] Scaled(byte[] table, int scale) => [.. table.Select(t => (byte)Math.Clamp((t * scale + 50) / 100, 1, 255))];

    private void Head(Raster<byte> image, byte[][] steps, bool halved)
    {
        _file.Write([0xFF, 0xD8]);
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        for (int t = 0; t < steps.Length; t++) Segment(0xDB, [(byte)t, .. JpegTables.Zigzag.Select(at => steps[t][at])]);
        var (w, h) = (image.Width, image.Height);
        byte[] frame = [8, (byte)(h >> 8), (byte)h, (byte)(w >> 8), (byte)w, (byte)image.Channels, 1, (byte)(halved ? 0x22 : 0x11), 0];
        Segment(0xC0, image.Channels == 1 ? frame : [.. frame, 2, 0x11, 1, 3, 0x11, 1]);
        for (int t = 0; t < 2 * steps.Length; t++)
            Segment(0xC4, [(byte)(t % 2 << 4 | t / 2), .. JpegTables.CodeCounts[t], .. JpegTables.CodeValues[t]]);
        Segment(0xDA, image.Channels == 1 ? [1, 1, 0, 0, 63, 0] : [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private void Segment(byte marker, byte[] content) =>
        _file.Write([0xFF, marker, (byte)(content.Length + 2 >> 8), (byte)(content.Length + 2), .. content]);

    private void Scan(Raster<byte> image, byte[][] steps, bool colour, bool halved)
    {
        int unit = halved ? 16 : 8;
        var planes = new float[image.Channels][];
        for (int c = 0; c < planes.Length; c++) planes[c] = new float[unit * unit];
        float[][] inverse = [.. steps.Select(table => table.Select(s => 1f / s).ToArray())];
        int[] last = new int[3];
        Span<float> block = stackalloc float[64];
        for (int top = 0; top < image.Height; top += unit)
            for (int left = 0; left < image.Width; left += unit)
            {
                Load(image, left, top, unit, planes);
                for (int v = 0; v < unit; v += 8)
                    for (int h = 0; h < unit; h += 8)
                    {
                        for (int y = 0; y < 8; y++) planes[0].AsSpan((v + y) * unit + h, 8).CopyTo(block[(8 * y)..]);
                        Block(block, inverse[0], 0, ref last[0]);
                    }
                for (int c = 1; colour && c < 3; c++)
                {
                    if (halved) Halve(planes[c], block);
                    else planes[c].CopyTo(block);
                    Block(block, inverse[1], 2, ref last[c]);
                }
            }
    }

    /// <summary>A square of the picture as luminance and chrominance about 0, its last row and column repeated beyond the edge.</summary>
    private static void Load(Raster<byte> image, int left, int top, int unit, float[][] planes)
    {
        for (int y = 0; y < unit; y++)
        {
            var row = image.Row(Math.Min(top + y, image.Height - 1));
            for (int x = 0; x < unit; x++)
            {
                int at = Math.Min(left + x, image.Width - 1) * image.Channels, to = y * unit + x;
                if (planes.Length == 1)
                {
                    planes[0][to] = row[at] - 128;
                    continue;
                }
                // Whole numbers, as files of other writers hold them.
                int r = row[at], g = row[at + 1], b = row[at + 2];
                planes[0][to] = (19595 * r + 38470 * g + 7471 * b + 32768 >> 16) - 128;
                planes[1][to] = -11059 * r - 21709 * g + 32768 * b + 32767 >> 16;
                planes[2][to] = 32768 * r - 27439 * g - 5329 * b + 32767 >> 16;
            }
        }
    }

    private static void Halve(float[] plane, Span<float> block)
    {
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
            {
                int at = 32 * y + 2 * x;
                block[8 * y + x] = MathF.Floor((plane[at] + plane[at + 1] + plane[at + 16] + plane[at + 17]) * 0.25f + 0.5f);
            }
    }

    private void Block(Span<float> block, float[] inverse, int table, ref int last)
    {
        BlockTransform.Forward(block);
        var dc = Codes[table];
        var ac = Codes[table + 1];
        int zeros = 0;
        for (int k = 0; k < 64; k++)
        {
            int at = JpegTables.Zigzag[k], value = (int)MathF.Floor(block[at] * inverse[at] + 0.5f);
            if (k == 0)
            {
                // A change of DC has up to 11 bits, an AC coefficient up to 10: samples of 8 bits cannot reach beyond.
                int change = value - last, size = Size(change);
                last = value;
                Put(dc.Codes[size], dc.Lengths[size]);
                PutSigned(change, size);
                continue;
            }
            if (value == 0)
            {
                zeros++;
                continue;
            }
            value = Math.Clamp(value, -1023, 1023);
            for (; zeros > 15; zeros -= 16) Put(ac.Codes[0xF0], ac.Lengths[0xF0]);
            int bits = Size(value), code = zeros << 4 | bits;
            Put(ac.Codes[code], ac.Lengths[code]);
            PutSigned(value, bits);
            zeros = 0;
        }
        if (zeros > 0) Put(ac.Codes[0], ac.Lengths[0]);
    }

    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    private void PutSigned(int value, int bits) => Put(value < 0 ? value + (1 << bits) - 1 : value, bits);

    private void Put(int value, int bits)
    {
        _held = _held << bits | (uint)value;
        _count += bits;
        while (_count >= 8)
        {
            _count -= 8;
            byte next = (byte)(_held >> _count);
            _file.WriteByte(next);
            if (next == 0xFF) _file.WriteByte(0);
        }
    }
}
