using System.Text;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>
/// A text with places for fields: <c>{field}</c>. Other braces are braces, so that JSON may stand in a prompt as it is;
/// <c>{{field}}</c> is the text <c>{field}</c>.
/// </summary>
public sealed class PromptTemplate
{
    private readonly List<(string Text, bool Field)> _parts = [];

    public PromptTemplate(string text)
    {
        Text = text;
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '{' && NameAt(text, i + 1) is { Length: > 0 } name)
            {
                int close = i + 1 + name.Length;
                bool twice = i > 0 && text[i - 1] == '{' && close + 1 < text.Length && text[close + 1] == '}';
                if (twice)
                {
                    plain.Append(name).Append('}'); // its first brace stands already
                    i = close + 2;
                    continue;
                }
                Flush(plain);
                _parts.Add((name, true));
                i = close + 1;
                continue;
            }
            plain.Append(text[i++]);
        }
        Flush(plain);
        Fields = [.. _parts.Where(p => p.Field).Select(p => p.Text).Distinct()];
    }

    public string Text { get; }

    /// <summary>Fields that it names, in order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The text with the record's fields in their places. What a field holds is not looked at again.</summary>
    public string Fill(TextRecord record)
    {
        if (Fields.Count == 0) return _parts.Count == 0 ? "" : _parts[0].Text;
        var text = new StringBuilder();
        foreach (var (part, field) in _parts) text.Append(field ? record[part] : part);
        return text.ToString();
    }

    /// <summary>About how many tokens it has, when the fields have so many.</summary>
    public double Tokens(Forecast forecast) =>
        _parts.Sum(p => p.Field ? forecast[p.Text] : TokenCount.Estimate(p.Text));

    /// <summary>Whether a word can name a field.</summary>
    public static bool IsName(string word) => word.Length > 0 && NameAt(word + "}", 0).Length == word.Length;

    private static string NameAt(string text, int from)
    {
        int at = from;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_' || text[at] == '-' && at > from)) at++;
        bool name = at > from && at < text.Length && text[at] == '}' && !char.IsAsciiDigit(text[from]);
        return name ? text[from..at] : "";
    }

    private void Flush(StringBuilder plain)
    {
        if (plain.Length > 0) _parts.Add((plain.ToString(), false));
        plain.Clear();
    }
}
