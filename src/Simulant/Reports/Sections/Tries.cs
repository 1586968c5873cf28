using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>The engines that <c>auto</c> tried, and what spoke for the one it took.</summary>
internal static class Tries
{
    public static Element? Of(View view)
    {
        if (view.Model.Run is not { Tries.Count: > 0 } run) return null;
        var section = Section(view.Id("tries"), "Engines tried",
            "Each engine learned from a part of the training rows and was judged by the rest of them; the held-out rows took no part. "
            + "Engines with plain signs of memory give way. Of those whose detection interval reaches the least, the greatest "
            + "transfer ratio wins. The one chosen then learned from all training rows.");
        var metrics = run.Tries.SelectMany(t => t.Figures.Select(f => f.Key)).Distinct(StringComparer.Ordinal).ToList();
        List<string> header = ["engine", "outcome", .. metrics.Select(m => ">" + Words.Label(m))];
        section.Add(Table("Engines tried", header, run.Tries.Select(one =>
        {
            var row = new List<Element>
            {
                one.Chosen ? El("strong", "best", "★ " + View.Name(one.Engine)) : Cell(View.Name(one.Engine)),
                Cell(one.Chosen ? $"chosen; {one.Outcome}" : one.Outcome),
            };
            foreach (string metric in metrics)
                row.Add(Cell(Words.Value(metric, one.Figures.Where(f => f.Key == metric).Select(f => f.Value)
                    .DefaultIfEmpty(double.NaN).First())));
            return (IReadOnlyList<Element>)row;
        })));
        return section;
    }
}
