using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Algebra;

/// <summary>How many whole numbers satisfy several linear inequalities at once.</summary>
internal sealed class InequalityCount() : TaskFamily("inequality-count", TaskCategories.Algebra)
{
    private static readonly string[] Signs = ["<", "<=", ">", ">="];

    private readonly record struct Condition(int Slope, int Constant, int Sign, int Right)
    {
        /// <summary>Whether it bounds x from above.</summary>
        public bool Above => Sign < 2 == Slope > 0;

        public override string ToString() => $"{Maths.Terms((Slope, "x"), (Constant, ""))} {Signs[Sign]} {Right}";
    }

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var conditions = new List<Condition>();
        while (conditions.Count < level + 1)
        {
            int slope = draws.Problem.NonZero(9), edge = draws.Problem.Between(5, 90);
            var condition = new Condition(slope, draws.Problem.NonZero(30), draws.Problem.Below(4), 0);
            // Bounds from above lie right of zero, those from below left of it, so that something is left.
            if (!condition.Above) edge = -edge;
            condition = condition with { Right = slope * edge + condition.Constant + draws.Problem.Between(-3, 3) };
            if (conditions.Count != 1 || condition.Above != conditions[0].Above) conditions.Add(condition);
        }
        var work = new StepList();
        var count = Solve(conditions, work);
        string list = Phrases.And([.. conditions.Select(c => c.ToString())]);
        string question = draws.Wording.Pick([
            $"How many whole numbers x satisfy all of these: {list}?", $"Count the integers x for which {list}.",
            $"For how many integers x do the inequalities {list} hold at once?",
            $"An integer x obeys {list}. How many possibilities are there for x? Answer with the number only."]);
        return new TaskDraft(question, count.ToString(), work);
    }

    private static long Solve(List<Condition> conditions, StepList work)
    {
        long low = long.MinValue, high = long.MaxValue;
        foreach (var c in conditions)
        {
            var edge = new Fraction(c.Right - c.Constant, c.Slope);
            bool strict = c.Sign is 0 or 2;
            long floor = (long)edge.Floor(), bound = c.Above ? (strict && edge.IsWhole ? floor - 1 : floor)
                : edge.IsWhole && !strict ? floor : floor + 1;
            if (c.Above) high = Math.Min(high, bound);
            else low = Math.Max(low, bound);
            string sign = c.Above ? strict ? "<" : "<=" : strict ? ">" : ">=";
            work.Add($"{c} means x {sign} {edge}, so x is at {(c.Above ? "most" : "least")} {bound}");
        }
        long count = Math.Max(0, high - low + 1);
        work.Add($"x runs from {low} to {high}", $"{high} - {Maths.Arg(low)} + 1 = {count}");
        return count;
    }
}

/// <summary>Ages that hang together in a chain, and their sum in some years.</summary>
internal sealed class AgePuzzle() : TaskFamily("age-puzzle", TaskCategories.Algebra)
{
    /// <summary>Age = times * age before + plus.</summary>
    private readonly record struct Link(int Times, int Plus);

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 2;
        var ages = new int[n];
        var links = new Link[n];
        ages[0] = draws.Problem.Between(4, 40);
        for (int i = 1; i < n; i++)
        {
            int times = draws.Problem.Between(2, 4), plus = draws.Problem.Between(1, 30);
            links[i] = draws.Problem.Below(3) switch
            {
                0 when ages[i - 1] * times <= 96 => new(times, 0),
                1 when ages[i - 1] > plus => new(1, -plus),
                _ => new(1, plus),
            };
            ages[i] = links[i].Times * ages[i - 1] + links[i].Plus;
        }
        int years = draws.Problem.Between(2, 25), sum = ages.Sum() + n * years, asked = draws.Problem.Below(n);
        var names = draws.Wording.Sample(People.All, n);
        string clues = string.Join(" ", Enumerable.Range(1, n - 1).Select(i => Clue(names[i], names[i - 1], links[i])));
        string all = Phrases.And(names);
        var work = new StepList();
        long answer = Solve(links, names, years, sum, asked, work);
        string question = draws.Wording.Pick([
            $"{clues} In {years} years {all} will be {sum} years old together. How old is {names[asked]} now?",
            $"In {years} years the ages of {all} will add up to {sum}. {clues} What is the age of {names[asked]} today?",
            $"Consider {all}. {clues} Their ages {years} years from now will sum to {sum}. How many years old is {names[asked]} at "
                + "present?",
            $"{clues} If you wait {years} years and add the ages of {all}, you get {sum}. Find the present age of {names[asked]}."]);
        return new TaskDraft(question, answer.ToString(), work);
    }

    private static string Clue(string name, string before, Link link) => link.Times > 1
        ? $"{name} is {link.Times} times as old as {before}."
        : $"{name} is {Phrases.Count(Math.Abs(link.Plus), "year")} {(link.Plus < 0 ? "younger" : "older")} than {before}.";

    private static long Solve(Link[] links, string[] names, int years, int sum, int asked, StepList work)
    {
        long slope = 1, constant = 0, slopes = 0, constants = 0;
        var each = new (long Slope, long Constant)[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            if (i > 0) (slope, constant) = (slope * links[i].Times, constant * links[i].Times + links[i].Plus);
            each[i] = (slope, constant);
            work.Add(i == 0 ? $"call the age of {names[0]} x" : $"so {names[i]} is {Maths.Terms((slope, "x"), (constant, ""))}");
            slopes += slope;
            constants += constant;
        }
        long right = sum - (long)years * links.Length;
        work.Add("the sum of the ages today", $"{sum} - {links.Length} * {years} = {right}");
        work.Add("the equation is", $"{Maths.Terms((slopes, "x"), (constants, ""))} = {right}");
        long x = (right - constants) / slopes;
        work.Add("solve it", $"({right} - {Maths.Arg(constants)}) / {slopes} = {x}");
        long answer = each[asked].Slope * x + each[asked].Constant;
        work.Add($"the age of {names[asked]}", $"{each[asked].Slope} * {x} + {Maths.Arg(each[asked].Constant)} = {answer}");
        return answer;
    }
}
