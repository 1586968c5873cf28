using Simulant.Data;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics;

/// <summary>Two bodies and the gap between their surfaces in metres, below zero by the depth of an overlap.</summary>
public readonly record struct Overlap(int First, int Second, double Gap);

/// <summary>
/// Measures overlaps by another way than the engine's: every pair, and for each every direction that can be the one of the gap: normals of
/// faces, products of edges, from corners to corners, and from corners across edges. Slow, and exact for every pair of convex bodies.
/// </summary>
public static class OverlapAudit
{
    /// <summary>
    /// The deepest overlap of any two bodies of which one moves, ground included; a gap of infinity where there is no pair.
    /// </summary>
    /// <remarks>Triangles of ground are measured along their own normals, and only where a corner of the body stands over them.</remarks>
    public static Overlap Deepest(PhysicsWorld world, RunContext run)
    {
        var bodies = world.Bodies;
        var found = new Overlap[world.Count];
        Work.For(world.Count, run, i =>
        {
            found[i] = new(i, i, double.PositiveInfinity);
            for (int j = i + 1; j < bodies.Count; j++)
            {
                if (!bodies.Facts[i].Moves && !bodies.Facts[j].Moves) continue;
                double gap = Between(bodies, i, j, found[i].Gap);
                if (gap < found[i].Gap) found[i] = new(i, j, gap);
            }
        });
        var deepest = new Overlap(-1, -1, double.PositiveInfinity);
        foreach (var one in found)
            if (one.Gap < deepest.Gap) deepest = one;
        return deepest;
    }

    private static double Between(Stepping.BodySet bodies, int i, int j, double beyond)
    {
        Polytope? a = bodies.Facts[i].Convex, b = bodies.Facts[j].Convex;
        if (a is null) return Ground(bodies, i, j);
        if (b is null) return Ground(bodies, j, i);
        double apart = (bodies.States[i].Place - bodies.States[j].Place).Length - a.Reach - b.Reach;
        return apart >= Math.Min(beyond, 0) ? apart : Gap(a, bodies[i].Vertices, b, bodies[j].Vertices);
    }

    /// <summary>The gap between two bodies whose corners stand where given.</summary>
    public static double Gap(Polytope a, ReadOnlySpan<Vec3> first, Polytope b, ReadOnlySpan<Vec3> second)
    {
        double best = double.NegativeInfinity;
        var edgesA = Edges(a, first);
        var edgesB = Edges(b, second);
        Faces(a, first, first, second, ref best);
        Faces(b, second, first, second, ref best);
        foreach (var e in edgesA)
            foreach (var f in edgesB) Try(Vec3.Cross(e.Along, f.Along), first, second, ref best);
        foreach (var p in first)
            foreach (var q in second) Try(q - p, first, second, ref best);
        Across(edgesA, second, first, second, ref best);
        Across(edgesB, first, first, second, ref best);
        return best - a.Radius - b.Radius;
    }

    private static void Faces(Polytope shape, ReadOnlySpan<Vec3> at, ReadOnlySpan<Vec3> first, ReadOnlySpan<Vec3> second, ref double best)
    {
        for (int f = 0; f < shape.Faces; f++) Try(Polytope.NormalOf(at, shape.Loop(f)), first, second, ref best);
    }

    private static void Across(List<(Vec3 From, Vec3 Along)> edges, ReadOnlySpan<Vec3> corners, ReadOnlySpan<Vec3> first,
        ReadOnlySpan<Vec3> second, ref double best)
    {
        foreach (var (from, along) in edges)
            foreach (var corner in corners)
            {
                var to = corner - from;
                Try(to - along * (Vec3.Dot(to, along) / along.SquaredLength), first, second, ref best);
            }
    }

    private static List<(Vec3 From, Vec3 Along)> Edges(Polytope shape, ReadOnlySpan<Vec3> at)
    {
        var edges = new List<(Vec3, Vec3)>();
        if (at.Length == 2) edges.Add((at[0], at[1] - at[0]));
        for (int f = 0; f < shape.Faces; f++)
        {
            var loop = shape.Loop(f);
            for (int k = 0; k < loop.Length; k++)
            {
                int p = loop[k], q = loop[(k + 1) % loop.Length];
                if (p < q) edges.Add((at[p], at[q] - at[p]));
            }
        }
        return edges;
    }

    // The gap seen along a direction, and along its opposite; the largest over all directions is the distance.
    private static void Try(Vec3 direction, ReadOnlySpan<Vec3> first, ReadOnlySpan<Vec3> second, ref double best)
    {
        double length = direction.Length;
        if (!(length > 1e-9)) return;
        double lowA = double.PositiveInfinity, highA = double.NegativeInfinity, lowB = lowA, highB = highA;
        foreach (var p in first)
        {
            double along = Vec3.Dot(p, direction);
            (lowA, highA) = (Math.Min(lowA, along), Math.Max(highA, along));
        }
        foreach (var p in second)
        {
            double along = Vec3.Dot(p, direction);
            (lowB, highB) = (Math.Min(lowB, along), Math.Max(highB, along));
        }
        best = Math.Max(best, Math.Max(lowB - highA, lowA - highB) / length);
    }

    private static double Ground(Stepping.BodySet bodies, int ground, int body)
    {
        ref var at = ref bodies.States[ground];
        var placed = bodies[body];
        double least = double.PositiveInfinity;
        foreach (var vertex in placed.Vertices)
        {
            var local = at.Rotation.Back(vertex - at.Place);
            least = Math.Min(least, bodies.Facts[ground].Collider is GroundCollider { Ground: var triangles }
                ? Over(triangles, local, at.Rotation.Back(placed.Centre - at.Place)) : local.Y);
        }
        return least - placed.Radius;
    }

    private static double Over(TriangleGround ground, Vec3 point, Vec3 centre)
    {
        double least = double.PositiveInfinity;
        for (int t = 0; t < ground.Count; t++)
        {
            var normal = ground.Normals[t];
            if (normal == Vec3.Zero || Vec3.Dot(centre - ground.Corner(t, 0), normal) < 0) continue;
            bool inside = true;
            for (int e = 0; e < 3 && inside; e++)
            {
                Vec3 from = ground.Corner(t, e), along = ground.Corner(t, (e + 1) % 3) - from;
                inside = Vec3.Dot(Vec3.Cross(along, point - from), normal) >= 0;
            }
            if (inside) least = Math.Min(least, Vec3.Dot(point - ground.Corner(t, 0), normal));
        }
        return least;
    }
}
