using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Solids by outline.</summary>
internal static class Solids
{
    /// <summary>
    /// A convex outline in the plane of z and y, anticlockwise as seen from +x, drawn out along x about the middle; the upper corners may
    /// lean inwards, as a car's cabin does.
    /// </summary>
    /// <param name="lean">How much narrower each side is at the outline's highest point than at its lowest, in metres.</param>
    public static Mesh Prism(IReadOnlyList<Vector2> outline, float width, Material material, float lean = 0)
    {
        float low = outline.Min(p => p.Y), high = outline.Max(p => p.Y);
        Vector3 At(Vector2 p, float side) => new(side * (width / 2 - lean * (high > low ? (p.Y - low) / (high - low) : 0)), p.Y, p.X);
        var positions = new List<Vector3>();
        var indices = new List<int>();
        void Triangle(Vector3 a, Vector3 b, Vector3 c)
        {
            indices.AddRange([positions.Count, positions.Count + 1, positions.Count + 2]);
            positions.AddRange([a, b, c]);
        }
        for (int i = 0; i < outline.Count; i++)
        {
            Vector2 p = outline[i], q = outline[(i + 1) % outline.Count];
            Vector3 a = At(p, 1), b = At(q, 1), c = At(q, -1), d = At(p, -1);
            Triangle(a, d, c);
            Triangle(a, c, b);
            if (i is 0 || i == outline.Count - 1) continue;
            Triangle(At(outline[0], 1), a, b);
            Triangle(At(outline[0], -1), c, d);
        }
        return new([.. positions], [.. indices], materials: [material]);
    }

    /// <summary>A flat plate that looks to +z, with texture coordinates over all of it.</summary>
    public static Mesh Plate(float width, float height, Material material)
    {
        float x = width / 2, y = height / 2;
        return new([new(-x, -y, 0), new(x, -y, 0), new(x, y, 0), new(-x, y, 0)], [0, 1, 2, 0, 2, 3],
            [Vector3.UnitZ, Vector3.UnitZ, Vector3.UnitZ, Vector3.UnitZ], [new(0, 1), new(1, 1), new(1, 0), new(0, 0)], [material]);
    }
}
