using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Simulant.Numerics.Tensors;

namespace Simulant.Data;

/// <summary>A tensor of a file.</summary>
/// <param name="Shape">Dimensions, the slowest first.</param>
/// <param name="Values">As many as their product.</param>
public sealed record StoredTensor(IReadOnlyList<long> Shape, float[] Values);

/// <summary>
/// Weights in the safetensors format (Hugging Face; huggingface.co/docs/safetensors): eight bytes of header length, little
/// endian, a JSON header of names, types, shapes and places, then the numbers. Single precision only. What is read is taken for
/// hostile: every fault of the file is a <see cref="DataException"/>.
/// </summary>
public sealed class Safetensors
{
    private const int MaxHeader = 100_000_000, MaxTensors = 1_000_000;
    private const string MetadataKey = "__metadata__";

    public required IReadOnlyDictionary<string, StoredTensor> Tensors { get; init; }

    /// <summary>Free text by key.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Writes a model's weights, in the order of the store.</summary>
    public static void Write(Stream to, ParameterStore store, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(to, store.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)[p.Tensor.Rows, p.Tensor.Columns],
            (ReadOnlyMemory<float>)store.Values.Slice(p.Offset, p.Tensor.Length).ToArray())), metadata);

    /// <summary>Writes tensors in the order given.</summary>
    public static void Write(Stream to, IEnumerable<(string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var all = tensors.ToList();
        byte[] header = Header(all, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        to.Write(length);
        to.Write(header);
        foreach (var (_, _, values) in all) WriteValues(to, values.Span);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">How messages name it.</param>
    /// <exception cref="DataException">It is damaged, or holds what this program does not read.</exception>
    public static Safetensors Read(Stream from, string? file = null)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (from.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Fault(file, "it is shorter than eight bytes");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaxHeader) throw Fault(file, $"its header claims {length} bytes");
        byte[] header = ReadExactly(from, (int)length, file, "the header");
        var places = Places(header, file, out var metadata);
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        long at = 0;
        foreach (var place in places.OrderBy(p => p.Begin).ThenBy(p => p.End))
        {
            // Places must follow each other without gap or overlap: nothing is hidden, nothing read twice.
            if (place.Begin != at) throw Fault(file, $"tensor '{place.Name}' begins at {place.Begin}, not at {at}");
            byte[] bytes = ReadExactly(from, place.End - place.Begin, file, $"tensor '{place.Name}'");
            tensors.Add(place.Name, new StoredTensor(place.Shape, ToFloats(bytes)));
            at = place.End;
        }
        if (from.ReadByte() >= 0) throw Fault(file, "there are bytes after the last tensor");
        return new Safetensors { Tensors = tensors, Metadata = metadata };
    }

    /// <summary>Copies the weights into a model: every tensor by name and shape, none missing, none left over, all finite.</summary>
    public void CopyTo(ParameterStore store, string? file = null)
    {
        foreach (var parameter in store.Parameters)
        {
            var tensor = parameter.Tensor;
            if (!Tensors.TryGetValue(parameter.Name, out var stored)) throw Fault(file, $"there is no tensor '{parameter.Name}'");
            if (stored.Shape is not [var rows, var columns] || rows != tensor.Rows || columns != tensor.Columns)
                throw Fault(file, $"tensor '{parameter.Name}' is {string.Join(" x ", stored.Shape)}, not {tensor}");
            foreach (float value in stored.Values)
                if (!float.IsFinite(value)) throw Fault(file, $"tensor '{parameter.Name}' holds a number that is not finite");
        }
        if (Tensors.Count != store.Parameters.Count)
        {
            var known = store.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            throw Fault(file, $"tensor '{Tensors.Keys.First(name => !known.Contains(name))}' is no part of the model");
        }
        foreach (var parameter in store.Parameters) Tensors[parameter.Name].Values.CopyTo(parameter.Tensor.Values);
    }

    private readonly record struct Place(string Name, long[] Shape, long Begin, long End);

    private static byte[] Header(List<(string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, text);
                json.WriteEndObject();
            }
            long at = 0;
            foreach (var (name, shape, values) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"there are two tensors named '{name}'", nameof(tensors));
                if (shape.Aggregate(1L, (product, d) => checked(product * d)) != values.Length)
                    throw new ArgumentException($"'{name}' has {values.Length} values", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (long dimension in shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += 4L * values.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces after the JSON align the numbers to eight bytes, as the format allows.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static List<Place> Places(byte[] header, string? file, out Dictionary<string, string> metadata)
    {
        metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new List<Place>();
        if (header[0] != '{') throw Fault(file, "its header is not a JSON object");
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    foreach (var pair in property.Value.EnumerateObject())
                        metadata.Add(pair.Name, pair.Value.GetString() ?? throw Fault(file, $"metadata '{pair.Name}' is null"));
                    continue;
                }
                if (places.Count == MaxTensors) throw Fault(file, $"it holds more than {MaxTensors} tensors");
                places.Add(PlaceOf(property, file));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Fault(file, $"its header cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return places;
    }

    private static Place PlaceOf(JsonProperty property, string? file)
    {
        string name = property.Name;
        string? type = property.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw Fault(file, $"tensor '{name}' is of type {type}; only F32 is read");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        long[] ends = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64())];
        if (ends is not [>= 0, var end] || end < ends[0]) throw Fault(file, $"tensor '{name}' has no place of a beginning and an end");
        decimal count = 1;
        foreach (long dimension in shape)
        {
            if (dimension is < 0 or > int.MaxValue) throw Fault(file, $"tensor '{name}' has a dimension of {dimension}");
            count *= dimension;
            if (count > Array.MaxLength / 4) throw Fault(file, $"tensor '{name}' is too large");
        }
        if (4 * count != end - ends[0]) throw Fault(file, $"tensor '{name}' of {count} numbers has {end - ends[0]} bytes");
        return new Place(name, shape, ends[0], end);
    }

    private static byte[] ReadExactly(Stream from, long length, string? file, string what)
    {
        // Grown as bytes come, so that a false length costs nothing.
        using var buffer = new MemoryStream((int)Math.Min(length, 1 << 20));
        byte[] chunk = new byte[(int)Math.Min(Math.Max(length, 1), 1 << 20)];
        while (buffer.Length < length)
        {
            int read = from.Read(chunk, 0, (int)Math.Min(chunk.Length, length - buffer.Length));
            if (read == 0) throw Fault(file, $"it ends within {what}");
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static void WriteValues(Stream to, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            to.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        to.Write(bytes);
    }

    private static float[] ToFloats(byte[] bytes)
    {
        float[] values = new float[bytes.Length / 4];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i));
        return values;
    }

    private static DataException Fault(string? file, string what, Exception? inner = null) =>
        new($"not a file of weights that can be used: {what}", file, inner: inner);
}
