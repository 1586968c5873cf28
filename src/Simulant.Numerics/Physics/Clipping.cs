namespace Simulant.Numerics.Physics;

/// <summary>
/// Points of contact along a known axis: the features of both bodies that look along it are projected on the plane across it, cut with one
/// another (Sutherland and Hodgman, CACM 17(1), 1974), and measured along it. So faces, edges and corners need no cases of their own.
/// </summary>
public static class Clipping
{
    // A face that looks further than this from the axis, by cosine, is no ground to measure from.
    private const double LeastFacing = 0.05;

    // Sine of the angle up to which two capsules count as side by side.
    private const double SideBySide = 0.1;

    // How much nearer the nearest points may be than any point of the cut, in metres, before they are added.
    private const double Missed = 1e-6;

    /// <summary>Points whose gap is at most <paramref name="margin"/>.</summary>
    /// <param name="near">The axis, the gap between cores along it, and their nearest points, which stand in where the cut is
    /// empty.</param>
    public static void Points(in Placed a, in Placed b, in Nearness near, double margin, ref Manifold to)
    {
        to.Normal = near.Normal;
        to.Count = 0;
        int fa = a.FaceAlong(near.Normal), fb = b.FaceAlong(-near.Normal);
        int na = fa < 0 ? a.Vertices.Length : a.Shape.Loop(fa).Length, nb = fb < 0 ? b.Vertices.Length : b.Shape.Loop(fb).Length;
        Span<Vec3> first = stackalloc Vec3[na], second = stackalloc Vec3[nb];
        Feature(a, fa, first);
        Feature(b, fb, second);
        Span<ContactPoint> points = stackalloc ContactPoint[na + nb + 3];
        int count = 0;
        double radii = a.Radius + b.Radius, deepest = double.PositiveInfinity;
        var axis = near.Normal;
        if (na >= 3 && nb >= 2 && Vec3.Dot(a.Normals[fa], axis) > LeastFacing)
            count = Against(first, a.Normals[fa], second, axis, points);
        else if (nb >= 3 && na >= 2 && Vec3.Dot(b.Normals[fb], axis) < -LeastFacing)
            count = Against(second, b.Normals[fb], first, -axis, points);
        else if (na == 2 && nb == 2) count = Sides(first, second, axis, points);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            // Cut points stand halfway between the cores: the surfaces' middle is off by half the difference of radii.
            double gap = points[i].Gap - radii;
            if (gap > margin) continue;
            deepest = Math.Min(deepest, gap);
            points[kept++] = new(points[i].Place + axis * ((a.Radius - b.Radius) / 2), gap);
        }
        if (near.Gap - radii < deepest - Missed && near.Gap - radii <= margin)
            points[kept++] = new((near.OnFirst + near.OnSecond) * 0.5 + axis * ((a.Radius - b.Radius) / 2), near.Gap - radii);
        to.Take(points[..kept]);
    }

    private static void Feature(in Placed body, int face, Span<Vec3> to)
    {
        if (face < 0)
        {
            body.Vertices.CopyTo(to);
            return;
        }
        var loop = body.Shape.Loop(face);
        for (int i = 0; i < loop.Length; i++) to[i] = body.Vertices[loop[i]];
    }

    // Cuts a feature of two or more points by the sides of a face, and measures what is left from the face along the axis.
    private static int Against(ReadOnlySpan<Vec3> face, Vec3 normal, ReadOnlySpan<Vec3> feature, Vec3 axis, Span<ContactPoint> to)
    {
        Span<Vec3> one = stackalloc Vec3[face.Length + feature.Length + 2], two = stackalloc Vec3[one.Length];
        feature.CopyTo(one);
        int count = feature.Length;
        for (int i = 0; i < face.Length && count > 0; i++)
        {
            Vec3 from = face[i], side = Vec3.Cross(face[i + 1 == face.Length ? 0 : i + 1] - from, axis);
            count = Cut(one[..count], from, side, two);
            var swap = one;
            one = two;
            two = swap;
        }
        double facing = 1 / Vec3.Dot(normal, axis);
        for (int i = 0; i < count; i++)
        {
            double gap = Vec3.Dot(normal, one[i] - face[0]) * facing;
            to[i] = new(one[i] - axis * (gap / 2), gap);
        }
        return count;
    }

    // What lies behind the plane through a place; the feature is closed where it has three or more points.
    private static int Cut(ReadOnlySpan<Vec3> from, Vec3 place, Vec3 outwards, Span<Vec3> to)
    {
        int count = 0, last = from.Length == 2 ? 1 : from.Length;
        for (int i = 0; i < last; i++)
        {
            Vec3 p = from[i], q = from[i + 1 == from.Length ? 0 : i + 1];
            double dp = Vec3.Dot(p - place, outwards), dq = Vec3.Dot(q - place, outwards);
            if (dp <= 0) to[count++] = p;
            if (dp < 0 && dq > 0 || dp > 0 && dq < 0) to[count++] = p + (q - p) * (dp / (dp - dq));
        }
        if (from.Length == 2 && Vec3.Dot(from[1] - place, outwards) <= 0) to[count++] = from[1];
        if (from.Length == 1) count = Vec3.Dot(from[0] - place, outwards) <= 0 ? 1 : 0;
        return count;
    }

    // Two segments side by side share the stretch where they pass one another.
    private static int Sides(ReadOnlySpan<Vec3> first, ReadOnlySpan<Vec3> second, Vec3 axis, Span<ContactPoint> to)
    {
        Vec3 along = first[1] - first[0], other = second[1] - second[0];
        double square = along.SquaredLength;
        if (Vec3.Cross(along, other).SquaredLength > SideBySide * SideBySide * square * other.SquaredLength) return 0;
        double t0 = Vec3.Dot(second[0] - first[0], along) / square, t1 = Vec3.Dot(second[1] - first[0], along) / square;
        double low = Math.Max(0, Math.Min(t0, t1)), high = Math.Min(1, Math.Max(t0, t1));
        if (!(low < high)) return 0;
        for (int k = 0; k < 2; k++)
        {
            double t = k == 0 ? low : high;
            Vec3 p = first[0] + along * t, q = second[0] + other * ((t - t0) / (t1 - t0));
            to[k] = new((p + q) * 0.5, Vec3.Dot(q - p, axis));
        }
        return 2;
    }
}
