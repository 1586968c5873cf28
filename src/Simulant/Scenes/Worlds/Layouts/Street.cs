using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Scenes.Worlds.Props;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>A street as a car drives along it.</summary>
public sealed class Street : IWorld
{
    public string Name => "street";

    public string Meaning => "A street with houses, trees, signs, traffic and people, seen from a car that drives along it.";

    public SceneClasses Classes { get; } = Kinds.Of(["road", "pavement", "ground", "house", "tree"],
        ["car", "truck", "bus", "cyclist", "person", "sign", "traffic_light", "lamp_post", "bin"]);

    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("weather", "What falls or hangs in the air.", new Choice(["clear", "overcast", "rain", "fog", "snow"],
            [0.45, 0.25, 0.15, 0.08, 0.07])),
        new("fall", "Millimetres of water an hour where it rains or snows.", new LogUniform(2, 40)) { Minimum = 0.1, Maximum = 150 },
        new("hour", "Day, dusk or night.", new Choice(["day", "dusk", "night"], [0.75, 0.15, 0.1])),
        new("event", "What happens: someone steps out from between parked cars (`dart_out`), crosses behind something large (`occlusion`), "
            + "or the sun stands low ahead (`glare`).", new Choice(["none", "dart_out", "occlusion", "glare"], [0.85, 0.05, 0.05, 0.05])),
        new("sun_elevation", "Height of the sun in degrees by day.", new Uniform(15, 65)) { Minimum = 2, Maximum = 90 },
        new("sun_azimuth", "Where the sun stands, in degrees clockwise from straight ahead.", new Uniform(-180, 180)),
        new("haze", "Haziness of the sky (turbidity).", new Uniform(2, 7)) { Minimum = 1.7, Maximum = 10 },
        new("lanes", "Lanes of the road.", new Choice(["2", "4"], [0.7, 0.3])),
        new("junction", "Metres to the next crossing street; beyond 120 there is none in sight.", new Uniform(25, 160))
            { Minimum = 15, Maximum = 500 },
        new("traffic", "Vehicles on the move.", new Whole(1, 8)) { Minimum = 0, Maximum = 24 },
        new("parked", "Part of the places at the edge of the road in which a car is parked.", new Uniform(0, 0.8)) { Minimum = 0, Maximum =
            1 },
        new("people", "People on the pavements and on their way across.", new Whole(0, 10)) { Minimum = 0, Maximum = 40 },
        new("trees", "Part of the places along the pavements that have a tree.", new Uniform(0, 0.7)) { Minimum = 0, Maximum = 1 },
        new("houses", "Mean height of the houses in metres.", new Uniform(6, 18)) { Minimum = 3, Maximum = 60 },
        new("wear", "How far painted lines are worn.", new Uniform(0.1, 0.5)) { Minimum = 0, Maximum = 1 },
        new("speed", "Speed of the camera in metres a second.", new Uniform(0, 14)) { Minimum = 0, Maximum = 40 },
        new("camera_height", "Height of the camera in metres.", new Uniform(1.2, 2.1)) { Minimum = 0.3, Maximum = 6 },
        new("camera_yaw", "Angle by which the camera looks off the road's line, in degrees.", new CutNormal(0, 4, -15, 15))
            { Minimum = -90, Maximum = 90 },
        new("view", "Horizontal angle of view in degrees.", new Uniform(55, 85)) { Minimum = 20, Maximum = 110 },
        new("exposure", "Exposure in stops against the usual.", new CutNormal(0, 0.35, -1.2, 1.2)) { Minimum = -6, Maximum = 6 },
    ];

    public double Reach(Func<string, (double Low, double High)> within, int width, int height) =>
        IWorld.ReachOf(within("view").High, width, height);

    public View Build(Occasion occasion) => new StreetPlan(this, occasion).View();
}
