using System.Globalization;
using Simulant.Data;
using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>How the model was trained, epoch by epoch.</summary>
internal static class Training
{
    private const int MostEvents = 12;

    public static Element? Of(View view)
    {
        if (view.Model.Training is not { } curve) return null;
        var section = Section(view.Id("training"), "Training",
            string.Create(CultureInfo.InvariantCulture, $"{curve.Epochs} epochs; kept are the weights of {Kept(curve)}. ")
            + $"Training ended because {curve.Ending}. Rows kept aside for it are training rows; the held-out rows took no part.");
        var maps = El("div", "maps");
        foreach (var kind in (SeriesKind[])[SeriesKind.Loss, SeriesKind.Diagnostic])
            foreach (var chunk in curve.Series.Where(s => s.Kind == kind).Chunk(TrainingChart.Lines.Count))
            {
                string title = kind == SeriesKind.Loss ? "Losses by epoch" : "Diagnostics by epoch";
                var names = chunk.Select(s => View.Name(s.Name)).ToList();
                maps.Add(El("div", "map curve").Add(El("h3", "", title),
                    TrainingChart.Of($"{title}: {string.Join(", ", names)}.", curve, chunk),
                    Key(names.Select((name, i) => (TrainingChart.Swatches[i], name)))));
            }
        section.Add(maps, Numbers(curve));
        return section.Add(Events(curve));
    }

    private static string Kept(TrainingCurve curve) => curve.Kept == 0 ? "the beginning" : "epoch " + Words.Count(curve.Kept);

    private static Element Numbers(TrainingCurve curve) => Table("Training in numbers", ["measure", ">first", ">kept", ">last"],
        curve.Series.Select(s => (IReadOnlyList<Element>)
        [
            Cell(View.Name(s.Name)), Cell(Words.Number(s.Values.FirstOrDefault(double.IsFinite, double.NaN))),
            El("strong", "", Words.Number(s.Values[curve.Kept])), Cell(Words.Number(s.Values[^1])),
        ]), compact: true);

    /// <summary>Warnings first; what is left out is counted.</summary>
    private static Element? Events(TrainingCurve curve)
    {
        if (curve.Events.Count == 0) return null;
        var box = El("div", curve.HasWarnings ? "warning" : "");
        var list = El("ul");
        foreach (var (epoch, text) in curve.Events
            .OrderBy(e => !e.Text.StartsWith(TrainingCurve.Warning, StringComparison.Ordinal)).Take(MostEvents))
            list.Add(El("li", "small", string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}: {text}")));
        if (curve.Events.Count > MostEvents) list.Add(El("li", "small", $"and {curve.Events.Count - MostEvents} more"));
        return box.Add(list);
    }
}
