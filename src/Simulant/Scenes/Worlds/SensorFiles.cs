using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Formats.Clouds;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Sensors;

namespace Simulant.Scenes.Worlds;

/// <summary>
/// What other sensors than cameras see of a frame, as point clouds. They ride with the camera and look where it looks, level.
/// </summary>
internal static class SensorFiles
{
    private const float Above = 0.5f;

    public static IEnumerable<SceneFile> Of(SceneOptions options, View view, Stage stage, FrameNotes notes, RunContext run)
    {
        if (options.Lidar is null && !options.Radar) yield break;
        var mount = Mount(view.Camera.Motion);
        if (options.Lidar is { } lidar)
        {
            float rain = view.Falling?.Rate ?? 0;
            var scan = LidarScanner.Scan(stage, lidar with { Rain = rain, Seconds = (float)(1 / options.Rate) }, mount,
                checked((int)notes.Frame), run);
            yield return new($"lidar/{notes.Key}.pcd", PcdCloud.Write(scan.ToCloud(), PcdData.Binary));
        }
        if (options.Radar)
        {
            var radar = RadarScanner.Scan(stage, new Radar { Moment = (float)(1 / options.Rate) }, mount, checked((int)notes.Frame),
                run);
            yield return new($"radar/{notes.Key}.pcd", PcdCloud.Write(Detections(radar), PcdData.Binary));
        }
    }

    /// <summary>The sensors' axes (x forward, y left, z up) half a metre above the camera.</summary>
    private static Motion Mount(Motion camera)
    {
        static Pose Level(Pose eye)
        {
            var forward = eye.Direction(Vector3.UnitZ) with { Y = 0 };
            // A camera that looks straight down has its picture's upper edge ahead.
            if (Spatial.Length(forward) < 1e-3f) forward = eye.Direction(-Vector3.UnitY) with { Y = 0 };
            return Lidar.Upright(eye.Translation + new Vector3(0, Above, 0), Spatial.Unit(forward));
        }
        return new(Level(camera.Before), Level(camera.Now), Level(camera.After));
    }

    private static PointCloud Detections(RadarFrame radar) => new(
        new CloudField("range", radar.Detections.Select(d => d.Range).ToArray()),
        new CloudField("azimuth", radar.Detections.Select(d => d.Azimuth).ToArray()),
        new CloudField("speed", radar.Detections.Select(d => d.Speed).ToArray()),
        new CloudField("power", radar.Detections.Select(d => d.Power).ToArray()));
}
