namespace Simulant.Scenes.Description;

/// <summary>
/// How a lens bends a picture: where a direction (x/z, y/z) of the camera's axes comes to lie, in the same units, before focal lengths
/// and centre apply. Reaches a stated radius, up to which it is one to one; beyond, for points outside the picture, places lie further out
/// in proportion. All work is in double.
/// </summary>
public abstract record Lens
{
    /// <summary>The largest x/z, y/z distance from the axis at which the formula still holds and grows.</summary>
    public abstract double Limit { get; }

    /// <summary>From ideal to seen.</summary>
    public (double X, double Y) Distort(double x, double y)
    {
        double radius = Math.Sqrt(x * x + y * y);
        if (!(radius > Limit)) return Within(x, y);
        double beyond = radius / Limit;
        var (edgeX, edgeY) = Within(x / beyond, y / beyond);
        return (edgeX * beyond, edgeY * beyond);
    }

    /// <summary>From seen to ideal, within the limit.</summary>
    public abstract (double X, double Y) Undistort(double x, double y);

    protected abstract (double X, double Y) Within(double x, double y);

    internal abstract string? Fault();

    /// <summary>
    /// What keeps a picture from lying within the lens's reach: its border and a grid are followed out and back.
    /// </summary>
    internal string? Fault(Camera camera)
    {
        if (Fault() is { } of) return of;
        const int Steps = 48;
        double far = 0;
        for (int i = 0; i <= Steps; i++)
            for (int j = 0; j <= Steps; j++)
            {
                double seenX = (-0.5 + (double)camera.Width * i / Steps - camera.Cx) / camera.Fx;
                double seenY = (-0.5 + (double)camera.Height * j / Steps - camera.Cy) / camera.Fy;
                var (x, y) = Undistort(seenX, seenY);
                double radius = Math.Sqrt(x * x + y * y);
                if (!(radius <= Limit)) return $"the lens does not reach the picture's border at {seenX:0.###}, {seenY:0.###}";
                var (backX, backY) = Within(x, y);
                far = Math.Max(far, Math.Max(Math.Abs(backX - seenX) * camera.Fx, Math.Abs(backY - seenY) * camera.Fy));
            }
        return far <= 1e-5 ? null : $"the lens is not one to one over the picture: a pixel comes back {far:0.#####} pixels off";
    }
}

/// <summary>
/// Radial and decentring distortion (Brown, "Decentering distortion of lenses", 1966; Conrady 1919) with OpenCV's five coefficients in
/// OpenCV's order: x (1 + k1 r2 + k2 r4 + k3 r6) + 2 p1 x y + p2 (r2 + 2 x2), and with p1 and p2 exchanged for y.
/// </summary>
public sealed record BrownConrady(double K1, double K2 = 0, double P1 = 0, double P2 = 0, double K3 = 0) : Lens
{
    private const double Step = 0.005, Furthest = 50;

    public double K1 { get; } = K1;

    public double K2 { get; } = K2;

    public double P1 { get; } = P1;

    public double P2 { get; } = P2;

    public double K3 { get; } = K3;

    public override double Limit { get; } = Growing(K1, K2, K3);

    public override (double X, double Y) Undistort(double x, double y)
    {
        // Newton's method from where the distortion of the place seen, undone, would lie.
        double seen = x * x + y * y, first = 1 / Math.Max(0.5, 1 + seen * (K1 + seen * (K2 + seen * K3))), a = x * first, b = y * first;
        for (int i = 0; i < 30; i++)
        {
            double square = a * a + b * b, radial = 1 + square * (K1 + square * (K2 + square * K3));
            double slope = K1 + square * (2 * K2 + square * 3 * K3);
            double offX = a * radial + 2 * P1 * a * b + P2 * (square + 2 * a * a) - x;
            double offY = b * radial + P1 * (square + 2 * b * b) + 2 * P2 * a * b - y;
            double xx = radial + 2 * a * a * slope + 2 * P1 * b + 6 * P2 * a, xy = 2 * a * b * slope + 2 * P1 * a + 2 * P2 * b;
            double yy = radial + 2 * b * b * slope + 6 * P1 * b + 2 * P2 * a;
            double determinant = xx * yy - xy * xy;
            // Where the formula folds, there is nothing to find; the picture's check refuses such a lens.
            if (!(determinant > 1e-9)) return (double.NaN, double.NaN);
            double stepX = (offX * yy - offY * xy) / determinant, stepY = (offY * xx - offX * xy) / determinant;
            (a, b) = (a - stepX, b - stepY);
            // Errors square from step to step: the next would change nothing.
            if (Math.Abs(stepX) + Math.Abs(stepY) < 1e-8) break;
        }
        return (a, b);
    }

