using Simulant.Provenance;
using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Protected groups: in the data, and under models. Figures only; what gap matters is not for a report to say.</summary>
internal static class GroupSections
{
    private const int LongestName = 120;

    public static Element? Of(View view)
    {
        if (view.Result.Fairness is not { } fairness) return null;
        var section = Section(view.Id("groups"), "Groups",
            $"Groups of {string.Join(", ", fairness.Columns.Select(View.Name))} and their intersections, each held against all other rows, "
            + "with 95 % intervals. These figures describe; none of them says that data or a model is fair, and they cannot all be zero "
            + "at once where groups differ in the outcome.");
        int shown = view.Budget.Lines;
        section.Add(Data(fairness, shown, view.HasHoldout));
        if (fairness.Groups.Any(g => g.TrainedOnSynthetic is not null))
        {
            const string caption = "Predictions on real held-out rows: model trained on ";
            section.Add(Models(caption + "synthetic rows", fairness, shown, g => g.TrainedOnSynthetic));
            section.Add(Models(caption + "real rows", fairness, shown, g => g.TrainedOnReal));
            section.Add(Note("Predicted positive is a probability above 0.5. Parity gap: share predicted positive less that of all other "
                + "rows. Odds gap: the larger of the gaps among rows whose outcome is positive and among the rest. Calibration: share of "
                + "positive outcomes less the mean probability. TSTR gap: AUC in the group of the model trained on synthetic rows less "
                + "that of the model trained on real rows."));
        }
        else
        {
            section.Add(Note("No model was trained: " + (view.Result.Find(MetricNames.FairnessDownstreamParity)?.NotEvaluated
                ?? "figures of predictions were not asked for") + "."));
        }
        if (fairness.Groups.Count > shown)
            section.Add(Note($"{Words.Count(fairness.Groups.Count - shown)} more groups are in report.json."));
        if (fairness.TooSmall > 0)
            section.Add(Note($"{Words.Count(fairness.TooSmall)} groups or intersections have fewer than {FairnessDetail.LeastRows} "
                + "training rows, too few to say anything of them."));
        return section;
    }

    private static Element Data(FairnessDetail fairness, int shown, bool heldOut)
    {
        List<string> header = ["group", ">training rows", ">synthetic", ">representation"];
        if (heldOut) header.Add(">held-out");
        string? outcome = fairness.Outcome is null ? null
            : $"{PlainText.Name(fairness.Outcome, 40)} = {PlainText.Name(fairness.Positive ?? "", 40)}";
        if (outcome is not null) header.AddRange([">share, real", ">synthetic", ">parity gap, real", ">synthetic"]);
        return Table("In the data: share of each group, synthetic over real"
            + (outcome is null ? "" : $"; share of {outcome} in it, and the gap to all other rows"), header,
            fairness.Groups.Take(shown).Select(g =>
            {
                List<Element> row = [Name(g), Cell(Words.Count(g.Training.Rows)), Cell(Words.Count(g.Synthetic.Rows)),
                    Figure(g.Representation, signed: false)];
                if (heldOut) row.Add(Figure(g.RepresentationHeldOut, signed: false));
                if (outcome is not null)
                    row.AddRange([Cell(Words.Percent(g.Training.Positive)), Cell(Words.Percent(g.Synthetic.Positive)),
                        Figure(g.Training.ParityGap), Figure(g.Synthetic.ParityGap)]);
                return (IReadOnlyList<Element>)row;
            }));
    }

    private static Element Models(string caption, FairnessDetail fairness, int shown, Func<GroupFigures, GroupPredictions?> of) =>
        Table(caption, ["group", ">held-out rows", ">predicted positive", ">parity gap", ">odds gap", ">calibration", ">AUC", ">TSTR gap"],
            fairness.Groups.Take(shown).Where(g => of(g) is not null).Select(g =>
            {
                var said = of(g)!;
                return (IReadOnlyList<Element>)
                [
                    Name(g), Cell(Words.Count(said.Rows)), Cell(Words.Percent(said.Positive)), Figure(said.ParityGap),
                    Figure(said.OddsGap, signed: false), Figure(said.Calibration), Cell(Words.Number(said.Auc)), Figure(g.TstrGap),
                ];
            }));

    private static Element Name(GroupFigures group) => Cell(PlainText.Name(group.Name, LongestName));

    private static Element Figure(Estimate? estimate, bool signed = true)
    {
        if (estimate is null) return El("span", "muted", "–");
        string Text(double v) => (signed && v > 0 ? "+" : "") + v.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)
            .Replace('-', '−');
        return El("span", "").Add(Cell(Text(estimate.Value)), El("small", "", $"{Text(estimate.Low)} to {Text(estimate.High)}"));
    }
}
