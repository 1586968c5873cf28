using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>How a person looks.</summary>
internal sealed record Figure(float Height, Material Skin, Material Top, Material Legs, Material Hat, bool Helmet)
{
    private static readonly Vector3[] Skins = [new(0.72f, 0.48f, 0.36f), new(0.45f, 0.27f, 0.18f), new(0.2f, 0.11f, 0.07f)];

    public static Figure Of(Throws throws, bool atWork)
    {
        float height = Math.Clamp(1.72f + 0.09f * throws.Normal(), 1.45f, 2f);
        var skin = Paints.Cloth(throws.Near(throws.Pick(Skins), 0.15f));
        bool bright = atWork && throws.Chance(0.7);
        var top = bright ? new Vector3(0.85f, throws.Chance(0.5) ? 0.75f : 0.25f, 0.03f)
            : Paints.Hue(throws.Uniform(), throws.Between(0.1f, 0.8f), throws.Between(0.05f, 0.6f));
        var legs = Paints.Hue(throws.Between(0.5f, 0.7f), throws.Between(0, 0.6f), throws.Between(0.02f, 0.25f));
        var hat = atWork ? new Vector3(0.85f, 0.7f, 0.05f) : throws.Near(new(0.08f, 0.05f, 0.03f), 0.5f);
        return new(height, skin, Paints.Cloth(top), Paints.Cloth(legs), Paints.Cloth(hat), atWork);
    }
}

/// <summary>
/// A walking person of rods and balls, with the keypoints that human pose sets have. Stands on y = 0 and faces +z; the stride's phase moves
/// arms and legs.
/// </summary>
internal static class People
{
    /// <summary>Names of the keypoints, and which of them are joined by a bone.</summary>
    public static IReadOnlyList<string> Joints { get; } =
    [
        "head", "neck", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip",
            "right_hip",
        "left_knee", "right_knee", "left_ankle", "right_ankle",
    ];

    /// <summary>Metres that one whole stride (both legs) covers, by height.</summary>
    public static float Stride(Figure figure) => 0.8f * figure.Height;

    /// <param name="phase">Of the stride, 0 to 1; with <paramref name="swing"/> 0 the person stands.</param>
    /// <param name="swing">Greatest angle of the thigh, in radians.</param>
    public static Actor Walker(string name, int kind, Figure figure, float phase, float swing, Motion motion)
    {
        float h = figure.Height, hip = 0.53f * h, shoulder = 0.82f * h, half = 0.09f * h;
        var joints = new Dictionary<string, Vector3>
        {
            ["head"] = new(0, 0.935f * h, 0), ["neck"] = new(0, 0.86f * h, 0),
        };
        var body = new Assembly();
        foreach (float side in (ReadOnlySpan<float>)[1, -1])
        {
            string word = side > 0 ? "left_" : "right_";
            float turn = swing * MathF.Sin(2 * MathF.PI * phase + (side > 0 ? 0 : MathF.PI));
            var from = new Vector3(side * 0.05f * h, hip, 0);
            float bend = MathF.Max(0, -MathF.Cos(2 * MathF.PI * phase + (side > 0 ? 0 : MathF.PI))) * 1.2f * swing;
            var knee = from + new Vector3(0, -MathF.Cos(turn), MathF.Sin(turn)) * (0.245f * h);
            var ankle = knee + new Vector3(0, -MathF.Cos(turn - bend), MathF.Sin(turn - bend)) * (0.245f * h);
            var arm = new Vector3(side * (half + 0.035f * h), shoulder, 0);
            var elbow = arm + new Vector3(side * 0.02f * h, -MathF.Cos(turn) * 0.17f * h, -MathF.Sin(turn) * 0.17f * h);
            var wrist = elbow + new Vector3(0, -MathF.Cos(turn * 0.6f) * 0.15f * h, (0.05f - MathF.Sin(turn)) * 0.15f * h);
            (joints[word + "hip"], joints[word + "knee"], joints[word + "ankle"]) = (from, knee, ankle);
            (joints[word + "shoulder"], joints[word + "elbow"], joints[word + "wrist"]) = (arm, elbow, wrist);
            body.Limb(from, knee, 0.045f * h, figure.Legs).Limb(knee, ankle, 0.034f * h, figure.Legs)
                .Box(ankle + new Vector3(0, -0.015f * h, 0.03f * h), new(0.05f * h, 0.03f * h, 0.13f * h), Paints.Black)
                .Limb(arm, elbow, 0.03f * h, figure.Top).Limb(elbow, wrist, 0.024f * h, figure.Top)
                .Add(Shapes.Sphere(0.026f * h, 10, figure.Skin), wrist);
        }
        body.Limb(new(0, hip + 0.04f * h, 0), new(0, shoulder - 0.05f * h, 0), 0.085f * h, figure.Top)
            .Limb(new(-half, shoulder, 0), new(half, shoulder, 0), 0.04f * h, figure.Top)
            .Limb(new(0, 0.83f * h, 0), new(0, 0.89f * h, 0), 0.03f * h, figure.Skin)
            .Add(Shapes.Sphere(0.062f * h, 16, figure.Skin), joints["head"])
            .Add(Shapes.Sphere((figure.Helmet ? 0.07f : 0.064f) * h, 16, figure.Hat), joints["head"] + new Vector3(0, 0.012f * h, -0.008f
            * h));
        return new(name, kind, [new(body.Build())], motion, [.. Joints.Select(j => new Keypoint(j, 0, joints[j], 0.1f * h))]);
    }
}
