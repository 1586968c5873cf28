using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Shading;

public class RendererTests
{
    private static readonly RunContext Run = RunContext.Quiet(4, 2);
    private static readonly Camera Down = Camera.OfView(16, 16, .2f, Motion.Still(Pose.LookAt(new(0, 3, .01f), default, Vector3.UnitX)));

    private static Vector3 Mean(Scene scene, RenderOptions options, Camera? camera = null)
    {
        var image = Renderer.Render(Frame.Of(scene, camera ?? Down, Run), options, Run);
        return image.Pixels.Aggregate(default(Vector3), (a, b) => a + b) / image.Pixels.Length;
    }

    private static Scene Floor(Material material, params Light[] lights) =>
        new([new("floor", 1, Shapes.Plane(400, 1, material), Pose.Identity)], lights);

    /// <summary>The reflected radiance of a rough dielectric by brute force over the light's directions.</summary>
    internal static double Reflected(Material material, Vector3 view, Func<Vector3, double> radiance, int steps = 400)
    {
        var brdf = new Brdf(material.BaseColour, material.Metallic, material.Roughness);
        double sum = 0;
        for (int i = 0; i < steps; i++)
            for (int j = 0; j < 2 * steps; j++)
            {
                double z = (i + .5) / steps, round = Math.PI * (j + .5) / steps, r = Math.Sqrt(1 - z * z);
                var light = new Vector3((float)(r * Math.Cos(round)), (float)(r * Math.Sin(round)), (float)z);
                sum += brdf.Value(view, light).X * radiance(light) * Math.PI / steps / steps;
            }
        return sum;
    }

    [Fact]
    public void Sunlight_on_a_floor_is_irradiance_by_cosine_by_reflectance()
    {
        var material = Material.Matt(.5f, .5f, .5f);
        var sun = new SunLight(new(0, 1, 1), new(2), .02f);
        double expected = new Brdf(new(.5f), 0, .9f).Value(Vector3.UnitZ, Vector3.Normalize(new(0, 1, 1))).X * 2;
        foreach (var options in (RenderOptions[])[new(), new(Quality.Traced, 4, 0, false), new(Quality.Traced, 16, 2, false)])
            Assert.InRange(Mean(Floor(material, sun), options).X / expected, .99, 1.01);
    }

    [Fact]
    public void What_stands_in_the_way_of_the_sun_darkens()
    {
        var lit = Floor(Material.Grey, new SunLight(new(0, 1, 1), new(2)));
        var shaded = lit with { Actors = [.. lit.Actors, new("lid", 2, Shapes.Box(new(9, .1f, 9)), Pose.At(new(0, 8, 8)))] };
        foreach (var quality in (Quality[])[Quality.Direct, Quality.Traced])
        {
            var options = new RenderOptions(quality, 4, 1, false);
            Assert.True(Mean(lit, options).X > .1);
            Assert.InRange(Mean(shaded, options).X, 0, .02 * Mean(lit, options).X);
        }
    }

    [Fact]
    public void Lamps_give_what_their_form_gives_whichever_way_they_are_found()
    {
        var material = Material.Matt(.6f, .6f, .6f);
        // A sphere's light above is that of a point of its area times radiance; a plate's that of the form factor of a disc of its area.
        var ball = new SphereLight(new(0, 5, 0), .5f, new(10));
        var plate = new RectangleLight(new(-.25f, 5, -.25f), new(.5f, 0, 0), new(0, 0, .5f), new(40));
        double brdf = new Brdf(new(.6f), 0, .9f).Value(Vector3.UnitZ, Vector3.UnitZ).X;
        double ofBall = 10 * Math.PI * .5 * .5 / 25 * brdf, ofPlate = 40 * .25 / 25 * brdf;
        foreach (var options in (RenderOptions[])[new(), new(Quality.Traced, 64, 1, false)])
        {
            Assert.InRange(Mean(Floor(material, ball), options).X / ofBall, .97, 1.03);
            Assert.InRange(Mean(Floor(material, plate), options).X / ofPlate, .97, 1.03);
            Assert.InRange(Mean(Floor(material, ball, plate), options).X / (ofBall + ofPlate), .96, 1.04);
            Assert.InRange(Mean(Floor(material, new PointLight(new(0, 5, 0), new(25))), options).X / brdf, .98, 1.02);
        }
    }

    [Fact]
    public void A_white_ball_in_a_white_world_is_lost_in_it()
    {
        // Lambert's base alone gives back all light; the gloss takes a little (one scattering), never adds.
        var ball = new Scene([new("ball", 1, Shapes.Sphere(1, 64, new("white", new(1), 0, 1)), Pose.Identity)], [],
            new Sky(Vector3.UnitY, 3, new(1)));
        var image = Mean(ball with { Sky = null }, new(Quality.Traced, 16, 2, false));
        Assert.Equal(default, image);
        var below = Camera.OfView(16, 16, .2f, Motion.Still(Pose.LookAt(new(.01f, -3, 0), default, Vector3.UnitX)));
        Assert.InRange(Mean(ball, new(Quality.Traced, 64, 4, false), below).X, .85, 1.0);
    }

