using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Simulant.Text.Models;

/// <summary>
/// What a JSON schema demands of an answer: type, enum, const, properties, required, additionalProperties, items, their numbers,
/// lengths, bounds and patterns. Other words of the standard are refused when the schema is read, not passed over.
/// </summary>
public sealed class JsonShape
{
    private static readonly string[] Known =
    [
        "type", "enum", "const", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minLength",
        "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "description", "title", "default",
        "examples", "$schema",
    ];

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private JsonShape(JsonElement schema) => Schema = schema;

    public JsonElement Schema { get; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="FormatException">It is no schema, or uses a word that is not known here; says which.</exception>
    public static JsonShape Read(JsonElement schema)
    {
        Inspect(schema, "");
        return new JsonShape(schema.Clone());
    }

    /// <summary>The schema of an object whose texts are the given fields, all of them required.</summary>
    public static JsonShape OfTexts(IReadOnlyList<string> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (string field in fields)
            {
                json.WriteStartObject(field);
                json.WriteString("type", "string");
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteStartArray("required");
            foreach (string field in fields) json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(stream.ToArray());
        return Read(document.RootElement);
    }

    /// <summary>What is wrong with a value, one line; null where nothing is.</summary>
    public string? Check(JsonElement value) => Check(Schema, value, "");

    private static void Inspect(JsonElement schema, string path)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return;
        if (schema.ValueKind != JsonValueKind.Object) throw new FormatException($"the schema{At(path)} is no object");
        foreach (var member in schema.EnumerateObject())
        {
            if (!Known.Contains(member.Name))
                throw new FormatException($"'{member.Name}'{At(path)} is not known here{Specs.Nearest.Suggest(member.Name, Known)}");
            if (member.Name == "type")
                foreach (string type in TypesOf(member.Value))
                    if (!Types.Contains(type)) throw new FormatException($"'{type}'{At(path)} is no type of JSON");
            if (member.Name == "properties")
                foreach (var property in member.Value.EnumerateObject()) Inspect(property.Value, $"{path}/{property.Name}");
            if (member.Name is "items" or "additionalProperties") Inspect(member.Value, $"{path}/{member.Name}");
            if (member.Name == "pattern") _ = new Regex(member.Value.GetString()!, RegexOptions.None, PatternTime);
        }
    }

    private static string? Check(JsonElement schema, JsonElement value, string path)
    {
        if (schema.ValueKind == JsonValueKind.True) return null;
        if (schema.ValueKind == JsonValueKind.False) return $"nothing may stand{At(path)}";
        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(t => Is(value, t)))
            return $"expected {string.Join(" or ", TypesOf(type))}{At(path)}, found {Describe(value)}";
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            return $"expected {constant}{At(path)}, found {Describe(value)}";
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            return $"{Describe(value)}{At(path)} is none of {string.Join(", ", choices.EnumerateArray())}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(schema, value, path),
            JsonValueKind.Array => CheckArray(schema, value, path),
            JsonValueKind.String => CheckText(schema, value.GetString()!, path),
            JsonValueKind.Number => CheckNumber(schema, value.GetDouble(), path),
            _ => null,
        };
    }

    private static string? CheckObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"'{name}' is missing{At(path)}";
        bool listed = schema.TryGetProperty("properties", out var properties);
        bool others = schema.TryGetProperty("additionalProperties", out var additional);
        foreach (var member in value.EnumerateObject())
        {
            string? fault = null;
            if (listed && properties.TryGetProperty(member.Name, out var own)) fault = Check(own, member.Value, $"{path}/{member.Name}");
            else if (others) fault = Check(additional, member.Value, $"{path}/{member.Name}");
            if (fault is not null) return fault;
        }
        return null;
    }

    private static string? CheckArray(JsonElement schema, JsonElement value, string path)
    {
        if (Bound(schema, "minItems", "maxItems", value.GetArrayLength()) is { } bound) return $"{bound} items{At(path)}";
        if (!schema.TryGetProperty("items", out var items)) return null;
        int i = 0;
        foreach (var item in value.EnumerateArray())
            if (Check(items, item, $"{path}/{i++}") is { } fault) return fault;
        return null;
    }

    private static string? CheckText(JsonElement schema, string text, string path)
    {
        int length = text.EnumerateRunes().Count();
        if (Bound(schema, "minLength", "maxLength", length) is { } bound) return $"{bound} characters{At(path)}";
        if (!schema.TryGetProperty("pattern", out var pattern)) return null;
        try
        {
            return Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, PatternTime) ? null
                : $"the text{At(path)} does not match {pattern}";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"the text{At(path)} takes too long to match {pattern}";
        }
    }

    private static string? CheckNumber(JsonElement schema, double value, string path)
    {
        if (Bound(schema, "minimum", "maximum", value) is { } bound) return $"{bound}{At(path)}";
        if (schema.TryGetProperty("exclusiveMinimum", out var above) && value <= above.GetDouble()) return $"not above {above}{At(path)}";
        return schema.TryGetProperty("exclusiveMaximum", out var below) && value >= below.GetDouble() ? $"not below {below}{At(path)}"
            : null;
    }

    private static string? Bound(JsonElement schema, string least, string most, double value)
    {
        string shown = value.ToString(CultureInfo.InvariantCulture);
        if (schema.TryGetProperty(least, out var low) && value < low.GetDouble()) return $"{shown}, at least {low} expected,";
        return schema.TryGetProperty(most, out var high) && value > high.GetDouble() ? $"{shown}, at most {high} expected," : null;
    }

    private static IReadOnlyList<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? [.. type.EnumerateArray().Select(t => t.GetString() ?? "")] : [type.GetString() ?? ""];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    private static string Describe(JsonElement value) => Specs.Nearest.Printable(value.ValueKind switch
    {
        JsonValueKind.String => $"'{value.GetString()}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => value.GetRawText(),
    });

    private static string At(string path) => path.Length == 0 ? "" : $" at {path}";
}
