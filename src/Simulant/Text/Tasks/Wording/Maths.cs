using System.Numerics;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Text.Tasks.Wording;

/// <summary>Numbers as they stand in statements and formulas, and draws of them.</summary>
internal static class Maths
{
    public static readonly string[] Letters = ["x", "y", "z", "t"];

    /// <summary>As a later operand: a negative number in brackets.</summary>
    public static string Arg(BigInteger value) => value.Sign < 0 ? $"({value})" : value.ToString();

    /// <summary>As a later operand: a negative number or a fraction in brackets.</summary>
    public static string Arg(Fraction value) => value.Sign < 0 || !value.IsWhole ? $"({value})" : value.ToString();

    /// <summary>A sum of terms with their signs between them: <c>3x - y + 4</c>. Terms of zero are left out.</summary>
    public static string Terms(params ReadOnlySpan<(BigInteger Factor, string Letter)> terms)
    {
        string text = "";
        foreach (var (factor, letter) in terms)
        {
            if (factor.IsZero) continue;
            var size = BigInteger.Abs(factor);
            string body = letter.Length > 0 && size.IsOne ? letter : size + letter;
            text += text.Length == 0 ? (factor.Sign < 0 ? "-" : "") + body : (factor.Sign < 0 ? " - " : " + ") + body;
        }
        return text.Length == 0 ? "0" : text;
    }

    /// <summary>A polynomial from its coefficients, lowest first.</summary>
    public static string Polynomial(IReadOnlyList<BigInteger> lowestFirst, string letter = "x")
    {
        var terms = new (BigInteger, string)[lowestFirst.Count];
        for (int i = 0; i < terms.Length; i++)
            terms[^(i + 1)] = (lowestFirst[i], i == 0 ? "" : i == 1 ? letter : letter + "^" + i);
        return Terms(terms);
    }

    /// <summary>A number of exactly so many digits.</summary>
    public static BigInteger BigNumber(this ItemDraws draws, int digits)
    {
        BigInteger value = draws.Between(1, 9);
        for (int i = 1; i < digits; i++) value = value * 10 + draws.Below(10);
        return value;
    }

    /// <summary>An integer in [-size, size] other than zero.</summary>
    public static int NonZero(this ItemDraws draws, int size)
    {
        int value = draws.Between(1, 2 * size);
        return value > size ? size - value : value;
    }

    /// <summary>The decimal digits, lowest first.</summary>
    public static int[] Digits(BigInteger value)
    {
        string text = BigInteger.Abs(value).ToString();
        var digits = new int[text.Length];
        for (int i = 0; i < digits.Length; i++) digits[i] = text[^(i + 1)] - '0';
        return digits;
    }

    public static string Sum<T>(IEnumerable<T> parts) => string.Join(" + ", parts);

    public static string Product<T>(IEnumerable<T> parts) => string.Join(" * ", parts);

    /// <summary>The prime factors, smallest first, as often as they divide.</summary>
    public static List<long> Factors(long n)
    {
        var factors = new List<long>();
        for (long p = 2; p * p <= n; p += p == 2 ? 1 : 2)
            for (; n % p == 0; n /= p) factors.Add(p);
        if (n > 1) factors.Add(n);
        return factors;
    }

    public static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return Math.Abs(a);
    }
}
