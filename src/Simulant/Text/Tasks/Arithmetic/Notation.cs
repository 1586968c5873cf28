using System.Numerics;
using System.Text;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>A number in words, to be written in digits.</summary>
internal sealed class NumberWords() : TaskFamily("number-words", TaskCategories.Arithmetic)
{
    private static readonly int[] Digits = [7, 10, 13, 16, 19];
    private static readonly string[] Scales = ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string words = Write(draws.Problem.BigNumber(Digits[level - 1]));
        var work = new StepList();
        var value = Read(words, work);
        string question = draws.Wording.Pick([
            $"Write in digits: \"{words}\".", $"What number is \"{words}\"? Answer in digits.",
            $"A cheque says \"{words}\". Write that amount with digits only.", $"Turn these words into a number: \"{words}\"."]);
        return new TaskDraft(question, value.ToString(), work);
    }

    private static string Write(BigInteger value)
    {
        var parts = new List<string>();
        for (int scale = Scales.Length - 1; scale >= 0; scale--)
        {
            int group = (int)(value / BigInteger.Pow(1000, scale) % 1000);
            if (group == 0) continue;
            // "One million and five": a last group below a hundred is joined on.
            string and = scale == 0 && group < 100 && parts.Count > 0 ? "and " : "";
            parts.Add(and + Group(group) + (scale > 0 ? " " + Scales[scale] : ""));
        }
        return string.Join(' ', parts);
    }

    private static string Group(int group)
    {
        string rest = group % 100 is 0 ? "" : group % 100 < 20 ? Small[group % 100]
            : Tens[group % 100 / 10] + (group % 10 > 0 ? "-" + Small[group % 10] : "");
        return group < 100 ? rest : Small[group / 100] + " hundred" + (rest.Length > 0 ? " and " + rest : "");
    }

    private static BigInteger Read(string words, StepList work)
    {
        BigInteger total = 0;
        int start = 0;
        string[] all = words.Split(' ');
        for (int i = 0; i <= all.Length; i++)
        {
            int scale = i == all.Length ? 0 : Array.IndexOf(Scales, all[i]);
            if (scale < 0 || i == start) continue;
            int group = 0;
            foreach (string word in all[start..i].SelectMany(w => w.Split('-')))
                if (word == "hundred") group *= 100;
                else if (Array.IndexOf(Small, word) is >= 0 and var small) group += small;
                else if (Array.IndexOf(Tens, word) is >= 0 and var tens) group += 10 * tens;
            var part = group * BigInteger.Pow(1000, scale);
            work.Add($"\"{string.Join(' ', all[start..i])}\" is {group}{(scale > 0 ? ", and it counts " + Scales[scale] + "s" : "")}",
                $"{total} + {part} = {total + part}");
            total += part;
            start = i + 1;
        }
        return total;
    }
}

/// <summary>A sum of Roman numerals, answered in Roman numerals.</summary>
internal sealed class RomanSum() : TaskFamily("roman-sum", TaskCategories.Arithmetic)
{
    private static readonly int[] Highest = [1900, 1300, 950, 790, 660];

    private static readonly (string Sign, int Value)[] Signs =
    [
        ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5),
        ("IV", 4), ("I", 1),
    ];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] numerals = [.. Enumerable.Range(0, level + 1).Select(_ => Write(draws.Problem.Between(40, Highest[level - 1]), null))];
        var work = new StepList();
        int sum = 0;
        foreach (string numeral in numerals)
        {
            int value = Read(numeral);
            work.Add($"{numeral} is {value}", $"{sum} + {value} = {sum + value}");
            sum += value;
        }
        string answer = Write(sum, work);
        string list = Phrases.And(numerals), plus = Maths.Sum(numerals);
        string question = draws.Wording.Pick([
            $"Add the Roman numerals {list}. Answer with a Roman numeral.", $"In Roman numerals, what is {plus}?",
            $"Work out {plus} and write the result as a Roman numeral.", $"A stonemason adds {list}. Which Roman numeral does he carve?"]);
        return new TaskDraft(question, answer, work);
    }

    private static int Read(string numeral)
    {
        int value = 0;
        for (int i = 0; i < numeral.Length;)
        {
            var (sign, worth) = Array.Find(Signs, s => string.CompareOrdinal(numeral, i, s.Sign, 0, s.Sign.Length) == 0);
            value += worth;
            i += sign.Length;
        }
        return value;
    }

    private static string Write(int value, StepList? work)
    {
        var text = new StringBuilder();
        foreach (var (sign, worth) in Signs)
        {
            int times = value / worth;
            if (times == 0) continue;
            for (int i = 0; i < times; i++) text.Append(sign);
            work?.Add($"write {sign} {(times == 1 ? "once" : times + " times")}", $"{value} - {times} * {worth} = {value - times * worth}");
            value -= times * worth;
        }
        return text.ToString();
    }
}

/// <summary>A numeral of one base in another, by way of its value.</summary>
internal sealed class BaseConversion() : TaskFamily("base-conversion", TaskCategories.Arithmetic)
{
    private const string Numerals = "0123456789ABCDEF";

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int from = draws.Problem.Between(2, 16), to = draws.Problem.Between(2, 15);
        if (to >= from) to++;
        var drawn = draws.Problem.BigNumber(2 * level + 2);
        string given = "";
        for (; !drawn.IsZero; drawn /= from) given = Numerals[(int)(drawn % from)] + given;
        var work = new StepList();
        string answer = Convert(given, from, to, work);
        string note = from > 10 || to > 10 ? " The letters A to F stand for ten to fifteen." : "";
        string question = draws.Wording.Pick([
            $"The numeral \"{given}\" is in base {from}. Write it in base {to}.{note}",
            $"Convert \"{given}\" from base {from} to base {to}. Give the digits only.{note}",
            $"What does \"{given}\", read in base {from}, look like in base {to}?{note}",
            $"On a machine that counts in base {from} the display shows \"{given}\". What would one that counts in base {to} show?{note}"]);
        return new TaskDraft(question, answer, work);
    }

    private static string Convert(string given, int from, int to, StepList work)
    {
        BigInteger value = 0;
        foreach (char c in given)
        {
            int digit = Numerals.IndexOf(c, StringComparison.Ordinal);
            work.Add($"read the digit {c}", $"{value} * {from} + {digit} = {value * from + digit}");
            value = value * from + digit;
        }
        string answer = "";
        while (!value.IsZero)
        {
            var (quotient, digit) = BigInteger.DivRem(value, to);
            work.Add($"the next digit from the right is {Numerals[(int)digit]}", $"{value} - {quotient} * {to} = {digit}");
            answer = Numerals[(int)digit] + answer;
            value = quotient;
        }
        return answer;
    }
}
