using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Vehicles of simple shape: the body faces +z over the middle of the ground it covers, wheels turn.</summary>
internal static class Vehicles
{
    private static readonly Material Lamp = Paints.Glowing(new(1.2f, 1.15f, 1)), RearLamp = Paints.Glowing(new(0.5f, 0.02f, 0.02f));

    private static readonly Vector3[] Common =
    [
        new(0.75f, 0.75f, 0.73f), new(0.02f, 0.02f, 0.022f), new(0.3f, 0.31f, 0.32f), new(0.5f, 0.03f, 0.03f), new(0.03f, 0.08f, 0.3f),
        new(0.1f, 0.2f, 0.12f), new(0.55f, 0.4f, 0.1f),
    ];

    /// <summary>Parts of a car of some length and shape; wheels are turned as far as the way driven at each moment tells.</summary>
    public static IReadOnlyList<Part> Car(Throws throws, Course course, Occasion occasion)
    {
        float length = throws.Between(3.7f, 4.9f), width = throws.Between(1.7f, 1.9f), height = throws.Between(1.4f, 1.72f);
        float half = length / 2, belt = 0.52f * height, back = throws.Chance(0.4) ? -half + 0.1f : -half + throws.Between(0.4f, 0.9f);
        float nose = throws.Between(0.75f, 1.15f);
        var paint = Paints.Paint(throws.Near(throws.Pick(Common), 0.2f)) with { Metallic = 0.25f, Roughness = 0.25f };
        var body = new Assembly()
            .Add(Solids.Prism([new(-half, 0.28f), new(half, 0.28f), new(half, 0.62f), new(half - 0.25f, belt), new(-half, belt + 0.05f)],
                width, paint, 0.03f), default(Vector3))
            .Add(Solids.Prism([new(back - 0.05f, belt), new(half - nose, belt), new(half - nose - 0.75f, height), new(back + 0.3f, height)],
                width - 0.08f, Paints.Glass, 0.16f), default(Vector3))
            .Add(Solids.Prism([new(back + 0.15f, height - 0.07f), new(half - nose - 0.65f, height - 0.07f),
                new(half - nose - 0.75f, height + 0.01f), new(back + 0.28f, height + 0.01f)], width - 0.33f, paint), default(Vector3));
        foreach (float x in (ReadOnlySpan<float>)[-0.38f, 0.38f])
            body.Box(new(x * width, 0.6f, half - 0.02f), new(0.34f, 0.13f, 0.08f), Lamp)
                .Box(new(x * width, 0.68f, -half + 0.02f), new(0.3f, 0.15f, 0.08f), RearLamp);
        body.Box(new(0, 0.42f, half), new(0.5f, 0.11f, 0.03f), Paints.White).Box(new(0, 0.45f, -half), new(0.5f, 0.11f, 0.03f),
            Paints.White)
            .Box(new(0, 0.3f, half - 0.02f), new(width - 0.2f, 0.16f, 0.1f), Paints.Black);
        return [new(body.Build()), .. Wheels(0.32f, 0.2f, width / 2 - 0.1f, [half - 0.75f, -half + 0.75f], course, occasion)];
    }

    /// <summary>Parts of a lorry with a box body.</summary>
    public static IReadOnlyList<Part> Truck(Throws throws, Course course, Occasion occasion)
    {
        float length = throws.Between(6.5f, 9), width = 2.35f, height = throws.Between(2.9f, 3.6f), half = length / 2;
        var cab = Paints.Paint(throws.Near(throws.Pick(Common), 0.2f));
        var box = Paints.Paint(throws.Chance(0.6) ? new Vector3(0.75f) : Paints.Hue(throws.Uniform(), 0.6f, 0.5f));
        var body = new Assembly()
            .Add(Solids.Prism([new(half - 1.9f, 0.55f), new(half, 0.55f), new(half, 1.5f), new(half - 0.25f, 2.5f), new(half - 1.9f, 2.5f)],
                width, cab, 0.04f), default(Vector3))
            .Box(new(0, 1.85f, half - 0.11f), new(width - 0.4f, 0.65f, 0.08f), Paints.Glass)
            .Box(new(0, (height + 1) / 2, -1.05f), new(width + 0.1f, height - 1, length - 2.2f), box)
            .Box(new(0, 0.85f, -0.5f), new(0.9f, 0.25f, length - 1.2f), Paints.Black)
            .Box(new(0, 0.55f, -half + 0.1f), new(width, 0.14f, 0.1f), Paints.Black);
        foreach (float x in (ReadOnlySpan<float>)[-0.9f, 0.9f])
            body.Box(new(x, 0.85f, half), new(0.3f, 0.2f, 0.06f), Lamp).Box(new(x, 0.85f, -half + 0.05f), new(0.25f, 0.14f, 0.06f),
            RearLamp);
        return [new(body.Build()), .. Wheels(0.48f, 0.3f, width / 2 - 0.15f, [half - 1.2f, -half + 1.6f, -half + 2.7f], course, occasion)];
    }

