using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>Figures of sets of texts that are counts of words and of runs of words. No run crosses from one text to the next.</summary>
internal static class NGramFigures
{
    /// <summary>Distinct runs of n words over all of them (Li et al., NAACL 2016); NaN of none.</summary>
    public static double Distinct(ulong[][] texts, int n)
    {
        var seen = new HashSet<ulong>();
        long all = 0;
        foreach (ulong gram in Grams(texts, n))
        {
            seen.Add(gram);
            all++;
        }
        return all == 0 ? double.NaN : (double)seen.Count / all;
    }

    /// <summary>
    /// Moving-average type-token ratio: mean over all windows of so many words, of the texts one after the other, of the share of its
    /// words that are distinct (Covington, McFall 2010). NaN of fewer words.
    /// </summary>
    public static double TypeToken(ulong[][] texts, int window)
    {
        ulong[] words = [.. texts.SelectMany(t => t)];
        if (words.Length < window) return double.NaN;
        var held = new Dictionary<ulong, int>();
        double sum = 0;
        for (int i = 0; i < words.Length; i++)
        {
            held[words[i]] = held.GetValueOrDefault(words[i]) + 1;
            if (i >= window && --held[words[i - window]] == 0) held.Remove(words[i - window]);
            if (i >= window - 1) sum += held.Count;
        }
        return sum / (words.Length - window + 1) / window;
    }

    /// <summary>The commonest first four words: in how many texts they open, of how many texts of four words or more.</summary>
    public static (int Most, int Of) Openings(ulong[][] texts)
    {
        var counts = new Dictionary<ulong, int>();
        int of = 0;
        foreach (ulong[] text in texts)
        {
            if (text.Length < 4) continue;
            of++;
            ulong key = NGramHashes.Whole(text.AsSpan(0, 4));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return (counts.Count == 0 ? 0 : counts.Values.Max(), of);
    }

    /// <summary>The largest gap between the distribution functions of the texts' numbers of words.</summary>
    public static double LengthGap(ulong[][] a, ulong[][] b)
    {
        int[] x = [.. a.Select(t => t.Length).Order()], y = [.. b.Select(t => t.Length).Order()];
        if (x.Length == 0 || y.Length == 0) return double.NaN;
        double gap = 0;
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            int at = Math.Min(i < x.Length ? x[i] : int.MaxValue, j < y.Length ? y[j] : int.MaxValue);
            while (i < x.Length && x[i] == at) i++;
            while (j < y.Length && y[j] == at) j++;
            gap = Math.Max(gap, Math.Abs((double)i / x.Length - (double)j / y.Length));
        }
        return gap;
    }

    /// <summary>The share of the words of <paramref name="of"/>, each time they occur, that <paramref name="by"/> uses at all.</summary>
    public static double Covered(ulong[][] of, ulong[][] by)
    {
        HashSet<ulong> vocabulary = [.. by.SelectMany(t => t)];
        long all = 0, covered = 0;
        foreach (ulong[] text in of)
            foreach (ulong word in text)
            {
                all++;
                if (vocabulary.Contains(word)) covered++;
            }
        return all == 0 ? double.NaN : (double)covered / all;
    }

    /// <summary>By text: its runs of n words, and how many of them occur in <paramref name="known"/>.</summary>
    public static (int[] Copied, int[] All) Copied(ulong[][] texts, HashSet<ulong> known, int n)
    {
        int[] copied = new int[texts.Length], all = new int[texts.Length];
        for (int t = 0; t < texts.Length; t++)
            foreach (ulong gram in Grams([texts[t]], n))
            {
                all[t]++;
                if (known.Contains(gram)) copied[t]++;
            }
        return (copied, all);
    }

    /// <summary>Hashes of all runs of n words, text by text.</summary>
    public static IEnumerable<ulong> Grams(ulong[][] texts, int n)
    {
        ulong[] buffer = [];
        foreach (ulong[] text in texts)
        {
            int count = NGramHashes.Count(text.Length, n);
            if (buffer.Length < count) buffer = new ulong[count * 2];
            NGramHashes.Write(text, n, buffer);
            for (int i = 0; i < count; i++) yield return buffer[i];
        }
    }
}
