using Simulant.Data;

namespace Simulant.Images;

/// <summary>A place in a picture, in pixels from its upper left corner; the middle of the first pixel is (0.5, 0.5).</summary>
public readonly record struct Spot(double X, double Y);

/// <summary>A box by its edges, in pixels; right and bottom lie behind the last pixel.</summary>
public readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>The least box that holds all the spots; there must be one.</summary>
    public static Box Of(IEnumerable<Spot> spots)
    {
        var box = new Box(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        foreach (var (x, y) in spots)
            box = new Box(Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x), Math.Max(box.Bottom, y));
        return box;
    }

    /// <summary>Intersection over union.</summary>
    public double Overlap(Box other)
    {
        double both = new Box(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right),
            Math.Min(Bottom, other.Bottom)).Area;
        return both / (Area + other.Area - both);
    }
}

/// <summary>A named place of a subject. Visibility as COCO has it: 0 not labelled, 1 hidden, 2 seen.</summary>
public readonly record struct Keypoint(double X, double Y, int Visibility);

/// <summary>One labelled thing in a picture.</summary>
/// <param name="Class">Number of its class.</param>
/// <param name="Box">Its box; of the polygons, where there are any.</param>
public sealed record Subject(int Class, Box Box)
{
    /// <summary>Outlines of what is seen of it, none where only the box is known.</summary>
    public IReadOnlyList<Spot[]> Polygons { get; init; } = [];

    public IReadOnlyList<Keypoint> Keypoints { get; init; } = [];

    /// <summary>Whether it stands for many that are not told apart.</summary>
    public bool Crowd { get; init; }

    /// <summary>Whether whoever labelled it held it hard to make out.</summary>
    public bool Difficult { get; init; }

    /// <summary>Part of it beyond the picture's edges, 0 to 1; null where nobody knows.</summary>
    public double? Truncation { get; init; }

    /// <summary>0 wholly seen, 1 partly, 2 largely hidden by others; null where nobody knows.</summary>
    public int? Occlusion { get; init; }

    /// <summary>Its place in space; null where it is not known, and after any movement of the picture.</summary>
    public SpatialBox? Space { get; init; }

    /// <summary>A subject known by its outlines.</summary>
    public static Subject Outlined(int number, params IReadOnlyList<Spot[]> polygons) =>
        new(number, Box.Of(polygons.SelectMany(p => p))) { Polygons = polygons };
}

/// <summary>
/// A box in space as KITTI has it (Geiger and others, 2012), in metres and radians, x right, y down, z forward from the camera.
/// </summary>
/// <param name="X">Of the middle of the box's lower face, as Y and Z are.</param>
/// <param name="Turn">About the axis that points down: 0 where its length lies along x, within -pi to pi.</param>
public sealed record SpatialBox(double Height, double Width, double Length, double X, double Y, double Z, double Turn)
{
    /// <summary>The turn as seen along the line of sight.</summary>
    public double Alpha => Math.IEEERemainder(Turn - Math.Atan2(X, Z), 2 * Math.PI);
}

/// <summary>A picture with its labels.</summary>
/// <param name="Image">One or three channels.</param>
public sealed record Labelled(Raster<byte> Image)
{
    public IReadOnlyList<Subject> Subjects { get; init; } = [];

    /// <summary>The class or instance of each pixel, one channel of the picture's size; null where there is none.</summary>
    public Raster<byte>? Map { get; init; }

    /// <summary>For each keypoint the one that it becomes in a mirror (left hand, right hand); empty where none change.</summary>
    public IReadOnlyList<int> Mirrored { get; init; } = [];

    /// <summary>Weights of classes of the whole picture, as mixing makes them; empty where it has no class.</summary>
    public IReadOnlyDictionary<int, double> Weights { get; init; } = new Dictionary<int, double>();

    public int Width => Image.Width;
    public int Height => Image.Height;

    /// <summary>Room for as many samples, what stands there unknown.</summary>
    internal byte[] Room() => KeptArrays<byte>.Take(Image.Samples.Length);

    /// <summary>The same labels under other samples of the same shape.</summary>
    internal Labelled Painted(byte[] samples) => this with { Image = Image.With(samples) };
}