    protected override (double X, double Y) Within(double x, double y)
    {
        double square = x * x + y * y, radial = 1 + square * (K1 + square * (K2 + square * K3));
        return (x * radial + 2 * P1 * x * y + P2 * (square + 2 * x * x), y * radial + P1 * (square + 2 * y * y) + 2 * P2 * x * y);
    }

    internal override string? Fault() => double.IsFinite(K1 + K2 + K3 + P1 + P2) && Math.Abs(P1) + Math.Abs(P2) <= 0.1 ? null
        : $"a lens of k {K1}, {K2}, {K3} and p {P1}, {P2}";

    // To where the radial part no longer grows by a twentieth of its first slope.
    private static double Growing(double k1, double k2, double k3)
    {
        for (double r = Step; r < Furthest; r += Step)
        {
            double square = r * r;
            if (!(1 + square * (3 * k1 + square * (5 * k2 + square * 7 * k3)) > 0.05)) return r - Step;
        }
        return Furthest;
    }
}

/// <summary>
/// A fisheye as in OpenCV's fisheye module (Kannala and Brandt, PAMI 28(8), 2006): the angle t from the axis is seen at radius
/// t (1 + k1 t2 + k2 t4 + k3 t6 + k4 t8). Pictures must keep within 88 degrees of the axis.
/// </summary>
public sealed record Fisheye(double K1 = 0, double K2 = 0, double K3 = 0, double K4 = 0) : Lens
{
    private const double Widest = 88 * Math.PI / 180, Step = 0.001;

    public double K1 { get; } = K1;

    public double K2 { get; } = K2;

    public double K3 { get; } = K3;

    public double K4 { get; } = K4;

    public override double Limit { get; } = Math.Tan(Growing(K1, K2, K3, K4));

    public override (double X, double Y) Undistort(double x, double y)
    {
        double seen = Math.Sqrt(x * x + y * y);
        if (seen < 1e-12) return (x, y);
        double angle = Math.Min(seen, 1.5);
        for (int i = 0; i < 30; i++)
        {
            double step = (Seen(angle) - seen) / Slope(angle, K1, K2, K3, K4);
            angle -= step;
            if (Math.Abs(step) < 1e-8) break;
        }
        if (!(angle >= 0 && angle < Math.PI / 2)) return (double.NaN, double.NaN);
        double scale = Math.Tan(angle) / seen;
        return (x * scale, y * scale);
    }

    protected override (double X, double Y) Within(double x, double y)
    {
        double radius = Math.Sqrt(x * x + y * y);
        if (radius < 1e-12) return (x, y);
        double scale = Seen(Math.Atan(radius)) / radius;
        return (x * scale, y * scale);
    }

    internal override string? Fault() => double.IsFinite(K1 + K2 + K3 + K4) ? null : $"a fisheye of k {K1}, {K2}, {K3}, {K4}";

    private double Seen(double t)
    {
        double s = t * t;
        return t * (1 + s * (K1 + s * (K2 + s * (K3 + s * K4))));
    }

    private static double Slope(double t, double k1, double k2, double k3, double k4)
    {
        double s = t * t;
        return 1 + s * (3 * k1 + s * (5 * k2 + s * (7 * k3 + s * 9 * k4)));
    }

    private static double Growing(double k1, double k2, double k3, double k4)
    {
        for (double t = Step; t < Widest; t += Step)
            if (!(Slope(t, k1, k2, k3, k4) > 0.05)) return t - Step;
        return Widest;
    }
}
