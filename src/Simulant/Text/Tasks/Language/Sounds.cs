using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>Words said in pig Latin.</summary>
internal sealed class PigLatin() : TaskFamily("pig-latin", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] words = draws.Problem.Sample(WordBank.All, level + 2);
        var work = new StepList();
        var said = new List<string>();
        foreach (string word in words)
        {
            int vowel = word.IndexOfAny(['a', 'e', 'i', 'o', 'u']);
            if (vowel < 0) vowel = word.Length;
            said.Add(vowel == 0 ? word + "way" : word[vowel..] + word[..vowel] + "ay");
            work.Add(vowel == 0 ? $"{word} begins with a vowel" : $"{word} begins with the consonants {word[..vowel]}", $"{word} -> "
                + $"{said[^1]}");
        }
        string answer = string.Join(' ', said), phrase = string.Join(' ', words);
        work.Add("all together", answer);
        const string rule = "a word that begins with a vowel (a, e, i, o, u) gets \"way\" at its end; otherwise the consonants before "
            + "the first vowel "
            + "move to the end and \"ay\" is added";
        return new(draws.Wording.Pick(
        [
            $"Translate \"{phrase}\" into pig Latin: {rule}.",
            $"Say \"{phrase}\" in pig Latin, where {rule}. Write the words with spaces between.",
            $"What is \"{phrase}\" in pig Latin? The rule is: {rule}.",
            $"Write \"{phrase}\" in pig Latin, word by word; {rule}.",
        ]), answer, work);
    }
}

/// <summary>Which lines of a poem rhyme, as letters.</summary>
internal sealed class RhymeScheme() : TaskFamily("rhyme-scheme", TaskCategories.Language)
{
    private static readonly string[] Ends =
        ["ight", "ow", "ain", "ell", "ock", "ing", "une", "ask", "end", "orn", "ump", "ace", "ift", "oast", "eel", "ar"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int lines = level + 3;
        string[] ends = random.Sample(Ends, 2 + level / 2);
        var words = new List<string>();
        while (words.Count < lines)
        {
            string word = random.Pick(["b", "bl", "c", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "m", "n", "p", "pl", "r", "s", "st",
                "t", "tr"])
                + random.Pick(ends);
            if (!words.Contains(word)) words.Add(word);
        }
        var groups = new List<string>();
        var work = new StepList();
        string scheme = "";
        foreach (string word in words)
        {
            string end = word[word.IndexOfAny(['a', 'e', 'i', 'o', 'u'])..];
            if (!groups.Contains(end)) groups.Add(end);
            scheme += (char)('A' + groups.IndexOf(end));
            work.Add($"{word} ends in -{end}: {scheme[^1]}", scheme);
        }
        string shown = Phrases.List(words);
        const string rule = "two words rhyme here if they are the same from their first vowel letter on; the first line is A, and each "
            + "new rhyme gets the "
            + "next letter";
        return new(draws.Wording.Pick(
        [
            $"The lines of a nonsense poem end in {shown}. Give its rhyme scheme as letters without spaces ({rule}).",
            $"What is the rhyme scheme of lines ending in {shown}? Note that {rule}. Write it like ABBA.",
            $"Write the rhyme scheme, such as AABB, of a poem whose line ends are {shown}: {rule}.",
            $"A rhyming game ends its lines with {shown}, made-up words among them. Mark the rhymes by capital letters written together; "
                + $"{rule}.",
        ]), scheme, work);
    }
}

/// <summary>The initials of a name, small words left out.</summary>
internal sealed class Acronym() : TaskFamily("acronym", TaskCategories.Language)
{
    private static readonly string[] Small = ["of", "the", "and", "for", "in", "on", "to", "a"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var words = new List<string>();
        foreach (string word in random.Sample(WordBank.All, level + 2))
        {
            if (words.Count > 0 && random.Chance(0.45)) words.Add(random.Pick(Small));
            words.Add(char.ToUpperInvariant(word[0]) + word[1..]);
        }
        var work = new StepList();
        string answer = "";
        foreach (string word in words)
        {
            bool counts = !Small.Contains(word);
            if (counts) answer += word[0];
            work.Add(counts ? $"{word} gives {word[0]}" : $"{word} is left out", answer);
        }
        string name = string.Join(' ', words), small = Phrases.Commas(Small);
        return new(draws.Wording.Pick(
        [
            $"What is the acronym of \"{name}\"? Leave out these small words: {small}. Write it in capitals.",
            $"A club is called \"{name}\". Make its short name from the first letters, in capitals, skipping any of {small}.",
            $"Form the initials of \"{name}\" without the words {small}; write them as capitals without dots.",
            $"The words {small} do not count in an acronym. Which acronym, in capital letters, belongs to \"{name}\"?",
        ]), answer, work);
    }
}

/// <summary>What words are worth when every letter has a value.</summary>
internal sealed class LetterValues() : TaskFamily("letter-values", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int vowel = random.Between(1, 4), first = random.Between(2, 6), second = random.Between(3, 9), twin = random.Between(2, 5);
        string[] words = random.Sample(WordBank.All, level + 1);
        var work = new StepList();
        int total = 0;
        foreach (string word in words)
        {
            int vowels = word.Count(c => "aeiou".Contains(c)), early = word.Count(c => c < 'n') - word.Count(c => "aei".Contains(c));
            int late = word.Length - vowels - early, twins = word.Zip(word[1..]).Count(p => p.First == p.Second);
            int worth = vowels * vowel + early * first + late * second + twins * twin;
            work.Add($"{word}: {Phrases.Count(vowels, "vowel")}, {early} early and {late} late consonants, "
                + $"{Phrases.Count(twins, "double")}",
                $"{vowels} * {vowel} + {early} * {first} + {late} * {second} + {twins} * {twin} = {worth}");
            total += worth;
        }
        work.Add("add the words up", $"total {total}");
        string rule = $"a vowel (a, e, i, o, u) counts {vowel}, another letter up to m counts {first}, another letter from n on counts "
            + $"{second}, and every "
            + $"pair of equal neighbours within a word adds {twin}";
        string shown = Phrases.List(words);
        return new(draws.Wording.Pick(
        [
            $"In a word game {rule}. What are {shown} worth together?",
            $"Score the words {shown}, where {rule}. Give the total.",
            $"Points for letters: {rule}. How many points do you get for {shown} in all?",
            $"Add up the value of {shown} if {rule}.",
        ]), $"{total}", work);
    }
}
