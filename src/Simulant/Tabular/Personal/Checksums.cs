using System.Globalization;

namespace Simulant.Tabular.Personal;

/// <summary>
/// Check digits of cards (Luhn, ISO/IEC 7812-1 annex B) and bank accounts (ISO 7064 mod 97-10, as IBAN uses it).
/// </summary>
public static class Checksums
{
    /// <summary>The digit that makes <paramref name="digits"/> followed by it pass Luhn's check.</summary>
    public static char LuhnDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
            sum += digit;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }

    /// <summary>Whether the digits among <paramref name="text"/>, two or more, pass Luhn's check.</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> text)
    {
        Span<char> digits = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        int count = 0;
        foreach (char c in text)
            if (char.IsAsciiDigit(c)) digits[count++] = c;
        return count >= 2 && LuhnDigit(digits[..(count - 1)]) == digits[count - 1];
    }

    /// <summary>
    /// The two check digits of an IBAN of this country and basic account number (digits and upper-case letters).
    /// </summary>
    public static string IbanDigits(string country, string account) =>
        (98 - Remainder(account + country + "00")).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Whether the letters and digits among <paramref name="text"/> form a valid IBAN by its check digits.</summary>
    public static bool PassesIban(string text)
    {
        string bare = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return bare.Length is >= 15 and <= 34
            && char.IsAsciiLetter(bare[0]) && char.IsAsciiLetter(bare[1])
            && char.IsAsciiDigit(bare[2]) && char.IsAsciiDigit(bare[3])
            && Remainder(bare[4..] + bare[..4]) == 1;
    }

    private static int Remainder(string text)
    {
        int remainder = 0;
        foreach (char c in text)
        {
            int value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }
}