    /// <summary>Parts of a bus.</summary>
    public static IReadOnlyList<Part> Bus(Throws throws, Course course, Occasion occasion)
    {
        float length = throws.Between(9, 12), width = 2.5f, half = length / 2;
        var paint = Paints.Paint(Paints.Hue(throws.Uniform(), 0.8f, throws.Between(0.25f, 0.6f)));
        var body = new Assembly().Box(new(0, 1.65f, 0), new(width, 2.6f, length), paint)
            .Box(new(0, 1.95f, half), new(width - 0.3f, 1.3f, 0.05f), Paints.Glass)
            .Box(new(0, 2.1f, -half), new(width - 0.5f, 0.9f, 0.05f), Paints.Glass)
            .Box(new(0, 2.1f, 0), new(width + 0.03f, 0.95f, length - 0.8f), Paints.Glass)
            .Box(new(0, 2.8f, half + 0.01f), new(1.4f, 0.25f, 0.05f), Paints.Glowing(new(0.9f, 0.55f, 0.05f)));
        for (float z = -half + 1; z < half - 0.5f; z += 1.5f) body.Box(new(0, 2.1f, z), new(width + 0.05f, 0.98f, 0.12f), paint);
        foreach (float x in (ReadOnlySpan<float>)[-0.95f, 0.95f])
            body.Box(new(x, 0.75f, half), new(0.32f, 0.2f, 0.06f), Lamp).Box(new(x, 0.9f, -half), new(0.22f, 0.3f, 0.06f), RearLamp);
        return [new(body.Build()), .. Wheels(0.48f, 0.3f, width / 2 - 0.14f, [half - 2.4f, -half + 2.6f], course, occasion)];
    }

    /// <summary>A bicycle with its rider.</summary>
    public static IReadOnlyList<Part> Cyclist(Throws throws, Course course, Occasion occasion)
    {
        var figure = Figure.Of(throws, atWork: false);
        var frame = Paints.Paint(Paints.Hue(throws.Uniform(), 0.8f, 0.4f));
        Vector3 crank = new(0, 0.3f, 0.02f), saddle = new(0, 0.95f, -0.18f), head = new(0, 0.85f, 0.42f), rear = new(0, 0.34f, -0.5f),
            front = new(0, 0.34f, 0.56f), neck = new(0, 1.48f, 0.2f), hip = new(0, 1, -0.16f);
        var body = new Assembly().Rod(crank, saddle, 0.02f, frame).Rod(crank, head, 0.02f, frame).Rod(saddle, head, 0.02f, frame)
            .Rod(rear, crank, 0.015f, frame).Rod(rear, saddle, 0.015f, frame).Rod(front, head + new Vector3(0, 0.12f, -0.04f), 0.02f, frame)
            .Rod(new(-0.28f, 1, 0.38f), new(0.28f, 1, 0.38f), 0.015f, Paints.Black).Box(saddle, new(0.14f, 0.05f, 0.25f), Paints.Black)
            .Limb(hip, neck, 0.13f, figure.Top).Add(Shapes.Sphere(0.11f, 16, figure.Skin), neck + new Vector3(0, 0.2f, 0.06f))
            .Add(Shapes.Sphere(0.125f, 16, figure.Hat), neck + new Vector3(0, 0.24f, 0.04f));
        double turned = course.Speed * occasion.Time * 1.1 + throws.Uniform() * 6;
        foreach (float side in (ReadOnlySpan<float>)[-1, 1])
        {
            float angle = (float)turned + (side > 0 ? MathF.PI : 0);
            var foot = crank + new Vector3(side * 0.1f, 0.17f * MathF.Cos(angle), 0.17f * MathF.Sin(angle));
            var knee = (hip + foot) * 0.5f + new Vector3(side * 0.04f, 0.12f, 0.2f);
            Vector3 shoulder = neck + new Vector3(side * 0.17f, -0.05f, 0), hand = new(side * 0.26f, 1.02f, 0.37f);
            body.Limb(hip + new Vector3(side * 0.08f, 0, 0), knee, 0.07f, figure.Legs).Limb(knee, foot, 0.05f, figure.Legs)
                .Limb(shoulder, (shoulder + hand) * 0.5f + new Vector3(side * 0.05f, -0.06f, 0), 0.045f, figure.Top)
                .Limb((shoulder + hand) * 0.5f + new Vector3(side * 0.05f, -0.06f, 0), hand, 0.035f, figure.Skin);
        }
        return [new(body.Build()), .. Wheels(0.34f, 0.035f, 0, [0.56f, -0.5f], course, occasion)];
    }

    private static readonly Dictionary<(float, float), Mesh> Made = [];

    private static IEnumerable<Part> Wheels(float radius, float thick, float aside, float[] along, Course course, Occasion occasion)
    {
        var wheel = Wheel(radius, thick);
        Pose Turned(double time, Vector3 at) =>
            Pose.Turn(Vector3.UnitX, (float)(course.Speed * time / radius % (2 * Math.PI)), at)
            .After(Pose.Turn(Vector3.UnitZ, MathF.PI / 2));
        foreach (float z in along)
            foreach (float side in aside > 0 ? new[] { -1f, 1f } : [0f])
            {
                var at = new Vector3(side * aside, radius, z);
                yield return new(wheel, new(Turned(occasion.Time - occasion.Step, at), Turned(occasion.Time, at),
                    Turned(occasion.Time + occasion.Step, at)));
            }
    }

    private static Mesh Wheel(float radius, float thick)
    {
        lock (Made)
        {
            if (Made.TryGetValue((radius, thick), out var made)) return made;
            var wheel = new Assembly().Add(Shapes.Cylinder(radius, thick, 28, Paints.Rubber), default(Vector3))
                .Add(Shapes.Cylinder(radius * 0.62f, thick + 0.01f, 20, Paints.Steel), default(Vector3));
            for (int i = 0; i < 5; i++)
            {
                float angle = i * 2 * MathF.PI / 5;
                wheel.Box(new(radius * 0.4f * MathF.Cos(angle), 0, radius * 0.4f * MathF.Sin(angle)),
                    new(radius * 0.16f, thick + 0.02f, radius * 0.16f), Paints.Black);
            }
            return Made[(radius, thick)] = wheel.Build();
        }
    }
}
