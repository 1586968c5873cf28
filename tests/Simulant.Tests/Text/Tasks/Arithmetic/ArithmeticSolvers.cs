using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Arithmetic;

internal sealed class LongAdditionSecond() : Second("long-addition", question =>
    Figures.Big(question).Aggregate((a, b) => a + b).ToString());

internal sealed class LongSubtractionSecond() : Second("long-subtraction", question =>
    (Figures.Big(question).Max() - Figures.Big(question).Min()).ToString());

internal sealed class LongMultiplicationSecond() : Second("long-multiplication", question =>
    Figures.Big(question).Aggregate((a, b) => a * b).ToString());

internal sealed class LongDivisionSecond() : Second("long-division", question =>
{
    var numbers = Figures.Big(question);
    var quotient = BigInteger.DivRem(numbers.Max(), numbers.Min(), out var rest);
    return $"{quotient}, {rest}";
});

/// <summary>Two stacks, of values and of signs (Dijkstra's shunting yard), over the text.</summary>
internal sealed class OperatorPrecedenceSecond() : Second("operator-precedence", question =>
{
    var values = new Stack<BigInteger>();
    var signs = new Stack<char>();
    void Reduce()
    {
        BigInteger b = values.Pop(), a = values.Pop();
        values.Push(signs.Pop() switch { '+' => a + b, '-' => a - b, _ => a * b });
    }
    foreach (Match token in Regex.Matches(Asked.First(question, @"([\d(][\d+\-* ()]*[\d)])"), @"\d+|[-+*()]"))
    {
        char c = token.Value[0];
        if (char.IsAsciiDigit(c)) values.Push(BigInteger.Parse(token.Value, CultureInfo.InvariantCulture));
        else if (c == '(') signs.Push(c);
        else if (c == ')')
        {
            while (signs.Peek() != '(') Reduce();
            signs.Pop();
        }
        else
        {
            while (signs.Count > 0 && signs.Peek() != '(' && (c != '*' || signs.Peek() == '*')) Reduce();
            signs.Push(c);
        }
    }
    while (signs.Count > 0) Reduce();
    return values.Pop().ToString();
});

/// <summary>Adds top and bottom crosswise, cancelling only at the end, by trying divisors.</summary>
internal sealed class FractionSumSecond() : Second("fraction-sum", question =>
{
    BigInteger top = 0, bottom = 1;
    foreach (string[] term in Asked.All(question, @"([-+] )?(\d+)/(\d+)"))
    {
        BigInteger a = BigInteger.Parse(term[1]), b = BigInteger.Parse(term[2]);
        top = top * b + (term[0] == "- " ? -a : a) * bottom;
        bottom *= b;
    }
    for (int p = 2; p <= 40; p++)
        while (top % p == 0 && bottom % p == 0) (top, bottom) = (top / p, bottom / p);
    return $"{top}/{bottom}";
});

/// <summary>
/// The period is the order of ten modulo what is left of the bottom without twos and fives; the digits come from one big division.
/// </summary>
internal sealed class DecimalExpansionSecond() : Second("decimal-expansion", question =>
{
    string[] parts = Regex.IsMatch(question, @"\d+/\d+") ? Asked.All(question, @"(\d+)/(\d+)")[0]
        : Asked.All(question, @"Divide (\d+) by (\d+)")[0];
    BigInteger top = BigInteger.Parse(parts[0]), bottom = BigInteger.Parse(parts[1]);
    var common = BigInteger.GreatestCommonDivisor(top, bottom);
    (top, bottom) = (top / common, bottom / common);
    int before = 0;
    var rest = bottom;
    for (; BigInteger.GreatestCommonDivisor(rest, 10) is { IsOne: false } shared; before++) rest /= shared;
    int period = 0;
    if (!rest.IsOne)
        for (BigInteger power = 1; period == 0 || power % rest != 1; period++) power = power * 10 % rest;
    string digits = (top * BigInteger.Pow(10, before + period) / bottom).ToString().PadLeft(before + period + 1, '0');
    string whole = digits[..^(before + period)], all = digits[^(before + period)..];
    return period == 0 ? $"{whole}.{all}" : $"{whole}.{all[..before]}({all[before..]})";
});

/// <summary>By decimal values of twenty-eight digits, where the family compares tops over one bottom.</summary>
internal sealed class NumberOrderingSecond() : Second("number-ordering", question =>
{
    string[] numbers = [.. Regex.Matches(question, @"\d+ \d+/\d+|\d+/\d+|\d+%|\d+\.\d+").Select(m => m.Value)];
    bool rising = question.Contains("smallest to largest", StringComparison.Ordinal);
    static decimal Worth(string n) => n.EndsWith('%') ? int.Parse(n[..^1]) / 100m
        : n.Contains('/') ? n.Split(' ', '/') is var p && p.Length == 3 ? int.Parse(p[0]) + int.Parse(p[1]) / (decimal)int.Parse(p[2])
            : int.Parse(p[0]) / (decimal)int.Parse(p[1])
        : decimal.Parse(n, CultureInfo.InvariantCulture);
    return string.Join(", ", rising ? numbers.OrderBy(Worth) : numbers.OrderByDescending(Worth));
});

