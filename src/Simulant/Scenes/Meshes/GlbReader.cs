using System.Numerics;
using System.Text.Json;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>
/// GLB: the default scene's triangles as one mesh, with each node's transform worked in; base colour, metallic, roughness, emission and the
/// base colour's image. Skins, morph targets and animations are not read.
/// </summary>
internal sealed class GlbReader
{
    // Required extensions that change nothing of what is read here.
    private static readonly string[] Harmless = ["KHR_materials_unlit", "KHR_materials_specular", "KHR_materials_ior",
        "KHR_materials_clearcoat",
        "KHR_materials_emissive_strength"];

    private const int Deepest = 256, MostNodes = 100_000;

    private readonly GlbFile _file;
    private readonly MeshOptions _options;
    private readonly MeshBuilder _mesh = new();
    private readonly List<Material> _materials = [];
    private readonly Dictionary<int, int> _materialOf = [];
    private readonly List<int> _made = [];
    private readonly Dictionary<int, Picture?> _pictures = [];
    private int _nodes;

    private GlbReader(GlbFile file, MeshOptions options) => (_file, _options) = (file, options);

    public static Mesh Read(byte[] bytes, MeshOptions options)
    {
        try
        {
            return Whole(bytes, options);
        }
        catch (InvalidOperationException e)
        {
            // JSON text that is no text: bytes outside UTF-8, or halves of characters.
            throw new MeshException($"a name in its JSON cannot be read: {e.Message}; export it again");
        }
    }

    private static Mesh Whole(byte[] bytes, MeshOptions options)
    {
        var reader = new GlbReader(new(bytes), options);
        var root = reader._file.Root;
        foreach (var extension in GlbFile.List(root, "extensionsRequired"))
            if (!Harmless.Contains(extension.ToString()))
                throw new MeshException($"it needs {TextLines.Short(extension.ToString())}, which is not read; export it without");
        if (GlbFile.List(root, "scenes").Any())
            foreach (var node in GlbFile.List(reader._file.Entry("scenes", GlbFile.Int(root, "scene") ?? 0), "nodes"))
                reader.Node(Number(node), Affine.Identity, 0);
        else
            for (int i = 0; i < GlbFile.List(root, "nodes").Count(); i++) reader.Node(i, Affine.Identity, 0);
        return reader._mesh.Mesh(reader._materials, reader._made);
    }

    /// <summary>x, y, z are the images of the axes.</summary>
    private readonly record struct Affine(Vector3 X, Vector3 Y, Vector3 Z, Vector3 At)
    {
        public static Affine Identity { get; } = new(Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ, default);

        public Vector3 Turn(Vector3 v) => X * v.X + Y * v.Y + Z * v.Z;

        public Affine After(Affine inner) => new(Turn(inner.X), Turn(inner.Y), Turn(inner.Z), Turn(inner.At) + At);

        /// <summary>Normals go by the inverse transposed, which is the cofactors' matrix but for scale.</summary>
        public Vector3 Normal(Vector3 n) =>
            Spatial.Unit((Spatial.Cross(Y, Z) * n.X + Spatial.Cross(Z, X) * n.Y + Spatial.Cross(X, Y) * n.Z) * (Mirrors ? -1 : 1));

        public bool Mirrors => Spatial.Dot(Spatial.Cross(X, Y), Z) < 0;
    }

    private static int Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
            : throw new MeshException("a node's number is none");

    private void Node(int index, Affine outer, int depth)
    {
        // Nodes are a forest; a damaged file's may turn back on themselves, or multiply.
        if (depth > Deepest || ++_nodes > MostNodes) throw new MeshException("its nodes are too deep or too many, or contain themselves");
        var node = _file.Entry("nodes", index);
        var whole = outer.After(Local(node));
        if (GlbFile.Int(node, "mesh") is { } mesh)
            foreach (var primitive in GlbFile.List(_file.Entry("meshes", mesh), "primitives")) Primitive(primitive, whole);
        foreach (var child in GlbFile.List(node, "children")) Node(Number(child), whole, depth + 1);
    }

