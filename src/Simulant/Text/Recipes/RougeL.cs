using System.Numerics;

namespace Simulant.Text.Recipes;

/// <summary>How alike two texts are, 0 to 1.</summary>
public interface ISimilarity
{
    string Name { get; }

    /// <summary>A text made ready for comparing.</summary>
    object Prepare(string text);

    /// <summary>Whether the similarity is above the limit.</summary>
    bool Above(object a, object b, double limit);
}

/// <summary>
/// ROUGE-L (Lin 2004): F1 of the longest common subsequence of words, words being runs of ASCII letters and digits in lower case as
/// in the published scorer without stemming. Exact. The subsequence is counted by a row of bits (Hyyrö 2004), after two bounds that
/// most pairs fail: the lengths, and the words in common.
/// </summary>
public sealed class RougeL : ISimilarity
{
    public static RougeL Instance { get; } = new();

    public string Name => "rouge-l";

    public object Prepare(string text) => new Words(text);

    public bool Above(object a, object b, double limit)
    {
        var (x, y) = ((Words)a, (Words)b);
        int total = x.Ordered.Length + y.Ordered.Length;
        if (total == 0 || 2.0 * Math.Min(x.Ordered.Length, y.Ordered.Length) / total <= limit) return false;
        if (2.0 * Common(x.Sorted, y.Sorted) / total <= limit) return false;
        return 2.0 * Longest(x, y) / total > limit;
    }

    /// <summary>The F1 itself.</summary>
    public static double Score(string a, string b)
    {
        var (x, y) = (new Words(a), new Words(b));
        int total = x.Ordered.Length + y.Ordered.Length;
        return total == 0 ? 0 : 2.0 * Longest(x, y) / total;
    }

    // Words in common, repeats counted: no subsequence is longer.
    private static int Common(int[] a, int[] b)
    {
        int i = 0, j = 0, common = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j]) { common++; i++; j++; }
            else if (a[i] < b[j]) i++;
            else j++;
        }
        return common;
    }

    // Bits of V that are 0 mark where the table of lengths rises by one; V' = (V + (V & M)) | (V & ~M) for each word of b.
    private static int Longest(Words a, Words b)
    {
        int blocks = (a.Ordered.Length + 63) / 64;
        Span<ulong> row = blocks <= 64 ? stackalloc ulong[blocks] : new ulong[blocks];
        row.Fill(ulong.MaxValue);
        foreach (int word in b.Ordered)
        {
            ulong carry = 0;
            for (int k = 0; k < blocks; k++)
            {
                ulong matches = Matches(a.Ordered, word, k), v = row[k], both = v & matches;
                ulong sum = unchecked(v + both), next = unchecked(sum + carry);
                carry = sum < v || next < sum ? 1UL : 0UL;
                row[k] = next | v & ~matches;
            }
        }
        int zeros = 0;
        for (int k = 0; k < blocks; k++)
        {
            int width = Math.Min(64, a.Ordered.Length - 64 * k);
            ulong mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
            zeros += BitOperations.PopCount(~row[k] & mask);
        }
        return zeros;
    }

    private static ulong Matches(int[] words, int word, int block)
    {
        ulong bits = 0;
        int end = Math.Min(words.Length, 64 * block + 64);
        for (int i = 64 * block; i < end; i++)
            if (words[i] == word) bits |= 1UL << (i & 63);
        return bits;
    }

    /// <summary>Numbers of words, in order and sorted; equal words have equal numbers in every text of this process.</summary>
    private sealed class Words
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Numbers = new(StringComparer.Ordinal);
        private static int _last;

        public Words(string text)
        {
            var found = new List<int>();
            for (int i = 0; i < text.Length;)
            {
                int start = i;
                while (i < text.Length && char.IsAsciiLetterOrDigit(text[i])) i++;
                if (i > start) found.Add(Numbers.GetOrAdd(text[start..i].ToLowerInvariant(), static _ => Interlocked.Increment(ref _last)));
                else i++;
            }
            Ordered = [.. found];
            Sorted = [.. found.Order()];
        }

        public int[] Ordered { get; }
        public int[] Sorted { get; }
    }
}
