using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>Sums and differences of fractions over their lowest common denominator.</summary>
internal sealed class FractionSum() : TaskFamily("fraction-sum", TaskCategories.Arithmetic)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var terms = new (int Sign, int Top, int Bottom)[level + 1];
        for (int i = 0; i < terms.Length; i++)
        {
            int bottom = draws.Problem.Between(3, 40), top = draws.Problem.Between(1, 2 * bottom);
            terms[i] = (i > 0 && draws.Problem.Chance(.4) ? -1 : 1, top, bottom);
        }
        string text = string.Concat(terms.Select((t, i) => (i == 0 ? "" : t.Sign < 0 ? " - " : " + ") + $"{t.Top}/{t.Bottom}"));
        var work = new StepList();
        var sum = Solve(terms, work);
        string question = draws.Wording.Pick([
            $"Work out {text}. Give the answer as a fraction in lowest terms.", $"What is {text}? Answer with one fraction, cancelled.",
            $"Simplify {text} to a single fraction.", $"Calculate {text} exactly; write the result as a fraction or a whole number."]);
        return new TaskDraft(question, sum.ToString(), work);
    }

    private static Fraction Solve((int Sign, int Top, int Bottom)[] terms, StepList work)
    {
        long common = 1;
        foreach (var term in terms) common = common / Maths.Gcd(common, term.Bottom) * term.Bottom;
        work.Add($"the lowest common denominator of {Phrases.And([.. terms.Select(t => t.Bottom.ToString())])} is {common}");
        long sum = 0;
        foreach (var (sign, top, bottom) in terms)
        {
            long scaled = top * (common / bottom);
            work.Add($"write {top}/{bottom} over {common}", $"{top}/{bottom} = {scaled}/{common}");
            sum += sign * scaled;
        }
        work.Add("combine the tops", string.Concat(terms.Select((t, i) =>
            (i == 0 ? "" : t.Sign < 0 ? " - " : " + ") + t.Top * (common / t.Bottom))) + " = " + sum);
        var value = new Fraction(sum, common);
        long shared = Maths.Gcd(sum, common);
        if (shared > 1) work.Add($"cancel {shared}", $"{sum}/{common} = {value}");
        return value;
    }
}

/// <summary>The decimal expansion of a fraction by long division, up to where the remainders repeat.</summary>
internal sealed class DecimalExpansion() : TaskFamily("decimal-expansion", TaskCategories.Arithmetic)
{
    private static readonly (int Low, int High)[] Lengths = [(1, 3), (4, 6), (7, 12), (13, 18), (19, 30)];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int top, bottom;
        do
        {
            top = draws.Problem.Between(10_000, 999_999);
            bottom = draws.Problem.Between(3, 200);
        }
        while (Expand(top, bottom, null) is var (digits, _)
            && (digits.Length < Lengths[level - 1].Low || digits.Length > Lengths[level - 1].High));
        var work = new StepList();
        var (all, period) = Expand(top, bottom, work);
        string answer = period < 0 ? $"{top / bottom}.{all}" : $"{top / bottom}.{all[..period]}({all[period..]})";
        work.Add(period < 0 ? $"the remainder is zero, so the expansion ends: {answer}"
            : $"the remainder has been here before, so the digits {all[period..]} repeat: {answer}");
        const string How = "Put the digits that repeat for ever, if any, in round brackets, starting as early as possible";
        string question = draws.Wording.Pick([
            $"Write {top}/{bottom} as a decimal. {How}, as in \"5.1(36)\".",
            $"What is the decimal expansion of {top}/{bottom}? {How} (like this: \"5.1(36)\").",
            $"Divide {top} by {bottom} and give the exact decimal. {How}; for example \"5.1(36)\".",
            $"Express the fraction {top}/{bottom} in decimal notation. {How}, the way \"5.1(36)\" stands for five, point, one, and then "
                + "three and six without end."]);
        return new TaskDraft(question, answer, work);
    }

    /// <summary>Digits behind the point, and where the repeating part begins; -1 where the expansion ends.</summary>
    private static (string Digits, int Period) Expand(int top, int bottom, StepList? work)
    {
        int rest = top % bottom;
        work?.Add("divide the whole part", $"{top} - {top / bottom} * {bottom} = {rest}");
        var seen = new Dictionary<int, int>();
        var digits = new List<char>();
        while (rest != 0 && seen.TryAdd(rest, digits.Count))
        {
            int digit = rest * 10 / bottom, left = rest * 10 % bottom;
            work?.Add($"the next digit is {digit}", $"{rest * 10} - {digit} * {bottom} = {left}");
            digits.Add((char)('0' + digit));
            rest = left;
        }
        return (new string([.. digits]), rest == 0 ? -1 : seen[rest]);
    }
}

/// <summary>Fractions, decimals, percentages and mixed numbers in order of size.</summary>
internal sealed class NumberOrdering() : TaskFamily("number-ordering", TaskCategories.Arithmetic)
{
    private static readonly int[] Counts = [4, 5, 6, 8, 10];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var numbers = new List<(string Text, Fraction Value)>();
        while (numbers.Count < Counts[level - 1])
        {
            string text = Write(draws.Problem);
            var value = NumberReader.Exact(text)!.Value;
            if (numbers.All(n => n.Value != value)) numbers.Add((text, value));
        }
        bool rising = draws.Problem.Chance(.5);
        string list = Phrases.Commas(numbers.Select(n => n.Text)), from = rising ? "smallest to largest" : "largest to smallest";
        var work = new StepList();
        var sorted = Sort(numbers, rising, work);
        string question = draws.Wording.Pick([
            $"Put these numbers in order from {from}: {list}. Write them as given, separated by commas.",
            $"Sort from {from} and separate by commas: {list}.",
            $"Here are some numbers: {list}. List them from {from}, as they are written here, separated by commas.",
            $"Arrange {list} from {from}. Keep each number's form and separate them by commas."]);
        return new TaskDraft(question, Phrases.Commas(sorted), work);
    }

    private static string Write(ItemDraws draws) => draws.Below(4) switch
    {
        0 => $"{draws.Between(1, 39)}/{draws.Between(7, 24)}",
        1 => new Fraction(draws.Between(20, 2400), 1000).Rounded(3),
        2 => $"{draws.Between(5, 240)}%",
        _ => Mixed(draws.Between(3, 16), draws),
    };

    private static string Mixed(int bottom, ItemDraws draws) => $"{draws.Between(1, 2)} {draws.Between(1, bottom - 1)}/{bottom}";

    private static List<string> Sort(List<(string Text, Fraction Value)> numbers, bool rising, StepList work)
    {
        BigInteger common = 1;
        foreach (var (_, value) in numbers) common = common * value.Bottom / BigInteger.GreatestCommonDivisor(common, value.Bottom);
        var placed = new List<(string Text, BigInteger Top)>();
        foreach (var (text, value) in numbers)
        {
            var top = value.Top * (common / value.Bottom);
            int at = placed.FindIndex(other => rising ? other.Top > top : other.Top < top);
            string where = placed.Count == 0 ? "to start with" : at < 0 ? $"after {placed[^1].Text}" : $"before {placed[at].Text}";
            placed.Insert(at < 0 ? placed.Count : at, (text, top));
            work.Add($"over {common}, {text} has the top {top}: place it {where}");
        }
        return [.. placed.Select(p => p.Text)];
    }
}
