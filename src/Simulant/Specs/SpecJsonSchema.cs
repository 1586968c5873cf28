using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simulant.Specs.Reading;

namespace Simulant.Specs;

/// <summary>
/// The JSON Schema (draft 2020-12) of a spec, for editors that complete and underline as one types. It is made from the keys
/// the reader itself goes by, so the two agree; the reader still finds more, since a schema cannot see across sections.
/// </summary>
public static class SpecJsonSchema
{
    private const string CountPattern = "^[0-9][0-9_]*(\\.[0-9]+)?([eE][0-9]+)? *[kKmMgGbB]?$";
    private const string SharePattern = "^[0-9]+(\\.[0-9]+)? *%?$";
    private const string DurationPattern = "^([0-9]+(\\.[0-9]+)?(ms|s|sec|m|min|h|d)? ?)+$";

    /// <summary>The schema as indented JSON.</summary>
    /// <param name="engines">The engines there are; without any, an engine's name and options are left open.</param>
    /// <param name="recipes">The recipes there are, likewise.</param>
    /// <param name="worlds">The worlds there are, likewise.</param>
    public static string Write(IReadOnlyList<EngineOptions> engines, IReadOnlyList<EngineOptions> recipes,
        IReadOnlyList<EngineOptions> worlds)
    {
        var schema = Object(SpecKeys.Root);
        if (engines.Count > 0) schema["properties"]!["engine"]!["anyOf"] = Named(SpecKeys.Engine, engines);
        if (recipes.Count > 0) schema["properties"]!["recipe"]!["anyOf"] = Named(SpecKeys.Recipe, recipes);
        if (worlds.Count > 0) schema["properties"]!["world"]!["anyOf"] = Named(SpecKeys.World, worlds);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Simulant spec, version 1");
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return schema.ToJsonString(options).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>A name alone, or a map for each engine or recipe with the options it declares.</summary>
    private static JsonArray Named(Section section, IReadOnlyList<EngineOptions> engines)
    {
        var name = section.Find("name")!;
        var choices = new JsonArray(Text(name with { Values = [.. engines.Select(e => e.Engine)] }));
        foreach (var engine in engines)
            choices.Add((JsonNode)Object(engine.Section with
            {
                Keys = [name with { Values = [engine.Engine] }, .. engine.Section.Keys],
            }));
        return choices;
    }

    private static JsonObject Object(Section section)
    {
        var properties = new JsonObject();
        foreach (var key in section.Keys) properties.Add(key.Name, Value(key));
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (section.Keys.Any(k => k.Required))
            schema["required"] = new JsonArray([.. section.Keys.Where(k => k.Required).Select(k => (JsonNode)k.Name)]);
        schema["additionalProperties"] = section.Open;
        return schema;
    }

    private static JsonObject Value(Key key)
    {
        var choices = Choices(key).ToList();
        var schema = choices.Count == 1 ? choices[0] : new JsonObject { ["anyOf"] = new JsonArray([.. choices]) };
        string meaning = key.Default.Length == 0 ? key.Meaning : $"{key.Meaning} Default: {key.Default}.";
        schema.Insert(0, "description", meaning.Replace("`", "", StringComparison.Ordinal));
        return schema;
    }

    private static IEnumerable<JsonObject> Choices(Key key)
    {
        if (key.Shape.HasFlag(Shape.Text)) yield return Text(key);
        if (key.Shape.HasFlag(Shape.Number)) yield return Bounded(key, "number");
        if (key.Shape.HasFlag(Shape.Integer)) yield return Bounded(key, "integer");
        if (key.Shape.HasFlag(Shape.Count))
        {
            yield return Bounded(key, "integer");
            yield return new JsonObject { ["type"] = "string", ["pattern"] = CountPattern };
        }
        if (key.Shape.HasFlag(Shape.Boolean)) yield return new JsonObject { ["type"] = "boolean" };
        if (key.Shape.HasFlag(Shape.Duration))
        {
            yield return new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 };
            yield return new JsonObject { ["type"] = "string", ["pattern"] = DurationPattern };
        }
        if (key.Shape.HasFlag(Shape.Range))
        {
            var end = new JsonObject { ["type"] = new JsonArray("number", "string", "null") };
            yield return new JsonObject { ["type"] = "array", ["items"] = end, ["minItems"] = 2, ["maxItems"] = 2 };
        }
        if (key.Shape.HasFlag(Shape.Texts))
        {
            var item = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
            yield return new JsonObject { ["type"] = "array", ["items"] = item };
        }
        if (key.Shape.HasFlag(Shape.Steps))
        {
            var step = new JsonObject { ["type"] = new JsonArray("string", "object") };
            yield return new JsonObject { ["type"] = "array", ["items"] = step };
        }
        if (key.Shape.HasFlag(Shape.Map)) yield return Object(key.Child!);
        if (key.Shape.HasFlag(Shape.Maps)) yield return new JsonObject { ["type"] = "array", ["items"] = Object(key.Child!) };
        if (key.Shape.HasFlag(Shape.Entries))
        {
            var each = Value(key.Each!);
            yield return new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = key.Each!.Nullable
                    ? new JsonObject { ["anyOf"] = new JsonArray(each, new JsonObject { ["type"] = "null" }) }
                    : each,
            };
        }
    }

    /// <summary>Text; YAML reads an unquoted 7 or true as no string, and the reader takes both as text.</summary>
    private static JsonObject Text(Key key)
    {
        if ((key.ShortFor is { } name ? key.Child!.Find(name)! : key).Values is { } values)
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };
        if (key.Shape.HasFlag(Shape.Number)) return new JsonObject { ["type"] = "string", ["pattern"] = SharePattern };
        bool alone = key.Shape == Shape.Text;
        return new JsonObject { ["type"] = alone ? new JsonArray("string", "number", "boolean") : "string" };
    }

    private static JsonObject Bounded(Key key, string type)
    {
        var schema = new JsonObject { ["type"] = type };
        if (double.IsFinite(key.Minimum)) schema["minimum"] = key.Minimum;
        if (double.IsFinite(key.Maximum)) schema["maximum"] = key.Maximum;
        return schema;
    }
}
