using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>The whole part of a square root, two digits at a time, as on paper.</summary>
internal sealed class IntegerRoot() : TaskFamily("integer-root", TaskCategories.Arithmetic)
{
    private static readonly int[] Digits = [7, 9, 11, 13, 16];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var number = draws.Problem.BigNumber(Digits[level - 1]);
        var work = new StepList();
        var root = Root(number, work);
        string question = draws.Wording.Pick([
            $"What is the whole part of the square root of {number}?",
            $"Find the greatest whole number whose square is at most {number}.",
            $"{number} square tiles are laid out as the largest possible square. How many tiles long is its side?",
            $"Work out the square root of {number}, rounded down to a whole number."]);
        return new TaskDraft(question, root.ToString(), work);
    }

    private static BigInteger Root(BigInteger number, StepList work)
    {
        string text = number.ToString();
        if (text.Length % 2 == 1) text = "0" + text;
        BigInteger root = 0, rest = 0;
        for (int i = 0; i < text.Length; i += 2)
        {
            rest = rest * 100 + (text[i] - '0') * 10 + (text[i + 1] - '0');
            int digit = 9;
            while ((20 * root + digit) * digit > rest) digit--;
            var taken = (20 * root + digit) * digit;
            work.Add($"bring down the pair {text[i..(i + 2)]}: the greatest digit d with ({20 * root} + d) * d <= {rest} is {digit}",
                $"{rest} - ({20 * root} + {digit}) * {digit} = {rest - taken}");
            rest -= taken;
            root = root * 10 + digit;
        }
        return root;
    }
}

/// <summary>An addition with one digit blotted out in every column.</summary>
internal sealed class MissingDigits() : TaskFamily("missing-digits", TaskCategories.Arithmetic)
{
    private static readonly int[] Columns = [4, 5, 7, 9, 12];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var a = draws.Problem.BigNumber(Columns[level - 1]);
        var b = draws.Problem.BigNumber(Columns[level - 1]);
        char[][] rows = [.. new[] { a, b, a + b }.Select(n => n.ToString().ToCharArray())];
        for (int c = 0; c < Columns[level - 1]; c++)
        {
            char[] row = rows[draws.Problem.Below(3)];
            row[^(c + 1)] = '#';
        }
        string sum = $"{new string(rows[0])} + {new string(rows[1])} = {new string(rows[2])}";
        var work = new StepList();
        string answer = Fill(rows, sum, work);
        const string How = "Give the missing digits in the order in which they stand, from left to right, separated by commas";
        string question = draws.Wording.Pick([
            $"Some digits of this addition were blotted out and stand as #: {sum}. {How}.",
            $"Replace each # by a digit so that the addition is right: {sum}. {How}.",
            $"Which digits are hidden behind the signs # in {sum}? {How}.",
            $"The sum {sum} is correct, but each # hides a digit. {How}."]);
        return new TaskDraft(question, answer, work);
    }

    /// <summary>From the ones to the left: the carry is known, so every column has one digit to find and one equation.</summary>
    private static string Fill(char[][] rows, string sum, StepList work)
    {
        int carry = 0;
        for (int c = 0; c < rows[0].Length; c++)
        {
            ref char a = ref rows[0][^(c + 1)], b = ref rows[1][^(c + 1)], s = ref rows[2][^(c + 1)];
            string say = $"in column {c + 1} from the right{(carry > 0 ? ", with a carry of 1," : "")} ";
            string plus = carry > 0 ? " + 1" : "";
            if (s == '#') s = (char)('0' + (a + b - 2 * '0' + carry) % 10);
            else if (a == '#') a = (char)('0' + (s - b - carry + 20) % 10);
            else b = (char)('0' + (s - a - carry + 20) % 10);
            int total = a + b - 2 * '0' + carry;
            work.Add($"{say}the digits must be {a}, {b} and {s} below", $"{a} + {b}{plus} = {total}");
            carry = total / 10;
        }
        string filled = $"{new string(rows[0])} + {new string(rows[1])} = {new string(rows[2])}";
        work.Add("read off the digits that were missing", filled);
        return Phrases.Commas(filled.Where((_, i) => sum[i] == '#'));
    }
}
