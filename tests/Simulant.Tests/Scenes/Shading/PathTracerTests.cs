using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Shading;

public class PathTracerTests
{
    /// <summary>A floor with balls and boxes of several kinds, one of which glows; narrower than whole tiles.</summary>
    private static (Scene Scene, Camera Camera) Corner(params Light[] lights)
    {
        Material[] kinds =
        [
            new("plain", new(.7f, .4f, .2f), 0, .5f), new("metal", new(.9f, .8f, .3f), 1, .15f),
            new("glow", new(.3f), .5f, .4f, new(2, 1, 0)),
        ];
        Actor[] things =
        [
            .. Enumerable.Range(0, 6).Select(i => new Actor($"{i}", 1,
                i % 2 == 0 ? Shapes.Sphere(.5f, 10, kinds[i % 3]) : Shapes.Box(new(.8f), kinds[i % 3]),
                Pose.Turn(new(i, 1, 2), i, new(i % 3 * 1.2f - 1.2f, .5f, i / 3 * 1.2f)))),
        ];
        var floor = new Actor("floor", 2, Shapes.Plane(8, 1, new Material("floor", new(.6f), 0, .9f)), Pose.Identity);
        return (new([floor, .. things], lights, new Sky(new(1, 1, .2f))),
            Camera.OfView(30, 21, 1, Motion.Still(Pose.LookAt(new(0, 2.5f, 4), new(0, .3f, 0), Vector3.UnitY))));
    }

    public static TheoryData<string> Lights => ["sun", "lamps", "none"];

    [Theory]
    [MemberData(nameof(Lights))]
    public void Paths_sixteen_at_a_time_are_those_followed_one_by_one(string kind)
    {
        Light[] lights = kind switch
        {
            "sun" => [new SunLight(new(1, 2, .5f), new(3, 2.5f, 2), .05f)],
            "lamps" =>
            [
                new PointLight(new(2, 3, 1), new(5)), new SphereLight(new(-2, 3, 1), .7f, new(6)),
                new RectangleLight(new(-1, 3, 2), new(1, 0, 0), new(0, 0, -1), new(4)), new SunLight(new(0, 1, 0), new(1), 0),
            ],
            _ => [],
        };
        var (scene, camera) = Corner(lights);
        var run = RunContext.Quiet(9, 1);
        var frame = Frame.Of(scene, camera, run);
        const int Samples = 20, Bounces = 3;
        var image = Renderer.Render(frame, new(Quality.Traced, Samples, Bounces, false, 5), run);
        var moment = new Moment(frame.Stage, 0);
        var stream = new RandomStream(9, "scenes/colour");
        int other = 0;
        for (int pixel = 0; pixel < image.Pixels.Length; pixel++)
        {
            var sum = default(Vector3);
            for (int sample = 0; sample < Samples; sample++)
            {
                var numbers = new OnePathsNumbers(stream, 5, pixel, sample);
                var place = numbers.Pair(0) + new Vector2(pixel % camera.Width, pixel / camera.Width) - new Vector2(.5f);
                sum += PathsOneByOne.Radiance(moment, moment.Eye.Translation, moment.Eye.Direction(camera.Direction(place.X, place.Y)),
                    Bounces, numbers);
            }
            sum /= Samples;
            if (Vector3.Distance(sum, image.Pixels[pixel]) > 1e-3f * (1 + sum.Length())) other++;
        }
        // Where a rounding decides between a hit and a miss, or whether a path goes on, pixels may differ.
        Assert.InRange(other, 0, image.Pixels.Length / 50);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void Samples_are_the_same_however_many_go_together(int samples)
    {
        var (scene, camera) = Corner(new SunLight(new(1, 2, .5f), new(3), .05f));
        var run = RunContext.Quiet(2, 2);
        // With an open shutter, moments go one by one; where nothing moves they are all the same.
        var still = Renderer.Render(Frame.Of(scene, camera, run), new(Quality.Traced, samples, 2, false), run);
        var open = Renderer.Render(Frame.Of(scene, camera with { Shutter = 1 }, run), new(Quality.Traced, samples, 2, false), run);
        Assert.Equal(still.Pixels, open.Pixels);
        Assert.Equal(still.Albedo, open.Albedo);
    }

    [Theory]
    [InlineData(0, .3f, .9f)]
    [InlineData(1, .3f, .9f)]
    [InlineData(0, .6f, .3f)]
    [InlineData(.5f, .9f, .6f)]
    public void A_surface_looks_for_light_where_it_reflects_it(float metallic, float roughness, float z)
    {
        var material = new Material("m", new(.8f), metallic, roughness);
        var view = new Vector3(MathF.Sqrt(1 - z * z), 0, z);
        double whole = RendererTests.Reflected(material, view, _ => 1), sampled = 0;
        Assert.InRange(whole, .1, 1);
        var scene = new Scene([new("floor", 1, Shapes.Plane(9, 1, material), Pose.Turn(Vector3.UnitX, MathF.PI / 2))], []);
        var moment = new Moment(new(scene, Camera.OfView(4, 4, 1, Motion.Still(Pose.At(new(0, 0, -5))))), 0);
        RayPacket rays = default;
        var tile = new ShadeTile();
        tile.Begin();
        for (int lane = 0; lane < 16; lane++)
        {
            rays.Set(lane, view, -view);
            rays.Put(lane, moment.Tree.Closest(new(view, -view)));
            SurfacePlace.Set(moment.Stage.Surfaces[0], rays.Hit(lane), lane, tile);
        }
        tile.Prepare(moment.Poses, ref rays);
        var place = new OnePlace(moment, rays.Hit(0), -view);
        var numbers = new TileNumbers();
        numbers.Begin(new(1, "tests/gloss"), 0, [.. Enumerable.Range(0, 16)]);
        const int Count = 4096;
        float[] choices = new float[16];
        for (int sample = 0; sample < Count; sample++)
        {
            numbers.Sample(sample);
            numbers.Pair(0);
            numbers.X.CopyTo(choices, 0);
            numbers.Pair(1);
            uint found = tile.Follow(choices, numbers.X, numbers.Y);
            for (int lane = 0; lane < 16; lane++)
            {
                if ((found >> lane & 1) == 0) continue;
                sampled += tile.Gain(lane).X;
                if (sample % 256 != 0) continue;
                var expected = place.Sample(choices[lane], new(numbers.X[lane], numbers.Y[lane]));
                Assert.InRange(Vector3.Distance(tile.Way(lane), expected), 0, 1e-4f);
                Assert.InRange(tile.Chance(lane) / place.Density(tile.Way(lane)), .999f, 1.001f);
                Assert.InRange(tile.Gain(lane).X * tile.Chance(lane) / place.Value(tile.Way(lane)).X, .999f, 1.001f);
            }
        }
        Assert.InRange(sampled / (16 * Count) / whole, .995, 1.005);
    }
}
