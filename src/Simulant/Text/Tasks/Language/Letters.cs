using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>Which jumble of letters is a rearrangement of a word.</summary>
internal sealed class AnagramChoice() : TaskFamily("anagram-choice", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string word = random.Pick(WordBank.All);
        var jumbles = new List<string>();
        while (jumbles.Count < level + 2)
        {
            char[] letters = random.Shuffle(word.ToCharArray());
            int at = random.Below(letters.Length);
            char other = random.Chance(0.5) ? random.Pick(letters) : random.Letters(1)[0];
            if (jumbles.Count > 0)
            {
                if (letters[at] == other) continue;
                letters[at] = other;
            }
            string jumble = new(letters);
            if (jumble != word && !jumbles.Contains(jumble)) jumbles.Add(jumble);
        }
        string[] asked = random.Shuffle(jumbles);
        string wanted = Tally(word);
        var work = new StepList();
        work.Add($"count the letters of {word}", wanted);
        string answer = "";
        foreach (string jumble in asked)
        {
            string tally = Tally(jumble);
            if (tally == wanted) answer = jumble;
            work.Add(tally == wanted ? $"{jumble} has the same letters" : $"{jumble} has other letters", tally);
        }
        work.Add("the rearrangement is", answer);
        string shown = Phrases.List(asked);
        return new(draws.Wording.Pick(
        [
            $"Which of {shown} uses exactly the letters of \"{word}\"?",
            $"One of {shown} is a jumble of the word \"{word}\". Which one?",
            $"The letters of \"{word}\" were mixed. Which of {shown} can be the result?",
            $"Find the anagram of \"{word}\" among {shown}.",
        ]), answer, work);
    }

    // Letters in alphabetical order, each with how often it stands there: a2b1.
    private static string Tally(string word)
    {
        Span<int> counts = stackalloc int[26];
        foreach (char letter in word) counts[letter - 'a']++;
        string tally = "";
        for (int i = 0; i < 26; i++)
            if (counts[i] > 0) tally += $"{(char)('a' + i)}{counts[i]}";
        return tally;
    }
}

/// <summary>Which letter of a phrase occurs most.</summary>
internal sealed class CommonestLetter() : TaskFamily("commonest-letter", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] words = draws.Problem.Sample(WordBank.All, level + 2);
        string phrase = string.Join(' ', words);
        int[] counts = new int[26];
        var work = new StepList();
        foreach (string word in words)
        {
            foreach (char letter in word) counts[letter - 'a']++;
            int most = counts.Max();
            work.Add($"after {word} the greatest count is {most}",
                Phrases.Commas(Enumerable.Range(0, 26).Where(i => counts[i] == most).Select(i => $"{(char)('a' + i)} = {most}")));
        }
        string answer = $"{(char)('a' + Array.IndexOf(counts, counts.Max()))}";
        work.Add("the greatest count, the first in the alphabet if several share it", answer);
        return new(draws.Wording.Pick(
        [
            $"Which letter occurs most often in \"{phrase}\"? If several do, give the one that comes first in the alphabet.",
            $"Find the most frequent letter of the words \"{phrase}\" taken together; in a tie, the earliest in the alphabet.",
            $"Count the letters of \"{phrase}\". Which one has the highest count (of equals, the one nearest to a)?",
            $"In the text \"{phrase}\" one letter is the commonest; where two are equally common take the alphabetically smaller. Name it.",
        ]), answer, work);
    }
}

/// <summary>Letters picked out of words by place.</summary>
internal sealed class LetterPicking() : TaskFamily("letter-picking", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] words = random.Sample(WordBank.All, level + 2);
        string phrase = string.Join(' ', words), answer = "";
        var picks = new List<string>();
        var work = new StepList();
        foreach (string word in random.Shuffle(words))
        {
            int which = Array.IndexOf(words, word) + 1, place = random.Between(1, word.Length);
            bool back = random.Chance(0.4);
            char letter = back ? word[^place] : word[place - 1];
            answer += letter;
            string from = back ? place == 1 ? "last" : $"{Phrases.Ordinal(place)} last" : Phrases.Ordinal(place);
            picks.Add($"the {from} letter of the {Phrases.Ordinal(which)} word");
            work.Add($"word {which} is {word}, its {from} letter is {letter}", answer);
        }
        string list = Phrases.And(picks);
        return new(draws.Wording.Pick(
        [
            $"From \"{phrase}\" take {list}, and write these letters together.",
            $"Take the words \"{phrase}\". Join {list}. What do you get?",
            $"Which string do these letters of \"{phrase}\" make, in this order: {list}?",
            $"Look at \"{phrase}\" and write down, one after another, {list}.",
        ]), answer, work);
    }
}

/// <summary>Operations on the letters of a word, one after another.</summary>
internal sealed class WordOperations() : TaskFamily("word-operations", TaskCategories.Language)
{
    private static readonly (string Say, Func<string, string> Do)[] Operations =
    [
        ("reverse it", word => new string([.. word.Reverse()])),
        ("move the first letter to the end", word => word[1..] + word[0]),
        ("move the last letter to the front", word => word[^1] + word[..^1]),
        ("swap the first and the last letter", word => word[^1] + word[1..^1] + word[0]),
        ("swap its two halves (a middle letter stays)", Halves),
        ("write every vowel (a, e, i, o, u) twice", word => string.Concat(word.Select(c => "aeiou".Contains(c) ? $"{c}{c}" : $"{c}"))),
        ("replace every letter by the next in the alphabet (z by a)",
            word => string.Concat(word.Select(c => c == 'z' ? 'a' : (char)(c + 1)))),
        ("sort its letters alphabetically", word => string.Concat(word.Order())),
    ];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string word = draws.Problem.Syllables(3), start = word, last = "";
        var said = new List<string>();
        var work = new StepList();
        while (said.Count < level + 1)
        {
            var (say, change) = draws.Problem.Pick(Operations);
            if (say == last) continue;
            last = say;
            said.Add(say);
            string before = word;
            word = change(word);
            work.Add(say, $"{before} -> {word}");
        }
        string list = string.Join("; then ", said);
        return new(draws.Wording.Pick(
        [
            $"Start with \"{start}\" and {list}. What is the result?",
            $"Take the made-up word \"{start}\"; {list}. Write the final string.",
            $"What becomes of \"{start}\" if you {list}?",
            $"Carry out these changes on \"{start}\", one after another: {list}. Give what you end with.",
        ]), word, work);
    }

    private static string Halves(string word)
    {
        int half = word.Length / 2;
        return word[^half..] + word[half..^half] + word[..half];
    }
}
