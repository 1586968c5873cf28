using System.Buffers.Binary;
using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>
/// STL, text or binary: equal corners of facets are joined; the file's normals are not used, for triangles have their own.
/// </summary>
internal static class StlReader
{
    private const int Header = 84, Facet = 50;

    public static Mesh Read(byte[] bytes)
    {
        var mesh = new MeshBuilder();
        var known = new Dictionary<Vector3, int>();
        // Binary files may begin with the word solid too: the length tells.
        if (bytes.Length >= Header && Header + (long)Facet * BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(80)) == bytes.Length)
            Binary(bytes, mesh, known);
        else if (bytes.AsSpan().StartsWith("solid"u8)) Text(bytes, mesh, known);
        else if (bytes.Length < Header) throw MeshException.At(bytes.Length, $"the file ends within the header of {Header} bytes");
        else
            throw MeshException.At(80, $"{BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(80))} facets are promised, "
                + $"and {bytes.Length - Header} bytes follow where each takes {Facet}");
        return mesh.Mesh();
    }

    private static void Binary(byte[] bytes, MeshBuilder mesh, Dictionary<Vector3, int> known)
    {
        for (int at = Header; at < bytes.Length; at += Facet)
            for (int corner = 1; corner <= 3; corner++)
            {
                var from = bytes.AsSpan(at + 12 * corner);
                Add(mesh, known, new(BinaryPrimitives.ReadSingleLittleEndian(from), BinaryPrimitives.ReadSingleLittleEndian(from[4..]),
                    BinaryPrimitives.ReadSingleLittleEndian(from[8..])));
            }
    }

    private static void Text(byte[] bytes, MeshBuilder mesh, Dictionary<Vector3, int> known)
    {
        var lines = new TextLines(bytes);
        int corners = 0;
        while (lines.Next() is { } words)
        {
            if (words[0] == "vertex")
            {
                if (words.Length != 4) throw new MeshException($"a vertex has {words.Length - 1} numbers; 3 are wanted", lines.Line);
                Add(mesh, known, new(lines.Number(words[1]), lines.Number(words[2]), lines.Number(words[3])));
                corners++;
            }
            else if (words[0] == "endloop")
            {
                if (corners != 3) throw new MeshException($"a facet has {corners} corners; STL has triangles only", lines.Line);
                corners = 0;
            }
        }
        if (corners != 0) throw new MeshException("the file ends within a facet; export it again", lines.Line);
    }

    private static void Add(MeshBuilder mesh, Dictionary<Vector3, int> known, Vector3 corner)
    {
        if (!known.TryGetValue(corner, out int index))
        {
            known[corner] = index = mesh.Positions.Count;
            mesh.Positions.Add(corner);
        }
        mesh.Indices.Add(index);
    }
}
