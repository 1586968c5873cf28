using Simulant.Data;
using Simulant.Images.Codecs;

namespace Simulant.Images.Sets;

/// <summary>One picture of a set that is read, and what is said of it.</summary>
/// <param name="Name">Its file within the folder of pictures, with forward slashes.</param>
/// <param name="File">Where it lies.</param>
/// <param name="Said">Where its labels are said, for messages.</param>
public sealed record PictureEntry(string Name, string File, string Said)
{
    /// <summary>Its subjects, where the files say them in pixels.</summary>
    public IReadOnlyList<Subject> Subjects { get; init; } = [];

    /// <summary>Whether numbers of subjects are parts of the picture's sides.</summary>
    public bool InParts { get; init; }

    /// <summary>The size that the files state; null where they state none.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>The class of the whole picture; null where it has none.</summary>
    public int? Class { get; init; }

    /// <summary>KITTI's calibration that lies beside it; null where there is none.</summary>
    public string? Calibration { get; init; }
}

/// <summary>
/// An annotated set on disk: labels are read and checked as it is opened, pictures when they are asked for. Any number of threads may ask.
/// </summary>
public sealed class PictureSet
{
    /// <exception cref="DataException">There are no pictures, or two would be called the same without their endings.</exception>
    internal PictureSet(string format, string source, IReadOnlyList<LabelClass> classes, IReadOnlyList<PictureEntry> pictures)
    {
        if (pictures.Count == 0) throw new DataException("there are no pictures; name a set with some", source);
        var stems = new Dictionary<string, PictureEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var picture in pictures)
            if (!stems.TryAdd(Path.ChangeExtension(picture.Name, null), picture))
                throw new DataException($"'{picture.Name}' and '{stems[Path.ChangeExtension(picture.Name, null)].Name}' differ by their "
                    + "endings alone, or stand twice; files of labels would be called the same: rename one", source);
        (Format, Source, Classes, Pictures) = (format, source, classes, pictures);
    }

    /// <summary>The name of its <see cref="SetWriter"/>.</summary>
    public string Format { get; }

    /// <summary>What was opened.</summary>
    public string Source { get; }

    public IReadOnlyList<LabelClass> Classes { get; }

    /// <summary>In the order of the files, or by name.</summary>
    public IReadOnlyList<PictureEntry> Pictures { get; }

    /// <summary>Subjects that had no area, and were left out.</summary>
    public int Empty { get; init; }

    /// <summary>For each keypoint its counterpart in a mirror; empty where none change.</summary>
    public IReadOnlyList<int> Mirrored { get; init; } = [];

    /// <summary>Reads picture i with its labels.</summary>
    /// <exception cref="DataException">The picture is missing, damaged, transparent, or of another size than its labels say.</exception>
    public Labelled Load(int index)
    {
        var entry = Pictures[index];
        var image = Opaque(ImageFile.Read(Bytes(entry.File), entry.File), entry.File);
        if (entry.Size is { } size && size != (image.Width, image.Height))
            throw new DataException($"the picture is {image.Width} x {image.Height}, and {entry.Said} says {size.Width} x {size.Height}; "
                + "put the picture back that was labelled", entry.File);
        var subjects = entry.Subjects.Select(s => Within(entry.InParts ? Scaled(s, image.Width, image.Height) : s, image, entry));
        return new Labelled(image)
        {
            Subjects = [.. subjects],
            Mirrored = Mirrored,
            Weights = entry.Class is { } number ? new Dictionary<int, double> { [number] = 1 } : new Dictionary<int, double>(),
        };
    }

    internal static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(file, e);
        }
    }

    private static Raster<byte> Opaque(Raster<byte> image, string file)
    {
        if (image.Channels is 1 or 3) return image;
        int colours = image.Channels - 1;
        byte[] samples = new byte[image.Width * image.Height * colours];
        for (int pixel = 0; pixel < image.Width * image.Height; pixel++)
        {
            if (image.Samples[pixel * image.Channels + colours] != 255)
                throw new DataException("parts of the picture are transparent; lay it on a background first", file);
            image.Samples.AsSpan(pixel * image.Channels, colours).CopyTo(samples.AsSpan(pixel * colours));
        }
        return new(image.Width, image.Height, colours, samples, image.Space);
    }

    private static Subject Scaled(Subject s, int width, int height) => s with
    {
        Box = new(s.Box.Left * width, s.Box.Top * height, s.Box.Right * width, s.Box.Bottom * height),
        Polygons = [.. s.Polygons.Select(o => o.Select(p => new Spot(p.X * width, p.Y * height)).ToArray())],
        Keypoints = [.. s.Keypoints.Select(k => k with { X = k.X * width, Y = k.Y * height })],
    };

    // Boxes a little beyond the edge are rounding; one that is wholly beyond it is of another picture.
    private static Subject Within(Subject s, Raster<byte> image, PictureEntry entry)
    {
        var (left, top, right, bottom) = s.Box;
        var box = new Box(Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, image.Width), Math.Min(bottom, image.Height));
        if (box.Right <= box.Left || box.Bottom <= box.Top)
            throw new DataException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{entry.Said}: a box from ({left:0.##}, {top:0.##}) to ({right:0.##}, {bottom:0.##}) lies outside the picture of ")
                + $"{image.Width} x {image.Height}; mend the label, or put the picture back that was labelled", entry.File);
        return s with { Box = box };
    }
}
