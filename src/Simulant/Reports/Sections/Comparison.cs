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
            "Every figure of every set, beside the same figure of held-out real rows. A star marks the set that alone comes nearest to a "
            + "fresh sample of real rows. Being better than real earns no star, and a set with a plain sign of memory earns none at all; "
            + "where intervals overlap, the order may be chance.");
        if (model.Sets.Count > sets.Count) section.Add(Note($"The first {sets.Count} of {model.Sets.Count} sets are shown here."));
        var names = sets.SelectMany(s => s.Result.Metrics.Select(m => m.Name)).Distinct().ToList();
        section.Add(Figures("Figures of all sets", sets, names));
        return section.Add(Columns(sets, worstColumns));
    }

    /// <summary>The named figures of each set beside those of real rows.</summary>
    public static Element Figures(string caption, List<ReportSet> sets, IReadOnlyList<string> names)
    {
        List<string> header = ["metric", ">real", .. sets.Select(s => ">" + View.Name(s.Name))];
        return Table(caption, header, names.Select(name => Row(name, sets)));
    }

    private static IReadOnlyList<Element> Row(string name, List<ReportSet> sets)
    {
        var metrics = sets.Select(s => s.Result.Find(name)).ToList();
        var first = metrics.First(m => m is not null)!;
        double reference = metrics.FirstOrDefault(m => m is { IsEvaluated: true })?.Score.Reference ?? double.NaN;
        int best = Best([.. metrics.Select((m, i) => IsCopier(sets[i]) ? null : m)], first.Score.Better);
        var row = new List<Element>
        {
            Overview.MetricName(name, first.Score.Better),
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
            cell = El("span", "").Add(cell);
            if (Words.Interval(metric) is { Length: > 0 } interval) cell.Add(El("small", "", interval));
            if (Words.SignOfMemory(metric) is { } sign)
                cell.Add(El("small", "stand worse", "▼ " + sign[(sign.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
            row.Add(cell);
        }
        return row;
    }

    // Perfect shapes are no merit in rows that were copied.
    private static bool IsCopier(ReportSet set) => set.Result.Metrics.Any(Words.IsPlainSignOfMemory);

    // The one set with the least loss, or -1 where several share it.
    private static int Best(List<MetricResult?> metrics, Direction better)
    {
        double[] losses = [.. metrics.Select(m => m is { IsEvaluated: true } ? Loss(m, better) : double.NaN)];
        double least = losses.Where(l => !double.IsNaN(l)).DefaultIfEmpty(double.NaN).Min();
        return losses.Count(l => !double.IsNaN(l)) > 1 && losses.Count(l => l == least) == 1 ? Array.IndexOf(losses, least) : -1;
    }

    // How far a figure falls short of a fresh sample. A judge's AUC is best at its reference from either side.
    private static double Loss(MetricResult metric, Direction better)
    {
        double value = metric.Score.Value, reference = metric.Score.Reference;
        bool eitherSide = better == Direction.Reference || metric.Name.StartsWith("detection.", StringComparison.Ordinal);
        if (eitherSide) return Math.Abs(value - reference);
        double shortfall = better == Direction.Higher ? reference - value : value - reference;
        return double.IsNaN(reference) ? better == Direction.Higher ? -value : value : Math.Max(0, shortfall);
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
