using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.NumberTheory;

/// <summary>Stein's binary algorithm: halving and subtraction only.</summary>
internal sealed class EuclidGcdSecond() : Second("euclid-gcd", question =>
{
    BigInteger a = Figures.Big(question)[0], b = Figures.Big(question)[1];
    int twos = 0;
    for (; a.IsEven && b.IsEven; twos++) (a, b) = (a / 2, b / 2);
    while (a.IsEven) a /= 2;
    while (!b.IsZero)
    {
        while (b.IsEven) b /= 2;
        (a, b) = (BigInteger.Min(a, b), BigInteger.Abs(a - b));
    }
    return (a << twos).ToString();
});

/// <summary>Pairwise, as product over common divisor.</summary>
internal sealed class LcmOfManySecond() : Second("lcm-of-many", question =>
    Figures.Big(question).Aggregate((a, b) => a / BigInteger.GreatestCommonDivisor(a, b) * b).ToString());

/// <summary>Divides by the primes of a sieve, from the largest down.</summary>
internal sealed class PrimeFactorsSecond() : Second("prime-factors", question =>
{
    long n = (long)Figures.Big(question)[0];
    var factors = new List<long>();
    for (int p = 1999; p >= 2; p--)
        if (Sieved.IsPrime(p))
            for (; n % p == 0; n /= p) factors.Insert(0, p);
    return n == 1 ? string.Join(", ", factors) : "unfinished";
});

internal static class Sieved
{
    private static readonly bool[] Composite = Make(20_000);

    public static bool IsPrime(int n) => n > 1 && !Composite[n];

    private static bool[] Make(int limit)
    {
        var composite = new bool[limit];
        for (int a = 2; a < limit; a++)
            for (int m = 2 * a; m < limit; m += a) composite[m] = true;
        return composite;
    }
}

/// <summary>Adds the divisors themselves, in pairs.</summary>
internal sealed class DivisorSumSecond() : Second("divisor-sum", question =>
{
    long n = (long)Figures.Big(question).Max(), sum = 0;
    for (long d = 1; d * d <= n; d++)
        if (n % d == 0) sum += d * d == n ? d : d + n / d;
    return sum.ToString();
});

/// <summary>Gauss: the totients of all divisors add up to the number.</summary>
internal sealed class EulerPhiSecond() : Second("euler-phi", question =>
{
    long n = (long)Figures.Big(question).Max();
    var divisors = new List<long>();
    for (long d = 1; d * d <= n; d++)
        if (n % d == 0) divisors.AddRange(d * d == n ? [d] : [d, n / d]);
    divisors.Sort();
    var phi = new Dictionary<long, long>();
    foreach (long d in divisors) phi[d] = d - phi.Where(p => d % p.Key == 0).Sum(p => p.Value);
    return phi[n].ToString();
});

/// <summary>Crosses out the multiples of everything up to the root.</summary>
internal sealed class PrimesBetweenSecond() : Second("primes-between", question =>
{
    int low = Figures.Plain(question)[0], high = Figures.Plain(question)[1];
    var crossed = new bool[high - low + 1];
    for (int d = 2; d * d <= high; d++)
        for (int m = (low + d - 1) / d * d; m <= high; m += d)
            if (m > d) crossed[m - low] = true;
    return string.Join(", ", Enumerable.Range(low, crossed.Length).Where(n => !crossed[n - low]));
});

/// <summary>Digits of the exponent in base ten, from the left.</summary>
internal sealed class ModularPowerSecond() : Second("modular-power", question =>
{
    var numbers = Figures.Big(question);
    BigInteger result = 1;
    foreach (char digit in numbers[1].ToString())
        result = BigInteger.Pow(result, 10) * BigInteger.Pow(numbers[0], digit - '0') % numbers[2];
    return result.ToString();
});

/// <summary>Euler's theorem: the power of the totient less one.</summary>
internal sealed class ModularInverseSecond() : Second("modular-inverse", question =>
{
    long[] numbers = [.. Figures.Big(question).Where(n => n > 1).Distinct().Select(n => (long)n)];
    long m = numbers.Max(), a = numbers.Min(), phi = m, rest = m;
    for (long p = 2; p * p <= rest; p++)
    {
        if (rest % p != 0) continue;
        phi -= phi / p;
        while (rest % p == 0) rest /= p;
    }
    if (rest > 1) phi -= phi / rest;
    return BigInteger.ModPow(a, phi - 1, m).ToString();
});

