using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Combinatorics;

/// <summary>Strings without so many equal letters in a row, by a recurrence on the length.</summary>
internal sealed class StringsWithoutRuns() : TaskFamily("strings-without-runs", TaskCategories.Combinatorics)
{
    private const int Alphabets = 29, Runs = 5, Lengths = 14;

    public override AnswerKind Kind => AnswerKind.Integer;

    public override long? Problems(int level) => Alphabets * Runs * Lengths;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int letters = 2 + (int)(problem % Alphabets), run = 2 + (int)(problem / Alphabets % Runs);
        int length = 7 + 14 * (level - 1) / 2 + (int)(problem / (Alphabets * Runs));
        var work = new StepList();
        var counts = new List<BigInteger> { 1 };
        for (int n = 1; n <= length; n++)
        {
            // The last run has 1 to run - 1 letters; what stands before it ends in another letter.
            BigInteger sum = 0;
            for (int last = 1; last < run && last <= n; last++) sum += last == n ? letters : (letters - 1) * counts[n - last];
            string parts = n < run ? $"{letters} * {sum / letters}" : $"{letters - 1} * {Before(counts, n, run)}";
            work.Add($"strings of length {n}", $"{parts} = {sum}");
            counts.Add(sum);
        }
        string question = draws.Wording.Pick([
            $"How many strings of length {length} over an alphabet of {letters} letters have no {run} equal letters in a row?",
            $"Beads of {letters} colours are threaded in a row of {length}, so that nowhere {run} neighbours in a row have one colour. "
                + "How many rows are possible? (A row and its reversal are different.)",
            $"Count the words of {length} signs, taken from {letters} signs, in which no sign stands {run} or more times in succession.",
            $"A code has {length} places, each with one of {letters} symbols; the same symbol may not come {run} times running. How many "
                + "codes are there?"]);
        return new TaskDraft(question, counts[length].ToString(), work);
    }

    private static string Before(List<BigInteger> counts, int n, int run) => run == 2 ? counts[n - 1].ToString()
        : "(" + Maths.Sum(Enumerable.Range(1, run - 1).Select(last => counts[n - last])) + ")";
}

/// <summary>Numbers above a bound from given digits, none twice, counted by the place where they first differ from it.</summary>
internal sealed class NumbersFromDigits() : TaskFamily("numbers-from-digits", TaskCategories.Combinatorics)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int length = level + 2, kinds = Math.Min(9, draws.Problem.Between(length + 1, length + 4));
        int[] digits = [.. draws.Problem.Sample([.. Enumerable.Range(0, 10)], kinds).Order()];
        string bound = draws.Problem.BigNumber(length).ToString();
        var work = new StepList();
        var count = Solve(digits, bound, work);
        string list = Phrases.Commas(digits);
        string place = $"{length}-digit";
        string question = draws.Wording.Pick([
            $"How many {place} numbers greater than {bound} can be formed from the digits {list}, using no digit twice? A number does not "
                + "start with zero.",
            $"From the digits {list}, each used at most once, {place} numbers are made (no leading zero). How many of them exceed {bound}?",
            $"Count the {place} numbers above {bound} whose digits are all different and all among {list}; zero does not come first.",
            $"Cards show the digits {list}, one card each. How many {place} numbers larger than {bound} can be laid with them, zero not in "
                + "front?"]);
        return new TaskDraft(question, count.ToString(), work);
    }

    private static long Solve(int[] digits, string bound, StepList work)
    {
        var left = digits.ToList();
        long total = 0;
        for (int i = 0; i < bound.Length; i++)
        {
            int at = bound[i] - '0', larger = left.Count(d => d > at);
            long orders = 1;
            for (int k = i + 1; k < bound.Length; k++) orders *= left.Count - (k - i);
            string begun = i == 0 ? "" : $" after {bound[..i]}";
            work.Add($"{Phrases.Count(larger, "unused digit")} above {at} in place {i + 1}{begun}, the rest in any order",
                $"{larger} * {orders} = {larger * orders}");
            total += larger * orders;
            if (!left.Remove(at))
            {
                work.Add($"{at} cannot stand in place {i + 1} itself, so the count ends at {total}");
                return total;
            }
        }
        work.Add($"the bound itself does not count: the total is {total}");
        return total;
    }
}

/// <summary>The place of a word among all orders of its letters.</summary>
internal sealed class PermutationRank() : TaskFamily("permutation-rank", TaskCategories.Combinatorics)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string word = new(draws.Problem.Sample([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], level + 5));
        var work = new StepList();
        long rank = 1;
        for (int i = 0; i < word.Length - 1; i++)
        {
            int smaller = word[(i + 1)..].Count(c => c < word[i]);
            var orders = (long)Counting.Factorial(word.Length - 1 - i);
            work.Add($"{Phrases.Count(smaller, "letter")} to the right of {word[i]} come before it, each with {orders} orders of the rest",
                $"{rank} + {smaller} * {orders} = {rank + smaller * orders}");
            rank += smaller * orders;
        }
        string question = draws.Wording.Pick([
            $"All orders of the letters of \"{word}\" are listed alphabetically. At which place, counting from one, stands \"{word}\" "
                + "itself?",
            $"What is the position of \"{word}\" in the alphabetical list of all arrangements of its letters? The first has position one.",
            $"Sort all permutations of the letters in \"{word}\" as in a dictionary. What number in the list is \"{word}\"?",
            $"Somebody writes down every arrangement of the letters of \"{word}\" in dictionary order. After how many entries, this one "
                + $"counted too, is \"{word}\" written?"]);
        return new TaskDraft(question, rank.ToString(), work);
    }
}
