using System.Globalization;
using System.Numerics;
using Simulant.Images;
using Simulant.Images.Sets;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>A parameter of a frame: a number, or a text.</summary>
public readonly record struct NoteValue(double Number, string? Text)
{
    public static implicit operator NoteValue(double number) => FromDouble(number);

    public static implicit operator NoteValue(string text) => FromString(text);

    public static NoteValue FromDouble(double number) => new(number, null);

    public static NoteValue FromString(string text) => new(0, text);

    public override string ToString() => Text ?? Number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>The camera of a frame: u = Fx x/z + Cx, axes x right, y down, z forward, the middle of the first pixel at (0, 0).</summary>
/// <param name="ToWorld">From the camera's axes to the world's.</param>
public sealed record CameraNotes(float Fx, float Fy, float Cx, float Cy, Pose ToWorld)
{
    /// <summary>Where it bends the picture: x/z and y/z go through it before focal lengths and centre; null for a pinhole.</summary>
    public Lens? Lens { get; init; }

    /// <summary>Image coordinates and depth of a point in the camera's axes.</summary>
    public Vector3 Project(Vector3 p)
    {
        if (Lens is null) return new(Fx * p.X / p.Z + Cx, Fy * p.Y / p.Z + Cy, p.Z);
        var (x, y) = Lens.Distort((double)p.X / p.Z, (double)p.Y / p.Z);
        return new((float)(Fx * x + Cx), (float)(Fy * y + Cy), p.Z);
    }
}

/// <summary>One actor of a frame; the names are those of <see cref="ActorLabels"/>.</summary>
/// <param name="Keypoints">A place that is not finite (in the camera's own plane) is not a number in all its parts.</param>
public sealed record ActorNotes(string Name, int Class, int Instance, int VisiblePixels, int AmodalPixels, PixelBox Tight, PixelBox Amodal,
    Box3 Box, Pose ToCamera, IReadOnlyList<KeypointLabel> Keypoints, IReadOnlyList<(int Instance, int Pixels)> HiddenBy,
    RunLengths VisibleMask, RunLengths AmodalMask)
{
    /// <summary>Outlines of what is seen of it; null where they were not asked for.</summary>
    public IReadOnlyList<Spot[]>? Polygons { get; init; }

    /// <inheritdoc cref="ActorLabels.Visibility"/>
    public double Visibility => AmodalPixels == 0 ? 0 : (double)VisiblePixels / AmodalPixels;
}

/// <summary>
/// Everything of one frame that is not by pixel: what formats write their annotations from. As JSON it is canonical: the same notes give
/// the same bytes, and reading them back gives notes that give them again.
/// </summary>
/// <param name="Frame">Its number in the set, from 0.</param>
/// <param name="Picture">The picture's file, with forward slashes.</param>
/// <param name="Parameters">What was drawn for the frame, by name.</param>
public sealed record FrameNotes(long Frame, string Picture, int Width, int Height, CameraNotes Camera, IReadOnlyList<ActorNotes> Actors,
    IReadOnlyDictionary<string, NoteValue> Parameters)
{
    /// <summary>Its number as files are called by it, of at least six digits.</summary>
    public string Key => Frame.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Where its notes lie in a set.</summary>
    public string Path => $"labels/{Key}.json";

    /// <param name="polygons">Whether outlines of what is seen are kept beside the masks.</param>
    public static FrameNotes Of(Frame frame, long index, string picture, IReadOnlyDictionary<string, NoteValue> parameters,
        bool polygons = false)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var camera = frame.Stage.Camera;
        return new(index, picture, camera.Width, camera.Height, new(camera.Fx, camera.Fy, camera.Cx, camera.Cy, camera.Pose)
            { Lens = camera.Lens },
            [.. frame.Actors.Select(a => Of(frame, a, polygons))], parameters);
    }

    /// <inheritdoc cref="FrameNotesJson.Read"/>
    public static FrameNotes Read(ReadOnlyMemory<byte> json, string file) => FrameNotesJson.Read(json, file);

    /// <summary>Its JSON, in UTF-8, ended by a line feed.</summary>
    public byte[] ToJson() => FrameNotesJson.Write(this);

    private static ActorNotes Of(Frame frame, ActorLabels labels, bool polygons)
    {
        var (tight, amodal) = (labels.Tight, labels.Amodal);
        int width = frame.Pixels.Width, height = frame.Pixels.Height;
        bool[] seen = new bool[tight.Width * tight.Height];
        for (int y = 0; y < tight.Height; y++)
            for (int x = 0; x < tight.Width; x++)
                seen[y * tight.Width + x] = frame.Pixels.Instance[(tight.Top + y) * width + tight.Left + x] == labels.Instance;
        return new(labels.Name, labels.Class, labels.Instance, labels.VisiblePixels, labels.AmodalPixels, tight, amodal.Box, labels.Box,
            labels.ToCamera, [.. labels.Keypoints.Select(Finite)], labels.HiddenBy,
            RunLengths.Of(width, height, tight.Left, tight.Top, tight.Width, seen),
            RunLengths.Of(width, height, amodal.Box.Left, amodal.Box.Top, amodal.Box.Width, amodal.Pixels))
        {
            Polygons = !polygons ? null : [.. MaskOutlines.Trace(seen, tight.Width, tight.Height)
                .Select(o => o.Select(p => new Spot(p.X + tight.Left, p.Y + tight.Top)).ToArray())],
        };
    }

    private static KeypointLabel Finite(KeypointLabel point)
    {
        var (x, y, z) = (point.Place.X, point.Place.Y, point.Place.Z);
        return float.IsFinite(x) && float.IsFinite(y) && float.IsFinite(z) ? point : point with { Place = new(float.NaN) };
    }
}
