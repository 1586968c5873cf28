using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Images.Codecs;

/// <summary>PNG against a builder of files that follows the specification chunk by chunk, and in circles.</summary>
public class PngTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(2, 8)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(6, 8)]
    public void Every_colour_type_and_depth_is_read_straight_and_interlaced(int type, int depth)
    {
        foreach (bool interlaced in new[] { false, true })
            foreach (var (width, height) in new[] { (1, 1), (5, 3), (9, 10), (17, 2) })
            {
                int samples = Png.SamplesOf(type);
                int Sample(int x, int y, int c) => (x * 7 + y * 13 + c * 5 + x * y) & ((1 << depth) - 1);
                byte[] palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 31))];
                byte[] file = Build(width, height, depth, type, interlaced, Sample, type == 3 ? palette[..(3 << depth)] : null, null);
                var image = PngReader.Read(file, "a.png");
                Assert.Equal((width, height, type == 3 ? 3 : samples), (image.Width, image.Height, image.Channels));
                for (int y = 0; y < height; y++)
                    for (int x = 0; x < width; x++)
                        for (int c = 0; c < image.Channels; c++)
                            Assert.Equal(type == 3 ? palette[3 * Sample(x, y, 0) + c] : (byte)(Sample(x, y, c) * 255 / ((1 << depth) - 1)),
                                image[x, y, c]);
            }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Sixteen_bits_are_read_whole_and_rounded(int type)
    {
        int Sample(int x, int y, int c) => (x * 7001 + y * 1303 + c * 509) & 0xFFFF;
        byte[] file = Build(7, 5, 16, type, interlaced: true, Sample, null, null);
        var wide = PngReader.Read16(file, "a.png");
        var narrow = PngReader.Read(file, "a.png");
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 7; x++)
                for (int c = 0; c < wide.Channels; c++)
                {
                    Assert.Equal(Sample(x, y, c), wide[x, y, c]);
                    Assert.Equal(Math.Round(Sample(x, y, c) / 257.0), narrow[x, y, c]);
                }
    }

    [Fact]
    public void Transparency_becomes_alpha()
    {
        var grey = PngReader.Read(Build(4, 1, 4, 0, false, (x, _, _) => x, null, [0, 2]), "a.png");
        Assert.Equal([0, 255, 17, 255, 34, 0, 51, 255], grey.Samples.Select(s => (int)s));
        var rgb = PngReader.Read(Build(2, 1, 8, 2, false, (x, _, c) => x + c, null, [0, 1, 0, 2, 0, 3]), "a.png");
        Assert.Equal([0, 1, 2, 255, 1, 2, 3, 0], rgb.Samples.Select(s => (int)s));
        var painted = PngReader.Read(Build(2, 1, 8, 3, false, (x, _, _) => x, [9, 8, 7, 6, 5, 4], [100]), "a.png");
        Assert.Equal([9, 8, 7, 100, 6, 5, 4, 255], painted.Samples.Select(s => (int)s));
        var wide = PngReader.Read16(Build(2, 1, 16, 0, false, (x, _, _) => 1000 + x, null, [3, 0xE9]), "a.png");
        Assert.Equal([1000, 65535, 1001, 0], wide.Samples.Select(s => (int)s));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_is_read(int channels)
    {
        var stream = new RandomStream(3, "png");
        var image = new Raster<byte>(61, 23, channels, ColourSpace.Linear);
        var wide = new Raster<ushort>(61, 23, channels);
        for (int i = 0; i < image.Samples.Length; i++)
        {
            image.Samples[i] = i % 1000 < 500 ? (byte)(i / 7) : (byte)stream.Below(256, i, 0);
            wide.Samples[i] = (ushort)stream.Below(65536, i, 1);
        }
        byte[] file = PngWriter.Write(image);
        var back = PngReader.Read(file, "a.png");
        Assert.Equal(image.Samples, back.Samples);
        Assert.Equal(ColourSpace.Linear, back.Space);
        Assert.Equal(wide.Samples, PngReader.Read16(PngWriter.Write(wide, CompressionLevel.SmallestSize), "b.png").Samples);
        Assert.Equal(file, PngWriter.Write(image));
    }

    [Fact]
    public void Filters_make_a_slope_small()
    {
        var slope = new Raster<byte>(256, 256, 1);
        for (int i = 0; i < slope.Samples.Length; i++) slope.Samples[i] = (byte)(i % 256 + i / 256);
        Assert.InRange(PngWriter.Write(slope).Length, 100, 2500);
    }

    /// <summary>The value for "IEND" that stands at the end of every PNG file.</summary>
    [Fact]
    public void The_check_sum_is_the_published_one()
    {
        Assert.Equal(0xAE426082u, Png.Crc("IEND"u8));
        Assert.Equal(0xCBF43926u, Png.Crc("123456789"u8));
    }

    [Theory]
    [InlineData("signature", "does not begin as a PNG")]
    [InlineData("cut", "cut off")]
    [InlineData("crc", "check sum of the chunk 'IHDR'")]
    [InlineData("huge", "more than the")]
    [InlineData("bomb", "too few for")]
    [InlineData("zero", "both must be at least 1")]
    [InlineData("type", "no combination that PNG has")]
    [InlineData("palette", "there is none (PLTE)")]
    [InlineData("colour", "asks for colour 3 of a palette of 2")]
    [InlineData("filter", "filtered in way 9")]
    [InlineData("short", "ends early")]
    [InlineData("critical", "the chunk 'ABCD' is needed")]
    [InlineData("empty", "no image data")]
    public void Hostile_files_are_refused_with_place_and_remedy(string how, string message)
    {
        int Zero(int x, int y, int c) => 3;
        byte[] file = how switch
        {
            "palette" => Build(4, 4, 8, 3, false, Zero, null, null),
            "colour" => Build(4, 4, 8, 3, false, Zero, [1, 2, 3, 4, 5, 6], null),
            "type" => Build(4, 4, 8, 5, false, Zero, null, null),
            "zero" => Patched(4, 0, 4),
            "huge" => Patched(4, 65535, 65535),
            "bomb" => Patched(4, 9000, 9000),
            "short" => Patched(4, 4, 40),
            "filter" => Build(4, 4, 8, 0, false, Zero, null, null, filter: 9),
            "critical" => Build(4, 4, 8, 0, false, Zero, null, null, extra: "ABCD"),
            "empty" => [.. Png.Signature, .. Chunk("IHDR", Header(4, 4, 8, 0, false)), .. Chunk("IEND", [])],
            _ => Build(4, 4, 8, 0, false, Zero, null, null),
        };
        if (how == "signature") file[1] = (byte)'Q';
        if (how == "cut") file = file[..^13];
        if (how == "crc") file[20] ^= 1;
        var thrown = Assert.Throws<DataException>(() => PngReader.Read(file, "a.png"));
        Assert.Contains(message, thrown.Message);
        Assert.StartsWith("at byte ", thrown.Message);
        Assert.Equal("a.png", thrown.File);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else()
    {
        byte[] sound = Build(20, 20, 8, 2, true, (x, y, c) => x * y + c, null, null);
        var stream = new RandomStream(5, "fuzz");
        int refused = 0;
        for (int i = 0; i < 1500; i++)
        {
            byte[] file = [.. sound];
            for (int k = 0; k <= i % 4; k++) file[stream.Below(file.Length, i, k)] = (byte)stream.Below(256, i, k + 10);
            if (i % 3 == 0) file = file[..stream.Below(file.Length, i, 99)];
            else if (i % 3 == 1) Mend(file);
            try
            {
                PngReader.Read(file, "a.png");
            }
            catch (DataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 800, 1500);
    }

    /// <summary>A picture of 4 x 4 whose header says something else.</summary>
    private static byte[] Patched(int depth, int width, int height)
    {
        byte[] file = Build(4, 4, 8, 0, false, (_, _, _) => depth, null, null);
        Chunk("IHDR", Header(width, height, 8, 0, false)).CopyTo(file, 8);
        return file;
    }

    // Check sums that fit, so that damage reaches what lies behind them.
    private static void Mend(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12) return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + length), Crc(file.AsSpan(at + 4, length + 4)));
            at += 12 + length;
        }
    }

    private static byte[] Build(int width, int height, int depth, int type, bool interlaced, Func<int, int, int, int> sample,
        byte[]? palette, byte[]? transparency, byte filter = 0, string? extra = null)
    {
        int samples = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        using var raw = new MemoryStream();
        var passes = interlaced ? Adam7() : [(x => true, y => true)];
        foreach (var (hasX, hasY) in passes)
        {
            int[] columns = [.. Enumerable.Range(0, width).Where(hasX)], rows = [.. Enumerable.Range(0, height).Where(hasY)];
            if (columns.Length == 0) continue;
            foreach (int y in rows)
            {
                var bits = new StringBuilder();
                foreach (int x in columns)
                    for (int c = 0; c < samples; c++) bits.Append(Convert.ToString(sample(x, y, c) & ((1 << depth) - 1), 2).PadLeft(depth,
                        '0'));
                while (bits.Length % 8 != 0) bits.Append('0');
                raw.WriteByte(filter);
                for (int i = 0; i < bits.Length; i += 8) raw.WriteByte(Convert.ToByte(bits.ToString(i, 8), 2));
            }
        }
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, true)) zlib.Write(raw.ToArray());
        byte[] data = packed.ToArray();
        // Image data may be cut anywhere.
        return
        [
            .. Png.Signature, .. Chunk("IHDR", Header(width, height, depth, type, interlaced)),
            .. palette is null ? [] : Chunk("PLTE", palette), .. transparency is null ? [] : Chunk("tRNS", transparency),
            .. Chunk("tEXt", "a note"u8.ToArray()), .. extra is null ? [] : Chunk(extra, []),
            .. Chunk("IDAT", data[..3]), .. Chunk("IDAT", []), .. Chunk("IDAT", data[3..]), .. Chunk("IEND", []),
        ];
    }

    private static (Func<int, bool>, Func<int, bool>)[] Adam7() =>
    [
        (x => x % 8 == 0, y => y % 8 == 0), (x => x % 8 == 4, y => y % 8 == 0), (x => x % 4 == 0, y => y % 8 == 4),
        (x => x % 4 == 2, y => y % 4 == 0), (x => x % 2 == 0, y => y % 4 == 2), (x => x % 2 == 1, y => y % 2 == 0),
            (_ => true, y => y % 2 == 1),
    ];

    private static byte[] Header(int width, int height, int depth, int type, bool interlaced)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)type, interlaced ? (byte)1 : (byte)0);
        return header;
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content], ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(ends.AsSpan(4), Crc(body));
        return [.. ends[..4], .. body, .. ends[4..]];
    }

    // Bit by bit, as the polynomial says.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(b >> bit)) & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        return ~crc;
    }
}
