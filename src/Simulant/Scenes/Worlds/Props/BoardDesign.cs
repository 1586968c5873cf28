using System.Numerics;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>A part of a board's design.</summary>
/// <param name="At">Its middle on the board's top, in metres.</param>
/// <param name="Size">Along its own axes; pins of chips and pads reach beyond.</param>
internal sealed record BoardPart(string Kind, Vector3 At, float Turn, Vector3 Size, int Pins, Vector3 Colour);

/// <summary>A board as it was designed: the same for every board of its number, whatever is drawn for the frame.</summary>
internal sealed record BoardDesign(int Number, float Width, float Depth, IReadOnlyList<BoardPart> Parts)
{
    private const float Edge = 0.004f;

    private static readonly Dictionary<int, BoardDesign> Made = [];

    public static BoardDesign Of(int number)
    {
        lock (Made)
        {
            if (!Made.TryGetValue(number, out var design)) Made[number] = design = Draft(number);
            return design;
        }
    }

    private static BoardDesign Draft(int number)
    {
        var throws = new Dice(0xB0A2D, number).Of("design");
        float width = throws.Between(0.095f, 0.115f), depth = throws.Between(0.07f, 0.085f);
        var parts = new List<BoardPart>();
        void Lay(int count, Func<BoardPart> make)
        {
            for (int i = 0; i < count; i++)
                for (int attempt = 0; attempt < 60; attempt++)
                {
                    var part = make();
                    if (parts.Any(p => Overlap(p, part))) continue;
                    parts.Add(part);
                    break;
                }
        }
        Vector3 Anywhere(float margin) => new(throws.Between(-0.5f, 0.5f) * (width - 2 * margin), 0, throws.Between(-0.5f, 0.5f)
            * (depth - 2 * margin));
        float Quarter() => throws.Below(4) * MathF.PI / 2;
        float end = width / 2 - 0.007f;
        parts.Add(new("connector", new(-end, 0, 0), MathF.PI / 2, new(0.03f, 0.009f, 0.009f), 10, new(0.03f)));
        parts.Add(new("connector", new(end - 0.002f, 0, -depth * 0.2f), MathF.PI / 2, new(0.016f, 0.011f, 0.012f), 6, new(0.45f)));
        Lay(1, () => new("chip", Anywhere(0.02f), Quarter(), new(0.014f, 0.0014f, 0.014f), 32, new(0.02f)));
        Lay(3, () => new("chip", Anywhere(0.012f), Quarter(), new(0.01f, 0.0015f, 0.006f), 14, new(0.022f)));
        Lay(4, () => new("electrolytic", Anywhere(0.011f), Quarter(), new(0.008f, throws.Between(0.009f, 0.012f), 0.008f), 2,
            throws.Chance(0.5) ? new(0.02f, 0.03f, 0.1f) : new(0.03f)));
        Lay(4, () => new("led", Anywhere(0.01f), Quarter(), new(0.0032f, 0.0016f, 0.0018f), 2, Paints.Hue(throws.Uniform(), 0.8f, 0.7f)));
        Lay(24, () => new("resistor", Anywhere(0.009f), Quarter(), new(0.0032f, 0.0006f, 0.0016f), 2, new(0.025f)));
        Lay(20, () => new("capacitor", Anywhere(0.009f), Quarter(), new(0.003f, 0.0012f, 0.0016f), 2, new(0.42f, 0.3f, 0.2f)));
        return new(number, width, depth, parts);
    }

    private static bool Overlap(BoardPart a, BoardPart b)
    {
        (float X, float Z) Half(BoardPart p)
        {
            float x = p.Size.X / 2 + (p.Kind == "chip" ? 0.002f : 0.001f), z = p.Size.Z / 2 + (p.Kind == "chip" ? 0.002f : 0.001f);
            return MathF.Abs(MathF.Sin(p.Turn)) > 0.5f ? (z, x) : (x, z);
        }
        var (ax, az) = Half(a);
        var (bx, bz) = Half(b);
        return MathF.Abs(a.At.X - b.At.X) < ax + bx + Edge / 8 && MathF.Abs(a.At.Z - b.At.Z) < az + bz + Edge / 8;
    }
}

/// <summary>Parts of boards as meshes, standing on y = 0, long along x.</summary>
internal static class Components
{
    private static readonly Material Tin = new("tin", new(0.75f, 0.75f, 0.76f), 0.9f, 0.35f), Solder = new("solder", new(0.7f, 0.7f, 0.72f),
        0.9f, 0.25f);

    private static readonly Dictionary<BoardPart, Mesh> Made = [];

    public static Mesh Of(BoardPart part)
    {
        lock (Made)
        {
            if (!Made.TryGetValue(part, out var mesh)) Made[part] = mesh = Make(part);
            return mesh;
        }
    }

