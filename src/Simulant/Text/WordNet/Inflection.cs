namespace Simulant.Text.WordNet;

/// <summary>
/// English inflection of one word in lower case: the irregular forms from a list, the others by the rules of spelling. Forms are
/// those of British English where the two differ in doubling (travelled).
/// </summary>
public static class Inflection
{
    /// <summary>child, children; fox, foxes; city, cities.</summary>
    public static string Plural(string noun)
    {
        if (IrregularForms.Nouns.TryGetValue(noun, out string? plural)) return plural;
        if (noun.EndsWith("man", StringComparison.Ordinal) && noun is not ("human" or "german" or "roman" or "shaman" or "talisman"))
            return noun[..^2] + "en";
        return WithS(noun);
    }

    /// <summary>walk, walked; run, ran. Of <c>be</c> the singular: was.</summary>
    public static string Past(string verb) =>
        IrregularForms.Verbs.TryGetValue(verb, out var forms) ? forms.Past : WithEd(verb);

    /// <summary>walk, walked; take, taken.</summary>
    public static string PastParticiple(string verb) =>
        IrregularForms.Verbs.TryGetValue(verb, out var forms) ? forms.Participle : WithEd(verb);

    /// <summary>walk, walking; make, making; lie, lying; run, running.</summary>
    public static string PresentParticiple(string verb)
    {
        if (verb.EndsWith("ie", StringComparison.Ordinal)) return verb[..^2] + "ying";
        if (verb is "be" or "singe" or "dye" or "tinge" or "swinge") return verb + "ing";
        if (verb.EndsWith('e') && !EndsInHeard(verb)) return verb[..^1] + "ing";
        return Doubled(verb) + "ing";
    }

    /// <summary>go, goes; try, tries; have, has.</summary>
    public static string ThirdPerson(string verb) => verb switch
    {
        "be" => "is",
        "have" => "has",
        "go" or "do" or "undo" or "redo" or "outdo" or "overdo" or "undergo" or "forgo" or "echo" or "veto" => verb + "es",
        _ => WithS(verb),
    };

    /// <summary>big, bigger; happy, happier; beautiful, more beautiful.</summary>
    public static string Comparative(string adjective) =>
        IrregularForms.Degrees.TryGetValue(adjective, out var forms) ? forms.More
            : TakesEnding(adjective) ? WithE(adjective, "er") : "more " + adjective;

    /// <summary>big, biggest; beautiful, most beautiful.</summary>
    public static string Superlative(string adjective) =>
        IrregularForms.Degrees.TryGetValue(adjective, out var forms) ? forms.Most
            : TakesEnding(adjective) ? WithE(adjective, "est") : "most " + adjective;

    /// <summary>The article before a word, by its sound as far as spelling tells it: a, an.</summary>
    public static string Article(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return "a";
        foreach (string silent in (ReadOnlySpan<string>)["hour", "honest", "honour", "honor", "heir"])
            if (word.StartsWith(silent, StringComparison.OrdinalIgnoreCase)) return "an";
        foreach (string consonant in (ReadOnlySpan<string>)["uni", "use", "usu", "uti", "eu", "ewe", "one", "once", "ura"])
            if (word.StartsWith(consonant, StringComparison.OrdinalIgnoreCase)
                && !word.StartsWith("unin", StringComparison.OrdinalIgnoreCase)
                && !word.StartsWith("unim", StringComparison.OrdinalIgnoreCase)) return "a";
        return IsVowel(char.ToLowerInvariant(word[0])) ? "an" : "a";
    }

    /// <summary>Number of groups of vowels, a silent final e left out: a fair count of syllables.</summary>
    public static int Syllables(ReadOnlySpan<char> word)
    {
        int count = 0;
        bool inside = false;
        for (int i = 0; i < word.Length; i++)
        {
            bool vowel = IsVowel(word[i]) || (word[i] == 'y' && i > 0);
            if (vowel && !inside) count++;
            inside = vowel;
        }
        bool silent = word.Length > 2 && word[^1] == 'e' && !IsVowel(word[^2]) && !(word[^2] == 'l' && !IsVowel(word[^3]));
        return Math.Max(1, silent ? count - 1 : count);
    }

    /// <summary>The word with its last consonant doubled where an ending that begins with a vowel asks for it.</summary>
    internal static string Doubled(string word)
    {
        if (word.Length < 3) return word;
        char last = word[^1], before = word[^2], third = word[^3];
        bool quiet = third == 'u' && word.Length > 3 && word[^4] == 'q';
        bool closed = !IsVowel(last) && last is not ('w' or 'x' or 'y' or 'h') && IsVowel(before) && (!IsVowel(third) || quiet);
        if (last == 'c' && closed && Syllables(word) > 1) return word + 'k';
        if (!closed || last == 'c') return word;
        bool stressed = Syllables(word) == 1 || IrregularForms.Stressed.Contains(word)
            || (last == 'l' && word is not ("parallel" or "unveil"));
        return stressed ? word + last : word;
    }

    private static string WithS(string word)
    {
        if (word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal)
            || word.EndsWith("sh", StringComparison.Ordinal))
            return word is "stomach" or "monarch" or "patriarch" or "matriarch" or "epoch" or "eunuch" ? word + "s" : word + "es";
        return word.Length > 1 && word[^1] == 'y' && !IsVowel(word[^2]) ? word[..^1] + "ies" : word + "s";
    }

    private static string WithEd(string verb)
    {
        if (verb.EndsWith('e')) return verb + "d";
        return verb.Length > 1 && verb[^1] == 'y' && !IsVowel(verb[^2]) ? verb[..^1] + "ied" : Doubled(verb) + "ed";
    }

    private static string WithE(string word, string ending)
    {
        if (word.EndsWith('e')) return word + ending[1..];
        if (word[^1] == 'y' && !IsVowel(word[^2])) return word[..^1] + "i" + ending;
        return Doubled(word) + ending;
    }

    // Short words, and those of two syllables with a light ending; the rest, and participles, take more and most.
    private static bool TakesEnding(string word)
    {
        if (word.Length < 3 || word is "real" or "right" or "wrong" or "like" or "fun" or "ill" or "afraid") return false;
        int syllables = Syllables(word);
        if (syllables == 1) return !word.EndsWith("ed", StringComparison.Ordinal) || word is "red";
        return syllables == 2 && ((word[^1] == 'y' && !word.EndsWith("ly", StringComparison.Ordinal))
            || word.EndsWith("ow", StringComparison.Ordinal) || word.EndsWith("le", StringComparison.Ordinal)
            || word is "quiet" or "clever" or "friendly" or "lonely" or "lovely" or "silly" or "ugly" or "early" or "simple");
    }

    // see, flee, canoe, dye: the e is heard or needed.
    private static bool EndsInHeard(string verb) => verb.Length >= 2 && verb[^2] is 'e' or 'o' or 'y';

    internal static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';
}
