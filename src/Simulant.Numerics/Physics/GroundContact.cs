namespace Simulant.Numerics.Physics;

/// <summary>Contacts of a convex body with ground, which pushes from its front only. Normals point from the ground to the body.</summary>
public static class GroundContact
{
    // Cosine from which an axis counts as the triangle's own normal.
    private const double Upright = 0.9999;

    // An axis that looks further away from the front than this, by cosine, comes from behind.
    private const double Behind = 0.05;

    // What only stands for a triangle's corners and sides; the places are given beside it.
    private static readonly Polytope Any = Polytope.Triangle(default, Vec3.UnitX, Vec3.UnitZ);

    /// <summary>With a half space below a plane.</summary>
    public static void WithPlane(in Vec3 place, in Vec3 up, in Placed body, double margin, ref Manifold to)
    {
        Span<ContactPoint> points = body.Vertices.Length <= 256 ? stackalloc ContactPoint[body.Vertices.Length]
            : new ContactPoint[body.Vertices.Length];
        int count = 0;
        foreach (ref readonly var vertex in body.Vertices)
        {
            double gap = Vec3.Dot(vertex - place, up) - body.Radius;
            if (gap <= margin) points[count++] = new(vertex - up * (body.Radius + gap / 2), gap);
        }
        to.Normal = up;
        to.Take(points[..count]);
    }

    /// <summary>With one triangle of a mesh that stands at a place.</summary>
    public static void WithTriangle(TriangleGround ground, int triangle, in Mat3 rotation, in Vec3 place, in Placed body, double margin,
        Collision collision, ref Manifold to)
    {
        to.Count = 0;
        if (ground.Normals[triangle] == Vec3.Zero) return;
        var up = rotation * ground.Normals[triangle];
        ReadOnlySpan<Vec3> corners =
        [
            rotation * ground.Corner(triangle, 0) + place, rotation * ground.Corner(triangle, 1) + place,
            rotation * ground.Corner(triangle, 2) + place,
        ];
        if (Vec3.Dot(body.Centre - corners[0], up) < 0) return;
        var face = new Placed(Any, corners, [up, -up], (corners[0] + corners[1] + corners[2]) * (1.0 / 3));
        int lowest = body.Support(-up);
        double level = Vec3.Dot(body.Vertices[lowest] - corners[0], up);
        if (level - body.Radius > margin) return;
        // Along the triangle's own normal: of no nearest points, so that only what stands over the triangle counts.
        var own = new Nearness(up, double.PositiveInfinity, default, default);
        if (Gjk.Distance(face, body, margin + body.Radius, out var near))
        {
            if (near.Gap - body.Radius > margin || Vec3.Dot(near.Normal, up) < Behind) return;
            if (Vec3.Dot(near.Normal, up) >= Upright || OnActive(ground, triangle, corners, near.OnFirst))
            {
                Clipping.Points(face, body, near, margin, ref to);
                return;
            }
            // The neighbour over the seam has a ball's point; of longer things this triangle has what stands over it.
            if (body.Vertices.Length > 1) Clipping.Points(face, body, own, margin, ref to);
            return;
        }
        // Cores that meet: out over the front, unless an edge is a much shorter way.
        bool edge = body.Vertices.Length > 2 && collision.Between(face, body, margin, out near) && Vec3.Dot(near.Normal, up) > Behind
            && level < 2 * near.Gap - 1e-3;
        Clipping.Points(face, body, edge ? near : own, margin, ref to);
    }

    private static bool OnActive(TriangleGround ground, int triangle, ReadOnlySpan<Vec3> corners, in Vec3 point)
    {
        double size = (corners[1] - corners[0]).Length + (corners[2] - corners[0]).Length, near = 1e-6 * size;
        for (int e = 0; e < 3; e++)
        {
            Vec3 from = corners[e], along = (corners[(e + 1) % 3] - from).Unit;
            if (ground.IsActive(triangle, e) && Vec3.Cross(along, point - from).Length <= near) return true;
        }
        return false;
    }
}
