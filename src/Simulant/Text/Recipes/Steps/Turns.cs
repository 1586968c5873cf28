using System.Text.Json;
using Simulant.Data;

namespace Simulant.Text.Recipes.Steps;

/// <summary>A conversation in a field: a JSON array of <c>{"role":…, "content":…}</c>.</summary>
public static class Turns
{
    public const string User = "user", Assistant = "assistant";

    public static IReadOnlyList<(string Role, string Text)> Read(string field)
    {
        if (field.Length == 0) return [];
        using var document = JsonDocument.Parse(field);
        return [.. document.RootElement.EnumerateArray()
            .Select(t => (t.GetProperty("role").GetString()!, t.GetProperty("content").GetString()!))];
    }

    public static string Write(IReadOnlyList<(string Role, string Text)> turns)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, PlainJson.Writer))
        {
            json.WriteStartArray();
            foreach (var (role, text) in turns)
            {
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteString("content", text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
