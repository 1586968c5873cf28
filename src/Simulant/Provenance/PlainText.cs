using System.Globalization;
using System.Text;

namespace Simulant.Provenance;

/// <summary>
/// Text from outside made safe to show: names of columns and files may hold line breaks, control characters, characters that
/// reverse the direction of writing, or nothing at all. Each format (HTML, Markdown, YAML) then escapes its own characters.
/// </summary>
public static class PlainText
{
    /// <summary>One line: what cannot be seen is written as an escape such as <c>\n</c> or <c>\u200B</c>.</summary>
    /// <param name="limit">Most characters kept; a longer text ends in an ellipsis.</param>
    public static string OneLine(string text, int limit = 200)
    {
        var line = new StringBuilder(Math.Min(text.Length, limit) + 8);
        for (int i = 0; i < text.Length; i++)
        {
            if (line.Length >= limit) return line.Append('…').ToString();
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                && IsVisible(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[i + 1]))))
            {
                line.Append(c).Append(text[++i]);
            }
            else if (c is '\n' or '\r' or '\t')
            {
                line.Append(c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            }
            else if (c != ' ' && !IsVisible(CharUnicodeInfo.GetUnicodeCategory(c)))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                line.Append(c);
            }
        }
        return line.ToString();
    }

    /// <summary>A name for readers: as <see cref="OneLine"/>, in quotation marks where its ends would not be seen.</summary>
    public static string Name(string text, int limit = 80)
    {
        string line = OneLine(text, limit);
        return line.Length == 0 || line[0] == ' ' || line[^1] == ' ' ? $"“{line}”" : line;
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
