using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Simulant.Provenance;
using Simulant.Reports.Dossiers;
using Simulant.Reports.Markup;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports;

/// <summary>
/// A dossier as one static file, as <see cref="HtmlReport"/> is one. Each figure of a statement leads to the list of figures at the end,
/// which says the file and the place it stands, and its value as it stands there.
/// </summary>
public static class DossierPage
{
    private const int LongestLink = 90;

    /// <summary>The page escapes for itself what HTML would read.</summary>
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Style = """

        .point { border-top: 1px solid var(--line); padding: 10px 0 6px; }
        .point:target, tr:target { background: var(--soft); }
        .point h4 { font-size: .95rem; font-weight: 560; margin: 0 0 4px; display: flex; gap: 10px; align-items: baseline;
          justify-content: space-between; }
        .point ul { margin: 2px 0 6px; padding-left: 20px; }
        .point li { margin: 1px 0; }
        .basis { color: var(--muted); font-size: .78rem; white-space: nowrap; }
        .topic { margin-top: 18px; }
        blockquote { margin: 2px 0; padding-left: 12px; border-left: 3px solid var(--line); white-space: pre-line; }
        #unknown tbody th { white-space: nowrap; max-width: none; }
        #places code { overflow-wrap: anywhere; }
        .pill.unknown { background: transparent; color: var(--warn); border: 1px dashed var(--warn); }

        """;

    public static byte[] Write(Dossier dossier)
    {
        var places = new Places();
        var main = El("main").Add(Summary(dossier), Unknown(dossier));
        foreach (var part in dossier.Parts) main.Add(Part(part, places));
        main.Add(places.Section());
        return StaticPage.Write($"{PlainText.Name(dossier.Name)}: dossier", [Header(dossier), Navigation(dossier), main],
            dossier.ProgramVersion, Style);
    }

    private static Element Header(Dossier dossier)
    {
        var header = El("header").Add(El("p", "kicker", "Dossier"), El("h1", "", PlainText.Name(dossier.Name, 120)));
        if (dossier.Description is { Length: > 0 } description) header.Add(El("p", "lead", PlainText.OneLine(description, 600)));
        var facts = El("ul", "meta");
        foreach (var (state, words) in States) facts.Add(El("li", "", $"{Number(dossier.Count(state))} {words}"));
        return header.Add(facts.Add(El("li", "", $"verdict: {dossier.Verdict}")));
    }

    private static readonly (PointState State, string Words)[] States = [(PointState.Answered, "answered by figures"),
        (PointState.Declared, "declared by the author alone"), (PointState.Unknown, "unknown")];

