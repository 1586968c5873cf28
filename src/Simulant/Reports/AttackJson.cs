using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Validation.Attacks;

namespace Simulant.Reports;

/// <summary>An audit for programs: rates are <c>[value, low, high]</c>, null where there is none.</summary>
public static class AttackJson
{
    public static JsonObject Of(AuditResult audit) => new()
    {
        ["leak"] = audit.LeakFound,
        ["trace"] = audit.TraceFound,
        ["epsilon"] = CanonicalJson.Number(audit.Leak),
        ["tolerance"] = CanonicalJson.Number(audit.Tolerance),
        ["alpha"] = CanonicalJson.Number(audit.Alpha),
        ["rows"] = new JsonObject
        {
            ["training"] = audit.Audited.Training, ["holdout"] = audit.Audited.Holdout, ["synthetic"] = audit.Audited.Synthetic,
        },
        ["power"] = new JsonObject
        {
            ["advantage"] = CanonicalJson.Number(audit.Power.Advantage),
            ["rows"] = audit.Power.Rows,
            ["epsilon"] = CanonicalJson.Number(audit.Power.Epsilon),
        },
        ["attacks"] = new JsonArray([.. audit.Attacks.Select(a => (JsonNode?)Of(a))]),
    };

    private static JsonObject Of(AttackResult attack)
    {
        static JsonArray Rate(double value, double low, double high) =>
            [CanonicalJson.Number(value), CanonicalJson.Number(low), CanonicalJson.Number(high)];
        static JsonArray Shares(Share share) => Rate(share.Value, share.Low, share.High);
        var (low, high) = attack.RiskInterval;
        return new JsonObject
        {
            ["name"] = attack.Name,
            ["success"] = attack.Success,
            ["training"] = Shares(attack.Main),
            ["holdout"] = Shares(attack.Control),
            ["baseline"] = CanonicalJson.Number(attack.Baseline),
            ["beatsBaseline"] = attack.BeatsBaseline,
            ["risk"] = Rate(attack.Risk, low, high),
            ["auc"] = CanonicalJson.Number(attack.Auc),
            ["epsilon"] = CanonicalJson.Number(attack.Epsilon),
            ["top"] = attack.Top.Trials == 0 ? null : new JsonArray(attack.Top.Hits, attack.Top.Trials),
            ["p"] = CanonicalJson.Number(attack.Adjusted),
            ["found"] = attack.Found,
            ["leak"] = attack.IsLeak,
        };
    }
}
