using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Sensors;

/// <summary>
/// Fires a bundle of rays, sums what surfaces reflect straight back, spreads it over cells, adds noise and looks for peaks. A ray of solid
/// angle w that meets a surface at range R has cross-section 4 pi f cos R^2 w, f the surface's reflectance function towards where the ray
/// came from: 4 pi times intensity by irradiance. The same to the bit on any number of threads.
/// </summary>
public sealed class RadarScanner
{
    // Cells that a point reaches, either way.
    private const int Reach = 3;

    private readonly Radar _radar;
    private readonly Stage _stage;
    private readonly Motion _mount;
    private readonly Moment _moment;
    private readonly RadarFrame _frame;
    private readonly Echo[] _echoes;

    private RadarScanner(Stage stage, Radar radar, Motion mount)
    {
        if (radar.Fault() is { } fault) throw new ArgumentException(fault);
        if (!mount.IsRigid) throw new ArgumentException("the sensor's motion is not rigid");
        (_stage, _radar, _mount, _moment) = (stage, radar, mount, new(stage, 0));
        int cells = radar.Ranges * radar.Azimuths * radar.Speeds;
        _frame = new(radar, new float[cells], new ushort[cells], []);
        _echoes = new Echo[radar.RaysAcross * radar.RaysUp];
    }

    /// <param name="stage">A scene made ready; the camera it was made for does not matter.</param>
    /// <param name="mount">From the sensor's axes to the world's; its way to the next moment gives its speed.</param>
    /// <param name="frame">With the run's seed, the address of the noise.</param>
    /// <exception cref="ArgumentException">The sensor or its mount cannot be.</exception>
    public static RadarFrame Scan(Stage stage, Radar radar, Motion mount, int frame, RunContext run)
    {
        var scanner = new RadarScanner(stage, radar, mount);
        Work.For((radar.RaysAcross + 3) / 4, run, scanner.Trace);
        var noise = new RandomStream(run.Seed, "scenes/radar");
        var found = new RadarDetection[radar.Azimuths][];
        Work.For(radar.Azimuths, run, a =>
        {
            scanner.Gather(a);
            if (radar.Floor > 0) scanner.Noise(noise, frame, a);
        });
        Work.For(radar.Azimuths, run, a => found[a] = new PeakFinder(scanner._frame, stage.Scene).Find(a));
        return scanner._frame with { Detections = [.. found.SelectMany(f => f)] };
    }

    // Rays column by column: four columns of four rays to a packet.
    private void Trace(int group)
    {
        Vector3 eye = _mount.Now.Translation, own = (_mount.After.Translation - eye) * (1 / _radar.Moment);
        Span<Vector3> ways = stackalloc Vector3[RayPacket.Count];
        for (int up = 0; up < _radar.RaysUp; up += 4)
        {
            RayPacket packet = default;
            for (int lane = 0; lane < RayPacket.Count; lane++)
            {
                int column = 4 * group + (lane & 3), row = up + (lane >> 2);
                bool used = column < _radar.RaysAcross && row < _radar.RaysUp;
                ways[lane] = _mount.Now.Direction(Sight(Math.Min(column, _radar.RaysAcross - 1), Math.Min(row, _radar.RaysUp - 1), out _));
                packet.Set(lane, eye, ways[lane], used ? _radar.Ranges * _radar.RangeStep : float.NegativeInfinity);
            }
            _moment.Tree.Closest(ref packet);
            for (int lane = 0; lane < RayPacket.Count; lane++)
            {
                int column = 4 * group + (lane & 3), row = up + (lane >> 2);
                if (column < _radar.RaysAcross && row < _radar.RaysUp && packet.Hit(lane) is { IsHit: true } hit)
                    _echoes[column * _radar.RaysUp + row] = Reflect(hit, ways[lane], own, column, row);
            }
        }
    }

    private Vector3 Sight(int column, int row, out float solid)
    {
        double azimuth = ((column + 0.5) / _radar.RaysAcross * 2 - 1) * _radar.Across;
        double up = ((row + 0.5) / _radar.RaysUp * 2 - 1) * _radar.Up;
        solid = (float)(4.0 * _radar.Across * _radar.Up / ((double)_radar.RaysAcross * _radar.RaysUp) * Math.Cos(up));
        return new((float)(Math.Cos(up) * Math.Cos(azimuth)), (float)(Math.Cos(up) * Math.Sin(azimuth)), (float)Math.Sin(up));
    }

