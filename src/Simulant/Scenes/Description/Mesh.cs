using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Description;

/// <summary>
/// Triangles in a space of their own: metres, right-handed, y up. Fronts are anticlockwise. Immutable by agreement: arrays are not copied
/// and must not be written to afterwards.
/// </summary>
public sealed class Mesh
{
    /// <summary>No coordinate lies further out, in metres: beyond it single precision no longer tells neighbouring points apart.</summary>
    public const float Reach = 1e6f;

    private readonly Lazy<TriangleTree> _tree;
    private readonly Lazy<Vector3[]> _flat;

    /// <param name="positions">Vertices; finite, within <see cref="Reach"/>.</param>
    /// <param name="indices">Three vertices a triangle.</param>
    /// <param name="normals">Unit normals by vertex for smooth shading, or none for flat faces.</param>
    /// <param name="uvs">Texture coordinates by vertex, or none.</param>
    /// <param name="materials">What triangles are made of; a grey where none is given.</param>
    /// <param name="materialOf">Each triangle's material; the first where not given.</param>
    public Mesh(Vector3[] positions, int[] indices, Vector3[]? normals = null, Vector2[]? uvs = null,
        IReadOnlyList<Material>? materials = null, int[]? materialOf = null)
    {
        (Positions, Indices, Normals, Uvs) = (positions, indices, normals, uvs);
        Materials = materials is { Count: > 0 } ? materials : [Material.Grey];
        MaterialOf = materialOf;
        if (Fault() is { } fault) throw new ArgumentException(fault);
        _tree = new(() => new TriangleTree(Positions, Indices));
        _flat = new(() => [.. Enumerable.Range(0, Triangles).Select(Across)]);
    }

    // Other materials on the same triangles, whose hierarchy is shared.
    private Mesh(Mesh shape, IReadOnlyList<Material> materials)
    {
        (Positions, Indices, Normals, Uvs) = (shape.Positions, shape.Indices, shape.Normals, shape.Uvs);
        (_tree, _flat) = (shape._tree, shape._flat);
        Materials = materials;
        MaterialOf = materials.Count > 1 ? shape.MaterialOf : null;
        if (Fault() is { } fault) throw new ArgumentException(fault);
    }

    public Vector3[] Positions { get; }

    public int[] Indices { get; }

    public Vector3[]? Normals { get; }

    public Vector2[]? Uvs { get; }

    public IReadOnlyList<Material> Materials { get; }

    public int[]? MaterialOf { get; }

    public int Triangles => Indices.Length / 3;

    /// <summary>Built when first asked for, then kept.</summary>
    public TriangleTree Tree => _tree.Value;

    /// <summary>Each triangle's own unit normal, on its front; 0 where it has no area. Worked out when first asked for.</summary>
    public Vector3[] Flat => _flat.Value;

    public Bounds Box => Tree.Box;

    /// <summary>The same shape of other materials, or of one for all.</summary>
    public Mesh Of(params IReadOnlyList<Material> materials) => new(this, materials is { Count: > 0 } ? materials : [Material.Grey]);

    /// <summary>The same shape, larger or smaller.</summary>
    public Mesh Scaled(float factor)
    {
        if (!(factor > 0) || !float.IsFinite(factor)) throw new ArgumentException($"a mesh is not scaled by {factor}");
        return new([.. Positions.Select(p => p * factor)], Indices, Normals, Uvs, Materials, MaterialOf);
    }

    public Material MaterialAt(int triangle) => Materials[MaterialOf?[triangle] ?? 0];

    private Vector3 Across(int triangle)
    {
        int at = 3 * triangle;
        var corner = Positions[Indices[at]];
        var normal = Spatial.Cross(Positions[Indices[at + 1]] - corner, Positions[Indices[at + 2]] - corner);
        // Tiny triangles square to nothing in single precision.
        float most = MathF.Max(MathF.Abs(normal.X), MathF.Max(MathF.Abs(normal.Y), MathF.Abs(normal.Z)));
        return most > 0 ? Spatial.Unit(normal * (1 / most)) : default;
    }

    private string? Fault()
    {
        if (Indices.Length % 3 != 0) return $"{Indices.Length} indices are no whole number of triangles";
        foreach (var p in Positions)
            if (!(MathF.Abs(p.X) <= Reach && MathF.Abs(p.Y) <= Reach && MathF.Abs(p.Z) <= Reach))
                return $"vertex {p} is not a finite place within {Reach} m";
        foreach (int i in Indices)
            if ((uint)i >= (uint)Positions.Length) return $"index {i} points outside {Positions.Length} vertices";
        if (Normals is not null && Normals.Length != Positions.Length) return $"{Normals.Length} normals for {Positions.Length} vertices";
        if (Uvs is not null && Uvs.Length != Positions.Length) return $"{Uvs.Length} texture coordinates for {Positions.Length} vertices";
        if (MaterialOf is not null && (MaterialOf.Length != Triangles || MaterialOf.Any(m => (uint)m >= (uint)Materials.Count)))
            return "a triangle's material is not among the materials";
        return null;
    }
}
