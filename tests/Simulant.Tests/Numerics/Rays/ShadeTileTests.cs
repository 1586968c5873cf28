using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;
using Simulant.Tests.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Numerics.Rays;

/// <summary>Vectors of shading and labels against the scalar forms, bit for bit.</summary>
public class ShadeTileTests
{
    private static readonly RandomStream Chance = new(3, "tests/shade-tile");

    private static Vector3 Any(int item, int slot, float reach = 1)
    {
        float At(int draw) => (float)(2 * Chance.Uniform(item, slot, draw) - 1) * reach;
        return new(At(0), At(1), At(2));
    }

    private static Pose Turned(int item) => Pose.Turn(Any(item, 40), item, Any(item, 41, 5));

    /// <summary>A ball with smooth normals, a box without, a metal one, one that glows.</summary>
    private static Scene Things(params Light[] lights)
    {
        Material[] materials =
        [
            new("plain", new(.7f, .4f, .2f), 0, .5f), new("metal", new(.9f, .8f, .3f), 1, .3f),
            new("glow", new(.3f), .5f, .01f, new(2, 1, 0)),
        ];
        return new([.. Enumerable.Range(0, 6).Select(i => new Actor($"{i}", 1,
            i % 2 == 0 ? Shapes.Sphere(.8f, 12, materials[i % 3]) : Shapes.Box(new(1, 1.4f, .8f), materials[i % 3]), Turned(i)))],
            lights, new Sky(new(1, 1, 0)), null, new(.1f, .2f, .3f));
    }

    [Fact]
    public void Direct_light_of_a_tile_is_that_of_its_places_one_by_one()
    {
        Light[] lights = [new SunLight(new(1, 2, .5f), new(3, 2.5f, 2), .05f), new PointLight(new(2, 3, 1), new(5)),
            new SphereLight(new(-2, 4, 1), .7f, new(6)), new SunLight(new(0, 1, 0), new(1), 0)];
        var scene = Things(lights);
        var stage = new Stage(scene, Camera.OfView(16, 16, 1, Motion.Still(Pose.LookAt(new(0, 1, 14), default, Vector3.UnitY))));
        var moment = new Moment(stage, 0);
        var tile = new ShadeTile();
        int met = 0, unblocked = 0;
        for (int t = 0; t < 40; t++)
        {
            RayPacket rays = default;
            for (int lane = 0; lane < 16; lane++)
                rays.Set(lane, Any(16 * t + lane, 0, 6) + new Vector3(0, 0, 14), Any(16 * t + lane, 1, .2f) - Vector3.UnitZ);
            stage.Tree.Closest(ref rays);
            tile.Begin();
            for (int lane = 0; lane < 16; lane++)
                if (rays.Hit(lane) is { IsHit: true } hit)
                {
                    var surface = stage.Surfaces[hit.Instance];
                    var material = surface.Mesh.Materials[0];
                    int[] at = surface.Mesh.Indices[(3 * hit.Primitive)..(3 * hit.Primitive + 3)];
                    var smooth = surface.Mesh.Normals is { } n
                        ? n[at[0]] * (1 - hit.U - hit.V) + n[at[1]] * hit.U + n[at[2]] * hit.V : default;
                    tile.Set(lane, hit.Instance, surface.Local(hit.Primitive, hit.U, hit.V), surface.Normal(hit.Primitive), smooth,
                        material.BaseColour, material.Metallic, material.Roughness, material.Emission);
                    met++;
                }
            tile.Prepare(moment.Poses, ref rays);
            tile.Glow(scene.Sky!.Irradiance, scene.Ambient);
            var expected = new Vector3[16];
            for (int lane = 0; lane < 16; lane++)
                if (rays.Hit(lane) is { IsHit: true } hit)
                {
                    var point = new OnePlace(moment, hit, rays.Direction(lane));
                    Assert.Equal(point.Point.Position, tile.Position(lane));
                    var around = scene.Sky.IrradianceOn(point.Point.Normal) + scene.Ambient;
                    expected[lane] = point.Emission + point.Albedo * around * (1 / MathF.PI);
                    Assert.Equal(expected[lane], tile.Lit(lane));
                }
            foreach (var light in lights)
            {
                var asks = new (Vector3 Value, Ray Ray)[16];
                for (int lane = 0; lane < 16; lane++)
                    if (rays.Hit(lane) is { IsHit: true } hit)
                    {
                        var point = new OnePlace(moment, hit, rays.Direction(lane));
                        var sample = LightSampling.Sample(light, point.Point.Position, new(.3f, .06f * lane));
                        tile.Way(lane, sample.Direction, sample.Distance, sample.Radiance, sample.Pdf);
                        asks[lane] = (PathsOneByOne.Unblocked(point, sample), PathsOneByOne.Shadow(point.Start, sample));
                    }
                RayPacket shadows = default;
                uint asked = tile.Ask(ref shadows);
                tile.Add(asked & 0x5555);
                for (int lane = 0; lane < 16; lane++)
                {
                    if (!rays.Hit(lane).IsHit) continue;
                    Assert.Equal(asks[lane].Value != default, (asked >> lane & 1) == 1);
                    if (asks[lane].Value == default) continue;
                    unblocked++;
                    Assert.Equal(asks[lane].Ray.Direction, shadows.Direction(lane));
                    Assert.Equal(asks[lane].Ray.Far, shadows.Hit(lane).T);
                    if (lane % 2 == 0) expected[lane] += asks[lane].Value;
                    Assert.Equal(expected[lane], tile.Lit(lane));
                }
            }
        }
        Assert.True(met > 40 && unblocked > 80, $"{met} met, {unblocked} asked");
    }

