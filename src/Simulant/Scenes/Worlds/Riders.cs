using System.Globalization;
using Simulant.Scenes.Sensors;
using Simulant.Specs;

namespace Simulant.Scenes.Worlds;

/// <summary>What rides with the camera and tells of its way, or of changes of light, instead of pictures.</summary>
/// <param name="Inertial">Readings a second of an inertial unit; 0 for none.</param>
/// <param name="Satellite">Fixes a second of a satellite receiver; 0 for none.</param>
/// <param name="Origin">Where the world's origin lies on the earth.</param>
/// <param name="Events">Change of the logarithm of light that a pixel of the event camera reports; 0 for no such camera.</param>
/// <param name="Steps">Pictures between a frame's moment and the next one's that events are found between, beside the first.</param>
public sealed record Riders(double Inertial, double Satellite, GeoPoint Origin, double Events, int Steps)
{
    public static IReadOnlyList<EngineOption> Declared { get; } =
    [
        new("imu", OptionKind.Number,
            "Readings a second of an inertial unit in the camera's axes, whose rates and forces over each sequence "
            + "go to `imu/`; 0 for none.") { Default = "0", Minimum = 0, Maximum = 10_000 },
        new("gps", OptionKind.Number, "Fixes a second of a satellite receiver at the camera, which go to `gps/` by sequence; 0 for none.")
            { Default = "0", Minimum = 0, Maximum = 1000 },
        new("origin", OptionKind.Texts, "Latitude, longitude and metres of height on which the world's origin lies, for `gps`.")
            { Default = "51.4779, -0.0015, 46" },
        new("events", OptionKind.Number, "Change of the logarithm of light at which a pixel of an event camera reports, such as 0.2; what "
            + "happens until the next frame goes to `events/`. 0 for no such camera.") { Default = "0", Minimum = 0, Maximum = 5 },
        new("event_steps", OptionKind.Integer, "Steps from frame to frame in which its light is found; between them it goes straight.")
            { Default = "8", Minimum = 1, Maximum = 256 },
    ];

    public static Riders Of(OptionValues values) => new(values.Number("imu"), values.Number("gps"), OriginOf(values, out _),
        values.Number("events"), values.Integer("event_steps"));

    /// <summary>Adds what cannot be, at the option's place.</summary>
    public static void Check(OptionValues values, Func<string, SourcePosition> at, DiagnosticBag faults)
    {
        OriginOf(values, out string? fault);
        if (fault is not null) faults.Error(Codes.BadValue, at("origin"), fault);
        if (values.Number("events") is > 0 and < 0.01)
            faults.Error(Codes.BadValue, at("events"), "'events' is below 0.01, where every rounding of light would be reported; raise it, "
                + "or write 0 for no event camera");
        double most = values.Integer("sequence") / values.Number("rate");
        foreach (string name in (string[])["imu", "gps"])
            if (most * values.Number(name) > MostReadings)
                faults.Error(Codes.Contradiction, at(name), string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' would read {most * values.Number(name):N0} times a sequence, and can {MostReadings:N0} times; lower it, or "
                    + $"'sequence'"));
    }

    private const int MostReadings = 10_000_000;

    private static GeoPoint OriginOf(OptionValues values, out string? fault)
    {
        string text = values.Text("origin");
        double[] told = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(t => SpecScalar.ParseNumber(t) ?? double.NaN)];
        fault = told.Length is 2 or 3 && Math.Abs(told[0]) <= 90 && Math.Abs(told[1]) <= 180
            && (told.Length < 3 || Math.Abs(told[2]) <= 1e5)
            ? null
            : $"'origin' is '{Nearest.Printable(text)}'; write degrees of latitude and longitude and metres of height, such as "
                + "[51.4779, -0.0015, 46]";
        return fault is not null ? default : GeoPoint.Degrees(told[0], told[1], told.Length > 2 ? told[2] : 0);
    }
}
