using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Simulant.Provenance;

/// <summary>
/// One way to write a JSON value: members in ordinal order of their names, two spaces of indentation, line feeds, shortest
/// round-trip numbers, one final line feed. Equal values give equal bytes, so bytes can be hashed and compared.
/// </summary>
public static class CanonicalJson
{
    /// <param name="sorted">False keeps the members' order of insertion, where a reader's eye matters more (JSON-LD).</param>
    public static byte[] Write(JsonNode? node, bool sorted = true)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            // Everything that HTML could read stays escaped; letters of other scripts stay readable.
            Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        };
        using (var writer = new Utf8JsonWriter(stream, options)) Write(writer, node, sorted);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>A number; NaN as null and infinities as text, because JSON has neither.</summary>
    public static JsonNode? Number(double value)
    {
        if (double.IsNaN(value)) return null;
        if (double.IsInfinity(value)) return JsonValue.Create(value > 0 ? "Infinity" : "-Infinity");
        return JsonValue.Create(value);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node, bool sorted)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                IEnumerable<KeyValuePair<string, JsonNode?>> members = map;
                if (sorted) members = map.OrderBy(m => m.Key, StringComparer.Ordinal);
                foreach (var (name, value) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, sorted);
                }
                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list) Write(writer, item, sorted);
                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
