using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Combinatorics;

/// <summary>How many draws make sure of so many of one colour.</summary>
internal sealed class Pigeonhole() : TaskFamily("pigeonhole", TaskCategories.Combinatorics)
{
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white", "orange", "purple"];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] counts = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.Between(3, 60))];
        int wanted = draws.Problem.Between(3, Math.Max(3, Math.Min(40, counts.Max())));
        string[] colours = draws.Wording.Sample(Colours, counts.Length);
        var work = new StepList();
        int worst = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            int taken = Math.Min(counts[i], wanted - 1);
            work.Add($"at worst {taken} of the {counts[i]} {colours[i]} ones come without reaching {wanted}",
                $"{worst} + {taken} = {worst + taken}");
            worst += taken;
        }
        work.Add("the next one decides", $"{worst} + 1 = {worst + 1}");
        string list = Phrases.And([.. counts.Select((c, i) => $"{c} {colours[i]}")]);
        string question = draws.Wording.Pick([
            $"A drawer holds {list} socks. In the dark, how many must be taken to be sure of {wanted} socks of one colour?",
            $"There are {list} marbles in a bag. What is the least number to draw that guarantees {wanted} of the same colour?",
            $"A box contains {list} counters. Without looking, how many have to be drawn so that {wanted} of one colour are certain?",
            $"Of {list} beads in a jar some are drawn blindly. How many draws make it certain that {wanted} beads share a colour?"]);
        return new TaskDraft(question, (worst + 1).ToString(), work);
    }
}

/// <summary>Numbers up to n with at least one of several divisors, by inclusion and exclusion.</summary>
internal sealed class MultiplesUnion() : TaskFamily("multiples-union", TaskCategories.Combinatorics)
{
    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = draws.Problem.Between(500, 9000);
        int[] divisors = [.. draws.Problem.Sample([.. Enumerable.Range(3, 38)], level + 1).Order()];
        var work = new StepList();
        long sum = 0;
        for (int set = 1; set < 1 << divisors.Length; set++)
        {
            int[] chosen = [.. divisors.Where((_, i) => (set >> i & 1) == 1)];
            long lcm = chosen.Aggregate(1L, (a, b) => a / Maths.Gcd(a, b) * b), count = n / lcm;
            bool add = chosen.Length % 2 == 1;
            work.Add($"{(add ? "add" : "subtract")} the multiples of {lcm}, divisible by "
                + $"{Phrases.And([.. chosen.Select(c => c.ToString())])}",
                $"{sum} {(add ? "+" : "-")} {count} = {sum + (add ? count : -count)}");
            sum += add ? count : -count;
        }
        string list = string.Join(" or ", divisors);
        string question = draws.Wording.Pick([
            $"How many whole numbers from 1 to {n} are divisible by {list} (or by several of them)?",
            $"Count the numbers among 1, 2, 3 and so on up to {n} that are multiples of at least one of {Phrases.Commas(divisors)}.",
            $"Between 1 and {n}, both included, how many integers are divisible by {list}?",
            $"Of the first {n} positive integers, how many can be divided evenly by {list}?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>A survey: sizes of all intersections are known, and the number of people in none or in exactly one is asked.</summary>
internal sealed class VennSurvey() : TaskFamily("venn-survey", TaskCategories.Combinatorics)
{
    private static readonly string[] Hobbies = ["chess", "football", "music", "painting", "cooking", "reading", "cycling", "dancing"];

    public override int Levels => 3;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int k = level + 1;
        // People of every region; then what a survey would report: how many like at least these.
        int[] regions = [.. Enumerable.Range(0, 1 << k).Select(_ => draws.Problem.Between(2, level == 1 ? 300 : 40))];
        int[] known = [.. Enumerable.Range(0, 1 << k).Select(set => Enumerable.Range(0, 1 << k).Where(r => (r & set) == set)
            .Sum(r => regions[r]))];
        bool one = draws.Problem.Chance(.5);
        string[] hobbies = draws.Wording.Sample(Hobbies, k);
        var work = new StepList();
        long answer = one ? 0 : known[0];
        for (int set = 1; set < 1 << k; set++)
        {
            // Somebody in exactly j of the sets is counted C(j, i) times among the i-fold intersections; these weights leave one and none.
            int size = BitOperations.PopCount((uint)set), weight = size * (size % 2 == 1 ? 1 : -1);
            if (!one) weight = size % 2 == 1 ? -1 : 1;
            string op = weight < 0 ? "-" : "+", times = Math.Abs(weight) == 1 ? "" : $"{Math.Abs(weight)} * ";
            work.Add($"{(weight < 0 ? "take off" : "count")} those who like "
                + $"{Names(hobbies, set)}{(times.Length > 0 ? $", {Math.Abs(weight)} times" : "")}",
                $"{answer} {op} {times}{known[set]} = {answer + weight * known[set]}");
            answer += weight * known[set];
        }
        string facts = string.Join("; ", Enumerable.Range(1, (1 << k) - 1).OrderBy(s => BitOperations.PopCount((uint)s))
            .Select(set => $"{known[set]} like {Names(hobbies, set)}"));
        string asked = one ? "exactly one of these" : "none of these";
        string question = draws.Wording.Pick([
            $"Of {known[0]} people, {facts}. (Who likes two things is also counted among those who like one of them, and so on.) How many "
                + $"like {asked}?",
            $"In a survey of {known[0]} people, {facts}. Numbers for fewer hobbies include those who like more. How many people like "
                + $"{asked}?",
            $"A club asked its {known[0]} members: {facts}, others of the hobbies or not. How many members like {asked}?",
            $"{known[0]} pupils were asked what they like. {facts}, where liking further things is not excluded. How many like {asked}?"]);
        return new TaskDraft(question, answer.ToString(), work);
    }

    private static string Names(string[] hobbies, int set) => Phrases.And([.. hobbies.Where((_, i) => (set >> i & 1) == 1)]);
}
