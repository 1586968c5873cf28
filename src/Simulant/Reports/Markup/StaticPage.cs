using System.Text;

namespace Simulant.Reports.Markup;

/// <summary>The frame of every page: one static file in the house's style, without script, that loads nothing.</summary>
internal static class StaticPage
{
    /// <summary>The whole file, UTF-8.</summary>
    /// <param name="title">What the browser's tab says.</param>
    /// <param name="content">What the body holds before its footer.</param>
    /// <param name="version">Of the program that writes it.</param>
    /// <param name="style">Rules beside those of all pages.</param>
    /// <param name="signed">Whether the head names the program too.</param>
    /// <param name="pictures">Whether pictures lie in the page.</param>
    public static byte[] Write(string title, Element[] content, string version, string style = "", bool signed = false,
        bool pictures = false)
    {
        var head = Element.Of("head");
        head.Add(Meta("charset", "utf-8"));
        head.Add(Meta("name", "viewport").With("content", "width=device-width, initial-scale=1"));
        head.Add(Meta("name", "color-scheme").With("content", "light dark"));
        // Even a reader that finds a way around the escapes gets no script and no network from this page.
        head.Add(Meta("http-equiv", "Content-Security-Policy").With("content",
            "default-src 'none'; style-src 'unsafe-inline'" + (pictures ? "; img-src data:" : "")));
        if (signed) head.Add(Meta("name", "generator").With("content", "Simulant " + version));
        head.Add(Element.Of("title").Text(title));
        head.Add(Element.Style(StyleSheet.Text + style));
        var footer = Element.Of("footer", "", $"Simulant {version} · a static page: it holds no script and loads nothing.");
        var output = new StringBuilder("<!DOCTYPE html>\n");
        Element.Of("html").With("lang", "en").Add(head, Element.Of("body").Add([.. content, footer])).Write(output);
        return Encoding.UTF8.GetBytes(output.Append('\n').ToString());
    }

    private static Element Meta(string name, string value) => Element.Of("meta").With(name, value);
}