    private Echo Reflect(RayHit hit, Vector3 way, Vector3 own, int column, int row)
    {
        ref readonly var surface = ref _stage.Surfaces[hit.Instance];
        var point = _moment.Point(hit, way);
        var material = surface.Mesh.MaterialAt(hit.Primitive);
        float cos = Spatial.Dot(point.Normal, point.View);
        var brdf = new Brdf(new(_radar.Plain + (1 - _radar.Plain) * material.Metallic), material.Metallic,
            MathF.Max(material.Roughness, _radar.Roughest));
        var back = new Vector3(MathF.Sqrt(MathF.Max(0, 1 - cos * cos)), 0, cos);
        float axis = Sight(column, row, out float solid).X;
        // Cross-section by the fourth power of range; two of the powers are the ray's own area.
        float power = 4 * MathF.PI * brdf.Value(back, back).X * solid / (hit.T * hit.T) * MathF.Pow(MathF.Max(axis, 0), _radar.Beam);
        var local = surface.Local(hit.Primitive, hit.U, hit.V);
        var moving = (surface.After.Point(local) - surface.Now.Point(local)) * (1 / _radar.Moment) - own;
        return new(power, hit.T / _radar.RangeStep, (Spatial.Dot(moving, way) + _radar.Fastest) / _radar.SpeedStep,
            (ushort)(surface.Actor + 1));
    }

    // All that reaches one azimuth's cells, ray by ray in order.
    private void Gather(int azimuth)
    {
        var radar = _radar;
        Span<float> byRange = stackalloc float[2 * Reach + 1], bySpeed = stackalloc float[2 * Reach + 1];
        float[] best = new float[radar.Ranges * radar.Speeds];
        int first = _frame.Cell(azimuth, 0, 0);
        for (int column = 0; column < radar.RaysAcross; column++)
        {
            float off = azimuth + 0.5f - (column + 0.5f) / radar.RaysAcross * radar.Azimuths;
            if (MathF.Abs(off) > Reach) continue;
            float share = Bell(off);
            for (int row = 0; row < radar.RaysUp; row++)
            {
                var echo = _echoes[column * radar.RaysUp + row];
                if (!(echo.Power > 0)) continue;
                int range = (int)MathF.Round(echo.Range), speed = (int)MathF.Round(echo.Speed);
                for (int k = -Reach; k <= Reach; k++)
                    (byRange[k + Reach], bySpeed[k + Reach]) = (share * echo.Power * Bell(range + k - echo.Range),
                        Bell(speed + k - echo.Speed));
                for (int r = Math.Max(0, range - Reach); r <= Math.Min(radar.Ranges - 1, range + Reach); r++)
                    for (int k = -Reach; k <= Reach; k++)
                    {
                        int s = (speed + k) % radar.Speeds, cell = r * radar.Speeds + (s < 0 ? s + radar.Speeds : s);
                        float power = byRange[r - range + Reach] * bySpeed[k + Reach];
                        _frame.Power[first + cell] += power;
                        if (!(power > best[cell])) continue;
                        (best[cell], _frame.Strongest[first + cell]) = (power, echo.Instance);
                    }
            }
        }
    }

    private float Bell(float off) => MathF.Exp(-off * off / (2 * _radar.Spread * _radar.Spread));

    // A reflection and noise add as amplitudes: noise's is normal in both its parts.
    private void Noise(RandomStream stream, int frame, int azimuth)
    {
        int count = _radar.Ranges * _radar.Speeds, first = _frame.Cell(azimuth, 0, 0);
        float[] real = new float[count], imaginary = new float[count];
        long item = ((long)frame << 32) + azimuth * ((count + 3L) / 4);
        PixelNoise.Normals(stream, 0, item, real);
        PixelNoise.Normals(stream, 1, item, imaginary);
        float deviation = MathF.Sqrt(_radar.Floor / 2);
        for (int i = 0; i < count; i++)
        {
            // What the floor drowns is noise, whoever lies below it.
            if (_frame.Power[first + i] < _radar.Floor) _frame.Strongest[first + i] = 0;
            float a = MathF.Sqrt(_frame.Power[first + i]) + deviation * real[i], b = deviation * imaginary[i];
            _frame.Power[first + i] = a * a + b * b;
        }
    }

