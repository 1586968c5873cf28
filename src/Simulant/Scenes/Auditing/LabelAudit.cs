using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Auditing;

/// <summary>Which check of <see cref="LabelAudit"/> failed, how often in the frame, and the first place.</summary>
public sealed record LabelFault(string Check, int Count, string First);

/// <summary>
/// Cross-checks every label of a frame against the scene and against the other labels, by ways that the labels did not come: points are
/// put back into the world and projected by the camera's formula, instances traced again ray by ray, boxes and counts taken from masks.
/// </summary>
public static class LabelAudit
{
    /// <summary>Largest departures allowed: of depth as a part of it, of flow in pixels, of places in metres.</summary>
    public const float DepthPart = 1e-4f, FlowPixels = 0.01f, Metres = 1e-3f;

    // Retracing each pixel would cost as much as the frame: every so many are, from a place that changes by row.
    private const int Stride = 7;

    /// <summary>All faults, by check in alphabetical order; empty where every label holds.</summary>
    public static IReadOnlyList<LabelFault> Run(Frame frame, RunContext run)
    {
        var rows = new List<(string Check, string Where)>[frame.Pixels.Height];
        Work.For(rows.Length, run, y =>
        {
            rows[y] = [];
            for (int x = 0; x < frame.Pixels.Width; x++) PixelAudit.Check(frame, x, y, rows[y]);
            for (int x = y % Stride; x < frame.Pixels.Width; x += Stride) Retrace(frame, x, y, rows[y]);
        });
        var actors = new List<(string Check, string Where)>[frame.Actors.Count];
        Work.For(actors.Length, run, i =>
        {
            actors[i] = [];
            ActorAudit.Check(frame, frame.Actors[i], actors[i]);
        });
        return [.. rows.Concat(actors).SelectMany(found => found).GroupBy(f => f.Check).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new LabelFault(g.Key, g.Count(), g.First().Where))];
    }

    private static void Retrace(Frame frame, int x, int y, List<(string, string)> faults)
    {
        int at = y * frame.Pixels.Width + x;
        var hit = frame.Stage.Tree.Closest(frame.Stage.RayThrough(x, y));
        int instance = hit.IsHit ? frame.Stage.Surfaces[hit.Instance].Actor + 1 : 0;
        if (frame.Pixels.Instance[at] != instance)
            faults.Add(("instance", $"pixel {x}, {y}: a ray meets {instance}, the mask says {frame.Pixels.Instance[at]}"));
    }
}

/// <summary>Labels by pixel.</summary>
internal static class PixelAudit
{
    public static void Check(Frame frame, int x, int y, List<(string, string)> faults)
    {
        int at = y * frame.Pixels.Width + x, surface = frame.Hits.Surface[at];
        void Add(string check, string what) => faults.Add((check, $"pixel {x}, {y}: {what}"));
        Colour(frame.Pixels.Albedo[at], surface, Add);
        if (surface < 0) Sky(frame.Pixels, at, Add);
        else Hit(frame, surface, at, x, y, Add);
    }

    private static void Colour(Vector3 albedo, int surface, Action<string, string> add)
    {
        bool within(float v) => v is >= 0 and <= 1;
        if (!within(albedo.X) || !within(albedo.Y) || !within(albedo.Z)) add("albedo", $"{albedo} is not within 0 to 1");
        if (surface < 0 && albedo != default) add("albedo", $"the sky has {albedo}");
    }

    private static void Sky(PixelLabels pixels, int at, Action<string, string> add)
    {
        if (!float.IsPositiveInfinity(pixels.Depth[at]) || !float.IsPositiveInfinity(pixels.Range[at])) add("depth", "the sky is near");
        if (pixels.Instance[at] != 0 || pixels.Semantic[at] != 0) add("semantic", "the sky has a class or instance");
        if (pixels.Normal[at] != default) add("normal", "the sky has a normal");
    }

    private static void Hit(Frame frame, int index, int at, int x, int y, Action<string, string> add)
    {
        var (stage, pixels, hits) = (frame.Stage, frame.Pixels, frame.Hits);
        var camera = stage.Camera;
        ref readonly var surface = ref stage.Surfaces[index];
        var local = surface.Local(hits.Primitive[at], hits.U[at], hits.V[at]);
        Vector3 world = surface.Now.Point(local), seen = stage.WorldToCamera.Point(world), sight = camera.Direction(x, y);
        float depth = pixels.Depth[at], away = Spatial.Length(seen);
        if (!(MathF.Abs(depth - seen.Z) <= LabelAudit.DepthPart * seen.Z)) add("depth", $"{depth} m, and the surface is at {seen.Z} m");
        if (!(MathF.Abs(pixels.Range[at] - away) <= LabelAudit.DepthPart * away)) add("range",
            $"{pixels.Range[at]} m, and the surface is {away} m off");
        var normal = pixels.Normal[at];
        if (!(MathF.Abs(Spatial.Length(normal) - 1) <= 1e-4f)) add("normal", $"{normal} is not of length 1");
        else if (Spatial.Dot(normal, sight) > 1e-4f) add("normal", $"{normal} looks away from the viewer");
        else
        {
            var flat = stage.WorldToCamera.Direction(surface.Now.Direction(surface.Normal(hits.Primitive[at])));
            if (MathF.Abs(MathF.Abs(Spatial.Dot(flat, normal)) - 1) > 1e-3f) add("normal", $"{normal} is not the triangle's");
        }
        int instance = pixels.Instance[at];
        if (instance < 1 || instance > stage.Scene.Actors.Count || stage.Scene.Actors[instance - 1].Class != pixels.Semantic[at])
            add("semantic", $"class {pixels.Semantic[at]} is not that of instance {instance}");
        if (instance != surface.Actor + 1) add("instance", $"{instance}, and the hit is on {surface.Actor + 1}");
        Vector3 after = world + pixels.SceneFlow[at], moved = surface.After.Point(local);
        if (!(Spatial.Length(after - moved) <= LabelAudit.Metres)) add("scene-flow", $"leads to {after}, the point goes to {moved}");
        Flow("flow-forward", camera, camera.Motion.After, after, pixels.Forward[at], x, y, add);
        Flow("flow-backward", camera, camera.Motion.Before, surface.Before.Point(local), pixels.Backward[at], x, y, add);
    }

