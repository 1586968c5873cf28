using System.Numerics;

namespace Simulant.Text.Tasks.Checking;

/// <summary>
/// Arithmetic modulo a prime of 62 bits. Its numbers are kept times 2^64 (P. L. Montgomery, "Modular multiplication without trial
/// division", Math. Comp. 44, 1985), which spares a division for every product; zero and equality are what they seem.
/// </summary>
internal readonly struct PrimeField
{
    private readonly ulong _negatedInverse, _square;

    /// <param name="modulus">Odd, below 2^63; everything but <see cref="Inverse"/> holds for composites too.</param>
    private PrimeField(ulong modulus)
    {
        Prime = modulus;
        // Newton: each round doubles the bits that are right, from three at first.
        ulong inverse = modulus;
        for (int i = 0; i < 5; i++) inverse *= 2 - modulus * inverse;
        _negatedInverse = 0 - inverse;
        ulong power = (ulong)(((UInt128)1 << 64) % modulus);
        _square = (ulong)((UInt128)power * power % modulus);
    }

    public ulong Prime { get; }

    /// <summary>The field of the first prime from a number of 62 bits that the seed chooses.</summary>
    public static PrimeField From(ulong seed)
    {
        ulong n = (seed >> 3 | 1UL << 61) | 1;
        while (!IsPrime(n)) n += 2;
        return new PrimeField(n);
    }

    /// <summary>A fraction's image; null where the prime divides its bottom.</summary>
    public ulong? Of(Fraction value)
    {
        ulong top = Into((ulong)(BigInteger.Abs(value.Top) % Prime));
        if (value.Sign < 0) top = Minus(0, top);
        if (value.IsWhole) return top;
        ulong bottom = (ulong)(value.Bottom % Prime);
        return bottom == 0 ? null : Times(top, Inverse(Into(bottom)));
    }

    public ulong Plus(ulong a, ulong b) => a + b is var sum && sum >= Prime ? sum - Prime : a + b;

    public ulong Minus(ulong a, ulong b) => a >= b ? a - b : a + Prime - b;

    public ulong Times(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong carry = Math.BigMul(low * _negatedInverse, Prime, out _);
        ulong sum = high + carry + (low == 0 ? 0UL : 1UL);
        return sum >= Prime ? sum - Prime : sum;
    }

    public ulong Power(ulong root, ulong power)
    {
        ulong result = Into(1);
        for (ulong square = root; power > 0; power >>= 1, square = Times(square, square))
            if ((power & 1) != 0) result = Times(result, square);
        return result;
    }

    /// <summary>The reciprocal of a number other than zero (Fermat).</summary>
    public ulong Inverse(ulong value) => Power(value, Prime - 2);

    /// <summary>Miller and Rabin's test to the twelve bases that decide every number below 2^64; for numbers below 2^63.</summary>
    public static bool IsPrime(ulong n)
    {
        ReadOnlySpan<ulong> bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        foreach (ulong small in bases) if (n % small == 0) return n == small;
        if (n < 2) return false;
        var ring = new PrimeField(n);
        int twos = BitOperations.TrailingZeroCount(n - 1);
        ulong one = ring.Into(1), minusOne = ring.Minus(0, one);
        foreach (ulong witness in bases)
        {
            ulong x = ring.Power(ring.Into(witness), n - 1 >> twos);
            bool passes = x == one || x == minusOne;
            for (int i = 1; i < twos && !passes; i++) passes = (x = ring.Times(x, x)) == minusOne;
            if (!passes) return false;
        }
        return true;
    }

    private ulong Into(ulong value) => Times(value, _square);
}
