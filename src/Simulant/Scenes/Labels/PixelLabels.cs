using System.Numerics;
using System.Runtime.CompilerServices;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Labels;

/// <summary>Labels by pixel, all worked out from one <see cref="HitBuffer"/>. Rows from the top.</summary>
public sealed class PixelLabels
{
    private PixelLabels(HitBuffer hits)
    {
        (Width, Height, Depth) = (hits.Width, hits.Height, hits.Depth);
        int count = Width * Height;
        (Range, Normal, Albedo, SceneFlow) = (new float[count], new Vector3[count], new Vector3[count], new Vector3[count]);
        (Forward, Backward) = (new Vector2[count], new Vector2[count]);
        (Semantic, Instance) = (new ushort[count], new ushort[count]);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Depth z in metres; positive infinity for the sky.</summary>
    public float[] Depth { get; }

    /// <summary>Distance from the camera in metres; positive infinity for the sky.</summary>
    public float[] Range { get; }

    /// <summary>The triangle's unit normal, turned to the viewer, in the camera's axes; 0 for the sky.</summary>
    public Vector3[] Normal { get; }

    /// <summary>Base colour, linear, 0 to 1; 0 for the sky.</summary>
    public Vector3[] Albedo { get; }

    /// <summary>Pixels to where the same point of the surface is a moment later; not a number where it is then behind the camera.</summary>
    public Vector2[] Forward { get; }

    /// <summary>Pixels to where it was a moment before.</summary>
    public Vector2[] Backward { get; }

    /// <summary>Metres, in the world's axes, that the point moves to the next moment; 0 for the sky.</summary>
    public Vector3[] SceneFlow { get; }

    /// <summary>The actor's class; 0 for the sky.</summary>
    public ushort[] Semantic { get; }

    /// <summary>The actor's index + 1; 0 for the sky.</summary>
    public ushort[] Instance { get; }

    public static PixelLabels Of(Stage stage, HitBuffer hits, RunContext run)
    {
        var labels = new PixelLabels(hits);
        var views = View.Of(stage);
        Pose before = stage.Camera.Motion.Before.Inverse(), after = stage.Camera.Motion.After.Inverse();
        Work.For((hits.Height + 3) / 4, run, band =>
        {
            for (int y = 4 * band; y < Math.Min(4 * band + 4, hits.Height); y++)
                for (int x = 0; x < hits.Width; x++)
                    if (hits.Surface[y * hits.Width + x] < 0) labels.Sky(stage.Camera, before, after, x, y);
                    else labels.Fill(stage, hits, views, x, y);
        });
        return labels;
    }

    /// <summary>Labels of pictures of one width, one below the other.</summary>
    /// <param name="hits">Their hits, stacked.</param>
    internal static PixelLabels Stack(HitBuffer hits, IReadOnlyList<PixelLabels> bands)
    {
        var all = new PixelLabels(hits);
        int at = 0;
        foreach (var band in bands)
        {
            band.Range.CopyTo(all.Range, at);
            band.Normal.CopyTo(all.Normal, at);
            band.Albedo.CopyTo(all.Albedo, at);
            band.Forward.CopyTo(all.Forward, at);
            band.Backward.CopyTo(all.Backward, at);
            band.SceneFlow.CopyTo(all.SceneFlow, at);
            band.Semantic.CopyTo(all.Semantic, at);
            band.Instance.CopyTo(all.Instance, at);
            at += band.Range.Length;
        }
        return all;
    }

    // As far away as can be: only the camera's turn moves it.
    private void Sky(Camera camera, in Pose before, in Pose after, int x, int y)
    {
        int at = y * Width + x;
        var away = camera.Pose.Direction(camera.Direction(x, y));
        Range[at] = float.PositiveInfinity;
        Forward[at] = Flow(camera, after.Direction(away), x, y);
        Backward[at] = Flow(camera, before.Direction(away), x, y);
    }

    private void Fill(Stage stage, HitBuffer hits, View[] views, int x, int y)
    {
        int at = y * Width + x, surface = hits.Surface[at];
        var camera = stage.Camera;
        var sight = camera.Direction(x, y);
        ref readonly var of = ref stage.Surfaces[surface];
        ref readonly var view = ref views[surface];
        int primitive = hits.Primitive[at];
        float u = hits.U[at], v = hits.V[at];
        var local = of.Local(primitive, u, v);
        Range[at] = Depth[at] * Spatial.Length(sight);
        var normal = view.Now.Direction(of.Normal(primitive));
        Normal[at] = Spatial.Dot(normal, sight) > 0 ? -normal : normal;
        Forward[at] = Flow(camera, view.After.Point(local), x, y);
        Backward[at] = Flow(camera, view.Before.Point(local), x, y);
        SceneFlow[at] = view.Still ? default : of.After.Point(local) - of.Now.Point(local);
        var material = of.Mesh.MaterialAt(primitive);
        Albedo[at] = material.Texture is null ? material.BaseColour : material.ColourAt(local, of.Uv(primitive, u, v));
        (Semantic[at], Instance[at]) = (view.Class, (ushort)(of.Actor + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector2 Flow(Camera camera, Vector3 point, int x, int y)
    {
        if (!(point.Z > 0)) return new(float.NaN);
        var place = camera.Project(point);
        return new(place.X - x, place.Y - y);
    }

    /// <summary>A surface as the camera sees it at the three moments.</summary>
    private readonly record struct View(Pose Before, Pose Now, Pose After, bool Still, ushort Class)
    {
        public static View[] Of(Stage stage)
        {
            Pose before = stage.Camera.Motion.Before.Inverse(), after = stage.Camera.Motion.After.Inverse();
            return
            [
                .. stage.Surfaces.Select(s => new View(before.After(s.Before), stage.WorldToCamera.After(s.Now), after.After(s.After),
                    s.Now == s.After, (ushort)stage.Scene.Actors[s.Actor].Class)),
            ];
        }
    }
}
