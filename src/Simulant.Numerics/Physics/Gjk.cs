namespace Simulant.Numerics.Physics;

/// <summary>What lies between two bodies: the normal from the first to the second, the gap along it, and the two nearest points.</summary>
public readonly record struct Nearness(Vec3 Normal, double Gap, Vec3 OnFirst, Vec3 OnSecond);

/// <summary>
/// Distance between the hulls of two sets of points (Gilbert, Johnson and Keerthi, IEEE J. Robotics and Automation 4(2), 1988; termination
/// after van den Bergen, "A fast and robust GJK implementation", 1999). Radii are left out.
/// </summary>
public static class Gjk
{
    private const int Steps = 64;

    // Relative error of the squared distance at which the search ends.
    private const double Near = 1e-11;

    /// <summary>False where the hulls overlap or touch to within rounding, so that they have no distance.</summary>
    /// <param name="beyond">Distances larger than this need not be exact.</param>
    public static bool Distance(in Placed a, in Placed b, double beyond, out Nearness between)
    {
        var simplex = new Simplex();
        var towards = b.Centre - a.Centre;
        if (towards.SquaredLength == 0) towards = Vec3.UnitY;
        simplex.Add(Support(a, b, towards));
        var v = simplex.Nearest();
        double scale = Math.Max(1e-4, Math.Max(a.Shape.Reach, b.Shape.Reach)), touch = 1e-9 * scale;
        for (int step = 0; step < Steps; step++)
        {
            double square = v.SquaredLength;
            if (square <= touch * touch)
            {
                between = default;
                return false;
            }
            var next = Support(a, b, -v);
            double along = Vec3.Dot(v, next.At);
            if (along > 0 && along * along > beyond * beyond * square) break;
            if (square - along <= Near * square || simplex.Has(next)) break;
            var kept = simplex;
            simplex.Add(next);
            var nearer = simplex.Nearest();
            if (simplex.Count == 4)
            {
                between = default;
                return false;
            }
            if (nearer.SquaredLength >= square)
            {
                simplex = kept;
                break;
            }
            v = nearer;
        }
        double distance = v.Length;
        between = new(v * (-1 / distance), distance, Sum(simplex, a.Vertices, true), Sum(simplex, b.Vertices, false));
        return true;
    }

    internal static Difference Support(in Placed a, in Placed b, in Vec3 direction)
    {
        int i = a.Support(direction), j = b.Support(-direction);
        return new(a.Vertices[i] - b.Vertices[j], i, j);
    }

    private static Vec3 Sum(in Simplex s, ReadOnlySpan<Vec3> vertices, bool first)
    {
        int At(in Difference p) => first ? p.A : p.B;
        var sum = vertices[At(s.P0)] * s.W0;
        if (s.Count > 1) sum += vertices[At(s.P1)] * s.W1;
        if (s.Count > 2) sum += vertices[At(s.P2)] * s.W2;
        return sum;
    }
}
