using Simulant.Reports.Markup;
using Simulant.Validation.Attacks;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Attacks on the rows, each beside held-out rows and what guessing gives.</summary>
internal static class AttackSections
{
    public static Element? Of(View view) => view.Result.Attacks is { } audit ? Of(audit, view.Id("attacks")) : null;

    public static Element Of(AuditResult audit, string id)
    {
        var section = Section(id, "Attacks", "Each attack is made on training rows and, the same way, on held-out rows, which cannot have "
            + "leaked. It finds a leak where training rows come off worse than random labels would; epsilon says how much it is at least.");
        section.Add(El("p", "").Add(El("strong", "", Verdict(audit)), Cell(" " + Power(audit))));
        section.Add(Table("Attacks", ["attack", ">training", ">held-out", ">baseline", ">risk", ">AUC", ">epsilon at least", ">p, adjusted",
            "result", "success"], audit.Attacks.Select(a => (IReadOnlyList<Element>)
            [
                Cell(a.Name), Rate(a.Main), Rate(a.Control), Cell(Words.Percent(a.Baseline)), Risk(a), Cell(Words.Number(a.Auc)),
                Cell(Words.Number(a.Epsilon)), Cell(Words.Number(a.Adjusted)), Result(a), Cell(a.Success),
            ])));
        section.Add(Note("Membership attacks call rows at a threshold that 1 % of other held-out rows pass, so their share of training "
            + "rows is the true positive rate at 1 % false positives. Risk: (training - held-out) / (1 - held-out). Intervals: 95 %, "
            + "Wilson's and Newcombe's. P-values and epsilon hold for all attacks together. Weak: no better than the baseline, so that "
            + "finding nothing says nothing. These figures come from real rows: publishing them leaks a little."));
        return section;
    }

    public static string Verdict(AuditResult audit) => audit.LeakFound ? $"A leak: {audit.Attacks.Count(a => a.IsLeak)} of "
        + $"{audit.Attacks.Count} attacks show more than epsilon {Words.Short(audit.Tolerance)}."
        : audit.TraceFound ? $"A trace of a leak, not surely more than epsilon {Words.Short(audit.Tolerance)}."
        : $"No leak found by {audit.Attacks.Count} attacks.";

    private static string Power(AuditResult audit) => $"On {Words.Count(audit.Audited.Training)} training, "
        + $"{Words.Count(audit.Audited.Holdout)} held-out and {Words.Count(audit.Audited.Synthetic)} synthetic rows an advantage "
        + $"(2 AUC - 1) of {Words.Number(audit.Power.Advantage)} over all rows would have been called a leak, or "
        + $"{Words.Count(audit.Power.Rows)} rows that leak wholly; epsilon could have been shown up to "
        + $"{Words.Number(audit.Power.Epsilon)}.";

    private static Element Rate(Share share) => El("span", "").Add(Cell(Words.Percent(share.Value)),
        El("small", "", $"{Words.Percent(share.Low)} to {Words.Percent(share.High)}"));

    private static Element Risk(AttackResult attack)
    {
        var (low, high) = attack.RiskInterval;
        return El("span", "").Add(Cell(Words.Percent(attack.Risk)), El("small", "", $"{Words.Percent(low)} to {Words.Percent(high)}"));
    }

    private static Element Result(AttackResult attack)
    {
        (string css, string text) = attack.IsLeak ? ("bad", "✕ leak") : attack.Found ? ("neutral", "○ trace")
            : attack.BeatsBaseline ? ("good", "✓ nothing found") : ("neutral", "○ weak");
        return El("span", "pill " + css, text);
    }
}
