namespace Simulant.Numerics.Physics;

/// <summary>Angles from the four operations and roots alone, so that they are the same to the bit everywhere.</summary>
public static class Arc
{
    /// <summary>The angle of (x, y) in radians, -pi to pi, to 1e-15; 0 for (0, 0).</summary>
    public static double Tangent(double y, double x)
    {
        double ax = Math.Abs(x), ay = Math.Abs(y), low = Math.Min(ax, ay), high = Math.Max(ax, ay);
        if (high == 0) return 0;
        double t = low / high;
        // Three halvings of the angle, after which twelve terms of the series are enough.
        for (int k = 0; k < 3; k++) t /= 1 + Math.Sqrt(1 + t * t);
        double square = t * t, sum = 0;
        for (int n = 23; n >= 1; n -= 2) sum = 1.0 / n - square * sum;
        double angle = 8 * t * sum;
        if (ay > ax) angle = Math.PI / 2 - angle;
        if (x < 0) angle = Math.PI - angle;
        return y < 0 ? -angle : angle;
    }
}
