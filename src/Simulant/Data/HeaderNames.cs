using System.Text;

namespace Simulant.Data;

/// <summary>Column names as tables need them: present and distinct.</summary>
internal static class HeaderNames
{
    /// <summary>Names empty columns by their place and numbers repeats, in place; says so in the notes.</summary>
    public static void MakeUnique(string[] names, List<string>? notes)
    {
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (name.Length > 0 && seen.Add(name)) continue;
            string stem = name.Length == 0 ? "column" : name;
            int number = name.Length == 0 ? i + 1 : 2;
            string fresh = $"{stem}_{number}";
            while (taken.Contains(fresh)) fresh = $"{stem}_{++number}";
            taken.Add(fresh);
            seen.Add(fresh);
            names[i] = fresh;
            AddOnce(notes, name.Length == 0
                ? $"column {i + 1} has no name and is called {MessageText.Quote(fresh)}"
                : $"column {i + 1} is a second {MessageText.Quote(name)} and is called {MessageText.Quote(fresh)}");
        }
    }

    private static void AddOnce(List<string>? notes, string note)
    {
        if (notes is not null && !notes.Contains(note)) notes.Add(note);
    }
}

/// <summary>Foreign text inside a one-line message.</summary>
internal static class MessageText
{
    private const int Longest = 60;

    /// <summary>In single quotes, control characters escaped, cut where long.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length > Longest)
            {
                quoted.Append('…');
                break;
            }
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
                quoted.Append(rune.Value switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{rune.Value:x4}" });
            else quoted.Append(rune.ToString());
        }
        return quoted.Append('\'').ToString();
    }
}
