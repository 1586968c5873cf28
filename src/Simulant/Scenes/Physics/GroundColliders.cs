using Simulant.Numerics.Physics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Physics;

/// <summary>Ground of triangles, which pushes what stands before their fronts. Only for bodies that stand still.</summary>
public abstract record GroundCollider : Collider
{
    private protected GroundCollider(TriangleGround ground) => Ground = ground;

    internal TriangleGround Ground { get; }

    internal override Polytope? Convex => null;

    internal override MassProperties MassOf(double density) => default;
}

/// <summary>Heights over a level grid about the middle of the body's space: x by columns, z by rows.</summary>
/// <param name="Columns">2 or more.</param>
/// <param name="Rows">2 or more.</param>
/// <param name="Cell">Metres from one height to the next.</param>
/// <param name="Heights">Metres, row after row; not copied, and not to be written to afterwards.</param>
public sealed record HeightfieldCollider(int Columns, int Rows, float Cell, float[] Heights)
    : GroundCollider(Triangles(Columns, Rows, Cell, Heights))
{
    private static TriangleGround Triangles(int columns, int rows, float cell, float[] heights)
    {
        if (columns < 2 || rows < 2 || (long)(columns - 1) * (rows - 1) * 2 > TriangleGround.MostTriangles || heights.Length != columns
            * rows)
            throw new ArgumentException($"{heights.Length} heights are no grid of {columns} by {rows}, each at least 2");
        Checked(cell, "a cell");
        foreach (float height in heights)
            if (!(MathF.Abs(height) <= Most)) throw new ArgumentException($"a height of {height} m is not within {Most} m");
        var vertices = new Vec3[heights.Length];
        for (int i = 0; i < vertices.Length; i++)
            vertices[i] = new((i % columns - (columns - 1) / 2.0) * cell, heights[i], (i / columns - (rows - 1) / 2.0) * cell);
        var indices = new List<int>();
        for (int z = 0; z + 1 < rows; z++)
            for (int x = 0; x + 1 < columns; x++)
            {
                int at = z * columns + x, below = at + columns;
                indices.AddRange([at, below, at + 1, at + 1, below, below + 1]);
            }
        return new(vertices, [.. indices]);
    }
}

/// <summary>A mesh as ground.</summary>
public sealed record MeshCollider(Mesh Mesh)
    : GroundCollider(new TriangleGround([.. Mesh.Positions.Select(Vec3.Of)], Mesh.Indices));
