namespace Simulant.Reports.Markup;

/// <summary>The few shapes of HTML that the report is made of.</summary>
internal static class Html
{
    public static Element El(string name) => Element.Of(name);

    public static Element El(string name, string css) => Element.Of(name).Class(css);

    public static Element El(string name, string css, string text) => Element.Of(name, css, text);

    /// <summary>A section with its heading and the sentence that says what it shows.</summary>
    public static Element Section(string id, string title, string lead)
    {
        var section = El("section").Id(id).With("aria-labelledby", id + "-h");
        section.Add(El("h2").Id(id + "-h").Text(title));
        if (lead.Length > 0) section.Add(El("p", "lead", lead));
        return section;
    }

    /// <summary>A table in a box that scrolls by itself where the page is narrow.</summary>
    /// <param name="header">A leading <c>&gt;</c> aligns the column as numbers.</param>
    /// <param name="rows">Cells; a row of one cell is the heading of those after it.</param>
    /// <param name="compact">As narrow as its content, for tables of few columns.</param>
    public static Element Table(
        string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<Element>> rows, bool compact = false)
    {
        var head = El("tr");
        foreach (string text in header)
        {
            var cell = El("th").With("scope", "col").Text(text.TrimStart('>'));
            if (text.StartsWith('>')) cell.Class("num");
            head.Add(cell);
        }
        var body = El("tbody");
        foreach (var row in rows)
        {
            var line = El("tr");
            if (row.Count == 1 && header.Count > 1)
            {
                body.Add(line.Add(El("th", "group").With("scope", "rowgroup").With("colspan", header.Count).Add(row[0])));
                continue;
            }
            for (int i = 0; i < row.Count; i++)
            {
                // The first cell names its row.
                var cell = i == 0 ? El("th").With("scope", "row") : El("td");
                if (header[i].StartsWith('>')) cell.Class("num");
                line.Add(cell.Add(row[i]));
            }
            body.Add(line);
        }
        var table = El("table").Add(El("caption", "", caption), El("thead").Add(head), body);
        return El("div", compact ? "scroll compact" : header.Count > 5 ? "scroll broad" : "scroll")
            .With("tabindex", "0").With("role", "region").With("aria-label", caption).Add(table);
    }

    public static Element Cell(string text) => El("span", "", text);

    /// <summary>The same content as a chart beside it, for those who would rather read than look.</summary>
    public static Element Folded(string summary, Element content) =>
        El("details").Add(El("summary", "", summary), content);

    /// <summary>What the marks of a chart mean: swatches by their class, each with its words.</summary>
    public static Element Key(params IEnumerable<(string Swatch, string Text)> marks)
    {
        var key = El("p", "key");
        foreach (var (swatch, text) in marks)
            key.Add(El("span").Add(El("span", "swatch " + swatch), Cell(text)));
        return key;
    }

    public static Element Note(string text) => El("p", "note", text);
}
