using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Combinatorics;

/// <summary>Factorials and binomial coefficients.</summary>
internal static class Counting
{
    public static BigInteger Factorial(int n)
    {
        BigInteger product = 1;
        for (int i = 2; i <= n; i++) product *= i;
        return product;
    }

    /// <summary>n over k; zero where k is out of range.</summary>
    public static BigInteger Choose(long n, int k)
    {
        if (k < 0 || k > n) return 0;
        BigInteger result = 1;
        for (int i = 1; i <= k; i++) result = result * (n - k + i) / i;
        return result;
    }
}

/// <summary>Different orders of letters of which some are the same.</summary>
internal sealed class WordArrangements() : TaskFamily("word-arrangements", TaskCategories.Combinatorics)
{
    private static readonly int[] Length = [6, 8, 11, 14, 18], Kinds = [4, 5, 7, 9, 12];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        char[] letters = draws.Problem.Sample([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], Kinds[level - 1]);
        string word = new([.. Enumerable.Range(0, Length[level - 1]).Select(_ => draws.Problem.Pick(letters))]);
        var work = new StepList();
        var count = Counting.Factorial(word.Length);
        work.Add($"{word.Length} letters have {word.Length}! orders", $"{word.Length}! = {count}");
        foreach (var group in word.GroupBy(c => c).Where(g => g.Count() > 1))
        {
            var same = Counting.Factorial(group.Count());
            work.Add($"{group.Key} stands {group.Count()} times: divide by {group.Count()}!", $"{count} / {same} = {count / same}");
            count /= same;
        }
        work.Add($"that makes {count} orders");
        string question = draws.Wording.Pick([
            $"How many different arrangements do the letters of \"{word}\" have?",
            $"In how many distinguishable orders can the letters \"{word}\" be written?",
            $"Tiles show the letters \"{word}\", and tiles with the same letter look alike. How many different rows can be laid with all "
                + "of them?",
            $"Count the different strings that use exactly the letters of \"{word}\". Answer with the number only."]);
        return new TaskDraft(question, count.ToString(), work);
    }
}

/// <summary>Committees from two groups with a least number of one: a sum over cases.</summary>
internal sealed class Committee() : TaskFamily("committee", TaskCategories.Combinatorics)
{
    private static readonly int[] Cases = [2, 3, 4, 6, 8];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int first = draws.Problem.Between(16, 320), second = draws.Problem.Between(16, 320);
        int size = Cases[level - 1] + draws.Problem.Between(0, 6), least = size - Cases[level - 1] + 1;
        var work = new StepList();
        BigInteger sum = 0;
        for (int k = least; k <= size; k++)
        {
            BigInteger a = Counting.Choose(second, k), b = Counting.Choose(first, size - k);
            work.Add($"with {k} of the second kind and {size - k} of the first",
                $"C({second}, {k}) * C({first}, {size - k}) = {a} * {b} = {a * b}");
            sum += a * b;
        }
        work.Add($"the cases add up to {sum}");
        string question = draws.Wording.Pick([
            $"A club has {first} juniors and {second} seniors. In how many ways can it choose a committee of {size} with at least {least} "
                + $"{(least == 1 ? "senior" : "seniors")}?",
            $"From {first} red and {second} blue balls, all numbered and thus different, {size} are taken. How many selections have "
                + $"{least} or more blue ones?",
            $"{first} teachers and {second} parents stand for a board of {size}. How many boards are possible with no fewer than {least} "
                + $"{(least == 1 ? "parent" : "parents")}?",
            $"There are {first} novels and {second} biographies on a shelf. Somebody packs {size} of these books, of which at least "
                + $"{least} must be {(least == 1 ? "a biography" : "biographies")}. How many choices are there?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>Solutions of a sum with an upper limit on each part, by inclusion and exclusion.</summary>
internal sealed class BoundedSums() : TaskFamily("bounded-sums", TaskCategories.Combinatorics)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] limits = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.Between(3, 40))];
        int total = draws.Problem.Between(limits.Sum() / 4, limits.Sum() * 2 / 5), k = limits.Length;
        var work = new StepList();
        BigInteger sum = 0;
        for (int set = 0; set < 1 << k; set++)
        {
            int[] over = [.. Enumerable.Range(0, k).Where(i => (set >> i & 1) == 1)];
            int left = total - over.Sum(i => limits[i] + 1);
            if (left < 0) continue;
            var ways = Counting.Choose(left + k - 1, k - 1);
            int sign = over.Length % 2 == 0 ? 1 : -1;
            work.Add(set == 0 ? "without limits" : $"{(sign < 0 ? "take off" : "put back")} those with "
                + $"{Phrases.And([.. over.Select(i => "x" + Sub(i))])} too large",
                $"C({left + k - 1}, {k - 1}) = {ways}");
            sum += sign * ways;
        }
        work.Add($"in all {sum}");
        string list = Phrases.Commas(limits), names = string.Join(" + ", limits.Select((_, i) => "x" + Sub(i)));
        string question = draws.Wording.Pick([
            $"In how many ways can {total} be split into {names} if these are whole numbers, not negative and at most {list} in that "
                + "order?",
            $"How many solutions in whole numbers from zero up has {names} = {total}, when the upper limits of the unknowns are {list}?",
            $"{total} equal balls go into {names.Split('+').Length} different boxes that hold at most {list} balls. How many ways are "
                + "there?",
            $"Count the ways to write {total} as an ordered sum of {names.Split('+').Length} numbers, zero allowed, the numbers being no "
                + $"more than {list} respectively."]);
        return new TaskDraft(question, sum.ToString(), work);
    }

    private static char Sub(int i) => "abcdefgh"[i];
}

