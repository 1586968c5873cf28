using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace Simulant.Scenes.Meshes;

/// <summary>The two chunks of a GLB file and checked ways into them (glTF 2.0 specification, sections 3.6 and 4.4).</summary>
internal sealed class GlbFile
{
    private const uint Magic = 0x46546C67, Json = 0x4E4F534A, Binary = 0x004E4942;

    private readonly byte[] _bytes;
    private readonly int _start, _length;

    public GlbFile(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 20) throw MeshException.At(bytes.Length, "the file ends within its header");
        uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        if (Word(0) != Magic) throw MeshException.At(0, "a GLB file begins with the letters glTF");
        if (Word(4) != 2) throw new MeshException($"version {Word(4)} of glTF is not read; export it as version 2");
        byte[]? json = null;
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            uint length = Word(at), type = Word(at + 4);
            if (length > bytes.Length - at - 8) throw MeshException.At(at, $"a chunk of {length} bytes reaches past the end");
            if (type == Json) json ??= bytes[(at + 8)..(at + 8 + (int)length)];
            else if (type == Binary && _length == 0) (_start, _length) = (at + 8, (int)length);
            at += 8 + (int)length;
        }
        if (json is null) throw MeshException.At(12, "there is no JSON chunk");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            Root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new MeshException($"its JSON, line {e.LineNumber + 1}, cannot be read: {e.Message}; export it again");
        }
        if (Root.ValueKind != JsonValueKind.Object) throw new MeshException("its JSON is no object; export it again");
    }

    public JsonElement Root { get; }

    /// <summary>Entry of a top-level list.</summary>
    public JsonElement Entry(string list, int index)
    {
        if (!Root.TryGetProperty(list, out var all) || all.ValueKind != JsonValueKind.Array || (uint)index >= (uint)all.GetArrayLength())
            throw new MeshException($"{list} has no number {index}; the file is damaged: export it again");
        var entry = all[index];
        return entry.ValueKind == JsonValueKind.Object ? entry
            : throw new MeshException($"{list}, number {index}, is no object; export it again");
    }

    public static int? Int(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0) return number;
        throw new MeshException($"{name} is {TextLines.Short(value.GetRawText())}; a whole number of 0 or more is wanted");
    }

    public static float[]? Numbers(JsonElement of, string name, int count)
    {
        if (!of.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == count
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number))
            return [.. value.EnumerateArray().Select(v => (float)v.GetDouble())];
        throw new MeshException($"{name} is {TextLines.Short(value.GetRawText())}; {count} numbers are wanted");
    }

    public static float Number(JsonElement of, string name, float otherwise) => !of.TryGetProperty(name, out var value) ? otherwise
        : value.ValueKind == JsonValueKind.Number ? (float)value.GetDouble() : throw new MeshException($"{name} is no number");

    public static JsonElement? Object(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>Bytes of a buffer view.</summary>
    public (int Start, int Length, int? Stride) View(int index)
    {
        var view = Entry("bufferViews", index);
        if (Int(view, "buffer") is not 0 || Object(Entry("buffers", 0), "uri") is not null
            || Entry("buffers", 0).TryGetProperty("uri", out _))
            throw new MeshException("it keeps its data outside the file; export it as GLB with everything embedded");
        int offset = Int(view, "byteOffset") ?? 0, length = Int(view, "byteLength") ?? 0;
        if ((long)offset + length > _length) throw MeshException.At(_start,
            $"bufferViews, number {index}, reaches to {(long)offset + length} of {_length}");
        return (_start + offset, length, Int(view, "byteStride"));
    }

    public ReadOnlyMemory<byte> Bytes(int view)
    {
        var (start, length, _) = View(view);
        return _bytes.AsMemory(start, length);
    }

    public Vector3[] Vectors3(int accessor) => [.. Rows(accessor, "VEC3", 3).Select(r => new Vector3(r[0], r[1], r[2]))];

    public Vector2[] Vectors2(int accessor) => [.. Rows(accessor, "VEC2", 2).Select(r => new Vector2(r[0], r[1]))];

    public int[] Whole(int accessor) =>
        [.. Rows(accessor, "SCALAR", 1, whole: true).Select(r => BitConverter.SingleToInt32Bits(r[0]))];

    private IEnumerable<float[]> Rows(int index, string type, int width, bool whole = false)
    {
        var accessor = Entry("accessors", index);
        string given = accessor.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "";
        if (given != type) throw new MeshException($"accessors, number {index}, is of type '{TextLines.Short(given)}', not {type}");
        if (accessor.TryGetProperty("sparse", out _))
            throw new MeshException($"accessors, number {index}, is sparse, which is not read; export it dense");
        if (Int(accessor, "bufferView") is not { } view) throw new MeshException($"accessors, number {index}, has no bufferView");
        int code = Int(accessor, "componentType") ?? 0, count = Int(accessor, "count") ?? 0;
        int size = code switch { 5120 or 5121 => 1, 5122 or 5123 => 2, 5125 or 5126 => 4,
            _ => throw new MeshException($"accessors, number {index}: componentType {code} is not glTF's") };
        var (start, length, given2) = View(view);
        int offset = Int(accessor, "byteOffset") ?? 0, stride = given2 ?? size * width;
        if (stride < size * width) throw new MeshException($"accessors, number {index}: a stride of {stride} is less than an entry");
        if (count > 0 && offset + (long)(count - 1) * stride + size * width > length)
            throw MeshException.At(start, $"accessors, number {index}: {count} entries do not fit in {length} bytes");
        bool normalized = accessor.TryGetProperty("normalized", out var scaled) && scaled.ValueKind == JsonValueKind.True;
        for (int i = 0; i < count; i++)
        {
            float[] row = new float[width];
            for (int c = 0; c < width; c++) row[c] = Value(start + offset + i * stride + c * size, code, normalized, whole);
            yield return row;
        }
    }

    private float Value(int at, int code, bool normalized, bool whole)
    {
        var from = _bytes.AsSpan(at);
        if (code == 5126) return whole ? BitConverter.Int32BitsToSingle(-1) : BinaryPrimitives.ReadSingleLittleEndian(from);
        long value = code switch
        {
            5120 => (sbyte)from[0],
            5121 => from[0],
            5122 => BinaryPrimitives.ReadInt16LittleEndian(from),
            5123 => BinaryPrimitives.ReadUInt16LittleEndian(from),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(from),
        };
        if (whole) return BitConverter.Int32BitsToSingle(value <= int.MaxValue ? (int)value : -1);
        float most = code switch { 5120 => 127, 5121 => 255, 5122 => 32767, 5123 => 65535, _ => uint.MaxValue };
        return normalized ? MathF.Max(-1, value / most) : value;
    }
}
