using Simulant.Images;
using Simulant.Numerics.Pixels;

namespace Simulant.Augment;

/// <summary>A map of the plane by nine numbers, row after row: places are multiplied from the right as (x, y, 1).</summary>
internal sealed record Homography(double[] M)
{
    public static Homography Identity { get; } = new([1, 0, 0, 0, 1, 0, 0, 0, 1]);

    public static Homography Shift(double x, double y) => new([1, 0, x, 0, 1, y, 0, 0, 1]);
    public static Homography Scale(double x, double y) => new([x, 0, 0, 0, y, 0, 0, 0, 1]);
    public static Homography Shear(double x, double y) => new([1, x, 0, y, 1, 0, 0, 0, 1]);

    /// <summary>Clockwise as seen, y pointing down.</summary>
    public static Homography Turn(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new([cos, -sin, 0, sin, cos, 0, 0, 0, 1]);
    }

    /// <summary>What sends the corners of a width x height frame (clockwise from the upper left) to four others, of which no three are in
    /// line.</summary>
    public static Homography ToCorners(double width, double height, IReadOnlyList<Spot> c)
    {
        // Heckbert, Fundamentals of texture mapping and image warping (1989), section 2.2.3: the unit square to a quadrilateral.
        double dx1 = c[1].X - c[2].X, dx2 = c[3].X - c[2].X, sx = c[0].X - c[1].X + c[2].X - c[3].X;
        double dy1 = c[1].Y - c[2].Y, dy2 = c[3].Y - c[2].Y, sy = c[0].Y - c[1].Y + c[2].Y - c[3].Y;
        double area = dx1 * dy2 - dx2 * dy1, g = (sx * dy2 - dx2 * sy) / area, h = (dx1 * sy - sx * dy1) / area;
        var square = new Homography([c[1].X - c[0].X + g * c[1].X, c[3].X - c[0].X + h * c[3].X, c[0].X,
            c[1].Y - c[0].Y + g * c[1].Y, c[3].Y - c[0].Y + h * c[3].Y, c[0].Y, g, h, 1]);
        return square * Scale(1 / width, 1 / height);
    }

    /// <summary>First right, then left.</summary>
    public static Homography operator *(Homography left, Homography right)
    {
        double[] product = new double[9];
        for (int i = 0; i < 9; i++)
            for (int k = 0; k < 3; k++) product[i] += left.M[i / 3 * 3 + k] * right.M[k * 3 + i % 3];
        return new(product);
    }

    /// <summary>The map about another middle.</summary>
    public Homography About(double x, double y) => Shift(x, y) * this * Shift(-x, -y);

    public Homography Inverse()
    {
        double[] m = M;
        double a = m[4] * m[8] - m[5] * m[7], b = m[5] * m[6] - m[3] * m[8], c = m[3] * m[7] - m[4] * m[6];
        double all = m[0] * a + m[1] * b + m[2] * c;
        double[] adjoint = [a, m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4], b, m[0] * m[8] - m[2] * m[6],
            m[2] * m[3] - m[0] * m[5],
            c, m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]];
        return new([.. adjoint.Select(v => v / all)]);
    }

    public Spot Send(Spot p)
    {
        double scale = 1 / (M[6] * p.X + M[7] * p.Y + M[8]);
        return new Spot((M[0] * p.X + M[1] * p.Y + M[2]) * scale, (M[3] * p.X + M[4] * p.Y + M[5]) * scale);
    }

    public bool IsAffine => M[6] == 0 && M[7] == 0;

    /// <summary>The map between pixel middles, for kernels.</summary>
    public PerspectiveMap Perspective()
    {
        double[] m = Middles();
        return new PerspectiveMap(m[0] / m[8], m[1] / m[8], m[2] / m[8], m[3] / m[8], m[4] / m[8], m[5] / m[8], m[6] / m[8], m[7] / m[8]);
    }

    /// <inheritdoc cref="Perspective"/>
    public AffineMap Affine()
    {
        double[] m = Middles();
        return new AffineMap(m[0] / m[8], m[1] / m[8], m[2] / m[8], m[3] / m[8], m[4] / m[8], m[5] / m[8]);
    }

    private double[] Middles() => (Shift(-0.5, -0.5) * this * Shift(0.5, 0.5)).M;
}
