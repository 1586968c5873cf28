using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>Texts as words, made once for all metrics. Words are those of <see cref="WordScanner"/>, known by their hashes.</summary>
internal sealed class TextSet
{
    private TextSet(IReadOnlyList<string> texts, ulong[][] words)
    {
        (Texts, Words) = (texts, words);
        foreach (ulong[] text in words) Total += text.Length;
    }

    public IReadOnlyList<string> Texts { get; }

    /// <summary>One array a text.</summary>
    public ulong[][] Words { get; }

    public int Count => Words.Length;

    /// <summary>Words of all texts together.</summary>
    public long Total { get; }

    public static TextSet Of(IReadOnlyList<string> texts, RunContext run)
    {
        const int piece = 256;
        var words = new ulong[texts.Count][];
        Work.For((texts.Count + piece - 1) / piece, run, p =>
        {
            var list = new List<ulong>();
            for (int i = p * piece; i < Math.Min(texts.Count, (p + 1) * piece); i++)
            {
                list.Clear();
                WordScanner.Hashes(texts[i], list);
                words[i] = [.. list];
            }
        });
        return new TextSet(texts, words);
    }

    /// <summary>
    /// So many words of whole texts in a seeded order, the last text cut: figures that depend on how much text there is are computed on
    /// as much of each set.
    /// </summary>
    public ulong[][] Cut(long words, ulong seed, string purpose)
    {
        var cut = new List<ulong[]>();
        foreach (int i in new RandomStream(seed, "validate/text/" + purpose).Permutation(Count))
        {
            if (words <= 0) break;
            ulong[] text = Words[i];
            cut.Add(text.Length <= words ? text : text[..(int)words]);
            words -= text.Length;
        }
        return [.. cut];
    }
}
