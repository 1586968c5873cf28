using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>How <see cref="PlainFormat"/> packs measures.</summary>
public sealed record PlainOptions
{
    /// <summary>Depth as 16-bit PNG of millimetres (0 for the sky, 65,535 for 65.535 m and all beyond) instead of NPY of metres.</summary>
    public bool DepthAsPng { get; init; }

    /// <summary>Normals as 16-bit PNG, 1 to 65,535 for -1 to 1 and 0 for the sky, instead of NPY.</summary>
    public bool NormalsAsPng { get; init; }

    /// <summary>Flow as NPY (not a number where it is unknown) instead of Middlebury's FLO (1e10 there).</summary>
    public bool FlowAsNpy { get; init; }
}

/// <summary>
/// A folder a label, a file a frame: images, depth, normals, semantic, instance, albedo, flow-forward, flow-backward, scene-flow, and
/// amodal with one mask for each actor that would be seen, FRAME_INSTANCE.png.
/// </summary>
public sealed class PlainFormat(string name, string meaning, PlainOptions options) : ISceneFormat
{
    public string Name => name;

    public string Meaning => meaning;

    public IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(frame);
        var pixels = frame.Pixels;
        string key = notes.Key;
        yield return PictureAt("images", notes, picture);
        yield return options.DepthAsPng
            ? new($"depth/{key}.png", PngWriter.Write(Millimetres(pixels.Depth, pixels.Width, pixels.Height)))
            : new($"depth/{key}.npy", Npy.Write(new Raster<float>(pixels.Width, pixels.Height, 1, pixels.Depth, ColourSpace.Data)));
        yield return options.NormalsAsPng
            ? new($"normals/{key}.png", PngWriter.Write(Vectors(pixels.Normal, pixels, ColourSpace.Data, Unit)))
            : new($"normals/{key}.npy", Npy.Write(Floats(pixels.Normal, pixels)));
        yield return new($"semantic/{key}.png", Numbers(pixels.Semantic, pixels));
        yield return new($"instance/{key}.png", Numbers(pixels.Instance, pixels));
        yield return new($"albedo/{key}.png", PngWriter.Write(Vectors(pixels.Albedo, pixels, ColourSpace.Linear, Part)));
        foreach (var (of, flow) in ((string, Vector2[])[])[("flow-forward", pixels.Forward), ("flow-backward", pixels.Backward)])
            yield return options.FlowAsNpy
                ? new($"{of}/{key}.npy", Npy.Write(new Raster<float>(pixels.Width, pixels.Height, 2,
                    MemoryMarshal.Cast<Vector2, float>(flow).ToArray(), ColourSpace.Data)))
                : new($"{of}/{key}.flo", Flo(flow, pixels.Width, pixels.Height));
        yield return new($"scene-flow/{key}.npy", Npy.Write(Floats(pixels.SceneFlow, pixels)));
        foreach (var actor in frame.Actors)
            if (actor.AmodalPixels > 0)
                yield return new(string.Create(CultureInfo.InvariantCulture, $"amodal/{key}_{actor.Instance:D6}.png"),
                    Mask(actor.Amodal, pixels.Width, pixels.Height));
    }

    public IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        yield return new("classes.txt", System.Text.Encoding.UTF8.GetBytes(string.Concat(classes.All.Select(c =>
            string.Create(CultureInfo.InvariantCulture, $"{c.Number} {c.Name}\n")))));
    }

    /// <summary>The picture in a folder, under the frame's number and its own ending.</summary>
    internal static SceneFile PictureAt(string folder, FrameNotes notes, byte[] picture) =>
        new($"{folder}/{notes.Key}{Path.GetExtension(notes.Picture)}", picture);

    /// <summary>Depth in units of a thousandth of a metre times <paramref name="perMillimetre"/>; 0 for the sky.</summary>
    internal static Raster<ushort> Millimetres(float[] depth, int width, int height, float perMillimetre = 1) => new(width, height, 1,
        [.. depth.Select(z => float.IsFinite(z) ? (ushort)MathF.Min(MathF.Max(z, 0) * 1000 * perMillimetre + 0.5f, 65535) : (ushort)0)],
        ColourSpace.Data);

    /// <summary>White where the mask is.</summary>
    internal static byte[] Mask(ActorMask mask, int width, int height)
    {
        var image = new Raster<byte>(width, height, 1, ColourSpace.Data);
        for (int y = mask.Box.Top; y < mask.Box.Bottom; y++)
            for (int x = mask.Box.Left; x < mask.Box.Right; x++)
                if (mask.At(x, y)) image[x, y, 0] = 255;
        return PngWriter.Write(image);
    }

    /// <summary>Middlebury's optical flow (Baker and others, 2011): the number 202021.25, width, height, then u and v by pixel.</summary>
    internal static byte[] Flo(Vector2[] flow, int width, int height)
    {
        byte[] file = new byte[12 + 8 * flow.Length];
        BinaryPrimitives.WriteSingleLittleEndian(file, 202021.25f);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), height);
        for (int i = 0; i < flow.Length; i++)
        {
            bool known = float.IsFinite(flow[i].X) && float.IsFinite(flow[i].Y);
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(12 + 8 * i), known ? flow[i].X : 1e10f);
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(16 + 8 * i), known ? flow[i].Y : 1e10f);
        }
        return file;
    }

    private static byte[] Numbers(ushort[] values, PixelLabels pixels) =>
        PngWriter.Write(new Raster<ushort>(pixels.Width, pixels.Height, 1, values, ColourSpace.Data));

    private static Raster<float> Floats(Vector3[] vectors, PixelLabels pixels) =>
        new(pixels.Width, pixels.Height, 3, MemoryMarshal.Cast<Vector3, float>(vectors).ToArray(), ColourSpace.Data);

    private static Raster<ushort> Vectors(Vector3[] vectors, PixelLabels pixels, ColourSpace space, Func<Vector3, int, ushort> sample) =>
        new(pixels.Width, pixels.Height, 3, [.. vectors.SelectMany(v => (ushort[])[sample(v, 0), sample(v, 1), sample(v, 2)])], space);

    private static ushort Unit(Vector3 v, int axis) => v == default ? (ushort)0 : (ushort)(1 + (v[axis] + 1) / 2 * 65534 + 0.5f);

    private static ushort Part(Vector3 v, int axis) => (ushort)(Math.Clamp(v[axis], 0, 1) * 65535 + 0.5f);
}
