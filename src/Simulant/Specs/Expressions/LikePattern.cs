namespace Simulant.Specs.Expressions;

/// <summary>SQL's LIKE: % any text, _ any one character, backslash makes the next character plain. Case matters.</summary>
internal sealed class LikePattern
{
    private enum Part { Plain, One, Any }

    private readonly List<(Part Part, char Plain)> _parts = [];

    public LikePattern(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length) _parts.Add((Part.Plain, pattern[++i]));
            else if (c == '_') _parts.Add((Part.One, c));
            else if (c != '%') _parts.Add((Part.Plain, c));
            else if (_parts.Count == 0 || _parts[^1].Part != Part.Any) _parts.Add((Part.Any, c));
        }
    }

    /// <summary>Time at most text times pattern: only the latest % is ever tried again.</summary>
    public bool Matches(string text)
    {
        int at = 0, part = 0, retryPart = -1, retryAt = 0;
        while (at < text.Length)
        {
            if (part < _parts.Count && _parts[part].Part == Part.Any)
            {
                retryPart = ++part;
                retryAt = at;
            }
            else if (part < _parts.Count && (_parts[part].Part == Part.One || _parts[part].Plain == text[at]))
            {
                part++;
                at++;
            }
            else if (retryPart >= 0)
            {
                part = retryPart;
                at = ++retryAt;
            }
            else
            {
                return false;
            }
        }
        while (part < _parts.Count && _parts[part].Part == Part.Any) part++;
        return part == _parts.Count;
    }
}
