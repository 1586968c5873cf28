using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Signs;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Scenes.Worlds.Props;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>
/// Traffic signs of Germany by the road, one a frame, seen from a car that drives towards it. Drawings come from the packages of native/.
/// </summary>
public sealed class TrafficSigns : IWorld
{
    // In the order of the German Traffic Sign Recognition Benchmark (Stallkamp and others 2012).
    private static readonly string[] Names =
    [
        "speed_limit_20", "speed_limit_30", "speed_limit_50", "speed_limit_60", "speed_limit_70", "speed_limit_80", "speed_limit_80_end",
        "speed_limit_100", "speed_limit_120", "no_overtaking", "no_overtaking_heavy", "priority_intersection", "priority_road", "yield",
        "stop", "no_entry_vehicles", "no_entry_heavy", "do_not_enter", "warning_sign", "single_curve_left", "single_curve_right",
        "double_curve_left", "rough_road", "slippery_road", "narrows_right", "workers_in_road", "traffic_light", "pedestrian_warning",
        "children_warning", "cyclists_warning", "icy_road", "animals_warning", "restrictions_end", "right", "left", "straight",
        "straight_right", "straight_left", "right_obstacle", "left_obstacle", "roundabout", "no_overtaking_end", "no_overtaking_heavy_end",
    ];

    private static readonly string[] Lights = ["clear", "shade", "overcast", "night"];

    // Surroundings are one seed's; frames differ by the number under which they are asked for.
    private readonly Lazy<SignWorld> _world = new(() => new SignWorld(1, SignTemplate.Usual));

    public string Name => "traffic-signs";

    public string Meaning => "A German traffic sign on its post by the road, worn and weathered, seen from a car that comes nearer.";

    public SceneClasses Classes { get; } = Kinds.Of(["ground", "post", "plants", "wall", "car", "plate"], Names);

    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("sign", "What the sign says.", new Choice(Names, [.. Names.Select(_ => 1.0)])),
        new("light", "Sun and sky, the sky in a building's shade, clouds, or headlights by night.",
            new Choice(Lights, [0.5, 0.12, 0.28, 0.1])),
        new("distance", "Metres from the camera to the sign along the road.", new LogUniform(4, 60)) { Minimum = 3, Maximum = 200 },
        new("yaw", "Angle by which the sign is turned off the road's direction, in degrees.", new CutNormal(0, 7, -21, 21))
            { Minimum = -80, Maximum = 80 },
        new("share", "Part of the picture's smaller side that the sign takes.", new Uniform(0.25, 0.85)) { Minimum = 0.02, Maximum = 1 },
        new("speed", "Speed of the camera in metres a second.", new Uniform(0, 14)) { Minimum = 0, Maximum = 40 },
        new("exposure", "Exposure in stops against the usual.", new CutNormal(0, 0.6, -2.5, 1.8)) { Minimum = -6, Maximum = 6 },
    ];

    // The camera looks at the sign's middle, and the smaller side is so many times as long as the sign; both ends of it may lie off the
    // axis.
    public double Reach(Func<string, (double Low, double High)> within, int width, int height)
    {
        double sign = SignTemplate.Size / (within("distance").Low - SignTemplate.Size / 2);
        return sign * (Math.Sqrt((double)width * width + (double)height * height) / (2 * Math.Min(width, height) * within("share").Low)
            + 1);
    }

    public View Build(Occasion occasion)
    {
        var values = occasion.Values;
        long item = (long)(occasion.Dice.Of("sign").Uniform() * (1 << 24));
        var place = _world.Value.Compose(item, new((int)values[0], (SignLight)(int)values[1], values.Number("distance"),
            values.Number("yaw")));
        Pose At(double time) => Pose.LookAt(Driven(place.Eye, values.Single("speed") * (float)time), default, Vector3.UnitY);
        // The lens is chosen for the sequence's first frame, and the sign grows from there.
        var (left, top, right, bottom) = _world.Value.Seen(place, At(0));
        float side = Math.Min(occasion.Width, occasion.Height), f = side * values.Single("share") / MathF.Max(right - left, bottom - top);
        float cx = (occasion.Width - 1) / 2f - f * (left + right) / 2, cy = (occasion.Height - 1) / 2f - f * (top + bottom) / 2;
        var motion = new Motion(At(occasion.Time - occasion.Step), At(occasion.Time), At(occasion.Time + occasion.Step));
        var camera = new Camera(occasion.Width, occasion.Height, f, f, cx, cy, motion);
        return new(place.Scene, camera, 0.18f / place.Open * (float)Math.Pow(2, values.Number("exposure")));
    }

    // The car stops two metres before the sign.
    private static Vector3 Driven(Vector3 eye, float metres) => eye with { Z = MathF.Min(eye.Z + metres, -2) };
}
