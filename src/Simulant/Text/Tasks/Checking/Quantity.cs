using System.Text.RegularExpressions;

namespace Simulant.Text.Tasks.Checking;

/// <summary>A value in base units and its dimensions: <c>2 h 30 min</c> is 9,000 of <c>T</c>, <c>36 km/h</c> ten of <c>L1T-1</c>.</summary>
internal readonly partial record struct Quantity(Fraction Value, string Dimensions)
{
    private const int MaxLength = 400, MaxPower = 9;

    /// <summary>Null where the text is no number with a unit, or a sum of such of one dimension.</summary>
    public static Quantity? Read(string text)
    {
        if (text.Length > MaxLength) return null;
        string clean = Cleaning.Formula(text).Replace("²", "^2", StringComparison.Ordinal).Replace("³", "^3", StringComparison.Ordinal);
        if (Degrees().Match(clean) is { Success: true } warm) return Temperature(warm);
        if (clean.TrimStart('-') is ['$' or '£' or '€', _, ..]) clean = MoneyLast(clean);
        var terms = Term().Matches(clean);
        if (terms.Count == 0 || terms.Sum(term => term.Length) != clean.Length) return null;
        Quantity? sum = null;
        foreach (Match term in terms)
        {
            if (NumberReader.Exact(term.Groups["number"].Value) is not { } number) return null;
            if (UnitOf(term.Groups["unit"].Value) is not { } unit) return null;
            var part = new Quantity(number * unit.Value, unit.Dimensions);
            if (sum is { } before && (before.Dimensions != part.Dimensions || number.Sign < 0)) return null;
            // A sign before the first part holds for all of them: -(2 h 30 min).
            sum = sum is not { } s ? part : s with { Value = s.Value.Sign < 0 ? s.Value - part.Value : s.Value + part.Value };
        }
        return sum;
    }

    private static Quantity? Temperature(Match match)
    {
        if (NumberReader.Exact(match.Groups[1].Value) is not { } value) return null;
        return char.ToUpperInvariant(match.Groups[2].Value[0]) switch
        {
            'C' => new(value + new Fraction(27315, 100), "K"),
            'F' => new((value + new Fraction(45967, 100)) * new Fraction(5, 9), "K"),
            _ => new(value, "K"),
        };
    }

    private static string MoneyLast(string text)
    {
        int sign = text.IndexOfAny(['$', '£', '€']);
        return string.Concat(text.AsSpan(0, sign), text.AsSpan(sign + 1), " ", text.AsSpan(sign, 1));
    }

    /// <summary>Factors between slashes, "per", stars and blanks, with powers; what follows the first slash divides.</summary>
    private static Quantity? UnitOf(string text)
    {
        text = Powers().Replace(text.Trim(), m => m.Groups[2].Value + (m.Groups[1].Value is ['s' or 'S', ..] ? "^2" : "^3"));
        string[] sides = text.Replace(" per ", "/", StringComparison.OrdinalIgnoreCase).Split('/');
        if (sides.Length > 3) return null;
        var dimensions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Fraction factor = 1;
        for (int side = 0; side < sides.Length; side++)
        {
            string[] names = sides[side].Split([' ', '*'], StringSplitOptions.RemoveEmptyEntries);
            if (names.Length is 0 or > 4) return null;
            foreach (string name in names)
            {
                var parsed = Name().Match(name);
                if (!parsed.Success) return null;
                int power = parsed.Groups[2].Success ? parsed.Groups[2].Value[^1] - '0' : 1;
                if (power is 0 or > MaxPower) return null;
                factor *= UnitTable.Into(parsed.Groups[1].Value, side == 0 ? power : -power, dimensions);
            }
        }
        return new(factor, string.Concat(dimensions.Select(d => d.Key + d.Value)));
    }

    [GeneratedRegex(@"^([-+]?[\d.,/ ]*\d)\s*(?:°|degrees?)\s*(C|F|Celsius|Fahrenheit)$", RegexOptions.IgnoreCase)]
    private static partial Regex Degrees();

    [GeneratedRegex(@"\G(?:,? and |, | )?(?<number>[-+]?(?:\d+ \d+/\d+|\d[\d,]*(?:\.\d+)?(?:/\d+)?|\.\d+)) ?"
        + @"(?<unit>[^\d\s,][^\d,]*?(?:\^\d[^\d,]*?)*)(?=$|,? and \d|,? \d)")]
    private static partial Regex Term();

    [GeneratedRegex(@"\b(square|sq|cubic|cu) ([A-Za-z]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Powers();

    [GeneratedRegex(@"^([^\d^\s]+)(\^?\d)?$")]
    private static partial Regex Name();
}
