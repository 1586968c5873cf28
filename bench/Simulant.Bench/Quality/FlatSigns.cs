using Simulant.Images;
using Simulant.Images.Vector;
using Simulant.Numerics.Random;
using Simulant.Scenes.Signs;

namespace Simulant.Bench.Quality;

/// <summary>
/// The rival of rendered signs: the same drawings moved in the plane (corners by up to a sixth, turned by up to 10 degrees, 70 to 95% of
/// the side) before a ground that runs from one random colour to another. Item i shows class i mod classes.
/// </summary>
internal sealed class FlatSigns
{
    private const int Fine = 128;

    private readonly IReadOnlyList<SignTemplate> _templates;
    private readonly Raster<float>[] _faces;
    private readonly int[][] _ofClass;
    private readonly RandomStream _draws;

    public FlatSigns(ulong seed, IReadOnlyList<SignTemplate> templates)
    {
        _templates = templates;
        _draws = new(seed, "signs/flat");
        _faces = [.. templates.Select(t => Painter.Paint(t.Drawing, Fine, Fine))];
        _ofClass = [.. Enumerable.Range(0, templates.Max(t => t.Class) + 1).Select(c =>
            Enumerable.Range(0, templates.Count).Where(t => templates[t].Class == c).ToArray())];
    }

    public byte[] Picture(long item, int side)
    {
        int[] variants = _ofClass[(int)(item % _ofClass.Length)];
        var face = _faces[variants[_draws.Below(variants.Length, item, 0)]];
        double Either(int slot, double limit) => limit * (2 * _draws.Uniform(item, slot) - 1);
        double size = 0.825 + Either(1, 0.125), turn = Either(2, Math.PI / 18);
        var corners = new (double X, double Y)[4];
        for (int c = 0; c < 4; c++)
        {
            double x = (c is 1 or 2 ? 0.5 : -0.5) * size + Either(3 + 2 * c, size / 12), y = (c >= 2 ? 0.5 : -0.5) * size
                + Either(4 + 2 * c, size / 12);
            corners[c] = (0.5 + x * Math.Cos(turn) - y * Math.Sin(turn), 0.5 + x * Math.Sin(turn) + y * Math.Cos(turn));
        }
        byte[] picture = new byte[side * side * 3];
        const int Sub = 3;
        for (int p = 0; p < side * side; p++)
        {
            double red = 0, green = 0, blue = 0;
            for (int s = 0; s < Sub * Sub; s++)
            {
                double x = (p % side + (s % Sub + 0.5) / Sub) / side, y = (p / side + (s / Sub + 0.5) / Sub) / side;
                var (u, v) = Back(corners, x, y);
                var (r, g, b, a) = u is >= 0 and < 1 && v is >= 0 and < 1 ? At(face, u, v) : default;
                double down = (1 - a) * (1 - y), up = (1 - a) * y;
                red += r * a + down * _draws.Uniform(item, 20) + up * _draws.Uniform(item, 23);
                green += g * a + down * _draws.Uniform(item, 21) + up * _draws.Uniform(item, 24);
                blue += b * a + down * _draws.Uniform(item, 22) + up * _draws.Uniform(item, 25);
            }
            (picture[3 * p], picture[3 * p + 1], picture[3 * p + 2]) = (Byte(red), Byte(green), Byte(blue));
        }
        return picture;
        static byte Byte(double sum) => (byte)(sum / (Sub * Sub) * 255 + 0.5);
    }

    private static (float, float, float, float) At(Raster<float> face, double u, double v)
    {
        var s = face.Row((int)(v * Fine)).Slice((int)(u * Fine) * 4, 4);
        return (s[0], s[1], s[2], s[3]);
    }

    // From the quadrangle to the unit square: bilinear in its corners, inverted by Newton's steps, which converge where it is convex.
    private static (double U, double V) Back((double X, double Y)[] c, double x, double y)
    {
        double u = 0.5, v = 0.5;
        for (int step = 0; step < 5; step++)
        {
            double px = (c[0].X * (1 - u) + c[1].X * u) * (1 - v) + (c[3].X * (1 - u) + c[2].X * u) * v - x;
            double py = (c[0].Y * (1 - u) + c[1].Y * u) * (1 - v) + (c[3].Y * (1 - u) + c[2].Y * u) * v - y;
            double ux = (c[1].X - c[0].X) * (1 - v) + (c[2].X - c[3].X) * v, uy = (c[1].Y - c[0].Y) * (1 - v) + (c[2].Y - c[3].Y) * v;
            double vx = (c[3].X - c[0].X) * (1 - u) + (c[2].X - c[1].X) * u, vy = (c[3].Y - c[0].Y) * (1 - u) + (c[2].Y - c[1].Y) * u;
            double det = ux * vy - uy * vx;
            if (Math.Abs(det) < 1e-9) return (-1, -1);
            (u, v) = (u - (px * vy - py * vx) / det, v - (py * ux - px * uy) / det);
        }
        return (u, v);
    }
}
