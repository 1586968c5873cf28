using System.Globalization;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Specs;

namespace Simulant.Scenes.Worlds;

/// <summary>What a spec says of the camera itself, whatever world it looks at: its lens and its shutter.</summary>
/// <param name="Lens">Bends the picture and every label; null for a pinhole.</param>
/// <param name="Readout">Seconds from the first row's time to just after the last's; 0 reads all rows at once.</param>
/// <param name="Shutter">Seconds that light is let in, from the frame's moment on; 0 freezes.</param>
/// <param name="Aperture">Radius of the lens's opening in metres; 0 is sharp everywhere.</param>
/// <param name="Focus">Metres to what is sharp.</param>
public sealed record CameraBody(Lens? Lens, double Readout, double Shutter, double Aperture, double Focus)
{
    private const string None = "none", Straight = "pinhole", Brown = "brown_conrady", Round = "fisheye";

    /// <summary>Rows that are exposed together where rows are read one after another.</summary>
    public const int RowsAtOnce = 16;

    public static IReadOnlyList<EngineOption> Declared { get; } =
    [
        new("lens", OptionKind.Text, "How the lens bends pictures, and all labels with them: OpenCV's models, with `distortion`.")
            { Default = Straight, Values = [Straight, Brown, Round] },
        new("distortion", OptionKind.Texts,
            "Coefficients of the lens in OpenCV's order: k1, k2, p1, p2, k3 of `brown_conrady`, k1 to k4 of "
            + "`fisheye`; those left out are 0.") { Default = None },
        new("readout", OptionKind.Number, "Milliseconds in which rows are read one after another, labels with them; 0 reads all at once.")
            { Default = "0", Minimum = 0, Maximum = 10_000 },
        new("shutter", OptionKind.Number, "Milliseconds that the shutter is open: what moves is blurred, by as many moments as there are "
            + "`samples`; labels are those of its opening.") { Default = "0", Minimum = 0, Maximum = 10_000 },
        new("aperture", OptionKind.Number, "Radius of the lens's opening in millimetres: what is out of focus is blurred; 0 is sharp "
            + "everywhere.") { Default = "0", Minimum = 0, Maximum = 1000 },
        new("focus", OptionKind.Number, "Metres to what is sharp, where `aperture` is above 0.")
            { Default = "10", Minimum = 0.001, Maximum = 1e6 },
    ];

    public static CameraBody Of(OptionValues values) => new(LensOf(values, out _), values.Number("readout") / 1000,
        values.Number("shutter") / 1000, values.Number("aperture") / 1000, values.Number("focus"));

    /// <summary>The world's camera with this body.</summary>
    /// <param name="step">Seconds from one frame to the next.</param>
    public Camera Fit(Camera camera, double step) => camera with
    {
        Lens = Lens, Aperture = (float)Aperture, Focus = (float)Focus, Shutter = (float)Math.Min(1, Shutter / step),
    };

    /// <summary>Adds what cannot be, at the option's place.</summary>
    /// <param name="reach">See <see cref="IWorld.Reach"/>.</param>
    public static void Check(OptionValues values, double reach, Func<string, SourcePosition> at, DiagnosticBag faults)
    {
        var lens = LensOf(values, out string? fault);
        if (fault is not null) faults.Error(Codes.BadValue, at("distortion"), fault);
        else if (lens is not null)
        {
            var camera = Widest(values, reach, lens);
            if (lens.Fault(camera) is { } narrow)
                faults.Error(Codes.Contradiction, at("lens"), $"{narrow}, where the world looks widest; lower 'distortion', or let 'vary' "
                    + "draw narrower views");
        }
        double step = 1000 / values.Number("rate");
        foreach (string name in (string[])["readout", "shutter"])
            if (values.Number(name) > step * (1 + 1e-9))
                faults.Error(Codes.Contradiction, at(name), string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' takes {values.Number(name):0.###} ms, and the next frame comes {step:0.###} ms after; lower it, or 'rate'"));
        bool paired = values.Number("stereo") > 0;
        if (paired && lens is not null)
            faults.Error(Codes.Contradiction, at("stereo"), "disparity is of pictures without distortion; remove 'stereo' or 'lens'");
        if (paired && values.Number("readout") > 0)
            faults.Error(Codes.Contradiction, at("stereo"), "disparity is of pictures taken in one moment; remove 'stereo' or 'readout'");
    }

    // The picture of the widest view, its corner at the reach.
    private static Camera Widest(OptionValues values, double reach, Lens lens)
    {
        int width = values.Integer("width"), height = values.Integer("height");
        float f = (float)(Math.Sqrt((double)width * width + (double)height * height) / 2 / reach);
        return new(width, height, f, f, (width - 1) / 2f, (height - 1) / 2f, Motion.Still(Pose.Identity), Lens: lens);
    }

    private static Lens? LensOf(OptionValues values, out string? fault)
    {
        fault = null;
        string model = values.Text("lens"), text = values.Text("distortion");
        string[] told = text == None ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        double[] k = new double[5];
        if (model == Straight)
        {
            if (told.Length > 0) fault = $"'distortion' bends no pinhole; write 'lens: {Brown}' or 'lens: {Round}', or remove it";
            return null;
        }
        int most = model == Round ? 4 : 5;
        if (told.Length > most) fault = $"'distortion' has {told.Length} coefficients, and {model} takes {most} at most; remove the others";
        for (int i = 0; i < Math.Min(told.Length, most); i++)
            if (SpecScalar.ParseNumber(told[i]) is { } number && double.IsFinite(number)) k[i] = number;
            else fault ??= $"'distortion' holds '{Nearest.Printable(told[i])}', which is no number; write such as [-0.2, 0.03]";
        if (fault is not null) return null;
        return model == Round ? new Fisheye(k[0], k[1], k[2], k[3]) : new BrownConrady(k[0], k[1], k[2], k[3], k[4]);
    }
}
