namespace Simulant.Text.Tasks.Checking;

/// <summary>Reads lists of parts into keys that are equal exactly when the parts say the same.</summary>
internal static class Lists
{
    private const int MaxDepth = 16;

    /// <summary>
    /// Keys of the parts between commas: brackets around the whole and an "and" before the last part do not count, a part in brackets is a
    /// list itself, numbers compare by value. Null where brackets do not match or nest deeper than sixteen.
    /// </summary>
    /// <param name="text">The list.</param>
    /// <param name="pairs">Whether round brackets around the whole are a single part, a pair or point, and not the list's own.</param>
    public static string[]? Keys(string text, bool pairs = false) => Keys(text, 0, pairs);

    private static string[]? Keys(string text, int depth, bool pairs = false)
    {
        if (depth > MaxDepth) return null;
        text = text.Trim();
        if (text.EndsWith('.')) text = text[..^1].TrimEnd();
        if (Enclosed(text) && !(pairs && text[0] == '(')) text = text[1..^1].Trim();
        if (text.Length == 0 || text is "∅" || text.Equals("none", StringComparison.OrdinalIgnoreCase)) return [];
        if (Parts(text) is not { } parts) return null;
        if (parts.Count > 1 || parts[^1].Contains(" and ", StringComparison.OrdinalIgnoreCase)) SplitAnd(parts);
        var keys = new string[parts.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            if (Key(parts[i].Trim(), depth) is not { Length: > 0 } key) return null;
            keys[i] = key;
        }
        return keys;
    }

    private static string? Key(string part, int depth)
    {
        if (Enclosed(part)) return Keys(part, depth + 1) is { } inner ? "(" + string.Join(",", inner) + ")" : null;
        // Only what is plainly a number: "1e5" may be a name, "50%" is not one half in a list of words.
        if (part.Length > 0 && part.Length < 100 && part.All(c => char.IsAsciiDigit(c) || c is '-' or '−' or '+' or '.' or '/')
            && NumberReader.Exact(part) is { } number) return number.ToString();
        return Cleaning.Phrase(part);
    }

    /// <summary>Whether the first bracket closes at the very end.</summary>
    private static bool Enclosed(string text)
    {
        if (text.Length < 2 || text[0] is not ('(' or '[' or '{') || text[^1] is not (')' or ']' or '}')) return false;
        int open = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '[' or '{') open++;
            else if (text[i] is ')' or ']' or '}' && --open == 0) return i == text.Length - 1;
        }
        return false;
    }

    private static List<string>? Parts(string text)
    {
        var parts = new List<string>();
        int open = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '[' or '{') open++;
            else if (text[i] is ')' or ']' or '}' && --open < 0) return null;
            else if (text[i] is ',' or ';' && open == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return open == 0 ? parts : null;
    }

    /// <summary>"a, b and c" and "a, b, and c" have three parts.</summary>
    private static void SplitAnd(List<string> parts)
    {
        string last = parts[^1].Trim();
        if (last.StartsWith("and ", StringComparison.OrdinalIgnoreCase)) parts[^1] = last[4..];
        else if (last.IndexOf(" and ", StringComparison.OrdinalIgnoreCase) is > 0 and var at && !last.Contains('('))
        {
            parts[^1] = last[..at];
            parts.Add(last[(at + 5)..]);
        }
    }
}