    private static void Flow(string check, Description.Camera camera, Pose eye, Vector3 world, Vector2 flow, int x, int y, Action<string,
        string> add)
    {
        var seen = eye.Inverse().Point(world);
        if (!(seen.Z > 0))
        {
            if (!float.IsNaN(flow.X)) add(check, $"{flow}, and the point is behind the camera");
            return;
        }
        var place = camera.Project(seen);
        float slack = LabelAudit.FlowPixels + 1e-5f * (MathF.Abs(flow.X) + MathF.Abs(flow.Y));
        if (!(MathF.Abs(x + flow.X - place.X) <= slack && MathF.Abs(y + flow.Y - place.Y) <= slack))
            add(check, $"leads to {x + flow.X}, {y + flow.Y}, the point goes to {place.X}, {place.Y}");
    }
}

/// <summary>Labels by actor.</summary>
internal static class ActorAudit
{
    public static void Check(Frame frame, ActorLabels actor, List<(string, string)> faults)
    {
        void Add(string check, string what) => faults.Add((check, $"instance {actor.Instance} ({actor.Name}): {what}"));
        Masks(frame, actor, Add);
        Hidden(frame, actor, Add);
        Place(frame, actor, Add);
        foreach (var keypoint in actor.Keypoints) Keypoint(frame, actor, keypoint, Add);
    }

    private static void Masks(Frame frame, ActorLabels actor, Action<string, string> add)
    {
        PixelBox tight = default, amodal = default;
        int seen = 0, alone = 0, outside = 0;
        var pixels = frame.Pixels;
        for (int y = 0, at = 0; y < pixels.Height; y++)
            for (int x = 0; x < pixels.Width; x++, at++)
            {
                bool within = actor.Amodal.At(x, y);
                if (within) (amodal, alone) = (amodal.With(x, y), alone + 1);
                if (pixels.Instance[at] != actor.Instance) continue;
                (tight, seen) = (tight.With(x, y), seen + 1);
                if (!within) outside++;
            }
        if (tight != actor.Tight) add("tight-box", $"{actor.Tight}, and the mask's is {tight}");
        if (amodal != actor.Amodal.Box) add("amodal-box", $"{actor.Amodal.Box}, and the mask's is {amodal}");
        if (outside > 0) add("amodal-mask", $"{outside} visible pixels lie outside it");
        if (seen != actor.VisiblePixels || alone != actor.AmodalPixels || actor.Visibility is < 0 or > 1)
            add("visibility", $"{actor.VisiblePixels} of {actor.AmodalPixels}, and the masks have {seen} of {alone}");
    }

    private static void Hidden(Frame frame, ActorLabels actor, Action<string, string> add)
    {
        var counts = new SortedDictionary<int, int>();
        int behind = 0, stray = 0, x0 = actor.Amodal.Box.Left, y0 = actor.Amodal.Box.Top;
        for (int i = 0; i < actor.Amodal.Pixels.Length; i++)
        {
            if (!actor.Amodal.Pixels[i]) continue;
            int x = x0 + i % actor.Amodal.Box.Width, y = y0 + i / actor.Amodal.Box.Width, at = y * frame.Pixels.Width + x;
            int shown = frame.Pixels.Instance[at];
            if (shown == actor.Instance) continue;
            counts[shown] = counts.GetValueOrDefault(shown) + 1;
            if (i % 5 != 0) continue;
            float alone = Alone(frame, actor, x, y);
            if (float.IsPositiveInfinity(alone)) stray++;
            else if (alone < frame.Pixels.Depth[at] * (1 - LabelAudit.DepthPart)) behind++;
        }
        if (stray > 0) add("amodal-mask", $"in {stray} of its places a ray does not meet the actor");
        if (behind > 0) add("occlusion-depth", $"in {behind} places what hides it lies behind it");
        if (!counts.Select(c => (c.Key, c.Value)).SequenceEqual(actor.HiddenBy))
            add("occlusion-order", $"hidden by {string.Join(", ", actor.HiddenBy)}, and the masks say {string.Join(", ", counts)}");
    }