    private static Affine Local(JsonElement node)
    {
        if (GlbFile.Numbers(node, "matrix", 16) is { } m)
            return new(new(m[0], m[1], m[2]), new(m[4], m[5], m[6]), new(m[8], m[9], m[10]), new(m[12], m[13], m[14]));
        float[] t = GlbFile.Numbers(node, "translation", 3) ?? [0, 0, 0], q = GlbFile.Numbers(node, "rotation", 4) ?? [0, 0, 0, 1];
        float[] s = GlbFile.Numbers(node, "scale", 3) ?? [1, 1, 1];
        double x = q[0], y = q[1], z = q[2], w = q[3];
        Vector3 Column(double a, double b, double c, float scale) => new Vector3((float)a, (float)b, (float)c) * scale;
        return new(
            Column(1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w), s[0]),
            Column(2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w), s[1]),
            Column(2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y), s[2]),
            new(t[0], t[1], t[2]));
    }

    private void Primitive(JsonElement primitive, Affine to)
    {
        // Points and lines have no surface to see.
        if ((GlbFile.Int(primitive, "mode") ?? 4) is not 4 and var mode)
        {
            if (mode is 5 or 6) throw new MeshException("it has triangle strips or fans, which are not read; export plain triangles");
            return;
        }
        if (GlbFile.Object(primitive, "attributes") is not { } attributes || GlbFile.Int(attributes, "POSITION") is not { } places)
            throw new MeshException("a primitive has no POSITION; export it again");
        var positions = _file.Vectors3(places);
        int[] indices = GlbFile.Int(primitive, "indices") is { } at ? _file.Whole(at) : [.. Enumerable.Range(0, positions.Length)];
        if (indices.Length % 3 != 0) throw new MeshException($"{indices.Length} indices are no whole number of triangles; export it again");
        int first = _mesh.Positions.Count;
        Vector3[]? normals = GlbFile.Int(attributes, "NORMAL") is { } n ? _file.Vectors3(n) : null;
        Vector2[]? uvs = GlbFile.Int(attributes, "TEXCOORD_0") is { } u ? _file.Vectors2(u) : null;
        if (normals is not null && normals.Length != positions.Length || uvs is not null && uvs.Length != positions.Length)
            throw new MeshException("a primitive's normals or texture coordinates are not as many as its vertices; export it again");
        foreach (int index in indices)
            if ((uint)index >= (uint)positions.Length)
                throw new MeshException($"index {index} points outside {positions.Length} vertices; export it again");
        _mesh.Positions.AddRange(positions.Select(p => to.Turn(p) + to.At));
        // Lists that fall short of the positions are dropped whole by the builder: parts without normals make all flat.
        if (normals is not null) _mesh.Normals.AddRange(normals.Select(to.Normal));
        if (uvs is not null && _mesh.Uvs.Count == first) _mesh.Uvs.AddRange(uvs);
        else if (_mesh.Uvs.Count == first) _mesh.Uvs.AddRange(new Vector2[positions.Length]);
        int material = Material(GlbFile.Int(primitive, "material") ?? -1);
        for (int i = 0; i < indices.Length; i += 3)
        {
            int a = first + indices[i], b = first + indices[i + 1], c = first + indices[i + 2];
            // A mirrored triangle's front would look inwards.
            _mesh.Indices.AddRange(to.Mirrors ? [a, c, b] : [a, b, c]);
            _made.Add(material);
        }
    }

    private int Material(int index)
    {
        if (_materialOf.TryGetValue(index, out int known)) return known;
        _materials.Add(index < 0 ? Description.Material.Grey : Made(index, _file.Entry("materials", index)));
        return _materialOf[index] = _materials.Count - 1;
    }

    private Material Made(int index, JsonElement material)
    {
        string name = material.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()!
            : $"material {index}";
        float[] glow = GlbFile.Numbers(material, "emissiveFactor", 3) ?? [0, 0, 0], colour = [1, 1, 1, 1];
        float metallic = 1, roughness = 1;
        Texture? texture = null;
        if (GlbFile.Object(material, "pbrMetallicRoughness") is { } pbr)
        {
            colour = GlbFile.Numbers(pbr, "baseColorFactor", 4) ?? colour;
            (metallic, roughness) = (GlbFile.Number(pbr, "metallicFactor", 1), GlbFile.Number(pbr, "roughnessFactor", 1));
            if (GlbFile.Object(pbr, "baseColorTexture") is { } image && GlbFile.Int(image, "index") is { } at) texture = Image(at);
        }
        var made = new Material(name, new(colour[0], colour[1], colour[2]), metallic, roughness, new(glow[0], glow[1], glow[2]), texture);
        return made.Fault() is { } fault ? throw new MeshException($"material {TextLines.Short(name)}: {fault}; mend it and export again")
            : made;
    }

    private Picture? Image(int texture)
    {
        if (_options.Picture is not { } decode || GlbFile.Int(_file.Entry("textures", texture), "source") is not { } source) return null;
        if (_pictures.TryGetValue(source, out var known)) return known;
        var image = _file.Entry("images", source);
        ReadOnlyMemory<byte>? bytes = GlbFile.Int(image, "bufferView") is { } view ? _file.Bytes(view)
            : image.TryGetProperty("uri", out var uri) && uri.ValueKind == JsonValueKind.String ? _options.Beside?.Invoke(uri.GetString()!)
                : null;
        return _pictures[source] = bytes is { } at ? decode(at) : null;
    }
}
