using System.Text;
using System.Text.Json;
using Simulant.Specs;

namespace Simulant.Text.Recipes;

/// <summary>A part of a spec as JSON: unquoted numbers, truths and nothing keep their kind, all else is text.</summary>
internal static class SchemaText
{
    public static string Of(SpecNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(node, json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(SpecNode node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case SpecMap map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(entry.Value, json);
                }
                json.WriteEndObject();
                break;
            case SpecList list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(item, json);
                json.WriteEndArray();
                break;
            case SpecScalar { IsNull: true }:
                json.WriteNullValue();
                break;
            case SpecScalar { Truth: { } truth }:
                json.WriteBooleanValue(truth);
                break;
            case SpecScalar { Number: { } number }:
                json.WriteNumberValue(number);
                break;
            case SpecScalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
