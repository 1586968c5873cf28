namespace Simulant.Images.Vector;

/// <summary>A place in the plane; y points down.</summary>
public readonly record struct Place(double X, double Y)
{
    public static Place operator +(Place a, Place b) => new(a.X + b.X, a.Y + b.Y);

    public static Place operator -(Place a, Place b) => new(a.X - b.X, a.Y - b.Y);

    public static Place operator *(Place a, double by) => new(a.X * by, a.Y * by);

    public double Length => Math.Sqrt(X * X + Y * Y);

    /// <summary>Twice the signed area between the two.</summary>
    public static double Cross(Place a, Place b) => a.X * b.Y - a.Y * b.X;

    public static double Dot(Place a, Place b) => a.X * b.X + a.Y * b.Y;
}

/// <summary>x' = A x + C y + E, y' = B x + D y + F: SVG's matrix(a b c d e f).</summary>
public readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    public static Affine Identity { get; } = new(1, 0, 0, 1, 0, 0);

    public static Affine Shift(double x, double y) => new(1, 0, 0, 1, x, y);

    public static Affine Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    /// <summary>Clockwise as seen, in degrees.</summary>
    public static Affine Turn(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, sin, -sin, cos, 0, 0);
    }

    /// <summary>First right, then left.</summary>
    public static Affine operator *(Affine l, Affine r) => new(
        l.A * r.A + l.C * r.B, l.B * r.A + l.D * r.B, l.A * r.C + l.C * r.D, l.B * r.C + l.D * r.D,
        l.A * r.E + l.C * r.F + l.E, l.B * r.E + l.D * r.F + l.F);

    public Place Send(Place p) => new(A * p.X + C * p.Y + E, B * p.X + D * p.Y + F);

    public double Determinant => A * D - B * C;

    /// <summary>By how much lengths grow, in the geometric mean of directions.</summary>
    public double Size => Math.Sqrt(Math.Abs(Determinant));

    /// <summary>The map back; null where the plane is squashed to a line.</summary>
    public Affine? Inverse()
    {
        double det = Determinant;
        if (!(Math.Abs(det) > 1e-300)) return null;
        double a = D / det, b = -B / det, c = -C / det, d = A / det;
        return new(a, b, c, d, -(a * E + c * F), -(b * E + d * F));
    }
}
