using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>What stands along streets. Everything stands on y = 0 about the middle, and faces +z.</summary>
internal static class Roadside
{
    /// <summary>Trees that are built once; each frame chooses among them.</summary>
    private static readonly Lazy<Mesh[]> Grown = new(() => [.. Enumerable.Range(0, 6).Select(Grow)]);

    public static IReadOnlyList<Mesh> Trees => Grown.Value;

    private static readonly Material Post = new("galvanised", new(0.4f, 0.41f, 0.42f), 0.6f, 0.5f);

    private static Mesh Grow(int kind)
    {
        uint seed = (uint)(17 + kind * 31);
        float Part(int i) => Noise.Cell(i, kind, 0, seed);
        float height = 4 + 4 * Part(0), trunk = 0.35f * height;
        var bark = new Material("bark", new(0.9f), 0, 0.95f, Texture: new Clouds(new(0.16f, 0.11f, 0.07f), new(0.07f, 0.05f, 0.035f),
            0.15f));
        var green = new Vector3(0.09f + 0.08f * Part(1), 0.2f + 0.1f * Part(2), 0.035f);
        var leaves = new Material("leaves", new(0.9f), 0, 0.9f, Texture: new Clouds(green, green * 0.3f, 0.35f, seed));
        var tree = new Assembly().Rod(default, new(0, trunk + 0.6f, 0), 0.12f + 0.02f * height, bark, 14);
        for (int i = 0; i < 5; i++)
        {
            float angle = 6.28f * Part(10 + i), out_ = 0.2f * height * Part(20 + i);
            var middle = new Vector3(out_ * MathF.Cos(angle), trunk + height * (0.2f + 0.35f * Part(30 + i)), out_ * MathF.Sin(angle));
            tree.Add(Crown(height * (0.16f + 0.1f * Part(40 + i)), leaves, seed + (uint)i), middle);
        }
        return tree.Build();
    }

    // A ball with bumps, so that its outline is ragged.
    private static Mesh Crown(float radius, Material leaves, uint seed)
    {
        var ball = Shapes.Sphere(radius, 40, leaves);
        Vector3 Bumped(Vector3 p) => p * (1 + 0.22f * Noise.Octaves(p * (2.2f / radius), 3, seed));
        return new([.. ball.Positions.Select(Bumped)], ball.Indices, null, ball.Uvs, ball.Materials);
    }

    public static Mesh Lamp(float height, bool lit) => new Assembly().Rod(default, new(0, height, 0), 0.08f, Post)
        .Rod(new(0, height - 0.1f, 0), new(0, height, 1.4f), 0.05f, Post)
        .Box(new(0, height - 0.05f, 1.6f), new(0.3f, 0.12f, 0.7f), lit ? Paints.Glowing(new(9, 7, 4.5f)) : Paints.White).Build();

    /// <param name="state">0 red, 1 amber, 2 green.</param>
    public static Mesh TrafficLight(int state)
    {
        var light = new Assembly().Rod(default, new(0, 3, 0), 0.07f, Post).Box(new(0, 2.75f, 0.1f), new(0.34f, 0.95f, 0.2f), Paints.Black);
        Vector3[] colours = [new(4, 0.15f, 0.1f), new(4, 2, 0.1f), new(0.15f, 3.5f, 0.8f)];
        for (int i = 0; i < 3; i++)
            light.Add(Shapes.Sphere(0.105f, 16, i == state ? Paints.Glowing(colours[i]) : Paints.Plastic(colours[i] * 0.015f)),
                new Vector3(0, 3.05f - 0.3f * i, 0.19f));
        return light.Build();
    }

