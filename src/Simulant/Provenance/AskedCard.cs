using System.Globalization;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>The card's part on language models that were asked: which, under what terms, with what words, and what became of it.</summary>
internal static class AskedCard
{
    private const int MostRules = 40, MostPrompts = 20, MostText = 2000;

    public static void Add(Markdown page, AskedModels asked)
    {
        page.Heading(2, "Models that were asked");
        page.Table(["name", "model", "licence of its answers", ">answers", ">tokens asked", ">tokens answered", ">cost"],
            asked.Models.Select(m => (IReadOnlyList<string>)
            [
                Markdown.Escape(m.Name),
                Markdown.Escape(m.Revision.Length > 0 ? $"{m.Model} ({m.Revision})" : m.Model) + $", via {m.Provider}",
                m.License is { } terms ? Markdown.Escape(terms, MostText) : "not stated",
                Number(m.Answers), Number(m.InputTokens), Number(m.OutputTokens),
                m.Cost == 0 ? "–" : m.Cost.ToString("0.####", CultureInfo.InvariantCulture),
            ]));
        page.Paragraph("Licence of what the recipe read: "
            + (asked.SourceLicense is { } source ? Markdown.Escape(source, MostText) : "not stated") + ".");
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{asked.Candidates:N0} candidates were begun. ")
            + "How their attempts ended (`attempts.jsonl` lists each, `history.jsonl` how each record came to be):");
        page.Table(["end", "rule", "step", ">attempts"], asked.Attempts.Take(MostRules).Select(a => (IReadOnlyList<string>)
            [a.End, Text(a.Rule), Text(a.Step), Number(a.Count)]));
        if (asked.Prompts.Count == 0) return;
        page.Heading(3, "What they were asked");
        foreach (var prompt in asked.Prompts.Take(MostPrompts))
        {
            page.Paragraph($"Step `{Plain(prompt.Step)}`, model `{Plain(prompt.Model)}`:");
            string said = prompt.System is { } system ? $"[system] {system}\n\n{prompt.Prompt}" : prompt.Prompt;
            page.CodeLines(said.Length > MostText ? said[..MostText] + "…" : said);
        }
        if (asked.Prompts.Count > MostPrompts)
            page.Paragraph($"And {asked.Prompts.Count - MostPrompts} more; `manifest.json` holds them all.");
    }

    private static string Text(string told) => told.Length == 0 ? "" : Markdown.Escape(told, MostText);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Plain(string name) => new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')]);
}
