using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Several synthetic sets beside each other, all against the same real rows.</summary>
internal static class Comparison
{
    private const int MaxSets = 12;

    public static Element Of(ReportModel model, int worstColumns)
    {
        var sets = model.Sets.Take(MaxSets).ToList();
        var section = Section("comparison", "Side by side",
            "Every figure of every set, beside the same figure of held-out real rows. A star marks the best of a row, where the figures "
            + "differ; overlapping intervals mean that the order may be chance.");
        if (model.Sets.Count > sets.Count) section.Add(Note($"The first {sets.Count} of {model.Sets.Count} sets are shown here."));
        var names = sets.SelectMany(s => s.Result.Metrics.Select(m => m.Name)).Distinct().ToList();
        List<string> header = ["metric", ">real", .. sets.Select(s => ">" + View.Name(s.Name))];
        section.Add(Table("Figures of all sets", header, names.Select(name => Row(name, sets))));
        return section.Add(Columns(sets, worstColumns));
    }

    private static IReadOnlyList<Element> Row(string name, List<ReportSet> sets)
    {
        var metrics = sets.Select(s => s.Result.Find(name)).ToList();
        var first = metrics.First(m => m is not null)!;
        double reference = metrics.FirstOrDefault(m => m is { IsEvaluated: true })?.Score.Reference ?? double.NaN;
        int best = Best(metrics, first.Score.Better);
        var row = new List<Element>
        {
            Cell(Words.Label(name)).Add(El("code", "name", name), El("small", "", Words.DirectionText(first.Score.Better))),
            Cell(Words.Value(name, reference)),
        };
        for (int i = 0; i < metrics.Count; i++)
        {
            if (metrics[i] is not { IsEvaluated: true } metric)
            {
                row.Add(El("span", "muted", "not evaluated"));
                continue;
            }
            var cell = i == best ? El("strong", "best", "★ " + Words.Value(name, metric.Score.Value))
                : Cell(Words.Value(name, metric.Score.Value));
            if (Words.Interval(metric) is { Length: > 0 } interval) cell = El("span", "").Add(cell, El("small", "", interval));
            row.Add(cell);
        }
        return row;
    }

    private static int Best(List<MetricResult?> metrics, Direction better)
    {
        int best = -1;
        double bestLoss = double.PositiveInfinity;
        bool differ = false;
        for (int i = 0; i < metrics.Count; i++)
        {
            if (metrics[i] is not { IsEvaluated: true } metric || double.IsNaN(metric.Score.Value)) continue;
            double loss = better switch
            {
                Direction.Higher => -metric.Score.Value,
                Direction.Lower => metric.Score.Value,
                _ => Math.Abs(metric.Score.Value - metric.Score.Reference),
            };
            differ |= best >= 0 && loss != bestLoss;
            if (loss < bestLoss) (best, bestLoss) = (i, loss);
        }
        return differ ? best : -1;
    }

    private static Element? Columns(List<ReportSet> sets, int most)
    {
        var shapes = sets.Select(s => s.Result.Columns.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.First())).ToList();
        var names = shapes.SelectMany(s => s.Keys).Distinct()
            .OrderBy(name => shapes.Min(s => s.TryGetValue(name, out var c) ? c.Shape : double.PositiveInfinity)).Take(most).ToList();
        if (names.Count == 0) return null;
        List<string> header = ["column", ">real", .. sets.Select(s => ">" + View.Name(s.Name))];
        return Table("Columns of the lowest shape in any set", header, names.Select(name =>
        {
            var row = new List<Element> { Cell(View.Name(name)) };
            var any = shapes.First(s => s.ContainsKey(name))[name];
            row.Add(Cell(Words.Number(any.ShapeReference)));
            foreach (var shape in shapes) row.Add(Cell(shape.TryGetValue(name, out var c) ? Words.Number(c.Shape) : "–"));
            return (IReadOnlyList<Element>)row;
        }));
    }
}