    [Fact]
    public void A_cone_of_light_is_the_suns_own()
    {
        var sun = new SunLight(new(1, 2, -.5f), new(3), .3f);
        var tile = new ShadeTile();
        tile.Begin();
        RayPacket rays = default, shadows = default;
        float[] parts = new float[16], turns = new float[16];
        for (int lane = 0; lane < 16; lane++)
        {
            tile.Set(lane, 0, default, Vector3.UnitY, default, new(.5f), 0, .5f, default);
            rays.Set(lane, Vector3.UnitY, -Vector3.UnitY);
            (parts[lane], turns[lane]) = (lane / 16f, lane / 20f);
        }
        tile.Prepare([Pose.Identity], ref rays);
        var cone = SunCone.Of(sun);
        tile.Cone(cone.Axis, cone.Cap, cone.Radiance, cone.Density, parts, turns);
        Assert.Equal(0xFFFFu, tile.Ask(ref shadows));
        for (int lane = 0; lane < 16; lane++)
            Assert.Equal(LightSampling.Sample(sun, default, new(parts[lane], lane / 20f)).Direction, shadows.Direction(lane));
    }

    [Fact]
    public void Labels_of_eight_pixels_are_those_of_one()
    {
        // Nine columns: eight go at once, the last alone; a picture of three columns has none that go at once.
        var scene = Things();
        var moving = scene with
        {
            Actors =
            [
                .. scene.Actors.Select((a, i) => i % 2 == 0 ? a : a with { Motion = Motion.Straight(a.Motion.Now, new(.1f, 0, .2f)) }),
            ],
        };
        Pose look(float x) => Pose.LookAt(new(x, 1, 14), default, Vector3.UnitY);
        var run = Simulant.Data.RunContext.Quiet(1, 1);
        var wide = Camera.OfView(72, 40, 1, new(look(-.1f), look(0), look(.1f)));
        var all = Frame.Of(moving, wide, run);
        Assert.Contains(all.Pixels.Instance, i => i > 1);
        Assert.Contains((ushort)0, all.Pixels.Instance);
        for (int left = 0; left < 72; left += 3)
        {
            var part = Frame.Of(moving, wide with { Width = 3, Cx = wide.Cx - left }, run);
            for (int i = 0; i < part.Pixels.Depth.Length; i++)
            {
                int at = i / 3 * 72 + left + i % 3;
                if (part.Hits.Surface[i] != all.Hits.Surface[at] || part.Hits.U[i] != all.Hits.U[at]) continue;
                Assert.Equal((part.Pixels.Range[i], part.Pixels.Normal[i], part.Pixels.Albedo[i], part.Pixels.SceneFlow[i]),
                    (all.Pixels.Range[at], all.Pixels.Normal[at], all.Pixels.Albedo[at], all.Pixels.SceneFlow[at]));
                Assert.Equal(part.Pixels.Instance[i], all.Pixels.Instance[at]);
                // Flow is a difference of places, which rounds by where the picture's left edge is.
                Assert.True(Vector2.Distance(part.Pixels.Forward[i], all.Pixels.Forward[at]) < 1e-4f);
                Assert.True(Vector2.Distance(part.Pixels.Backward[i], all.Pixels.Backward[at]) < 1e-4f);
            }
        }
    }
}
