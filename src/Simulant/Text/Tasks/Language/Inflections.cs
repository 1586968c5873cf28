using Simulant.Text.Tasks.Wording;
using Simulant.Text.WordNet;

namespace Simulant.Text.Tasks.Language;

/// <summary>Plurals of invented nouns by the rules of spelling.</summary>
internal sealed class PluralRule() : TaskFamily("plural-rule", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var given = new List<string>();
        var made = new List<string>();
        var work = new StepList();
        for (int i = 0; i < level + 2; i++)
        {
            string noun = random.Syllables(random.Between(1, 2)) + random.Pick(["ch", "sh", "ss", "x", "y", "ly", "ay", "oy", "f", "t",
                "n", "lk", "r", "d"]);
            int count = random.Between(1, 5);
            string plural = count == 1 ? noun : Plural(noun, out _);
            Plural(noun, out string why);
            given.Add($"{count} {noun}");
            made.Add($"{count} {plural}");
            work.Add(count == 1 ? "one keeps the singular" : why, $"{given[^1]} -> {made[^1]}");
        }
        string answer = Phrases.Commas(made), shown = Phrases.List(given);
        work.Add("the whole list", answer);
        const string rule = "for more than one, a noun that ends in s, x, z, ch or sh takes -es; one that ends in a consonant and y "
            + "turns the y into -ies; "
            + "one that ends in f turns the f into -ves; any other takes -s; after 1 the noun does not change";
        return new(draws.Wording.Pick(
        [
            $"Correct the shopping list {shown} of invented things: {rule}. Keep the numbers and separate by commas.",
            $"Write each noun of {shown} in the form that its number asks for ({rule}). Keep numbers and commas.",
            $"In an imagined English, {rule}. Give {shown} in the right forms, numbers included, separated by commas.",
            $"Put the nouns in {shown} into the plural where needed: {rule}. Answer with numbers and nouns, separated by commas.",
        ]), answer, work);
    }

    private static string Plural(string noun, out string why)
    {
        char last = noun[^1];
        if (last is 's' or 'x' or 'z' || (last == 'h' && noun[^2] is 'c' or 's'))
        {
            why = "a hissing end takes -es";
            return noun + "es";
        }
        if (last == 'y' && !"aeiou".Contains(noun[^2]))
        {
            why = $"y after the consonant {noun[^2]} becomes -ies";
            return noun[..^1] + "ies";
        }
        why = last == 'f' ? "f becomes -ves" : "no special end, so -s";
        return last == 'f' ? noun[..^1] + "ves" : noun + "s";
    }
}

/// <summary>Past and -ing forms of invented one-syllable verbs.</summary>
internal sealed class VerbForms() : TaskFamily("verb-forms", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var asked = new List<string>();
        var made = new List<string>();
        var work = new StepList();
        for (int i = 0; i < level + 2; i++)
        {
            string verb = random.Pick(["b", "bl", "dr", "f", "fl", "gr", "j", "kn", "l", "m", "n", "pr", "sk", "sl", "t", "tr", "v", "z"])
                + random.Pick(["a", "e", "i", "o", "u", "ea", "oo", "ai"]) + random.Pick(["b", "d", "g", "m", "n", "p", "t", "lk", "nd",
                    "st", "x", "w"]);
            if (random.Chance(0.3)) verb = verb[..^1] + random.Pick(["te", "ve", "ry", "ly"]);
            bool past = random.Chance(0.5);
            asked.Add($"{(past ? "past" : "-ing form")} of {verb}");
            made.Add(Form(verb, past, out string why));
            work.Add($"{asked[^1]}: {why}", $"{verb} -> {made[^1]}");
        }
        string answer = Phrases.Commas(made), shown = Phrases.List(asked);
        work.Add("all forms", answer);
        const string rule = "final e is dropped before -ed and -ing; y after a consonant becomes i before -ed only; a final consonant "
            + "other than w, x or y is "
            + "doubled if it follows a single vowel letter (a, e, i, o, u) that itself follows a consonant; otherwise -ed or -ing is "
                + "just added";
        return new(draws.Wording.Pick(
        [
            $"Form these of invented verbs: {shown}. Rules: {rule}. Separate the forms by commas.",
            $"Invented verbs follow English spelling: {rule}. Write the {shown}, separated by commas.",
            $"Apply these rules to made-up regular verbs ({rule}) and give, with commas, the forms asked for: {shown}.",
            $"What are the forms {shown}? The verbs are made up and regular; {rule}. Separate by commas.",
        ]), answer, work);
    }

    private static string Form(string verb, bool past, out string why)
    {
        string end = past ? "ed" : "ing";
        char last = verb[^1];
        if (last == 'e')
        {
            why = "drop the e";
            return verb[..^1] + end;
        }
        if (last == 'y' && past && !Inflection.IsVowel(verb[^2]))
        {
            why = "y becomes i";
            return verb[..^1] + "i" + end;
        }
        if (!Inflection.IsVowel(last) && last is not ('w' or 'x' or 'y') && Inflection.IsVowel(verb[^2]) && !Inflection.IsVowel(verb[^3]))
        {
            why = $"double the {last}";
            return verb + last + end;
        }
        why = $"just add -{end}";
        return verb + end;
    }
}

