using System.Numerics;
using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;

namespace Simulant.Bench.Speed;

/// <summary>LiDAR points a second, and what the camera from photons to bytes takes a frame.</summary>
internal static class SensorsBench
{
    public static readonly Benchmark Benchmark = new("sensors",
        "LiDAR points/s in a yard of 121 objects, 174,752 triangles; the camera's stages at 640 x 480", Run);

    private static void Run(BenchContext context)
    {
        var scene = context.Tiny ? BenchScene.Yard(6, 8) : BenchScene.Yard();
        var stage = new Stage(scene, BenchScene.Camera(64, 48));
        Points(context, stage);
        Pictures(context, scene);
        Others(context, scene, stage);
    }

    private static void Points(BenchContext context, Stage stage)
    {
        int threads = context.Option("threads", 2);
        RunContext run = RunContext.Quiet(1, threads), one = RunContext.Quiet(1, 1);
        var mount = Motion.Straight(Lidar.Upright(new(0, 1.9f, 0), Vector3.UnitX), new(.5f, 0, 0));
        // Looks down into the yard, as a sensor on a roof does: most beams end on something.
        var lidar = Lidar.Even(context.Tiny ? 16 : 128, -.6f, -.05f, context.Tiny ? 100 : 1800) with { Rolling = 1, Most = 60 };
        var scan = LidarScanner.Scan(stage, lidar, mount, 0, one);
        context.Check(Same(scan, LidarScanner.Scan(stage, lidar, mount, 0, run)), "a scan on any number of threads");
        Brute(context, stage, lidar with { Rolling = 0, Noise = 0, SignalNoise = 0 }, mount, one);
        context.Result(MemoryMarshal.AsBytes<LidarPoint>(scan.Points));
        foreach (var (name, of) in ((string, Lidar)[])[("rolling", lidar), ("frozen", lidar with { Rolling = 0 }),
            ("two returns", lidar with { Divergence = .003f }), ("16 beams", Lidar.Of16 with { Most = 60 })])
        {
            int points = LidarScanner.Scan(stage, of, mount, 0, run).Points.Length;
            double wall = context.WallSeconds(() => LidarScanner.Scan(stage, of, mount, 0, run));
            double cpu = context.CpuSeconds(() => LidarScanner.Scan(stage, of, mount, 0, run), 9);
            context.Figure($"lidar, {name}: points of a scan", points, $"of {of.Beams.Count * of.Columns} beams");
            context.Figure($"lidar, {name}", points / wall / 1e6, $"million points/s on {threads} threads");
            context.Figure($"lidar, {name}", points / cpu / 1e6, "million points a CPU s");
            context.Figure($"lidar, {name}: beams", of.Beams.Count * of.Columns / cpu / 1e6, "million beams a CPU s");
        }
    }

    private static bool Same(LidarScan a, LidarScan b) =>
        MemoryMarshal.AsBytes<LidarPoint>(a.Points).SequenceEqual(MemoryMarshal.AsBytes<LidarPoint>(b.Points));

    // Every so many points against every triangle.
    private static void Brute(BenchContext context, Stage stage, Lidar lidar, Motion mount, RunContext run)
    {
        var points = LidarScanner.Scan(stage, lidar, mount, 0, run).Points;
        for (int i = 0; i < points.Length; i += Math.Max(1, points.Length / 50))
        {
            var way = Spatial.Unit(points[i].Position);
            var hit = stage.Tree.BruteForce(new Ray(mount.Now.Translation, mount.Now.Direction(way)));
            context.Check(MathF.Abs(hit.T - points[i].Range) <= 2e-3f * hit.T, "ranges by every triangle");
        }
    }

    private static void Pictures(BenchContext context, Scene scene)
    {
        var camera = context.Tiny ? BenchScene.Camera(64, 48) : BenchScene.Camera();
        int threads = context.Option("threads", 2);
        RunContext run = RunContext.Quiet(1, threads), one = RunContext.Quiet(1, 1);
        var frame = Frame.Of(scene, camera, run);
        var image = Renderer.Render(frame, new(), run);
        var all = new SensorOptions
        {
            Exposure = new(Automatic: true), Glare = new(), PointSpread = new(.7f), Vignetting = new(), Sharpening = new(),
                Tone = new(true),
        };
        context.Check(SensorModel.Expose(frame, image, all, one).Rgb.AsSpan().SequenceEqual(SensorModel.Expose(frame, image, all, run).Rgb),
            "a photograph on any number of threads");
        foreach (var (name, options) in ((string, SensorOptions)[])[("every stage", all), ("without glare", all with { Glare = null }),
            ("photosites, mosaic, tone", new()), ("the same without shot noise", new() { Photosites = new() { Shot = false } }),
            ("rain of 25 mm/h and those", new() { Precipitation = new(Falling.Rain, 25) { Far = context.Tiny ? 1 : 8 } })])
            Measure(context, $"camera, {name}", threads, () => SensorModel.Expose(frame, image, options, run));
    }

    private static void Others(BenchContext context, Scene scene, Stage stage)
    {
        int threads = context.Option("threads", 2);
        RunContext run = RunContext.Quiet(1, threads), one = RunContext.Quiet(1, 1);
        var mount = Motion.Straight(Lidar.Upright(new(0, .6f, 9), -Vector3.UnitZ), new(0, 0, -.5f));
        var radar = context.Tiny ? new Radar { Ranges = 32, Azimuths = 8, Speeds = 8, RaysAcross = 32, RaysUp = 8 } : new Radar();
        float[] power = RadarScanner.Scan(stage, radar, mount, 0, one).Power;
        context.Check(power.AsSpan().SequenceEqual(RadarScanner.Scan(stage, radar, mount, 0, run).Power),
            "a radar frame on any number of threads");
        Measure(context, $"radar, {radar.RaysAcross * radar.RaysUp} rays, {radar.Ranges * radar.Azimuths * radar.Speeds} cells", threads,
            () => RadarScanner.Scan(stage, radar, mount, 0, run));
        var camera = context.Tiny ? BenchScene.Camera(64, 48) : BenchScene.Camera();
        var next = camera with { Motion = Motion.Still(camera.Motion.After) };
        ColourImage[] images = [.. ((Camera[])[camera, next]).Select(c => Renderer.Render(Frame.Of(scene, c, run), new(), run))];
        int events = new EventCamera().Record(images, [0, .01], run).Length;
        context.Check(events == new EventCamera().Record(images, [0, .01], one).Length, "events on any number of threads");
        Measure(context, $"event camera, {events} events", threads, () => new EventCamera().Record(images, [0, .01], run));
        context.Check(StereoFrame.Of(scene, camera, .2f, one).Match.AsSpan().SequenceEqual(StereoFrame.Of(scene, camera, .2f, run).Match),
            "a stereo pair on any number of threads");
        Measure(context, "stereo, every label of both", threads, () => StereoFrame.Of(scene, camera, .2f, run));
        Measure(context, "every label", threads, () => Frame.Of(scene, camera, run).Release());
        var bent = camera with { Lens = new BrownConrady(-.2, .05) };
        Measure(context, "every label under a lens", threads, () => Frame.Of(scene, bent, run).Release());
    }

    private static void Measure(BenchContext context, string name, int threads, Action action)
    {
        context.Figure(name, 1e3 * context.WallSeconds(action), $"ms a frame on {threads} threads");
        context.Figure(name, 1e3 * context.CpuSeconds(action), "CPU ms a frame");
    }
}
