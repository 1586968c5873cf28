using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Figures with and without the choice of rows (<c>refine</c>), and what the choice cost in memory.</summary>
internal static class Refinement
{
    public static Element? Of(View view)
    {
        if (view.Model.Unrefined is not { } drawn) return null;
        var section = Section(view.Id("refinement"), "With and without refinement",
            "The rows were chosen from a larger draw so that their counts match those of the training part. Beside them stand as many "
            + "rows of the same model as they were drawn. Both are judged against the same held-out rows.");
        List<ReportSet> sets = [view.Set with { Name = "refined" }, new ReportSet("as drawn", drawn, [])];
        section.Add(Comparison.Figures("Figures with and without refinement", sets, [.. drawn.Metrics.Select(m => m.Name)]));
        var before = drawn.SignsOfMemory.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var added = view.Set.Result.SignsOfMemory.Where(m => drawn.Find(m.Name) is { IsEvaluated: true } && !before.Contains(m.Name))
            .Select(m => Words.Label(m.Name)).ToList();
        return section.Add(Note(added.Count == 0
            ? "Refinement added no sign of memory that the rows as drawn had not."
            : $"Refinement cost memory: {string.Join(", ", added)} fell behind a fresh real sample, and had not in the rows as drawn."));
    }
}
