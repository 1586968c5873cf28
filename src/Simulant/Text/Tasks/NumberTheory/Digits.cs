using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.NumberTheory;

/// <summary>How often a number divides a factorial (Legendre).</summary>
internal sealed class FactorialValuation() : TaskFamily("factorial-valuation", TaskCategories.NumberTheory)
{
    private static readonly int[] Digits = [4, 5, 7, 9, 12];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var n = draws.Problem.BigNumber(Digits[level - 1]);
        int b = draws.Problem.Between(6, 600);
        var work = new StepList();
        BigInteger? least = null;
        foreach (var group in Maths.Factors(b).GroupBy(p => p))
        {
            long p = group.Key;
            BigInteger sum = 0;
            for (BigInteger power = p; power <= n; power *= p)
            {
                var count = n / power;
                work.Add($"of the numbers up to {n}, {count} are multiples of {power}", $"{sum} + {count} = {sum + count}");
                sum += count;
            }
            var times = sum / group.Count();
            work.Add($"the prime {p} stands {Phrases.Count(group.Count(), "time")} in {b}: enough for {times} of it");
            if (least is null || times < least) least = times;
        }
        string question = draws.Wording.Pick([
            $"What is the largest k such that the factorial {n}! is divisible by {b}^k?",
            $"In how many zeros does {n}! end when it is written in base {b}?",
            $"Take {n}!, the product of all whole numbers up to that one. How many times can it be divided by {b} without remainder?",
            $"The factorial {n}! is divided by {b} again and again as long as it goes evenly. How many divisions are possible?"]);
        return new TaskDraft(question, least.ToString()!, work);
    }
}

/// <summary>All ways to write a number as a sum of multiples of two others.</summary>
internal sealed class DiophantinePairs() : TaskFamily("diophantine-pairs", TaskCategories.NumberTheory)
{
    private static readonly (int Low, int High)[] Solutions = [(1, 2), (3, 3), (4, 5), (6, 8), (9, 12)];

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (low, high) = Solutions[level - 1];
        int a, b, n, count;
        do
        {
            a = draws.Problem.Between(5, 99);
            b = draws.Problem.Between(5, 99);
            n = draws.Problem.Between(a * b / 2, a * b * high);
            count = Maths.Gcd(a, b) == 1 ? Solve(a, b, n, null).Count : 0;
        }
        while (count < low || count > high);
        var work = new StepList();
        var pairs = Solve(a, b, n, work);
        const string How = "List all pairs (x, y) like this: (1, 2), (3, 4).";
        string question = draws.Wording.Pick([
            $"Find all pairs of whole numbers x and y, not negative, with {a}x + {b}y = {n}. {How}",
            $"Which whole numbers x, y >= zero solve {a}x + {b}y = {n}? {How}",
            $"Stamps cost {a} and {b} cents. In which ways can exactly {n} cents be made of x of the first and y of the second? {How}",
            $"Planks of {a} cm (x of them) and of {b} cm (y of them) are laid end to end to give {n} cm. What is possible? {How}"]);
        return new TaskDraft(question, Phrases.Commas(pairs), work);
    }

    private static List<string> Solve(int a, int b, int n, StepList? work)
    {
        var pairs = new List<string>();
        int y = 0;
        while (y < a && ((n - b * y) % a + a) % a != 0) y++;
        work?.Add($"the least y for which {n} - {b}y is a multiple of {a} is {y}", $"{n} - {b} * {y} = {n - b * y}");
        for (; n - b * y >= 0; y += a)
        {
            int x = (n - b * y) / a;
            pairs.Add($"({x}, {y})");
            work?.Add($"y = {y} gives x = {x}; the next y is {a} more", $"{a} * {x} + {b} * {y} = {n}");
        }
        return pairs;
    }
}

/// <summary>A rule applied again and again: halve what is even, else multiply and add.</summary>
internal sealed class RuleIteration() : TaskFamily("rule-iteration", TaskCategories.NumberTheory)
{
    private static readonly int[] Times = [6, 9, 13, 18, 25];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int start = draws.Problem.Between(1000, 99_999), a = 2 * draws.Problem.Between(1, 4) + 1, b = 2 * draws.Problem.Between(0, 9) + 1;
        var work = new StepList();
        BigInteger n = start;
        for (int i = 0; i < Times[level - 1]; i++)
        {
            var next = n.IsEven ? n / 2 : a * n + b;
            work.Add(n.IsEven ? $"{n} is even" : $"{n} is odd", n.IsEven ? $"{n} / 2 = {next}" : $"{a} * {n} + {b} = {next}");
            n = next;
        }
        int times = Times[level - 1];
        string rule = $"an even number is halved, an odd one is multiplied by {a} and then {b} is added";
        string question = draws.Wording.Pick([
            $"Start with {start} and apply this rule: {rule}. Do this {times} times in all. Which number results?",
            $"A machine turns a number into the next one: {rule}. It is given {start} and runs {times} times. What does it show at the "
                + "end?",
            $"Rule: {rule}. What becomes of {start} after {times} applications of the rule?",
            $"In a chain of numbers the first is {start}, and from each to the next {rule}. After {times} such steps, what is the "
                + "number?"]);
        return new TaskDraft(question, n.ToString(), work);
    }
}

