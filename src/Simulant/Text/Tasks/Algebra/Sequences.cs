using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Algebra;

/// <summary>Functions inside each other, evaluated from inside.</summary>
internal sealed class FunctionComposition() : TaskFamily("function-composition", TaskCategories.Algebra)
{
    private static readonly int[] Depth = [3, 4, 5, 7, 9];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        // f and g are linear; h is a square, and stands at most twice in the chain.
        BigInteger[][] functions =
        [
            [draws.Problem.NonZero(9), draws.Problem.NonZero(5)], [draws.Problem.NonZero(9), draws.Problem.NonZero(4)],
            [draws.Problem.NonZero(9), draws.Problem.NonZero(3), 1],
        ];
        int squares = 0;
        int[] chain = [.. Enumerable.Range(0, Depth[level - 1]).Select(_ =>
            draws.Problem.Below(3) is var f && f == 2 && ++squares > 2 ? draws.Problem.Below(2) : f)];
        int start = draws.Problem.NonZero(9);
        var work = new StepList();
        BigInteger value = start;
        foreach (int f in chain)
        {
            BigInteger next = 0;
            foreach (var c in functions[f].Reverse()) next = next * value + c;
            string terms = f == 2 ? $"{Maths.Arg(value)}^2 + " : "";
            work.Add($"apply {"fgh"[f]} to {value}",
                $"{terms}{Maths.Arg(functions[f][1])} * {Maths.Arg(value)} + {Maths.Arg(functions[f][0])} = {next}");
            value = next;
        }
        string call = chain.Aggregate(start.ToString(), (inner, f) => $"{"fgh"[f]}({inner})");
        string given = Phrases.And([.. functions.Select((p, f) => $"{"fgh"[f]}(x) = {Maths.Polynomial(p)}")]);
        string question = draws.Wording.Pick([
            $"Let {given}. What is {call}?", $"Given {given}, evaluate {call}.", $"The functions are {given}. Find the value of {call}.",
            $"Compute {call}, where {given}. Answer with the number only."]);
        return new TaskDraft(question, value.ToString(), work);
    }
}

/// <summary>The next value of a polynomial from a table of differences.</summary>
internal sealed class SequenceNext() : TaskFamily("sequence-next", TaskCategories.Algebra)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int degree = level + 1;
        var edge = new BigInteger[degree + 1];
        for (int i = 0; i < edge.Length; i++) edge[i] = draws.Problem.NonZero(i == 0 ? 99 : i == degree ? 9 : 40);
        var terms = new List<BigInteger>();
        for (int n = 0; n < degree + 3; n++)
        {
            terms.Add(edge[0]);
            for (int i = 0; i < degree; i++) edge[i] += edge[i + 1];
        }
        var work = new StepList();
        var rows = new List<List<BigInteger>> { terms };
        while (rows[^1].Distinct().Skip(1).Any())
        {
            var row = rows[^1];
            rows.Add([.. row.Skip(1).Zip(row, (b, a) => b - a)]);
            work.Add($"the differences of order {rows.Count - 1} are {Phrases.Commas(rows[^1])}",
                $"{row[1]} - {Maths.Arg(row[0])} = {rows[^1][0]}");
        }
        var next = rows[^1][^1];
        for (int r = rows.Count - 2; r >= 0; r--)
        {
            work.Add(r == 0 ? "the next term is" : $"the next difference of order {r} is",
                $"{rows[r][^1]} + {Maths.Arg(next)} = {rows[r][^1] + next}");
            next += rows[r][^1];
        }
        string list = Phrases.Commas(terms);
        string question = draws.Wording.Pick([
            $"The numbers {list} are the first values of the polynomial of lowest degree that fits them. What is the next value?",
            $"Continue the sequence {list} by one term. Its differences, taken often enough, are constant.",
            $"In the sequence {list} repeated differences become constant and stay so. Give the next term only.",
            $"What comes next: {list}? Assume the simplest polynomial rule, with repeated differences that end up constant."]);
        return new TaskDraft(question, next.ToString(), work);
    }
}

/// <summary>A recurrence of second order, one term after the other.</summary>
internal sealed class LinearRecurrence() : TaskFamily("linear-recurrence", TaskCategories.Algebra)
{
    private static readonly int[] Term = [5, 7, 10, 14, 19];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int p = draws.Problem.NonZero(5), q = draws.Problem.NonZero(5), r = draws.Problem.NonZero(30);
        int first = draws.Problem.NonZero(20), second = draws.Problem.NonZero(20), n = Term[level - 1];
        var work = new StepList();
        BigInteger a = first, b = second;
        for (int k = 3; k <= n; k++)
        {
            var next = p * b + q * a + r;
            work.Add($"a({k})", $"{p} * {Maths.Arg(b)} + {Maths.Arg(q)} * {Maths.Arg(a)} + {Maths.Arg(r)} = {next}");
            (a, b) = (b, next);
        }
        string rule = Maths.Terms((p, "a(n-1)"), (q, "a(n-2)"), (r, ""));
        string question = draws.Wording.Pick([
            $"A sequence starts a(1) = {first}, a(2) = {second} and goes on by a(n) = {rule}. Find a({n}).",
            $"Given a(1) = {first} and a(2) = {second} and, for n > 2, a(n) = {rule}: what is a({n})?",
            $"Let a(1) = {first}, a(2) = {second}, and every later term a(n) = {rule}. Work out a({n}).",
            $"Two terms are known, a(1) = {first} and a(2) = {second}; the others follow from a(n) = {rule}. Which number is a({n})?"]);
        return new TaskDraft(question, b.ToString(), work);
    }
}
