using Simulant.Provenance;
using Simulant.Reports.Markup;
using Simulant.Reports.Sections;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports;

/// <summary>
/// <c>report.html</c>: one static file with inline style and inline SVG. It runs nothing, fetches nothing, reads as XML too, follows
/// the reader's light or dark scheme, prints, and stays under <see cref="MaxBytes"/> whatever it reports on.
/// </summary>
public static class HtmlReport
{
    public const string FileName = "report.html";

    /// <summary>2 MB; what does not fit is left out and counted.</summary>
    public const int MaxBytes = 2_000_000;

    /// <summary>The whole file, UTF-8.</summary>
    public static byte[] Write(ReportModel model)
    {
        if (model.Sets.Count == 0) throw new ArgumentException("a report needs a set", nameof(model));
        for (double share = 1.0 / model.Sets.Count; ; share /= 2)
        {
            byte[] page = Page(model, new Budget(share));
            if (page.Length <= MaxBytes || share < 1e-3) return page;
        }
    }

    private static byte[] Page(ReportModel model, Budget budget)
    {
        var main = El("main");
        if (model.Sets.Count == 1) AddSet(main, new View(model, model.Sets[0], "", budget));
        else AddSets(main, model, budget);
        main.Add(SafetySections.Origin(model));
        return StaticPage.Write($"{PlainText.Name(model.Title)}: synthetic data report", [Header(model), Navigation(model), main],
            model.ProgramVersion, signed: true, pictures: model.Scenes is not null);
    }

    private static Element Header(ReportModel model)
    {
        var rows = model.Sets[0].Result.Rows;
        var header = El("header").Add(El("p", "kicker", "Synthetic data report"), El("h1", "", PlainText.Name(model.Title, 120)));
        if (model.Run?.Description is { Length: > 0 } description) header.Add(El("p", "lead", PlainText.OneLine(description, 600)));
        var facts = new List<string>();
        if (model.Run is { } run)
        {
            facts.Add($"{run.MakerWord} {run.Engine}");
            facts.Add($"{Words.Count(run.Rows)} {(run.IsScene ? "frames" : "rows")}");
            facts.Add($"{Words.Count(run.Schema.Columns.Count)} columns");
        }
        else facts.Add(model.Sets.Count == 1 ? $"{Words.Count(rows.Synthetic)} rows" : $"{model.Sets.Count} sets");
        if (rows.Training > 0) facts.Add($"{Words.Count(rows.Training)} training rows");
        if (model.Run is not { IsScene: true })
            facts.Add(rows.Holdout > 0 ? $"{Words.Count(rows.Holdout)} held-out rows" : "no held-out rows");
        var list = El("ul", "meta");
        foreach (string fact in facts) list.Add(El("li", "", fact));
        return header.Add(list);
    }

    private static void AddSet(Element main, View view)
    {
        var top = El("section").Id(view.Id("verdict")).With("aria-label", "Verdict and key figures");
        top.Add(Overview.Verdict(view.Set), Overview.GateTable(view), Overview.Tiles(view), Overview.MemoryWarning(view));
        main.Add(top);
        main.Add(Overview.Figures(view));
        main.Add(Refinement.Of(view));
        main.Add(Tries.Of(view));
        main.Add(Asked.Of(view));
        foreach (var section in SceneSections.Of(view)) main.Add(section);
        main.Add(Training.Of(view));
        main.Add(ColumnSections.Columns(view));
        main.Add(ColumnSections.Pairs(view));
        main.Add(SafetySections.Tails(view));
        main.Add(ModelSections.Embedding(view));
        main.Add(ModelSections.Detection(view));
        main.Add(ModelSections.Utility(view));
        main.Add(GroupSections.Of(view));
        main.Add(SafetySections.Memory(view));
        main.Add(AttackSections.Of(view));
        main.Add(SafetySections.Rules(view));
        main.Add(SafetySections.NotChecked(view));
    }

    private static void AddSets(Element main, ReportModel model, Budget budget)
    {
        main.Add(Comparison.Of(model, 20));
        for (int i = 0; i < model.Sets.Count; i++)
        {
            var set = El("section", "set").Id($"set{i}");
            set.Add(El("h2", "set-name", PlainText.Name(model.Sets[i].Name)));
            var inside = El("div", "");
            AddSet(inside, new View(model, model.Sets[i], $"s{i}-", budget));
            main.Add(set.Add(Folded("Everything measured of this set", inside)));
        }
    }

    private static Element Navigation(ReportModel model)
    {
        var list = El("ul");
        void Link(string id, string text) => list.Add(El("li").Add(El("a").With("href", "#" + id).Text(text)));
        if (model.Sets.Count > 1)
        {
            Link("comparison", "Side by side");
            for (int i = 0; i < Math.Min(12, model.Sets.Count); i++) Link($"set{i}", PlainText.Name(model.Sets[i].Name, 24));
            Link("origin", "Origin");
            return El("nav").With("aria-label", "Contents").Add(list);
        }
        var result = model.Sets[0].Result;
        Link("verdict", "Verdict");
        Link("figures", "Figures");
        if (model.Run is { Tries.Count: > 0 }) Link("tries", "Tries");
        if (model.Run is { Asked: not null }) Link("asked", "Models asked");
        if (model.Scenes is not null)
        {
            Link("frames", "Frames");
            Link("parameters", "Parameters");
            Link("classes", "Classes");
        }
        if (model.Training is not null) Link("training", "Training");
        if (model.Unrefined is not null) Link("refinement", "Refinement");
        if (result.Columns.Count > 0) Link("columns", "Columns");
        if (result.Trends is { Names.Count: > 1 }) Link("pairs", "Pairs");
        if (result.Tails.Count > 0) Link("tails", "Tails");
        if (result.Scatter is not null) Link("embedding", "Embedding");
        if (result.Detection.Count > 0) Link("detection", "Detection");
        if (result.Utility is not null) Link("utility", "Utility");
        if (result.Fairness is not null) Link("groups", "Groups");
        if (result.Dcr is not null) Link("memory", "Memory");
        if (result.Attacks is not null) Link("attacks", "Attacks");
        if (result.Constraints.Count > 0 || model.Run is { Rejections.Count: > 0 }) Link("rules", "Rules");
        Link("not-checked", "Not checked");
        Link("origin", "Origin");
        return El("nav").With("aria-label", "Contents").Add(list);
    }
}
