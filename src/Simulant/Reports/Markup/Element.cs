using System.Globalization;
using System.Text;
using Simulant.Provenance;

namespace Simulant.Reports.Markup;

/// <summary>
/// A tree of HTML or SVG that is safe by construction: text and attribute values are escaped when they are written, names are
/// checked, and nothing that runs or fetches can be expressed (no script, no handler, no address but one inside the page).
/// The output is well-formed XML as well as HTML5.
/// </summary>
public sealed class Element
{
    private const int MaxText = 4000;
    private static readonly HashSet<string> Void = ["br", "hr", "meta", "col", "img"];
    private static readonly HashSet<string> Forbidden =
        ["script", "iframe", "object", "embed", "link", "img", "image", "use", "base", "form", "foreignObject", "audio", "video"];

    private readonly string _name;
    private List<(string Name, string Value)>? _attributes;
    private List<object>? _children;

    private Element(string name) => _name = name;

    /// <exception cref="ArgumentException">The name is no element's, or one that could run or fetch something.</exception>
    public static Element Of(string name)
    {
        if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit) || Forbidden.Contains(name))
            throw new ArgumentException($"'{name}' is not an element of a static page", nameof(name));
        return new Element(name);
    }

    /// <summary>An element of one class and one text.</summary>
    public static Element Of(string name, string css, string text) => Of(name).Class(css).Text(text);

    public Element Class(string css) => css.Length == 0 ? this : With("class", css);

    public Element Id(string id) => With("id", id);

    /// <exception cref="ArgumentException">The attribute could run or fetch something.</exception>
    public Element With(string attribute, string value)
    {
        bool name = attribute.Length > 0 && attribute.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        bool handler = attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase);
        bool address = attribute is "href" && !value.StartsWith('#');
        if (!name || handler || address || attribute is "src" or "srcset" or "action" or "data" or "style" or "xmlns")
            throw new ArgumentException($"'{attribute}' is not an attribute of a static page", nameof(attribute));
        _attributes ??= [];
        int at = _attributes.FindIndex(a => a.Name == attribute);
        if (at < 0) _attributes.Add((attribute, value));
        else if (attribute == "class") _attributes[at] = (attribute, _attributes[at].Value + " " + value);
        else throw new ArgumentException($"'{attribute}' is set already", nameof(attribute));
        return this;
    }

    /// <summary>A coordinate or size, to a tenth.</summary>
    public Element With(string attribute, double value) => With(attribute, Number(value));

    /// <summary>Text; what cannot be seen in it is written out, and a very long one is cut.</summary>
    public Element Text(string text)
    {
        (_children ??= []).Add(PlainText.OneLine(text, MaxText));
        return this;
    }

    public Element Add(Element? child)
    {
        if (child is not null) (_children ??= []).Add(child);
        return this;
    }

    public Element Add(params IEnumerable<Element?> children)
    {
        foreach (var child in children) Add(child);
        return this;
    }

    /// <summary>A picture that lies in the page itself: PNG or JPEG.</summary>
    /// <param name="told">What it shows, for those who do not see it.</param>
    /// <exception cref="ArgumentException">The bytes are of neither format.</exception>
    public static Element Picture(ReadOnlySpan<byte> file, string told)
    {
        string kind = file.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) ? "png" : file.StartsWith<byte>([0xFF, 0xD8]) ? "jpeg"
            : throw new ArgumentException("a page holds pictures as PNG or JPEG", nameof(file));
        var picture = new Element("img");
        (picture._attributes = []).Add(("src", $"data:image/{kind};base64,{Convert.ToBase64String(file)}"));
        return picture.With("alt", told);
    }

    /// <summary>Style sheet text of our own; it must not need escaping.</summary>
    /// <exception cref="ArgumentException">It holds a character that HTML and XML read differently, or fetches something.</exception>
    public static Element Style(string css)
    {
        if (css.AsSpan().IndexOfAny("<>&") >= 0 || css.Contains("url(", StringComparison.Ordinal)
            || css.Contains("@import", StringComparison.Ordinal))
            throw new ArgumentException("the style sheet is not plain", nameof(css));
        var style = new Element("style");
        (style._children = []).Add(new Plain(css));
        return style;
    }

    /// <summary>The element as text.</summary>
    public override string ToString()
    {
        var output = new StringBuilder();
        Write(output);
        return output.ToString();
    }

    public void Write(StringBuilder output)
    {
        output.Append('<').Append(_name);
        foreach (var (name, value) in _attributes ?? [])
        {
            output.Append(' ').Append(name).Append("=\"");
            Escape(output, PlainText.OneLine(value, int.MaxValue));
            output.Append('"');
        }
        if (_children is null && Void.Contains(_name))
        {
            output.Append(" />");
            return;
        }
        output.Append('>');
        foreach (object child in _children ?? [])
        {
            if (child is Element element) element.Write(output);
            else if (child is Plain plain) output.Append(plain.Text);
            else Escape(output, (string)child);
        }
        output.Append("</").Append(_name).Append('>');
        if (IsBlock(_name)) output.Append('\n');
    }

    internal static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    // Style sheets are raw text to HTML: what is checked to need no escape is written as it is.
    private sealed record Plain(string Text);

    private static bool IsBlock(string name) =>
        name is "section" or "div" or "table" or "tr" or "svg" or "p" or "h1" or "h2" or "h3" or "li" or "details" or "head" or "body";

    private static void Escape(StringBuilder output, string text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '&': output.Append("&amp;"); break;
                case '<': output.Append("&lt;"); break;
                case '>': output.Append("&gt;"); break;
                case '"': output.Append("&quot;"); break;
                case '\'': output.Append("&#39;"); break;
                default: output.Append(c); break;
            }
        }
    }
}
