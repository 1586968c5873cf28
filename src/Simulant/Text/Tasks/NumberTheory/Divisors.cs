using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.NumberTheory;

/// <summary>Euclid's algorithm on two large numbers.</summary>
internal sealed class EuclidGcd() : TaskFamily("euclid-gcd", TaskCategories.NumberTheory)
{
    private static readonly int[] Digits = [4, 6, 8, 11, 14];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int common = draws.Problem.Between(2, 60);
        BigInteger a = common * draws.Problem.BigNumber(Digits[level - 1]), b = common * draws.Problem.BigNumber(Digits[level - 1]);
        var work = new StepList();
        BigInteger high = BigInteger.Max(a, b), low = BigInteger.Min(a, b);
        while (!low.IsZero)
        {
            var rest = high % low;
            work.Add("divide with remainder", $"{high} = {high / low} * {low} + {rest}");
            (high, low) = (low, rest);
        }
        work.Add($"the last remainder other than zero is {high}");
        string question = draws.Wording.Pick([
            $"What is the greatest common divisor of {a} and {b}?", $"Find gcd({a}, {b}).",
            $"Which is the largest whole number that divides both {a} and {b}?",
            $"Two ropes of {a} and {b} millimetres are to be cut into equal pieces, as long as possible, with nothing left. How many "
                + "millimetres long is a piece?"]);
        return new TaskDraft(question, high.ToString(), work);
    }
}

/// <summary>The least common multiple of several numbers from their prime powers.</summary>
internal sealed class LcmOfMany() : TaskFamily("lcm-of-many", TaskCategories.NumberTheory)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] numbers = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.Between(12, 240))];
        var work = new StepList();
        var powers = new SortedDictionary<long, int>();
        foreach (int n in numbers)
        {
            var factors = Maths.Factors(n);
            work.Add($"factor {n}", $"{n} = {Maths.Product(factors)}");
            foreach (var group in factors.GroupBy(p => p))
                powers[group.Key] = Math.Max(powers.GetValueOrDefault(group.Key), group.Count());
        }
        var lcm = powers.Aggregate(BigInteger.One, (product, p) => product * BigInteger.Pow(p.Key, p.Value));
        work.Add("take each prime as often as it occurs at most", $"{Maths.Product(powers.Select(p => $"{p.Key}^{p.Value}"))} = {lcm}");
        string list = Phrases.And([.. numbers.Select(n => n.ToString())]);
        string question = draws.Wording.Pick([
            $"What is the least common multiple of {list}?", $"Find the smallest positive number that is divisible by {list}.",
            $"Lights flash every {list} seconds, and all flash together now. After how many seconds do they next flash together?",
            $"Determine the lowest common multiple of the numbers {list}. Answer with the number only."]);
        return new TaskDraft(question, lcm.ToString(), work);
    }
}

/// <summary>Prime factors by trial division.</summary>
internal sealed class PrimeFactors() : TaskFamily("prime-factors", TaskCategories.NumberTheory)
{
    // With more factors the primes are smaller, so that the product stays below 2^63.
    private static readonly (int Count, int Below)[] Sizes = [(3, 2000), (4, 700), (6, 300), (8, 110), (10, 70)];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (count, below) = Sizes[level - 1];
        var primes = Primes.Below(below);
        long n = 1;
        for (int i = 0; i < count; i++) n *= draws.Problem.Pick(primes);
        var work = new StepList();
        var factors = new List<long>();
        long rest = n;
        for (long p = 2; p * p <= rest; p += p == 2 ? 1 : 2)
            for (; rest % p == 0; rest /= p)
            {
                work.Add($"the least prime that divides {rest} is {p}", $"{rest} = {p} * {rest / p}");
                factors.Add(p);
            }
        if (rest > 1)
        {
            work.Add($"{rest} is prime");
            factors.Add(rest);
        }
        const string How = "List them from the smallest up, each as often as it divides, separated by commas.";
        string question = draws.Wording.Pick([
            $"What are the prime factors of {n}? {How}", $"Factor {n} into primes. {How}",
            $"Which primes multiply to {n}? {How}", $"Give the prime factorisation of {n}. {How}"]);
        return new TaskDraft(question, Phrases.Commas(factors), work);
    }
}

