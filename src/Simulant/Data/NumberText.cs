using System.Globalization;
using System.Text;

namespace Simulant.Data;

/// <summary>What a text that is a number looks like as written.</summary>
/// <param name="Decimals">Digits after the point; 0 without one.</param>
/// <param name="Needed">Digits after the point once trailing zeros are gone.</param>
/// <param name="Significant">Digits from the first that is not zero to the last written.</param>
/// <param name="Whole">The value has no fraction.</param>
/// <param name="Exponent">Written with an exponent.</param>
/// <param name="LeadingZero">Two digits or more before the point, the first a zero: a code rather than a number.</param>
internal readonly record struct NumberShape(
    double Value, int Decimals, int Needed, int Significant, bool Whole, bool Exponent, bool LeadingZero)
{
    /// <summary>Largest magnitude up to which a double holds every integer.</summary>
    public const double ExactLimit = 9007199254740992;

    /// <summary>A whole number written with all its digits that a double cannot hold exactly.</summary>
    public bool TooLarge => !Exponent && Decimals == 0 && Math.Abs(Value) > ExactLimit && !double.IsInfinity(Value);
}

/// <summary>Reads numbers written in digits: sign, point, exponent, spaces around; no thousands separators, no hexadecimal.</summary>
internal static class NumberText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out NumberShape shape)
    {
        shape = default;
        text = Trim(text);
        if (text.IsEmpty) return false;
        int p = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (p == text.Length) return false;
        if (text[p] is (byte)'i' or (byte)'I') return TryInfinity(text, p, out shape);
        int first = p, digits = 0, significant = 0, decimals = 0, needed = 0;
        bool point = false, exponent = false;
        for (; p < text.Length; p++)
        {
            byte b = text[p];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
                if (significant > 0 || b != '0') significant++;
                if (point && ++decimals > 0 && b != '0') needed = decimals;
            }
            else if (b == '.' && !point) point = true;
            else if (b is (byte)'e' or (byte)'E' && digits > 0)
            {
                exponent = true;
                break;
            }
            else return false;
        }
        if (digits == 0) return false;
        bool leading = digits - decimals > 1 && text[first] == '0';
        if (!exponent && digits <= 15 && decimals <= 15) shape = new(Short(text, first), decimals, needed, significant, needed == 0, false,
            leading);
        else
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return false;
            shape = new(value, decimals, needed, significant, Math.Floor(value) == value, exponent, leading);
        }
        return true;
    }

    // Digits up to 10^15 over a power of ten up to 10^15: both exact, so the quotient is the nearest double.
    private static double Short(ReadOnlySpan<byte> text, int first)
    {
        long mantissa = 0;
        int after = -1;
        for (int p = first; p < text.Length; p++)
        {
            if (text[p] == '.')
            {
                after = 0;
                continue;
            }
            mantissa = mantissa * 10 + (text[p] - '0');
            if (after >= 0) after++;
        }
        double value = after > 0 ? mantissa / PowersOfTen[after] : mantissa;
        return text[0] == '-' ? -value : value;
    }

    private static bool TryInfinity(ReadOnlySpan<byte> text, int p, out NumberShape shape)
    {
        var name = text[p..];
        bool known = Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8);
        shape = known ? new(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, 0, 0, 0, true, true, false) : default;
        return known;
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    internal static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
}
