using Simulant.Provenance;
using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Verdict, gates, the key figures and the table of all figures.</summary>
internal static class Overview
{
    private static readonly string[] Key =
    [
        MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection, MetricNames.TransferRatio, MetricNames.Recall,
        MetricNames.TailRecall, MetricNames.DcrQ02, MetricNames.Leak,
        MetricNames.SceneFaults, MetricNames.SceneCoverage, MetricNames.ImagesFrechet, MetricNames.ImagesCoverage,
    ];

    private static readonly (string Prefix, string Title)[] Groups =
    [
        ("fidelity.", "Fidelity: are single columns and pairs alike?"),
        ("tails.", "Tails: is the rare kept?"),
        ("diversity.", "Diversity: is the whole range covered, and nothing else?"),
        ("detection.", "Detection: can a judge tell the rows apart? 0.5 is a coin's guess"),
        ("utility.", "Utility: does a model trained on it work on real rows?"),
        ("fairness.", "Groups: the one furthest off among all protected groups"),
        ("text.", "Texts"),
        ("memory.", "Memory: diagnostics of copying"),
        ("attack.", "Attacks: what can be told of who was in the training rows"),
        ("constraints.", "Rules"),
        ("scenes.", "Frames: are labels true, and is everything shown that was to be shown?"),
        ("images.", "Pictures: how do they look, and do they look like real ones?"),
    ];

    public static Element Verdict(ReportSet set)
    {
        (string css, string mark) = set.Verdict switch
        {
            Provenance.Verdict.Passed => ("good", "✓"),
            Provenance.Verdict.Rejected => ("bad", "✕"),
            _ => ("neutral", "○"),
        };
        int passed = set.Gates.Count(g => g.Outcome == GateOutcome.Passed);
        int failed = set.Gates.Count(g => g.Outcome == GateOutcome.Failed);
        int open = set.Gates.Count - passed - failed;
        string detail = set.Gates.Count == 0
            ? "No gate was set, so nothing was accepted or refused: judge by the figures and their references."
            : $"{passed} of {set.Gates.Count} gates passed"
                + (failed > 0 ? $", {failed} failed" : "") + (open > 0 ? $", {open} not evaluated" : "") + ".";
        var box = El("div", "verdict").Class(css).With("role", "status");
        box.Add(El("span", "mark", mark).With("aria-hidden", "true"));
        return box.Add(El("div", "").Add(El("strong", "", Words.VerdictText(set.Verdict)), El("p", "", detail)));
    }

    public static Element? GateTable(View view)
    {
        if (view.Set.Gates.Count == 0) return null;
        return Table("Gates", ["metric", "gate", ">tested", ">bound", "result"], view.Set.Gates.Select(g => (IReadOnlyList<Element>)
        [
            Cell(Words.Label(g.Gate.Metric)).Add(El("code", "name", g.Gate.Metric)),
            El("code", "", g.Gate.Text),
            Cell(Words.Value(g.Gate.Metric, g.Tested)),
            Cell(Words.Value(g.Gate.Metric, g.Bound)),
            Outcome(g),
        ]));
    }

    private static Element Outcome(GateResult gate)
    {
        (string css, string text) = gate.Outcome switch
        {
            GateOutcome.Passed => ("good", "✓ passed"),
            GateOutcome.Failed => ("bad", "✕ failed"),
            _ => ("neutral", "○ not evaluated"),
        };
        return El("span", "").Add(El("span", "pill " + css, text), El("small", "", gate.Reason));
    }

    /// <summary>A warning that does not wait for a gate; null where there is nothing to warn of.</summary>
    public static Element? MemoryWarning(View view)
    {
        var signs = view.Result.Metrics.Where(m => Words.SignOfMemory(m) is not null).ToList();
        if (signs.Count == 0) return null;
        var list = El("ul", "");
        foreach (var metric in signs) list.Add(El("li", "", $"{Words.Label(metric.Name)}: {Words.SignOfMemory(metric)}"));
        return El("div", "warning").Add(El("strong", "", "Signs of memory"),
            El("p", "", "Beyond their intervals, these figures say that synthetic rows lean on training rows more than held-out rows do:"),
            list);
    }

    /// <summary>A metric by its label, with the name that specs use.</summary>
    public static Element MetricName(string name, Direction better) => Cell(Words.Label(name)).Add(El("span", "name")
        .Add(El("code", "", name), Cell(" · " + Words.DirectionText(better))));