/// <summary>Comparatives and superlatives of real adjectives by stated rules.</summary>
internal sealed class DegreesOfComparison() : TaskFamily("degrees-of-comparison", TaskCategories.Language)
{
    private static readonly string[] Adjectives =
    [
        "big", "hot", "thin", "wet", "sad", "fat", "slim", "red", "dim", "large", "nice", "wide", "brave", "wise", "late", "safe",
            "strange", "happy",
        "easy", "busy", "heavy", "pretty", "dirty", "noisy", "lucky", "hungry", "tall", "short", "cold", "quick", "slow", "clean", "dark",
            "light",
        "loud", "sweet", "warm", "young", "new", "low", "careful", "useful", "famous", "modern", "expensive", "beautiful", "dangerous",
            "difficult",
        "patient", "serious", "anxious",
    ];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var asked = new List<string>();
        var made = new List<string>();
        var work = new StepList();
        foreach (string adjective in random.Sample(Adjectives, level + 3))
        {
            bool most = random.Chance(0.5);
            asked.Add($"{adjective} ({(most ? "superlative" : "comparative")})");
            made.Add(Degree(adjective, most, out string why));
            work.Add($"{adjective}: {why}", $"{asked[^1]} -> {made[^1]}");
        }
        string answer = Phrases.Commas(made), shown = Phrases.List(asked);
        work.Add("all of them", answer);
        const string form = "Use -er, -est, more or most, without \"the\" or \"than\", and separate by commas.";
        return new(draws.Wording.Pick(
        [
            $"Give the degree named for each adjective: {shown}. {form}",
            $"Compare these adjectives as asked: {shown}. {form}",
            $"What are the forms of {shown}? {form}",
            $"Write the comparative or superlative, as indicated, of {shown}. {form}",
        ]), answer, work);
    }

    private static string Degree(string word, bool most, out string why)
    {
        string end = most ? "est" : "er";
        int syllables = 0;
        for (int i = 0; i < word.Length; i++)
            if ((Inflection.IsVowel(word[i]) || word[i] == 'y' && i > 0) && (i == 0 || !Inflection.IsVowel(word[i - 1])) && !(word[i] == 'e'
                && i == word.Length - 1)) syllables++;
        if (word[^1] == 'y' && syllables == 2)
        {
            why = "two syllables ending in y, so y becomes i";
            return word[..^1] + "i" + end;
        }
        if (syllables > 1)
        {
            why = "more than one syllable, so another word goes before it";
            return (most ? "most " : "more ") + word;
        }
        if (word[^1] == 'e')
        {
            why = "ends in e already";
            return word + end[1..];
        }
        bool twice = !Inflection.IsVowel(word[^1]) && word[^1] != 'w' && Inflection.IsVowel(word[^2]) && !Inflection.IsVowel(word[^3]);
        why = twice ? $"one syllable with a short vowel, so {word[^1]} is doubled" : "one syllable";
        return twice ? word + word[^1] + end : word + end;
    }
}
