using Simulant.Data;
using Simulant.Images.Codecs.Jpeg;

namespace Simulant.Images.Codecs;

/// <summary>Pictures by what their files begin with, and by what their names end in.</summary>
public static class ImageFile
{
    /// <summary>Endings of pictures that can be read and written.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".jpg", ".jpeg"];

    /// <summary>A PNG or JPEG file at 8 bits.</summary>
    /// <exception cref="DataException">The file is of another format, damaged, or too large.</exception>
    public static Raster<byte> Read(ReadOnlyMemory<byte> file, string name, ImageLimits? limits = null)
    {
        var bytes = file.Span;
        if (bytes.StartsWith(Png.Signature)) return PngReader.Read(file, name, limits);
        if (bytes.StartsWith<byte>([0xFF, 0xD8])) return JpegReader.Read(file, name, limits);
        throw Fault.At(name, 0, "the file is neither a PNG nor a JPEG; convert it to one of them");
    }

    /// <summary>The bytes of a file whose name has this ending.</summary>
    public static byte[] Write(Raster<byte> image, string ending, int quality = 95) => ending.ToLowerInvariant() switch
    {
        ".png" => PngWriter.Write(image),
        ".jpg" or ".jpeg" => JpegWriter.Write(image, quality),
        _ => throw new ArgumentException($"'{ending}' is no ending of a picture", nameof(ending)),
    };
}
