using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Description;

/// <summary>
/// A clear daylight sky (Preetham, Shirley, Smits, "A practical analytic model for daylight", SIGGRAPH 1999): Perez' distribution of
/// luminance and chromaticity; or an overcast one (CIE: three times as bright above as at the horizon, grey; Moon and Spencer 1942). Below
/// the horizon is ground of one colour. Radiances are luminances in kcd/m2 times <see cref="Scale"/>.
/// </summary>
public sealed class Sky
{
    private const int Side = 259;
    private const float Middle = (Side - 1) / 2f, Half = Middle - 1;

    private readonly double[] _y = [], _cx = [], _cy = [];
    private readonly Vector3? _overcast;
    private readonly Picture? _around;
    private readonly double _zenithY, _zenithX, _zenithC;
    private readonly Vector3 _sun;
    private readonly Vector3[] _table = new Vector3[Side * Side];

    /// <param name="towardsSun">Above the horizon, or taken to it.</param>
    /// <param name="turbidity">Haziness, 2 (clear) to 10 (hazy).</param>
    /// <param name="ground">Radiance from below; a quarter of the zenith's where not given.</param>
    public Sky(Vector3 towardsSun, float turbidity = 3, Vector3? ground = null, float scale = 0.1f)
    {
        if (!(turbidity is >= 1.7f and <= 10)) throw new ArgumentException($"turbidity {turbidity} is not within 1.7 to 10");
        (Turbidity, Scale) = (turbidity, scale);
        var unit = Spatial.Unit(towardsSun);
        _sun = Spatial.Unit(unit with { Y = MathF.Max(unit.Y, 0.01f) });
        double t = turbidity, s = Math.Acos(Math.Min(1, _sun.Y));
        _y = [0.1787 * t - 1.4630, -0.3554 * t + 0.4275, -0.0227 * t + 5.3251, 0.1206 * t - 2.5771, -0.0670 * t + 0.3703];
        _cx = [-0.0193 * t - 0.2592, -0.0665 * t + 0.0008, -0.0004 * t + 0.2125, -0.0641 * t - 0.8989, -0.0033 * t + 0.0452];
        _cy = [-0.0167 * t - 0.2608, -0.0950 * t + 0.0092, -0.0079 * t + 0.2102, -0.0441 * t - 1.6537, -0.0109 * t + 0.0529];
        double chi = (4.0 / 9 - t / 120) * (Math.PI - 2 * s);
        _zenithY = ((4.0453 * t - 4.9710) * Math.Tan(chi) - 0.2155 * t + 2.4192) / Perez(_y, 1, s, Math.Cos(s));
        _zenithX = Chromaticity(t, s, [0.00166, -0.00375, 0.00209, 0], [-0.02903, 0.06377, -0.03202, 0.00394],
            [0.11693, -0.21196, 0.06052, 0.25886]) / Perez(_cx, 1, s, Math.Cos(s));
        _zenithC = Chromaticity(t, s, [0.00275, -0.00610, 0.00317, 0], [-0.04214, 0.08970, -0.04153, 0.00516],
            [0.15346, -0.26756, 0.06670, 0.26688]) / Perez(_cy, 1, s, Math.Cos(s));
        Ground = ground ?? Radiance(Vector3.UnitY) * 0.25f;
        Tabulate();
        Irradiance = Project();
    }

    private Sky(Vector3 zenith, Vector3? ground)
    {
        (Turbidity, Scale, _overcast) = (10, 1, zenith);
        Ground = ground ?? zenith * 0.25f;
        Tabulate();
        Irradiance = Project();
    }

    /// <summary>A sky of clouds: even, without a sun.</summary>
    /// <param name="zenith">Radiance from straight above.</param>
    /// <param name="ground">Radiance from below; a quarter of the zenith's where not given.</param>
    public static Sky Overcast(Vector3 zenith, Vector3? ground = null) => new(zenith, ground);

    private Sky(Picture around)
    {
        (Turbidity, Scale, _around) = (10, 1, around);
        Irradiance = ProjectPicture(around);
    }

    /// <summary>Light from all round as a picture has it, such as a Radiance file (.hdr).</summary>
    /// <param name="around">
    /// Linear, of any brightness, in equal steps of longitude and latitude: the top row is straight up, the middle column ahead (-z), and
    /// columns go to the right (+x).
    /// </param>
    public static Sky Around(Picture around) => new(around);

    private void Tabulate()
    {
        for (int i = 0; i < _table.Length; i++)
        {
            // Stereographic: the upper half of directions is the unit disc, a pixel more all round.
            float u = (i % Side - Middle) / Half, v = (i / Side - Middle) / Half, square = MathF.Min(1, u * u + v * v);
            _table[i] = Radiance(Spatial.Unit(new Vector3(2 * u, MathF.Max(1 - square, 1e-3f), 2 * v)));
        }
    }

    public float Turbidity { get; }

    public Vector3 Ground { get; }

    public float Scale { get; }

    /// <summary>Nine coefficients for <see cref="IrradianceOn"/>.</summary>
    internal Vector3[] Irradiance { get; }

