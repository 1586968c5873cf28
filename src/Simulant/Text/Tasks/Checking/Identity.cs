using System.Buffers.Binary;
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
        var field = PrimeField.From(BinaryPrimitives.ReadUInt64LittleEndian(hash));
        char[] letters = [.. left.Steps.Concat(right.Steps).Where(step => step.Op == ExpressionOp.Letter).Select(step => step.Letter)
            .Distinct()];
        int agreed = 0;
        for (int attempt = 0; attempt < Attempts && agreed < Points; attempt++)
        {
            var values = Values(letters, hash, attempt, field);
            ulong? a = At(left, values, field), b = At(right, values, field);
            // A point where one of them divides by zero says nothing: x/x and 1 are the same function.
            if (a is null || b is null) continue;
            if (a != b) return false;
            agreed++;
        }
        return agreed == Points;
    }

    /// <summary>A value for each letter that occurs, at its code.</summary>
    private static ulong[] Values(char[] letters, byte[] hash, int attempt, PrimeField field)
    {
        var values = new ulong[128];
        foreach (char letter in letters)
        {
            byte[] digest = SHA256.HashData([.. hash, (byte)attempt, (byte)letter]);
            values[letter] = BinaryPrimitives.ReadUInt64LittleEndian(digest) % field.Prime;
        }
        return values;
    }

    private static ulong? At(Expression expression, ulong[] values, PrimeField field)
    {
        var stack = new Stack<ulong>();
        foreach (var step in expression.Steps)
        {
            switch (step.Op)
            {
                case ExpressionOp.Number:
                    if (field.Of(step.Value) is not { } number) return null;
                    stack.Push(number);
                    continue;
                case ExpressionOp.Letter:
                    stack.Push(values[step.Letter]);
                    continue;
                case ExpressionOp.Negate:
                    stack.Push(field.Minus(0, stack.Pop()));
                    continue;
                case ExpressionOp.Power:
                    ulong root = stack.Pop();
                    if (root == 0 && step.Exponent < 0) return null;
                    ulong raised = field.Power(root, (ulong)Math.Abs(step.Exponent));
                    stack.Push(step.Exponent < 0 ? field.Inverse(raised) : raised);
                    continue;
            }
            ulong b = stack.Pop(), a = stack.Pop();
            if (step.Op == ExpressionOp.Divide && b == 0) return null;
            stack.Push(step.Op switch
            {
                ExpressionOp.Add => field.Plus(a, b),
                ExpressionOp.Subtract => field.Minus(a, b),
                ExpressionOp.Multiply => field.Times(a, b),
                _ => field.Times(a, field.Inverse(b)),
            });
        }
        return stack.Pop();
    }
}