    private static Element Summary(Dossier dossier)
    {
        var section = Section("summary", "What is known, and what is not",
            "Points that are asked, by whether the published folder answers them. A point counts as answered where the manifest or the "
            + "report holds a figure that says it, as declared where only the word of the spec's author stands behind it, and as unknown "
            + "otherwise. Nothing here says that a duty is met.");
        IReadOnlyList<Element> Row(string name, IReadOnlyList<DossierPoint> points) =>
            [Cell(name), .. States.Select(s => Cell(Number(points.Count(p => p.State == s.State)))), Cell(Number(points.Count))];
        section.Add(Table("Points by part", ["part", .. States.Select(s => ">" + s.Words), ">all"],
            [.. dossier.Parts.Select(p => Row(p.Title, [.. p.Topics.SelectMany(t => t.Points)])), Row("all", [.. dossier.Points])],
            compact: true));
        var facts = El("ul");
        foreach (string one in dossier.Checked) facts.Add(El("li", "", one));
        return section.Add(El("h3", "", "Checked before this was written"), facts,
            Note($"About the data set whose manifest has the content hash {dossier.ContentSha256}, and its report.json of hash {
                dossier.ReportSha256}."));
    }

    private static Element Unknown(Dossier dossier)
    {
        var section = Section("unknown", "Unknown", "Nothing in the folder says this.");
        var open = dossier.Points.Where(p => p.State == PointState.Unknown).ToList();
        if (open.Count == 0) return section.Add(Note("Every point has an answer."));
        return section.Add(Table("Unknown points", ["topic", "asked", "what would say it"], open.Select(p => (IReadOnlyList<Element>)
        [
            El("a").With("href", "#" + p.Id).Text(p.Id), Cell(p.Asks), Cell(p.Remedy),
        ])));
    }

    private static Element Part(DossierPart part, Places places)
    {
        var section = Section(part.Id, part.Title, part.Lead);
        foreach (var topic in part.Topics)
        {
            var box = El("div", "topic").Id(topic.Id).Add(El("h3", "", topic.Title));
            foreach (var point in topic.Points) box.Add(Point(point, places));
            section.Add(box);
        }
        return section;
    }

    private static Element Point(DossierPoint point, Places places)
    {
        var (css, words) = point.State switch
        {
            PointState.Answered => ("good", "answered"),
            PointState.Declared => ("neutral", "declared"),
            _ => ("unknown", "unknown"),
        };
        var box = El("div", "point").Id(point.Id).Add(El("h4").Add(Cell(point.Asks), El("span", "pill " + css, words)));
        if (point.State == PointState.Unknown) return box.Add(Note($"What would say it: {point.Remedy}."));
        var list = El("ul");
        foreach (var statement in point.Statements) list.Add(Said(statement, places));
        return box.Add(list);
    }

    private static Element Said(Statement statement, Places places)
    {
        var line = El("li");
        if (statement.Basis == Basis.Declared && statement.Text.Figures is [var text])
        {
            // Line breaks of the author's are kept; the style sheet shows them.
            var quote = El("blockquote");
            foreach (string part in text.Value!.ToString().Split('\n')) quote.Add(El("span").Text(part), El("br"));
            return line.Add(quote, El("span", "basis", "declared by the author, not checked: "), places.Link(text, text.Pointer));
        }
        foreach (object part in statement.Text.Parts)
        {
            if (part is string words) line.Text(words);
            else if (part is Cited { Shown.Length: > LongestLink } place)
                line.Text(place.Shown + " ").Add(places.Link(place, place.Pointer));
            else line.Add(places.Link((Cited)part, ((Cited)part).Shown));
        }
        return line.Text(" ").Add(El("span", "basis", statement.Basis == Basis.Measured ? "measured" : "recorded"));
    }

    private static Element Navigation(Dossier dossier)
    {
        var list = El("ul");
        void Link(string id, string text) => list.Add(El("li").Add(El("a").With("href", "#" + id).Text(text)));
        Link("summary", "Summary");
        Link("unknown", "Unknown");
        foreach (var part in dossier.Parts) Link(part.Id, part.Title);
        Link("places", "Figures");
        return El("nav").With("aria-label", "Contents").Add(list);
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The places that statements cite, numbered in the order of their first mention.</summary>
    private sealed class Places
    {
        private readonly Dictionary<(string, string), int> _numbers = [];
        private readonly List<Cited> _places = [];

        public Element Link(Cited place, string text)
        {
            if (!_numbers.TryGetValue((place.File, place.Pointer), out int number))
            {
                _numbers[(place.File, place.Pointer)] = number = _places.Count + 1;
                _places.Add(place);
            }
            return El("a").With("href", $"#f{number}").With("title", $"{place.File}#{place.Pointer}").Text(text);
        }

        public Element Section() => Html.Section("places", "Figures", "Every figure that is cited above: the file of the published "
            + "folder, the place in it as a JSON pointer, and the value that stands there; of a list, the number of its entries.")
            .Add(Table("Figures", ["number", "file", "place", "value"], _places.Select((p, i) => (IReadOnlyList<Element>)
            [
                El("span").Id($"f{i + 1}").Text(Number(i + 1)), Cell(p.File), El("code", "", p.Pointer),
                El("code", "", p.Value?.ToJsonString(Plainly) ?? "null"),
            ])));
    }
}
