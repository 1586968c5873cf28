using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Rules;

/// <summary>How much of a text stands in it more than once. Source: Rae et al., "Scaling Language Models", 2021, table A1.</summary>
internal static class Repetition
{
    /// <summary>Pieces that stood before, as a share of the pieces, and of their characters. 0 of no pieces.</summary>
    public static (double Pieces, double Characters) Repeated(IReadOnlyList<string> pieces)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long repeated = 0, characters = 0, all = 0;
        foreach (string piece in pieces)
        {
            all += piece.Length;
            if (seen.Add(piece)) continue;
            repeated++;
            characters += piece.Length;
        }
        return pieces.Count == 0 ? (0, 0) : ((double)repeated / pieces.Count, (double)characters / Math.Max(1, all));
    }

    /// <summary>Characters in the occurrences of the n-gram that fills most, as a share of all words' characters; 0 where none
    /// repeats.</summary>
    /// <remarks>Occurrences that overlap count each word once.</remarks>
    public static double Top(TextFacts facts, int n)
    {
        var grams = Grams(facts, n);
        var covered = new Dictionary<ulong, (long Characters, int End, int Times)>();
        long[] upTo = UpTo(facts.WordLengths);
        long best = 0;
        for (int i = 0; i < grams.Length; i++)
        {
            var (characters, end, times) = covered.GetValueOrDefault(grams[i]);
            characters += upTo[i + n] - upTo[times == 0 ? i : Math.Max(i, end)];
            covered[grams[i]] = (characters, i + n, times + 1);
            if (times > 0) best = Math.Max(best, characters);
        }
        return Share(best, upTo);
    }

    /// <summary>Characters of words that lie in an n-gram that stood before, each word once, as a share of all words' characters.</summary>
    public static double Duplicate(TextFacts facts, int n)
    {
        var grams = Grams(facts, n);
        var seen = new HashSet<ulong>();
        long[] upTo = UpTo(facts.WordLengths);
        long characters = 0;
        int end = 0;
        for (int i = 0; i < grams.Length; i++)
        {
            if (seen.Add(grams[i])) continue;
            characters += upTo[i + n] - upTo[Math.Max(i, end)];
            end = i + n;
        }
        return Share(characters, upTo);
    }

    private static ulong[] Grams(TextFacts facts, int n)
    {
        var grams = new ulong[NGramHashes.Count(facts.Words.Length, n)];
        NGramHashes.Write(facts.Words, n, grams);
        return grams;
    }

    private static long[] UpTo(int[] lengths)
    {
        var upTo = new long[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++) upTo[i + 1] = upTo[i] + lengths[i];
        return upTo;
    }

    private static double Share(long characters, long[] upTo) => upTo[^1] == 0 ? 0 : (double)characters / upTo[^1];
}
