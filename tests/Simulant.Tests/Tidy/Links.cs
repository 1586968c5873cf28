using System.Text.RegularExpressions;

namespace Simulant.Tests.Tidy;

/// <summary>Relative links of Markdown pages point at files that exist, and anchors at headings that exist.</summary>
internal static partial class Links
{
    public static IEnumerable<Blemish> Check(string path, string text, Func<string, string?> read, Func<string, bool> exists)
    {
        bool fenced = false;
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            if (fenced) continue;
            foreach (Match match in Link().Matches(Code().Replace(lines[i], "")))
            {
                string target = match.Groups[1].Value;
                if (target.Contains("://", StringComparison.Ordinal)
                    || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? path : Resolve(path, parts[0]);
                if (!exists(file)) yield return new(path, i + 1, "link", $"'{target}' points at nothing ({file})");
                else if (parts.Length == 2 && file.EndsWith(".md", StringComparison.Ordinal)
                    && !Anchors(read(file) ?? "").Contains(parts[1]))
                    yield return new(path, i + 1, "anchor", $"'{target}' points at no heading");
            }
        }
    }

    private static string Resolve(string from, string target)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (string part in target.TrimEnd('/').Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "")) parts.Add(part);
        }
        return string.Join('/', parts);
    }

    // As the common hosts of Markdown name them: lower case, spaces to hyphens, punctuation dropped.
    private static HashSet<string> Anchors(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith('#'))
            .Select(line => Dropped().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();
}
