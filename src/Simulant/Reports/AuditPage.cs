using System.Text;
using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Reports.Markup;
using Simulant.Reports.Sections;
using Simulant.Validation.Attacks;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports;

/// <summary>What an audit found, as a file: one static page, as <see cref="HtmlReport"/> is, or JSON.</summary>
/// <param name="Title">What was audited.</param>
/// <param name="Command">That makes it again.</param>
/// <param name="NotChecked">What was left out, a line each.</param>
public sealed record AuditPage(string Title, string Command, string Version, AuditResult Found, IReadOnlyList<string> NotChecked)
{
    public byte[] Html()
    {
        string title = PlainText.Name(Title, 120);
        var head = El("head");
        head.Add(Element.Of("meta").With("charset", "utf-8"));
        head.Add(Element.Of("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"));
        head.Add(Element.Of("meta").With("name", "color-scheme").With("content", "light dark"));
        head.Add(Element.Of("meta").With("http-equiv", "Content-Security-Policy")
            .With("content", "default-src 'none'; style-src 'unsafe-inline'"));
        head.Add(El("title").Text($"{title}: attacks"));
        head.Add(Element.Style(StyleSheet.Text));
        var header = El("header").Add(El("p", "kicker", "Attack audit"), El("h1", "", title),
            El("p", "lead", AttackSections.Verdict(Found)));
        var left = Section("not-checked", "What was not checked", "Attacks that are not in the table, and:");
        var list = El("ul", "");
        foreach (string line in NotChecked) list.Add(El("li", "", PlainText.OneLine(line, 300)));
        var origin = Section("origin", "How to make it again", "").Add(El("pre", "").Add(El("code", "", Command)));
        var body = El("body").Add(header, El("main").Add(AttackSections.Of(Found, "attacks"), NotChecked.Count == 0 ? null : left.Add(list),
            origin), El("footer", "", $"Simulant {Version} · a static page: it holds no script and loads nothing."));
        var output = new StringBuilder("<!DOCTYPE html>\n");
        Element.Of("html").With("lang", "en").Add(head, body).Write(output);
        return Encoding.UTF8.GetBytes(output.Append('\n').ToString());
    }

    public byte[] Json()
    {
        var root = new JsonObject
        {
            ["format"] = "simulant-audit-1", ["title"] = Title, ["command"] = Command, ["programVersion"] = Version,
        };
        foreach (var (name, value) in AttackJson.Of(Found)) root.Add(name, value?.DeepClone());
        root["notChecked"] = new JsonArray([.. NotChecked.Select(n => (JsonNode?)n)]);
        return CanonicalJson.Write(root, sorted: false);
    }
}
