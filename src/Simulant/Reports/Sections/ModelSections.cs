using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>What models say: judges, models trained on either data, the embedding.</summary>
internal static class ModelSections
{
    private const int MaxTelling = 8;

    public static Element? Embedding(View view)
    {
        if (view.Result.Scatter is not { } scatter || !view.Budget.DrawDots) return null;
        var section = Section(view.Id("embedding"), "Embedding",
            "The first two principal components of all compared columns, fitted on training rows. The clouds should have the same form; "
            + "two components show only part of the whole.");
        var box = Box.Around(scatter.Training, scatter.Holdout, scatter.Synthetic);
        var maps = El("div", "maps");
        maps.Add(Cloud("Training rows", scatter.Training, box, "real-dots", scatter));
        if (scatter.Holdout.Count > 0) maps.Add(Cloud("Held-out rows", scatter.Holdout, box, "holdout-dots", scatter));
        maps.Add(Cloud("Synthetic rows", scatter.Synthetic, box, "syn-dots", scatter));
        return section.Add(maps);
    }

    private static Element Cloud(string title, IReadOnlyList<CurvePoint> points, Box box, string css, Scatter scatter) =>
        El("div", "map").Add(El("h3", "", title),
            LineCharts.Cloud($"{title} in the plane of the first two principal components.", points, box, css, scatter));

    public static Element? Detection(View view)
    {
        if (view.Result.Detection.Count == 0) return null;
        var section = Section(view.Id("detection"), "Detection",
            "A judge learns to tell real rows from synthetic ones; its AUC on rows it has not seen is 0.5 where it cannot and 1 where it "
            + "always can. Against held-out rows memory does not help; against training rows an AUC under 0.49 is a sign of memory.");
        section.Add(Table("Judges", ["judge", "against", ">AUC", ">lowest fold", ">highest fold", ">folds"],
            view.Result.Detection.Select(d => (IReadOnlyList<Element>)
            [
                Cell(d.Judge), Cell(d.Against == "holdout" ? "held-out rows" : d.Against + " rows"), El("strong", "", Words.Number(d.Auc)),
                Cell(d.FoldAucs.Count > 0 ? Words.Number(d.FoldAucs.Min()) : "–"),
                Cell(d.FoldAucs.Count > 0 ? Words.Number(d.FoldAucs.Max()) : "–"),
                Cell(Words.Count(d.FoldAucs.Count)),
            ]), compact: true));
        var telling = El("div", "maps");
        foreach (var detail in view.Result.Detection)
        {
            if (detail.Columns.Count == 0) continue;
            telling.Add(Table($"What gives it away ({detail.Judge}, {detail.Against})", ["column", "share of gain", ">share"],
                detail.Columns.Take(MaxTelling).Select(c => (IReadOnlyList<Element>)
                [
                    Cell(View.Name(c.Column)), Bars.Share(c.GainShare, $"{Words.Percent(c.GainShare)} of the judge's gain"),
                    Cell(Words.Percent(c.GainShare)),
                ])));
        }
        return section.Add(telling);
    }

    public static Element? Utility(View view)
    {
        if (view.Result.Utility is not { } utility) return null;
        bool regression = utility.Task == UtilityTask.Regression;
        var section = Section(view.Id("utility"), "Utility",
            $"Models that predict {View.Name(utility.Target)}, one trained on synthetic rows (TSTR), one on real training rows (TRTR), "
            + "both scored on held-out real rows.");
        var rows = new List<IReadOnlyList<Element>> { Scores("synthetic rows (TSTR)", utility.Synthetic, regression) };
        rows.Add(Scores("real training rows (TRTR)", utility.Real, regression));
        if (utility.Both is { } both) rows.Add(Scores("both together", both, regression));
        section.Add(Table("Scores on held-out rows", regression ? ["trained on", ">R²", ">RMSE"] : ["trained on", ">AUC", ">macro F1"],
            rows, compact: true));
        if (regression) return section;
        AddCurves(section, utility);
        return section.Add(ClassTable(view, utility));
    }

    private static IReadOnlyList<Element> Scores(string name, ModelScores scores, bool regression) => regression
        ? [Cell(name), Cell(Words.Number(scores.R2)), Cell(Words.Number(scores.Rmse))]
        : [Cell(name), Cell(Words.Number(scores.Auc)), Cell(Words.Number(scores.MacroF1))];

    // The positive class is the last label; with more classes the commonest are drawn.
    private static void AddCurves(Element section, UtilityDetail utility)
    {
        var drawn = utility.Task == UtilityTask.Binary ? utility.Synthetic.Classes.TakeLast(1)
            : utility.Synthetic.Classes.OrderByDescending(c => c.HoldoutCount).Take(2);
        foreach (var synthetic in drawn)
        {
            var real = utility.Real.Classes.FirstOrDefault(c => c.Label == synthetic.Label);
            if (synthetic.Roc.Count == 0) continue;
            string label = View.Name(synthetic.Label);
            var maps = El("div", "maps");
            maps.Add(El("div", "map").Add(El("h3", "", $"ROC, class {label}"),
                LineCharts.UnitSquare($"ROC curves of class {label}: trained on synthetic and on real rows.", "false positive rate",
                    "true positive rate", [(real?.Roc ?? [], "real-curve"), (synthetic.Roc, "syn-line")], true)));
            maps.Add(El("div", "map").Add(El("h3", "", $"Precision and recall, class {label}"),
                LineCharts.UnitSquare($"Precision-recall curves of class {label}: trained on synthetic and on real rows.", "recall",
                    "precision", [(real?.PrecisionRecall ?? [], "real-curve"), (synthetic.PrecisionRecall, "syn-line")], false)));
            section.Add(maps);
        }
        section.Add(Key(("syn", "trained on synthetic rows"), ("dash", "trained on real rows")));
    }

    private static Element? ClassTable(View view, UtilityDetail utility)
    {
        var classes = utility.Synthetic.Classes;
        if (classes.Count == 0) return null;
        int shown = Math.Min(classes.Count, view.Budget.Classes);
        string more = classes.Count > shown ? $" (the {shown} commonest of {classes.Count})" : "";
        return Table("By class" + more,
            ["class", ">held-out rows", ">AUC", ">AUC, real", ">F1", ">F1, real", ">precision", ">precision, real", ">recall",
            ">recall, real"],
            (classes.Count > shown ? classes.OrderByDescending(c => c.HoldoutCount).Take(shown) : classes)
            .Select(c =>
            {
                var real = utility.Real.Classes.FirstOrDefault(r => r.Label == c.Label);
                return (IReadOnlyList<Element>)
                [
                    Cell(View.Name(c.Label)), Cell(Words.Count(c.HoldoutCount)),
                    Cell(Words.Number(c.Auc)), Cell(Words.Number(real?.Auc ?? double.NaN)),
                    Cell(Words.Number(c.F1)), Cell(Words.Number(real?.F1 ?? double.NaN)),
                    Cell(Words.Number(c.Precision)), Cell(Words.Number(real?.Precision ?? double.NaN)),
                    Cell(Words.Number(c.Recall)), Cell(Words.Number(real?.Recall ?? double.NaN)),
                ];
            }));
    }
}
