using System.Numerics;

namespace Simulant.Data.Inference;

/// <summary>Checksums of card, account and national numbers, over texts with separators taken out.</summary>
/// <remarks>Sources: ISO/IEC 7812-1 (Luhn), ISO 13616 (IBAN, mod 97), ISO 7064, and the issuing states' published rules.</remarks>
internal static class CheckDigits
{
    /// <summary>Luhn's sum over all digits is a multiple of ten.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i])) return false;
            int digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
            sum += digit;
        }
        return digits.Length > 0 && sum % 10 == 0;
    }

    /// <summary>A payment card: 13 to 19 digits, a known first digit, Luhn.</summary>
    public static bool Card(ReadOnlySpan<char> text) =>
        text.Length is >= 13 and <= 19 && text[0] is >= '2' and <= '6' && Luhn(text) && !AllSame(text);

    /// <summary>IBAN: country, check digits, account; letters as 10 to 35, rotated by four, is 1 mod 97.</summary>
    public static bool Iban(ReadOnlySpan<char> text)
    {
        if (text.Length is < 15 or > 34 || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1])
            || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3])) return false;
        int rest = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[(i + 4) % text.Length];
            if (char.IsAsciiDigit(c)) rest = (rest * 10 + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c)) rest = (rest * 100 + (c - 'A' + 10)) % 97;
            else return false;
        }
        return rest == 1;
    }

    /// <summary>Dutch BSN: nine digits, weights 9 to 2 and -1, sum a multiple of 11.</summary>
    public static bool Bsn(ReadOnlySpan<char> text) =>
        text.Length == 9 && !AllSame(text) && Weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) is { } sum && sum % 11 == 0;

    /// <summary>Spanish DNI or NIE: digits (X, Y, Z stand for 0, 1, 2 in front) and the letter of their rest mod 23.</summary>
    public static bool Dni(ReadOnlySpan<char> text)
    {
        if (text.Length != 9) return false;
        int number = 0;
        for (int i = 0; i < 8; i++)
        {
            char c = i == 0 && text[0] is 'X' or 'Y' or 'Z' && i == 0 ? (char)('0' + (text[0] - 'X')) : text[i];
            if (!char.IsAsciiDigit(c)) return false;
            number = number * 10 + (c - '0');
        }
        return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == text[8];
    }

    /// <summary>Italian codice fiscale: 16 characters, odd and even places valued apart, the last letter their sum mod 26.</summary>
    public static bool CodiceFiscale(ReadOnlySpan<char> text)
    {
        if (text.Length != 16) return false;
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        int sum = 0;
        for (int i = 0; i < 15; i++)
        {
            char c = text[i];
            int value = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterUpper(c) ? c - 'A' : -1;
            if (value < 0) return false;
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return text[15] == 'A' + sum % 26 && char.IsAsciiLetterUpper(text[0]);
    }

    /// <summary>US social security number: area not 000, 666 or 9xx, group and serial not zero.</summary>
    public static bool Ssn(ReadOnlySpan<char> text) =>
        text.Length == 9 && AllDigits(text) && text[0] != '9' && !text[..3].SequenceEqual("000") && !text[..3].SequenceEqual("666")
        && !text[3..5].SequenceEqual("00") && !text[5..].SequenceEqual("0000");

    /// <summary>UK NHS number: ten digits, weights 10 to 2, check digit 11 minus the rest mod 11.</summary>
    public static bool Nhs(ReadOnlySpan<char> text) =>
        text.Length == 10 && !AllSame(text) && Weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) is { } sum && sum % 11 == 0;

    /// <summary>Polish PESEL: eleven digits, weights 1 3 7 9 …, sum a multiple of ten.</summary>
    public static bool Pesel(ReadOnlySpan<char> text) =>
        text.Length == 11 && Weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) is { } sum && sum % 10 == 0
        && (text[2] - '0') * 10 + (text[3] - '0') is var month && month % 20 is >= 1 and <= 12;

    /// <summary>Belgian national register number: eleven digits, the last two 97 minus the rest of the first nine (2 in front
    /// for births since 2000).</summary>
    public static bool Belgian(ReadOnlySpan<char> text)
    {
        if (text.Length != 11 || !AllDigits(text)) return false;
        long number = long.Parse(text[..9], System.Globalization.CultureInfo.InvariantCulture);
        int check = (text[9] - '0') * 10 + (text[10] - '0');
        return check == 97 - number % 97 || check == 97 - (2_000_000_000 + number) % 97;
    }

    /// <summary>French NIR: thirteen digits (2A, 2B for Corsica) and 97 minus their rest.</summary>
    public static bool Nir(ReadOnlySpan<char> text)
    {
        if (text.Length != 15 || text[0] is not ('1' or '2')) return false;
        string digits = text[..13].ToString().Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return AllDigits(digits) && AllDigits(text[13..])
            && 97 - (int)(long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % 97) == (text[13] - '0') * 10
            + (text[14] - '0');
    }

    /// <summary>Brazilian CPF: eleven digits, two check digits mod 11.</summary>
    public static bool Cpf(ReadOnlySpan<char> text)
    {
        if (text.Length != 11 || AllSame(text) || !AllDigits(text)) return false;
        for (int length = 9; length <= 10; length++)
        {
            int sum = 0;
            for (int i = 0; i < length; i++) sum += (length + 1 - i) * (text[i] - '0');
            if (sum * 10 % 11 % 10 != text[length] - '0') return false;
        }
        return true;
    }

    /// <summary>German tax identification number: eleven digits, ISO 7064 mod 11,10.</summary>
    public static bool SteuerId(ReadOnlySpan<char> text)
    {
        if (text.Length != 11 || !AllDigits(text) || text[0] == '0') return false;
        int product = 10;
        for (int i = 0; i < 10; i++)
        {
            int sum = (text[i] - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == text[10] - '0';
    }

    /// <summary>Chinese resident number: seventeen digits, weights 2^(17-i) mod 11, check 0-9 or X (ISO 7064 mod 11-2).</summary>
    public static bool Resident(ReadOnlySpan<char> text)
    {
        if (text.Length != 18 || !AllDigits(text[..17])) return false;
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += (text[i] - '0') * (int)BigInteger.ModPow(2, 17 - i, 11);
        return "10X98765432"[sum % 11] == char.ToUpperInvariant(text[17]);
    }

    private static int? Weighted(ReadOnlySpan<char> text, ReadOnlySpan<int> weights)
    {
        int sum = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return null;
            sum += weights[i] * (text[i] - '0');
        }
        return sum;
    }

    private static bool AllSame(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(text[0]) < 0;

    private static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
