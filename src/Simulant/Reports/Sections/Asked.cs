using System.Globalization;
using Simulant.Provenance;
using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>The language models that were asked, and what became of every attempt.</summary>
internal static class Asked
{
    public static Element? Of(View view)
    {
        if (view.Model.Run is not { Asked: { } asked }) return null;
        var section = Section(view.Id("asked"), "Models asked",
            "Every answer was kept before anyone used it. Attempts are candidates, or parts of one where a step makes several records; "
            + "each ends accepted, rejected by a rule, failed by a fault, or surplus. attempts.jsonl lists them, history.jsonl says how "
            + "each record came to be.");
        section.Add(Table("Language models", ["name", "model", "licence of its answers", ">answers used", ">tokens asked",
            ">tokens answered", ">cost"], asked.Models.Select(m => (IReadOnlyList<Element>)
            [
                Cell(View.Name(m.Name)),
                Cell(View.Name(m.Revision.Length > 0 ? $"{m.Model} ({m.Revision})" : m.Model) + $", via {m.Provider}"),
                Cell(m.License is { } terms ? View.Name(terms) : "not stated"), Cell(Words.Count(m.Answers)),
                Cell(Words.Count(m.InputTokens)), Cell(Words.Count(m.OutputTokens)),
                Cell(m.Cost == 0 ? "–" : m.Cost.ToString("0.####", CultureInfo.InvariantCulture)),
            ])));
        long all = asked.Attempts.Sum(a => a.Count);
        section.Add(Table($"What became of {Words.Count(all)} attempts", ["end", "by rule", "in step", ">attempts", ">share"],
            asked.Attempts.Take(view.Budget.Lines).Select(a => (IReadOnlyList<Element>)
            [
                Cell(a.End), Cell(Told(a.Rule)), Cell(Told(a.Step)), Cell(Words.Count(a.Count)),
                Cell(Words.Percent((double)a.Count / all)),
            ]), compact: true));
        if (asked.Prompts.Count == 0) return section;
        var prompts = El("div");
        foreach (var prompt in asked.Prompts.Take(view.Budget.Lines))
        {
            prompts.Add(El("p", "", $"{View.Name(prompt.Step)}, asked of {View.Name(prompt.Model)}"));
            if (prompt.System is { } system) prompts.Add(El("pre", "said", Lines(system)));
            prompts.Add(El("pre", "said", Lines(prompt.Prompt)));
        }
        return section.Add(Folded("What they were asked", prompts));
    }

    private static string Told(string text) => text.Length == 0 ? "" : View.Name(text);

    private static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => PlainText.OneLine(line.Replace('\t', ' '), 2000)));
}
