using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Images.Codecs;

/// <summary>
/// Reads Radiance's RGBE pictures (.hdr; Ward, "Real pixels", Graphics Gems II, 1991): linear red, green and blue of any brightness, flat
/// or
/// packed in runs of either age.
/// </summary>
public static class RadianceHdr
{
    private const int MostHeader = 65_536;

    /// <exception cref="DataException">The file is no RGBE picture whose rows run from the top, damaged, or too large.</exception>
    public static Raster<float> Read(ReadOnlySpan<byte> file, string name, ImageLimits? limits = null)
    {
        if (!file.StartsWith("#?"u8)) throw Fault.At(name, 0, "the file is no Radiance picture; it begins with #?RADIANCE");
        int at = 0;
        string format = "";
        for (string line = Line(file, ref at, name); line.Length > 0; line = Line(file, ref at, name))
            if (line.StartsWith("FORMAT=", StringComparison.Ordinal)) format = line[7..].Trim();
        if (format != "32-bit_rle_rgbe") throw Fault.At(name, 0, $"pixels of format '{format}' are not read; write 32-bit_rle_rgbe");
        int place = at;
        string[] size = Line(file, ref at, name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (size is not ["-Y", var high, "+X", var wide] || !int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture,
            out int height)
            || !int.TryParse(wide, NumberStyles.None, CultureInfo.InvariantCulture, out int width))
            throw Fault.At(name, place, "the size is not written as -Y HEIGHT +X WIDTH; turn the picture upright");
        Fault.CheckSize(name, place, width, height, limits ?? ImageLimits.Usual);
        // Even the tightest packing takes four bytes for 127 pixels.
        if ((long)width * height > (file.Length - (long)at) * 127) throw Fault.At(name, at, "the file ends early; it is cut off");
        var image = new Raster<float>(width, height, 3, ColourSpace.Linear);
        byte[] row = new byte[4 * width];
        for (int y = 0; y < height; y++)
        {
            if (width is >= 8 and < 32_768 && at + 4 <= file.Length && file[at] == 2 && file[at + 1] == 2
                && (file[at + 2] << 8 | file[at + 3]) == width)
            {
                at += 4;
                Planes(file, ref at, row, width, name);
            }
            else Flat(file, ref at, row, width, name);
            for (int x = 0; x < width; x++)
            {
                byte exponent = row[3 * width + x];
                float unit = exponent == 0 ? 0 : MathF.ScaleB(1, exponent - 136);
                for (int c = 0; c < 3; c++) image[x, y, c] = row[c * width + x] * unit;
            }
        }
        return image;
    }

    // Four planes one after the other: a count above 128 repeats a byte, others are followed by as many.
    private static void Planes(ReadOnlySpan<byte> file, ref int at, byte[] row, int width, string name)
    {
        for (int plane = 0; plane < 4; plane++)
            for (int x = 0; x < width;)
            {
                int count = Next(file, ref at, name);
                bool run = count > 128;
                if (run) count -= 128;
                if (count == 0 || x + count > width) throw Fault.At(name, at - 1,
                    $"a run of {count} does not fit a row of {width}; the file is damaged");
                byte value = run ? Next(file, ref at, name) : (byte)0;
                for (int i = 0; i < count; i++, x++) row[plane * width + x] = run ? value : Next(file, ref at, name);
            }
    }

    // Pixels as they are; (1, 1, 1, n) repeats the one before n times, and n counts 256-fold for each such in a row.
    private static void Flat(ReadOnlySpan<byte> file, ref int at, byte[] row, int width, string name)
    {
        int shift = 0;
        for (int x = 0; x < width;)
        {
            byte r = Next(file, ref at, name), g = Next(file, ref at, name), b = Next(file, ref at, name), e = Next(file, ref at, name);
            if (r != 1 || g != 1 || b != 1)
            {
                (row[x], row[width + x], row[2 * width + x], row[3 * width + x]) = (r, g, b, e);
                (x, shift) = (x + 1, 0);
                continue;
            }
            long count = shift > 16 ? long.MaxValue : (long)e << shift;
            if (x == 0 || count > width - x) throw Fault.At(name, at - 4, "a run does not fit its row; the file is damaged");
            for (long i = 0; i < count; i++, x++)
                for (int plane = 0; plane < 4; plane++) row[plane * width + x] = row[plane * width + x - 1];
            shift += 8;
        }
    }

    private static byte Next(ReadOnlySpan<byte> file, ref int at, string name) =>
        at < file.Length ? file[at++] : throw Fault.At(name, at, "the file ends early; it is cut off");

    private static string Line(ReadOnlySpan<byte> file, ref int at, string name)
    {
        int length = file[at..Math.Min(file.Length, MostHeader)].IndexOf((byte)'\n');
        if (length < 0) throw Fault.At(name, at, "the header does not end; the file is cut off or damaged");
        string line = Encoding.Latin1.GetString(file.Slice(at, length)).TrimEnd('\r');
        at += length + 1;
        return line;
    }
}
