using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>The scene at one time while the shutter is open, part 0 (now) to 1 (the next moment).</summary>
internal sealed class Moment
{
    public Moment(Stage stage, float part)
    {
        Stage = stage;
        Poses = part == 0 ? [.. stage.Surfaces.Select(s => s.Now)] : [.. stage.Surfaces.Select(s => Between(s.Now, s.After, part))];
        Tree = part == 0 ? stage.Tree : new([.. stage.Surfaces.Select(s => s.Mesh.Tree)], Poses);
        Suns = [.. stage.Scene.Lights.Select(l => l is SunLight { Radius: > 0 } sun ? SunCone.Of(sun) : (SunCone?)null)];
        Eye = Between(stage.Camera.Motion.Now, stage.Camera.Motion.After, part);
    }

    public Stage Stage { get; }

    public Pose[] Poses { get; }

    public InstanceTree Tree { get; }

    public Pose Eye { get; }

    /// <summary>Of each light that is a sun of some width, its cone.</summary>
    public SunCone?[] Suns { get; }

    public static Moment[] Of(Stage stage, int samples)
    {
        float open = stage.Camera.Shutter;
        if (open == 0) return [.. Enumerable.Repeat(new Moment(stage, 0), samples)];
        return [.. Enumerable.Range(0, samples).Select(s => new Moment(stage, open * (s + 0.5f) / samples))];
    }

    public ShadingPoint Point(RayHit hit, Vector3 direction) => new(Stage.Surfaces[hit.Instance], Poses[hit.Instance], hit, direction);

    // Rows blended and made square again: what turns less than a quarter between two moments follows closely.
    internal static Pose Between(Pose a, Pose b, float part)
    {
        if (part == 0 || a == b) return a;
        var x = Spatial.Unit(a.X + (b.X - a.X) * part);
        var y = a.Y + (b.Y - a.Y) * part;
        y = Spatial.Unit(y - x * Spatial.Dot(x, y));
        return new(x, y, Spatial.Cross(x, y), a.Translation + (b.Translation - a.Translation) * part);
    }
}
