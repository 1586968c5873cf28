using System.Text.Encodings.Web;
using System.Text.Json;

namespace Simulant.Data;

/// <summary>JSON for files and pipes, compact, letters of every script as they are; not for HTML.</summary>
internal static class PlainJson
{
    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Serializer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON value as this program writes it, whoever wrote it; what is no JSON stays as it is.</summary>
    public static byte[] Of(ReadOnlySpan<byte> value)
    {
        try
        {
            var reader = new Utf8JsonReader(value);
            using var document = JsonDocument.ParseValue(ref reader);
            using var to = new MemoryStream();
            using (var json = new Utf8JsonWriter(to, Writer)) document.RootElement.WriteTo(json);
            return to.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return value.ToArray();
        }
    }

    /// <summary>Writes one value and a line feed.</summary>
    public static void Line(Stream to, Action<Utf8JsonWriter> value)
    {
        using (var json = new Utf8JsonWriter(to, Writer)) value(json);
        to.WriteByte((byte)'\n');
    }
}
