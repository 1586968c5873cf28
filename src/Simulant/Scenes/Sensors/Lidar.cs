using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Formats.Clouds;

namespace Simulant.Scenes.Sensors;

/// <summary>One laser of a turning LiDAR.</summary>
/// <param name="Elevation">Radians above the sensor's level plane, within a quarter turn either way.</param>
/// <param name="Azimuth">Radians that it stands ahead of the column, anticlockwise from above.</param>
public readonly record struct LidarBeam(float Elevation, float Azimuth = 0);

/// <summary>
/// A turning LiDAR: at each of <see cref="Columns"/> directions of its head every beam fires once. Sensor axes are x forward, y left, z up,
/// as its makers have them; azimuth counts anticlockwise from x. Angles in radians, lengths in metres.
/// </summary>
/// <param name="Beams">The beam table, 1 to 1024; a beam's index is its ring. Neighbours in angle should be neighbours in the
/// table.</param>
/// <param name="Columns">Firings a scan, 1 to 65536.</param>
public sealed record Lidar(IReadOnlyList<LidarBeam> Beams, int Columns)
{
    public const int MostBeams = 1024, MostColumns = 65536;

    /// <summary>Azimuth of the first column, and how far the head turns to just before the next scan.</summary>
    public float First { get; init; } = -MathF.PI;

    /// <summary>Above 0 to a whole turn; a negative one turns clockwise.</summary>
    public float Sweep { get; init; } = 2 * MathF.PI;

    /// <summary>Seconds that a scan takes; times of points are parts of it.</summary>
    public float Seconds { get; init; } = 0.1f;

    /// <summary>Part of the time to the next moment that a scan takes, 0 to 1; 0, the default, freezes world and sensor.</summary>
    public float Rolling { get; init; }

    /// <summary>Times in a rolling scan at which moving things are placed anew, 1 to 4096; the sensor moves at every column.</summary>
    public int Slices { get; init; } = 32;

    /// <summary>Nearer surfaces give no point.</summary>
    public float Least { get; init; } = 0.5f;

    /// <summary>Farther ones neither.</summary>
    public float Most { get; init; } = 120;

    /// <summary>
    /// Where a surface of a tenth's reflectance that faces the sensor is only just found in clear air: the received power there is the
    /// threshold (Wagner et al., "Gaussian decomposition", ISPRS 2006, section 2: power falls with the square of range).
    /// </summary>
    public float Reach { get; init; } = 100;

    /// <summary>Standard deviation of ranges, and what each metre of range adds to it.</summary>
    public float Noise { get; init; } = 0.02f;

    public float NoisePerMetre { get; init; }

    /// <summary>Standard deviation of a signal as a part of the threshold: how softly weak returns fade away.</summary>
    public float SignalNoise { get; init; } = 0.1f;

    /// <summary>Part of all returns that is lost for no reason, 0 to 1.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// Rain in mm/h: it dims by 1.076 R^.67 dB/km, as optical links lose (ITU-R P.1814), both ways. Fog of the scene dims by its density.
    /// </summary>
    public float Rain { get; init; }

    /// <summary>How often a metre of the way holds a drop or flake that gives a return of its own, before anything behind it.</summary>
    public float Clutter { get; init; }

    /// <summary>Full angle of the beam; above 0 a second ray at its rim finds what stands behind an edge, as a second return.</summary>
    public float Divergence { get; init; }

    /// <summary>Returns of one beam nearer together than this are one.</summary>
    public float Resolution { get; init; } = 0.6f;

    /// <summary>Beams at even distances from lowest to highest, the lowest first.</summary>
    public static Lidar Even(int beams, float lowest, float highest, int columns) =>
        new([.. Enumerable.Range(0, beams).Select(i => new LidarBeam(beams == 1 ? lowest : lowest + (highest - lowest) * i / (beams - 1)))],
            columns);

    /// <summary>Sixteen beams 2 degrees apart from -15 to 15, columns .2 degrees apart: the form of small sensors.</summary>
    public static Lidar Of16 { get; } = Even(16, Degrees(-15), Degrees(15), 1800);

    /// <summary>Sixty-four from -24.8 to 2 degrees, columns .2 degrees apart, as on cars of the KITTI data.</summary>
    public static Lidar Of64 { get; } = Even(64, Degrees(-24.8f), Degrees(2), 1800);

