namespace Simulant.Specs;

/// <summary>Finds what the user most likely meant: the candidate at the least edit distance, where it is near enough.</summary>
internal static class Nearest
{
    private const int LongestName = 200;
    private const int MostCandidates = 10_000;

    /// <summary>The nearest candidate within about a third of the word's length, or null.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestName) return null;
        string? best = null;
        int bestDistance = int.MaxValue;
        int limit = Math.Max(1, (word.Length + 1) / 3);
        foreach (string candidate in candidates.Take(MostCandidates))
        {
            if (Math.Abs(candidate.Length - word.Length) > limit || candidate.Length > LongestName) continue;
            int distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance > limit || distance >= bestDistance) continue;
            best = candidate;
            bestDistance = distance;
        }
        return best;
    }

    /// <summary><c>; did you mean 'age'?</c>, or nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> candidates) =>
        Find(word, candidates) is { } near ? $"; did you mean '{Printable(near)}'?" : "";

    /// <summary>The message for a word that is none of those known: the nearest of them, or all.</summary>
    public static string Unknown(string what, string word, IReadOnlyCollection<string> known)
    {
        string suggestion = Suggest(word, known);
        return $"unknown {what} '{Printable(word)}'" + (suggestion.Length > 0 ? suggestion : $"; choose one of {string.Join(", ", known)}");
    }

    /// <summary>A name fit for one line of output: control characters escaped, cut at 80.</summary>
    public static string Printable(string text)
    {
        const int most = 80;
        bool cut = text.Length > most;
        if (cut) text = text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        if (!text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')) return cut ? text + "…" : text;
        var escaped = new System.Text.StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return cut ? escaped + "…" : escaped.ToString();
    }

    /// <summary>Optimal string alignment distance: insert, delete, replace, and swap of neighbours each cost one.</summary>
    public static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1], row = new int[b.Length + 1], next = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + change);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                next[j] = swapped ? Math.Min(best, before[j - 2] + 1) : best;
            }
            (before, row, next) = (row, next, before);
        }
        return row[b.Length];
    }
}
