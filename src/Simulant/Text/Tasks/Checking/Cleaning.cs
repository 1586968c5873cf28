using System.Text;
using System.Text.RegularExpressions;

namespace Simulant.Text.Tasks.Checking;

/// <summary>Takes off an answer what says nothing: typography, the wrapping of formulas, surrounding punctuation.</summary>
internal static partial class Cleaning
{
    // What surrounds an answer without belonging to it. A closing bracket is not here: it may belong.
    private static readonly char[] Around = ['"', '\'', '`', '*', '_', '“', '”', '‘', '’', '.', ',', ';', ':', '!', '?'];

    /// <summary>A number or formula: one kind of minus, of blank and of multiplication sign, no dollar signs, no markup.</summary>
    public static string Formula(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
            plain.Append(c switch
            {
                '−' or '–' or '﹣' or '－' => '-',
                '×' or '·' or '∙' or '⋅' => '*',
                '÷' or '∕' or '⁄' => '/',
                '＋' => '+',
                '\u00A0' or '\u2009' or '\u202F' or '\t' or '\n' or '\r' => ' ',
                _ => c,
            });
        string clean = plain.ToString().Trim();
        if (clean.Contains('\\')) clean = WithoutMarkup(clean);
        if (clean.Length > 1 && clean[0] == '$' && clean[^1] == '$') clean = clean.Trim('$').Trim();
        return clean.EndsWith('.') ? clean[..^1].TrimEnd() : clean;
    }

    /// <summary>A word or phrase: lower case, single blanks, without what surrounds it.</summary>
    public static string Phrase(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text.AsSpan().Trim())
        {
            bool blank = char.IsWhiteSpace(c);
            if (!blank) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }
        string phrase = plain.ToString();
        string bare = phrase.Trim(Around).Trim();
        return bare.Length > 0 ? bare : phrase;
    }

    private static string WithoutMarkup(string text)
    {
        text = text.Replace("\\left", "", StringComparison.Ordinal).Replace("\\right", "", StringComparison.Ordinal)
            .Replace("\\cdot", "*", StringComparison.Ordinal).Replace("\\times", "*", StringComparison.Ordinal)
            .Replace("\\,", "", StringComparison.Ordinal).Replace("\\%", "%", StringComparison.Ordinal)
            .Replace("\\(", "", StringComparison.Ordinal).Replace("\\)", "", StringComparison.Ordinal);
        text = Box().Replace(text.Trim(), "$1");
        return Over().Replace(text, m => Bare(m.Groups[1].Value) + "/" + Bare(m.Groups[2].Value)).Trim();
    }

    private static string Bare(string part) => part.All(char.IsAsciiLetterOrDigit) ? part : $"({part})";

    [GeneratedRegex(@"^\$*\\boxed\{(.*)\}\$*$", RegexOptions.Singleline)]
    private static partial Regex Box();

    [GeneratedRegex(@"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")]
    private static partial Regex Over();
}
