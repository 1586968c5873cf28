using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>English numerals below a thousand million, as in Britain: two thousand and five, one hundred and twenty-one.</summary>
internal static class Numerals
{
    internal static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    internal static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    internal static readonly int[] Least = [1_000, 10_000, 100_000, 1_000_000, 10_000_000], Most = [9_999, 99_999, 999_999, 9_999_999,
        999_999_999];

    /// <summary>One to 999 in words.</summary>
    public static string Group(int number)
    {
        int hundreds = number / 100, rest = number % 100;
        string low = rest == 0 ? "" : rest < 20 ? Small[rest] : Tens[rest / 10] + (rest % 10 == 0 ? "" : "-" + Small[rest % 10]);
        return hundreds == 0 ? low : Small[hundreds] + " hundred" + (rest == 0 ? "" : " and " + low);
    }

    /// <summary>The groups of three digits, each in words with its name; the steps note each.</summary>
    public static string Write(int number, StepList work)
    {
        string words = "";
        foreach (var (size, name) in new[] { (1_000_000, " million"), (1_000, " thousand"), (1, "") })
        {
            int group = number / size % 1000;
            if (group == 0) continue;
            string part = Group(group) + name;
            if (group >= 100) work.Add($"the hundreds of {group}", $"{group} = {group / 100} * 100 + {group % 100}");
            if (group % 100 > 20 && group % 10 > 0) work.Add($"tens and ones of {group}", $"{group % 100} = {group % 100 / 10 * 10} + "
                + $"{group % 10}");
            work.Add(name == "" ? $"the last three digits are {group:000}" : $"{group}{name}", part);
            words += words == "" ? part : size == 1 && group < 100 ? " and " + part : " " + part;
        }
        return words;
    }
}

/// <summary>A number written out.</summary>
internal sealed class NumberInWords() : TaskFamily("number-in-words", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Word;

    public override long? Problems(int level) => Numerals.Most[level - 1] - Numerals.Least[level - 1] + 1;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int number = Numerals.Least[level - 1] + (int)problem;
        var work = new StepList();
        string answer = Numerals.Write(number, work);
        work.Add("together", answer);
        const string form = "Use lower case, hyphens as in twenty-one, \"and\" after hundred (and before a last part below one hundred), "
            + "and no commas.";
        return new(draws.Wording.Pick(
        [
            $"Write {number} in words. {form}",
            $"How is the number {number} spelt out in British English? {form}",
            $"Spell {number} as on a cheque. {form}",
            $"Give {number} as an English numeral in words. {form}",
        ]), answer, work);
    }
}

/// <summary>A sum of numbers in words, to be written in digits.</summary>
internal sealed class WordsToNumber() : TaskFamily("words-to-number", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int number = draws.Problem.Between(Numerals.Least[level - 1], Numerals.Most[level - 1]), off = draws.Problem.Between(101, 999);
        string words = Numerals.Write(number, []), less = Numerals.Group(off);
        var work = new StepList();
        int read = Read(words, work), minus = Read(less, []);
        work.Add($"{less} is {minus}");
        int result = read - minus;
        work.Add("subtract", $"{read} - {minus} = {result}");
        return new(draws.Wording.Pick(
        [
            $"Which number is \"{less}\" less than \"{words}\"? Answer in digits.",
            $"Subtract \"{less}\" from \"{words}\" and write the result in digits.",
            $"Take \"{less}\" away from \"{words}\". Give the result as a number in digits.",
            $"By how much is \"{less}\" smaller than \"{words}\"? Use digits for the answer.",
        ]), $"{result}", work);
    }

    // Adds up small words, multiplies by hundred, and closes a group at thousand and million.
    private static int Read(string words, StepList work)
    {
        int total = 0, group = 0;
        foreach (string word in words.Split(' ', '-'))
        {
            if (word == "and") continue;
            int small = Array.IndexOf(Numerals.Small, word), tens = Array.IndexOf(Numerals.Tens, word);
            if (small > 0) group += small;
            else if (tens > 0) group += 10 * tens;
            else if (word == "hundred") group *= 100;
            else
            {
                total += group * (word == "million" ? 1_000_000 : 1_000);
                work.Add($"{group} {word}", $"so far {total}");
                group = 0;
                continue;
            }
            work.Add($"read {word}", $"group {group}");
        }
        return total + group;
    }
}