    private static float Alone(Frame frame, ActorLabels actor, int x, int y)
    {
        float least = float.PositiveInfinity;
        for (int s = 0; s < frame.Stage.Surfaces.Length; s++)
            if (frame.Stage.Surfaces[s].Actor == actor.Instance - 1)
                least = MathF.Min(least, frame.Stage.Tree.ClosestOf(s, frame.Stage.RayThrough(x, y)).T);
        return least;
    }

    private static void Place(Frame frame, ActorLabels actor, Action<string, string> add)
    {
        var stage = frame.Stage;
        var described = stage.Scene.Actors[actor.Instance - 1];
        bool Same(Pose a, Pose b) => Spatial.Length(a.Translation - b.Translation) <= LabelAudit.Metres
            && Spatial.Length(a.X - b.X) + Spatial.Length(a.Y - b.Y) + Spatial.Length(a.Z - b.Z) <= 1e-3f;
        if (!Same(stage.Camera.Pose.After(actor.ToCamera), described.Motion.Now)) add("pose",
            "seen through the camera it is not the actor's own");
        if (!Same(actor.Box.ToCamera, actor.ToCamera.After(Pose.At(actor.Box.Centre)))) add("box-3d",
            "it does not stand where the pose puts it");
        Vector3 half = actor.Box.Size * 0.5f + new Vector3(LabelAudit.Metres);
        var back = actor.Box.ToCamera.Inverse();
        int outside = 0;
        for (int y = actor.Tight.Top; y < actor.Tight.Bottom && y < frame.Pixels.Height; y++)
            for (int x = actor.Tight.Left; x < actor.Tight.Right && x < frame.Pixels.Width; x++)
            {
                int at = y * frame.Pixels.Width + x;
                if (frame.Pixels.Instance[at] != actor.Instance) continue;
                var p = Vector3.Abs(back.Point(stage.Camera.Direction(x, y) * frame.Pixels.Depth[at])) - half;
                float slack = LabelAudit.DepthPart * frame.Pixels.Range[at];
                if (p.X > slack || p.Y > slack || p.Z > slack) outside++;
            }
        if (outside > 0) add("box-3d", $"{outside} of its pixels lie outside the box");
    }

    private static void Keypoint(Frame frame, ActorLabels actor, KeypointLabel label, Action<string, string> add)
    {
        var (stage, pixels) = (frame.Stage, frame.Pixels);
        var described = stage.Scene.Actors[actor.Instance - 1];
        var keypoint = described.Keypoints?.FirstOrDefault(k => k.Name == label.Name);
        if (keypoint is null)
        {
            add("keypoint", $"{label.Name} is not the actor's");
            return;
        }
        var place = stage.Camera.Project(actor.ToCamera.Point(described.Parts[keypoint.Part].Motion.Now.Point(keypoint.Position)));
        if (place.Z > 0 && !(Spatial.Length(place - label.Place) <= 0.02f + 1e-4f * Spatial.Length(place)))
            add("keypoint", $"{label.Name} is labelled at {label.Place}, and its pose puts it at {place}");
        int column = (int)MathF.Round(label.Place.X), row = (int)MathF.Round(label.Place.Y);
        bool inside = label.Place.Z > 0 && column >= 0 && row >= 0 && column < pixels.Width && row < pixels.Height;
        if (inside != label.Seen is not Seen.Outside) add("keypoint-visibility", $"{label.Name} is {label.Seen} at {label.Place}");
        if (!inside) return;
        float near = float.PositiveInfinity, far = 0;
        for (int y = Math.Max(0, row - 1); y <= Math.Min(pixels.Height - 1, row + 1); y++)
            for (int x = Math.Max(0, column - 1); x <= Math.Min(pixels.Width - 1, column + 1); x++)
            {
                near = MathF.Min(near, pixels.Depth[y * pixels.Width + x]);
                far = MathF.Max(far, pixels.Depth[y * pixels.Width + x]);
            }
        // Something thinner than a pixel, or a gap, lies between pixels' rays: then each surface is asked by itself.
        if (label.Seen == Seen.Visible && far < label.Place.Z * (1 - 1e-3f) - keypoint.Within && Blocked(stage, label, keypoint.Within))
            add("keypoint-visibility", $"{label.Name} is called visible at {label.Place.Z} m behind a surface at {far} m");
        if (label.Seen == Seen.Hidden && near > label.Place.Z && !Blocked(stage, label, keypoint.Within)) add("keypoint-visibility",
            $"{label.Name} is called hidden, and nothing is before it");
    }

    private static bool Blocked(Stage stage, KeypointLabel label, float within)
    {
        var ray = stage.RayThrough(label.Place.X, label.Place.Y);
        float far = label.Place.Z - within * label.Place.Z / Spatial.Length(stage.Camera.Direction(label.Place.X, label.Place.Y)
            * label.Place.Z);
        for (int s = 0; s < stage.Surfaces.Length; s++)
            if (stage.Tree.ClosestOf(s, ray).T < far) return true;
        return false;
    }
}