    /// <summary>A sign of one of four shapes: prohibition, warning, order, direction.</summary>
    public static Mesh Sign(int kind, Throws throws)
    {
        float top = throws.Between(2.1f, 2.6f);
        Material red = Paints.Paint(new(0.55f, 0.02f, 0.03f)), blue = Paints.Paint(new(0.02f, 0.1f, 0.45f));
        var sign = new Assembly().Rod(default, new(0, top, 0), 0.035f, Post);
        Pose Facing(float z) => Pose.Turn(Vector3.UnitX, MathF.PI / 2, new(0, top, z));
        switch (kind)
        {
            case 0:
                return sign.Add(Shapes.Cylinder(0.35f, 0.02f, 36, red), Facing(0.05f))
                    .Add(Shapes.Cylinder(0.28f, 0.02f, 36, Paints.White), Facing(0.06f))
                    .Box(new(0, top, 0.075f), new(throws.Between(0.1f, 0.3f), 0.16f, 0.01f), Paints.Black).Build();
            case 1:
                return sign.Add(Solids.Prism([new(0.05f, -0.3f), new(0.07f, -0.3f), new(0.07f, 0.38f), new(0.05f, 0.38f)], 0.8f, red, 0.4f),
                        new Vector3(0, top, 0))
                    .Add(Solids.Prism([new(0.071f, -0.24f), new(0.08f, -0.24f), new(0.08f, 0.26f), new(0.071f, 0.26f)], 0.6f, Paints.White,
                        0.3f),
                        new Vector3(0, top, 0)).Build();
            case 2:
                return sign.Add(Shapes.Cylinder(0.33f, 0.02f, 36, blue), Facing(0.05f))
                    .Box(new(0, top, 0.065f), new(0.08f, 0.36f, 0.01f), Paints.White).Build();
            default:
                return sign.Box(new(0, top, 0.05f), new(1.1f, 0.4f, 0.02f), throws.Chance(0.5) ? blue
                    : Paints.Paint(new(0.65f, 0.5f, 0.02f)))
                    .Box(new(-0.1f, top, 0.065f), new(0.6f, 0.08f, 0.01f), Paints.White).Build();
        }
    }

    /// <summary>A house whose front lies in the plane z = 0 and looks to +z; it reaches to -z.</summary>
    public static Mesh House(float width, float depth, float height, Throws throws)
    {
        var plaster = throws.Near(throws.Pick([new(0.55f, 0.5f, 0.42f), new(0.45f, 0.3f, 0.22f), new(0.5f, 0.5f, 0.5f),
            new Vector3(0.4f, 0.42f, 0.45f)]), 0.25f);
        Texture wall = throws.Chance(0.5) ? new Brick(plaster, plaster * 0.7f, Seed: (uint)throws.Below(999))
            : new Clouds(plaster, plaster * 0.88f, 3);
        var facade = new Facade(wall, throws.Near(new(0.6f), 0.3f), new(0.05f, 0.06f, 0.07f), throws.Between(2.8f, 3.4f),
            throws.Between(2, 3.2f), throws.Between(0.9f, 1.5f), throws.Between(1.2f, 1.8f), (uint)throws.Below(999));
        var house = new Assembly().Box(new(0, height / 2, -depth / 2), new(width, height, depth), new("facade", Vector3.One, 0, 0.9f,
            Texture: facade));
        var roof = Paints.Cloth(throws.Near(new(0.22f, 0.1f, 0.07f), 0.4f));
        if (throws.Chance(0.5)) house.Box(new(0, height + 0.15f, -depth / 2), new(width + 0.3f, 0.3f, depth + 0.3f), roof);
        else
            house.Add(Solids.Prism([new(-depth - 0.3f, 0), new(0.3f, 0), new(-depth / 2, throws.Between(2, 4))], width + 0.2f, roof),
                new Vector3(0, height, 0));
        return house.Build();
    }

    public static Mesh Bin(Throws throws) => new Assembly()
        .Box(new(0, 0.55f, 0), new(0.6f, 1.0f, 0.7f), Paints.Plastic(Paints.Hue(throws.Uniform(), 0.6f, 0.15f)))
        .Box(new(0, 1.08f, 0), new(0.64f, 0.08f, 0.76f), Paints.Black).Build();
}
