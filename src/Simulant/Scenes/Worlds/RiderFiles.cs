using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Formats.Clouds;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Worlds;

/// <summary>Files of what rides with the camera: by sequence, with its first frame, or by frame.</summary>
internal static class RiderFiles
{
    // Nearer knots would take the rounding of single precision's places for accelerations.
    private const double LeastKnot = 0.1;

    /// <summary>
    /// Readings of a whole sequence, from its first frame's moment to just before the moment after its last frame. They are a function of
    /// the sequence alone, so that it does not matter which of its frames are made where.
    /// </summary>
    /// <param name="eye">Where the camera is, so many seconds after the sequence began.</param>
    public static IEnumerable<SceneFile> OfSequence(SceneOptions options, long sequence, string key, Func<double, Pose> eye, RunContext run)
    {
        var riders = options.Riders;
        if (riders is { Inertial: 0, Satellite: 0 }) yield break;
        double step = 1 / options.Rate, length = options.Sequence * step, apart = Math.Max(step, LeastKnot);
        var times = new List<double>();
        var poses = new List<Pose>();
        for (int knot = 0; knot < 4 || times[^1] < length; knot++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            times.Add(knot * apart);
            poses.Add(eye(knot * apart));
        }
        var way = Trajectory.Through(times, poses);
        // Sequences are told apart by their seed: each unit is switched on anew.
        var own = run with { Seed = run.Seed ^ 0xD1B54A32D192ED03 * (ulong)(sequence + 1) };
        if (riders.Inertial > 0) yield return new($"imu/{key}.csv", Inertial(riders.Inertial, way, length, own));
        if (riders.Satellite > 0)
            yield return new($"gps/{key}.csv", Satellite(new Gps(riders.Origin) { Rate = riders.Satellite }, way, length, own));
    }

    /// <summary>What an event camera in the frame's place reports until the next frame.</summary>
    public static IEnumerable<SceneFile> OfFrame(SceneOptions options, View view, long index, string key, RunContext run)
    {
        var riders = options.Riders;
        if (riders.Events == 0) yield break;
        double step = 1 / options.Rate, from = index % options.Sequence * step;
        // The same places within pixels at every moment, so that light alone makes events; and none of the noise of paths.
        var render = options.Render with
        {
            Quality = options.Render.Quality == Quality.Preview ? Quality.Preview : Quality.Direct, Denoise = false,
            Frame = checked((int)index),
        };
        var images = new ColourImage[riders.Steps + 1];
        double[] times = new double[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            float part = (float)i / riders.Steps;
            var camera = view.Camera with { Shutter = 0, Motion = RollingFrame.Later(view.Camera.Motion, part) };
            var stage = new Stage(RollingFrame.Later(view.Scene, part), camera);
            var hits = HitBuffer.Trace(stage, run);
            images[i] = Renderer.Render(new(stage, hits, PixelLabels.Of(stage, hits, run), []), render, run);
            times[i] = from + i * step / riders.Steps;
        }
        var events = new EventCamera { Brighter = (float)riders.Events, Darker = (float)riders.Events }.Record(images, times, run);
        yield return new($"events/{key}.pcd", PcdCloud.Write(new PointCloud(
            new CloudField("time", events.Select(e => e.Time).ToArray()),
            new CloudField("x", events.Select(e => e.X).ToArray()),
            new CloudField("y", events.Select(e => e.Y).ToArray()),
            new CloudField("brighter", events.Select(e => e.Brighter ? (byte)1 : (byte)0).ToArray())), PcdData.Binary));
    }

    private static byte[] Inertial(double rate, Trajectory way, double length, RunContext run)
    {
        var read = (Imu.Consumer with { Rate = rate }).Read(way, run);
        var truth = new Imu { Rate = rate }.Read(way, run);
        var text = new StringBuilder("time,spin_x,spin_y,spin_z,force_x,force_y,force_z,true_spin_x,true_spin_y,true_spin_z,true_force_x,"
            + "true_force_y,true_force_z\n");
        for (int i = 0; i < read.Length && read[i].Time < length - 1e-9; i++)
            Line(text, read[i].Time, read[i].Spin, read[i].Force, truth[i].Spin, truth[i].Force);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Satellite(Gps gps, Trajectory way, double length, RunContext run)
    {
        var text = new StringBuilder("time,latitude,longitude,height,velocity_east,velocity_north,velocity_up,true_latitude,true_longitude,"
            + "true_height\n");
        foreach (var fix in gps.Read(way, run))
            if (fix.Time < length - 1e-9) Line(text, fix.Time, Degrees(fix.Place), fix.Velocity, Degrees(fix.Truth));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Triple Degrees(GeoPoint place) => new(place.LatitudeDegrees, place.LongitudeDegrees, place.Height);

    private static void Line(StringBuilder text, double time, params ReadOnlySpan<Triple> values)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Math.Round(time, 9):R}");
        foreach (var (x, y, z) in values) text.Append(CultureInfo.InvariantCulture, $",{x:R},{y:R},{z:R}");
        text.Append('\n');
    }
}
