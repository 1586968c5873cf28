using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Scenes.Worlds.Props;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>One street as it is put together. It runs along -z from where the camera starts; traffic keeps to the right.</summary>
internal sealed class StreetPlan
{
    private const float Lane = 3.3f, Parking = 2.2f, Pavement = 3.2f, Kerb = 0.14f, Ahead = 150, Behind = 14, CrossHalf = 4;

    private readonly Occasion _occasion;
    private readonly Values _values;
    private readonly Cast _cast;
    private readonly List<Light> _lights = [];
    private readonly int _lanes;
    private readonly float _half, _junction;
    private readonly bool _night, _white;

    public StreetPlan(Street world, Occasion occasion)
    {
        (_occasion, _values, _cast) = (occasion, occasion.Values, new(world.Classes));
        _lanes = _values.Is("lanes", "2") ? 2 : 4;
        _half = _lanes * Lane / 2 + Parking;
        _junction = _values.Single("junction");
        _night = _values.Is("hour", "night");
        _white = _values.Is("weather", "snow");
    }

    private bool Crossed => _junction <= 120;

    public View View()
    {
        Grounds();
        Houses();
        Furniture();
        Parked();
        for (int i = 0; i < _values.Count("traffic"); i++) Moving(i);
        for (int i = 0; i < _values.Count("people"); i++) Walker(i);
        Event();
        var sky = StreetLight.Of(_values, _lights);
        float bright = (float)(sky.Exposure * Math.Pow(2, _values.Number("exposure")));
        return new(new(_cast.Actors, _lights, sky.Sky, sky.Fog, sky.Ambient), Eye(), bright, Falls());
    }

    private static Material Stuff(string name, Texture texture, float roughness = 0.9f) => new(name, Vector3.One, 0, roughness,
        Texture: texture);

    private void Grounds()
    {
        var throws = _occasion.Dice.Of("ground");
        bool wet = _values.Is("weather", "rain");
        var binder = throws.Near(new(0.05f, 0.05f, 0.052f), 0.4f) * (wet ? 0.5f : 1) + (_white ? new Vector3(0.3f) : default);
        var paint = throws.Near(new(0.7f), 0.1f);
        uint seed = (uint)throws.Below(1000);
        float deep = Ahead + Behind, middle = (Behind - Ahead) / 2;
        float[] crossings = Crossed ? [-_junction + CrossHalf + 3.5f + (Ahead - Behind) / 2] : [];
        var road = Stuff("road", new RoadSurface(_half, _lanes, binder, paint, _values.Single("wear"), crossings, seed), wet ? 0.25f
            : 0.85f);
        _cast.Add("road", Shapes.Box(new(2 * _half, 0.2f, deep), road), new Vector3(0, -0.1f, middle));
        var slabs = throws.Near(new(0.3f, 0.29f, 0.28f), 0.25f) + (_white ? new Vector3(0.4f) : default);
        var stone = Stuff("slabs", new Brick(slabs, slabs * 0.7f, 0.6f, 0.6f, 0.012f, seed + 1));
        var earth = _white ? new Vector3(0.75f, 0.77f, 0.8f) : throws.Near(new(0.12f, 0.16f, 0.05f), 0.3f);
        var grass = Stuff("ground", new Clouds(earth, earth * 0.7f, 1.3f, seed + 2));
        foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            foreach (var (from, to) in Stretches())
            {
                float mid = (from + to) / 2, length = from - to;
                _cast.Add("pavement", Shapes.Box(new(Pavement, 0.2f + Kerb, length), stone),
                    new Vector3(side * (_half + Pavement / 2), Kerb / 2 - 0.1f, mid));
                _cast.Add("ground", Shapes.Box(new(60, 0.2f, length), grass), new Vector3(side * (_half + Pavement + 30), -0.1f, mid));
            }
        if (!Crossed) return;
        var across = Stuff("road", new RoadSurface(CrossHalf, 2, binder, paint, _values.Single("wear"), [], seed + 4), wet ? 0.25f : 0.85f);
        var turned = Pose.Turn(Vector3.UnitY, MathF.PI / 2, new(0, -0.1f, -_junction));
        foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            _cast.Add("road", Shapes.Box(new(2 * CrossHalf, 0.2f, 60), across),
                turned with { Translation = new(side * (_half + 30), -0.1f, -_junction) });
    }

