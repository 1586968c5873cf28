using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Combinatorics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Probability;

/// <summary>Draws without replacement: so many of each colour.</summary>
internal sealed class UrnDraw() : TaskFamily("urn-draw", TaskCategories.Probability)
{
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white", "orange", "purple"];

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int k = level + 1, most = level == 1 ? 180 : 30;
        int[] counts = [.. Enumerable.Range(0, k).Select(_ => draws.Problem.Between(5, most))];
        int[] taken = [.. Enumerable.Range(0, k).Select(_ => draws.Problem.Between(1, 4))];
        string[] colours = draws.Wording.Sample(Colours, k);
        var work = new StepList();
        BigInteger ways = 1;
        for (int i = 0; i < k; i++)
        {
            var some = Counting.Choose(counts[i], taken[i]);
            work.Add($"choose {taken[i]} of the {counts[i]} {colours[i]} ones", $"C({counts[i]}, {taken[i]}) = {some}");
            ways *= some;
        }
        work.Add($"together {ways} ways");
        var all = Counting.Choose(counts.Sum(), taken.Sum());
        work.Add($"all ways to draw {taken.Sum()} of {counts.Sum()}", $"C({counts.Sum()}, {taken.Sum()}) = {all}");
        var chance = new Fraction(ways, all);
        work.Add("divide", $"{ways} / {all} = {chance}");
        string bag = Phrases.And([.. counts.Select((c, i) => $"{c} {colours[i]}")]);
        string wanted = Phrases.And([.. taken.Select((t, i) => $"{t} {colours[i]}")]);
        const string How = "Give the probability as a fraction in lowest terms.";
        string question = draws.Wording.Pick([
            $"A bag holds {bag} balls. {taken.Sum()} balls are drawn without putting any back. What is the chance of exactly {wanted} "
                + $"balls? {How}",
            $"From a box with {bag} beads, {taken.Sum()} are taken at once. How likely are {wanted} beads? {How}",
            $"There are {bag} marbles in a jar. Somebody takes out {taken.Sum()} at random, without replacement. Find the probability of "
                + $"{wanted} ones, in whatever order. {How}",
            $"An urn with {bag} tokens is shuffled and {taken.Sum()} of the tokens are drawn together. With which probability are they "
                + $"{wanted} ones? {How}"]);
        return new TaskDraft(question, chance.ToString(), work);
    }
}

/// <summary>The chance that several different spinners give at most a total.</summary>
internal sealed class SpinnerTotal() : TaskFamily("spinner-total", TaskCategories.Probability)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] sides = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.Between(3, 60))];
        int limit = sides.Length + draws.Problem.Between(3, 9);
        var work = new StepList();
        var ways = new long[limit + 1];
        ways[0] = 1;
        for (int s = 0; s < sides.Length; s++)
        {
            var next = new long[limit + 1];
            for (int t = 0; t <= limit; t++)
                for (int x = 1; x <= Math.Min(sides[s], t); x++) next[t] += ways[t - x];
            ways = next;
            work.Add($"ways to each total from {s + 1} to {limit - (sides.Length - 1 - s)} with the first "
                + $"{Phrases.Count(s + 1, "spinner")}",
                Phrases.Commas(ways[(s + 1)..(limit - (sides.Length - 1 - s) + 1)]));
        }
        long good = ways.Sum();
        var all = sides.Aggregate(BigInteger.One, (p, s) => p * s);
        work.Add($"ways to at most {limit}", $"{Maths.Sum(ways[sides.Length..])} = {good}");
        work.Add("all outcomes", $"{Maths.Product(sides)} = {all}");
        var chance = new Fraction(good, all);
        work.Add("divide", $"{good} / {all} = {chance}");
        string list = Phrases.And([.. sides.Select(s => s.ToString())]);
        const string How = "Answer with a fraction in lowest terms.";
        string question = draws.Wording.Pick([
            $"Spinners with {list} equal sectors, each numbered from one up, are spun. What is the probability of a total of at most "
                + $"{limit}? {How}",
            $"Fair dice with {list} faces (numbered from one) are rolled together. How likely is a sum not above {limit}? {How}",
            $"One ticket is drawn from each of several boxes, which hold tickets numbered from one to {list} respectively. Find the "
                + $"chance that the numbers add up to {limit} or less. {How}",
            $"Independent random whole numbers are uniform between one and {list} in turn. What is the probability that their sum is no "
                + $"more than {limit}? {How}"]);
        return new TaskDraft(question, chance.ToString(), work);
    }
}

