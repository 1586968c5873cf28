using System.Globalization;
using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Sets of frames: pictures with their labels, how parameters fell out, which classes are seen.</summary>
internal static class SceneSections
{
    private const int Colours = 8, MostCells = 24;

    public static IEnumerable<Element> Of(View view)
    {
        if (view.Model.Scenes is not { } story) yield break;
        yield return Frames(view, story);
        if (story.Copies is { } sheet)
            yield return Section(view.Id("copies"), "Augmented copies",
            "Changed copies of frames, which lie in augmented/ as a set of their "
                + "own, with the labels that followed.").Add(El("div", "sheet").Add(Element.Picture(sheet, "augmented copies of frames")));
        yield return Parameters(view, story);
        yield return Classes(view, story);
    }

    private static Element Frames(View view, SceneStory story)
    {
        var section = Section(view.Id("frames"), "Frames",
            "Frames spread evenly over the set, each with the boxes and keypoints of what is counted, and with the masks of all that is "
                + "seen. "
            + "Both come of the same rays as the picture.");
        var kinds = story.Frames.SelectMany(f => f.Boxes).Select(b => (b.Class, b.Colour)).Distinct().OrderBy(k => k.Colour).ToList();
        section.Add(Key(kinds.Select(k => ($"k{k.Colour % Colours}", View.Name(k.Class)))));
        var grid = El("div", "frames");
        foreach (var frame in story.Frames)
        {
            grid.Add(Figure(Element.Picture(frame.Picture, $"frame {frame.Key}"), Overlay(frame), $"{frame.Key}, boxes"));
            grid.Add(Figure(Element.Picture(frame.Masks, $"masks of frame {frame.Key}"), null, $"{frame.Key}, masks"));
        }
        return section.Add(grid);
    }

    private static Element Figure(Element picture, Element? over, string caption) =>
        El("figure", "frame").Add(El("div", "stack").Add(picture).Add(over), El("figcaption", "", caption));

    private static Element Overlay(ShownFrame frame)
    {
        var drawing = Element.Of("svg").With("viewBox", $"0 0 {frame.Width} {frame.Height}").With("aria-hidden", "true");
        foreach (var box in frame.Boxes)
            drawing.Add(Svg.Rect(box.Left, box.Top, box.Width, box.Height, $"box k{box.Colour % Colours}")
                .Add(Element.Of("title").Text($"{box.Class}, {Words.Percent(box.Visibility)} seen")));
        foreach (var bone in frame.Bones) drawing.Add(Svg.Line(bone.FromX, bone.FromY, bone.ToX, bone.ToY, "bone"));
        return drawing;
    }

    private static Element Parameters(View view, SceneStory story)
    {
        var section = Section(view.Id("parameters"), "Parameters",
            "How what differs from frame to frame fell out: each distribution is cut into levels or parts of equal probability, and each "
                + "bar is "
            + "the number of draws that fell there; the mark across is the number expected.");
        section.Add(Table("Parameters of the world", ["parameter", "drawn", "draws by part", ">parts reached"], story.Parameters.Select(p =>
            (IReadOnlyList<Element>)[El("span").Add(Cell(View.Name(p.Name)),
            El("small", "", p.Meaning.Replace("`", "", StringComparison.Ordinal))),
                Cell(p.Law), Bars(p), Cell(string.Create(CultureInfo.InvariantCulture,
                    $"{p.Cells.Count(c => c.Count > 0)} of {p.Cells.Count(c => c.Expected > 0)}"))])));
        return section;
    }

    private static Element Bars(ShownParameter parameter)
    {
        const double height = 34, step = 14;
        var cells = parameter.Cells.Take(MostCells).ToList();
        double most = Math.Max(1, cells.Max(c => Math.Max(c.Count, c.Expected)));
        var chart = Svg.Chart(Math.Max(1, cells.Count) * step, height, string.Join(", ", cells.Select(c => $"{c.Label}: {c.Count}")));
        for (int i = 0; i < cells.Count; i++)
        {
            double tall = (height - 2) * cells[i].Count / most, expected = height - (height - 2) * cells[i].Expected / most;
            chart.Add(Svg.Rect(i * step + 1, height - tall, step - 2, tall, "syn-fill")
                .Add(Element.Of("title")
                .Text($"{cells[i].Label}: {cells[i].Count}, expected {cells[i].Expected.ToString("0.#", CultureInfo.InvariantCulture)}")));
            chart.Add(Svg.Line(i * step, expected, (i + 1) * step, expected, "expected"));
        }
        return El("div", "parts").Add(chart);
    }

    private static Element Classes(View view, SceneStory story)
    {
        var section = Section(view.Id("classes"), "Classes", "What is counted in the frames, wherever something of it is seen.");
        return section.Add(Table("Classes", ["class", ">seen", ">frames with any", ">more than half hidden", ">median pixels seen"],
            story.Classes.Select(c => (IReadOnlyList<Element>)[Cell(View.Name(c.Name)), Cell(Words.Count(c.Members)),
                Cell(Words.Count(c.Frames)),
                Cell(c.Members == 0 ? "–" : Words.Percent(c.Hidden)), Cell(c.Members == 0 ? "–" : Words.Count((long)c.MedianPixels))]),
                    compact: true));
    }
}
