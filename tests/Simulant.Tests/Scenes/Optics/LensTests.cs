using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Auditing;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Xunit;

namespace Simulant.Tests.Scenes.Optics;

public class LensTests
{
    private static readonly RunContext Run = RunContext.Quiet(0, 2);

    public static TheoryData<Lens, float> Lenses => new()
    {
        { new BrownConrady(-.3, .1), 1 },
        { new BrownConrady(.12, -.05, .001, -.002, .01), 1 },
        { new BrownConrady(-.12, .02, -.003, .002), 1.2f },
        { new Fisheye(.05, -.01, .003, -.001), 1.8f },
        { new Fisheye(), 2 },
    };

    private static Camera With(Lens lens, float angle, int width = 640, int height = 480, Motion? motion = null)
    {
        // The lens's own angle at the border is what keeps within its reach.
        var camera = Camera.OfView(width, height, Math.Min(angle, 1.4f), motion ?? Motion.Still(Pose.Identity));
        return lens is Fisheye ? camera with { Fx = width / angle, Fy = width / angle, Lens = lens } : camera with { Lens = lens };
    }

    [Theory]
    [MemberData(nameof(Lenses))]
    public void A_pixel_goes_out_and_comes_back_within_a_ten_thousandth(Lens lens, float angle)
    {
        var camera = With(lens, angle);
        Assert.Empty(new Scene([], []).Faults(camera));
        double most = 0, bent = 0;
        for (float v = -.5f; v <= 479.5f; v += 4)
            for (float u = -.5f; u <= 639.5f; u += 4)
            {
                var direction = camera.Direction(u, v);
                var back = camera.Project(direction * 7.3f);
                most = Math.Max(most, Math.Max(Math.Abs(back.X - u), Math.Abs(back.Y - v)));
                var straight = (camera with { Lens = null }).Project(direction);
                bent = Math.Max(bent, Math.Abs(straight.X - u));
            }
        Assert.InRange(most, 0, 1e-4);
        Assert.InRange(bent, 3, 2e4);
    }

    [Fact]
    public void The_formulas_are_those_that_OpenCV_states()
    {
        // By hand: r2 = .25 + .04 = .29 at (.5, .2).
        var (x, y) = new BrownConrady(.1, .01, .002, .003, .001).Distort(.5, .2);
        double radial = 1 + .1 * .29 + .01 * .0841 + .001 * .024389;
        Assert.Equal(.5 * radial + 2 * .002 * .1 + .003 * (.29 + .5), x, 12);
        Assert.Equal(.2 * radial + .002 * (.29 + .08) + 2 * .003 * .1, y, 12);
        double t = Math.Atan(1), seen = t * (1 + .1 * t * t + .02 * Math.Pow(t, 4) + .003 * Math.Pow(t, 6) + .0004 * Math.Pow(t, 8));
        (x, y) = new Fisheye(.1, .02, .003, .0004).Distort(.6, .8);
        Assert.Equal(.6 * seen, x, 12);
        Assert.Equal(.8 * seen, y, 12);
    }

    [Theory]
    [MemberData(nameof(Lenses))]
    public void Every_label_holds_under_a_lens(Lens lens, float angle)
    {
        var (scene, still) = LabelTests.Table(96, 64);
        var camera = With(lens, angle, 96, 64, still.Motion);
        var frame = Frame.Of(scene, camera, Run);
        Assert.Empty(LabelAudit.Run(frame, Run));
        Assert.Contains(frame.Actors[1].Keypoints, k => k.Seen == Seen.Visible);
        foreach (var actor in frame.Actors)
        {
            // The amodal box by rays through every pixel of the picture.
            PixelBox alone = default;
            var only = new Stage(new([scene.Actors[actor.Instance - 1]], []), camera);
            for (int y = 0; y < 64; y++)
                for (int x = 0; x < 96; x++)
                    if (only.Tree.Closest(only.RayThrough(x, y)).IsHit) alone = alone.With(x, y);
            Assert.Equal(alone, actor.Amodal.Box);
        }
    }

    [Fact]
    public void Straight_edges_bow_as_barrels_do()
    {
        // A wall's level top edge above the axis: a barrel lens shows it lower at the sides than in the middle of the picture.
        var scene = new Scene([new("wall", 1, Shapes.Box(new(200, 4, 1)), Pose.At(new(0, -.3f, -5)))], []);
        var look = Motion.Still(Pose.LookAt(default, -Vector3.UnitZ, Vector3.UnitY));
        int Top(Camera camera, int x)
        {
            var frame = Frame.Of(scene, camera, Run);
            return Enumerable.Range(0, 120).First(y => frame.Pixels.Instance[y * 160 + x] == 1);
        }
        var straight = Camera.OfView(160, 120, 1.2f, look);
        Assert.Equal(Top(straight, 80), Top(straight, 4));
        Assert.True(Top(straight with { Lens = new BrownConrady(-.12) }, 4) > Top(straight with { Lens = new BrownConrady(-.12) }, 80) + 1);
    }

    [Fact]
    public void Without_bending_a_lens_changes_no_label_by_more_than_rounding()
    {
        var (scene, camera) = LabelTests.Table(96, 64);
        Frame plain = Frame.Of(scene, camera, Run), through = Frame.Of(scene, camera with { Lens = new BrownConrady(0) }, Run);
        int different = plain.Pixels.Instance.Zip(through.Pixels.Instance).Count(p => p.First != p.Second);
        Assert.InRange(different, 0, 3);
        for (int at = 0; at < plain.Pixels.Depth.Length; at++)
            if (plain.Pixels.Instance[at] == through.Pixels.Instance[at] && plain.Pixels.Instance[at] != 0)
                Assert.InRange(through.Pixels.Depth[at] / plain.Pixels.Depth[at], .9999f, 1.0001f);
    }

    [Theory]
    [InlineData("does not reach", -.9, 0, 0)]
    [InlineData("a lens of k", double.NaN, 0, 0)]
    [InlineData("a lens of k", 0, .2, 0)]
    public void A_lens_that_folds_within_the_picture_is_refused(string about, double k1, double p1, double k3)
    {
        var camera = With(new BrownConrady(k1, 0, p1, 0, k3), 1.4f);
        Assert.Contains(about, string.Join(";", new Scene([], []).Faults(camera)));
    }

    [Fact]
    public void A_fisheye_whose_circle_is_smaller_than_the_picture_is_refused() =>
        Assert.Contains("does not reach", string.Join(";", new Scene([], []).Faults(With(new Fisheye(), 3.4f))));
}