    public static Element Tiles(View view)
    {
        var tiles = El("div", "tiles");
        foreach (string name in Key)
            if (view.Result.Find(name) is { } metric) tiles.Add(Tile(metric));
        return tiles;
    }

    private static Element Tile(MetricResult metric)
    {
        var standing = Words.StandingOf(metric);
        var tile = El("div", "tile " + standing.Kind).Add(El("div", "label", Words.Label(metric.Name)));
        if (!metric.IsEvaluated)
            return tile.Add(El("div", "value muted", "not evaluated"), El("div", "small", metric.NotEvaluated!));
        tile.Add(El("div", "value", Words.Value(metric.Name, metric.Score.Value)));
        string reference = double.IsNaN(metric.Score.Reference) ? "no reference"
            : (metric.Name.StartsWith("scenes.", StringComparison.Ordinal) ? "expected " : "real ") + Words.Value(metric.Name,
            metric.Score.Reference);
        tile.Add(El("div", "small", reference));
        return tile.Add(El("div", "standing", Sign(standing) + " " + standing.Text));
    }

    private static string Sign(Standing standing) => standing.Kind switch
    {
        "same" => "≈",
        "better" => "▲",
        "worse" => "▼",
        _ => "·",
    };

    /// <summary>Every figure, by group, with its interval drawn beside the numbers.</summary>
    public static Element Figures(View view)
    {
        bool frames = view.Model.Scenes is not null;
        string other = frames ? "reference" : "real";
        var section = Section(view.Id("figures"), "All figures", frames
            ? "Each figure of the frames (disc, with its 95 % interval where it is estimated) beside what it is held against (upright "
                + "tick): "
                + "what the world's own distributions lead to expect, or, of pictures, the same figure of held-out real ones where the "
                    + "spec "
                + "names a set of these."
            : view.HasHoldout
                ? "Each figure of the synthetic rows (disc, with its 95 % interval where it is estimated) beside the same figure of "
                    + "held-out "
                + "real rows (upright tick). What a fresh sample of real rows would get is the aim, not perfection."
            : "No real rows were held out: the figures stand without their reference.");
        var rows = new List<IReadOnlyList<Element>>();
        foreach (var (prefix, title) in Groups)
            AddGroup(rows, title, view, m => m.Name.StartsWith(prefix, StringComparison.Ordinal));
        AddGroup(rows, "Others", view, m => !Groups.Any(g => m.Name.StartsWith(g.Prefix, StringComparison.Ordinal)));
        return section.Add(Table("Figures", ["metric", ">value", ">" + other, "value and " + other, "95 % interval",
            "standing", ">n"], rows));
    }

    private static void AddGroup(List<IReadOnlyList<Element>> rows, string title, View view, Func<MetricResult, bool> belongs)
    {
        var metrics = view.Result.Metrics.Where(belongs).ToList();
        if (metrics.Count == 0) return;
        rows.Add([Cell(title)]);
        foreach (var metric in metrics) rows.Add(FigureRow(metric, view));
    }

    private static IReadOnlyList<Element> FigureRow(MetricResult metric, View view)
    {
        var name = MetricName(metric.Name, metric.Score.Better);
        if (!metric.IsEvaluated)
        {
            return [name, El("span", "muted", "not evaluated"), Cell(""), Cell(""), Cell(""),
                El("span", "muted", metric.NotEvaluated!), Cell("")];
        }
        var s = metric.Score;
        var standing = Words.StandingOf(metric);
        var gates = view.Set.Gates.Where(g => g.Gate.Metric == metric.Name && g.Outcome != GateOutcome.NotEvaluated).ToList();
        var judged = El("span", "stand " + standing.Kind, $"{Sign(standing)} {standing.Text}");
        if (gates.Count > 0)
            judged.Add(El("small", "", gates.All(g => g.Outcome == GateOutcome.Passed) ? "gate passed" : "gate failed"));
        return
        [
            name,
            El("strong", "", Words.Value(metric.Name, s.Value)),
            Cell(Words.Value(metric.Name, s.Reference)),
            Bars.Interval(s.Low, s.Value, s.High, s.Reference,
                $"{Words.Label(metric.Name)}: {Words.Value(metric.Name, s.Value)}, "
                + $"{(metric.Name.StartsWith("scenes.", StringComparison.Ordinal) ? "expected" : "real")} "
                + Words.Value(metric.Name, s.Reference)),
            Cell(Words.Interval(metric) is { Length: > 0 } interval ? interval : "exact"),
            judged,
            Cell(Words.Count(s.Count)),
        ];
    }
}
