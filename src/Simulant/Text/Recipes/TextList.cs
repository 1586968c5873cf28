using System.Text.Json;
using Simulant.Data;

namespace Simulant.Text.Recipes;

/// <summary>A field that holds several texts: a JSON array of texts.</summary>
internal static class TextList
{
    public static string Write(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, PlainJson.Serializer);

    /// <summary>The texts of the field; null where it holds no such list. Values of other kinds are their JSON.</summary>
    public static List<string>? Read(string field)
    {
        if (field.Length == 0 || field[0] != '[') return null;
        try
        {
            using var document = JsonDocument.Parse(field);
            return [.. document.RootElement.EnumerateArray().Select(TextOf)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText();
}
