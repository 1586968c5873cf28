using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Algebra;

/// <summary>One unknown among brackets on both sides: expand, collect, divide.</summary>
internal sealed class LinearEquation() : TaskFamily("linear-equation", TaskCategories.Algebra)
{
    /// <summary>factor(slope x + constant)</summary>
    private readonly record struct Bracket(int Factor, int Slope, int Constant)
    {
        public override string ToString() => $"({Maths.Terms((Slope, "x"), (Constant, ""))})";
    }

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        Bracket[] left, right;
        do
        {
            left = Brackets(draws.Problem, level / 2 + 1);
            right = Brackets(draws.Problem, (level + 1) / 2);
        }
        while (left.Sum(b => b.Factor * b.Slope) == right.Sum(b => b.Factor * b.Slope));
        string text = $"{Write(left)} = {Write(right)}";
        var work = new StepList();
        var x = Solve(left, right, work);
        string question = draws.Wording.Pick([
            $"Solve for x: {text}. Give x as a whole number or a fraction.", $"For which x is {text}? Answer exactly.",
            $"Find the solution of the equation {text} as an exact number.", $"What is x, if {text}? Give a whole number or a fraction."]);
        return new TaskDraft(question, x.ToString(), work);
    }

    private static Bracket[] Brackets(ItemDraws draws, int count)
    {
        var brackets = new Bracket[count];
        for (int i = 0; i < count; i++)
        {
            int size = draws.Between(2, 9);
            brackets[i] = new(i > 0 && draws.Chance(.5) ? -size : size, draws.NonZero(9), draws.NonZero(20));
        }
        return brackets;
    }

    private static string Write(Bracket[] brackets) => string.Concat(brackets.Select((b, i) =>
        (i == 0 ? "" : b.Factor < 0 ? " - " : " + ") + Math.Abs(b.Factor) + b));

    private static Fraction Solve(Bracket[] left, Bracket[] right, StepList work)
    {
        foreach (var b in left.Concat(right))
            work.Add($"expand {b.Factor}{b}", $"{b.Factor}{b} = {Maths.Terms((b.Factor * b.Slope, "x"), (b.Factor * b.Constant, ""))}");
        int a = left.Sum(b => b.Factor * b.Slope), b0 = left.Sum(b => b.Factor * b.Constant);
        int c = right.Sum(b => b.Factor * b.Slope), d = right.Sum(b => b.Factor * b.Constant);
        work.Add("collect each side", $"{Maths.Terms((a, "x"), (b0, ""))} = {Maths.Terms((c, "x"), (d, ""))}");
        work.Add("bring x to the left and the numbers to the right", $"{Maths.Terms((a - c, "x"))} = {d - b0}");
        var x = new Fraction(d - b0, a - c);
        work.Add($"divide by {a - c}", $"x = {x}");
        return x;
    }
}

