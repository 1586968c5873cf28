using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>
/// Self-BLEU: each text's BLEU against all others of its set (Zhu et al., "Texygen", SIGIR 2018): the geometric mean of its runs of 1 to
/// 4 words
/// that the others hold, clipped at the most that one of them holds, times the brevity penalty against the length nearest its own
/// (Papineni et al., ACL 2002). Above single words one is added to both counts (Lin, Och, ACL 2004), so that short texts have a figure.
/// </summary>
internal static class SelfBleu
{
    private const int Longest = 4;

    /// <summary>One score a text, from 0 to 1; NaN of a text without words, or where there are no others.</summary>
    public static double[] Scores(ulong[][] texts)
    {
        var most = new Dictionary<ulong, Most>[Longest];
        for (int n = 1; n <= Longest; n++) most[n - 1] = MostOf(texts, n);
        int[] lengths = [.. texts.Select(t => t.Length).Order()];
        return [.. texts.Select((text, i) => Score(text, i, most, lengths))];
    }

    /// <summary>The most that one text holds of a run, which text that is, and the most of any other.</summary>
    private readonly record struct Most(int First, int Holder, int Second);

    private static Dictionary<ulong, Most> MostOf(ulong[][] texts, int n)
    {
        var most = new Dictionary<ulong, Most>();
        for (int i = 0; i < texts.Length; i++)
            foreach (var (gram, count) in Counts(texts[i], n))
            {
                var before = most.GetValueOrDefault(gram);
                most[gram] = count > before.First ? new Most(count, i, before.First) : before with { Second = Math.Max(before.Second,
                    count) };
            }
        return most;
    }

    private static double Score(ulong[] text, int self, Dictionary<ulong, Most>[] most, int[] lengths)
    {
        if (text.Length == 0 || lengths.Length < 2) return double.NaN;
        double logs = 0;
        for (int n = 1; n <= Longest; n++)
        {
            int held = 0;
            foreach (var (gram, count) in Counts(text, n))
            {
                var of = most[n - 1][gram];
                held += Math.Min(count, of.Holder == self ? of.Second : of.First);
            }
            int all = NGramHashes.Count(text.Length, n), more = n > 1 ? 1 : 0;
            logs += Math.Log((double)(held + more) / (all + more)) / Longest;
        }
        int nearest = Nearest(text.Length, lengths);
        return Math.Exp(logs) * (text.Length >= nearest ? 1 : Math.Exp(1 - (double)nearest / text.Length));
    }

    /// <summary>The length of another text that is nearest; of two, the shorter.</summary>
    private static int Nearest(int length, int[] sorted)
    {
        int at = Array.BinarySearch(sorted, length);
        while (at > 0 && sorted[at - 1] == length) at--; // the first of equals is the text itself, as far as lengths go
        int below = at > 0 ? sorted[at - 1] : int.MinValue, above = at + 1 < sorted.Length ? sorted[at + 1] : int.MaxValue;
        return above == int.MaxValue || (below != int.MinValue && length - below <= above - length) ? below : above;
    }

    private static Dictionary<ulong, int> Counts(ulong[] text, int n)
    {
        var grams = new ulong[NGramHashes.Count(text.Length, n)];
        NGramHashes.Write(text, n, grams);
        var counts = new Dictionary<ulong, int>();
        foreach (ulong gram in grams) counts[gram] = counts.GetValueOrDefault(gram) + 1;
        return counts;
    }
}