    [Fact]
    public void The_sky_by_table_and_by_harmonics_is_that_of_the_formula()
    {
        var sky = new Sky(new(1, 1.2f, .3f));
        var sum = default(Vector3);
        const int Count = 40_000;
        for (int i = 0; i < Count; i++)
        {
            double z = (i + .5) / Count, r = Math.Sqrt(1 - z), round = i * 2.399963;
            var d = new Vector3((float)(r * Math.Cos(round)), (float)Math.Sqrt(z), (float)(r * Math.Sin(round)));
            sum += sky.Radiance(d) * MathF.PI / Count;
            if (d.Y > .05f) Assert.InRange(sky.Quick(d).Y / sky.Radiance(d).Y, .97f, 1.03f);
        }
        Assert.InRange(sky.IrradianceOn(Vector3.UnitY).Y / sum.Y, .95f, 1.05f);
        Assert.InRange(sky.Radiance(Vector3.UnitY).Z / sky.Radiance(Vector3.UnitY).X, 1.1f, 10);
        Assert.Throws<ArgumentException>(() => new Sky(Vector3.UnitY, 99));
    }

    [Fact]
    public void Smoothing_brings_a_noisy_picture_nearer_to_the_truth()
    {
        var (scene, camera) = LabelTests.Table(64, 48);
        var frame = Frame.Of(scene, camera, Run);
        Vector3[] truth = Renderer.Render(frame, new(Quality.Traced, 256, 3, false), Run).Pixels;
        double Error(RenderOptions options) =>
            Renderer.Render(frame, options, Run).Pixels.Zip(truth, (a, b) => (double)Vector3.DistanceSquared(a, b)).Sum();
        foreach (var (samples, most) in ((int, double)[])[(2, .6), (8, .7), (16, .8), (9, .8)])
        {
            var rough = new RenderOptions(Quality.Traced, samples, 3, false);
            Assert.InRange(Error(rough with { Denoise = true }) / Error(rough), 0, most);
        }
    }

    [Fact]
    public void A_picture_is_the_same_on_any_number_of_threads_and_another_with_another_seed()
    {
        var (scene, camera) = LabelTests.Table(41, 29);
        camera = camera with { Aperture = .02f, Focus = 4, Shutter = .5f };
        scene = scene with { Fog = new(.02f, new(.5f)) };
        var options = new RenderOptions(Quality.Traced, 3);
        Vector3[] Of(int threads, ulong seed, int frame)
        {
            var run = RunContext.Quiet(seed, threads);
            return Renderer.Render(Frame.Of(scene, camera, run), options with { Frame = frame }, run).Pixels;
        }
        var one = Of(1, 5, 0);
        Assert.Equal(one, Of(6, 5, 0));
        Assert.NotEqual(one, Of(1, 6, 0));
        Assert.NotEqual(one, Of(1, 5, 1));
        Assert.All(one, p => Assert.True(float.IsFinite(p.X + p.Y + p.Z)));
    }

    [Fact]
    public void An_open_lens_blurs_what_is_out_of_focus_and_a_shutter_what_moves()
    {
        var board = new Scene([new("board", 1, [new(Shapes.Box(new(2, 2, .1f), new Material("check", new(1), 0, 1, new(1), null)))],
            Motion.Straight(Pose.Identity, new(.5f, 0, 0)))], []);
        var camera = Camera.OfView(64, 8, 1.2f, Motion.Still(Pose.LookAt(new(0, 0, 4), default, Vector3.UnitY)));
        int Soft(Camera with) => Renderer.Render(Frame.Of(board, with, Run), new(Quality.Preview, 32), Run).Pixels
            .Skip(4 * 64).Take(64).Count(p => p.X is > .1f and < 1.9f);
        int sharp = Soft(camera);
        Assert.InRange(sharp, 0, 2);
        Assert.Equal(sharp, Soft(camera with { Aperture = .3f, Focus = 3.95f }));
        Assert.InRange(Soft(camera with { Aperture = .3f, Focus = 1.5f }), sharp + 4, 64);
        Assert.InRange(Soft(camera with { Shutter = 1 }), sharp + 4, 64);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var frame = Frame.Of(Floor(Material.Grey), Down, Run);
        Assert.Contains("0 samples", Assert.Throws<ArgumentException>(() => Renderer.Render(frame, new(Samples: 0), Run)).Message);
        Assert.Contains("-1 bounces", Assert.Throws<ArgumentException>(() => Renderer.Render(frame, new(Bounces: -1), Run)).Message);
    }
}