    /// <summary>A hundred and twenty-eight from -25 to 15 degrees, columns .2 degrees apart.</summary>
    public static Lidar Of128 { get; } = Even(128, Degrees(-25), Degrees(15), 1800);

    /// <summary>
    /// From the sensor's axes to the world's (y up) for a sensor that stands level and looks along <paramref name="forward"/>.
    /// </summary>
    public static Pose Upright(Vector3 at, Vector3 forward)
    {
        var x = Spatial.Unit(forward with { Y = 0 });
        if (x == default) throw new ArgumentException("a level sensor does not look straight up or down");
        var y = Spatial.Cross(Vector3.UnitY, x);
        return new(new(x.X, y.X, 0), new(x.Y, y.Y, 1), new(x.Z, y.Z, 0), at);
    }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault()
    {
        bool part(float value) => value is >= 0 and <= 1;
        return Beams.Count is < 1 or > MostBeams ? $"{Beams.Count} beams; 1 to {MostBeams} are possible"
            : Columns is < 1 or > MostColumns ? $"{Columns} columns; 1 to {MostColumns} are possible"
            : Beams.Any(b => !(MathF.Abs(b.Elevation) <= MathF.PI / 2 && float.IsFinite(b.Azimuth)))
                ? "a beam's elevation is not within a quarter turn"
            : !(MathF.Abs(Sweep) <= 6.2832f && Sweep != 0 && float.IsFinite(First)) ? $"a sweep of {Sweep} from {First}"
            : !(Seconds > 0 && float.IsFinite(Seconds)) || !part(Rolling) || Slices is < 1 or > 4096
                ? $"{Seconds} s a scan, {Rolling} of the time to the next moment, {Slices} slices"
            : !(Least >= 0 && Most > Least && Most <= 1e5f && Reach > 0 && float.IsFinite(Reach))
                ? $"ranges from {Least} to {Most} m, a reach of {Reach} m"
            : !(Noise >= 0 && NoisePerMetre >= 0 && SignalNoise >= 0 && float.IsFinite(Noise + NoisePerMetre + SignalNoise))
                ? "noise is 0 or more"
            : !part(Dropout) ? $"dropout {Dropout} is not within 0 to 1"
            : !(Rain is >= 0 and <= 500 && Clutter is >= 0 and <= 1e3f) ? $"rain of {Rain} mm/h, clutter of {Clutter} a metre"
            : !(Divergence is >= 0 and <= 0.1f && Resolution >= 0 && float.IsFinite(Resolution))
                ? $"a divergence of {Divergence}, a resolution of {Resolution} m" : null;
    }

    private static float Degrees(float value) => value * (MathF.PI / 180);
}

/// <summary>One return.</summary>
/// <param name="Position">In the sensor's axes as they were when the beam fired, metres: not yet put right for the sensor's motion.</param>
/// <param name="Intensity">
/// Reflectance found, 0 to 1: of a matt white surface that faces the sensor 1, after the loss in air but put right for range.
/// </param>
/// <param name="Time">Seconds from the scan's start.</param>
/// <param name="Ring">Index of the beam.</param>
/// <param name="Instance">The actor's index + 1; 0 for drops and flakes.</param>
/// <param name="Class">The actor's class; 0 for drops and flakes.</param>
/// <param name="Return">1, or 2 for what stood behind the first.</param>
public readonly record struct LidarPoint(Vector3 Position, float Intensity, float Time, ushort Ring, ushort Instance, ushort Class,
    ushort Return)
{
    public float Range => Spatial.Length(Position);
}

/// <summary>A scan: points by column, in it by beam, first returns before second ones.</summary>
/// <param name="Fired">Beams sent out, with or without a return.</param>
public sealed record LidarScan(LidarPoint[] Points, int Fired, float Seconds)
{
    /// <summary>As columns, for files of points: x, y, z, intensity, time, ring, instance, class, return.</summary>
    public PointCloud ToCloud()
    {
        CloudField Field<T>(string name, Converter<LidarPoint, T> of) => new(name, Array.ConvertAll(Points, of));
        return new(Field("x", p => p.Position.X), Field("y", p => p.Position.Y), Field("z", p => p.Position.Z),
            Field("intensity", p => p.Intensity), Field("time", p => p.Time), Field("ring", p => p.Ring),
            Field("instance", p => p.Instance), Field("class", p => p.Class), Field("return", p => p.Return));
    }
}
