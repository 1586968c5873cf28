namespace Simulant.Specs;

/// <summary>
/// From a place in a scalar's text back to its place in the file: walks the text and its source side by side, over quotes,
/// escapes, folded lines and indentation. Where the two part for a reason it does not know, it stays where it is.
/// </summary>
internal static class ScalarMap
{
    public static SourcePosition Locate(string text, string raw, SourcePosition at, int offset)
    {
        bool single = raw.StartsWith('\''), quoted = single || raw.StartsWith('"');
        bool block = raw.StartsWith('|') || raw.StartsWith('>');
        int place = quoted ? 1 : block ? raw.IndexOf('\n') + 1 : 0;
        int stop = Math.Min(offset, text.Length);
        for (int i = 0; ; i++)
        {
            place = SkipIndentation(text, i, raw, place);
            if (i >= stop || place >= raw.Length) break;
            place += Width(raw, place, text, ref i, single, quoted);
        }
        place = Math.Min(place, raw.Length);
        int line = raw.AsSpan(0, place).Count('\n');
        int start = place == 0 ? -1 : raw.LastIndexOf('\n', place - 1);
        return line == 0
            ? at with { Column = at.Column + place }
            : at with { Line = at.Line + line, Column = place - start };
    }

    private static int SkipIndentation(string text, int i, string raw, int place)
    {
        if (i < text.Length && char.IsWhiteSpace(text[i])) return place;
        while (place < raw.Length && char.IsWhiteSpace(raw[place])) place++;
        return place;
    }

    /// <summary>Characters of the source that one character of the text takes up.</summary>
    private static int Width(string raw, int place, string text, ref int i, bool single, bool quoted)
    {
        char c = raw[place];
        if (single && c == '\'') return 2;
        if (quoted && !single && c == '\\' && place + 1 < raw.Length)
        {
            int width = raw[place + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
            if (width == 10 && char.IsHighSurrogate(text[i])) i++;
            return width;
        }
        if (c is not ('\n' or '\r')) return 1;
        int end = place;
        while (end < raw.Length && char.IsWhiteSpace(raw[end])) end++;
        return end - place;
    }
}
