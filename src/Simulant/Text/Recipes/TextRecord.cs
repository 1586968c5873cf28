using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Text.Recipes;

/// <summary>Named texts in the order they were first written; never changed, only followed by another.</summary>
public sealed class TextRecord
{
    private readonly KeyValuePair<string, string>[] _fields;

    private TextRecord(KeyValuePair<string, string>[] fields) => _fields = fields;

    public static TextRecord Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>The field's text; a step reads only what it declares, so a field that is not there is a mistake of ours.</summary>
    public string this[string name] => Find(name) ?? throw new InvalidOperationException($"no field '{name}'");

    public static TextRecord Of(params IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.Aggregate(Empty, (record, field) => record.With(field.Key, field.Value));

    public string? Find(string name)
    {
        foreach (var (key, value) in _fields)
            if (key == name) return value;
        return null;
    }

    /// <summary>A record with the field set.</summary>
    public TextRecord With(string name, string value)
    {
        int at = Array.FindIndex(_fields, f => f.Key == name);
        KeyValuePair<string, string>[] fields = at < 0 ? [.. _fields, default] : [.. _fields];
        fields[at < 0 ? ^1 : at] = KeyValuePair.Create(name, value);
        return new TextRecord(fields);
    }

    /// <summary>A record of these fields alone, in this order; one that is not there is left out.</summary>
    public TextRecord Only(IReadOnlyList<string> names) =>
        new([.. names.Where(n => Find(n) is not null).Select(n => KeyValuePair.Create(n, this[n]))]);

    /// <summary>One JSON object on one line.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, PlainJson.Writer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in _fields) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>64 bits of a hash of names and texts.</summary>
    internal ulong Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in _fields)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(value));
            hash.AppendData([1]);
        }
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
