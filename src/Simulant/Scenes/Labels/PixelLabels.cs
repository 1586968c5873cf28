using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        // Every pixel is written to all of them.
        (Range, Normal) = (KeptArrays<float>.Take(count), KeptArrays<Vector3>.Take(count));
        (Albedo, SceneFlow) = (KeptArrays<Vector3>.Take(count), KeptArrays<Vector3>.Take(count));
        (Forward, Backward) = (KeptArrays<Vector2>.Take(count), KeptArrays<Vector2>.Take(count));
        (Semantic, Instance) = (KeptArrays<ushort>.Take(count), KeptArrays<ushort>.Take(count));
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
        var (views, paints) = Views(stage);
        Work.For((hits.Height + 3) / 4, run, band =>
        {
            for (int y = 4 * band; y < Math.Min(4 * band + 4, hits.Height); y++) labels.Row(stage, hits, views, paints, y);
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

    internal void Release()
    {
        KeptArrays<float>.Give(Depth);
        KeptArrays<float>.Give(Range);
        KeptArrays<Vector3>.Give(Normal);
        KeptArrays<Vector3>.Give(Albedo);
        KeptArrays<Vector3>.Give(SceneFlow);
        KeptArrays<Vector2>.Give(Forward);
        KeptArrays<Vector2>.Give(Backward);
        KeptArrays<ushort>.Give(Semantic);
        KeptArrays<ushort>.Give(Instance);
    }

    private void Row(Stage stage, HitBuffer hits, SurfaceView[] views, Paint[] paints, int y)
    {
        var camera = stage.Camera;
        var pinhole = new Pinhole(new(camera.Fx, camera.Fy), new(camera.Cx, camera.Cy), camera.Pose);
        LabelBlock block = default;
        int x = 0;
        for (; camera.Lens is null && x + 8 <= Width; x += 8)
        {
            int at = y * Width + x, surface = hits.Surface[at];
            bool alike = Vector256.EqualsAll(Vector256.Create<int>(hits.Surface.AsSpan(at, 8)), Vector256.Create(surface));
            if (alike && surface < 0) block.Show(paints.Length - 1);
            else Places(stage, hits, at, paints.Length - 1, ref block);
            if (alike && PaintOf(paints, surface) is { Plain: true } paint) Colour(paint, at);
            else for (int lane = 0; lane < 8; lane++) Colour(stage, hits, paints, at + lane);
            LabelLanes.Fill(ref block, views, views.Length - 1, pinhole, x, y, at, Depth, Range, Normal, SceneFlow, Forward, Backward);
        }
        for (; x < Width; x++)
        {
            Colour(stage, hits, paints, y * Width + x);
            One(stage, hits, views, x, y);
        }
    }

    // Where on their surfaces eight pixels lie.
    private static void Places(Stage stage, HitBuffer hits, int at, int sky, ref LabelBlock block)
    {
        ReadOnlySpan<int> surfaces = hits.Surface.AsSpan(at, 8), primitives = hits.Primitive.AsSpan(at, 8);
        ReadOnlySpan<float> us = hits.U.AsSpan(at, 8), vs = hits.V.AsSpan(at, 8);
        for (int lane = 0; lane < 8; lane++)
        {
            if (surfaces[lane] < 0)
            {
                block.Set(lane, sky, default, default);
                continue;
            }
            ref readonly var of = ref stage.Surfaces[surfaces[lane]];
            int primitive = primitives[lane];
            block.Set(lane, surfaces[lane], of.Local(primitive, us[lane], vs[lane]), of.Normal(primitive));
        }
    }

    private static ref readonly Paint PaintOf(Paint[] paints, int surface) => ref paints[surface < 0 ? paints.Length - 1 : surface];

    // Eight pixels of one colour.
    private void Colour(in Paint paint, int at)
    {
        Vector128.Create(paint.Class).CopyTo(Semantic, at);
        Vector128.Create(paint.Instance).CopyTo(Instance, at);
        Albedo.AsSpan(at, 8).Fill(paint.Colour);
    }

    private void Colour(Stage stage, HitBuffer hits, Paint[] paints, int at)
    {
        int surface = hits.Surface[at];
        ref readonly var paint = ref PaintOf(paints, surface);
        (Semantic[at], Instance[at]) = (paint.Class, paint.Instance);
        if (paint.Plain)
        {
            Albedo[at] = paint.Colour;
            return;
        }
        ref readonly var of = ref stage.Surfaces[surface];
        int primitive = hits.Primitive[at];
        float u = hits.U[at], v = hits.V[at];
        var material = of.Mesh.MaterialAt(primitive);
        Albedo[at] = material.Texture is null ? material.BaseColour
            : material.ColourAt(of.Local(primitive, u, v), of.Uv(primitive, u, v));
    }

    // One pixel, under any lens.
    private void One(Stage stage, HitBuffer hits, SurfaceView[] views, int x, int y)
    {
        int at = y * Width + x, surface = hits.Surface[at];
        var camera = stage.Camera;
        var sight = camera.Direction(x, y);
        ref readonly var view = ref views[surface < 0 ? views.Length - 1 : surface];
        Range[at] = Depth[at] * Spatial.Length(sight);
        if (surface < 0)
        {
            // As far away as can be: only the camera's turn moves it.
            (Normal[at], SceneFlow[at]) = (default, default);
            var away = camera.Pose.Direction(sight);
            Forward[at] = Flow(camera, view.After.Point(away), x, y);
            Backward[at] = Flow(camera, view.Before.Point(away), x, y);
            return;
        }
        ref readonly var of = ref stage.Surfaces[surface];
        var local = of.Local(hits.Primitive[at], hits.U[at], hits.V[at]);
        var normal = view.Now.Direction(of.Normal(hits.Primitive[at]));
        Normal[at] = Spatial.Dot(normal, sight) > 0 ? -normal : normal;
        Forward[at] = Flow(camera, view.After.Point(local), x, y);
        Backward[at] = Flow(camera, view.Before.Point(local), x, y);
        SceneFlow[at] = view.Still ? default : view.WorldAfter.Point(local) - view.World.Point(local);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector2 Flow(Camera camera, Vector3 point, int x, int y)
    {
        if (!(point.Z > 0)) return new(float.NaN);
        var place = camera.Project(point);
        return new(place.X - x, place.Y - y);
    }

    // Every surface as the camera sees it, and what it writes; the sky comes last.
    private static (SurfaceView[] Views, Paint[] Paints) Views(Stage stage)
    {
        var scene = stage.Scene;
        Pose before = stage.Camera.Motion.Before.Inverse(), after = stage.Camera.Motion.After.Inverse();
        return (
        [
            .. stage.Surfaces.Select(s => new SurfaceView(before.After(s.Before), stage.WorldToCamera.After(s.Now), after.After(s.After),
                s.Now, s.After, s.Now == s.After)),
            SurfaceView.Sky(before, after),
        ],
        [
            .. stage.Surfaces.Select(s => new Paint((ushort)scene.Actors[s.Actor].Class, (ushort)(s.Actor + 1),
                s.Mesh.Materials is [{ Texture: null }], s.Mesh.Materials[0].BaseColour)),
            new Paint(0, 0, true, default),
        ]);
    }

    /// <param name="Plain">Whether all of it has one colour.</param>
    private readonly record struct Paint(ushort Class, ushort Instance, bool Plain, Vector3 Colour);
}
