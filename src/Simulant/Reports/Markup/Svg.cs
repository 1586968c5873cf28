using System.Globalization;
using System.Text;

namespace Simulant.Reports.Markup;

/// <summary>Parts of charts. Coordinates are CSS pixels at the chart's natural width; a tenth is enough.</summary>
internal static class Svg
{
    /// <param name="label">What the chart says, for those who cannot see it.</param>
    public static Element Chart(double width, double height, string label) =>
        Element.Of("svg").With("viewBox", $"0 0 {Element.Number(width)} {Element.Number(height)}").With("role", "img")
            .With("aria-label", label).Class("chart").Add(Element.Of("title").Text(label));

    public static Element Text(double x, double y, string text, string css) =>
        Element.Of("text").With("x", x).With("y", y).Class(css).Text(text);

    /// <summary>As much of a label as fits, by the usual widths of letters at ten pixels.</summary>
    public static string Fit(string text, double width)
    {
        double used = 0;
        for (int i = 0; i < text.Length; i++)
        {
            used += text[i] switch
            {
                >= '\u2E80' => 10,
                'i' or 'j' or 'l' or 't' or 'f' or 'r' or ' ' or '.' or ',' or ':' or '-' or '/' or 'I' => 3.4,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 8.8,
                >= 'A' and <= 'Z' => 7,
                _ => 5.6,
            };
            if (used <= width) continue;
            // Room is kept for the ellipsis; half a pair of surrogates is never left behind.
            int kept = Math.Max(1, i - 1);
            return text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + "…";
        }
        return text;
    }

    public static Element Line(double x1, double y1, double x2, double y2, string css) =>
        Element.Of("line").With("x1", x1).With("y1", y1).With("x2", x2).With("y2", y2).Class(css);

    public static Element Rect(double x, double y, double width, double height, string css) =>
        Element.Of("rect").With("x", x).With("y", y).With("width", Math.Max(0, width)).With("height", Math.Max(0, height)).Class(css);

    public static Element Path(PathData data, string css) => Element.Of("path").With("d", data.ToString()).Class(css);
}

/// <summary>The commands of one path, absolute moves and lines.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _text = new();

    public PathData Move(double x, double y) => Put('M', x, y);

    public PathData Line(double x, double y) => Put('L', x, y);

    /// <summary>A dot: a line of no length, which round caps draw as a disc.</summary>
    public PathData Dot(double x, double y)
    {
        Put('M', x, y);
        _text.Append("h0");
        return this;
    }

    public PathData Box(double x, double y, double width, double height)
    {
        Put('M', x, y);
        _text.Append(CultureInfo.InvariantCulture, $"h{Element.Number(width)}v{Element.Number(height)}h{Element.Number(-width)}z");
        return this;
    }

    public PathData Close()
    {
        _text.Append('z');
        return this;
    }

    public override string ToString() => _text.ToString();

    private PathData Put(char command, double x, double y)
    {
        _text.Append(command).Append(Element.Number(x)).Append(' ').Append(Element.Number(y));
        return this;
    }
}
