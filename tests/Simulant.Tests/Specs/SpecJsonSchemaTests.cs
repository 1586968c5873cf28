using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>The published schema, judged by a validator of this file that knows the handful of keywords it uses.</summary>
public sealed class SpecJsonSchemaTests
{
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse(SpecJsonSchema.Write(EngineTable.Shipped.Options,
        EngineTable.Shipped.RecipeOptions, EngineTable.Shipped.WorldOptions))!;

    private static readonly HashSet<string> Keywords =
    [
        "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "anyOf", "enum", "items",
        "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "pattern",
    ];

    [Fact]
    public void Every_sample_and_the_whole_contract_fit_the_schema()
    {
        foreach (var (path, text) in Repository.Read("samples", "spec.yaml"))
            Assert.True(Fits(text), path);
        Assert.True(Fits(SpecReaderTests.Contract));
    }

    [Theory]
    [InlineData("nmae: x")]
    [InlineData("rows: many")]
    [InlineData("rows: 0")]
    [InlineData("source: { trian: a.csv }")]
    [InlineData("columns: { a: { role: label } }")]
    [InlineData("columns: { a: float }")]
    [InlineData("columns: { a: { domain: [1] } }")]
    [InlineData("engine: {}")]
    [InlineData("engine: gan")]
    [InlineData("engine: { name: trees, depht: 3 }")]
    [InlineData("engine: { name: copula, latents: 0 }")]
    [InlineData("engine: { name: copula, latents: many }")]
    [InlineData("engine: { name: rules, entities: 3 }")]
    [InlineData("conditions: [ { where: a } ]")]
    [InlineData("constraints: a > 1")]
    [InlineData("output: xls")]
    [InlineData("balance: { a: { b: lots } }")]
    [InlineData("split: { holdout: 3 }")]
    [InlineData("refine: 3")]
    [InlineData("refine: { pool: 1 }")]
    [InlineData("refine: { size: 3 }")]
    [InlineData("time_limit: soon")]
    [InlineData("tables: {}")]
    [InlineData("validate: { replicates: 3 }")]
    public void What_the_reader_refuses_by_shape_the_schema_refuses(string line) => Assert.False(Fits($"simulant: 1\n{line}\n"));

    [Fact]
    public void Every_key_of_the_reader_is_in_the_schema_with_its_meaning()
    {
        var properties = (JsonObject)Schema["properties"]!;
        Assert.Equal(SpecKeys.Root.Keys.Select(k => k.Name), properties.Select(p => p.Key));
        Assert.All(SpecKeys.Root.Keys, k => Assert.StartsWith(k.Meaning.Replace("`", ""),
            (string)properties[k.Name]!["description"]!));
        string all = Schema.ToJsonString();
        foreach (var section in GuideTables.Sections)
            Assert.All(section.Keys, k => Assert.Contains($"\"{k.Name}\":{{\"description\"", all));
    }

    private static bool Fits(string yaml)
    {
        var (root, faults) = YamlNodesTests.Read(yaml);
        Assert.Empty(faults.All);
        return Fits(root!, Schema);
    }

    private static bool Fits(SpecNode node, JsonObject schema)
    {
        Assert.All(schema, pair => Assert.Contains(pair.Key, Keywords));
        if (schema["anyOf"] is JsonArray any && !any.Any(s => Fits(node, (JsonObject)s!))) return false;
        string[] types = schema["type"] switch
        {
            JsonArray array => [.. array.Select(t => (string)t!)],
            JsonValue value => [(string)value!],
            _ => [],
        };
        if (types.Length > 0 && !types.Any(t => Is(node, t))) return false;
        return node switch
        {
            SpecMap map => MapFits(map, schema),
            SpecList list => list.Items.Count >= ((int?)schema["minItems"] ?? 0)
                && list.Items.Count <= ((int?)schema["maxItems"] ?? int.MaxValue)
                && (schema["items"] is not JsonObject items || list.Items.All(i => Fits(i, items))),
            _ => ScalarFits((SpecScalar)node, schema),
        };
    }

    private static bool Is(SpecNode node, string type) => (type, node) switch
    {
        ("object", SpecMap) or ("array", SpecList) => true,
        ("null", SpecScalar s) => s.IsNull,
        ("boolean", SpecScalar s) => s.Truth is not null,
        ("number", SpecScalar s) => s.Number is not null,
        ("integer", SpecScalar { Number: { } value }) => double.IsInteger(value),
        ("string", SpecScalar s) => s.Quoted || (!s.IsNull && s.Truth is null && s.Number is null),
        _ => false,
    };

    private static bool MapFits(SpecMap map, JsonObject schema)
    {
        var properties = schema["properties"] as JsonObject;
        if (schema["required"] is JsonArray required && required.Any(r => map[(string)r!] is null)) return false;
        foreach (var entry in map.Entries)
        {
            if (properties?[entry.Key] is JsonObject known)
            {
                if (!Fits(entry.Value, known)) return false;
            }
            else if (schema["additionalProperties"] is JsonObject other)
            {
                if (!Fits(entry.Value, other)) return false;
            }
            else if (schema["additionalProperties"] is JsonValue open && !(bool)open)
            {
                return false;
            }
        }
        return true;
    }

    private static bool ScalarFits(SpecScalar scalar, JsonObject schema)
    {
        if (schema["enum"] is JsonArray values && !values.Any(v => (string)v! == scalar.Text)) return false;
        if (scalar.Number is { } number && (number < ((double?)schema["minimum"] ?? number)
            || number > ((double?)schema["maximum"] ?? number)
            || number <= ((double?)schema["exclusiveMinimum"] ?? double.NegativeInfinity))) return false;
        return schema["pattern"] is not { } pattern || Regex.IsMatch(scalar.Text, (string)pattern!);
    }
}
