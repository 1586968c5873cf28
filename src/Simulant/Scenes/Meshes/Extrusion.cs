using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>Plates cut along an outline.</summary>
public static class Extrusion
{
    /// <summary>
    /// A plate: its front at z = depth / 2, looking along +z, its back as far behind, and walls between. Watertight where the outline is
    /// simple. Texture coordinates of front and back run from (0, 0) at the upper left of the frame to (1, 1).
    /// </summary>
    /// <param name="polygons">The outline, then its holes, in metres; y up, wound either way.</param>
    /// <param name="depth">Metres, above 0.</param>
    /// <param name="least">Lower left of the frame of texture coordinates; of the outline's box where not given.</param>
    /// <param name="most">Its upper right.</param>
    public static Mesh Of(IReadOnlyList<Vector2[]> polygons, float depth, Material front, Material back, Material walls,
        Vector2? least = null, Vector2? most = null)
    {
        if (!(depth > 0)) throw new ArgumentException($"a plate is not {depth} thick");
        int[] face = Triangulation.Of(polygons);
        Vector2[] corners = [.. polygons.SelectMany(p => p)];
        Vector2 from = least ?? new(corners.Min(c => c.X), corners.Min(c => c.Y)), to = most ?? new(corners.Max(c => c.X),
            corners.Max(c => c.Y));
        var positions = new List<Vector3>();
        var normals = new List<Vector3>();
        var uvs = new List<Vector2>();
        var indices = new List<int>();
        var materials = new List<int>();
        void Corner(Vector2 p, float z, Vector3 normal)
        {
            positions.Add(new(p, z));
            normals.Add(normal);
            uvs.Add(new((p.X - from.X) / (to.X - from.X), (to.Y - p.Y) / (to.Y - from.Y)));
        }
        foreach (var p in corners) Corner(p, depth / 2, Vector3.UnitZ);
        foreach (var p in corners) Corner(p, -depth / 2, -Vector3.UnitZ);
        for (int i = 0; i < face.Length; i += 3) indices.AddRange([face[i], face[i + 1], face[i + 2]]);
        for (int i = 0; i < face.Length; i += 3)
            indices.AddRange([face[i] + corners.Length, face[i + 2] + corners.Length, face[i + 1] + corners.Length]);
        materials.AddRange(Enumerable.Repeat(0, face.Length / 3));
        materials.AddRange(Enumerable.Repeat(1, face.Length / 3));
        for (int part = 0; part < polygons.Count; part++)
        {
            var ring = polygons[part];
            bool forwards = Triangulation.Area(ring) > 0 == (part == 0);
            for (int i = 0; i < ring.Length; i++)
            {
                Vector2 a = ring[i], b = ring[(i + 1) % ring.Length];
                if (!forwards) (a, b) = (b, a);
                if (a == b) continue;
                var outwards = Vector2.Normalize(new(b.Y - a.Y, a.X - b.X));
                int at = positions.Count;
                foreach (var (p, z) in ((Vector2, float)[])[(a, depth / 2), (a, -depth / 2), (b, -depth / 2), (b, depth / 2)])
                    Corner(p, z, new(outwards, 0));
                indices.AddRange([at, at + 1, at + 2, at, at + 2, at + 3]);
                materials.AddRange([2, 2]);
            }
        }
        return new([.. positions], [.. indices], [.. normals], [.. uvs], [front, back, walls], [.. materials]);
    }
}
