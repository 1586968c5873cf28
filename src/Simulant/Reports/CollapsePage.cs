using System.Globalization;
using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using Simulant.Validation.Collapse;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports;

/// <summary>Values of real rows by their count there, and what a generation has of them: see <see cref="SurvivalBand"/>.</summary>
/// <param name="Name">"5 to 9 rows".</param>
public sealed record CollapseBand(string Name, int From, int To, int Values, double Recall, double Law);

/// <summary>A generation's figures against the real rows that the first one was learned from; NaN where there are none.</summary>
/// <param name="Generation">From 1.</param>
/// <param name="Shapes"><c>fidelity.shapes</c>; likewise the others.</param>
public sealed record CollapseGeneration(int Generation, IReadOnlyList<CollapseBand> Bands, double Entropy, double Pairs, double Tails,
    double Shapes, double Trends, double Recall, double Duplicates)
{
    internal static CollapseGeneration Of(
        int generation, GenerationFigures found, double shapes, double trends, double recall, double duplicates) =>
        new(generation, [.. found.Bands.Select(b => new CollapseBand(NameOf(b), b.From, b.To, b.Values, b.Recall, b.Law))], found.Entropy,
            found.Pairs, found.Tails, shapes, trends, recall, duplicates);

    private static string NameOf(SurvivalBand band) => band.To == int.MaxValue ? $"{band.From} rows or more"
        : band.From == band.To ? $"{band.From} row{(band.From == 1 ? "" : "s")}" : $"{band.From} to {band.To} rows";
}

/// <summary>What becomes of data that is learned from data that was itself made: <c>simulant collapse</c>.</summary>
/// <param name="Engine">Its name, or "rows drawn again" where there is none.</param>
/// <param name="Mode">replace, accumulate or anchor:SHARE.</param>
/// <param name="Rows">Of the real training part, and of each generation.</param>
/// <param name="Fresh">The same figures of held-out real rows, as many as there are.</param>
public sealed record CollapseCourse(string Name, string Engine, string Mode, int Rows, CollapseGeneration Fresh,
    IReadOnlyList<CollapseGeneration> Generations);

/// <summary>The page of a collapse: one static file, as <see cref="HtmlReport"/> is.</summary>
public static class CollapsePage
{
    private const double Width = 340, Height = 190, Left = 40, Right = 12, Top = 12, Bottom = 34;

    public static byte[] Write(CollapseCourse course, string version)
    {
        var header = El("header").Add(El("p", "kicker", "Generations learned from generations"), El("h1", "", PlainName(course)),
            El("p", "lead", $"{course.Engine}, mode {course.Mode}: {Words.Count(course.Rows)} rows in each generation, every figure "
                + "against the real rows that the first was learned from."));
        var main = El("main").Add(Survival(course), Figures(course), Numbers(course));
        return StaticPage.Write($"{PlainName(course)}: generations", [header, main], version);
    }

    private static string PlainName(CollapseCourse course) => Provenance.PlainText.Name(course.Name, 120);

    private static Element Survival(CollapseCourse course)
    {
        var section = Section("survival", "Do rare values survive?", "Values by how many real rows have them: the share that each "
            + "generation still has, and what chance alone would have left where rows are drawn one by one.");
        var charts = El("div", "maps");
        for (int b = 0; b < course.Fresh.Bands.Count; b++)
        {
            var band = course.Fresh.Bands[b];
            if (band.Values == 0) continue;
            string name = $"{band.Name}: {Words.Count(band.Values)} values";
            charts.Add(El("div", "map").Add(El("h3", "", name), Chart(name, course.Generations,
                [("syn-line", g => g.Bands[b].Recall), ("holdout-line", g => g.Bands[b].Law)])));
        }
        return section.Add(charts, El("p", "note", "Strong line: found in the generation. Dotted: by chance alone."));
    }

    private static Element Figures(CollapseCourse course) => Section("figures", "What else is lost",
        "Entropy of levels and pairs of levels beside the real rows' own; shapes and trends as in every report.")
        .Add(El("div", "maps").Add(
            El("div", "map").Add(El("h3", "", "entropy (strong), pairs of levels (dotted)"),
                Chart("Entropy and pairs", course.Generations, [("syn-line", g => g.Entropy), ("holdout-line", g => g.Pairs)])),
            El("div", "map").Add(El("h3", "", "shapes (strong), trends (dotted)"), Chart("Shapes and trends", course.Generations,
                [("syn-line", g => g.Shapes), ("holdout-line", g => g.Trends)]))));

    private static Element Numbers(CollapseCourse course)
    {
        string[] header = ["generation", .. course.Fresh.Bands.Where(b => b.Values > 0).Select(b => $">{b.Name}"), ">entropy",
            ">pairs", ">tails off by", ">shapes", ">trends", ">recall", ">duplicates"];
        List<Element> Row(CollapseGeneration g, string name) => [Cell(name),
            .. g.Bands.Where(b => b.Values > 0).Select(b => Cell(Words.Percent(b.Recall))), Cell(Words.Number(g.Entropy)),
            Cell(Words.Percent(g.Pairs)), Cell(Words.Percent(g.Tails)), Cell(Words.Number(g.Shapes)),
            Cell(Words.Number(g.Trends)), Cell(Words.Number(g.Recall)), Cell(Words.Percent(g.Duplicates))];
        return Section("numbers", "By generation", "").Add(Table("Figures by generation", header, [
            Row(course.Fresh, "held-out real rows"),
            .. course.Generations.Select(g => Row(g, g.Generation.ToString(CultureInfo.InvariantCulture)))]));
    }

    private static Element Chart(string label, IReadOnlyList<CollapseGeneration> generations,
        (string Css, Func<CollapseGeneration, double> Of)[] lines)
    {
        var chart = Svg.Chart(Width, Height, $"{label}, by generation");
        var x = new Scale(1, Math.Max(2, generations.Count), Left, Width - Right);
        var y = new Scale(0, 1.02, Height - Bottom, Top);
        foreach (double tick in Scale.Ticks(0, 1))
        {
            chart.Add(Svg.Line(Left, y[tick], Width - Right, y[tick], "grid"));
            chart.Add(Svg.Text(Left - 4, y[tick] + 3, Scale.Label(tick), "tick end"));
        }
        foreach (double tick in Scale.Ticks(1, generations.Count, 6).Where(t => t == Math.Round(t)))
            chart.Add(Svg.Text(x[tick], Height - Bottom + 13, Scale.Label(tick), "tick mid"));
        chart.Add(Svg.Line(Left, Height - Bottom, Width - Right, Height - Bottom, "axis"));
        foreach (var (css, of) in lines)
        {
            var path = new PathData();
            bool open = false;
            foreach (var g in generations)
            {
                if (!double.IsFinite(of(g))) continue;
                if (open) path.Line(x[g.Generation], y[of(g)]);
                else path.Move(x[g.Generation], y[of(g)]).Line(x[g.Generation], y[of(g)]);
                open = true;
            }
            chart.Add(Svg.Path(path, css));
        }
        return chart.Add(Svg.Text((Left + Width - Right) / 2, Height - 4, "generation", "axis-title mid"));
    }
}
