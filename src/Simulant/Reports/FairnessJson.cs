using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Validation;

namespace Simulant.Reports;

/// <summary>The groups of <c>report.json</c>; an estimate is <c>{value, low, high}</c>, null where there is none.</summary>
internal static class FairnessJson
{
    public static JsonObject Of(FairnessDetail fairness) => new()
    {
        ["protect"] = new JsonArray([.. fairness.Columns.Select(c => (JsonNode?)c)]),
        ["outcome"] = fairness.Outcome,
        ["positive"] = fairness.Positive,
        ["leastRows"] = FairnessDetail.LeastRows,
        ["tooSmall"] = fairness.TooSmall,
        ["groups"] = new JsonArray([.. fairness.Groups.Select(g => (JsonNode?)Group(g))]),
    };

    private static JsonObject Group(GroupFigures group) => new()
    {
        ["name"] = group.Name,
        ["columns"] = new JsonArray([.. group.Columns.Select(c => (JsonNode?)c)]),
        ["representation"] = Estimate(group.Representation),
        ["representationHoldout"] = Estimate(group.RepresentationHeldOut),
        ["training"] = Outcome(group.Training),
        ["holdout"] = Outcome(group.Holdout),
        ["synthetic"] = Outcome(group.Synthetic),
        ["trainedOnSynthetic"] = Predictions(group.TrainedOnSynthetic),
        ["trainedOnReal"] = Predictions(group.TrainedOnReal),
        ["tstrGap"] = Estimate(group.TstrGap),
    };

    private static JsonObject Outcome(GroupOutcome outcome) => new()
    {
        ["n"] = outcome.Rows,
        ["positive"] = CanonicalJson.Number(outcome.Positive),
        ["parityGap"] = Estimate(outcome.ParityGap),
    };

    private static JsonObject? Predictions(GroupPredictions? said) => said is null ? null : new()
    {
        ["n"] = said.Rows,
        ["positive"] = CanonicalJson.Number(said.Positive),
        ["auc"] = CanonicalJson.Number(said.Auc),
        ["parityGap"] = Estimate(said.ParityGap),
        ["truePositiveGap"] = Estimate(said.TruePositiveGap),
        ["falsePositiveGap"] = Estimate(said.FalsePositiveGap),
        ["oddsGap"] = Estimate(said.OddsGap),
        ["calibration"] = Estimate(said.Calibration),
    };

    private static JsonObject? Estimate(Estimate? estimate) => estimate is null ? null : new()
    {
        ["value"] = CanonicalJson.Number(estimate.Value),
        ["low"] = CanonicalJson.Number(estimate.Low),
        ["high"] = CanonicalJson.Number(estimate.High),
    };
}
