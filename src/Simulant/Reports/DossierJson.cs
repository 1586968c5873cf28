using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Reports.Dossiers;

namespace Simulant.Reports;

/// <summary>A dossier for programs: every statement with the place and value of each of its figures.</summary>
public static class DossierJson
{
    public const string Format = "simulant-dossier-1";

    /// <summary>The whole file, UTF-8.</summary>
    public static byte[] Write(Dossier dossier) => CanonicalJson.Write(Of(dossier), sorted: false);

    public static JsonObject Of(Dossier dossier) => new()
    {
        ["format"] = Format,
        ["name"] = dossier.Name,
        ["verdict"] = dossier.Verdict,
        ["programVersion"] = dossier.ProgramVersion,
        ["manifestContentSha256"] = dossier.ContentSha256,
        ["reportSha256"] = dossier.ReportSha256,
        ["checked"] = List(dossier.Checked, c => JsonValue.Create(c)),
        ["answered"] = dossier.Count(PointState.Answered),
        ["declared"] = dossier.Count(PointState.Declared),
        ["unknown"] = dossier.Count(PointState.Unknown),
        ["parts"] = List(dossier.Parts, part => new JsonObject
        {
            ["id"] = part.Id,
            ["title"] = part.Title,
            ["topics"] = List(part.Topics, topic => new JsonObject
            {
                ["id"] = topic.Id,
                ["title"] = topic.Title,
                ["points"] = List(topic.Points, Point),
            }),
        }),
    };

    private static JsonObject Point(DossierPoint point)
    {
        var json = new JsonObject
        {
            ["id"] = point.Id,
            ["asks"] = point.Asks,
            ["state"] = point.State.ToString().ToLowerInvariant(),
            ["statements"] = List(point.Statements, s => new JsonObject
            {
                ["basis"] = s.Basis.ToString().ToLowerInvariant(),
                ["text"] = s.Text.ToString(),
                ["figures"] = List(s.Text.Figures, f => new JsonObject
                {
                    ["file"] = f.File,
                    ["pointer"] = f.Pointer,
                    ["value"] = f.Value?.DeepClone(),
                    ["shown"] = f.Shown,
                }),
            }),
        };
        if (point.State == PointState.Unknown) json["remedy"] = point.Remedy;
        return json;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);
}