/// <summary>The sum of the classical formula, each remainder times the other moduli and their inverse.</summary>
internal sealed class ChineseRemainderSecond() : Second("chinese-remainder", question =>
{
    var pairs = Asked.All(question, @"(\d+) on division by (\d+)").Select(m => (Left: BigInteger.Parse(m[0]),
        Modulus: BigInteger.Parse(m[1]))).ToArray();
    var product = pairs.Aggregate(BigInteger.One, (p, pair) => p * pair.Modulus);
    BigInteger sum = 0;
    foreach (var (rest, modulus) in pairs)
    {
        var others = product / modulus;
        int inverse = Enumerable.Range(1, (int)modulus).First(i => others * i % modulus == 1 % modulus);
        sum += rest * others * inverse;
    }
    return (sum % product).ToString();
});

/// <summary>Multiplies until one comes back.</summary>
internal sealed class MultiplicativeOrderSecond() : Second("multiplicative-order", question =>
{
    var numbers = Figures.Plain(question).Where(n => n > 1).ToArray();
    long a = numbers.Min(), p = numbers.Max(), power = a;
    int order = 1;
    for (; power != 1; order++) power = power * a % p;
    return order.ToString();
});

/// <summary>From the sum of digits: n less its digits in base p, over p less one.</summary>
internal sealed class FactorialValuationSecond() : Second("factorial-valuation", question =>
{
    var n = BigInteger.Parse(Asked.First(question, @"(\d+)!"));
    int b = Figures.Plain(question.Replace(n.ToString(), "")).Single(), rest = b;
    var least = n;
    for (int p = 2; p <= rest; p++)
    {
        int times = 0;
        for (; rest % p == 0; times++) rest /= p;
        if (times == 0) continue;
        BigInteger digits = 0;
        for (var left = n; !left.IsZero; left /= p) digits += left % p;
        least = BigInteger.Min(least, (n - digits) / (p - 1) / times);
    }
    return least.ToString();
});

/// <summary>Tries every x.</summary>
internal sealed class DiophantinePairsSecond() : Second("diophantine-pairs", question =>
{
    int[] numbers = Figures.Plain(question[..question.IndexOf("List all")]);
    return string.Join(", ", Enumerable.Range(0, numbers[2] / numbers[0] + 1).Where(x => (numbers[2] - numbers[0] * x) % numbers[1] == 0)
        .Select(x => $"({x}, {(numbers[2] - numbers[0] * x) / numbers[1]})"));
});

/// <summary>Keeps the number as (a n + b) / 2^e of the start n and divides only at the end.</summary>
internal sealed class RuleIterationSecond() : Second("rule-iteration", question =>
{
    int factor = int.Parse(Asked.First(question, @"multiplied by (\d+)")), added = int.Parse(Asked.First(question, @"then (\d+) is added"));
    int times = int.Parse(Asked.First(question, @"(\d+) (?:times|applications|such steps)"));
    var start = BigInteger.Parse(Asked.First(question, @"(?:Start with|given|becomes of|first is) (\d+)"));
    BigInteger a = 1, b = 0;
    int halved = 0;
    for (int i = 0; i < times; i++)
    {
        if ((((a * start + b) >> halved) & 1) == 0) halved++;
        else (a, b) = (factor * a, factor * b + ((BigInteger)added << halved));
    }
    return ((a * start + b) >> halved).ToString();
});

/// <summary>Tries the ten digits.</summary>
internal sealed class MissingMultipleDigitSecond() : Second("missing-multiple-digit", question =>
{
    string number = Asked.First(question, @"(\d*#\d*\d|\d+#)");
    int m = int.Parse(Asked.First(question, @"(?:divisible by|multiple of|evenly by|division by) (\d+)"));
    return Enumerable.Range(0, 10).Single(d => (BigInteger.Parse(number.Replace("#", d.ToString())) % m).IsZero).ToString();
});

/// <summary>Finds every largest unit fraction by bisection.</summary>
internal sealed class EgyptianFractionSecond() : Second("egyptian-fraction", question =>
{
    string[] parts = Asked.All(question, @"(\d+)/(\d+)")[0];
    BigInteger top = BigInteger.Parse(parts[0]), bottom = BigInteger.Parse(parts[1]);
    var found = new List<BigInteger>();
    while (!top.IsZero)
    {
        BigInteger low = 0, high = 1;
        while (top * high < bottom) high *= 2;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (top * middle >= bottom) high = middle;
            else low = middle;
        }
        found.Add(high);
        (top, bottom) = (top * high - bottom, bottom * high);
    }
    return string.Join(", ", found);
});
