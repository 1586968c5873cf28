using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>The greatest sum of neighbours in a list.</summary>
internal sealed class BestStretch() : TaskFamily("best-stretch", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] list = draws.Problem.Numbers(3 + 2 * level, -20, 20);
        var work = new StepList();
        int ending = list[0], best = list[0];
        work.Add("start", $"best ending here {ending}, best {best}");
        foreach (int number in list.Skip(1))
        {
            int before = ending;
            ending = Math.Max(number, before + number);
            best = Math.Max(best, ending);
            work.Add(before > 0 ? $"{number} joins what stands before it" : $"a fresh start at {number}",
                $"max({number}, {before} + {(number < 0 ? $"({number})" : number)}) = {ending}, best {best}");
        }
        string shown = Phrases.List(list);
        return new(draws.Wording.Pick(
        [
            $"What is the greatest sum of consecutive elements (at least one) of {shown}?",
            $"Find the maximum subarray sum of {shown}; the subarray must not be empty.",
            $"Choose one or more neighbouring numbers of {shown} so that their sum is as great as possible. What is the sum?",
            $"Daily gains and losses are {shown}. What is the best total over any unbroken stretch of at least one day?",
        ]), $"{best}", work);
    }
}

/// <summary>The most valuable load within a weight.</summary>
internal sealed class Knapsack() : TaskFamily("knapsack", TaskCategories.Strings)
{
    private static readonly string[] Luggage =
        [.. WordBank.Groups.Where(g => g.Kind is "tool" or "kitchen object" or "piece of clothing").SelectMany(g => g.Words)];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int count = level + 2;
        int[] weight = draws.Problem.Numbers(count, 1, 9), value = draws.Problem.Numbers(count, 1, 40);
        string[] names = draws.Problem.Sample(Luggage, count);
        int limit = Math.Max(weight.Sum() / 2, weight.Max());
        var work = new StepList();
        int[] best = new int[limit + 1];
        for (int i = 0; i < count; i++)
        {
            for (int room = limit; room >= weight[i]; room--) best[room] = Math.Max(best[room], best[room - weight[i]] + value[i]);
            work.Add($"best values for room 0 to {limit} with items up to number {i + 1}", string.Join(' ', best));
        }
        work.Add("the last entry", $"{best[limit]}");
        string items = Phrases.Commas(names.Select((name, i) => $"{name} ({weight[i]} kg, {value[i]} points)"));
        return new(draws.Wording.Pick(
        [
            $"A bag can carry {limit} kg. There is one of each: {items}. What is the greatest number of points that fits into it?",
            $"Choose from {items}, each at most once, so that the weight is at most {limit} kg and the points are as many as possible. "
                + "How many?",
            $"With a limit of {limit} kg, which total of points can be reached at best by picking among {items}? Items cannot be divided "
                + "or repeated.",
            $"You may take any of these: {items}. Together they must weigh no more than {limit} kg. Give the highest total of points.",
        ]), $"{best[limit]}", work);
    }
}

/// <summary>The digit that makes a number pass the Luhn test.</summary>
internal sealed class LuhnDigit() : TaskFamily("luhn-digit", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string digits = draws.Problem.Letters(1, "123456789") + draws.Problem.Letters(2 * level + 4, "0123456789");
        var work = new StepList();
        int sum = 0;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            int digit = digits[i] - '0';
            bool twice = (digits.Length - 1 - i) % 2 == 0;
            int add = !twice ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
            string how = !twice ? $"{digit} counts once" : digit > 4 ? $"{digit} doubled, 2 * {digit} - 9 = {add}" : $"{digit} doubled, "
                + $"2 * {digit} = {add}";
            work.Add(how, $"{sum} + {add} = {sum + add}");
            sum += add;
        }
        int check = (10 - sum % 10) % 10;
        work.Add("what is missing to a multiple of 10", $"(10 - {sum} mod 10) mod 10 = {check}");
        const string rule = "From the right, the 1st, 3rd, 5th and so on of the given digits are doubled (9 is taken off a result above "
            + "9), the others "
            + "count once, and the check digit brings the sum up to a multiple of ten.";
        return new(draws.Wording.Pick(
        [
            $"Which check digit does the Luhn rule append to \"{digits}\"? {rule}",
            $"{rule} Find the check digit for \"{digits}\".",
            $"A card number begins \"{digits}\" and ends with one more digit, the Luhn check digit. {rule} What is that digit?",
            $"Compute the Luhn check digit to follow \"{digits}\". {rule}",
        ]), $"{check}", work);
    }
}