/// <summary>Which of several events happen: the chance of exactly so many, event by event.</summary>
internal sealed class EventsExactly() : TaskFamily("events-exactly", TaskCategories.Probability)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 2, wanted = draws.Problem.Between(1, n - 1);
        int[] percent = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.Between(1, 99))];
        var work = new StepList();
        var chance = new Fraction[wanted + 1];
        chance[0] = 1;
        for (int i = 0; i < n; i++)
        {
            var p = new Fraction(percent[i], 100);
            for (int k = Math.Min(wanted, i + 1); k >= 0; k--)
            {
                var without = chance[k] * (1 - p);
                var with = k > 0 ? chance[k - 1] * p : 0;
                if (k == wanted && i >= wanted - 1)
                    work.Add($"after {Phrases.Count(i + 1, "event")}, exactly {wanted}: "
                        + $"{(k > 0 ? "one more comes, or none" : "none comes")}",
                        $"{with.Plain()} + {without.Plain()} = {(with + without).Plain()}");
                chance[k] = with + without;
            }
            if (i < wanted - 1) work.Add($"after {Phrases.Count(i + 1, "event")}, the chances of 0, 1 and so on",
                Phrases.Commas(chance[..(i + 2)].Select(c => c.Plain())));
        }
        string list = Phrases.And([.. percent.Select(p => p + "%")]);
        const string How = "Give the exact value as a fraction or decimal.";
        string question = draws.Wording.Pick([
            $"Independent events have the probabilities {list}. What is the probability that exactly {wanted} of them happen? {How}",
            $"Machines run on a given day with chances {list}, independently. How likely is it that {wanted} of them run, no more and no "
                + "fewer? "
                + How,
            $"Archers hit with probabilities {list}, each shooting once, independently. Find the probability of exactly {wanted} hits. "
                + How,
            $"Several coins are biased: heads comes with {list} respectively. All are tossed once. What is the chance of exactly {wanted} "
                + "heads? "
                + How]);
        return new TaskDraft(question, chance[wanted].Plain(), work);
    }
}

/// <summary>The average gain of a lottery ticket.</summary>
internal sealed class ExpectedGain() : TaskFamily("expected-gain", TaskCategories.Probability)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int tickets = draws.Problem.Between(40, 900), price = draws.Problem.Between(1, 30);
        (int Count, int Prize)[] prizes = [.. Enumerable.Range(0, level + 1)
            .Select(_ => (draws.Problem.Between(1, tickets / 8), draws.Problem.Between(2, 500)))];
        var work = new StepList();
        Fraction sum = 0;
        foreach (var (count, prize) in prizes)
        {
            var part = new Fraction((BigInteger)count * prize, tickets);
            work.Add($"{Phrases.Count(count, "ticket")} of {tickets} win {prize}", $"{sum} + {count}/{tickets} * {prize} = {sum + part}");
            sum += part;
        }
        work.Add("take off the price of the ticket", $"{sum} - {price} = {sum - price}");
        sum -= price;
        string list = Phrases.And([.. prizes.Select(p => $"{p.Count} win {p.Prize}")]);
        const string How = "Answer with a fraction or whole number; a loss is negative.";
        string question = draws.Wording.Pick([
            $"A lottery sells {tickets} tickets at {price} euros each. Of them, {list} euros; the others win nothing. What is the "
                + $"expected net gain of one ticket in euros? {How}",
            $"Among {tickets} tickets that cost {price} euros apiece, {list} euros and the rest nothing. Find the mean net gain per "
                + $"ticket. {How}",
            $"A raffle has {tickets} tickets for {price} euros each; {list} euros, all others are blanks. How many euros does a buyer of "
                + $"one ticket win on average, after the price? {How}",
            $"One of {tickets} equally likely tickets costs {price} euros. If {list} euros and the remaining ones lose, what net gain is "
                + $"to be expected? {How}"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}
