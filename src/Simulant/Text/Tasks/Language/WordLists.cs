using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>Words put in the order of a dictionary.</summary>
internal sealed class AlphabeticalOrder() : TaskFamily("alphabetical-order", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 3;
        string[] given = random.Sample(WordBank.All, count);
        if (random.Chance(0.5))
        {
            char initial = random.Pick(given)[0];
            string[] alike = random.Shuffle([.. WordBank.All.Where(word => word[0] == initial)]);
            given = random.Shuffle([.. alike.Concat(given).Distinct().Take(count)]);
        }
        var work = new StepList();
        var sorted = new List<string>();
        foreach (string word in given)
        {
            int at = 0;
            while (at < sorted.Count && string.CompareOrdinal(sorted[at], word) < 0) at++;
            sorted.Insert(at, word);
            work.Add(at == 0 ? $"{word} goes to the front" : $"{word} goes after {sorted[at - 1]}", Phrases.Commas(sorted));
        }
        string shown = Phrases.List(given);
        return new(draws.Wording.Pick(
        [
            $"Put these words in alphabetical order, separated by commas: {shown}.",
            $"In which order would a dictionary list {shown}? Separate the words by commas.",
            $"Sort {shown} alphabetically and write them with commas between.",
            $"Arrange the words {shown} from a to z. Answer with the words, separated by commas.",
        ]), Phrases.Commas(sorted), work);
    }
}

/// <summary>Words that fit a row of known and unknown letters.</summary>
internal sealed class HangmanPattern() : TaskFamily("hangman-pattern", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string word = random.Pick(WordBank.All);
        char shown = random.Pick(word.ToCharArray());
        string pattern = string.Concat(word.Select(c => c == shown ? c : '_'));
        char[] missed = random.Sample([.. "abcdefghijklmnopqrstuvwxyz".Where(c => !word.Contains(c))], 2 + level / 3);
        string[] same = random.Shuffle([.. WordBank.All.Where(w => w.Length == word.Length && w != word)]);
        int near = level + 1;
        string[] list = random.Shuffle([.. same.OrderByDescending(w => w.Zip(pattern).Count(p => p.First == p.Second)).Take(near / 2 + 1)
            .Concat(same).Append(word).Distinct().Take(near).Append(word).Distinct()]);
        var work = new StepList();
        var fits = new List<string>();
        foreach (string candidate in list)
        {
            string? fault = Fault(candidate, pattern, shown, missed);
            if (fault is null) fits.Add(candidate);
            work.Add(fault is null ? $"{candidate} fits" : $"{candidate} does not fit: {fault}");
        }
        string answer = Phrases.Commas(fits), candidates = Phrases.List(list), wrong = Phrases.And([.. missed.Select(c => $"{c}")]);
        work.Add("possible words", answer);
        return new(draws.Wording.Pick(
        [
            $"In a game of hangman the word shows as \"{pattern}\" (every {shown} is shown), and {wrong} are not in it. Which of "
                + $"{candidates} are still "
                + "possible? Separate by commas.",
            $"The hidden word looks like \"{pattern}\": all places of the letter {shown} are known, and it has none of {wrong}. Which "
                + "words of "
                + $"{candidates} can it be? Separate them by commas.",
            $"Which of {candidates} agree with \"{pattern}\", where _ is any letter but {shown}, and contain none of the letters {wrong}? "
                + "Separate by commas.",
            $"Hangman: \"{pattern}\" so far, all {shown} found; wrong guesses were {wrong}. List those of {candidates} that remain, with "
                + "commas.",
        ]), answer, work);
    }

    private static string? Fault(string word, string pattern, char shown, char[] missed)
    {
        if (word.Length != pattern.Length) return $"it has {word.Length} letters, not {pattern.Length}";
        for (int i = 0; i < word.Length; i++)
            if (word[i] == shown != (pattern[i] == shown))
                return $"letter {i + 1} is {word[i]}" + (pattern[i] == shown ? $", not {shown}" : $", which would show");
        int bad = word.IndexOfAny(missed);
        return bad < 0 ? null : $"it contains {word[bad]}";
    }
}