    /// <summary>Radiance from a unit direction.</summary>
    public Vector3 Radiance(Vector3 direction)
    {
        if (_around is not null) return From(_around, direction);
        if (direction.Y <= 0) return Ground;
        if (_overcast is { } zenith) return zenith * ((1 + 2 * direction.Y) / 3);
        double cos = Math.Max(direction.Y, 0.01), gammaCos = Math.Clamp(Spatial.Dot(direction, _sun), -1, 1), gamma = Math.Acos(gammaCos);
        double luminance = Math.Max(0, _zenithY * Perez(_y, cos, gamma, gammaCos));
        double x = _zenithX * Perez(_cx, cos, gamma, gammaCos), y = _zenithC * Perez(_cy, cos, gamma, gammaCos);
        // CIE xyY to linear sRGB.
        double bigX = x / y * luminance, bigZ = (1 - x - y) / y * luminance;
        return Vector3.Max(default, Scale * new Vector3(
            (float)(3.2404542 * bigX - 1.5371385 * luminance - 0.4985314 * bigZ),
            (float)(-0.9692660 * bigX + 1.8760108 * luminance + 0.0415560 * bigZ),
            (float)(0.0556434 * bigX - 0.2040259 * luminance + 1.0572252 * bigZ)));
    }

    /// <summary>The same from a table: within a few parts in a hundred, and a tenth of the time.</summary>
    public Vector3 Quick(Vector3 direction)
    {
        if (_around is not null) return From(_around, direction);
        if (direction.Y <= 0) return Ground;
        float scale = Half / (1 + direction.Y), x = direction.X * scale + Middle, y = direction.Z * scale + Middle;
        int left = (int)x, top = (int)y, at = top * Side + left;
        Vector3 above = _table[at] + (_table[at + 1] - _table[at]) * (x - left), below = _table[at + Side];
        below += (_table[at + Side + 1] - below) * (x - left);
        return above + (below - above) * (y - top);
    }

    /// <summary>
    /// Irradiance on an unoccluded surface of a unit normal, by nine spherical harmonics (Ramamoorthi and Hanrahan, SIGGRAPH 2001).
    /// </summary>
    public Vector3 IrradianceOn(Vector3 n)
    {
        Span<float> basis = stackalloc float[9];
        Harmonics(n, basis);
        var sum = default(Vector3);
        for (int i = 0; i < 9; i++) sum += Irradiance[i] * basis[i];
        return Vector3.Max(default, sum);
    }

    private static Vector3 From(Picture around, Vector3 d)
    {
        float u = 0.5f + MathF.Atan2(d.X, -d.Z) / (2 * MathF.PI), v = MathF.Acos(Math.Clamp(d.Y, -1, 1)) / MathF.PI;
        // Rows do not wrap: beyond the poles' rows lies nothing.
        float half = 0.5f / around.Height;
        return around.At(default, new(u, Math.Clamp(v, half, 1 - half)));
    }

    // Every pixel by its solid angle: a sun may be no larger than one.
    private static Vector3[] ProjectPicture(Picture around)
    {
        var sums = new Vector3[9];
        Span<float> basis = stackalloc float[9];
        for (int row = 0; row < around.Height; row++)
        {
            double polar = Math.PI * (row + 0.5) / around.Height, sin = Math.Sin(polar);
            float angle = (float)(sin * Math.PI / around.Height * 2 * Math.PI / around.Width);
            for (int column = 0; column < around.Width; column++)
            {
                double round = 2 * Math.PI * ((column + 0.5) / around.Width - 0.5);
                Harmonics(new((float)(sin * Math.Sin(round)), (float)Math.Cos(polar), (float)(-sin * Math.Cos(round))), basis);
                for (int i = 0; i < 9; i++) sums[i] += around.Linear[row * around.Width + column] * (angle * basis[i]);
            }
        }
        return Lobed(sums);
    }

    private static double Perez(double[] c, double cos, double gamma, double gammaCos) =>
        (1 + c[0] * Math.Exp(c[1] / cos)) * (1 + c[2] * Math.Exp(c[3] * gamma) + c[4] * gammaCos * gammaCos);

    private static double Chromaticity(double t, double s, double[] square, double[] linear, double[] constant)
    {
        double Row(double[] c) => ((c[0] * s + c[1]) * s + c[2]) * s + c[3];
        return (t * Row(square) + Row(linear)) * t + Row(constant);
    }

    private Vector3[] Project()
    {
        const int Rings = 32;
        var sums = new Vector3[9];
        Span<float> basis = stackalloc float[9];
        for (int r = 0; r < Rings; r++)
            for (int s = 0; s < 2 * Rings; s++)
            {
                // Equal areas: heights evenly apart.
                double y = 1 - (r + 0.5) / Rings * 2, round = Math.PI * (s + 0.5) / Rings, around = Math.Sqrt(1 - y * y);
                var d = new Vector3((float)(around * Math.Cos(round)), (float)y, (float)(around * Math.Sin(round)));
                var radiance = Radiance(d) * (float)(4 * Math.PI / (2 * Rings * Rings));
                Harmonics(d, basis);
                for (int i = 0; i < 9; i++) sums[i] += radiance * basis[i];
            }
        return Lobed(sums);
    }

    // The cosine lobe's share of each band.
    private static Vector3[] Lobed(Vector3[] sums)
    {
        for (int i = 0; i < 9; i++) sums[i] *= i == 0 ? MathF.PI : i < 4 ? 2 * MathF.PI / 3 : MathF.PI / 4;
        return sums;
    }

    private static void Harmonics(Vector3 d, Span<float> y)
    {
        y[0] = 0.282095f;
        (y[1], y[2], y[3]) = (0.488603f * d.Y, 0.488603f * d.Z, 0.488603f * d.X);
        (y[4], y[5], y[7]) = (1.092548f * d.X * d.Y, 1.092548f * d.Y * d.Z, 1.092548f * d.X * d.Z);
        (y[6], y[8]) = (0.315392f * (3 * d.Z * d.Z - 1), 0.546274f * (d.X * d.X - d.Y * d.Y));
    }
}