    // Along z, from the nearer to the further end: what lies before the junction and behind it.
    private List<(float From, float To)> Stretches() => Crossed
        ? [(Behind, -_junction + CrossHalf), (-_junction - CrossHalf, -Ahead)] : [(Behind, -Ahead)];

    private void Houses()
    {
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
            foreach (var (from, to) in Stretches())
            {
                float z = from;
                for (int i = 0; z > to + 6; i++)
                {
                    var throws = _occasion.Dice.Of($"house {side}/{(int)from}/{i}");
                    float width = MathF.Min(throws.Between(8, 18), z - to);
                    float back = _half + Pavement + (throws.Chance(0.3) ? throws.Between(2, 7) : 0.1f);
                    float height = MathF.Max(3.2f, _values.Single("houses") * throws.Between(0.6f, 1.4f));
                    var pose = Cast.Standing(new(side * back, 0, z - width / 2), side > 0 ? -MathF.PI / 2 : MathF.PI / 2);
                    if (!throws.Chance(0.12)) _cast.Add("house", Roadside.House(width - 0.2f, throws.Between(8, 14), height, throws), pose);
                    z -= width;
                }
            }
    }

    private void Furniture()
    {
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (int i = 0; i < 14; i++)
            {
                var throws = _occasion.Dice.Of($"furniture {side}/{i}");
                float z = 4 - 10.5f * i + throws.Between(-1.5f, 1.5f);
                if (Crossed && MathF.Abs(z + _junction) < CrossHalf + 2) continue;
                var at = new Vector3(side * (_half + 0.5f), Kerb, z);
                float facing = side > 0 ? -MathF.PI / 2 : MathF.PI / 2;
                if (i % 3 == 0)
                {
                    _cast.Add("lamp_post", Roadside.Lamp(6.5f, _night), Cast.Standing(at, facing));
                    if (_night && i < 9)
                        _lights.Add(new PointLight(at + new Vector3(-side * 1.6f, 6.2f, 0), new Vector3(26, 20, 12)));
                }
                else if (throws.Chance(_values.Number("trees")))
                    _cast.Add("tree", throws.Pick(Roadside.Trees), Cast.Standing(at + new Vector3(side * 0.4f, 0, 0),
                    throws.Between(0, 6)));
                else if (throws.Chance(0.35))
                    _cast.Add("sign", Roadside.Sign(throws.Below(4), throws), Cast.Standing(at, side > 0 ? 0 : MathF.PI));
                else if (throws.Chance(0.15)) _cast.Add("bin", Roadside.Bin(throws), Cast.Standing(at + new Vector3(side, 0, 0),
                    throws.Between(0, 6)));
            }
            if (!Crossed) continue;
            int state = _occasion.Dice.Of("lights").Below(3);
            _cast.Add("traffic_light", Roadside.TrafficLight(state),
                Cast.Standing(new(side * (_half + 0.4f), Kerb, -_junction + side * (CrossHalf + 1.5f)), side > 0 ? 0 : MathF.PI));
        }
    }

    private void Parked()
    {
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])
            for (int i = 0; i < 20; i++)
            {
                var throws = _occasion.Dice.Of($"parked {side}/{i}");
                float z = 2 - 6.2f * i;
                if (!throws.Chance(_values.Number("parked")) || Crossed && MathF.Abs(z + _junction) < CrossHalf + 8) continue;
                // Room is left where someone is to step out.
                if (side > 0 && _values.Is("event", "dart_out") && MathF.Abs(z - StepsOut().Z) < 4.2f) continue;
                var course = new Course(new(side * (_half - Parking / 2 + throws.Between(-0.1f, 0.1f)), 0, z), side > 0 ? MathF.PI : 0, 0);
                _cast.Add("car", Vehicles.Car(throws, course, _occasion), course.Motion(_occasion));
            }
    }

    private void Moving(int index)
    {
        var throws = _occasion.Dice.Of($"traffic/{index}");
        int lane = throws.Below(_lanes);
        bool same = lane >= _lanes / 2;
        float x = -_half + Parking + (lane + 0.5f) * Lane;
        // A place of its own for each in its lane, so that none drives through another.
        float z = -(12 + 17 * index + throws.Between(0, 6));
        var course = new Course(new(x, 0, z), same ? MathF.PI : 0, throws.Between(0, 14));
        double kind = throws.Uniform();
        if (kind < 0.66) _cast.Add("car", Vehicles.Car(throws, course, _occasion), course.Motion(_occasion));
        else if (kind < 0.8) _cast.Add("truck", Vehicles.Truck(throws, course, _occasion), course.Motion(_occasion));
        else if (kind < 0.88) _cast.Add("bus", Vehicles.Bus(throws, course, _occasion), course.Motion(_occasion));
        else
        {
            course = new(new(MathF.CopySign(_half - Parking - 0.7f, x), 0, z), course.Heading, throws.Between(2, 7));
            _cast.Add("cyclist", Vehicles.Cyclist(throws, course, _occasion), course.Motion(_occasion));
        }
    }

    private void Walker(int index)
    {
        var throws = _occasion.Dice.Of($"person/{index}");
        float side = throws.Chance(0.5) ? 1 : -1, z = throws.Between(-45, -5);
        bool crosses = Crossed && throws.Chance(0.25);
        var from = crosses ? new Vector3(throws.Between(-_half, _half), 0, -_junction + CrossHalf + 3.5f + throws.Between(-1.5f, 1.5f))
            : new Vector3(side * (_half + throws.Between(0.9f, Pavement - 0.3f)), Kerb, z);
        float heading = crosses ? side * MathF.PI / 2 : throws.Chance(0.5) ? throws.Between(-0.3f, 0.3f) : MathF.PI
            + throws.Between(-0.3f, 0.3f);
        Person(throws, new(from, heading, throws.Chance(0.8) ? throws.Between(0.8f, 1.7f) : 0));
    }

    private void Person(Throws throws, Course course)
    {
        var figure = Figure.Of(throws, atWork: false);
        double phase = throws.Uniform() + course.Speed * _occasion.Time / People.Stride(figure);
        _cast.Add("person", (name, kind) => People.Walker(name, kind, figure, (float)(phase - Math.Floor(phase)),
            course.Speed > 2.2f ? 0.75f : course.Speed > 0 ? 0.45f : 0.04f, course.Motion(_occasion)));
    }

    private Vector3 StepsOut() => new(_half - Parking + 0.4f, 0, -_occasion.Dice.Of("dart out").Between(9, 17));

    private void Event()
    {
        switch (_values.Level("event"))
        {
            case "dart_out":
                var throws = _occasion.Dice.Of("dart out/person");
                Person(throws, new(StepsOut(), -MathF.PI / 2, throws.Between(2.3f, 3.6f)));
                break;
            case "occlusion":
                throws = _occasion.Dice.Of("occlusion");
                float z = -throws.Between(12, 20);
                var stands = new Course(new(_half - Parking - 0.9f, 0, z), MathF.PI, 0);
                _cast.Add("truck", Vehicles.Truck(throws, stands, _occasion), stands.Motion(_occasion));
                Person(throws, new(new(_half - Parking - throws.Between(1.6f, 2.6f), 0, z - 6.3f), -MathF.PI / 2, throws.Between(1, 2)));
                break;
        }
    }

    private Precipitation? Falls() => _values.Level("weather") switch
    {
        "rain" => new(Falling.Rain, _values.Single("fall")),
        "snow" => new(Falling.Snow, _values.Single("fall") / 8),
        _ => null,
    };

    private Camera Eye()
    {
        float speed = _values.Single("speed"), yaw = _values.Single("camera_yaw") * MathF.PI / 180;
        float x = _half - Parking - Lane / 2;
        Pose At(double time)
        {
            var eye = new Vector3(x, _values.Single("camera_height"), (float)(2 - speed * time));
            return Pose.LookAt(eye, eye + new Vector3(MathF.Sin(yaw), -0.03f, -MathF.Cos(yaw)), Vector3.UnitY);
        }
        double now = _occasion.Time, step = _occasion.Step;
        return Camera.OfView(_occasion.Width, _occasion.Height, _values.Single("view") * MathF.PI / 180,
            new(At(now - step), At(now), At(now + step)));
    }
}
