namespace Simulant.Numerics.Physics;

/// <summary>
/// A convex body as collision sees it: the hull of some points, grown by a radius. A sphere is one point, a capsule two, a box eight; a
/// triangle has two faces, one a side. Faces are loops of vertices, anticlockwise seen from outside. Immutable by agreement.
/// </summary>
public sealed class Polytope
{
    public Polytope(Vec3[] vertices, int[][] faces, double radius, bool box = false)
    {
        IsBox = box;
        (Vertices, Radius) = (vertices, radius);
        FaceStart = new int[faces.Length + 1];
        for (int f = 0; f < faces.Length; f++) FaceStart[f + 1] = FaceStart[f] + faces[f].Length;
        Loops = [.. faces.SelectMany(f => f)];
        Normals = [.. faces.Select(f => NormalOf(vertices, f))];
        foreach (var v in vertices) Reach = Math.Max(Reach, v.Length + radius);
    }

    public Vec3[] Vertices { get; }

    /// <summary>Where each face's loop begins in <see cref="Loops"/>, and the end of the last.</summary>
    public int[] FaceStart { get; }

    public int[] Loops { get; }

    /// <summary>Unit normals by face, outwards.</summary>
    public Vec3[] Normals { get; }

    public double Radius { get; }

    /// <summary>Distance from the origin to the furthest point of the surface.</summary>
    public double Reach { get; }

    /// <summary>Whether this is a box about its origin, as <see cref="Box"/> makes it.</summary>
    public bool IsBox { get; }

    public int Faces => Normals.Length;

    public ReadOnlySpan<int> Loop(int face) => Loops.AsSpan(FaceStart[face], FaceStart[face + 1] - FaceStart[face]);

    public static Polytope Sphere(double radius) => new([default], [], radius);

    /// <summary>Along y, <paramref name="half"/> from the centre to the centre of a cap.</summary>
    public static Polytope Capsule(double half, double radius) => new([new(0, -half, 0), new(0, half, 0)], [], radius);

    /// <summary>Vertex v has the sign of x from bit 0, of y from bit 1, of z from bit 2.</summary>
    public static Polytope Box(Vec3 half)
    {
        var vertices = new Vec3[8];
        for (int v = 0; v < 8; v++)
            vertices[v] = new((v & 1) == 0 ? -half.X : half.X, (v & 2) == 0 ? -half.Y : half.Y, (v & 4) == 0 ? -half.Z : half.Z);
        return new(vertices, [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]], 0, true);
    }

    public static Polytope Triangle(Vec3 a, Vec3 b, Vec3 c) => new([a, b, c], [[0, 1, 2], [0, 2, 1]], 0);

    /// <summary>The same body about another origin.</summary>
    public Polytope About(Vec3 origin) =>
        new([.. Vertices.Select(v => v - origin)], [.. Enumerable.Range(0, Faces).Select(f => Loop(f).ToArray())], Radius);

    /// <summary>Newell's normal of a loop, which every vertex has a part in.</summary>
    public static Vec3 NormalOf(ReadOnlySpan<Vec3> vertices, ReadOnlySpan<int> loop)
    {
        var sum = Vec3.Zero;
        var origin = vertices[loop[0]];
        for (int i = 0; i < loop.Length; i++)
            sum += Vec3.Cross(vertices[loop[i]] - origin, vertices[loop[(i + 1) % loop.Length]] - origin);
        return sum.Unit;
    }
}

/// <summary>A polytope where it stands: vertices and normals in the world.</summary>
public readonly ref struct Placed(Polytope shape, ReadOnlySpan<Vec3> vertices, ReadOnlySpan<Vec3> normals, Vec3 centre)
{
    public readonly Polytope Shape = shape;
    public readonly ReadOnlySpan<Vec3> Vertices = vertices;
    public readonly ReadOnlySpan<Vec3> Normals = normals;
    public readonly Vec3 Centre = centre;

    public double Radius => Shape.Radius;

    /// <summary>The vertex furthest along a direction; the first of equals.</summary>
    public int Support(in Vec3 direction)
    {
        int best = 0;
        double most = Vec3.Dot(Vertices[0], direction);
        for (int v = 1; v < Vertices.Length; v++)
        {
            double along = Vec3.Dot(Vertices[v], direction);
            if (along > most) (best, most) = (v, along);
        }
        return best;
    }

    /// <summary>The face that looks most along a direction; -1 where there are none.</summary>
    public int FaceAlong(in Vec3 direction)
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int f = 0; f < Normals.Length; f++)
        {
            double along = Vec3.Dot(Normals[f], direction);
            if (along > most) (best, most) = (f, along);
        }
        return best;
    }
}
