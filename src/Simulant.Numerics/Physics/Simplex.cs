namespace Simulant.Numerics.Physics;

/// <summary>A point of the difference A - B, with the vertices it came from.</summary>
internal readonly record struct Difference(Vec3 At, int A, int B);

/// <summary>
/// Up to four points of A - B, cut down to those whose hull holds the point nearest the origin (Ericson, 2005, chapter 5.1).
/// </summary>
internal struct Simplex
{
    public Difference P0, P1, P2, P3;
    public double W0, W1, W2;
    public int Count;

    public void Add(Difference point)
    {
        if (Count == 0) P0 = point;
        else if (Count == 1) P1 = point;
        else if (Count == 2) P2 = point;
        else P3 = point;
        Count++;
    }

    public readonly bool Has(Difference p) =>
        Count > 0 && Same(P0, p) || Count > 1 && Same(P1, p) || Count > 2 && Same(P2, p) || Count > 3 && Same(P3, p);

    private static bool Same(Difference a, Difference b) => a.A == b.A && a.B == b.B;

    /// <summary>The nearest point to the origin; the simplex keeps what spans it. Four points left over hold the origin.</summary>
    public Vec3 Nearest()
    {
        switch (Count)
        {
            case 1:
                W0 = 1;
                return P0.At;
            case 2:
                return Segment();
            case 3:
                return Triangle();
            default:
                return Tetrahedron();
        }
    }

    private void Keep(Difference a)
    {
        (P0, W0, Count) = (a, 1, 1);
    }

    private void Keep(Difference a, Difference b, double t)
    {
        (P0, P1, W0, W1, Count) = (a, b, 1 - t, t, 2);
    }

    private readonly Vec3 Point() => Count switch
    {
        1 => P0.At,
        2 => P0.At * W0 + P1.At * W1,
        _ => P0.At * W0 + P1.At * W1 + P2.At * W2,
    };

    private Vec3 Segment()
    {
        var along = P1.At - P0.At;
        double square = along.SquaredLength, t = -Vec3.Dot(P0.At, along);
        if (t <= 0 || square == 0) Keep(P0);
        else if (t >= square) Keep(P1);
        else (W0, W1) = (1 - t / square, t / square);
        return Point();
    }

    private Vec3 Triangle()
    {
        Difference a = P0, b = P1, c = P2;
        Vec3 ab = b.At - a.At, ac = c.At - a.At;
        double d1 = -Vec3.Dot(ab, a.At), d2 = -Vec3.Dot(ac, a.At), d3 = -Vec3.Dot(ab, b.At), d4 = -Vec3.Dot(ac, b.At),
            d5 = -Vec3.Dot(ab, c.At), d6 = -Vec3.Dot(ac, c.At);
        double va = d3 * d6 - d5 * d4, vb = d5 * d2 - d1 * d6, vc = d1 * d4 - d3 * d2;
        if (d1 <= 0 && d2 <= 0) Keep(a);
        else if (d3 >= 0 && d4 <= d3) Keep(b);
        else if (d6 >= 0 && d5 <= d6) Keep(c);
        else if (vc <= 0 && d1 >= 0 && d3 <= 0) Keep(a, b, d1 / (d1 - d3));
        else if (vb <= 0 && d2 >= 0 && d6 <= 0) Keep(a, c, d2 / (d2 - d6));
        else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) Keep(b, c, (d4 - d3) / (d4 - d3 + (d5 - d6)));
        else
        {
            double s = 1 / (va + vb + vc);
            (W0, W1, W2, Count) = (1 - vb * s - vc * s, vb * s, vc * s, 3);
        }
        return Point();
    }

    private Vec3 Tetrahedron()
    {
        var whole = this;
        double best = double.PositiveInfinity;
        Vec3 nearest = default;
        bool outside = false;
        // Each face, and the corner on its other side.
        for (int face = 0; face < 4; face++)
        {
            var (a, b, c, d) = face switch
            {
                0 => (whole.P0, whole.P1, whole.P2, whole.P3),
                1 => (whole.P0, whole.P2, whole.P3, whole.P1),
                2 => (whole.P0, whole.P3, whole.P1, whole.P2),
                _ => (whole.P1, whole.P3, whole.P2, whole.P0),
            };
            var normal = Vec3.Cross(b.At - a.At, c.At - a.At);
            double origin = -Vec3.Dot(a.At, normal), corner = Vec3.Dot(d.At - a.At, normal);
            if (origin * corner > 0) continue;
            outside = true;
            var one = new Simplex { P0 = a, P1 = b, P2 = c, Count = 3 };
            var point = one.Triangle();
            double square = point.SquaredLength;
            if (square < best) (best, nearest, this) = (square, point, one);
        }
        return outside ? nearest : default;
    }
}
