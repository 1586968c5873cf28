using System.Runtime.InteropServices;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Overlap;

/// <summary>
/// Texts against which others are compared by ROUGE-L F = 2 LCS / (m + n) over words (Lin 2004, beta 1), exactly, without looking at
/// most of them. Not for several threads while it grows; between additions any number may search, each with a <see cref="Search"/>.
/// </summary>
/// <remarks>
/// F above t takes LCS &gt;= L, the least whole number with 2 L / (m + n) &gt; t; and texts that share L words share one of the m - L + 1
/// rarest words of the one and the n - L + 1 rarest of the other, in any order of rarity that both use (prefix filtering: Chaudhuri, Ganti,
/// Kaushik, ICDE 2006). The order is that of first appearance, latest first, which never changes as the index grows: rare words tend to
/// come late. Only those prefixes are indexed; who shares one is measured by <see cref="CommonSubsequence"/>.
/// </remarks>
internal sealed class RougeIndex(WordNumbers words, double threshold)
{
    private readonly List<int[]> _items = [];
    private readonly List<List<int>?> _holders = []; // by word: items with it in their prefix

    /// <summary>F above which a text counts as like another.</summary>
    public double Threshold { get; } = threshold;

    public int Count => _items.Count;

    /// <summary>Adds a text as word numbers.</summary>
    public void Add(int[] item)
    {
        int index = _items.Count;
        _items.Add(item);
        foreach (int word in Prefix(item))
        {
            while (_holders.Count <= word) _holders.Add(null);
            (_holders[word] ??= []).Add(index);
        }
    }

    /// <summary>F of two texts of m and n words with a common subsequence of so many.</summary>
    public static double F(int common, int m, int n) => m + n == 0 ? 0 : 2.0 * common / (m + n);

    /// <summary>The first item that is like the text, with its F; null where none is.</summary>
    public (int Item, double F)? First(int[] text, Search search) => First(text, search, 0, int.MaxValue);

    /// <summary>The same, of the items from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    public (int Item, double F)? First(int[] text, Search search, int from, int to)
    {
        (int Item, double F)? best = null;
        Each(text, search, from, (item, f) => best = (item, f), () => best?.Item ?? to);
        return best;
    }

    /// <summary>All items that are like the text, in no order.</summary>
    public List<(int Item, double F)> All(int[] text, Search search)
    {
        var all = new List<(int Item, double F)>();
        Each(text, search, 0, (item, f) => all.Add((item, f)), () => int.MaxValue);
        return all;
    }

    private void Each(int[] text, Search search, int from, Action<int, double> like, Func<int> below)
    {
        if (text.Length == 0) return;
        search.Begin(_items.Count);
        bool set = false;
        foreach (int word in Prefix(text))
        {
            if (word >= _holders.Count || _holders[word] is not { } holders) continue;
            foreach (int item in CollectionsMarshal.AsSpan(holders))
            {
                // Holders ascend, so that nothing after this one can come first either.
                if (item >= below()) break;
                if (item < from || !search.IsNew(item)) continue;
                int[] other = _items[item];
                if (Least(text.Length + other.Length) > Math.Min(text.Length, other.Length)) continue;
                if (!set) search.Lcs.SetPattern(text, words.Count);
                set = true;
                double f = F(search.Lcs.With(other), text.Length, other.Length);
                if (f > Threshold) like(item, f);
            }
        }
    }

    /// <summary>Distinct words among the rarest that a like text must share one of.</summary>
    private IEnumerable<int> Prefix(int[] text)
    {
        if (text.Length == 0) return [];
        int[] sorted = (int[])text.Clone();
        Array.Sort(sorted);
        Array.Reverse(sorted);
        return sorted.Take(text.Length - Shortest(text.Length) + 1).Distinct();
    }

    /// <summary>The least common subsequence that makes two texts of so many words together alike.</summary>
    private int Least(int total)
    {
        int least = (int)(Threshold * total / 2);
        while (least > 0 && F(least - 1, total, 0) > Threshold) least--;
        while (F(least, total, 0) <= Threshold) least++;
        return least;
    }

    /// <summary>The least of that over all partners that are long enough for it.</summary>
    private int Shortest(int length)
    {
        int other = Math.Max(1, (int)(Threshold * length / (2 - Threshold)) - 2);
        while (other < length && Least(length + other) > other) other++;
        return Least(length + other);
    }

    /// <summary>What a search needs beside the index; one a thread.</summary>
    internal sealed class Search
    {
        private int[] _seen = [];
        private int _round;

        public CommonSubsequence Lcs { get; } = new();

        public void Begin(int items)
        {
            if (_seen.Length < items) Array.Resize(ref _seen, Math.Max(items, _seen.Length * 2));
            _round++;
        }

        public bool IsNew(int item)
        {
            if (_seen[item] == _round) return false;
            _seen[item] = _round;
            return true;
        }
    }
}

/// <summary>Numbers of words in order of first appearance. Words are known by 64-bit hashes, which differ for all practical
/// purposes.</summary>
internal sealed class WordNumbers
{
    private readonly Dictionary<ulong, int> _numbers = [];

    public int Count => _numbers.Count;

    /// <summary>The text's words as numbers, new words numbered.</summary>
    public int[] Of(ReadOnlySpan<ulong> words)
    {
        var numbers = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, words[i], out bool known);
            if (!known) number = _numbers.Count - 1;
            numbers[i] = number;
        }
        return numbers;
    }
}
