using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Simulant.Text.Tasks.Checking;

/// <summary>
/// Tells whether two expressions are the same rational function, by comparing values at random points of a random prime field: two
/// different functions of degree d agree at a random point with probability at most d/p (J. T. Schwartz, "Fast probabilistic
/// algorithms for verification of polynomial identities", J. ACM 27, 1980). The prime (of 62 bits) and the points follow from a hash
/// of both texts, so that an answer cannot be built to vanish at them.
/// </summary>
internal static class Identity
{
    private const int Points = 12, Attempts = 48;

    public static bool Same(Expression left, Expression right, string texts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(texts));
        ulong p = PrimeFrom(BinaryPrimitives.ReadUInt64LittleEndian(hash));
        int agreed = 0;
        for (int attempt = 0; attempt < Attempts && agreed < Points; attempt++)
        {
            var values = Values(hash, attempt, p);
            ulong? a = At(left, values, p), b = At(right, values, p);
            // A point where one of them divides by zero says nothing: x/x and 1 are the same function.
            if (a is null || b is null) continue;
            if (a != b) return false;
            agreed++;
        }
        return agreed == Points;
    }

    /// <summary>A value for each of the letters a-z and A-Z.</summary>
    private static ulong[] Values(byte[] hash, int attempt, ulong p)
    {
        var values = new ulong[52];
        byte[] input = [.. hash, (byte)attempt, 0];
        for (int i = 0; i < values.Length; i++)
        {
            if (i % 4 == 0)
            {
                input[^1] = (byte)(i / 4);
                input = [.. SHA256.HashData(input), (byte)attempt, 0];
            }
            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(input.AsSpan(i % 4 * 8)) % p;
        }
        return values;
    }

    private static ulong? At(Expression expression, ulong[] values, ulong p)
    {
        var stack = new Stack<ulong>();
        foreach (var step in expression.Steps)
        {
            if (step.Op == ExpressionOp.Number)
            {
                ulong bottom = (ulong)(step.Value.Bottom % p);
                if (bottom == 0) return null;
                ulong top = (ulong)(BigInteger.Abs(step.Value.Top) % p);
                stack.Push(Times(top, Power(bottom, p - 2, p), p));
            }
            else if (step.Op == ExpressionOp.Letter)
                stack.Push(values[char.IsAsciiLetterLower(step.Letter) ? step.Letter - 'a' : 26 + step.Letter - 'A']);
            else if (step.Op == ExpressionOp.Negate) stack.Push(Minus(0, stack.Pop(), p));
            else if (step.Op == ExpressionOp.Power)
            {
                ulong root = stack.Pop();
                if (root == 0 && step.Exponent < 0) return null;
                ulong raised = Power(root, (ulong)Math.Abs(step.Exponent), p);
                stack.Push(step.Exponent < 0 ? Power(raised, p - 2, p) : raised);
            }
            else
            {
                ulong b = stack.Pop(), a = stack.Pop();
                if (step.Op == ExpressionOp.Divide && b == 0) return null;
                stack.Push(step.Op switch
                {
                    ExpressionOp.Add => (a + b) % p,
                    ExpressionOp.Subtract => Minus(a, b, p),
                    ExpressionOp.Multiply => Times(a, b, p),
                    _ => Times(a, Power(b, p - 2, p), p),
                });
            }
        }
        return stack.Pop();
    }

    private static ulong Minus(ulong a, ulong b, ulong p) => a >= b ? a - b : a + p - b;

    private static ulong Times(ulong a, ulong b, ulong p) => (ulong)((UInt128)a * b % p);

    private static ulong Power(ulong root, ulong power, ulong p)
    {
        ulong result = 1;
        for (ulong square = root; power > 0; power >>= 1, square = Times(square, square, p))
            if ((power & 1) != 0) result = Times(result, square, p);
        return result;
    }

    /// <summary>The first prime from a number of 62 bits that the seed chooses.</summary>
    private static ulong PrimeFrom(ulong seed)
    {
        ulong n = (seed >> 3 | 1UL << 61) | 1;
        while (!IsPrime(n)) n += 2;
        return n;
    }

    /// <summary>Miller and Rabin's test to the twelve bases that decide every number below 2^64.</summary>
    internal static bool IsPrime(ulong n)
    {
        ReadOnlySpan<ulong> bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        foreach (ulong small in bases) if (n % small == 0) return n == small;
        if (n < 2) return false;
        int twos = BitOperations.TrailingZeroCount(n - 1);
        foreach (ulong witness in bases)
        {
            ulong x = Power(witness, n - 1 >> twos, n);
            bool passes = x == 1 || x == n - 1;
            for (int i = 1; i < twos && !passes; i++) passes = (x = Times(x, x, n)) == n - 1;
            if (!passes) return false;
        }
        return true;
    }
}
