using System.Text.Json.Nodes;

namespace Simulant.Provenance;

/// <summary>The manifest's record of what was paid, as JSON and back.</summary>
internal static class PrivacyJson
{
    public static JsonObject Of(PaidPrivacy paid)
    {
        var json = Paid(paid);
        if (paid.Earned is { } earned) json["earned"] = earned;
        return json;
    }

    private static JsonObject Paid(PaidPrivacy paid) => new()
    {
        ["epsilon"] = CanonicalJson.Number(paid.Epsilon),
        ["delta"] = CanonicalJson.Number(paid.Delta),
        ["unit"] = paid.Unit,
        ["maxRows"] = paid.MaxRows,
        ["rho"] = CanonicalJson.Number(paid.Rho),
        ["vocabularyDelta"] = CanonicalJson.Number(paid.VocabularyDelta),
        ["budget"] = paid.Budget is { } budget ? CanonicalJson.Number(budget) : null,
        ["sourceEpsilon"] = CanonicalJson.Number(paid.SourceEpsilon),
        ["spends"] = new JsonArray([.. paid.Spends.Select(s => (JsonNode)new JsonObject
        {
            ["mechanism"] = s.Mechanism,
            ["purpose"] = s.Purpose,
            ["question"] = s.Question,
            ["rho"] = CanonicalJson.Number(s.Rho),
        })]),
    };

    public static PaidPrivacy Read(JsonObject json)
    {
        var spends = json["spends"] as JsonArray ?? throw new FormatException("'spends' is missing or not a list");
        return new PaidPrivacy(Number(json, "epsilon"), Number(json, "delta"), Text(json, "unit"), (int)Number(json, "maxRows"),
            Number(json, "rho"), Number(json, "vocabularyDelta"), json["budget"] is null ? null : Number(json, "budget"),
            Number(json, "sourceEpsilon"), [.. spends.Select(s => s as JsonObject ?? throw new FormatException("a spend is no object"))
                .Select(s => new PaidSpend(Text(s, "mechanism"), Text(s, "purpose"), Text(s, "question"), Number(s, "rho")))])
        {
            Earned = json["earned"]?.GetValue<string>(),
        };
    }

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>()
        ?? throw new FormatException($"'{name}' is missing");

    private static double Number(JsonObject json, string name) => json[name] switch
    {
        null => throw new FormatException($"'{name}' is missing"),
        var node when node.GetValueKind() == System.Text.Json.JsonValueKind.String && node.GetValue<string>() == "Infinity" =>
            double.PositiveInfinity,
        var node => node.GetValue<double>(),
    };
}
