using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Meshes put together into one: what stands still within an actor is one part of it, whatever it was built from.</summary>
internal sealed class Assembly
{
    private readonly List<Vector3> _positions = [], _normals = [];
    private readonly List<Vector2> _uvs = [];
    private readonly List<int> _indices = [], _materialOf = [];
    private readonly List<Material> _materials = [];

    public Assembly Add(Mesh mesh, Pose pose)
    {
        int first = _positions.Count;
        for (int i = 0; i < mesh.Positions.Length; i++)
        {
            _positions.Add(pose.Point(mesh.Positions[i]));
            _normals.Add(pose.Direction(mesh.Normals is { } normals ? normals[i] : Vector3.UnitY));
            _uvs.Add(mesh.Uvs is { } uvs ? uvs[i] : default);
        }
        foreach (int index in mesh.Indices) _indices.Add(first + index);
        int[] places = [.. mesh.Materials.Select(Place)];
        for (int t = 0; t < mesh.Triangles; t++) _materialOf.Add(places[mesh.MaterialOf?[t] ?? 0]);
        return this;
    }

    public Assembly Add(Mesh mesh, Vector3 at) => Add(mesh, Pose.At(at));

    /// <summary>A box by its middle and size.</summary>
    public Assembly Box(Vector3 middle, Vector3 size, Material material) => Add(Shapes.Box(size, material), middle);

    /// <summary>A round rod between two points.</summary>
    public Assembly Rod(Vector3 from, Vector3 to, float radius, Material material, int segments = 12) =>
        Add(Shapes.Cylinder(radius, Spatial.Length(to - from), segments, material), Along(from, to));

    /// <summary>A rod with round ends, whose ends' middles are the two points.</summary>
    public Assembly Limb(Vector3 from, Vector3 to, float radius, Material material, int segments = 12) =>
        Add(Shapes.Capsule(radius, Spatial.Length(to - from) + 2 * radius, segments, material), Along(from, to));

    public Mesh Build() => new([.. _positions], [.. _indices], [.. _normals], [.. _uvs], _materials, [.. _materialOf]);

    /// <summary>The pose that puts something upright and centred between two points.</summary>
    public static Pose Along(Vector3 from, Vector3 to)
    {
        Vector3 up = Spatial.Unit(to - from), middle = (from + to) * 0.5f, axis = Spatial.Cross(Vector3.UnitY, up);
        float length = Spatial.Length(axis);
        if (length < 1e-6f) return up.Y >= 0 ? Pose.At(middle) : Pose.Turn(Vector3.UnitX, MathF.PI, middle);
        return Pose.Turn(axis, MathF.Atan2(length, up.Y), middle);
    }

    private int Place(Material material)
    {
        int at = _materials.IndexOf(material);
        if (at >= 0) return at;
        _materials.Add(material);
        return _materials.Count - 1;
    }
}
