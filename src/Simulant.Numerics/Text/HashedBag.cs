namespace Simulant.Numerics.Text;

/// <summary>
/// A text as a sparse vector: its words and word pairs, each hashed to one of 2^bits buckets, counted, dampened by the square root
/// and scaled to length 1. Source: Weinberger, Dasgupta, Langford, Smola, Attenberg, ICML 2009 (without signs).
/// </summary>
public sealed class HashedBag
{
    private HashedBag(int[] buckets, float[] values) => (Buckets, Values) = (buckets, values);

    /// <summary>Ascending.</summary>
    public int[] Buckets { get; }

    /// <summary>One a bucket; their squares sum to 1, or there are none.</summary>
    public float[] Values { get; }

    /// <param name="order">Longest run of words, at least 1.</param>
    /// <param name="bits">From 8 to 24.</param>
    public static HashedBag Of(string text, int order = 2, int bits = 18)
    {
        var words = new List<ulong>();
        WordScanner.Hashes(text, words);
        var tokens = words.ToArray();
        int total = 0;
        for (int n = 1; n <= order; n++) total += NGramHashes.Count(tokens.Length, n);
        var grams = new ulong[total];
        int at = 0;
        for (int n = 1; n <= order; n++) at += NGramHashes.Write(tokens, n, grams.AsSpan(at));
        var keys = new int[total];
        for (int i = 0; i < total; i++) keys[i] = (int)(grams[i] >> (64 - bits));
        Array.Sort(keys);
        var buckets = new List<int>();
        var values = new List<float>();
        double squares = 0;
        for (int i = 0; i < keys.Length;)
        {
            int end = i + 1;
            while (end < keys.Length && keys[end] == keys[i]) end++;
            buckets.Add(keys[i]);
            values.Add(MathF.Sqrt(end - i));
            squares += end - i;
            i = end;
        }
        float scale = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        return new HashedBag([.. buckets], [.. values.Select(v => v * scale)]);
    }
}
