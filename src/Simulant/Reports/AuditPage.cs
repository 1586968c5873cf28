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
        var header = El("header").Add(El("p", "kicker", "Attack audit"), El("h1", "", title),
            El("p", "lead", AttackSections.Verdict(Found)));
        var left = Section("not-checked", "What was not checked", "Attacks that are not in the table, and:");
        var list = El("ul", "");
        foreach (string line in NotChecked) list.Add(El("li", "", PlainText.OneLine(line, 300)));
        var origin = Section("origin", "How to make it again", "").Add(El("pre", "").Add(El("code", "", Command)));
        var main = El("main").Add(AttackSections.Of(Found, "attacks"), NotChecked.Count == 0 ? null : left.Add(list), origin);
        return StaticPage.Write($"{title}: attacks", [header, main], Version);
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
