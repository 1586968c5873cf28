namespace Simulant.Images.Sets;

/// <summary>A file of a set of pictures.</summary>
/// <param name="Path">From the set's folder, with forward slashes.</param>
public sealed record SetFile(string Path, byte[] Content);

/// <summary>What a set's files say of one picture.</summary>
/// <param name="Id">Its number, where files count pictures.</param>
/// <param name="Name">Its file, as it is called within the folder of pictures; with forward slashes.</param>
public sealed record SetPicture(long Id, string Name, int Width, int Height, IReadOnlyList<Subject> Subjects)
{
    /// <summary>The name without its ending.</summary>
    public string Stem => Name[..^System.IO.Path.GetExtension(Name).Length];

    /// <summary>Weights of classes of the whole picture; empty where it has none.</summary>
    public IReadOnlyDictionary<int, double> Weights { get; init; } = new Dictionary<int, double>();
}

/// <summary>How a kind of annotated set is laid out. Files of one picture follow from that picture alone, so any thread may ask.</summary>
public abstract class SetWriter
{
    /// <summary>As commands and specs name it.</summary>
    public abstract string Name { get; }

    /// <summary>Where the picture lies.</summary>
    public abstract string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes);

    /// <summary>Files with the labels of one picture; none where the set has one file for all.</summary>
    public virtual IEnumerable<SetFile> OfPicture(SetPicture picture, IReadOnlyList<LabelClass> classes) => [];

    /// <summary>Files of the whole set.</summary>
    public virtual IEnumerable<SetFile> OfSet(IEnumerable<SetPicture> pictures, IReadOnlyList<LabelClass> classes) => [];

    /// <summary>Every layout by name.</summary>
    public static IReadOnlyList<SetWriter> All { get; } =
        [new CocoSet(), new YoloSet(YoloKind.Boxes), new YoloSet(YoloKind.Outlines), new YoloSet(YoloKind.Keypoints), new KittiSet(),
            new VocSet(), new FolderSet()];

    /// <summary>The layout of a name, or null.</summary>
    public static SetWriter? Find(string name) => All.FirstOrDefault(w => w.Name == name);

    private protected static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private protected static int IndexOf(IReadOnlyList<LabelClass> classes, int number)
    {
        for (int i = 0; i < classes.Count; i++)
            if (classes[i].Number == number) return i;
        throw new ArgumentException($"there is no class {number}", nameof(number));
    }
}

/// <summary>COCO: images and annotations.json.</summary>
public sealed class CocoSet : SetWriter
{
    public override string Name => "coco";

    public override string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes) => $"images/{picture.Name}";

    public override IEnumerable<SetFile> OfSet(IEnumerable<SetPicture> pictures, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using var stream = new MemoryStream();
        using (var writer = new CocoWriter(stream, classes))
        {
            foreach (var picture in pictures)
            {
                writer.Picture(picture.Id, picture.Name, picture.Width, picture.Height);
                foreach (var subject in picture.Subjects) writer.Subject(picture.Id, Of(subject, picture.Width, picture.Height));
            }
            writer.End();
        }
        yield return new("annotations.json", stream.ToArray());
    }

    // Outlines of which one turns the other way may hold a hole, which polygons of COCO cannot: such a mask is written as runs.
    private static CocoSubject Of(Subject subject, int width, int height)
    {
        double[] areas = [.. subject.Polygons.Select(SignedArea)];
        bool runs = subject.Crowd && areas.Length > 0 || areas.Any(a => a < 0) && areas.Any(a => a > 0)
            || subject.Polygons.Any(p => p.Length < 3);
        var mask = runs ? RunLengths.Of(width, height, subject.Polygons) : null;
        double area = mask?.Area ?? (areas.Length > 0 ? areas.Sum(Math.Abs) : subject.Box.Area);
        return new(subject.Class, subject.Box, area)
        {
            Mask = mask, Polygons = runs ? [] : subject.Polygons, Keypoints = subject.Keypoints, Crowd = subject.Crowd,
        };
    }

    internal static double SignedArea(IReadOnlyList<Spot> outline)
    {
        double sum = 0;
        for (int i = 0; i < outline.Count; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Count]);
            sum += a.X * b.Y - b.X * a.Y;
        }
        return sum / 2;
    }
}

/// <summary>A folder of pictures for each class.</summary>
public sealed class FolderSet : SetWriter
{
    public override string Name => "folders";

    /// <summary>The class of the greatest weight, the first of equals.</summary>
    public override string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int number = picture.Weights.OrderBy(w => w.Key).MaxBy(w => w.Value).Key;
        string name = picture.Name[(picture.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return $"{classes[IndexOf(classes, number)].Name}/{name}";
    }
}
