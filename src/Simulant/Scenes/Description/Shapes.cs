using System.Numerics;

namespace Simulant.Scenes.Description;

/// <summary>Simple shapes as meshes about their centre, the axis of round ones along y; fronts look outwards.</summary>
public static class Shapes
{
    public static Mesh Box(Vector3 size, Material? material = null)
    {
        Vector3[] positions = new Vector3[24], normals = new Vector3[24];
        var uvs = new Vector2[24];
        var indices = new List<int>();
        for (int face = 0; face < 6; face++)
        {
            int axis = face / 2;
            float side = face % 2 == 0 ? 1 : -1;
            Vector3 normal = Axis(axis) * side, right = Axis((axis + 1) % 3) * side, up = Axis((axis + 2) % 3);
            for (int corner = 0; corner < 4; corner++)
            {
                float x = (corner & 1) == 0 ? -0.5f : 0.5f, y = corner < 2 ? -0.5f : 0.5f;
                int at = face * 4 + corner;
                positions[at] = (normal * 0.5f + right * x + up * y) * size;
                normals[at] = normal;
                uvs[at] = new(x + 0.5f, 0.5f - y);
            }
            int first = face * 4;
            indices.AddRange([first, first + 1, first + 3, first, first + 3, first + 2]);
        }
        return new(positions, [.. indices], normals, uvs, Made(material));
    }

    /// <summary>A level square of y = 0 that looks up, cut into cells by cells.</summary>
    public static Mesh Plane(float size, int cells = 1, Material? material = null)
    {
        var positions = new List<Vector3>();
        var uvs = new List<Vector2>();
        var indices = new List<int>();
        for (int z = 0; z <= cells; z++)
            for (int x = 0; x <= cells; x++)
            {
                float u = (float)x / cells, v = (float)z / cells;
                positions.Add(new((u - 0.5f) * size, 0, (v - 0.5f) * size));
                uvs.Add(new(u, v));
                if (x == cells || z == cells) continue;
                int at = positions.Count - 1, below = at + cells + 1;
                indices.AddRange([at, below, at + 1, at + 1, below, below + 1]);
            }
        var normals = new Vector3[positions.Count];
        Array.Fill(normals, Vector3.UnitY);
        return new([.. positions], [.. indices], normals, [.. uvs], Made(material));
    }

    public static Mesh Sphere(float radius, int segments = 32, Material? material = null) =>
        Turned([Arc(radius, 0, Math.PI, 0, Math.Max(3, segments / 2))], segments, material);

    /// <param name="height">From end to end, at least twice the radius.</param>
    public static Mesh Capsule(float radius, float height, int segments = 32, Material? material = null)
    {
        if (height < 2 * radius) throw new ArgumentException($"a capsule of radius {radius} is at least {2 * radius} high, not {height}");
        int rings = Math.Max(2, segments / 4);
        float middle = height / 2 - radius;
        return Turned([[.. Arc(radius, 0, Math.PI / 2, middle, rings), .. Arc(radius, Math.PI / 2, Math.PI, -middle, rings)]], segments,
            material);
    }

    public static Mesh Cylinder(float radius, float height, int segments = 32, Material? material = null)
    {
        float h = height / 2;
        return Turned([[new(0, h, 0, 1), new(radius, h, 0, 1)], [new(radius, h, 1, 0), new(radius, -h, 1, 0)],
            [new(radius, -h, 0, -1), new(0, -h, 0, -1)]], segments, material);
    }

    /// <summary>Its tip up, its base down.</summary>
    public static Mesh Cone(float radius, float height, int segments = 32, Material? material = null)
    {
        float h = height / 2, slant = MathF.Sqrt(radius * radius + height * height), r = height / slant, y = radius / slant;
        return Turned([[new(0, h, r, y), new(radius, -h, r, y)], [new(radius, -h, 0, -1), new(0, -h, 0, -1)]], segments, material);
    }

    /// <summary>A point of an outline: distance from the axis, height, and the normal's parts outwards and up.</summary>
    private readonly record struct Rim(float Radius, float Y, float Out, float Up);

    private static Rim[] Arc(float radius, double from, double to, float middle, int steps) =>
        [.. Enumerable.Range(0, steps + 1).Select(i =>
        {
            double angle = from + (to - from) * i / steps;
            bool pole = i == 0 && from == 0 || i == steps && to == Math.PI;
            float sin = pole ? 0 : (float)Math.Sin(angle), cos = (float)Math.Cos(angle);
            return new Rim(radius * sin, middle + radius * cos, sin, cos);
        })];

    // Outlines from the top down, turned about y; each stretch is smooth, and creases lie between stretches.
    private static Mesh Turned(Rim[][] stretches, int segments, Material? material)
    {
        if (segments < 3) throw new ArgumentException($"{segments} segments are not round; use at least 3");
        var positions = new List<Vector3>();
        var normals = new List<Vector3>();
        var uvs = new List<Vector2>();
        var indices = new List<int>();
        foreach (var stretch in stretches)
            for (int r = 0; r < stretch.Length; r++)
                for (int s = 0; s <= segments; s++)
                {
                    // The seam's two ends are one place to the bit.
                    double angle = 2 * Math.PI * (s % segments) / segments;
                    float x = (float)Math.Cos(angle), z = -(float)Math.Sin(angle);
                    var rim = stretch[r];
                    int at = positions.Count, below = at + segments + 1;
                    positions.Add(new(rim.Radius * x, rim.Y, rim.Radius * z));
                    normals.Add(new(rim.Out * x, rim.Up, rim.Out * z));
                    uvs.Add(new((float)s / segments, (float)r / (stretch.Length - 1)));
                    if (r == stretch.Length - 1 || s == segments) continue;
                    if (stretch[r + 1].Radius > 0) indices.AddRange([at, below, below + 1]);
                    if (rim.Radius > 0) indices.AddRange([at, below + 1, at + 1]);
                }
        return new([.. positions], [.. indices], [.. normals], [.. uvs], Made(material));
    }

    private static Vector3 Axis(int axis) => axis == 0 ? Vector3.UnitX : axis == 1 ? Vector3.UnitY : Vector3.UnitZ;

    private static Material[]? Made(Material? material) => material is null ? null : [material];
}
