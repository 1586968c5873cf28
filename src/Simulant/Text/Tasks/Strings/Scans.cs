using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>Runs of equal letters written as letter and length.</summary>
internal sealed class RunLength() : TaskFamily("run-length", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string text = "";
        while (text.Length < 4 * level + 7)
        {
            char letter = draws.Problem.Letters(1)[0];
            if (text.Length > 0 && text[^1] == letter) continue;
            text += new string(letter, draws.Problem.Between(1, 5));
        }
        var work = new StepList();
        string code = "";
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start;
            while (end < text.Length && text[end] == text[start]) end++;
            code += $"{text[start]}{end - start}";
            work.Add($"a run of {text[start]} of length {end - start}", code);
        }
        return new(draws.Wording.Pick(
        [
            $"Write the run-length code of \"{text}\": each run of equal letters as the letter followed by the length of the run, "
                + "also where it is 1.",
            $"Compress \"{text}\" by replacing every run of the same letter by that letter and the number of times it stands there (1 "
                + "included). "
                + "Write the result without spaces.",
            $"In run-length encoding a run of equal letters becomes the letter and a count, even for a single letter. Encode \"{text}\".",
            $"What is \"{text}\" in run-length form, with a letter and a count for every run, single letters too?",
        ]), code, work);
    }
}

/// <summary>The longest stretch of a word that reads the same backwards, by growing it from its centre.</summary>
internal sealed class LongestPalindrome() : TaskFamily("longest-palindrome", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string alphabet = string.Concat(draws.Problem.Sample<char>([.. "abcdefghijklmnopqrstuvwxyz"], 3));
        string text = draws.Problem.Letters(4 + 4 * level, alphabet);
        var work = new StepList();
        string best = text[..1];
        for (int centre = 0; centre < 2 * text.Length - 1; centre++)
        {
            int left = centre / 2, right = (centre + 1) / 2;
            while (left >= 0 && right < text.Length && text[left] == text[right]) (left, right) = (left - 1, right + 1);
            string found = text[(left + 1)..right];
            if (found.Length < 2) continue;
            if (found.Length > best.Length) best = found;
            work.Add($"grow from {Centre(centre)}", $"{found}, length {found.Length}; longest so far {best}");
        }
        work.Add("the longest of all, the leftmost of equals", best);
        return new(draws.Wording.Pick(
        [
            $"Find the longest palindrome that stands without gaps in \"{text}\". If several are equally long, give the leftmost.",
            $"Which consecutive part of \"{text}\" is the longest that reads the same in both directions? Of equally long ones, take the "
                + "first.",
            $"In the string \"{text}\", what is the longest palindromic substring (the leftmost one if there is a tie)?",
            $"Give the longest substring of \"{text}\" that equals its own reverse; where two are as long, the one that starts earlier.",
        ]), best, work);
    }

    private static string Centre(int centre) =>
        centre % 2 == 0 ? $"letter {centre / 2 + 1}" : $"between letters {centre / 2 + 1} and {centre / 2 + 2}";
}

/// <summary>How often a short string occurs in a long one, overlaps included.</summary>
internal sealed class SubstringCount() : TaskFamily("substring-count", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string alphabet = string.Concat(draws.Problem.Sample<char>([.. "abcdefghijklmnopqrstuvwxyz"], 2));
        string text = draws.Problem.Letters(7 + 7 * level, alphabet);
        int length = draws.Problem.Between(2, 3), from = draws.Problem.Below(text.Length - length + 1);
        string pattern = text.Substring(from, length);
        var work = new StepList();
        int count = 0;
        for (int i = 0; i + length <= text.Length; i++)
            if (text.AsSpan(i).StartsWith(pattern)) work.Add($"{pattern} begins at letter {i + 1}", $"count {++count}");
        work.Add("no other place fits", $"{count}");
        return new(draws.Wording.Pick(
        [
            $"How many times does \"{pattern}\" occur in \"{text}\"? Occurrences may overlap.",
            $"Count the places where \"{pattern}\" begins in \"{text}\", overlapping ones included.",
            $"Look for \"{pattern}\" in the string \"{text}\". At how many positions does it stand, overlaps counted?",
            $"Counting overlaps, how often can \"{pattern}\" be found as consecutive letters of \"{text}\"?",
        ]), $"{count}", work);
    }
}

/// <summary>The closing brackets that a text still needs.</summary>
internal sealed class BracketCompletion() : TaskFamily("bracket-completion", TaskCategories.Strings)
{
    private const string Open = "([<", Close = ")]>";

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string text = "";
        var stack = new Stack<char>();
        var work = new StepList();
        int length = 8 + 5 * level;
        while (text.Length < length || stack.Count == 0)
        {
            bool close = stack.Count > 0 && draws.Problem.Chance(0.42) && text.Length != length - 1;
            text += close ? Close[Open.IndexOf(stack.Peek())] : Open[draws.Problem.Below(3)];
            if (close) stack.Pop(); else stack.Push(text[^1]);
            work.Add(close ? $"{text[^1]} closes the last open bracket" : $"{text[^1]} opens",
                stack.Count == 0 ? "nothing open" : "open: " + string.Concat(stack.Reverse()));
        }
        string answer = string.Concat(stack.Select(open => Close[Open.IndexOf(open)]));
        work.Add("close what is open, the last opened first", answer);
        return new(draws.Wording.Pick(
        [
            $"Which brackets must be added at the end of \"{text}\" so that all brackets are closed properly? Write them without spaces.",
            $"Complete the bracket sequence \"{text}\" with the closing brackets it lacks. Write only what has to be added, without "
                + "spaces.",
            $"The text \"{text}\" has brackets that are still open. Give the shortest string of closing brackets that balances it.",
            $"What has to follow \"{text}\" so that every bracket has its partner and they nest properly? Give just the missing brackets.",
        ]), answer, work);
    }
}
