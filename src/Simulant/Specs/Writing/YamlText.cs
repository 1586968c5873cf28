using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Simulant.Specs.Writing;

/// <summary>Text as YAML scalars that read back as the same text, whatever it holds.</summary>
internal static partial class YamlText
{
    /// <summary>Longest key that may stand before a colon without a question mark, by YAML's rule.</summary>
    private const int LongestPlainKey = 1000;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
        { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };

    /// <summary>Plain where that is safe inside flow collections too, else in double quotes.</summary>
    public static string Scalar(string text) => Plain().IsMatch(text) && !Words.Contains(text) ? text : Quoted(text);

    /// <summary>Like <see cref="Scalar"/> with the colon that follows a key.</summary>
    public static string Key(string text, string indentation)
    {
        string scalar = Scalar(text);
        return scalar.Length <= LongestPlainKey ? $"{indentation}{scalar}:" : $"{indentation}? {scalar}\n{indentation}:";
    }

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    quoted.Append("\\\"");
                    break;
                case '\\':
                    quoted.Append("\\\\");
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                default:
                    if (IsPrintable(rune)) quoted.Append(rune.ToString());
                    else if (rune.Value <= 0xFFFF) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                    else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
                    break;
            }
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>One line of comment: what would break the line is escaped.</summary>
    public static string Comment(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            line.Append(IsPrintable(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"));
        return line.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
        && (rune.Value == ' ' || Rune.GetUnicodeCategory(rune) != UnicodeCategory.SpaceSeparator);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./()%+-]*( [A-Za-z0-9_./()%+-]+)*\z")]
    private static partial Regex Plain();
}
