using Simulant.Numerics.Random;

namespace Simulant.Tests.Text.Filters;

/// <summary>Texts that tests of filters share: words by a Zipf-like law, so that frequent ones are shared and rare ones tell.</summary>
internal static class Sentences
{
    private static readonly RandomStream Stream = new(21, "test/sentences");

    /// <summary>Text <paramref name="item"/> of so many words out of so many.</summary>
    public static string Of(int item, int words, int vocabulary = 4000) =>
        string.Join(' ', Enumerable.Range(0, words).Select(w => Word(item, w, vocabulary)));

    /// <summary>Instructions of 4 to 40 words; about one in four is an earlier one with a few words changed, dropped or added.</summary>
    public static string[] Instructions(int count, int vocabulary = 3000)
    {
        var all = new string[count];
        for (int i = 0; i < count; i++)
        {
            bool copy = i > 10 && Stream.Uniform(i, 900) < 0.25;
            all[i] = copy ? Changed(all[Stream.Below(i, i, 901)], i, vocabulary) : Of(i, 4 + Stream.Below(37, i, 902), vocabulary);
        }
        return all;
    }

    private static string Changed(string text, int item, int vocabulary)
    {
        var words = text.Split(' ').ToList();
        int changes = 1 + Stream.Below(Math.Max(1, words.Count / 2), item, 903);
        for (int c = 0; c < changes; c++)
        {
            int at = Stream.Below(words.Count, item, 904, c);
            switch (Stream.Below(3, item, 905, c))
            {
                case 0: words[at] = Word(item, 2000 + c, vocabulary); break;
                case 1: words.Insert(at, Word(item, 3000 + c, vocabulary)); break;
                default:
                    if (words.Count > 1) words.RemoveAt(at);
                    break;
            }
        }
        return string.Join(' ', words);
    }

    private static string Word(int item, int slot, int vocabulary) =>
        "w" + (int)Math.Pow(vocabulary, Stream.Uniform(item, slot));
}
