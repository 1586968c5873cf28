using System.Globalization;
using Simulant.Provenance;
using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Tails, memory diagnostics, rules, what was not checked, and how it was made.</summary>
internal static class SafetySections
{
    public static Element? Tails(View view)
    {
        if (view.Result.Tails.Count == 0) return null;
        var section = Section(view.Id("tails"), "Tails",
            "Of values that are rare in the training rows (levels, single values and extremes of numbers), the share that still occurs in "
            + "as many rows as were held out. Held-out rows miss some of the rare too, which is why they stand beside (upright tick).");
        return section.Add(Table("Recall of rare values", ["times in training", ">values", "still there", ">synthetic", ">held-out"],
            view.Result.Tails.Select(t => (IReadOnlyList<Element>)
            [
                Cell(t.From == t.To ? Words.Count(t.From) : t.To == int.MaxValue ? $"{Words.Count(t.From)} and more"
                    : $"{Words.Count(t.From)} to {Words.Count(t.To)}"),
                Cell(Words.Count(t.Values)),
                Bars.Share(t.Synthetic, $"{Words.Percent(t.Synthetic)} still there", t.Holdout),
                El("strong", "", Words.Percent(t.Synthetic)), Cell(Words.Percent(t.Holdout)),
            ]), compact: true));
    }

    public static Element? Memory(View view)
    {
        var metrics = view.Result.Metrics.Where(m => m.Name.StartsWith("memory.", StringComparison.Ordinal)
            || m.Name.StartsWith("attack.", StringComparison.Ordinal)).ToList();
        if (view.Result.Rows.Training == 0 || (metrics.Count == 0 && view.Result.Dcr is null)) return null;
        var section = Section(view.Id("memory"), "Memory and membership: diagnostics",
            "These figures can show that training rows were memorised. They cannot show that none were: they are diagnostics, no "
            + "guarantee of privacy, and none is claimed.");
        if (view.Result.Dcr is not { } dcr) return section.Add(Note("The curve of distances to the closest record was not evaluated."));
        var parts = El("div", "maps");
        parts.Add(El("div", "map").Add(El("h3", "", "Distance to the closest training record"), LineCharts.Dcr(dcr),
            Key(("syn", "synthetic"), ("hold", "holdout"), ("ideal", "fresh sample"))));
        parts.Add(El("div", "map wide").Add(Table("Rows nearer to a training row than the holdout's own quantiles",
            ["quantile of the holdout", ">distance", ">synthetic", ">holdout", ">fresh sample"],
            dcr.Levels.Select((level, i) => (IReadOnlyList<Element>)
            [
                Cell(Words.Percent(level)), Cell(Words.Number(At(dcr.Thresholds, i))),
                At(dcr.Synthetic, i) is var share && double.IsNaN(share)
                    ? El("span", "muted", "not evaluated") : El("strong", "", Words.Percent(share)),
                Cell(Words.Percent(At(dcr.Holdout, i))), Cell(Words.Percent(level)),
            ])), Note("A line above the diagonal on the left means synthetic rows crowd around training rows. A quantile of distance 0 "
                + "(held-out rows that equal training rows) tells nothing and is not evaluated.")));
        return section.Add(parts);
    }

    private static double At(IReadOnlyList<double> values, int i) => i < values.Count ? values[i] : double.NaN;

    public static Element? Rules(View view)
    {
        var checks = view.Result.Constraints;
        var run = view.Model.Run;
        bool rejected = run is { Rejections.Count: > 0 };
        if (checks.Count == 0 && !rejected) return null;
        var section = Section(view.Id("rules"), "Rules and rejected candidates",
            "How many rows break each rule, and how many candidates were drawn and thrown away before all rows kept every rule.");
        if (checks.Count > 0)
        {
            var rows = view.Result.Rows;
            List<string> header = ["rule", ">synthetic"];
            if (rows.Training > 0) header.Add(">training");
            if (rows.Holdout > 0) header.Add(">held-out");
            section.Add(Table("Rows that break a rule", header, checks.OrderByDescending(c => c.Synthetic).Take(view.Budget.Lines)
                .Select(c =>
                {
                    var row = new List<Element> { El("code", "", PlainText.OneLine(c.Rule, 200)), Broken(c.Synthetic) };
                    if (rows.Training > 0) row.Add(Broken(c.Training));
                    if (rows.Holdout > 0) row.Add(Broken(c.Holdout));
                    return (IReadOnlyList<Element>)row;
                })));
            AddLeftOut(section, checks.Count, view.Budget.Lines, "rules");
        }
        if (run is null) return section;
        section.Add(Note($"{Words.Count(run.RequestedRows)} rows were asked for and {Words.Count(run.Rows)} delivered."
            + (rejected ? "" : " No candidate was rejected.")));
        if (!rejected) return section;
        section.Add(Table("Candidates drawn and rejected, by rule", ["rule", ">rejected", ">per delivered row"],
            run.Rejections.OrderByDescending(r => r.Value).Take(view.Budget.Lines).Select(r => (IReadOnlyList<Element>)
            [
                El("code", "", PlainText.OneLine(r.Key, 200)), Cell(Words.Count(r.Value)),
                Cell(run.Rows > 0 ? Words.Number((double)r.Value / run.Rows) : "–"),
            ])));
        AddLeftOut(section, run.Rejections.Count, view.Budget.Lines, "rules");
        return section;
    }