/// <summary>As many linear equations as unknowns, by elimination and substitution back.</summary>
internal sealed class LinearSystem() : TaskFamily("linear-system", TaskCategories.Algebra)
{
    public static readonly string[] Letters = ["x", "y", "z", "t", "u"];

    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 1;
        Fraction[][] rows;
        Fraction[]? solution;
        StepList work;
        do
        {
            int[] planned = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.Between(-12, 12))];
            rows = new Fraction[n][];
            for (int r = 0; r < n; r++)
            {
                int[] row = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.NonZero(9))];
                rows[r] = [.. row.Select(a => (Fraction)a), row.Zip(planned, (a, v) => a * v).Sum()];
            }
            work = new StepList();
            solution = Eliminate([.. rows.Select(row => row.ToArray())], work);
        }
        while (solution is null);
        string system = string.Join("; ", rows.Select(row => Equation(row)));
        string unknowns = Phrases.And(Letters[..n]), how = $"Give the values of {unknowns} in this order, separated by commas.";
        string question = draws.Wording.Pick([
            $"Solve the system of equations: {system}. {how}", $"The numbers {unknowns} satisfy {system}. {how}",
            $"Find {unknowns} from these equations: {system}. {how}", $"At the same time {system}. What are the unknowns? {how}"]);
        return new TaskDraft(question, Phrases.Commas(solution), work);
    }

    private static string Equation(Fraction[] row) =>
        Maths.Terms([.. row[..^1].Select((a, i) => (a.Top, Letters[i]))]) + " = " + row[^1];

    /// <summary>The solution of an augmented matrix; null where it is not the only one.</summary>
    private static Fraction[]? Eliminate(Fraction[][] rows, StepList work)
    {
        int n = rows.Length;
        for (int c = 0; c < n; c++)
        {
            int pivot = Array.FindIndex(rows, c, row => row[c].Sign != 0);
            if (pivot < 0) return null;
            (rows[c], rows[pivot]) = (rows[pivot], rows[c]);
            for (int r = c + 1; r < n; r++)
            {
                if (rows[r][c].Sign == 0) continue;
                var factor = rows[r][c] / rows[c][c];
                rows[r] = [.. rows[r].Zip(rows[c], (a, b) => a - factor * b)];
                work.Add($"eliminate {Letters[c]}: subtract {factor} times equation {c + 1} from equation {r + 1}", Scaled(rows[r]));
            }
        }
        var values = new Fraction[n];
        for (int r = n - 1; r >= 0; r--)
        {
            var rest = rows[r][n];
            for (int c = r + 1; c < n; c++) rest -= rows[r][c] * values[c];
            values[r] = rest / rows[r][r];
            work.Add($"solve for {Letters[r]}", $"{Letters[r]} = {values[r]}");
        }
        return values;
    }

    /// <summary>An equation with fractions, written without them.</summary>
    private static string Scaled(Fraction[] row)
    {
        var common = row.Aggregate(BigInteger.One, (c, f) => c * f.Bottom / BigInteger.GreatestCommonDivisor(c, f.Bottom));
        return Equation([.. row.Select(f => f * common)]);
    }
}

/// <summary>Absolute values inside each other, undone from outside: every one doubles the cases.</summary>
internal sealed class NestedAbsolute() : TaskFamily("nested-absolute", TaskCategories.Algebra)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int slope = draws.Problem.Between(2, 9), shift = draws.Problem.NonZero(150), depth = level - 1;
        int[] taken = [.. Enumerable.Range(0, depth).Select(_ => draws.Problem.Between(3, 60))];
        int right = draws.Problem.Between(1, 100);
        string text = $"|{Maths.Terms((slope, "x"), (shift, ""))}|";
        foreach (int t in taken) text = $"|{text} - {t}|";
        text += $" = {right}";
        var work = new StepList();
        var inner = new List<Fraction> { right };
        for (int i = depth - 1; i >= 0; i--) inner = Undo(inner, taken[i], work);
        var solutions = new List<Fraction>();
        foreach (var value in inner)
            foreach (var signed in value.Sign == 0 ? [value] : new[] { value, -value })
            {
                var x = (signed - shift) / slope;
                solutions.Add(x);
                work.Add($"{Maths.Terms((slope, "x"), (shift, ""))} may be {signed}",
                    $"x = ({signed} - {Maths.Arg(shift)}) / {slope} = {x}");
            }
        const string How = "List all solutions as whole numbers or fractions, separated by commas.";
        string question = draws.Wording.Pick([
            $"Solve {text}. {How}", $"Find every x with {text}. {How}", $"Which numbers x satisfy {text}? {How}",
            $"Bars mean absolute value. For which x is {text}? {How}"]);
        return new TaskDraft(question, Phrases.Commas(solutions.Order()), work);
    }

    /// <summary>Values, not negative, of an absolute value from which a number was taken before the next one.</summary>
    private static List<Fraction> Undo(List<Fraction> outer, int taken, StepList work)
    {
        var inner = new List<Fraction>();
        foreach (var value in outer)
        {
            Fraction high = taken + value, low = taken - value;
            inner.Add(high);
            if (value.Sign != 0 && low.Sign >= 0) inner.Add(low);
            work.Add($"the absolute value less {taken} may be {value} or -{value}, so it is {high}"
                + (value.Sign == 0 ? "" : low.Sign >= 0 ? $" or {low}" : $"; {low} is impossible"));
        }
        return [.. inner.Distinct()];
    }
}