/// <summary>One word at a time: a running group that "hundred" multiplies and a name of a thousand's power closes.</summary>
internal sealed class NumberWordsSecond() : Second("number-words", question =>
{
    string[] units = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        + "seventeen eighteen nineteen").Split(' ');
    string[] scales = "thousand million billion trillion quadrillion quintillion".Split(' ');
    BigInteger total = 0, group = 0;
    foreach (string word in Asked.Quoted(question)[0].Split(' ', '-'))
    {
        int unit = Array.IndexOf(units, word), scale = Array.IndexOf(scales, word);
        if (unit >= 0) group += unit + 1;
        else if (word == "hundred") group *= 100;
        else if (word.EndsWith("ty")) group += 10 * (1 + Array.IndexOf("ten twen thir for fif six seven eigh nine".Split(' '), word[..^2]));
        else if (scale >= 0) (total, group) = (total + group * BigInteger.Pow(10, 3 * scale + 3), 0);
    }
    return (total + group).ToString();
});

/// <summary>A table of all numerals up to 3,999 from the four digits' patterns.</summary>
internal sealed class RomanSumSecond() : Second("roman-sum", question =>
{
    int sum = Regex.Matches(question, @"\b[MDCLXVI]+\b").Where(m => Table.Contains(m.Value)).Sum(m => Array.IndexOf(Table, m.Value));
    return Table[sum];
})
{
    private static readonly string[] Table = [.. Enumerable.Range(0, 4000).Select(n => string.Concat(
        new[] { 1000, 100, 10, 1 }.Select((power, i) => Digit(n / power % 10, ["M??", "CDM", "XLC", "IVX"], i))))];

    private static string Digit(int digit, string[] signs, int place) => string.Concat(
        new[] { "", "0", "00", "000", "01", "1", "10", "100", "1000", "02" }[digit].Select(c => signs[place][c - '0']));
}

/// <summary>By the weights of the digits, and by greedy subtraction of the target's powers.</summary>
internal sealed class BaseConversionSecond() : Second("base-conversion", question =>
{
    const string Signs = "0123456789ABCDEF";
    string given = Asked.Quoted(question)[0];
    int[] bases = [.. Asked.All(question, @"(?:base|in base) (\d+)").Select(m => int.Parse(m[0]))];
    BigInteger value = 0;
    for (int i = 0; i < given.Length; i++) value += Signs.IndexOf(given[i]) * BigInteger.Pow(bases[0], given.Length - 1 - i);
    int places = 0;
    while (BigInteger.Pow(bases[1], places + 1) <= value) places++;
    string answer = "";
    for (; places >= 0; places--)
    {
        int digit = 0;
        for (var power = BigInteger.Pow(bases[1], places); value >= power; digit++) value -= power;
        answer += Signs[digit];
    }
    return answer;
});

/// <summary>Newton's iteration from above.</summary>
internal sealed class IntegerRootSecond() : Second("integer-root", question =>
{
    var n = Figures.Big(question)[0];
    var x = n;
    while (x * x > n) x = (x + n / x) / 2;
    return x.ToString();
});

/// <summary>From the left: keeps every filling that some carry from the right could complete.</summary>
internal sealed class MissingDigitsSecond() : Second("missing-digits", question =>
{
    string[] rows = Asked.All(question, @"([\d#]+) \+ ([\d#]+) = ([\d#]+)")[0];
    int width = rows[2].Length;
    string[] padded = [.. rows.Select(r => r.PadLeft(width, '0'))];
    var states = new Dictionary<int, List<string>> { [0] = [""] };
    for (int c = 0; c < width; c++)
    {
        var next = new Dictionary<int, List<string>>();
        foreach (var (carryOut, fillings) in states)
            for (int a = 0; a < 10; a++)
                for (int b = 0; b < 10; b++)
                    for (int carry = 0; carry < 2; carry++)
                    {
                        int sum = a + b + carry, s = sum % 10;
                        if (sum / 10 != carryOut || !Fits(padded[0][c], a) || !Fits(padded[1][c], b) || !Fits(padded[2][c], s)) continue;
                        if (!next.TryGetValue(carry, out var list)) next[carry] = list = [];
                        list.AddRange(fillings.Select(f => $"{f}{a}{b}{s}"));
                    }
        states = next;
    }
    string filled = states[0].Single();
    var found = Enumerable.Range(0, 3).SelectMany(row => Enumerable.Range(0, width)
        .Where(c => padded[row][c] == '#').Select(c => filled[3 * c + row]));
    return string.Join(", ", found);
})
{
    private static bool Fits(char shown, int digit) => shown == '#' || shown - '0' == digit;
}

/// <summary>All factors multiplied first, as whole numbers over a power of a hundred.</summary>
internal sealed class PercentChainSecond() : Second("percent-chain", question =>
{
    var price = Figures.Big(question)[0];
    var changes = Asked.All(question, @"(falls|rises) by (\d+)%");
    foreach (string[] change in changes) price *= 100 + (change[0] == "falls" ? -1 : 1) * int.Parse(change[1]);
    return new Fraction(price, BigInteger.Pow(100, changes.Length)).ToString();
});

/// <summary>Over a time in which all of them work whole turns: tanks filled less tanks drained.</summary>
internal sealed class WorkRatesSecond() : Second("work-rates", question =>
{
    var minutes = Figures.Big(question);
    var whole = minutes.Aggregate((a, b) => a * b);
    var tanks = minutes[..^1].Select(m => whole / m).Aggregate((a, b) => a + b) - whole / minutes[^1];
    return new Fraction(whole, tanks).ToString();
});
