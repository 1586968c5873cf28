using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>Fewest insertions, deletions and replacements from one word to another, row by row.</summary>
internal sealed class EditDistance() : TaskFamily("edit-distance", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string from = draws.Problem.Syllables(level / 2 + 2)[..(level + 3)], to = from;
        for (int edit = draws.Problem.Between(1, level + 2); edit > 0 && to.Length > 1; edit--)
        {
            int at = draws.Problem.Below(to.Length), kind = draws.Problem.Below(3);
            string letter = kind == 0 ? "" : draws.Problem.Letters(1);
            to = to[..at] + letter + to[(kind == 2 ? at : at + 1)..];
        }
        var work = new StepList();
        int[] above = [.. Enumerable.Range(0, to.Length + 1)];
        work.Add("from the empty word to each beginning of the second", string.Join(' ', above));
        for (int i = 0; i < from.Length; i++)
        {
            int[] row = new int[above.Length];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
                row[j + 1] = Math.Min(Math.Min(above[j + 1], row[j]) + 1, above[j] + (from[i] == to[j] ? 0 : 1));
            work.Add($"from {from[..(i + 1)]} to each beginning of {to}", string.Join(' ', row));
            above = row;
        }
        work.Add("the last number of the last row", $"{above[^1]}");
        return new(draws.Wording.Pick(
        [
            $"What is the edit distance between \"{from}\" and \"{to}\" (insert, delete or replace one letter, each costing 1)?",
            $"How many single-letter insertions, deletions and replacements are needed at least to turn \"{from}\" into \"{to}\"?",
            $"Give the Levenshtein distance from \"{from}\" to \"{to}\".",
            $"In one step a letter may be added, removed or changed. What is the smallest number of steps from \"{from}\" to \"{to}\"?",
        ]), $"{above[^1]}", work);
    }
}

/// <summary>Length of the longest common subsequence of two strings.</summary>
internal sealed class CommonSubsequence() : TaskFamily("common-subsequence", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string alphabet = string.Concat(draws.Problem.Sample<char>([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], 4));
        string one = draws.Problem.Letters(4 + level, alphabet), two = draws.Problem.Letters(4 + level, alphabet);
        var work = new StepList();
        int[] above = new int[two.Length + 1];
        for (int i = 0; i < one.Length; i++)
        {
            int[] row = new int[above.Length];
            for (int j = 0; j < two.Length; j++)
                row[j + 1] = one[i] == two[j] ? above[j] + 1 : Math.Max(above[j + 1], row[j]);
            work.Add($"best lengths of {one[..(i + 1)]} against each beginning of {two}", string.Join(' ', row));
            above = row;
        }
        work.Add("the last number of the last row", $"{above[^1]}");
        return new(draws.Wording.Pick(
        [
            $"How long is the longest common subsequence of \"{one}\" and \"{two}\"? (Letters keep their order but need not be adjacent.)",
            $"Letters may be struck out of \"{one}\" and of \"{two}\" until both read the same. How many letters can be left at most?",
            $"Find the length of the longest sequence of letters that appears in this order, with gaps allowed, in both \"{one}\" and "
                + $"\"{two}\".",
            $"Give the length of a longest subsequence shared by the strings \"{one}\" and \"{two}\".",
        ]), $"{above[^1]}", work);
    }
}

/// <summary>Length of the longest rising subsequence of a list.</summary>
internal sealed class RisingSubsequence() : TaskFamily("rising-subsequence", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] list = draws.Problem.Distinct(3 + 2 * level, 1, 99);
        var work = new StepList();
        int[] best = new int[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            int before = -1;
            for (int j = 0; j < i; j++)
                if (list[j] < list[i] && (before < 0 || best[j] > best[before])) before = j;
            best[i] = before < 0 ? 1 : best[before] + 1;
            work.Add(before < 0 ? $"{list[i]} follows nothing smaller" : $"{list[i]} extends the longest that ends in {list[before]}",
                before < 0 ? "length 1" : $"{best[before]} + 1 = {best[i]}");
        }
        work.Add("the greatest of these lengths", $"{best.Max()}");
        string shown = Phrases.List(list);
        return new(draws.Wording.Pick(
        [
            $"What is the length of the longest increasing subsequence of {shown}? (The numbers keep their order; they need not be "
                + "adjacent.)",
            $"Numbers may be struck out of {shown} until those left rise from left to right. How many can be left at most?",
            $"From the list {shown} choose numbers, in the order they stand, each greater than the one chosen before. How many can be "
                + "chosen at most?",
            $"Find how long the longest strictly rising subsequence of {shown} is.",
        ]), $"{best.Max()}", work);
    }
}
