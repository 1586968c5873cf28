using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Probability;

/// <summary>From which source a faulty piece comes (Bayes).</summary>
internal sealed class BayesSources() : TaskFamily("bayes-sources", TaskCategories.Probability)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int k = level + 1, asked = draws.Problem.Below(k);
        int[] shares = Shares(draws.Problem, k);
        int[] faulty = [.. Enumerable.Range(0, k).Select(_ => draws.Problem.Between(1, 240))];
        var work = new StepList();
        Fraction sum = 0, own = 0;
        for (int i = 0; i < k; i++)
        {
            var part = new Fraction(shares[i], 100) * new Fraction(faulty[i], 1000);
            work.Add($"source {"ABCDEF"[i]} and faulty", $"{new Fraction(shares[i], 100).Plain()} * "
                + $"{new Fraction(faulty[i], 1000).Plain()} = {part.Plain()}");
            sum += part;
            if (i == asked) own = part;
        }
        work.Add($"faulty from whatever source: {sum.Plain()}");
        var chance = own / sum;
        work.Add($"the share of {"ABCDEF"[asked]} in that", $"{own.Plain()} / {sum.Plain()} = {chance}");
        string from = Phrases.And([.. shares.Select((s, i) => $"{s}% from {"ABCDEF"[i]}")]);
        string bad = Phrases.And([.. faulty.Select((f, i) => $"{new Fraction(f, 10).Plain()}% of those from {"ABCDEF"[i]}")]);
        char name = "ABCDEF"[asked];
        const string How = "Give a fraction in lowest terms.";
        string question = draws.Wording.Pick([
            $"Parts come {from}. Faulty are {bad}. A part is found to be faulty. What is the probability that it comes from {name}? {How}",
            $"A shop buys lamps, {from}. Of these, {bad} fail within a year. A lamp has failed within the year: how likely is it one from "
                + $"{name}? {How}",
            $"Letters arrive {from}. Wrongly addressed are {bad}. Given that a letter is wrongly addressed, find the chance that its "
                + $"origin is {name}. {How}",
            $"Seeds are a mixture, {from}. Sterile are {bad}. A seed proves sterile. With which probability was it one from {name}? "
                + How]);
        return new TaskDraft(question, chance.ToString(), work);
    }

    /// <summary>Positive percentages that add up to a hundred.</summary>
    private static int[] Shares(ItemDraws draws, int k)
    {
        int[] cuts = [0, .. draws.Distinct(k - 1, 1, 99).Order(), 100];
        return [.. Enumerable.Range(0, k).Select(i => cuts[i + 1] - cuts[i])];
    }
}

/// <summary>Weather of three kinds that depends on the day before.</summary>
internal sealed class MarkovDays() : TaskFamily("markov-days", TaskCategories.Probability)
{
    private static readonly string[] Weather = ["sunny", "cloudy", "rainy"];

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[][] next = [.. Enumerable.Range(0, 3).Select(_ => Row(draws.Problem))];
        int start = draws.Problem.Below(3), end = draws.Problem.Below(3), days = level + 1;
        var work = new StepList();
        var now = new Fraction[3];
        now[start] = 1;
        for (int day = 1; day <= days; day++)
        {
            var then = new Fraction[3];
            for (int to = 0; to < 3; to++)
            {
                for (int from = 0; from < 3; from++) then[to] += now[from] * new Fraction(next[from][to], 100);
                if (day == days && to != end) continue;
                int column = to;
                work.Add($"the chance of {Weather[to]} weather after {Phrases.Count(day, "day")}",
                    Maths.Sum(Enumerable.Range(0, 3).Select(from => $"{now[from].Plain()} * "
                        + $"{new Fraction(next[from][column], 100).Plain()}")) + " = " + then[to].Plain());
            }
            now = then;
        }
        string rules = string.Join("; ", Enumerable.Range(0, 3).Select(from => $"after a {Weather[from]} day it is "
            + Phrases.And([.. Enumerable.Range(0, 3).Select(to => $"{Weather[to]} with {next[from][to]}%")])));
        const string How = "Give the exact probability as a fraction or decimal.";
        string question = draws.Wording.Pick([
            $"On an island the weather depends on the day before only: {rules}. Today is {Weather[start]}. How likely is a {Weather[end]} "
                + $"day {days} days from now? {How}",
            $"Weather follows these rules: {rules}. If it is {Weather[start]} now, what is the probability of {Weather[end]} weather in "
                + $"{days} days? {How}",
            $"A simple forecast says: {rules}. Starting from a {Weather[start]} day, find the chance that the day {days} days later is "
                + $"{Weather[end]}. {How}",
            $"Each day's weather is drawn from the last one's: {rules}. Today it is {Weather[start]}. With which probability is it "
                + $"{Weather[end]} after {days} days? {How}"]);
        return new TaskDraft(question, now[end].Plain(), work);
    }

    private static int[] Row(ItemDraws draws)
    {
        int[] cuts = [.. draws.Distinct(2, 1, 19).Order()];
        return [cuts[0] * 5, (cuts[1] - cuts[0]) * 5, 100 - cuts[1] * 5];
    }
}

