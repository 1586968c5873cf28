using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Scenes.Worlds.Props;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>
/// Printed circuit boards under an inspection camera. What is wrong with a board has a class of its own where it can be seen: a bridge of
/// solder, bare pads where a part is missing, a part that is crooked, stood on end or turned round, a scratch.
/// </summary>
public sealed class CircuitBoards : IWorld
{
    // Of view, in degrees.
    private const float Angle = 35;

    public string Name => "circuit-boards";

    public string Meaning => "Printed circuit boards under an inspection camera, some of them with a defect.";

    public SceneClasses Classes { get; } = Kinds.Of(["bench", "board"],
    [
        "chip", "resistor", "capacitor", "electrolytic", "connector", "led", "hole", "missing_part", "crooked_part", "tombstone", "bridge",
        "scratch", "reversed_part",
    ]);

    public IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("defect", "What is wrong with the board; 2 in 100 boards have a defect, as in a good production.",
            new Choice(["none", "missing_part", "crooked_part", "tombstone", "bridge", "scratch", "reversed_part"],
                [0.98, 0.006, 0.005, 0.003, 0.003, 0.002, 0.001])),
        new("design", "Which board: its outline, its parts and their places are the design's.", new Whole(1, 4)) { Minimum = 1, Maximum =
            1000 },
        new("mask", "Colour of the solder mask.", new Choice(["green", "blue", "black", "red"], [0.6, 0.2, 0.12, 0.08])),
        new("shift_x", "Place of the board on the bench, in millimetres.", new CutNormal(0, 2.5, -10, 10)),
        new("shift_z", "Likewise, the other way.", new CutNormal(0, 2.5, -10, 10)),
        new("turn", "Turn of the board in degrees.", new CutNormal(0, 1.5, -8, 8)) { Minimum = -180, Maximum = 180 },
        new("slack", "How far sound parts lie off their places, in tenths of a millimetre.", new Uniform(0, 1)) { Minimum = 0, Maximum =
            3 },
        new("tilt", "Angle of the camera off the vertical, in degrees.", new CutNormal(0, 1, -4, 4)) { Minimum = -45, Maximum = 45 },
        new("height", "Height of the camera in millimetres.", new Uniform(185, 205)) { Minimum = 80, Maximum = 500 },
        new("ring", "Brightness of the ring of lamps, as a factor.", new LogUniform(0.7, 1.4)) { Minimum = 0.05, Maximum = 10 },
        new("side_light", "Brightness of light from one side, as a factor.", new Uniform(0, 0.8)) { Minimum = 0, Maximum = 10 },
        new("side", "Where the side light comes from, in degrees.", new Uniform(0, 360)),
        new("dust", "Specks of dust on the board.", new Whole(0, 20)) { Minimum = 0, Maximum = 200 },
        new("exposure", "Exposure in stops against the usual.", new CutNormal(0, 0.15, -0.6, 0.6)) { Minimum = -6, Maximum = 6 },
    ];

    public double Reach(Func<string, (double Low, double High)> within, int width, int height) => IWorld.ReachOf(Angle, width, height);

    public View Build(Occasion occasion) => new Inspection(this, occasion).View();

    /// <summary>One board under the camera. Lengths are in metres, as everywhere; the board's top is y = 0.</summary>
    private sealed class Inspection(CircuitBoards world, Occasion occasion)
    {
        private readonly Values _values = occasion.Values;
        private readonly Cast _cast = new(world.Classes);
        private readonly BoardDesign _design = BoardDesign.Of(occasion.Values.Count("design"));
        private Pose _board;

        public View View()
        {
            _board = Cast.Standing(new(_values.Single("shift_x") / 1000, 0, _values.Single("shift_z") / 1000),
                _values.Single("turn") * MathF.PI / 180);
            Bench();
            string defect = _values.Level("defect");
            var throws = occasion.Dice.Of("defect");
            int at = defect == "none" ? -1 : Suffering(defect, throws);
            for (int i = 0; i < _design.Parts.Count; i++) Place(_design.Parts[i], i, i == at ? defect : "none", throws);
            if (defect == "scratch") Scratch(throws);
            for (int i = 0; i < _values.Count("dust"); i++) Dust(i);
            float bright = (float)(1.3 * Math.Pow(2, _values.Number("exposure")));
            return new(new(_cast.Actors, Lamps(), Ambient: new Vector3(0.25f * _values.Single("ring"))), Eye(), bright);
        }

        private void Bench()
        {
            var mask = _values.Level("mask") switch
            {
                "green" => new Vector3(0.015f, 0.13f, 0.05f), "blue" => new(0.01f, 0.05f, 0.2f), "black" => new(0.015f, 0.015f, 0.017f),
                _ => new Vector3(0.22f, 0.015f, 0.015f),
            };
            _cast.Add("bench", Shapes.Box(new(0.6f, 0.02f, 0.6f), Paints.Cloth(new(0.16f, 0.17f, 0.18f))), new Vector3(0, -0.0116f, 0));
            var board = new Material("board", Vector3.One, 0, 0.35f, Texture: new BoardSurface(mask, 0.00127f, (uint)_design.Number));
            _cast.Add("board", Shapes.Box(new(_design.Width, 0.0016f, _design.Depth), board), _board.After(Pose.At(new(0, -0.0008f, 0))));
            foreach (float x in (ReadOnlySpan<float>)[-1, 1])
                foreach (float z in (ReadOnlySpan<float>)[-1, 1])
                    _cast.Add("hole", new Assembly().Add(Shapes.Cylinder(0.0032f, 0.0001f, 32, Paints.Steel), default(Vector3))
                        .Add(Shapes.Cylinder(0.0016f, 0.00016f, 24, Paints.Black), default(Vector3)).Build(),
                        _board.After(Pose.At(new(x * (_design.Width / 2 - 0.005f), 0.0001f, z * (_design.Depth / 2 - 0.005f)))));
        }

        // Which part a defect is to befall: one that can have it.
        private int Suffering(string defect, Throws throws)
        {
            int[] able = [.. Enumerable.Range(0, _design.Parts.Count).Where(i => _design.Parts[i].Kind is var kind && defect switch
            {
                "tombstone" => kind is "resistor" or "capacitor",
                "bridge" => kind is "chip",
                "reversed_part" => kind is "chip" or "electrolytic" or "led",
                "scratch" => false,
                _ => kind is not "connector",
            })];
            return able.Length == 0 ? -1 : throws.Pick(able);
        }

        private void Place(BoardPart part, int index, string defect, Throws unlucky)
        {
            var throws = occasion.Dice.Of($"part/{index}");
            float slack = _values.Single("slack") * 1e-4f;
            var off = new Vector3(slack * throws.Between(-1, 1), 0, slack * throws.Between(-1, 1));
            var at = _board.After(Pose.Turn(Vector3.UnitY, part.Turn + throws.Between(-0.02f, 0.02f), part.At + off));
            switch (defect)
            {
                case "missing_part":
                    _cast.Add("missing_part", Components.Pads(part), at);
                    return;
                case "crooked_part":
                    float skew = (unlucky.Chance(0.5) ? 1 : -1) * unlucky.Between(0.14f, 0.5f);
                    _cast.Add("crooked_part", Components.Of(part), at.After(Pose.Turn(Vector3.UnitY, skew,
                        new(unlucky.Between(-0.2f, 0.2f) * part.Size.X, 0, unlucky.Between(-0.2f, 0.2f) * part.Size.Z))));
                    return;
                case "tombstone":
                    _cast.Add("tombstone", Components.Of(part),
                        at.After(Pose.Turn(Vector3.UnitZ, MathF.PI / 2 - unlucky.Between(0.05f, 0.3f),
                        new(part.Size.X * 0.35f, part.Size.X * 0.5f, 0))));
                    return;
                case "reversed_part":
                    _cast.Add("reversed_part", Components.Of(part), at.After(Pose.Turn(Vector3.UnitY, MathF.PI)));
                    return;
                case "bridge":
                    _cast.Add(part.Kind, Components.Of(part), at);
                    _cast.Add("bridge", Components.Bridge(part, unlucky), at);
                    return;
                default:
                    _cast.Add(part.Kind, Components.Of(part), at);
                    return;
            }
        }

        private void Scratch(Throws throws)
        {
            var mesh = new Assembly();
            var at = new Vector3(throws.Between(-0.35f, 0.35f) * _design.Width, 0.00004f, throws.Between(-0.35f, 0.35f) * _design.Depth);
            float heading = throws.Between(0, 6.28f), bent = throws.Between(-0.25f, 0.25f);
            var bare = new Material("bare copper", new(0.7f, 0.45f, 0.2f), 0.8f, 0.3f);
            for (int i = 0; i < 6; i++, heading += bent)
            {
                var next = at + new Vector3(MathF.Cos(heading), 0, MathF.Sin(heading)) * 0.0026f;
                mesh.Rod(at, next, 0.00022f, bare, 6);
                at = next;
            }
            _cast.Add("scratch", mesh.Build(), _board);
        }

        private void Dust(int index)
        {
            var throws = occasion.Dice.Of($"dust/{index}");
            var at = new Vector3(throws.Between(-0.48f, 0.48f) * _design.Width, 0.0001f, throws.Between(-0.48f, 0.48f) * _design.Depth);
            _cast.Add("board", Shapes.Sphere(throws.Between(0.0001f, 0.00035f), 8, Paints.Cloth(new(throws.Between(0.3f, 0.8f)))),
                _board.After(Pose.At(at)));
        }

        private List<Light> Lamps()
        {
            var lights = new List<Light>();
            float ring = _values.Single("ring");
            for (int i = 0; i < 4; i++)
            {
                float angle = (i + 0.5f) * MathF.PI / 2;
                lights.Add(new SphereLight(new(0.13f * MathF.Cos(angle), 0.2f, 0.13f * MathF.Sin(angle)), 0.02f, new Vector3(18 * ring)));
            }
            float side = _values.Single("side") * MathF.PI / 180, strength = _values.Single("side_light");
            if (strength > 0)
                lights.Add(new SphereLight(new(0.3f * MathF.Cos(side), 0.12f, 0.3f * MathF.Sin(side)), 0.03f, new Vector3(30, 29, 26)
                * strength));
            return lights;
        }

        private Camera Eye()
        {
            float tilt = _values.Single("tilt") * MathF.PI / 180, height = _values.Single("height") / 1000;
            var eye = new Vector3(MathF.Sin(tilt) * height, MathF.Cos(tilt) * height, 0);
            return Camera.OfView(occasion.Width, occasion.Height, Angle * MathF.PI / 180,
                Motion.Still(Pose.LookAt(eye, default, -Vector3.UnitZ)));
        }
    }
}