    /// <summary>The bare pads of a part that is not there.</summary>
    public static Mesh Pads(BoardPart part)
    {
        var pads = new Assembly();
        if (part.Kind == "chip")
            foreach (var (at, along) in Pins(part))
                pads.Box(at with { Y = 0.00004f }, along ? new(0.0004f, 0.00008f, 0.0014f) : new(0.0014f, 0.00008f, 0.0004f), Tin);
        else
            foreach (float x in (ReadOnlySpan<float>)[-1, 1])
                pads.Box(new(x * part.Size.X * 0.42f, 0.00004f, 0), new(part.Size.X * 0.34f, 0.00008f, part.Size.Z), Tin);
        return pads.Build();
    }

    /// <summary>Solder across two neighbouring pins of a chip.</summary>
    public static Mesh Bridge(BoardPart chip, Throws throws)
    {
        var pins = Pins(chip);
        int i = throws.Below(pins.Count - 1);
        // The last pin of a side and the first of the next are no neighbours.
        if (pins[i].Along != pins[i + 1].Along || Vector3.Distance(pins[i].At, pins[i + 1].At) > 0.003f) i = 0;
        Vector3 a = pins[i].At with { Y = 0.00018f }, b = pins[i + 1].At with { Y = 0.00018f };
        return new Assembly().Limb(a, b, 0.00026f, Solder).Build();
    }

    private static Mesh Make(BoardPart part)
    {
        var (size, body) = (part.Size, Paints.Plastic(part.Colour));
        var mesh = new Assembly();
        switch (part.Kind)
        {
            case "chip":
                mesh.Box(new(0, size.Y / 2 + 0.0001f, 0), size, Paints.Black)
                    .Add(Shapes.Cylinder(0.0005f, 0.00004f, 16, Paints.White), new Vector3(-size.X * 0.4f, size.Y + 0.00012f, -size.Z
                    * 0.36f))
                    .Box(new(0, size.Y + 0.00011f, 0), new(size.X * 0.5f, 0.00002f, size.Z * 0.09f), Paints.Plastic(new(0.3f)));
                foreach (var (at, along) in Pins(part))
                    mesh.Box(at with { Y = 0.0002f }, along ? new(0.0003f, 0.0004f, 0.0012f) : new(0.0012f, 0.0004f, 0.0003f), Tin);
                break;
            case "electrolytic":
                mesh.Box(new(0, 0.0008f, 0), new(size.X, 0.0016f, size.Z), Paints.Black)
                    .Add(Shapes.Cylinder(size.X * 0.47f, size.Y - 0.0016f, 32, Paints.Steel), new Vector3(0, size.Y / 2 + 0.0008f, 0))
                    .Add(Solids.Prism([new(-0.0032f, 0), new(0.0032f, 0), new(0.0032f, 0.00006f), new(-0.0032f, 0.00006f)], 0.0022f, body),
                        new Vector3(-size.X * 0.3f, size.Y, 0));
                break;
            case "connector":
                mesh.Box(new(0, size.Y / 2, 0), size, body);
                for (int i = 0; i < part.Pins; i++)
                    mesh.Box(new((i - (part.Pins - 1) / 2f) * size.X / (part.Pins + 1), size.Y + 0.0001f, 0),
                    new(0.0012f, 0.0006f, size.Z * 0.5f), Tin);
                break;
            default:
                mesh.Box(new(0, size.Y / 2 + 0.00005f, 0), new(size.X * 0.7f, size.Y, size.Z), body);
                foreach (float x in (ReadOnlySpan<float>)[-1, 1])
                    mesh.Box(new(x * size.X * 0.42f, size.Y / 2 + 0.00005f, 0), new(size.X * 0.18f, size.Y * 1.02f, size.Z * 1.01f), Tin)
                        .Box(new(x * size.X * 0.5f, 0.0001f, 0), new(size.X * 0.24f, 0.0002f, size.Z * 1.1f), Solder);
                if (part.Kind == "led") mesh.Box(new(size.X * 0.2f, size.Y + 0.0001f, 0), new(0.0004f, 0.0001f, size.Z),
                    Paints.Plastic(new(0.05f, 0.3f, 0.05f)));
                break;
        }
        return mesh.Build();
    }

    // Places of a chip's pins, side by side, and whether each points along z.
    private static List<(Vector3 At, bool Along)> Pins(BoardPart chip)
    {
        var pins = new List<(Vector3, bool)>();
        bool square = chip.Size.X == chip.Size.Z;
        int side = chip.Pins / (square ? 4 : 2);
        for (int s = 0; s < (square ? 4 : 2); s++)
            for (int i = 0; i < side; i++)
            {
                float along = (i - (side - 1) / 2f) * chip.Size.X * 0.86f / (side - 1), sign = s % 2 == 0 ? 1 : -1;
                pins.Add(s < 2 ? (new(along, 0, sign * (chip.Size.Z / 2 + 0.0005f)), true)
                    : (new(sign * (chip.Size.X / 2 + 0.0005f), 0, along), false));
            }
        return pins;
    }
}