    /// <summary>What one ray brings back; range and speed in bins.</summary>
    private readonly record struct Echo(float Power, float Range, float Speed, ushort Instance);
}

/// <summary>Peaks over the mean of their neighbours in range.</summary>
internal sealed class PeakFinder(RadarFrame frame, Scene scene)
{
    private readonly Radar _radar = frame.Radar;

    public RadarDetection[] Find(int azimuth)
    {
        var found = new List<RadarDetection>();
        // Running sums over range, for all speeds at once.
        double[] sums = new double[(_radar.Ranges + 1) * _radar.Speeds];
        for (int r = 0; r < _radar.Ranges; r++)
            for (int s = 0; s < _radar.Speeds; s++)
                sums[(r + 1) * _radar.Speeds + s] = sums[r * _radar.Speeds + s] + frame.Power[frame.Cell(azimuth, r, s)];
        for (int r = 0; r < _radar.Ranges; r++)
        {
            int nearEnd = Math.Max(0, r - _radar.Guard), near = Math.Max(0, nearEnd - _radar.Trained);
            int far = Math.Min(_radar.Ranges, r + _radar.Guard + 1), farEnd = Math.Min(_radar.Ranges, far + _radar.Trained);
            int count = nearEnd - near + farEnd - far;
            if (count == 0) continue;
            double factor = count * (Math.Pow(_radar.FalseAlarm, -1.0 / count) - 1);
            for (int s = 0; s < _radar.Speeds; s++)
            {
                float power = frame.Power[frame.Cell(azimuth, r, s)];
                double mean = (sums[nearEnd * _radar.Speeds + s] - sums[near * _radar.Speeds + s] + sums[farEnd * _radar.Speeds + s]
                    - sums[far * _radar.Speeds + s]) / count;
                if (power > factor * mean && power > 0 && Highest(azimuth, r, s, power)) found.Add(Detection(azimuth, r, s, power, mean));
            }
        }
        return [.. found];
    }

    private float At(int azimuth, int range, int speed) =>
        azimuth < 0 || azimuth >= _radar.Azimuths || range < 0 || range >= _radar.Ranges ? 0
            : frame.Power[frame.Cell(azimuth, range, (speed + _radar.Speeds) % _radar.Speeds)];

    // Of equal neighbours the first in order counts.
    private bool Highest(int azimuth, int range, int speed, float power)
    {
        for (int a = -1; a <= 1; a++)
            for (int r = -1; r <= 1; r++)
                for (int s = -1; s <= 1; s++)
                {
                    if ((a, r, s) == (0, 0, 0)) continue;
                    float other = At(azimuth + a, range + r, speed + s);
                    if (other > power || other == power && (a, r, s).CompareTo((0, 0, 0)) < 0) return false;
                }
        return true;
    }

    private RadarDetection Detection(int azimuth, int range, int speed, float power, double mean)
    {
        float a = azimuth + Between(At(azimuth - 1, range, speed), power, At(azimuth + 1, range, speed));
        float r = range + Between(At(azimuth, range - 1, speed), power, At(azimuth, range + 1, speed));
        float s = speed + Between(At(azimuth, range, speed - 1), power, At(azimuth, range, speed + 1));
        int instance = frame.Strongest[frame.Cell(azimuth, range, speed)];
        return new(r * _radar.RangeStep, (a + 0.5f) * _radar.AzimuthStep - _radar.Across, s * _radar.SpeedStep - _radar.Fastest, power,
            (float)Math.Min(power / mean, float.MaxValue), (ushort)instance, (ushort)(instance == 0 ? 0
                : scene.Actors[instance - 1].Class));
    }

    // The top of the parabola through three logarithms: exact for bells.
    private static float Between(float before, float at, float after)
    {
        if (!(before > 0 && after > 0)) return 0;
        float a = MathF.Log(before), b = MathF.Log(at), c = MathF.Log(after), bend = a - 2 * b + c;
        return bend < 0 ? Math.Clamp(0.5f * (a - c) / bend, -0.5f, 0.5f) : 0;
    }
}