/// <summary>A gambler stops at nothing or at a goal; the chance of the goal.</summary>
internal sealed class GamblersRuin() : TaskFamily("gamblers-ruin", TaskCategories.Probability)
{
    private const int Odds = 60;
    private static readonly int[] Goal = [4, 5, 7, 9, 12];

    public override AnswerKind Kind => AnswerKind.Rational;

    public override long? Problems(int level) => Odds * Odds * (Goal[level - 1] - 1);

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int win = 1 + (int)(problem % Odds), lose = 1 + (int)(problem / Odds % Odds);
        int goal = Goal[level - 1], start = 1 + (int)(problem / (Odds * Odds));
        var work = new StepList();
        // The chance rises from one euro to the next by steps in the ratio lose : win.
        var ratio = new Fraction(lose, win);
        work.Add("from each euro to the next the chance grows by steps in the ratio of losing to winning", $"{lose}/{win} = {ratio}");
        Fraction step = 1, sum = 0, own = 0;
        for (int i = 0; i < goal; i++)
        {
            sum += step;
            if (i < start) own = sum;
            work.Add($"the steps up to {Phrases.Count(i + 1, "euro")}", $"{sum - step} + {step} = {sum}");
            step *= ratio;
        }
        var chance = own / sum;
        work.Add("divide the part up to the start by the whole", $"({own}) / ({sum}) = {chance}");
        string odds = $"{win} to {lose}";
        const string How = "Give a fraction in lowest terms.";
        string question = draws.Wording.Pick([
            $"A gambler has {Phrases.Count(start, "euro")} and bets one euro at a time, winning or losing it with odds of {odds} for a "
                + $"win. He stops when he has {goal} euros or nothing. What is the probability that he reaches {goal}? {How}",
            $"A counter starts on square {start} of a track and moves one square up or down, up to down in odds of {odds}, until it "
                + $"stands on square {goal} or on square zero. How likely is it to end on {goal}? {How}",
            $"With {Phrases.Count(start, "point")} in hand, a player gains one point (odds {odds}) or loses one in every round. The game "
                + $"ends at {goal} points, which wins, or at none. Find the chance of winning. {How}",
            $"A random walk begins at {start}. It steps up or down by one, up against down with odds of {odds}. It is over at zero or at "
                + $"{goal}. What is the chance that it ends at the latter? {How}"]);
        return new TaskDraft(question, chance.ToString(), work);
    }
}

/// <summary>Who wins a series of games from a given score.</summary>
internal sealed class SeriesWinner() : TaskFamily("series-winner", TaskCategories.Probability)
{
    public override AnswerKind Kind => AnswerKind.Decimal;

