namespace Simulant.Numerics.Physics;

/// <summary>Finds where two convex bodies touch, or come within a margin of it. Not for more than one thread at once.</summary>
public sealed class Collision
{
    private readonly Epa _epa = new();

    /// <summary>False, and no points, where the bodies are further apart than the margin.</summary>
    public bool Find(in Placed a, in Placed b, double margin, ref Manifold to)
    {
        to.Count = 0;
        if (!Between(a, b, margin, out var near)) return false;
        Clipping.Points(a, b, near, margin, ref to);
        return to.Count > 0;
    }

    /// <summary>
    /// The axis, the gap between the cores and the nearest points; false where the surfaces are further apart than the margin.
    /// </summary>
    public bool Between(in Placed a, in Placed b, double margin, out Nearness near)
    {
        double radii = a.Radius + b.Radius;
        if (a.Shape.IsBox && b.Shape.IsBox)
        {
            double gap = BoxAxes.Gap(a, b, margin, out var axis);
            if (gap > margin)
            {
                near = default;
                return false;
            }
            // Of boxes that stand apart the axes give a bound alone, and no nearest points.
            if (gap <= 0)
            {
                near = new(axis, gap, a.Vertices[a.Support(axis)], b.Vertices[b.Support(-axis)]);
                return true;
            }
        }
        if (Gjk.Distance(a, b, margin + radii, out near)) return near.Gap - radii <= margin;
        if (!_epa.Depth(a, b, out near)) near = Crossed(a, b);
        return true;
    }

    // Cores that meet and span no volume: points, or segments. Any direction across both parts them by their radii alone.
    private static Nearness Crossed(in Placed a, in Placed b)
    {
        Vec3 alongA = a.Vertices[^1] - a.Vertices[0], alongB = b.Vertices[^1] - b.Vertices[0];
        var across = Vec3.Cross(alongA, alongB);
        if (!(across.SquaredLength > 1e-12 * alongA.SquaredLength * alongB.SquaredLength))
        {
            var along = alongA.SquaredLength > 0 ? alongA : alongB;
            across = along.SquaredLength > 0 ? Vec3.Tangents(along.Unit).First : Vec3.UnitY;
        }
        var axis = across.Unit;
        if (Vec3.Dot(axis, b.Centre - a.Centre) < 0) axis = -axis;
        var middle = (a.Centre + b.Centre) * 0.5;
        return new(axis, 0, middle, middle);
    }
}
