using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes;

public class LabelTests
{
    private static RunContext Threads(int count) => RunContext.Quiet(0, count);

    /// <summary>
    /// A table of things that partly hide one another, one that moves and turns, one with keypoints, and a camera that moves.
    /// </summary>
    internal static (Scene Scene, Camera Camera) Table(int width = 96, int height = 64)
    {
        var box = Shapes.Box(new(1, 1, 1), Material.Matt(.8f, .2f, .1f));
        var turning = new Motion(Pose.Turn(new(1, 2, 1), .4f, new(-.8f, .6f, .1f)), Pose.Turn(new(1, 2, 1), .5f, new(-.7f, .6f, 0)),
            Pose.Turn(new(1, 2, 1), .6f, new(-.6f, .6f, -.1f)));
        var wood = new Material("wood", new(1), 0, .6f, default, new Wood(new(.6f, .4f, .2f), new(.3f, .2f, .1f)));
        Actor[] actors =
        [
            new("floor", 1, Shapes.Plane(20, 4, new Material("tiles", new(1), 0, .8f, default, new Checker(new(.7f), new(.2f), .5f))),
                Pose.Identity),
            new("box", 2, [new(box)], turning, [new("corner", 0, new(.5f, .5f, .5f)), new("far", 0, new(.5f, -.5f, -.5f)),
                new("middle", 0, default)]),
            new("ball", 3, Shapes.Sphere(.5f, 48, wood), Pose.At(new(-.35f, .5f, .9f))),
            new("lamp", 4, [new(Shapes.Cylinder(.1f, 1)), new(Shapes.Cone(.4f, .4f), Motion.Still(Pose.At(new(0, .6f, 0))))],
                Motion.Still(Pose.At(new(.9f, .5f, .6f)))),
            new("behind", 5, Shapes.Capsule(.2f, .8f), Pose.At(new(0, .4f, 9))),
        ];
        Pose look(float x) => Pose.LookAt(new(x, 1.6f, 4), new(0, .4f, 0), Vector3.UnitY);
        var camera = Camera.OfView(width, height, .9f, new(look(.45f), look(.5f), look(.55f)));
        return (new(actors, [new SunLight(new(1, 2, 1), new(3))], new Sky(new(1, 2, 1))), camera);
    }

    private static Frame Labelled() => Frame.Of(Table().Scene, Table().Camera, Threads(2));

    [Fact]
    public void Depth_of_a_plane_and_a_sphere_is_that_of_the_closed_form()
    {
        var camera = Camera.OfView(120, 90, 1, Motion.Still(Pose.LookAt(new(0, 2, 5), new(0, .5f, 0), Vector3.UnitY)));
        var scene = new Scene([new("floor", 1, Shapes.Plane(50), Pose.Identity),
            new("ball", 2, Shapes.Sphere(1, 512), Pose.At(new(0, 1, 0)))], []);
        var frame = Frame.Of(scene, camera, Threads(1));
        int balls = 0, floors = 0;
        for (int y = 0; y < 90; y++)
            for (int x = 0; x < 120; x++)
            {
                var ray = frame.Stage.RayThrough(x, y);
                double floor = ray.Direction.Y < 0 ? -ray.Origin.Y / ray.Direction.Y : double.PositiveInfinity;
                Vector3 o = ray.Origin - new Vector3(0, 1, 0), d = ray.Direction;
                double a = Vector3.Dot(d, d), b = Vector3.Dot(o, d), c = Vector3.Dot(o, o) - 1, root = b * b - a * c;
                // Within a hair of the outline the ball's facets decide, not the ball.
                if (Math.Abs(root) < .02) continue;
                double ball = root > 0 ? (-b - Math.Sqrt(root)) / a : double.PositiveInfinity, depth = frame.Pixels.Depth[y * 120 + x];
                double expected = Math.Min(floor, ball);
                if (expected > 20) continue;
                Assert.InRange(depth / expected, 1 - 1e-4, 1 + 1e-4);
                Assert.Equal(ball < floor ? 2 : 1, frame.Pixels.Instance[y * 120 + x]);
                if (ball < floor) balls++; else floors++;
            }
        Assert.True(balls > 500 && floors > 2000, $"{balls} {floors}");
    }

    [Fact]
    public void Flow_leads_to_where_the_moved_scene_shows_the_same_point()
    {
        var (scene, camera) = Table();
        var frame = Frame.Of(scene, camera, Threads(1));
        Motion later(Motion m) => Motion.Still(m.After);
        var moved = scene with { Actors = [.. scene.Actors.Select(a => a with { Motion = later(a.Motion) })] };
        var stage = new Stage(moved, camera with { Motion = later(camera.Motion) });
        int followed = 0;
        for (int at = 0; at < frame.Pixels.Depth.Length; at++)
        {
            if (frame.Hits.Surface[at] < 0) continue;
            var flow = frame.Pixels.Forward[at];
            float x = at % camera.Width + flow.X, y = at / camera.Width + flow.Y;
            var hit = stage.Tree.Closest(stage.RayThrough(x, y));
            if (hit.Instance != frame.Hits.Surface[at] || hit.Primitive != frame.Hits.Primitive[at]) continue;
            var surface = stage.Surfaces[hit.Instance];
            var there = surface.Now.Point(surface.Local(hit.Primitive, hit.U, hit.V));
            var here = surface.Now.Point(surface.Local(hit.Primitive, frame.Hits.U[at], frame.Hits.V[at]));
            Vector3 a = camera.Project(stage.WorldToCamera.Point(there)), b = camera.Project(stage.WorldToCamera.Point(here));
            Assert.InRange(Vector2.Distance(new(a.X, a.Y), new(b.X, b.Y)), 0, .01f);
            followed++;
        }
        Assert.InRange(followed, 3000, 96 * 64);
    }

