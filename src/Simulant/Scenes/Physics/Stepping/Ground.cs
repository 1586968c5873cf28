using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>Contacts of a convex body with ground.</summary>
internal static class Ground
{
    /// <param name="flip">Whether the body is the first of the pair, so that the normal points into the ground.</param>
    public static void Find(BodySet bodies, int ground, int body, bool flip, double margin, ref Manifold to)
    {
        ref var at = ref bodies.States[ground];
        var up = at.Rotation * Vec3.UnitY;
        var placed = bodies[body];
        Span<ContactPoint> points = stackalloc ContactPoint[placed.Vertices.Length];
        int count = 0;
        foreach (ref readonly var vertex in placed.Vertices)
        {
            double gap = Vec3.Dot(vertex - at.Place, up) - placed.Radius;
            if (gap <= margin) points[count++] = new(vertex - up * (placed.Radius + gap / 2), gap);
        }
        to.Normal = flip ? -up : up;
        to.Take(points[..count]);
    }
}
