using Simulant.Data;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;

namespace Simulant.Scenes.Worlds;

/// <summary>What every world takes beside its name: how its frames are seen, sampled and written.</summary>
public sealed record SceneOptions
{
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required RenderOptions Render { get; init; }

    /// <summary>Frames of one sequence, at least 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>Frames a second.</summary>
    public required double Rate { get; init; }

    /// <summary>Whether parameters are shared out evenly over the set.</summary>
    public required bool Even { get; init; }

    /// <summary>Whether pictures go through the model of a camera; else they are light as it is, rounded.</summary>
    public required bool Camera { get; init; }

    /// <summary>Electronic amplification, 1 to 256: what is gained in brightness is lost in noise.</summary>
    public required double Gain { get; init; }

    /// <summary>Whether pictures are JPEG, else PNG.</summary>
    public required bool Jpeg { get; init; }

    public required IReadOnlyList<ISceneFormat> Formats { get; init; }

    /// <summary>The laser scanner above the camera; null for none.</summary>
    public required Lidar? Lidar { get; init; }

    /// <summary>Whether a radar looks ahead from the camera.</summary>
    public required bool Radar { get; init; }

    /// <summary>Metres to a second camera on the right; 0 for none.</summary>
    public required double Baseline { get; init; }

    /// <summary>Lens and shutter of the camera.</summary>
    public required CameraBody Body { get; init; }

    /// <summary>Sensors that tell of the camera's way and of changes of light.</summary>
    public required Riders Riders { get; init; }

    public static EngineOptions Declare(string world) => new(world,
    [
        new("width", OptionKind.Integer, "Pixels of a row.") { Default = "640", Minimum = 16, Maximum = 4096 },
        new("height", OptionKind.Integer, "Rows of a picture.") { Default = "480", Minimum = 16, Maximum = 4096 },
        new("quality", OptionKind.Text, "`preview` asks no light, `direct` casts shadows, `traced` follows paths of light.")
            { Default = "direct", Values = ["preview", "direct", "traced"] },
        new("samples", OptionKind.Integer, "Rays through each pixel of the picture; labels take one through its middle.")
            { Default = "4", Minimum = 1, Maximum = 4096 },
        new("bounces", OptionKind.Integer, "Surfaces after the first that paths follow.") { Default = "3", Minimum = 0, Maximum = 16 },
        new("denoise", OptionKind.Boolean, "Smooth traced pictures under the labels' guidance.") { Default = "true" },
        new("sequence", OptionKind.Integer, "Frames of one sequence: so many rows in a row show one world as time goes on.")
            { Default = "1", Minimum = 1, Maximum = 10_000 },
        new("rate", OptionKind.Number, "Frames a second: what flow is told over, and how fast sequences go.")
            { Default = "10", Minimum = 0.1, Maximum = 1000 },
        new("coverage", OptionKind.Text, "`random` draws each frame's parameters alone; `even` shares them out over the set, so that no "
            + "part of a distribution is left out.") { Default = "random", Values = ["random", "even"] },
        new("sensor", OptionKind.Text, "`camera` takes pictures as a camera does, with noise, glare, vignetting and a mosaic of colours; "
            + "`ideal` writes the light as it is.") { Default = "camera", Values = ["camera", "ideal"] },
        new("gain", OptionKind.Number, "Amplification of the camera: 8 is as noisy as ISO 800 where 1 is as ISO 100.")
            { Default = "2", Minimum = 1, Maximum = 256 },
        .. CameraBody.Declared,
        new("picture", OptionKind.Text, "Format of the pictures.") { Default = "png", Values = ["png", "jpeg"] },
        new("lidar", OptionKind.Text, "Beams of a laser scanner half a metre above the camera, whose points go to `lidar/`.")
            { Default = "none", Values = ["none", "16", "64", "128"] },
        new("radar", OptionKind.Boolean, "Whether a radar looks ahead from the camera; its detections go to `radar/`.") { Default =
            "false" },
        new("stereo", OptionKind.Number, "Metres to a second camera on the right, whose pictures go to `right/`, with disparities of the "
            + "left ones in `disparity/`; 0 for none.") { Default = "0", Minimum = 0, Maximum = 10 },
        .. Riders.Declared,
        new("formats", OptionKind.Texts, "Layouts of labels to write: " + string.Join(", ", SceneFormats.Names.Select(n => $"`{n}`")) + ".")
            { Default = "plain, coco" },
    ], "world");

    public static SceneOptions Of(OptionValues values) => new()
    {
        Width = values.Integer("width"),
        Height = values.Integer("height"),
        Render = new(values.Text("quality") switch
        {
            "preview" => Quality.Preview, "traced" => Quality.Traced, _ => Quality.Direct,
        }, values.Integer("samples"), values.Integer("bounces"), values.Truth("denoise")),
        Sequence = values.Integer("sequence"),
        Rate = values.Number("rate"),
        Even = values.Text("coverage") == "even",
        Camera = values.Text("sensor") == "camera",
        Gain = values.Number("gain"),
        Jpeg = values.Text("picture") == "jpeg",
        Lidar = values.Text("lidar") switch
        {
            "16" => Sensors.Lidar.Of16, "64" => Sensors.Lidar.Of64, "128" => Sensors.Lidar.Of128, _ => null,
        },
        Radar = values.Truth("radar"),
        Baseline = values.Number("stereo"),
        Body = CameraBody.Of(values),
        Riders = Riders.Of(values),
        Formats = [.. Names(values).Select(n => SceneFormats.Find(n)!)],
    };

    /// <summary>Adds a fault for each thing that cannot be, at its option's place.</summary>
    /// <param name="given">The options as they are written; null where none are.</param>
    public static void Check(OptionValues values, IWorld world, IReadOnlyDictionary<string, Law> laws, SpecMap? given, SourcePosition at,
        DiagnosticBag faults)
    {
        SourcePosition At(string name) => given?.Entries.FirstOrDefault(e => e.Key == name)?.KeyAt ?? at;
        (double, double) Within(string name) => (laws.GetValueOrDefault(name)?.Distribution
            ?? world.Parameters.First(p => p.Name == name).Default).Range;
        string[] names = Names(values);
        foreach (string name in names.Where(n => SceneFormats.Find(n) is null))
            faults.Error(Codes.BadValue, At("formats"), Nearest.Unknown("format", name, SceneFormats.Names));
        CameraBody.Check(values, world.Reach(Within, values.Integer("width"), values.Integer("height")), At, faults);
        Riders.Check(values, At, faults);
        if (CameraBody.Of(values).Lens is null) return;
        foreach (string name in names.Where(n => n is "kitti" or "bop"))
            faults.Error(Codes.Contradiction, At("formats"),
            $"{name} tells of a pinhole's pictures, and the lens bends them; remove it from "
                + "'formats', or 'lens'");
    }

    private static string[] Names(OptionValues values) =>
        [.. values.Text("formats").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
