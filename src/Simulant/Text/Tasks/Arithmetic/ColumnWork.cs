using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>Addition of several long numbers, column by column.</summary>
internal sealed class LongAddition() : TaskFamily("long-addition", TaskCategories.Arithmetic)
{
    private static readonly int[] Digits = [4, 5, 7, 9, 12], Numbers = [2, 2, 3, 3, 4];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var numbers = new BigInteger[Numbers[level - 1]];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = draws.Problem.BigNumber(Digits[level - 1]);
        var work = new StepList();
        var sum = Add(numbers, work);
        string plus = Maths.Sum(numbers), list = Phrases.And([.. numbers.Select(n => n.ToString())]);
        string question = draws.Wording.Pick([
            $"Work out {plus}.", $"What is the sum of {list}?", $"Add {list}. Answer with the number only.",
            $"Somebody adds up {list}. What total should come out?", $"Calculate: {plus} = ?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }

    private static BigInteger Add(BigInteger[] numbers, StepList work)
    {
        int[][] digits = [.. numbers.Select(Maths.Digits)];
        BigInteger sum = 0;
        int carry = 0, columns = digits.Max(d => d.Length);
        for (int c = 0; c < columns; c++)
        {
            int[] column = [.. digits.Where(d => c < d.Length).Select(d => d[c])];
            int total = column.Sum() + carry;
            string formula = Maths.Sum(carry > 0 ? column.Append(carry) : column) + " = " + total;
            work.Add($"add the {Columns.Name(c)}{(carry > 0 ? " and the carry" : "")}, write {total % 10}"
                + (total > 9 ? $" and carry {total / 10}" : ""), formula);
            sum += total % 10 * BigInteger.Pow(10, c);
            carry = total / 10;
        }
        if (carry == 0) return sum;
        work.Add($"write the last carry {carry} in front");
        return sum + carry * BigInteger.Pow(10, columns);
    }
}

/// <summary>Subtraction with borrowing.</summary>
internal sealed class LongSubtraction() : TaskFamily("long-subtraction", TaskCategories.Arithmetic)
{
    private static readonly int[] Digits = [4, 6, 8, 10, 13];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var a = draws.Problem.BigNumber(Digits[level - 1]);
        var b = draws.Problem.BigNumber(Digits[level - 1]);
        if (a < b) (a, b) = (b, a);
        var work = new StepList();
        var rest = Subtract(a, b, work);
        string question = draws.Wording.Pick([
            $"Work out {a} - {b}.", $"From {a}, take away {b}. What is left?", $"By how much is {a} greater than {b}?",
            $"Find the difference: {a} minus {b}. Answer with the number only."]);
        return new TaskDraft(question, rest.ToString(), work);
    }

    private static BigInteger Subtract(BigInteger from, BigInteger take, StepList work)
    {
        int[] top = Maths.Digits(from), bottom = Maths.Digits(take);
        BigInteger rest = 0;
        int borrowed = 0;
        for (int c = 0; c < top.Length; c++)
        {
            int above = top[c], below = (c < bottom.Length ? bottom[c] : 0) + borrowed;
            string owed = borrowed > 0 ? ", with the 1 borrowed before," : "";
            bool borrow = above < below;
            if (borrow) above += 10;
            work.Add($"in the {Columns.Name(c)}{owed} take {below} from {above}{(borrow ? ", borrowing 1 from the left" : "")}",
                $"{above} - {below} = {above - below}");
            rest += (above - below) * BigInteger.Pow(10, c);
            borrowed = borrow ? 1 : 0;
        }
        return rest;
    }
}

/// <summary>Multiplication of long numbers by partial products.</summary>
internal sealed class LongMultiplication() : TaskFamily("long-multiplication", TaskCategories.Arithmetic)
{
    private static readonly int[] First = [4, 5, 5, 6, 7], Second = [3, 4, 5, 6, 7];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var a = draws.Problem.BigNumber(First[level - 1]);
        var b = draws.Problem.BigNumber(Second[level - 1]);
        var work = new StepList();
        var product = Multiply(a, b, work);
        string question = draws.Wording.Pick([
            $"Work out {a} * {b}.", $"What is {a} times {b}?", $"Find the product of {a} and {b}.",
            $"There are {a} boxes with {b} pins in each. How many pins are there? Answer with the number only."]);
        return new TaskDraft(question, product.ToString(), work);
    }

    private static BigInteger Multiply(BigInteger a, BigInteger b, StepList work)
    {
        int[] digits = Maths.Digits(b);
        BigInteger sum = 0;
        for (int c = 0; c < digits.Length; c++)
        {
            if (digits[c] == 0) continue;
            var place = digits[c] * BigInteger.Pow(10, c);
            var part = a * place;
            work.Add($"multiply by the {Columns.Name(c)} digit, {digits[c]}", $"{a} * {place} = {part}");
            if (!sum.IsZero) work.Add("add it to the partial products before", $"{sum} + {part} = {sum + part}");
            sum += part;
        }
        return sum;
    }
}

/// <summary>Division with remainder, one digit of the dividend at a time.</summary>
internal sealed class LongDivision() : TaskFamily("long-division", TaskCategories.Arithmetic)
{
    private static readonly int[] Digits = [6, 8, 10, 13, 16], Divisor = [1, 2, 2, 3, 3];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var dividend = draws.Problem.BigNumber(Digits[level - 1]);
        var divisor = Divisor[level - 1] == 1 ? draws.Problem.Between(3, 9) : draws.Problem.BigNumber(Divisor[level - 1]);
        var work = new StepList();
        var (quotient, rest) = Divide(dividend, divisor, work);
        const string How = "Give the quotient and the remainder, separated by a comma.";
        string question = draws.Wording.Pick([
            $"Divide {dividend} by {divisor} with remainder. {How}", $"How often does {divisor} go into {dividend}, and what is left? "
                + How,
            $"Work out {dividend} / {divisor} in whole numbers. {How}",
            $"{dividend} beads are threaded on strings of {divisor} beads each. How many full strings are there, and how many beads are "
                + $"left over? {How}"]);
        return new TaskDraft(question, $"{quotient}, {rest}", work);
    }

    private static (BigInteger Quotient, BigInteger Left) Divide(BigInteger dividend, BigInteger divisor, StepList work)
    {
        BigInteger quotient = 0, rest = 0;
        int[] digits = Maths.Digits(dividend);
        for (int c = digits.Length - 1; c >= 0; c--)
        {
            rest = rest * 10 + digits[c];
            quotient *= 10;
            if (rest < divisor && quotient.IsZero) continue;
            var times = rest / divisor;
            var left = rest - times * divisor;
            work.Add($"bring down {digits[c]}: {divisor} goes into {rest} {Phrases.Count((int)times, "time")}",
                $"{rest} - {times} * {divisor} = {left}");
            quotient += times;
            rest = left;
        }
        work.Add($"read off the quotient {quotient} and the remainder {rest}");
        return (quotient, rest);
    }
}

/// <summary>Names of decimal places.</summary>
internal static class Columns
{
    public static string Name(int column) => column switch
    {
        0 => "ones",
        1 => "tens",
        2 => "hundreds",
        3 => "thousands",
        _ => $"10^{column}",
    };
}
