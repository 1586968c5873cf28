using Simulant.Text.WordNet;

namespace Simulant.Text.Augmentation;

/// <summary>
/// Words of the same meaning: the class of a word is the one it is tagged with most, and must outweigh the others or follow from the
/// word before; the meaning is the class's most frequent; a synonym must have that meaning among its own first two, be one common word,
/// and take the same form.
/// </summary>
internal sealed class Synonyms(WordNetDatabase words)
{
    private const double Dominance = .75;
    private const int LeastFrequency = 3;

    // Auxiliaries, light verbs and words of grammar: their frequent meaning is seldom the one at hand.
    private static readonly HashSet<string> Grammar = new((
        "be have do get make go take come give put let can will shall may must might could would should need use keep set " +
        "run say see know think want like look find work call try ask feel become leave seem turn show a an the this that " +
        "these those one two all some any each every other another such same own more most less least very so too as than " +
        "then there here now just also even still well much many lot way thing time year day man people part number kind " +
        "and or of in on at by for with about from to into over after before up down out off i you he she it we they who " +
        "what which when where why how good great new old first last next").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> Determiners = new(
        "a an the this that these those my your his her its our their".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> BeforeVerbs = new(
        "to i you he she it we they will would can could should must may might shall".Split(' '), StringComparer.Ordinal);

    private readonly Morphology _morphology = new(words);

    /// <summary>Synonyms of a word in lower case, in the form of the word, in the synset's order; empty where there is doubt.</summary>
    /// <param name="before">The word before it in lower case, or empty.</param>
    public IReadOnlyList<string> Of(string word, string before)
    {
        if (Grammar.Contains(word) || word.Length < 3) return [];
        if (Reading(word, before) is not var (lemma, form, part) || Grammar.Contains(lemma)) return [];
        var senses = words.Senses(lemma, part);
        int synset = senses[0].Synset;
        var found = new List<string>();
        foreach (string other in words.Words(synset))
        {
            if (other == lemma || !other.All(char.IsAsciiLetterLower) || other.Length < 3) continue;
            if (words.Frequency(other, part) < LeastFrequency || !AmongFirst(words.Senses(other, part), synset)) continue;
            string inflected = Morphology.Inflect(other, form);
            if (inflected.Contains(' ') || inflected == word || Grammar.Contains(other)) continue;
            found.Add(inflected);
        }
        return found;
    }

    private (string Lemma, WordForm Form, WordClass Part)? Reading(string word, string before)
    {
        (string, WordForm, WordClass)? best = null;
        int most = 0, all = 0;
        for (var part = WordClass.Noun; part <= WordClass.Adverb; part++)
        {
            if (_morphology.Read(word, part) is not var (lemma, form)) continue;
            int count = words.Frequency(lemma, part);
            all += count;
            if (count <= most) continue;
            most = count;
            best = (lemma, form, part);
        }
        if (best is not var (_, _, chosen) || most < LeastFrequency) return null;
        bool fits = Determiners.Contains(before) ? chosen is WordClass.Noun or WordClass.Adjective
            : !BeforeVerbs.Contains(before) || chosen is WordClass.Verb or WordClass.Adverb;
        return fits && most >= Dominance * all ? best : null;
    }

    private static bool AmongFirst(ReadOnlySpan<Sense> senses, int synset)
    {
        for (int i = 0; i < Math.Min(2, senses.Length); i++)
            if (senses[i].Synset == synset) return true;
        return false;
    }
}
