using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.NumberTheory;

/// <summary>A power modulo a number, by repeated squaring.</summary>
internal sealed class ModularPower() : TaskFamily("modular-power", TaskCategories.NumberTheory)
{
    private static readonly int[] Exponent = [60, 600, 6_000, 200_000, 9_000_000];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int root = draws.Problem.Between(2, 99), m = draws.Problem.Between(100, 9999);
        int top = Exponent[level - 1], power = draws.Problem.Between(top / 5, top);
        var work = new StepList();
        long square = root % m, result = 1;
        for (int e = power, at = 1; ; at *= 2)
        {
            if ((e & 1) == 1)
            {
                if (result > 1) work.Add($"take the power {at} in, mod {m}", $"{result} * {square} mod {m} = {result * square % m}");
                result = result * square % m;
            }
            if ((e >>= 1) == 0) break;
            work.Add($"square for the power {2 * at}", $"{square}^2 mod {m} = {square * square % m}");
            square = square * square % m;
        }
        string question = draws.Wording.Pick([
            $"What is {root}^{power} mod {m}?", $"Find the remainder of {root}^{power} on division by {m}.",
            $"Multiply {root} by itself until there are {power} factors, and divide by {m}. What remainder is left?",
            $"Raise {root} to the power {power}. What is left over when {m} is taken away as often as possible?"]);
        work.Add($"the remainder is {result}");
        return new TaskDraft(question, result.ToString(), work);
    }
}

/// <summary>A reciprocal modulo a number, by the extended algorithm of Euclid.</summary>
internal sealed class ModularInverse() : TaskFamily("modular-inverse", TaskCategories.NumberTheory)
{
    private static readonly int[] High = [4_000, 40_000, 400_000, 6_000_000, 90_000_000];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        long m, a;
        do
        {
            m = draws.Problem.Between(High[level - 1] / 4, High[level - 1]);
            a = draws.Problem.Between(2, (int)m - 1);
        }
        while (Maths.Gcd(a, m) != 1);
        var work = new StepList();
        long before = m, now = a, factorBefore = 0, factor = 1;
        while (now != 1)
        {
            long quotient = before / now;
            (before, now) = (now, before - quotient * now);
            work.Add($"{before} goes {Phrases.Count((int)quotient, "time")} into the number before, leaving {now}; its multiple of {a} is",
                $"{factorBefore} - {quotient} * {Maths.Arg(factor)} = {factorBefore - quotient * factor}");
            (factorBefore, factor) = (factor, factorBefore - quotient * factor);
        }
        long answer = (factor % m + m) % m;
        work.Add($"{factor} is {answer} modulo {m}", $"{a} * {answer} = {(BigInteger)a * answer / m} * {m} + 1");
        string question = draws.Wording.Pick([
            $"Find the inverse of {a} modulo {m}: the x with 0 < x < {m} and {a}x leaving the remainder 1 when divided by {m}.",
            $"Which whole number x below {m}, multiplied by {a}, leaves the remainder 1 on division by {m}?",
            $"Solve {a}x = 1 (mod {m}) for x between 0 and {m}.", $"What is 1/{a} in arithmetic modulo {m}? Give it as a number from 1 to "
                + $"{m} - 1."]);
        return new TaskDraft(question, answer.ToString(), work);
    }
}

/// <summary>Several remainders at once: steps of the product of the moduli so far, until the next remainder fits.</summary>
internal sealed class ChineseRemainder() : TaskFamily("chinese-remainder", TaskCategories.NumberTheory)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var moduli = new List<int>();
        while (moduli.Count < level + 1)
        {
            int m = draws.Problem.Between(4, 90);
            if (moduli.All(other => Maths.Gcd(other, m) == 1)) moduli.Add(m);
        }
        int[] rests = [.. moduli.Select(m => draws.Problem.Below(m))];
        var work = new StepList();
        BigInteger x = rests[0], step = moduli[0];
        work.Add($"start with {x}, which leaves {rests[0]} on division by {moduli[0]}");
        for (int i = 1; i < rests.Length; i++)
        {
            int times = 0;
            var before = x;
            for (; x % moduli[i] != rests[i]; times++) x += step;
            work.Add($"add {step} {Phrases.Count(times, "time")}, until the remainder modulo {moduli[i]} is {rests[i]}",
                $"{before} + {times} * {step} = {x}");
            work.Add("from now on step by the product of the moduli", $"{step} * {moduli[i]} = {step * moduli[i]}");
            step *= moduli[i];
        }
        string list = Phrases.And([.. rests.Select((r, i) => $"{r} on division by {moduli[i]}")]);
        string question = draws.Wording.Pick([
            $"What is the smallest number, zero or more, that leaves the remainders {list}?",
            $"A number leaves {list}. Find the least such number that is not negative.",
            $"Find the least x that is not negative and leaves {list}.",
            $"Beads counted in groups leave these rests: {list}. What is the smallest possible number of beads (none is possible too)?"]);
        return new TaskDraft(question, x.ToString(), work);
    }
}

/// <summary>The order of a number modulo a prime, from the divisors of the prime less one.</summary>
internal sealed class MultiplicativeOrder() : TaskFamily("multiplicative-order", TaskCategories.NumberTheory)
{
    // Primes by how many prime factors there are in p - 1.
    private static readonly int[][] Pools = [.. Enumerable.Range(3, 5).Select(count => Primes.Below(50_000)
        .Where(p => p > 100 && Maths.Factors(p - 1).Count == count).ToArray())];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int p = draws.Problem.Pick(Pools[level - 1]), a = draws.Problem.Between(2, p - 2);
        var work = new StepList();
        long order = p - 1;
        var factors = Maths.Factors(order);
        work.Add($"{p} is prime, so the order divides {order}", $"{order} = {Maths.Product(factors)}");
        foreach (long q in factors)
        {
            long value = (long)BigInteger.ModPow(a, order / q, p);
            work.Add($"is the power {order / q} already 1? It is {value}: "
                + $"{(value == 1 ? $"yes, go on with {order / q}" : $"no, the factor {q} stays")}",
                $"{a}^{order / q} mod {p} = {value}");
            if (value == 1) order /= q;
        }
        string question = draws.Wording.Pick([
            $"What is the smallest positive k such that {a}^k leaves the remainder 1 modulo the prime {p}?",
            $"Find the multiplicative order of {a} modulo {p}.",
            $"How often, at least, must {a} be multiplied together (one factor counting as once) to get a number that is 1 more than a "
                + $"multiple of {p}?",
            $"The powers of {a} are reduced modulo {p}. After how many steps does the cycle first reach 1? The first power is step one."]);
        return new TaskDraft(question, order.ToString(), work);
    }
}
