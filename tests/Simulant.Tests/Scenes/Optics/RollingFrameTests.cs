using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Auditing;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Optics;

public class RollingFrameTests
{
    private static readonly RunContext Run = RunContext.Quiet(1, 2);

    private static (Scene Scene, Camera Camera) Pole(float perMoment)
    {
        var pole = new Actor("pole", 2, [new(Shapes.Box(new(.2f, 9, .2f)))],
            Motion.Straight(Pose.At(new(-.5f, 0, -4.1f)), new(perMoment, 0, 0)),
            [new("middle", 0, new(0, 0, .1f)), new("top", 0, new(0, 1.4f, .1f))]);
        return (new([pole], []), Camera.OfView(120, 96, 1, Motion.Still(Pose.LookAt(default, -Vector3.UnitZ, Vector3.UnitY))));
    }

    [Fact]
    public void A_pole_that_moves_aside_leans_by_its_speed()
    {
        var (scene, camera) = Pole(1);
        var rolling = RollingFrame.Of(scene, camera, .8f, Run, 4);
        var pixels = rolling.Whole.Pixels;
        for (int y = 0; y < 96; y++)
        {
            double time = .8 * (y / 4 * 4 + 2) / 96, x = -.5 + time;
            double left = camera.Fx * (x - .1) / 4 + camera.Cx, right = camera.Fx * (x + .1) / 4 + camera.Cx;
            int[] seen = [.. Enumerable.Range(0, 120).Where(u => pixels.Instance[y * 120 + u] == 1)];
            Assert.InRange(seen[0], left - .01, left + 1.01);
            Assert.InRange(seen[^1], right - 1.4, right + 1.4);
        }
        // The keypoint, at 47.5, is met by the band that begins half a row above 48.
        var middle = rolling.Whole.Actors[0].Keypoints[0];
        Assert.Equal(Seen.Visible, middle.Seen);
        Assert.Equal(camera.Cy, middle.Place.Y, 2);
        double read = .8 * 50 / 96;
        Assert.Equal(camera.Fx * (-.5 + read) / 4 + camera.Cx, middle.Place.X, 2);
    }

    [Fact]
    public void Labels_of_the_whole_are_those_of_its_pixels_and_each_band_passes_the_audit()
    {
        var (scene, camera) = LabelTests.Table(96, 64);
        var rolling = RollingFrame.Of(scene, camera, .9f, Run);
        foreach (var band in rolling.Bands) Assert.Empty(LabelAudit.Run(band.Frame, Run));
        foreach (var actor in rolling.Whole.Actors)
        {
            PixelBox tight = default, amodal = default;
            int seen = 0, alone = 0;
            for (int y = 0; y < 64; y++)
                for (int x = 0; x < 96; x++)
                {
                    if (rolling.Whole.Pixels.Instance[y * 96 + x] == actor.Instance) (tight, seen) = (tight.With(x, y), seen + 1);
                    if (actor.Amodal.At(x, y)) (amodal, alone) = (amodal.With(x, y), alone + 1);
                }
            Assert.Equal((tight, seen, amodal, alone), (actor.Tight, actor.VisiblePixels, actor.Amodal.Box, actor.AmodalPixels));
            Assert.Equal(actor.AmodalPixels - actor.VisiblePixels, actor.HiddenBy.Sum(h => h.Pixels));
        }
        Assert.Equal(rolling.Whole.Hits.Depth, rolling.Whole.Pixels.Depth);
    }

    [Fact]
    public void Read_at_once_it_is_the_frame_itself()
    {
        var (scene, camera) = LabelTests.Table(96, 64);
        var plain = Frame.Of(scene, camera, Run);
        var rolling = RollingFrame.Of(scene, camera, 0, Run);
        Assert.Equal(plain.Pixels.Instance, rolling.Whole.Pixels.Instance);
        for (int i = 0; i < plain.Pixels.Depth.Length; i++)
            if (plain.Pixels.Instance[i] != 0) Assert.InRange(rolling.Whole.Pixels.Depth[i] / plain.Pixels.Depth[i], 1 - 1e-5f, 1 + 1e-5f);
        Assert.Equal(plain.Actors.Select(a => (a.Tight, a.AmodalPixels)), rolling.Whole.Actors.Select(a => (a.Tight, a.AmodalPixels)));
        Assert.Equal(plain.Actors.Select(a => a.ToCamera), rolling.Whole.Actors.Select(a => a.ToCamera));
        Vector3[] one = Renderer.Render(plain, new(), Run).Pixels, banded = rolling.Render(new(), Run).Pixels;
        // The sun's disc is sampled by other numbers: pictures agree in the mean.
        Assert.InRange(banded.Sum(p => (double)p.X) / one.Sum(p => (double)p.X), .99, 1.01);
    }

    [Fact]
    public void A_later_world_goes_on_as_it_began()
    {
        var turn = new Motion(Pose.Turn(Vector3.UnitY, -.2f, new(-1, 0, 0)), Pose.Identity, Pose.Turn(Vector3.UnitY, .2f, new(1, 0, 0)));
        var later = RollingFrame.Later(turn, .5f);
        Assert.InRange(later.Now.Translation.X - .5f, -1e-6, 1e-6);
        Assert.InRange(later.Before.Translation.X + .5f, -1e-6, 1e-6);
        // Half a step on from the moment after, in the direction that it then looks: turned by .2.
        Assert.InRange(later.After.Translation.X - (1 + .5f * MathF.Cos(.2f)), -1e-5, 1e-5);
        var expected = Pose.Turn(Vector3.UnitY, .3f);
        Assert.InRange(Vector3.Distance(later.After.X, expected.X), 0, 1e-4);
    }

    [Fact]
    public void A_rolling_picture_is_the_same_on_any_number_of_threads_and_refuses_what_cannot_be()
    {
        var (scene, camera) = LabelTests.Table(50, 33);
        RollingFrame one = RollingFrame.Of(scene, camera, .5f, RunContext.Quiet(1, 1)), many = RollingFrame.Of(scene, camera, .5f,
            RunContext.Quiet(1, 8));
        Assert.Equal(one.Whole.Pixels.Depth, many.Whole.Pixels.Depth);
        var options = new RenderOptions(Quality.Traced, 2, 1);
        Assert.Equal(one.Render(options, RunContext.Quiet(1, 1)).Pixels, many.Render(options, RunContext.Quiet(1, 8)).Pixels);
        Assert.Contains("readout", Assert.Throws<ArgumentException>(() => RollingFrame.Of(scene, camera, 2, Run)).Message);
        Assert.Contains("focal", Assert.Throws<ArgumentException>(() => RollingFrame.Of(scene, camera with { Fx = 0 }, .5f, Run)).Message);
    }
}
