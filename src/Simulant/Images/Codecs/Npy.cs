using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Simulant.Data;

namespace Simulant.Images.Codecs;

/// <summary>
/// NumPy's NPY files (versions 1 to 3) of pictures: unsigned bytes, unsigned 16-bit or 32-bit floating numbers, little-endian, in C
/// order, of shape (height, width) or (height, width, channels).
/// </summary>
public static partial class Npy
{
    /// <summary>The type of the numbers that a file holds, as NumPy writes it: |u1, &lt;u2 or &lt;f4.</summary>
    public static string TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(byte) ? "|u1" : typeof(T) == typeof(ushort) ? "<u2" : typeof(T) == typeof(float) ? "<f4"
            : throw new NotSupportedException($"pictures of {typeof(T).Name} are not written");

    public static byte[] Write<T>(Raster<T> image) where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(image);
        string shape = image.Channels == 1 ? $"({image.Height}, {image.Width})" : $"({image.Height}, {image.Width}, {image.Channels})";
        string header = $"{{'descr': '{TypeOf<T>()}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 11) + "\n";
        var samples = MemoryMarshal.AsBytes(image.Samples.AsSpan());
        byte[] file = new byte[10 + header.Length + samples.Length];
        Magic.CopyTo(file);
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, file.AsSpan(10));
        samples.CopyTo(file.AsSpan(10 + header.Length));
        return file;
    }

    /// <exception cref="DataException">The file is no NPY of such numbers, damaged, or too large.</exception>
    public static Raster<T> Read<T>(ReadOnlySpan<byte> file, string name, ColourSpace space = ColourSpace.Data, ImageLimits? limits = null)
        where T : unmanaged, INumberBase<T>
    {
        if (!file.StartsWith(Magic) || file.Length < 12) throw Fault.At(name, 0, "the file does not begin as an NPY does");
        int start = file[6] == 1 ? 10 : 12;
        if (file[6] is < 1 or > 3) throw Fault.At(name, 6, $"version {file[6]} of the format; 1 to 3 are read");
        long length = file[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (length > file.Length - start || length > 10_000) throw Fault.At(name, 8, $"a header of {length} bytes; the file is damaged");
        var header = Header().Match(Encoding.Latin1.GetString(file.Slice(start, (int)length)));
        if (!header.Success) throw Fault.At(name, start, "a header that does not say descr, fortran_order and shape; the file is damaged");
        if (header.Groups[1].Value != TypeOf<T>())
            throw Fault.At(name, start, $"numbers of type '{header.Groups[1].Value}', and '{TypeOf<T>()}' is read here; convert them");
        if (header.Groups[2].Value == "True") throw Fault.At(name, start, "numbers in Fortran order; write the array in C order");
        string[] sides = header.Groups[3].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length is < 2 or > 3) throw Fault.At(name, start, $"{sides.Length} dimensions; a picture has 2 or 3");
        long[] shape = [.. sides.Select(s => long.Parse(s, CultureInfo.InvariantCulture))];
        Fault.CheckSize(name, start, shape[1], shape[0], limits ?? ImageLimits.Usual);
        long channels = shape.Length == 3 ? shape[2] : 1;
        if (channels is < 1 or > 4) throw Fault.At(name, start, $"{channels} channels; a picture has 1 to 4");
        var content = file[(start + (int)length)..];
        long expected = shape[0] * shape[1] * channels * Marshal.SizeOf<T>();
        if (content.Length != expected)
            throw Fault.At(name, start + length, $"{content.Length} bytes of numbers, and the shape takes {expected}; the file is damaged");
        return new Raster<T>((int)shape[1], (int)shape[0], (int)channels, MemoryMarshal.Cast<byte, T>(content).ToArray(), space);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    [GeneratedRegex(@"^\{\s*'descr':\s*'([<>|=]?[a-z]\d{1,2})',\s*'fortran_order':\s*(True|False),"
        + @"\s*'shape':\s*\(([\d, ]{0,100})\),?\s*\}\s*$")]
    private static partial Regex Header();
}
