using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Reports;

/// <summary>A training curve for programs, the same in report.json and in <c>show --json</c>.</summary>
public static class TrainingJson
{
    /// <summary>More epochs than this are thinned; the last and the kept one stay.</summary>
    private const int MostEpochs = 1000;

    public static JsonObject Of(TrainingCurve curve)
    {
        int step = curve.Epochs / MostEpochs + 1;
        int[] epochs = [.. Enumerable.Range(0, curve.Epochs + 1).Where(e => e % step == 0 || e == curve.Epochs || e == curve.Kept)];
        return new JsonObject
        {
            ["epochs"] = curve.Epochs,
            ["kept"] = curve.Kept,
            ["ending"] = curve.Ending,
            ["epoch"] = new JsonArray([.. epochs.Select(e => (JsonNode)e)]),
            ["series"] = new JsonArray([.. curve.Series.Select(s => new JsonObject
            {
                ["name"] = s.Name,
                ["kind"] = s.Kind == SeriesKind.Loss ? "loss" : "diagnostic",
                ["values"] = new JsonArray([.. epochs.Select(e => CanonicalJson.Number(s.Values[e]))]),
            })]),
            ["events"] = new JsonArray([.. curve.Events.Select(e => new JsonObject { ["epoch"] = e.Epoch, ["text"] = e.Text })]),
        };
    }
}
