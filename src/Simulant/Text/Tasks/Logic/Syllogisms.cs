using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>Whether a categorical statement follows from a chain of them.</summary>
internal sealed class SyllogismChain() : TaskFamily("syllogism-chain", TaskCategories.Logic)
{
    private enum Form
    {
        All,
        No,
        Some,
        SomeNot,
    }

    private readonly record struct Statement(Form Form, int One, int Two)
    {
        public string Say(string[] terms) => Form switch
        {
            Form.All => $"all {terms[One]} are {terms[Two]}",
            Form.No => $"no {terms[One]} are {terms[Two]}",
            Form.Some => $"some {terms[One]} are {terms[Two]}",
            _ => $"some {terms[One]} are not {terms[Two]}",
        };
    }

    public override AnswerKind Kind => AnswerKind.YesNo;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 2;
        string[] terms = new string[count];
        for (int i = 0; i < count; i++)
        {
            // Two kinds of one name would be one kind to the reader.
            do terms[i] = random.Syllables(2) + random.Pick(["ns", "ks", "rs", "ts"]);
            while (Array.IndexOf(terms, terms[i]) < i);
        }
        bool wanted = random.Chance(0.5);
        for (int attempt = 0; ; attempt++)
        {
            var premises = new Statement[level + 1];
            for (int i = 0; i < premises.Length; i++)
            {
                var form = random.Below(20) switch { < 15 => Form.All, < 17 => Form.No, < 19 => Form.Some, _ => Form.SomeNot };
                premises[i] = random.Chance(0.85) ? new(form, i, i + 1) : new(form, i + 1, i);
            }
            var conclusion = new Statement(random.Pick<Form>([Form.All, Form.No, Form.Some, Form.SomeNot]), 0, count - 1);
            if (random.Chance(0.3)) conclusion = conclusion with { One = count - 1, Two = 0 };
            var shuffled = random.Shuffle(premises);
            var work = new StepList();
            bool follows = Follows(shuffled, conclusion, terms, work);
            if ((follows != wanted || work.Count < level + 1) && attempt < 150) continue;
            string answer = Phrases.YesNo(follows);
            work.Add(follows ? "this is the conclusion, so it follows" : "nothing leads to the conclusion, so it does not follow", answer);
            string given = Phrases.Commas(shuffled.Select(p => p.Say(terms))), asked = conclusion.Say(terms);
            const string note = "A statement about all or no things of a kind does not say that there are any. Answer yes or no.";
            return new(draws.Wording.Pick(
            [
                $"Suppose that {given}. Does it follow that {asked}? {note}",
                $"Premises: {given}. Conclusion: {asked}. Is the conclusion valid? {note}",
                $"If it is true that {given}, must it be true that {asked}? {note}",
                $"We know that {given}. Can we be sure that {asked}? {note}",
            ]), answer, work);
        }
    }

    // A thing that is in (2t) or outside (2t + 1) a term is pushed along the universal premises.
    private static bool Follows(Statement[] premises, Statement goal, string[] terms, StepList work)
    {
        int In(int term) => 2 * term;
        int Out(int term) => 2 * term + 1;
        int far = goal.Form is Form.All or Form.SomeNot ? Out(goal.Two) : In(goal.Two);
        if (goal.Form is Form.All or Form.No)
        {
            work.Add($"suppose something is {Where(terms, In(goal.One))} and {Where(terms, far)}");
            return Contradicts(premises, [In(goal.One), far], terms, work, out _);
        }
        foreach (var premise in premises)
        {
            if (premise.Form is Form.All or Form.No) continue;
            work.Add($"there is something as in \"{premise.Say(terms)}\"");
            Contradicts(premises, [In(premise.One), premise.Form == Form.Some ? In(premise.Two) : Out(premise.Two)], terms, work,
                out var sides);
            if (sides.Contains(In(goal.One)) && sides.Contains(far)) return true;
        }
        if (premises.All(p => p.Form is Form.All or Form.No)) work.Add("no premise says that anything exists");
        return false;
    }

    private static bool Contradicts(Statement[] premises, int[] start, string[] terms, StepList work, out HashSet<int> sides)
    {
        sides = [.. start];
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (var p in premises)
            {
                if (p.Form is not (Form.All or Form.No)) continue;
                int one = 2 * p.One, two = p.Form == Form.All ? 2 * p.Two : 2 * p.Two + 1;
                foreach (var (from, to) in new[] { (one, two), (two ^ 1, one ^ 1) })
                {
                    if (!sides.Contains(from) || !sides.Add(to)) continue;
                    moved = true;
                    work.Add($"by \"{p.Say(terms)}\" it is {Where(terms, to)}");
                }
            }
        }
        foreach (int side in sides)
            if (sides.Contains(side ^ 1)) return true;
        return false;
    }

    private static string Where(string[] terms, int side) => (side % 2 == 0 ? "among the " : "outside the ") + terms[side / 2];
}

