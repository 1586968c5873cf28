using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks;

/// <summary>Numbers of a question that do not fit an int, and expressions evaluated exactly.</summary>
internal static partial class Figures
{
    /// <summary>Every run of digits, in order, without signs.</summary>
    public static BigInteger[] Big(string text) =>
        [.. Runs().Matches(text).Select(m => BigInteger.Parse(m.Value, CultureInfo.InvariantCulture))];

    /// <summary>Every run of digits, in order, without signs.</summary>
    public static int[] Plain(string text) => [.. Big(text).Select(value => (int)value)];

    /// <summary>Whole numbers and decimals, in order, without signs.</summary>
    public static Fraction[] Exact(string text) =>
        [.. Decimals().Matches(text).Select(m => NumberReader.Exact(m.Value)!.Value)];

    /// <summary>Value of an expression of numbers, and of letters that have one; null where it is no such expression or divides by
    /// 0.</summary>
    public static Fraction? Value(string text, params (char Letter, Fraction Value)[] letters)
    {
        if (Expression.Read(text) is not { } expression) return null;
        var stack = new Stack<Fraction>();
        foreach (var step in expression.Steps)
        {
            if (step.Op == ExpressionOp.Number) stack.Push(step.Value);
            else if (step.Op == ExpressionOp.Negate) stack.Push(-stack.Pop());
            else if (step.Op == ExpressionOp.Letter)
            {
                int at = Array.FindIndex(letters, l => l.Letter == step.Letter);
                if (at < 0) return null;
                stack.Push(letters[at].Value);
            }
            else if (step.Op == ExpressionOp.Power)
            {
                if (Math.Abs(step.Exponent) > 500 || stack.Peek().Sign == 0 && step.Exponent < 0) return null;
                stack.Push(Fraction.Pow(stack.Pop(), step.Exponent));
            }
            else
            {
                Fraction b = stack.Pop(), a = stack.Pop();
                if (step.Op == ExpressionOp.Divide && b.Sign == 0) return null;
                stack.Push(step.Op switch
                {
                    ExpressionOp.Add => a + b,
                    ExpressionOp.Subtract => a - b,
                    ExpressionOp.Multiply => a * b,
                    _ => a / b,
                });
            }
        }
        return stack.Pop();
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Runs();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex Decimals();
}