/// <summary>Words that a row of telephone keys can mean.</summary>
internal sealed class KeypadWords() : TaskFamily("keypad-words", TaskCategories.Language)
{
    private static readonly string[] Keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string word = random.Syllables(2 + level / 3), digits = Dialled(word);
        var list = new List<string> { word };
        while (list.Count < level + 2)
        {
            string other = string.Concat(word.Select(c => random.Pick(Keys[Dialled($"{c}")[0] - '2'].ToCharArray())));
            if (random.Chance(0.5)) other = other.Remove(random.Below(other.Length), 1).Insert(random.Below(other.Length),
                random.Letters(1));
            if (!list.Contains(other)) list.Add(other);
        }
        string[] asked = random.Shuffle(list);
        var work = new StepList();
        foreach (string candidate in asked)
            work.Add(Dialled(candidate) == digits ? $"{candidate} fits" : $"{candidate} does not fit", $"{candidate} -> "
                + $"{Dialled(candidate)}");
        string answer = Phrases.Commas(asked.Where(candidate => Dialled(candidate) == digits)), shown = Phrases.List(asked);
        work.Add("what these keys can mean", answer);
        const string keys = "2 abc, 3 def, 4 ghi, 5 jkl, 6 mno, 7 pqrs, 8 tuv, 9 wxyz";
        return new(draws.Wording.Pick(
        [
            $"The keys of a telephone carry letters ({keys}). Which of the made-up words {shown} are typed as \"{digits}\", one key a "
                + "letter? "
                + "Separate by commas.",
            $"Someone types \"{digits}\" on a keypad with {keys}. Which of {shown} could be meant? Separate them by commas.",
            $"With the letters on keys as follows: {keys}; find those of {shown} whose key sequence is \"{digits}\". Separate by commas.",
            $"Each letter is typed with the key that bears it ({keys}). List, with commas, the strings of {shown} that give \"{digits}\".",
        ]), answer, work);
    }

    private static string Dialled(string word) =>
        string.Concat(word.Select(letter => (char)('2' + Array.FindIndex(Keys, key => key.Contains(letter)))));
}

/// <summary>How many changes of one letter lead from a word to another through a list.</summary>
internal sealed class WordLadder() : TaskFamily("word-ladder", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var words = new List<string> { random.Syllables(2) };
        for (int step = 0; step < level + 2 || words.Count < 2 * level + 4; step++)
        {
            string from = step < level + 2 ? words[^1] : random.Pick(words);
            int at = random.Below(4);
            string next = from[..at] + random.Letters(1, at % 2 == 0 ? "bdfgklmnprstvz" : "aeiou") + from[(at + 1)..];
            if (words.Contains(next)) step--;
            else words.Add(next);
        }
        string start = words[0], goal = words[level + 2];
        string[] list = random.Shuffle(words);
        var distance = new Dictionary<string, int> { [start] = 0 };
        var work = new StepList();
        List<string> layer = [start];
        for (int steps = 1; !distance.ContainsKey(goal); steps++)
        {
            List<string> next = [];
            foreach (string from in layer)
                foreach (string to in list)
                    if (Differ(from, to) == 1 && distance.TryAdd(to, steps)) next.Add(to);
            work.Add($"reached after {Phrases.Count(steps, "change")}", Phrases.Commas(next));
            layer = next;
        }
        string shown = Phrases.List(list), answer = $"{distance[goal]}";
        work.Add($"{goal} is reached first after", answer);
        return new(draws.Wording.Pick(
        [
            $"Only these words may be used: {shown}. Changing one letter at a time, how many changes lead from \"{start}\" to \"{goal}\" "
                + "at least?",
            $"A word ladder goes from \"{start}\" to \"{goal}\" by changing one letter a step; every word on the way must be in {shown}. "
                + "How many steps does the shortest ladder have?",
            $"How few single-letter replacements turn \"{start}\" into \"{goal}\" if each word in between is one of {shown}?",
            $"Find the length, in steps, of the shortest chain from \"{start}\" to \"{goal}\" in which neighbours differ in exactly one "
                + "letter and all "
                + $"words come from {shown}.",
        ]), answer, work);
    }

    private static int Differ(string a, string b) => a.Zip(b).Count(pair => pair.First != pair.Second);
}