/// <summary>The sum of all divisors from the prime powers.</summary>
internal sealed class DivisorSum() : TaskFamily("divisor-sum", TaskCategories.NumberTheory)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        long n;
        List<long> factors;
        do
        {
            n = draws.Problem.Between(10_000, 20_000_000);
            factors = Maths.Factors(n);
        }
        while (factors.Count != level + 2);
        var work = new StepList();
        foreach (long p in factors) work.Add($"{p} is a prime factor");
        long sum = 1;
        foreach (var group in factors.GroupBy(p => p))
        {
            long[] powers = [.. Enumerable.Range(0, group.Count() + 1).Select(e => (long)BigInteger.Pow(group.Key, e))];
            work.Add($"the divisors that are powers of {group.Key} sum to", $"{Maths.Sum(powers)} = {powers.Sum()}");
            if (sum > 1) work.Add("multiply the sums", $"{sum} * {powers.Sum()} = {sum * powers.Sum()}");
            sum *= powers.Sum();
        }
        string question = draws.Wording.Pick([
            $"What is the sum of all positive divisors of {n}, including the number itself?",
            $"Add up every positive whole number that divides {n} (1 and {n} too). What is the total?",
            $"Find the sum of the divisors of {n}, the number itself among them.",
            $"Let s be the sum of all positive divisors of {n}, that number included. What is s?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>How many numbers up to n share no divisor with it.</summary>
internal sealed class EulerPhi() : TaskFamily("euler-phi", TaskCategories.NumberTheory)
{
    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        long n;
        List<long> primes;
        do
        {
            n = draws.Problem.Between(10_000, 20_000_000);
            primes = [.. Maths.Factors(n).Distinct()];
        }
        while (primes.Count != level + 1);
        var work = new StepList();
        long phi = n;
        foreach (long p in primes)
        {
            work.Add($"{p} divides {n}; leave out its multiples", $"{phi} - {phi} / {p} = {phi - phi / p}");
            phi -= phi / p;
        }
        string question = draws.Wording.Pick([
            $"How many whole numbers from 1 to {n} have no common divisor with {n} other than one?",
            $"What is Euler's totient of {n}?", $"Count the positive integers up to {n} that are coprime to {n}.",
            $"Of the fractions with top 1, 2, 3 and so on up to {n} and bottom {n}, how many cannot be cancelled?"]);
        return new TaskDraft(question, phi.ToString(), work);
    }
}

/// <summary>The primes of a short interval.</summary>
internal sealed class PrimesBetween() : TaskFamily("primes-between", TaskCategories.NumberTheory)
{
    private static readonly int[] Width = [14, 24, 40, 60, 90];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int low, high;
        StepList work;
        List<int> primes;
        do
        {
            low = draws.Problem.Between(100, 400_000);
            high = low + Width[level - 1] + draws.Problem.Below(7);
            work = [];
            primes = [];
            for (int n = low; n <= high; n++)
            {
                // Even numbers and multiples of three and five are seen at a glance.
                if (n % 2 == 0 || n % 3 == 0 || n % 5 == 0) continue;
                long least = Maths.Factors(n)[0];
                if (least == n) primes.Add(n);
                work.Add(least == n ? $"{n} has no divisor up to its root: prime" : $"{n} is not prime", least == n ? null
                    : $"{n} = {least} * {n / least}");
            }
        }
        while (primes.Count == 0);
        const string How = "List them in increasing order, separated by commas.";
        string question = draws.Wording.Pick([
            $"Which primes lie between {low} and {high}, ends included? {How}",
                $"Find all prime numbers p with {low} <= p <= {high}. {How}",
            $"Starting at {low} and stopping at {high}, which numbers are prime? {How}",
            $"From {low} up to and including {high}, pick out the primes. {How}"]);
        return new TaskDraft(question, Phrases.Commas(primes), work);
    }
}

/// <summary>Small primes, sieved once.</summary>
internal static class Primes
{
    private const int Limit = 50_000;

    private static readonly int[] All = Sieve();

    /// <summary>The primes below a bound of at most 50,000.</summary>
    public static ArraySegment<int> Below(int bound)
    {
        int at = Array.BinarySearch(All, bound);
        return new ArraySegment<int>(All, 0, at < 0 ? ~at : at);
    }

    private static int[] Sieve()
    {
        var composite = new bool[Limit];
        var primes = new List<int>();
        for (int n = 2; n < Limit; n++)
        {
            if (composite[n]) continue;
            primes.Add(n);
            for (long m = (long)n * n; m < Limit; m += n) composite[m] = true;
        }
        return [.. primes];
    }
}