    public override long? Problems(int level) => 999 * (level + 2) * (level + 2);

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int need = level + 2, thousandths = 1 + (int)(problem % 999), a = (int)(problem / 999 % need), b = (int)(problem / 999 / need);
        var work = new StepList();
        Fraction p = new(thousandths, 1000), q = 1 - p;
        // Chance of winning when each side still lacks so many games.
        var chance = new Fraction[need - a + 1, need - b + 1];
        for (int j = 1; j <= need - b; j++) chance[0, j] = 1;
        for (int i = 1; i <= need - a; i++)
            for (int j = 1; j <= need - b; j++)
            {
                chance[i, j] = p * chance[i - 1, j] + q * chance[i, j - 1];
                work.Add($"the first still lacks {i}, the second {j}",
                    $"{p.Plain()} * {chance[i - 1, j].Plain()} + {q.Plain()} * {chance[i, j - 1].Plain()} = {chance[i, j].Plain()}");
            }
        string answer = chance[need - a, need - b].Rounded(4);
        work.Add($"rounded to four places this is {answer}");
        var names = draws.Wording.Sample(People.All, 2);
        const string How = "Round to four decimal places.";
        string question = draws.Wording.Pick([
            $"{names[0]} and {names[1]} play games until one has won {need}. {names[0]} wins each game with probability {p.Plain()}, and "
                + $"the score is {a} to {b}. What is the probability that {names[0]} wins the match? {How}",
            $"The first to {need} wins takes the trophy. The chance of {names[0]} against {names[1]} in a single game is {p.Plain()}; "
                + $"{names[0]} leads or trails with {a} to {b}. How likely is it that {names[0]} takes the trophy? {How}",
            $"In a match to {need} victories, no draws, {names[0]} beats {names[1]} with probability {p.Plain()} each time. {names[0]} "
                + $"stands at {a} and the opponent at {b}. Find the chance that {names[0]} wins. {How}",
            $"A series ends when a side has {need} wins. For the side of {names[0]} the chance is {p.Plain()} in every game, and the wins "
                + $"so far are {a} for and {b} against it. With which probability does it win the series? {How}"]);
        return new TaskDraft(question, answer, work);
    }
}

/// <summary>A share within a part of a table of counts.</summary>
internal sealed class ConditionalTable() : TaskFamily("conditional-table", TaskCategories.Probability)
{
    private static readonly string[] Towns = ["Ashby", "Brook", "Corley", "Dunham", "Elton", "Farley"];
    private static readonly string[] Ways = ["bus", "car", "train", "bicycle", "tram", "ferry"];

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 1, columns = level + 1, row = draws.Problem.Below(rows), column = draws.Problem.Below(columns);
        int[][] counts = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => draws.Problem.Between(2, 99))
            .ToArray())];
        bool given = draws.Problem.Chance(.5);
        var work = new StepList();
        int total = 0;
        for (int i = 0; i < (given ? columns : rows); i++)
        {
            int cell = given ? counts[row][i] : counts[i][column];
            work.Add(given ? $"{Ways[i]} from {Towns[row]}" : $"{Ways[column]} from {Towns[i]}", $"{total} + {cell} = {total + cell}");
            total += cell;
        }
        var chance = new Fraction(counts[row][column], total);
        work.Add($"of these, {Towns[row]} with {Ways[column]} are", $"{counts[row][column]} / {total} = {chance}");
        string table = "| from | " + string.Join(" | ", Ways[..columns]) + " |\n" + "|"
            + string.Concat(Enumerable.Repeat(" --- |", columns + 1)) + "\n"
            + string.Join("\n", counts.Select((r, i) => $"| {Towns[i]} | {string.Join(" | ", r)} |"));
        string condition = given ? $"lives in {Towns[row]}" : $"comes by {Ways[column]}", asked = given ? $"comes by {Ways[column]}"
            : $"lives in {Towns[row]}";
        const string How = "Give a fraction in lowest terms.";
        string question = draws.Wording.Pick([
            $"Visitors by home and means of travel:\n\n{table}\n\nA visitor is picked at random and {condition}. What is the probability "
                + $"that he or she {asked}? {How}",
            $"{table}\n\nThe table counts visitors. Given that a visitor {condition}, how likely is it that this visitor {asked}? {How}",
            $"These visitors came to a fair:\n\n{table}\n\nAmong those of whom it is true that the visitor {condition}, what share is it "
                + $"of whom it holds that the visitor {asked}? {How}",
            $"Use the table of visitors.\n\n{table}\n\nFind the conditional probability that a random visitor {asked}, if this visitor "
                + $"{condition}. {How}"]);
        return new TaskDraft(question, chance.ToString(), work);
    }
}