/// <summary>One digit of a multiple is hidden: remainders, digit by digit, with the hidden one as the unknown.</summary>
internal sealed class MissingMultipleDigit() : TaskFamily("missing-multiple-digit", TaskCategories.NumberTheory)
{
    private static readonly int[] Digits = [6, 8, 11, 14, 18];
    private static readonly int[] Moduli = [11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 41, 43, 47, 49, 51, 53, 57, 59, 61, 63, 67];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int m = draws.Problem.Pick(Moduli);
        var number = draws.Problem.BigNumber(Digits[level - 1]);
        number += m - number % m;
        string digits = number.ToString();
        int hidden = draws.Problem.Below(digits.Length);
        string text = string.Concat(digits.AsSpan(0, hidden), "#", digits.AsSpan(hidden + 1));
        var work = new StepList();
        int answer = Find(text, m, work);
        string question = draws.Wording.Pick([
            $"The number {text} is divisible by {m}. Which digit stands behind the sign #?",
            $"Replace # by a digit so that {text} becomes a multiple of {m}. Which digit is it?",
            $"One digit of {text}, shown as #, is smudged. The number divides evenly by {m}. Find the digit.",
            $"For which digit in place of # does {text} leave no remainder on division by {m}?"]);
        return new TaskDraft(question, answer.ToString(), work);
    }

    /// <summary>Keeps the remainder as constant + factor * d.</summary>
    private static int Find(string text, int m, StepList work)
    {
        int constant = 0, factor = 0;
        foreach (char c in text)
        {
            if (c == '#')
            {
                (constant, factor) = (constant * 10 % m, 1);
                work.Add($"read the hidden digit d: modulo {m} the number so far is {constant} + d");
                continue;
            }
            string before = factor == 0 ? "" : $", and d counts {factor * 10 % m} times";
            int next = (constant * 10 + (c - '0')) % m;
            work.Add($"read {c}{before}", $"({constant} * 10 + {c}) mod {m} = {next}");
            (constant, factor) = (next, factor * 10 % m);
        }
        int d = 0;
        while ((constant + factor * d) % m != 0) d++;
        work.Add($"only d = {d} makes {constant} + {factor}d a multiple of {m}",
            $"{constant} + {factor} * {d} = {(constant + factor * d) / m} * {m}");
        return d;
    }
}

/// <summary>A fraction as a sum of unit fractions, always taking the largest that fits (Fibonacci's method).</summary>
internal sealed class EgyptianFraction() : TaskFamily("egyptian-fraction", TaskCategories.NumberTheory)
{
    private static readonly (int Low, int High)[] First = [(3, 60), (3, 30), (3, 12), (2, 5), (2, 3)];
    private static readonly int[] Spread = [40_000, 900, 120, 90, 60];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        // Drawn so that the method needs level + 1 terms; solved from the fraction alone.
        BigInteger bottom = draws.Problem.Between(First[level - 1].Low, First[level - 1].High);
        Fraction given = 0;
        for (int i = 0; i <= level; i++)
        {
            given += new Fraction(1, bottom);
            bottom = bottom * (bottom - 1) + 1 + draws.Problem.Below(Spread[level - 1]);
        }
        var work = new StepList();
        var bottoms = new List<BigInteger>();
        for (var rest = given; rest.Sign > 0;)
        {
            var next = (rest.Bottom + rest.Top - 1) / rest.Top;
            var left = rest - new Fraction(1, next);
            work.Add($"the largest unit fraction in {rest} is 1/{next}", $"{rest} - 1/{next} = {left}");
            bottoms.Add(next);
            rest = left;
        }
        const string How = "At every step take the largest unit fraction 1/n that is not greater than what is left. List the bottoms n in "
            + "that order, separated by commas.";
        string question = draws.Wording.Pick([
            $"Write {given} as a sum of unit fractions by the greedy method. {How}",
            $"Split {given} into unit fractions greedily. {How}", $"Expand {given} as an Egyptian fraction. {How}",
            $"Starting from {given}, take away unit fractions until nothing is left. {How}"]);
        return new TaskDraft(question, Phrases.Commas(bottoms), work);
    }
}
