namespace Simulant.Text.WordNet;

/// <summary>What form of a word stands in a text.</summary>
public enum WordForm
{
    Base,
    Plural,
    Past,
    PastParticiple,
    PresentParticiple,
    ThirdPerson,
    Comparative,
    Superlative,
}

/// <summary>
/// From a word in a text to its base forms and back, by WordNet's way (its <c>morphy</c>): irregular forms by the list, the
/// others by taking endings off; what is left must be a word of the class. Consonants doubled before an ending are undone too.
/// </summary>
public sealed class Morphology(WordNetDatabase words)
{
    private static readonly (string Ending, string Instead)[][] Rules =
    [
        [("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"), ("oes", "o")],
        [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ied", "y"), ("ing", "e"), ("ing", ""),
            ("ying", "ie")],
        [("er", ""), ("est", ""), ("er", "e"), ("est", "e"), ("ier", "y"), ("iest", "y")],
        [],
    ];

    /// <summary>Base forms of a word in lower case, the word itself first where it is one; empty where the class has none.</summary>
    public IReadOnlyList<string> Lemmas(string word, WordClass part)
    {
        var found = new List<string>(2);
        if (words.Contains(word, part)) found.Add(word);
        if (IrregularForms.Bases.TryGetValue((word, part), out string[]? bases))
        {
            foreach (string known in bases) Add(found, known, part);
        }
        foreach (var (ending, instead) in Rules[(int)part])
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal)) continue;
            if (part == WordClass.Noun && ending == "s" && word.EndsWith("ss", StringComparison.Ordinal)) continue;
            string stem = word[..^ending.Length] + instead;
            if (stem.Length < 2) continue;
            Add(found, stem, part);
            bool doubling = instead.Length == 0 && ending is "ed" or "ing" or "er" or "est";
            if (doubling && stem.Length > 2 && stem[^1] == stem[^2] && Inflection.Doubled(stem[..^1]) == stem) Add(found, stem[..^1], part);
            if (doubling && stem.EndsWith("ck", StringComparison.Ordinal) && Inflection.Doubled(stem[..^1]) == stem)
                Add(found, stem[..^1], part);
        }
        return found;
    }

    /// <summary>The base form and the form that a word in lower case is most likely to be in a class, or null where it is none.</summary>
    public (string Lemma, WordForm Form)? Read(string word, WordClass part)
    {
        (string, WordForm)? best = null;
        int most = -1;
        foreach (string lemma in Lemmas(word, part))
        {
            if (FormOf(word, lemma, part) is not { } form) continue;
            int count = words.Frequency(lemma, part);
            if (count > most) (best, most) = ((lemma, form), count);
        }
        return best;
    }

    /// <summary>The form of a base form; a class that lacks the form gives the base form itself.</summary>
    public static string Inflect(string lemma, WordForm form) => form switch
    {
        WordForm.Plural => Inflection.Plural(lemma),
        WordForm.Past => Inflection.Past(lemma),
        WordForm.PastParticiple => Inflection.PastParticiple(lemma),
        WordForm.PresentParticiple => Inflection.PresentParticiple(lemma),
        WordForm.ThirdPerson => Inflection.ThirdPerson(lemma),
        WordForm.Comparative => Inflection.Comparative(lemma),
        WordForm.Superlative => Inflection.Superlative(lemma),
        _ => lemma,
    };

    private static WordForm? FormOf(string word, string lemma, WordClass part)
    {
        if (word == lemma) return WordForm.Base;
        ReadOnlySpan<WordForm> forms = part switch
        {
            WordClass.Noun => [WordForm.Plural],
            WordClass.Verb => [WordForm.Past, WordForm.PastParticiple, WordForm.PresentParticiple, WordForm.ThirdPerson],
            _ => [WordForm.Comparative, WordForm.Superlative],
        };
        foreach (var form in forms)
            if (Inflect(lemma, form) == word) return form;
        return null;
    }

    private void Add(List<string> found, string lemma, WordClass part)
    {
        if (!found.Contains(lemma) && words.Contains(lemma, part)) found.Add(lemma);
    }
}
