using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Data;
using static Simulant.Provenance.ManifestJson;

namespace Simulant.Provenance;

/// <summary>What was asked of language models, as manifest and report hold it. Costs are decimal texts: they are sums of money.</summary>
public static class AskedJson
{
    public static JsonObject Of(AskedModels asked) => new()
    {
        ["candidates"] = asked.Candidates,
        ["sourceLicense"] = asked.SourceLicense,
        ["models"] = new JsonArray([.. asked.Models.Select(m => (JsonNode)new JsonObject
        {
            ["name"] = m.Name, ["provider"] = m.Provider, ["model"] = m.Model, ["revision"] = m.Revision, ["license"] = m.License,
            ["answers"] = m.Answers, ["inputTokens"] = m.InputTokens, ["outputTokens"] = m.OutputTokens,
            ["cost"] = m.Cost.ToString(CultureInfo.InvariantCulture),
        })]),
        ["prompts"] = new JsonArray([.. asked.Prompts.Select(p => (JsonNode)new JsonObject
        {
            ["step"] = p.Step, ["model"] = p.Model, ["system"] = p.System, ["prompt"] = p.Prompt,
        })]),
        ["attempts"] = new JsonArray([.. asked.Attempts.Select(a => (JsonNode)new JsonObject
        {
            ["end"] = a.End, ["step"] = a.Step, ["rule"] = a.Rule, ["count"] = a.Count,
        })]),
    };

    internal static AskedModels Read(JsonObject json) => new(Count(json, "candidates"), MaybeText(json, "sourceLicense"))
    {
        Models = ReadList(json, "models", Model),
        Prompts = ReadList(json, "prompts", p => new AskedPrompt(ManifestJson.Text(p, "step"), ManifestJson.Text(p, "model"),
            MaybeText(p, "system"), ManifestJson.Text(p, "prompt"))),
        Attempts = ReadList(json, "attempts", a => new AttemptCount(ManifestJson.Text(a, "end"), ManifestJson.Text(a, "step"),
            ManifestJson.Text(a, "rule"), Count(a, "count"))),
    };

    private static AskedModel Model(JsonObject json) => new(ManifestJson.Text(json, "name"), ManifestJson.Text(json, "provider"),
        ManifestJson.Text(json, "model"), ManifestJson.Text(json, "revision"), MaybeText(json, "license"), Count(json, "answers"),
        Count(json, "inputTokens"), Count(json, "outputTokens"),
        decimal.Parse(ManifestJson.Text(json, "cost"), NumberStyles.Float, CultureInfo.InvariantCulture));
}
