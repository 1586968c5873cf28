using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Physics;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Scenes.Worlds.Props;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>An aisle between pallet racks, with people, trucks and what lies about.</summary>
public sealed class Warehouse : IWorld
{
    private const float BayWidth = 2.7f, RackDepth = 1.1f, FirstLevel = 0.12f, LevelHeight = 1.45f;

    public string Name => "warehouse";

    public string Meaning => "An aisle of pallet racks with cartons, pallets, drums, people and forklift trucks.";

    public SceneClasses Classes { get; } = Kinds.Of(["floor", "wall", "ceiling", "lamp"],
        ["rack", "pallet", "box", "barrel", "cone", "forklift", "person"]);

    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("bays", "Bays of racking on each side of the aisle.", new Whole(3, 5)) { Minimum = 1, Maximum = 8 },
        new("levels", "Levels of each bay.", new Whole(2, 4)) { Minimum = 1, Maximum = 5 },
        new("aisle", "Width of the aisle in metres.", new Uniform(2.8, 4.5)) { Minimum = 2, Maximum = 8 },
        new("fill", "Part of the pallet places that are taken.", new Uniform(0.5, 1)) { Minimum = 0, Maximum = 1 },
        new("people", "People in the aisle.", new Whole(0, 4)) { Minimum = 0, Maximum = 12 },
        new("forklifts", "Forklift trucks in the aisle.", new Choice(["0", "1", "2"], [0.35, 0.5, 0.15])),
        new("clutter", "Drums, cones and loads on the aisle's floor.", new Whole(2, 9)) { Minimum = 0, Maximum = 30 },
        new("heap", "Cartons tipped onto the aisle's floor; they lie as they fell.", new Whole(0, 14)) { Minimum = 0, Maximum = 60 },
        new("distractors", "Things of no class's usual shape and colour, lying about as class `box`.", new Whole(0, 3))
            { Minimum = 0, Maximum = 20 },
        new("light", "Brightness of the lamps, as a factor.", new LogUniform(0.5, 1.6)) { Minimum = 0.02, Maximum = 10 },
        new("warmth", "Colour of the lamps: 0 bluish, 1 yellowish.", new Uniform(0, 1)),
        new("failed", "Part of the lamps that are out.", new Choice(["none", "some", "most"], [0.75, 0.2, 0.05])),
        new("camera_height", "Height of the camera in metres.", new Uniform(1.4, 3.6)) { Minimum = 0.3, Maximum = 5 },
        new("camera_pitch", "Angle by which the camera looks down, in degrees.", new Uniform(4, 22)) { Minimum = -20, Maximum = 80 },
        new("camera_yaw", "Angle by which the camera looks off the aisle's line, in degrees.", new Uniform(-18, 18))
            { Minimum = -80, Maximum = 80 },
        new("view", "Horizontal angle of view in degrees.", new Uniform(58, 84)) { Minimum = 20, Maximum = 110 },
        new("exposure", "Exposure in stops against the usual.", new CutNormal(0, 0.4, -1.2, 1.2)) { Minimum = -6, Maximum = 6 },
    ];

    public double Reach(Func<string, (double Low, double High)> within, int width, int height) =>
        IWorld.ReachOf(within("view").High, width, height);

    public View Build(Occasion occasion) => new Building(this, occasion).View();

    /// <summary>One warehouse as it is put together; the aisle runs along -z from the camera.</summary>
    private sealed class Building(Warehouse world, Occasion occasion)
    {
        private readonly Values _values = occasion.Values;
        private readonly Cast _cast = new(world.Classes);
        private readonly List<Light> _lights = [];
        private readonly float _aisle = occasion.Values.Single("aisle"), _long = occasion.Values.Count("bays") * (BayWidth + 0.1f);

        private float Roof => MathF.Max(4.2f, _values.Count("levels") * LevelHeight + 1.6f);

        public View View()
        {
            Shell();
            Lamps();
            for (int side = -1; side <= 1; side += 2)
                for (int bay = 0; bay < _values.Count("bays"); bay++) Bay(side, bay);
            for (int i = 0; i < _values.Count("clutter"); i++) Clutter(i);
            Heap();
            for (int i = 0; i < _values.Count("distractors"); i++) Distractor(i);
            for (int i = 0; i < (int)_values.Number("forklifts"); i++) Truck(i);
            for (int i = 0; i < _values.Count("people"); i++) Person(i);
            float bright = (float)(2.1 * Math.Pow(2, _values.Number("exposure")));
            var ambient = Tint() * (0.5f * _values.Single("light"));
            return new(new(_cast.Actors, _lights, Ambient: ambient), Eye(), bright);
        }

        private void Shell()
        {
            var throws = occasion.Dice.Of("shell");
            float wide = _aisle + 2 * RackDepth + 4, deep = _long + 9;
            var concrete = throws.Near(new(0.38f, 0.37f, 0.35f), 0.2f);
            var floor = new Material("concrete", Vector3.One, 0, throws.Between(0.35f, 0.8f),
                Texture: new Clouds(concrete, concrete * 0.75f, 1.7f, (uint)throws.Below(1000)));
            var paint = throws.Near(throws.Pick([new(0.62f, 0.62f, 0.6f), new(0.45f, 0.52f, 0.58f), new Vector3(0.5f, 0.36f, 0.27f)]),
                0.15f);
            var wall = new Material("wall", Vector3.One, 0, 0.9f,
                Texture: throws.Chance(0.4) ? new Brick(paint, paint * 0.6f) : new Clouds(paint, paint * 0.9f, 2.5f));
            var roof = Paints.Cloth(paint * 0.6f);
            float middle = -deep / 2 + 5;
            _cast.Add("floor", Shapes.Box(new(wide, 0.2f, deep), floor), new Vector3(0, -0.1f, middle));
            _cast.Add("ceiling", Shapes.Box(new(wide, 0.2f, deep), roof), new Vector3(0, Roof + 0.1f, middle));
            foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            {
                _cast.Add("wall", Shapes.Box(new(0.2f, Roof, deep), wall), new Vector3(side * (wide / 2 + 0.1f), Roof / 2, middle));
                _cast.Add("wall", Shapes.Box(new(wide, Roof, 0.2f), wall), new Vector3(0, Roof / 2, middle + side * (deep / 2 + 0.1f)));
            }
        }

        private Vector3 Tint()
        {
            float warm = _values.Single("warmth");
            return new(0.86f + 0.26f * warm, 0.98f, 1.2f - 0.5f * warm);
        }

        private void Lamps()
        {
            double failed = _values.Level("failed") switch { "none" => 0, "some" => 0.35, _ => 0.75 };
            var throws = occasion.Dice.Of("lamps");
            int rows = Math.Max(3, (int)MathF.Ceiling(_long / 3.2f) + 1);
            for (int i = 0; i < rows; i++)
            {
                float z = 2.5f - i * (_long + 4) / (rows - 1), y = Roof - 0.35f;
                bool on = i == 0 || !throws.Chance(failed);
                var radiance = Tint() * (on ? 26 * _values.Single("light") : 0);
                // The light's plate hangs just under its body, which would else shade it.
                if (on) _lights.Add(new RectangleLight(new(-0.15f, y - 0.05f, z - 0.75f), new(0.3f, 0, 0), new(0, 0, 1.5f), radiance));
                _cast.Add("lamp", Shapes.Box(new(0.32f, 0.08f, 1.52f), Paints.Glowing(Tint() * (on ? 6 : 0.02f))), new Vector3(0, y, z));
            }
        }

        private void Bay(int side, int bay)
        {
            string path = $"rack {side}/{bay}";
            int levels = _values.Count("levels");
            float x = side * (_aisle / 2 + RackDepth / 2), z = -(bay + 0.5f) * (BayWidth + 0.1f) + 0.5f;
            float[] heights = [.. Enumerable.Range(0, levels).Select(l => FirstLevel + l * LevelHeight)];
            _cast.Add("rack", Stores.Rack(BayWidth, RackDepth, levels * LevelHeight + 0.5f, [.. heights.Skip(1)]),
                Cast.Standing(new(x, 0, z), side > 0 ? -MathF.PI / 2 : MathF.PI / 2));
            for (int level = 0; level < levels; level++)
                for (int place = 0; place < 2; place++)
                {
                    var throws = occasion.Dice.Of($"{path}/{level}/{place}");
                    if (!throws.Chance(_values.Number("fill"))) continue;
                    var at = new Vector3(x, heights[level], z + (place - 0.5f) * 1.28f);
                    Load(at, side > 0 ? -MathF.PI / 2 : MathF.PI / 2, throws, LevelHeight - 0.35f);
                }
        }

        // A pallet with cartons or drums on it, its long side along the aisle's line.
        private void Load(Vector3 at, float turn, Throws throws, float room)
        {
            var pose = Cast.Standing(at, turn + throws.Between(-0.04f, 0.04f));
            _cast.Add("pallet", Stores.Pallet, pose);
            float top = Stores.PalletHeight;
            if (throws.Chance(0.15))
            {
                var paint = Paints.Paint(Paints.Hue(throws.Uniform(), 0.8f, throws.Between(0.1f, 0.5f)));
                for (int i = 0; i < 2; i++)
                    _cast.Add("barrel", Stores.Barrel.Of(Repaint(paint)), pose.After(Pose.At(new(-0.3f + 0.6f * i, top, 0))));
                return;
            }
            int columns = throws.Chance(0.5) ? 2 : 1, layers = 1 + throws.Below(2);
            float height = (room - top) / layers * throws.Between(0.55f, 0.9f);
            for (int c = 0; c < columns; c++)
            {
                int stacked = layers - (throws.Chance(0.3) ? 1 : 0);
                float width = 1.1f / columns * throws.Between(0.8f, 0.97f);
                for (int layer = 0; layer < Math.Max(1, stacked); layer++)
                {
                    var size = new Vector3(width, height * throws.Between(0.9f, 1), 0.75f * throws.Between(0.8f, 1));
                    var place = new Vector3((c - (columns - 1) / 2f) * 0.58f, top + layer * height, throws.Between(-0.02f, 0.02f));
                    _cast.Add("box", Stores.Carton(size, throws), pose.After(Pose.Turn(Vector3.UnitY, throws.Between(-0.06f, 0.06f),
                        place)));
                }
            }
        }

        private static Material[] Repaint(Material paint) => [paint, Paints.Steel];

        private Vector3 InAisle(Throws throws, float margin)
        {
            float reach = _aisle / 2 - margin;
            return new(throws.Between(-reach, reach), 0, throws.Between(-_long, 0.6f));
        }

        private void Clutter(int index)
        {
            var throws = occasion.Dice.Of($"clutter/{index}");
            float side = throws.Chance(0.5) ? 1 : -1;
            var at = new Vector3(side * (_aisle / 2 - throws.Between(0.35f, 0.7f)), 0, throws.Between(-_long, 0.8f));
            switch (throws.Below(4))
            {
                case 0:
                    var paint = Paints.Paint(Paints.Hue(throws.Uniform(), 0.85f, throws.Between(0.1f, 0.5f)));
                    _cast.Add("barrel", Stores.Barrel.Of(Repaint(paint)), Cast.Standing(at, throws.Between(0, 6)));
                    break;
                case 1:
                    _cast.Add("cone", Stores.Cone, Cast.Standing(at, throws.Between(0, 6)));
                    break;
                case 2:
                    Load(at, MathF.PI / 2, throws, 1.6f);
                    break;
                default:
                    var size = new Vector3(throws.Between(0.25f, 0.6f), throws.Between(0.2f, 0.5f), throws.Between(0.25f, 0.6f));
                    _cast.Add("box", Stores.Carton(size, throws), Cast.Standing(at, throws.Between(0, 6)));
                    break;
            }
        }

        // Cartons let fall one above the other; where they come to rest is worked out, not chosen.
        private void Heap()
        {
            int count = _values.Count("heap");
            if (count == 0) return;
            var throws = occasion.Dice.Of("heap");
            var middle = new Vector3(throws.Between(-0.25f, 0.25f) * _aisle, 0, throws.Between(-0.6f * _long, -2));
            var sizes = new Vector3[count];
            var bodies = new List<RigidBody> { new("floor", new PlaneCollider(), Pose.Identity) { Kind = BodyKind.Static } };
            for (int i = 0; i < count; i++)
            {
                sizes[i] = new(throws.Between(0.2f, 0.5f), throws.Between(0.12f, 0.35f), throws.Between(0.2f, 0.5f));
                var axis = new Vector3(throws.Between(-1, 1), throws.Between(-1, 1), throws.Between(-1, 1) + 1e-3f);
                var at = new Vector3(throws.Between(-0.35f, 0.35f), 0.4f + 0.38f * i, throws.Between(-0.35f, 0.35f));
                bodies.Add(new($"carton {i + 1}", new BoxCollider(sizes[i]), Pose.Turn(axis, throws.Between(0, 1.2f), at))
                    { Density = 150, Surface = new(0.5f, 0.05f) });
            }
            var world = new PhysicsWorld(new WorldSpec(bodies), RunContext.Quiet(0) with { Cancel = occasion.Cancel });
            world.Settle(8);
            for (int i = 0; i < count; i++)
            {
                var lies = world.PoseOf(i + 1);
                // A carton is drawn from its foot, and falls about its middle.
                var foot = Pose.At(new(0, -sizes[i].Y / 2, 0));
                _cast.Add("box", Stores.Carton(sizes[i], throws), (lies with { Translation = lies.Translation + middle }).After(foot));
            }
        }

        private void Distractor(int index)
        {
            var throws = occasion.Dice.Of($"distractor/{index}");
            var at = InAisle(throws, 0.5f);
            float size = throws.Between(0.12f, 0.4f);
            var material = new Material("any", Paints.Hue(throws.Uniform(), throws.Uniform(), throws.Between(0.1f, 0.9f)), throws.Uniform(),
                throws.Between(0.1f, 1), Texture: throws.Chance(0.5) ? new Checker(Vector3.One, new(0.2f), size / 3) : null);
            var mesh = throws.Below(4) switch
            {
                0 => Shapes.Sphere(size / 2, 24, material),
                1 => Shapes.Cone(size / 2, size, 24, material),
                2 => Shapes.Capsule(size / 4, size, 24, material),
                _ => Shapes.Box(new(size), material),
            };
            _cast.Add("box", mesh, Cast.Standing(at + new Vector3(0, size / 2, 0), throws.Between(0, 6)));
        }

        private void Truck(int index)
        {
            var throws = occasion.Dice.Of($"forklift/{index}");
            float heading = throws.Chance(0.5) ? throws.Between(-0.3f, 0.3f) : MathF.PI + throws.Between(-0.3f, 0.3f);
            var colour = throws.Near(throws.Pick([new(0.8f, 0.45f, 0.02f), new(0.6f, 0.05f, 0.03f), new Vector3(0.05f, 0.25f, 0.12f)]),
                0.2f);
            float forks = throws.Chance(0.6) ? 0.1f : throws.Between(0.2f, 1.6f);
            var course = new Course(InAisle(throws, 0.9f) + new Vector3(0, 0, -3 - 4 * index), heading, throws.Between(0.3f, 2));
            _cast.Add("forklift", [new(Stores.Forklift(colour, forks))], course.Motion(occasion));
        }

        private void Person(int index)
        {
            var throws = occasion.Dice.Of($"person/{index}");
            var figure = Figure.Of(throws, atWork: true);
            bool walks = throws.Chance(0.65);
            var at = InAisle(throws, 0.45f) with { Z = throws.Between(-_long, -1.2f) };
            var course = new Course(at, throws.Between(-MathF.PI, MathF.PI), walks ? throws.Between(0.8f, 1.6f) : 0);
            double phase = throws.Uniform() + course.Speed * occasion.Time / People.Stride(figure);
            _cast.Add("person", (name, kind) =>
                People.Walker(name, kind, figure, (float)(phase - Math.Floor(phase)), walks ? 0.42f : 0.05f, course.Motion(occasion)));
        }

        private Camera Eye()
        {
            float yaw = _values.Single("camera_yaw") * MathF.PI / 180, pitch = _values.Single("camera_pitch") * MathF.PI / 180;
            var eye = new Vector3(0, MathF.Min(_values.Single("camera_height"), Roof - 0.6f), 3.2f);
            var sight = new Vector3(MathF.Sin(yaw) * MathF.Cos(pitch), -MathF.Sin(pitch), -MathF.Cos(yaw) * MathF.Cos(pitch));
            return Camera.OfView(occasion.Width, occasion.Height, _values.Single("view") * MathF.PI / 180,
                Motion.Still(Pose.LookAt(eye, eye + sight, Vector3.UnitY)));
        }
    }
}