/// <summary>Ways to pay an amount with given coins, one coin more at a time.</summary>
internal sealed class CoinWays() : TaskFamily("coin-ways", TaskCategories.Combinatorics)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] coins = [.. draws.Problem.Sample([.. Enumerable.Range(2, 39)], level + 2).Order()];
        int total = draws.Problem.Between(60, 240);
        var ways = new long[total + 1];
        ways[0] = 1;
        var work = new StepList();
        foreach (int coin in coins)
        {
            long before = ways[total];
            for (int t = coin; t <= total; t++) ways[t] += ways[t - coin];
            work.Add($"allow the coin {coin}: the ways for {total} without it, and those for {total - coin} with it",
                $"{before} + {ways[total - coin]} = {ways[total]}");
        }
        string list = Phrases.And([.. coins.Select(c => c.ToString())]);
        string question = draws.Wording.Pick([
            $"In how many ways can {total} cents be paid with coins of {list} cents? The order of the coins does not matter.",
            $"Coins of {list} exist, as many as needed. How many different sets of coins are worth {total}?",
            $"The amount {total} is to be made up of parts {list}, each any number of times. How many ways are there, order disregarded?",
            $"A machine pays out {total} in pieces of {list}. Count the possible payouts, regardless of order."]);
        return new TaskDraft(question, ways[total].ToString(), work);
    }
}

/// <summary>How many selections from a list add up to a target.</summary>
internal sealed class SubsetSums() : TaskFamily("subset-sums", TaskCategories.Combinatorics)
{
    private static readonly int[] Length = [5, 7, 9, 11, 13];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] numbers = draws.Problem.Distinct(Length[level - 1], 1, 30);
        int target = numbers.Where((_, i) => draws.Problem.Chance(.5)).Sum();
        if (target == 0) target = numbers[0] + numbers[1];
        var work = new StepList();
        var ways = new long[target + 1];
        ways[0] = 1;
        foreach (int n in numbers)
        {
            long without = ways[target], with = n <= target ? ways[target - n] : 0;
            for (int t = target; t >= n; t--) ways[t] += ways[t - n];
            work.Add($"let {n} be used or not: {without} ways to {target} without it, {with} to {target - n} before it",
                $"{without} + {with} = {ways[target]}");
        }
        string list = Phrases.Commas(numbers);
        string question = draws.Wording.Pick([
            $"How many subsets of {{{list}}} have the sum {target}?",
            $"In how many ways can some of the numbers {list} be chosen, each at most once, so that they add up to {target}?",
            $"Weights of {list} grams lie on a table, one of each. How many selections weigh {target} grams?",
            $"From the list {list} pick numbers whose total is {target}. How many different picks are there? Order does not count."]);
        return new TaskDraft(question, ways[target].ToString(), work);
    }
}
