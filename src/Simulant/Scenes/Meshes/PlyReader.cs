using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>
/// PLY 1.0, text or binary of either byte order: vertex x, y, z, nx, ny, nz, u, v (or s, t), face vertex_indices; the rest is passed over.
/// </summary>
internal static class PlyReader
{
    private sealed record Property(string Name, string Type, string? CountType);

    private sealed record Element(string Name, int Count, List<Property> Properties);

    public static Mesh Read(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("ply"u8)) throw MeshException.At(0, "a PLY file begins with the word ply");
        var (format, elements, body) = Header(bytes);
        IValues values = format switch
        {
            "ascii" => new Words(new TextLines(bytes, body)),
            "binary_little_endian" => new Bytes(bytes, body, false),
            "binary_big_endian" => new Bytes(bytes, body, true),
            _ => throw new MeshException($"format '{TextLines.Short(format)}' is not known; "
                + "ascii, binary_little_endian and binary_big_endian are"),
        };
        var mesh = new MeshBuilder();
        foreach (var element in elements)
        {
            // Each thing takes a byte at the least: counts that cannot be true are told before any loop of theirs.
            if (element.Count > bytes.Length)
                throw new MeshException($"{element.Count} of {TextLines.Short(element.Name)} are promised in {bytes.Length} bytes");
            for (int i = 0; i < element.Count; i++) One(element, values, mesh);
        }
        return mesh.Mesh();
    }

    private static void One(Element element, IValues values, MeshBuilder mesh)
    {
        Vector3 place = default, normal = default;
        Vector2 uv = default;
        bool normals = false, uvs = false;
        foreach (var property in element.Properties)
        {
            if (property.CountType is not null)
            {
                double count = values.Next(property.CountType);
                if (!(count is >= 0 and <= 65536)) throw values.Fault($"a list of {count} entries");
                int[] list = new int[(int)count];
                for (int k = 0; k < list.Length; k++) list[k] = Whole(values.Next(property.Type));
                if (element.Name == "face" && property.Name is "vertex_indices" or "vertex_index") mesh.Fan(list);
                continue;
            }
            float value = (float)values.Next(property.Type);
            switch (property.Name)
            {
                case "x": place.X = value; break;
                case "y": place.Y = value; break;
                case "z": place.Z = value; break;
                case "nx": normal.X = value; normals = true; break;
                case "ny": normal.Y = value; break;
                case "nz": normal.Z = value; break;
                case "u" or "s" or "texture_u": uv.X = value; uvs = true; break;
                case "v" or "t" or "texture_v": uv.Y = 1 - value; break;
                default: break;
            }
        }
        if (element.Name != "vertex") return;
        mesh.Positions.Add(place);
        if (normals) mesh.Normals.Add(normal);
        if (uvs) mesh.Uvs.Add(uv);
    }

    // What is no vertex at all is told by the mesh's own check.
    private static int Whole(double value) => value is >= 0 and <= int.MaxValue ? (int)value : -1;

    private static (string Format, List<Element> Elements, int Body) Header(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("end_header"u8);
        if (end < 0) throw MeshException.At(bytes.Length, "the header has no end_header");
        int newline = Array.IndexOf(bytes, (byte)'\n', end);
        int body = newline < 0 ? bytes.Length : newline + 1;
        var lines = new TextLines(bytes[..end]);
        var elements = new List<Element>();
        string format = "";
        while (lines.Next() is { } words)
            switch (words)
            {
                case ["format", var named, ..]:
                    format = named;
                    break;
                case ["element", var name, var count]:
                    int number = lines.Whole(count);
                    if (number < 0) throw new MeshException($"{number} of {TextLines.Short(name)}", lines.Line);
                    elements.Add(new(name, number, []));
                    break;
                case ["property", "list", var of, var type, var name] when elements.Count > 0:
                    elements[^1].Properties.Add(new(name, Known(type, lines), Known(of, lines)));
                    break;
                case ["property", var type, var name] when elements.Count > 0:
                    elements[^1].Properties.Add(new(name, Known(type, lines), null));
                    break;
                case ["ply"] or ["comment", ..] or ["obj_info", ..]:
                    break;
                default:
                    throw new MeshException($"'{TextLines.Short(string.Join(' ', words))}' is no line of a PLY header", lines.Line);
            }
        if (elements.Any(e => e.Properties.Count == 0 && e.Count > 0)) throw new MeshException("an element has no properties");
        return (format, elements, body);
    }

    private static string Known(string type, TextLines lines) => type switch
    {
        "char" or "int8" => "int8",
        "uchar" or "uint8" => "uint8",
        "short" or "int16" => "int16",
        "ushort" or "uint16" => "uint16",
        "int" or "int32" => "int32",
        "uint" or "uint32" => "uint32",
        "float" or "float32" => "float",
        "double" or "float64" => "double",
        _ => throw new MeshException($"type '{TextLines.Short(type)}' is not known to PLY", lines.Line),
    };

    private interface IValues
    {
        double Next(string type);

        MeshException Fault(string what);
    }

    private sealed class Words(TextLines lines) : IValues
    {
        private string[] _words = [];
        private int _at;

        public double Next(string type)
        {
            while (_at == _words.Length)
            {
                _words = lines.Next() ?? throw Fault("the file ends before all that its header promises");
                _at = 0;
            }
            string word = _words[_at++];
            return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
                : throw Fault($"'{TextLines.Short(word)}' is not a number");
        }

        // Lines of the body, for the header's have been counted apart.
        public MeshException Fault(string what) => new($"line {lines.Line} after the header: {what}; export the mesh again");
    }

    private sealed class Bytes(byte[] bytes, int at, bool big) : IValues
    {
        private int _at = at;

        public double Next(string type)
        {
            int size = type switch { "int8" or "uint8" => 1, "int16" or "uint16" => 2, "double" => 8, _ => 4 };
            if (bytes.Length - _at < size) throw MeshException.At(_at, "the file ends before all that its header promises");
            Span<byte> value = stackalloc byte[8];
            bytes.AsSpan(_at, size).CopyTo(value);
            if (big) value[..size].Reverse();
            _at += size;
            return type switch
            {
                "int8" => (sbyte)value[0],
                "uint8" => value[0],
                "int16" => BinaryPrimitives.ReadInt16LittleEndian(value),
                "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(value),
                "int32" => BinaryPrimitives.ReadInt32LittleEndian(value),
                "uint32" => BinaryPrimitives.ReadUInt32LittleEndian(value),
                "float" => BinaryPrimitives.ReadSingleLittleEndian(value),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(value),
            };
        }

        public MeshException Fault(string what) => MeshException.At(_at, what);
    }
}
