using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>What stands about in a warehouse. Everything stands on y = 0 about the middle, and faces +z.</summary>
internal static class Stores
{
    private static readonly Material Timber = new("pallet wood", new(0.9f), 0, 0.85f,
        Texture: new Wood(new(0.62f, 0.45f, 0.27f), new(0.4f, 0.26f, 0.14f)));

    private static readonly Material Upright = Paints.Paint(new(0.03f, 0.09f, 0.4f)), Beam = Paints.Paint(new(0.85f, 0.28f, 0.03f));

    /// <summary>A EUR pallet: 1.2 m by .8 m, 144 mm high.</summary>
    public static Mesh Pallet { get; } = MakePallet();

    public const float PalletHeight = 0.144f;

    /// <summary>A drum of 200 litres, its paint the first material.</summary>
    public static Mesh Barrel { get; } = MakeBarrel();

    public static Mesh Cone { get; } = MakeCone();

    private static Mesh MakePallet()
    {
        var pallet = new Assembly();
        for (int i = 0; i < 5; i++) pallet.Box(new(0, 0.133f, -0.35f + 0.175f * i), new(1.2f, 0.022f, 0.12f), Timber);
        for (int i = -1; i <= 1; i++)
        {
            pallet.Box(new(0, 0.011f, 0.34f * i), new(1.2f, 0.022f, 0.1f), Timber);
            for (int j = -1; j <= 1; j++) pallet.Box(new(0.52f * j, 0.072f, 0.34f * i), new(0.14f, 0.1f, 0.1f), Timber);
        }
        return pallet.Build();
    }

    private static Mesh MakeBarrel()
    {
        var paint = Paints.Paint(new(0.1f, 0.2f, 0.5f));
        var barrel = new Assembly().Add(Shapes.Cylinder(0.285f, 0.88f, 36, paint), new Vector3(0, 0.44f, 0));
        foreach (float y in (ReadOnlySpan<float>)[0.01f, 0.3f, 0.58f, 0.87f])
            barrel.Add(Shapes.Cylinder(0.295f, 0.025f, 36, paint), new Vector3(0, y, 0));
        return barrel.Add(Shapes.Cylinder(0.03f, 0.02f, 16, Paints.Steel), new Vector3(0.18f, 0.885f, 0)).Build();
    }

    private static Mesh MakeCone()
    {
        Material orange = Paints.Paint(new(0.9f, 0.2f, 0.02f));
        return new Assembly().Box(new(0, 0.015f, 0), new(0.38f, 0.03f, 0.38f), Paints.Rubber)
            .Add(Shapes.Cone(0.15f, 0.7f, 28, orange), new Vector3(0, 0.38f, 0))
            .Add(Shapes.Cylinder(0.092f, 0.1f, 28, Paints.White), new Vector3(0, 0.33f, 0)).Build();
    }

    /// <summary>A cardboard box with tape and a label.</summary>
    public static Mesh Carton(Vector3 size, Throws throws)
    {
        var colour = throws.Near(new(0.5f, 0.34f, 0.19f), 0.25f);
        var board = new Material("cardboard", Vector3.One, 0, 0.85f, Texture: new Clouds(colour, colour * 0.86f, 0.12f,
            (uint)throws.Below(1000)));
        var tape = new Material("tape", throws.Near(new(0.55f, 0.42f, 0.24f), 0.2f), 0, 0.25f);
        var carton = new Assembly().Box(new(0, size.Y / 2, 0), size, board)
            .Box(new(0, size.Y / 2, 0), new(0.05f, size.Y + 0.002f, size.Z + 0.002f), tape);
        if (throws.Chance(0.6))
            carton.Add(Solids.Plate(size.X * 0.3f, size.Y * 0.25f, Paints.White),
                new Vector3(throws.Between(-0.25f, 0.25f) * size.X, size.Y * throws.Between(0.4f, 0.7f), size.Z / 2 + 0.002f));
        return carton.Build();
    }

    /// <summary>A bay of pallet racking, open at the front: two frames and pairs of beams.</summary>
    public static Mesh Rack(float width, float depth, float height, IReadOnlyList<float> levels)
    {
        var rack = new Assembly();
        foreach (float x in (ReadOnlySpan<float>)[-width / 2, width / 2])
        {
            foreach (float z in (ReadOnlySpan<float>)[-depth / 2, depth / 2])
                rack.Box(new(x, height / 2, z), new(0.1f, height, 0.08f), Upright);
            for (float y = 0.3f; y + 0.8f < height; y += 0.8f)
                rack.Rod(new(x, y, -depth / 2), new(x, y + 0.8f, depth / 2), 0.02f, Upright, 6);
        }
        foreach (float level in levels)
        {
            foreach (float z in (ReadOnlySpan<float>)[-depth / 2, depth / 2])
                rack.Box(new(0, level - 0.06f, z), new(width - 0.1f, 0.12f, 0.05f), Beam);
            for (int i = -1; i <= 1; i++) rack.Box(new(i * width / 3, level - 0.02f, 0), new(0.1f, 0.03f, depth), Paints.Steel);
        }
        return rack.Build();
    }

    /// <summary>A counterbalance truck, forks forward, at a height in metres.</summary>
    public static Mesh Forklift(Vector3 colour, float forks)
    {
        var paint = Paints.Paint(colour);
        var truck = new Assembly();
        truck.Add(Solids.Prism([new(-1.2f, 0.3f), new(0.5f, 0.3f), new(0.5f, 0.75f), new(-0.5f, 1.05f), new(-1.2f, 1.05f)], 1.1f, paint,
            0.06f),
            default(Vector3));
        truck.Box(new(0, 0.95f, -0.05f), new(0.5f, 0.1f, 0.5f), Paints.Black).Box(new(0, 1.2f, -0.32f), new(0.5f, 0.5f, 0.1f),
            Paints.Black);
        foreach (float x in (ReadOnlySpan<float>)[-0.48f, 0.48f])
        {
            truck.Rod(new(x, 1f, -0.9f), new(x, 2.1f, -0.6f), 0.03f, Paints.Black).Rod(new(x, 0.7f, 0.5f), new(x, 2.1f, 0.3f), 0.03f,
                Paints.Black)
                .Rod(new(x, 2.1f, -0.6f), new(x, 2.1f, 0.3f), 0.03f, Paints.Black)
                .Box(new(x * 0.7f, 1.2f, 0.75f), new(0.09f, 2.3f, 0.1f), Paints.Steel)
                .Box(new(x * 0.6f, forks + 0.03f, 1.35f), new(0.12f, 0.05f, 1.1f), Paints.Steel);
            foreach (float z in (ReadOnlySpan<float>)[-0.8f, 0.4f])
                truck.Add(Shapes.Cylinder(0.3f, 0.22f, 28, Paints.Rubber), Pose.Turn(Vector3.UnitZ, MathF.PI / 2, new(x * 1.1f, 0.3f, z)));
        }
        for (int i = 0; i < 6; i++) truck.Box(new(0, 2.1f, -0.6f + 0.18f * i), new(0.98f, 0.03f, 0.05f), Paints.Black);
        return truck.Box(new(0, forks + 0.35f, 0.83f), new(0.9f, 0.6f, 0.05f), Paints.Steel)
            .Rod(new(0, 1.05f, 0.35f), new(0, 1.35f, 0.2f), 0.02f, Paints.Black)
            .Add(Shapes.Sphere(0.06f, 12, Paints.Glowing(new(3, 1, 0.1f))), new Vector3(0, 2.2f, -0.5f)).Build();
    }
}