/// <summary>Statements with "for every" and "there is" over two finite sets of numbers.</summary>
internal sealed class QuantifiedStatement() : TaskFamily("quantified-statement", TaskCategories.Logic)
{
    private static readonly string[] Relations = ["x + y is divisible by 3", "x * y is even", "x < y", "x divides y", "x + y is odd",
        "|x - y| is at most 3",
        "x + y is a prime number", "x * y is greater than 40"];

    public override AnswerKind Kind => AnswerKind.YesNo;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        bool wanted = random.Chance(0.5), all, truth;
        int[] xs, ys;
        int relation;
        StepList work;
        int attempt = 0;
        do
        {
            xs = random.Distinct(level + 2, 1, 15 + 2 * level);
            ys = random.Distinct(level + 2, 1, 15 + 2 * level);
            relation = random.Below(Relations.Length);
            all = random.Chance(0.5);
            work = [];
            truth = Judge(xs, ys, relation, all, work);
        } while ((truth != wanted || work.Count < level + 1) && ++attempt < 60);
        work.Add(truth ? "the statement is true" : "the statement is false", Phrases.YesNo(truth));
        string domain = $"x runs through {Phrases.List(xs)} and y through {Phrases.List(ys)}";
        string claim = all ? $"for every x there is a y such that {Relations[relation]}" : $"there is an x such that for every y "
            + $"{Relations[relation]}";
        return new(draws.Wording.Pick(
        [
            $"Here {domain}. Is it true that {claim}? Answer yes or no.",
            $"If {domain}, does the following hold: {claim}? Answer yes or no.",
            $"Consider the statement \"{claim}\", where {domain}. Is it true? Answer yes or no.",
            $"In what follows {domain}. Decide whether {claim}. Answer yes or no.",
        ]), Phrases.YesNo(truth), work);
    }

    private static bool Judge(int[] xs, int[] ys, int relation, bool all, StepList work)
    {
        foreach (int x in xs)
        {
            int y = Array.Find(ys, y => Holds(relation, x, y) == all);
            bool found = y != 0;
            work.Add(all ? found ? $"for x = {x} take y = {y}" : $"for x = {x} no y works" : found ? $"x = {x} fails at y = {y}" : $"x = "
                + $"{x} works with every y");
            if (all && !found) return false;
            if (!all && !found) return true;
        }
        return all;
    }

    private static bool Holds(int relation, int x, int y) => relation switch
    {
        0 => (x + y) % 3 == 0,
        1 => x * y % 2 == 0,
        2 => x < y,
        3 => y % x == 0,
        4 => (x + y) % 2 == 1,
        5 => Math.Abs(x - y) <= 3,
        6 => Prime(x + y),
        _ => x * y > 40,
    };

    private static bool Prime(int n)
    {
        for (int d = 2; d * d <= n; d++)
            if (n % d == 0) return false;
        return n > 1;
    }
}
