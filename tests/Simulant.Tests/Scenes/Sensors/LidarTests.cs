using System.Numerics;
using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats.Clouds;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Sensors;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class LidarTests
{
    private static readonly RunContext Run = RunContext.Quiet(5, 2);
    private static readonly Camera Anywhere = Camera.OfView(4, 4, 1, Motion.Still(Pose.Identity));

    // Nothing but geometry: no noise, no loss.
    private static Lidar Exact(Lidar lidar) => lidar with { Noise = 0, SignalNoise = 0, Reach = 1000, Most = 500 };

    private static LidarScan Scan(Scene scene, Lidar lidar, Motion mount, int frame = 0, int threads = 2, ulong seed = 5) =>
        LidarScanner.Scan(new Stage(scene, Anywhere), lidar, mount, frame, RunContext.Quiet(seed, threads));

    private static Scene Floor(Material? material = null, Fog? fog = null) =>
        new([new("floor", 3, Shapes.Plane(4000, 1, material ?? Material.Matt(.5f, .5f, .5f)), Pose.Identity)], [], null, fog);

    /// <summary>A wall across x at a distance, that a level sensor at the origin looks at squarely.</summary>
    private static Scene Wall(float distance, float albedo, Fog? fog = null, Vector3 perMoment = default) =>
        new([new("wall", 2, [new(Shapes.Box(new(.2f, 400, 400), Material.Matt(albedo, 0, 0)))],
            Motion.Straight(Pose.At(new(distance + .1f, 0, 0)), perMoment))], [], null, fog);

    private static Motion Level(float height = 0) => Motion.Still(Lidar.Upright(new(0, height, 0), Vector3.UnitX));

    [Fact]
    public void Ranges_to_a_floor_and_a_ball_are_those_of_the_closed_form()
    {
        var scene = Floor() with { Actors = [.. Floor().Actors, new("ball", 4, Shapes.Sphere(2, 600), Pose.At(new(9, 2, 3)))] };
        var lidar = Exact(Lidar.Even(40, -.5f, .3f, 900));
        var scan = Scan(scene, lidar, Level(1.8f));
        int floor = 0, ball = 0;
        foreach (var point in scan.Points)
        {
            // Sensor axes are x forward, y left, z up; the world's y is up and its z to the sensor's right.
            var d = Vector3.Normalize(point.Position);
            Vector3 centre = new(9, -3, .2f);
            double along = Vector3.Dot(d, centre), root = along * along - Vector3.Dot(centre, centre) + 4;
            if (Math.Abs(root) < .05) continue;
            double ofFloor = d.Z < 0 ? -1.8 / d.Z : double.PositiveInfinity, ofBall = root > 0 && along > 0 ? along - Math.Sqrt(root)
                : double.PositiveInfinity;
            if (Math.Min(ofFloor, ofBall) > 150) continue;
            Assert.InRange(point.Range / Math.Min(ofFloor, ofBall), 1 - 2e-4, 1 + 2e-4);
            Assert.Equal(ofBall < ofFloor ? (2, 4) : (1, 3), (point.Instance, point.Class));
            Assert.InRange(Math.Asin(d.Z) - lidar.Beams[point.Ring].Elevation, -1e-5, 1e-5);
            if (ofBall < ofFloor) ball++; else floor++;
        }
        Assert.True(floor > 10_000 && ball > 200, $"{floor} {ball}");
        Assert.Equal(40 * 900, scan.Fired);
    }

    [Fact]
    public void A_scan_is_what_single_rays_find_in_the_order_of_firing()
    {
        var scene = LabelTests.Table().Scene;
        var mount = Motion.Still(Lidar.Upright(new(.3f, .7f, 2.5f), new(.2f, 0, -1)));
        foreach (var lidar in (Lidar[])[Exact(Lidar.Even(16, -.4f, .4f, 333)), Exact(Lidar.Even(3, -.1f, .1f, 100)), Exact(Lidar.Even(61,
            -.4f, 0, 50))])
        {
            var stage = new Stage(scene, Anywhere);
            var scan = LidarScanner.Scan(stage, lidar, mount, 0, Run);
            int next = 0;
            for (int c = 0; c < lidar.Columns; c++)
                for (int r = 0; r < lidar.Beams.Count; r++)
                {
                    double turn = lidar.First + lidar.Sweep * c / lidar.Columns, up = lidar.Beams[r].Elevation;
                    var sight = new Vector3((float)(Math.Cos(up) * Math.Cos(turn)), (float)(Math.Cos(up) * Math.Sin(turn)),
                        (float)Math.Sin(up));
                    var hit = stage.Tree.BruteForce(new(mount.Now.Translation, mount.Now.Direction(sight), 0, lidar.Most));
                    if (next >= scan.Points.Length) continue;
                    var point = scan.Points[next];
                    if (point.Ring != r || Math.Abs(point.Time - lidar.Seconds * c / lidar.Columns) > 1e-6) continue;
                    next++;
                    Assert.InRange(Vector3.Distance(point.Position, sight * hit.T), 0, 1e-3f + 1e-4f * hit.T);
                }
            Assert.Equal(scan.Points.Length, next);
            Assert.True(next > lidar.Columns / 4);
        }
    }

    [Theory]
    [InlineData(.1f, 0)]
    [InlineData(.8f, 0)]
    [InlineData(.8f, .02f)]
    public void Intensity_is_reflectance_by_cosine_and_loss(float albedo, float fog)
    {
        var lidar = Exact(Lidar.Even(1, 0, 0, 64)) with { First = -.8f, Sweep = 1.6f };
        foreach (var point in Scan(Wall(20, albedo, new Fog(fog, default)), lidar, Level()).Points)
        {
            double cos = point.Position.X / point.Range;
            // A matt surface and a little gloss: what the surface's own reflectance function gives towards where light came from.
            var view = new Vector3((float)Math.Sqrt(1 - cos * cos), 0, (float)cos);
            double reflected = Math.PI * new Simulant.Scenes.Shading.Brdf(new(albedo, 0, 0), 0, .9f).Value(view, view).X;
            Assert.InRange(reflected / (albedo * cos), .9, 1.45);
            Assert.InRange(point.Intensity / (reflected * Math.Exp(-2 * fog * point.Range)), .999, 1.001);
        }
    }

    [Fact]
    public void A_tenth_of_reflectance_is_found_up_to_the_reach_and_a_third_further_by_its_root()
    {
        double matt = Math.PI * new Simulant.Scenes.Shading.Brdf(new(.1f, 0, 0), 0, .9f).Value(Vector3.UnitZ, Vector3.UnitZ).X;
        foreach (float factor in (float[])[.98f, 1.02f])
        {
            var lidar = Lidar.Even(1, 0, 0, 1) with { First = 0, Reach = 50, Noise = 0, SignalNoise = 0 };
            float edge = 50 * MathF.Sqrt((float)matt / .1f) * factor;
            Assert.Equal(factor < 1 ? 1 : 0, Scan(Wall(edge, .1f), lidar, Level()).Points.Length);
        }
    }

    [Fact]
    public void Rain_dims_by_the_published_power_law()
    {
        var lidar = Exact(Lidar.Even(1, 0, 0, 1)) with { First = 0 };
        float dry = Scan(Wall(100, .5f), lidar, Level()).Points[0].Intensity;
        float wet = Scan(Wall(100, .5f), lidar with { Rain = 25 }, Level()).Points[0].Intensity;
        double decibels = 1.076 * Math.Pow(25, .67) * .2;
        Assert.InRange(wet / dry / Math.Pow(10, -decibels / 10), .999, 1.001);
    }

    [Fact]
    public void Noise_dropout_and_clutter_have_their_size()
    {
        var lidar = Exact(Lidar.Even(64, -.001f, .001f, 1000)) with
        {
            First = -.01f, Sweep = .02f, Noise = .03f, NoisePerMetre = .001f, Dropout = .2f, Clutter = .02f,
        };
        var points = Scan(Wall(40, .5f), lidar, Level()).Points;
        double[] wall = [.. points.Where(p => p.Instance == 1).Select(p => (double)p.Position.X)];
        double mean = wall.Average(), deviation = Math.Sqrt(wall.Average(x => (x - mean) * (x - mean)));
        Assert.InRange(mean, 39.998, 40.002);
        Assert.InRange(deviation / .07, .98, 1.02);
        Assert.InRange(wall.Length / 64e3 / (.8 * Math.Exp(-.8)), .98, 1.02);
        double[] drops = [.. points.Where(p => p.Instance == 0).Select(p => (double)p.Range)];
        // The mean of an exponential way cut off between nearest range and wall.
        const double Far = 40, Near = .5, Rate = .02;
        double expected = ((Near + 1 / Rate) * Math.Exp(-Rate * Near) - (Far + 1 / Rate) * Math.Exp(-Rate * Far))
            / (Math.Exp(-Rate * Near) - Math.Exp(-Rate * Far));
        Assert.InRange(drops.Average() / expected, .98, 1.02);
    }

    [Fact]
    public void A_rolling_scan_sees_each_column_from_where_the_sensor_then_is()
    {
        var wall = Wall(30, .5f, null, new(-2, 0, 0));
        var mount = Motion.Straight(Lidar.Upright(default, Vector3.UnitX), new(4, 0, 0));
        var lidar = Exact(Lidar.Even(2, -.1f, .1f, 640)) with { First = -1, Sweep = 2, Rolling = 1, Slices = 64 };
        var scan = Scan(wall, lidar, mount);
        Assert.Equal(scan.Fired, scan.Points.Length);
        foreach (var point in scan.Points)
        {
            double part = point.Time / lidar.Seconds, slice = (Math.Floor(part * 64 + 1e-4) + .5) / 64;
            Assert.InRange(point.Position.X - (30 - 4 * part - 2 * slice), -2e-3, 2e-3);
        }
    }

    [Fact]
    public void Behind_an_edge_a_wide_beam_finds_a_second_return()
    {
        var scene = Wall(30, .5f) with { Actors = [.. Wall(30, .5f).Actors, new("post", 7, Shapes.Box(new(.2f, 9, .1f), Material.Matt(.5f,
            0, 0)),
            Pose.At(new(10, 0, 0)))] };
        var lidar = Exact(Lidar.Even(1, 0, 0, 400)) with { First = -.02f, Sweep = .04f };
        Assert.All(Scan(scene, lidar, Level()).Points, p => Assert.Equal(1, p.Return));
        var points = Scan(scene, lidar with { Divergence = .003f }, Level()).Points;
        var second = points.Where(p => p.Return == 2).ToArray();
        Assert.InRange(second.Length, 5, 100);
        Assert.All(second, p => Assert.Equal(1, p.Instance));
        Assert.All(points.Where(p => points.Any(q => q.Return == 2 && q.Time == p.Time && q != p)), p => Assert.Equal(2, p.Instance));
    }

    [Fact]
    public void A_scan_is_the_same_on_any_number_of_threads_and_differs_by_frame()
    {
        var scene = LabelTests.Table().Scene;
        var lidar = Lidar.Of16 with { Rolling = 1, Dropout = .1f, Clutter = .01f, Divergence = .003f, Columns = 450 };
        var mount = Motion.Straight(Lidar.Upright(new(.3f, .7f, 2.5f), -Vector3.UnitZ), new(.1f, 0, 0));
        byte[] Bytes(int threads, int frame) => MemoryMarshal.AsBytes<LidarPoint>(Scan(scene, lidar, mount, frame,
            threads).Points).ToArray();
        byte[] one = Bytes(1, 0);
        Assert.Equal(one, Bytes(2, 0));
        Assert.Equal(one, Bytes(8, 0));
        Assert.NotEqual(one, Bytes(2, 1));
    }

    [Fact]
    public void A_scan_goes_to_a_file_of_points_and_comes_back()
    {
        var scan = Scan(LabelTests.Table().Scene, Lidar.Even(8, -.5f, 0, 60), Motion.Still(Lidar.Upright(new(.3f, .7f, 2.5f),
            -Vector3.UnitZ)));
        var back = PlyCloud.Read(PlyCloud.Write(scan.ToCloud()), "scan.ply");
        Assert.Equal(scan.Points.Select(p => (p.Position.X, p.Position.Y, p.Position.Z)), back.Of<float>("x")!.Zip(back.Of<float>("y")!,
            back.Of<float>("z")!));
        Assert.Equal(scan.Points.Select(p => (p.Ring, p.Class)), back.Of<ushort>("ring")!.Zip(back.Of<ushort>("class")!));
        Assert.True(scan.Points.Length > 50);
    }

    public static TheoryData<string, Lidar> Faulty => new()
    {
        { "beams", new Lidar([], 10) },
        { "columns", Lidar.Of16 with { Columns = 0 } },
        { "elevation", new Lidar([new(2)], 10) },
        { "sweep", Lidar.Of16 with { Sweep = 7 } },
        { "s a scan", Lidar.Of16 with { Seconds = 0 } },
        { "ranges", Lidar.Of16 with { Most = .1f } },
        { "noise", Lidar.Of16 with { Noise = float.NaN } },
        { "dropout", Lidar.Of16 with { Dropout = 2 } },
        { "rain", Lidar.Of16 with { Rain = -1 } },
        { "divergence", Lidar.Of16 with { Divergence = 1 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_cannot_be_a_sensor_is_refused(string about, Lidar lidar) =>
        Assert.Contains(about, Assert.Throws<ArgumentException>(() => Scan(Floor(), lidar, Level())).Message);

    [Fact]
    public void A_mount_that_is_not_rigid_is_refused() =>
        Assert.Throws<ArgumentException>(() => Scan(Floor(), Lidar.Of16, Motion.Still(new(Vector3.UnitX, Vector3.UnitX, Vector3.UnitZ,
            default))));
}
