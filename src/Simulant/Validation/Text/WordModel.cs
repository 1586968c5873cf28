using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>
/// A small student: a model of the next word from the two before it, interpolated as Witten and Bell (IEEE Transactions on Information
/// Theory 1991) do, down to a uniform choice among a fixed number of words, so that every word has a probability.
/// </summary>
internal sealed class WordModel
{
    private const int Longest = 3;

    /// <summary>Stands before a text, twice, and after it.</summary>
    internal const ulong Edge = 0x5EED0FED6E;

    private readonly Dictionary<ulong, int>[] _grams = [[], [], []];
    private readonly Dictionary<ulong, (int Total, int Kinds)>[] _contexts = [[], [], []];
    private readonly double _words;

    /// <param name="words">How many words there could be, at least 1: the same for models that are compared.</param>
    public WordModel(IEnumerable<ulong[]> texts, int words)
    {
        _words = words;
        foreach (ulong[] text in texts)
        {
            ulong[] padded = [Edge, Edge, .. text, Edge];
            for (int i = 2; i < padded.Length; i++)
                for (int n = 1; n <= Longest; n++) Count(padded.AsSpan(i - n + 1, n));
        }
    }

    /// <summary>The bits that a text takes, its end included, and its words, the end counted as one.</summary>
    public (double Bits, int Words) Bits(ulong[] text)
    {
        ulong[] padded = [Edge, Edge, .. text, Edge];
        double bits = 0;
        for (int i = 2; i < padded.Length; i++) bits -= Math.Log2(Probability(padded.AsSpan(0, i + 1)));
        return (bits, text.Length + 1);
    }

    /// <summary>The probability of the last word after those before it.</summary>
    public double Probability(ReadOnlySpan<ulong> words)
    {
        double probability = 1 / _words;
        for (int n = 1; n <= Math.Min(Longest, words.Length); n++)
        {
            var gram = words[^n..];
            if (!_contexts[n - 1].TryGetValue(NGramHashes.Whole(gram[..^1]), out var context)) break;
            int count = _grams[n - 1].GetValueOrDefault(NGramHashes.Whole(gram));
            probability = (count + context.Kinds * probability) / (context.Total + context.Kinds);
        }
        return probability;
    }

    private void Count(ReadOnlySpan<ulong> gram)
    {
        int n = gram.Length - 1;
        ulong key = NGramHashes.Whole(gram), before = NGramHashes.Whole(gram[..^1]);
        int count = _grams[n].GetValueOrDefault(key);
        _grams[n][key] = count + 1;
        var (total, kinds) = _contexts[n].GetValueOrDefault(before);
        _contexts[n][before] = (total + 1, kinds + (count == 0 ? 1 : 0));
    }
}