    [Fact]
    public void Boxes_masks_and_visibility_agree_with_pixels_counted_one_by_one()
    {
        var frame = Labelled();
        var (scene, camera) = Table();
        foreach (var actor in frame.Actors)
        {
            PixelBox tight = default, amodal = default;
            int seen = 0, alone = 0;
            var only = new Stage(new([scene.Actors[actor.Instance - 1]], []), camera);
            for (int y = 0; y < camera.Height; y++)
                for (int x = 0; x < camera.Width; x++)
                {
                    bool shown = frame.Pixels.Instance[y * camera.Width + x] == actor.Instance;
                    bool would = only.Tree.BruteForce(only.RayThrough(x, y)).IsHit;
                    Assert.Equal(would, actor.Amodal.At(x, y));
                    if (shown) (tight, seen) = (tight.With(x, y), seen + 1);
                    if (would) (amodal, alone) = (amodal.With(x, y), alone + 1);
                }
            Assert.Equal((tight, seen, alone, amodal), (actor.Tight, actor.VisiblePixels, actor.AmodalPixels, actor.Amodal.Box));
        }
        Assert.Equal(0, frame.Actors[4].AmodalPixels);
        Assert.InRange(frame.Actors[1].Visibility, .3, .98);
        Assert.Contains(frame.Actors[1].HiddenBy, h => h.Instance == 3);
        Assert.Equal(frame.Actors[1].AmodalPixels - frame.Actors[1].VisiblePixels, frame.Actors[1].HiddenBy.Sum(h => h.Pixels));
    }

    [Fact]
    public void Keypoints_are_seen_hidden_or_outside()
    {
        var box = Labelled().Actors[1];
        Assert.Equal([Seen.Visible, Seen.Hidden, Seen.Hidden], box.Keypoints.Select(k => k.Seen));
        var (scene, camera) = Table();
        var away = camera with { Motion = Motion.Still(Pose.LookAt(new(.5f, 1.6f, 4), new(0, 2, 9), Vector3.UnitY)) };
        Assert.All(Frame.Of(scene, away, Threads(1)).Actors[1].Keypoints, k => Assert.Equal(Seen.Outside, k.Seen));
    }

    [Fact]
    public void A_frame_is_the_same_on_any_number_of_threads()
    {
        var (scene, camera) = Table(101, 67);
        Frame one = Frame.Of(scene, camera, Threads(1)), many = Frame.Of(scene, camera, Threads(7));
        Assert.Equal(one.Pixels.Depth, many.Pixels.Depth);
        Assert.Equal(one.Pixels.Normal, many.Pixels.Normal);
        Assert.Equal(one.Pixels.Forward, many.Pixels.Forward);
        Assert.Equal(one.Pixels.Albedo, many.Pixels.Albedo);
        Assert.Equal(one.Actors.Select(a => (a.AmodalPixels, a.Tight)), many.Actors.Select(a => (a.AmodalPixels, a.Tight)));
    }

    [Fact]
    public void A_frame_in_the_memory_of_another_is_the_same_and_one_that_is_kept_stays()
    {
        // Two scenes, so that what is left of one would show in the other.
        var (scene, camera) = Table(200, 160);
        var bare = scene with { Actors = [scene.Actors[0]] };
        var (kept, run) = (Frame.Of(scene, camera, Threads(2)), Threads(2));
        float[] depth = [.. kept.Pixels.Depth];
        Vector3[] colours = [.. Renderer.Render(kept, new(), run).Pixels];
        var other = Frame.Of(bare, camera, run);
        var taken = other.Pixels.SceneFlow;
        Renderer.Render(other, new(), run).Release();
        other.Release();
        var again = Frame.Of(scene, camera, run);
        Assert.Contains(taken, new[] { again.Pixels.Normal, again.Pixels.Albedo, again.Pixels.SceneFlow });
        Assert.Equal(depth, again.Pixels.Depth);
        Assert.Equal(kept.Pixels.Normal, again.Pixels.Normal);
        Assert.Equal(kept.Pixels.SceneFlow, again.Pixels.SceneFlow);
        Assert.Equal(kept.Pixels.Forward, again.Pixels.Forward);
        Assert.Equal(kept.Pixels.Instance, again.Pixels.Instance);
        Assert.Equal(kept.Hits.Primitive, again.Hits.Primitive);
        Assert.Equal(colours, Renderer.Render(again, new(), run).Pixels);
        Assert.Equal(depth, kept.Pixels.Depth);
    }

    [Fact]
    public void Every_fault_of_a_scene_is_named_at_once()
    {
        var (scene, camera) = Table();
        var bad = scene with { Actors = [.. scene.Actors, new("no class", 0, Shapes.Box(new(1)), Pose.Identity),
            new("metal", 1, Shapes.Box(new(1), new Material("odd", new(2, 0, 0))),
                new Pose(Vector3.UnitX, Vector3.UnitX, Vector3.UnitZ, default))] };
        string message = Assert.Throws<ArgumentException>(() => new Stage(bad, camera with { Fx = 0 })).Message;
        foreach (string part in (string[])["class 0", "odd", "not rigid", "focal lengths"]) Assert.Contains(part, message);
    }
}
