using System.Globalization;
using System.Numerics;

namespace Simulant.Text.Tasks.Checking;

/// <summary>Reads one exact number; null where the text is anything else. Bounded: no text makes it work long.</summary>
internal static class NumberReader
{
    /// <summary>More digits are not read: parsing takes time that grows with their square.</summary>
    public const int MaxDigits = 10_000;

    private const int MaxExponent = 1_000;

    /// <summary>A whole number, with or without separators of thousands.</summary>
    public static BigInteger? Whole(string text)
    {
        string clean = Cleaning.Formula(text);
        bool minus = TakeSign(ref clean);
        return Digits(clean) is { } value ? minus ? -value : value : null;
    }

    /// <summary>A whole number, a decimal, one in powers of ten, a fraction, a mixed number, or any of them as a percentage.</summary>
    public static Fraction? Exact(string text)
    {
        string clean = Cleaning.Formula(text);
        bool percent = clean.EndsWith('%');
        if (percent) clean = clean[..^1].TrimEnd();
        bool minus = TakeSign(ref clean);
        var value = clean.Contains('/') ? Ratio(clean) : Decimal(clean);
        if (value is not { } number) return null;
        if (percent) number /= 100;
        return minus ? -number : number;
    }

    /// <summary>Decimal places that a number shows.</summary>
    public static int Places(string text)
    {
        string clean = Cleaning.Formula(text);
        int point = clean.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : clean[(point + 1)..].TakeWhile(char.IsAsciiDigit).Count();
    }

    private static bool TakeSign(ref string text)
    {
        if (text.Length == 0 || text[0] is not ('-' or '+')) return false;
        bool minus = text[0] == '-';
        text = text[1..].TrimStart();
        return minus;
    }

    private static Fraction? Ratio(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string[] left = text[..slash].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (left.Length is 0 or > 2 || Digits(text[(slash + 1)..].Trim()) is not { IsZero: false } bottom) return null;
        if (Digits(left[^1]) is not { } top) return null;
        if (left.Length == 1) return new Fraction(top, bottom);
        // A mixed number's fraction is a proper one: "3 4/2" is a slip of the pen, not five.
        return Digits(left[0]) is { } whole && top < bottom ? whole + new Fraction(top, bottom) : null;
    }

    private static Fraction? Decimal(string text)
    {
        int power = 0, e = text.IndexOfAny(['e', 'E']);
        if (e >= 0)
        {
            if (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)
                || power is > MaxExponent or < -MaxExponent) return null;
            text = text[..e];
        }
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point], places = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length == 0 && places.Length == 0 || !places.All(char.IsAsciiDigit)) return null;
        if (Digits(whole.Length == 0 ? "0" : whole) is not { } top || places.Length > MaxDigits) return null;
        if (places.Length > 0)
            top = top * BigInteger.Pow(10, places.Length) + BigInteger.Parse(places, CultureInfo.InvariantCulture);
        power -= places.Length;
        return power >= 0 ? top * BigInteger.Pow(10, power) : new Fraction(top, BigInteger.Pow(10, -power));
    }

    /// <summary>Digits alone, or in groups of three behind commas.</summary>
    private static BigInteger? Digits(string text)
    {
        if (text.Length is 0 or > MaxDigits) return null;
        if (text.Contains(','))
        {
            string[] groups = text.Split(',');
            if (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(group => group.Length != 3)) return null;
            text = string.Concat(groups);
        }
        return text.All(char.IsAsciiDigit) ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
