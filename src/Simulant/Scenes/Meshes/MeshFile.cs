using System.Numerics;
using Simulant.Data;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>Options of reading a mesh.</summary>
/// <param name="MaxBytes">Largest file read; 1 GiB by default.</param>
/// <param name="Picture">Decodes the pixels of an image file that a model embeds or names, from its bytes; without it, images are left
/// out.</param>
/// <param name="Beside">Bytes of a file that the model names beside itself, or null; by default nothing else is opened.</param>
public sealed record MeshOptions(long MaxBytes = 1L << 30, Func<ReadOnlyMemory<byte>, Picture?>? Picture = null, Func<string,
    byte[]?>? Beside = null);

/// <summary>
/// Reads meshes: GLB (glTF 2.0), OBJ, PLY (text and binary) and STL (text and binary), told apart by the name's ending. What a file says is
/// checked before anything is allocated by it; a fault is a <see cref="DataException"/> with file, place and remedy.
/// </summary>
public static class MeshFile
{
    public static Mesh Read(string path, MeshOptions? options = null)
    {
        options ??= new();
        if (!File.Exists(path)) throw new DataException($"{path}: there is no such file; name an existing .glb, .obj, .ply or .stl file",
            path);
        long length = new FileInfo(path).Length;
        if (length > options.MaxBytes)
            throw new DataException($"{path}: {length} bytes, more than the {options.MaxBytes} allowed; "
                + "simplify the mesh or raise the limit", path);
        return Parse(path, File.ReadAllBytes(path), options);
    }

    /// <summary>The same of bytes at hand; <paramref name="name"/> tells the format and stands in messages.</summary>
    public static Mesh Parse(string name, byte[] bytes, MeshOptions? options = null)
    {
        options ??= new();
        try
        {
            return Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".glb" => GlbReader.Read(bytes, options),
                ".obj" => ObjReader.Read(bytes),
                ".ply" => PlyReader.Read(bytes),
                ".stl" => StlReader.Read(bytes),
                var other => throw new MeshException($"'{other}' is no mesh format that is read; convert it to .glb, .obj, .ply or .stl"),
            };
        }
        catch (MeshException e)
        {
            throw new DataException(e.Line is { } line ? $"{name}, line {line}: {e.Message}" : $"{name}: {e.Message}", name, e.Line,
                inner: e);
        }
        catch (ArgumentException e)
        {
            throw new DataException($"{name}: {e.Message}; the file is damaged or not in metres: export it again", name, inner: e);
        }
    }
}

/// <summary>What is wrong with a mesh file, in the words of its reader.</summary>
internal sealed class MeshException(string message, long? line = null) : Exception(message)
{
    public long? Line { get; } = line;

    public static MeshException At(long offset, string what) => new($"at byte {offset}: {what}; the file is damaged: export it again");
}

/// <summary>Vertices and triangles as they are read; polygons become fans.</summary>
internal sealed class MeshBuilder
{
    public readonly List<Vector3> Positions = [];
    public readonly List<int> Indices = [];
    public readonly List<Vector3> Normals = [];
    public readonly List<Vector2> Uvs = [];

    public Mesh Mesh(IReadOnlyList<Material>? materials = null, List<int>? materialOf = null)
    {
        if (Indices.Count == 0) throw new MeshException("there is no triangle in it; export the mesh with its faces");
        return new([.. Positions], [.. Indices], Normals.Count == Positions.Count ? [.. Normals] : null,
            Uvs.Count == Positions.Count ? [.. Uvs] : null, materials, materialOf?.ToArray());
    }

    public void Fan(ReadOnlySpan<int> corners)
    {
        for (int i = 2; i < corners.Length; i++) Indices.AddRange([corners[0], corners[i - 1], corners[i]]);
    }
}