    private static Element Broken(long count) => count switch
    {
        < 0 => El("span", "muted", "not counted"),
        0 => Cell("0"),
        _ => El("strong", "", Words.Count(count)),
    };

    private static void AddLeftOut(Element section, int all, int shown, string what)
    {
        if (all > shown) section.Add(Note($"{Words.Count(all - shown)} more {what} are in report.json."));
    }

    public static Element NotChecked(View view)
    {
        var section = Section(view.Id("not-checked"), "What was not checked", "");
        var all = view.Result.NotChecked.Select(n => (View.Name(n.What), n.Reason))
            .Concat(view.Result.Metrics.Where(m => !m.IsEvaluated).Select(m => (m.Name, m.NotEvaluated!)))
            .ToList();
        // A run repeats in sentences what its validation said, and may add to it.
        var said = view.Result.NotChecked.Select(n => $"{n.What}: {n.Reason}").ToHashSet(StringComparer.Ordinal);
        all.AddRange((view.Model.Run?.NotChecked ?? []).Where(text => !said.Contains(text)).Select(text => ("", text)));
        all = [.. all.Distinct()];
        if (all.Count == 0) section.Add(Note("Every column and every figure that applies was evaluated."));
        else
        {
            section.Add(Table("Left out, and why", ["what", "why"], all.Take(view.Budget.Lines)
                .Select(n => (IReadOnlyList<Element>)[Cell(n.Item1), Cell(n.Item2)])));
            AddLeftOut(section, all.Count, view.Budget.Lines, "entries");
        }
        return section.Add(Note("Never checked by any figure here: whether the real data was right, complete or fair to begin with, and "
            + "what the real table does not hold."));
    }

    public static Element Origin(ReportModel model)
    {
        var section = Section("origin", "How it was made, and how to make it again", "");
        section.Add(El("pre", "").Add(El("code", "", model.Command)));
        var facts = El("dl", "facts");
        void Fact(string name, string value)
        {
            facts.Add(El("div", "").Add(El("dt", "", name), El("dd", "", value)));
        }
        Fact("program", "Simulant " + model.ProgramVersion);
        if (model.Run is { } run)
        {
            Fact(run.MakerWord, run.Engine);
            foreach (var (name, value) in run.EngineOptions.Take(40)) Fact(PlainText.Name(name, 40), PlainText.OneLine(value, 120));
            Fact("fit seed", run.FitSeed.ToString(CultureInfo.InvariantCulture));
            Fact("sample seed", run.SampleSeed.ToString(CultureInfo.InvariantCulture));
            Fact("digest of the rows", run.Digest);
            Fact("specification", "sha256 " + run.SpecSha256);
            foreach (var input in run.Inputs.Take(40)) Fact($"{input.Role}: {PlainText.Name(input.Name, 60)}", "sha256 " + input.Sha256);
            foreach (var parent in run.Parents.Take(40)) Fact("parent: " + PlainText.Name(parent.Name, 60), parent.ManifestSha256);
            Fact("generation", run.Generation.ToString(CultureInfo.InvariantCulture));
            Fact("media label", MediaLabel.Of(run));
            if (run.InstructionSet.Length > 0) Fact("vector instructions", run.InstructionSet);
        }
        section.Add(facts);
        foreach (string note in model.Run?.Notes.Take(40) ?? []) section.Add(Note(note));
        return section;
    }
}
