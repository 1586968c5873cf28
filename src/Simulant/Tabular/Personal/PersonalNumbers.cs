using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>
/// Made-up numbers of one kind and way of writing: phone, postal code, card, account, national number, address.
/// </summary>
internal sealed class PersonalNumbers
{
    // The issuers' published test prefixes: Visa, Mastercard, Discover; American Express where there are 15 digits.
    private static readonly string[] CardPrefixes = ["411111", "555555", "601111"];
    private const string FifteenDigitPrefix = "378282";

    private readonly PersonalData _kind;
    private readonly TextShape[] _shapes;
    private readonly double[] _shares;
    private readonly bool _luhn;
    private readonly bool _colons;

    // A sign that no shape holds, put before the number of times that a shape's texts have run out.
    private readonly char _overflow;

    public PersonalNumbers(PersonalData kind, PersonalFormat format)
    {
        _kind = kind;
        bool own = format.Shapes.Count == 0;
        _luhn = kind == PersonalData.CardNumber || (kind == PersonalData.NationalNumber && format.Luhn);
        _colons = kind == PersonalData.IpAddress && !own && format.Shapes[0].Key.Pattern.Contains(':');
        var shapes = new List<TextShape>();
        var shares = new List<double>();
        foreach (var (shape, share) in own ? Own(kind) : format.Shapes)
        {
            string[] variants = Prepare(shape.Pattern);
            foreach (string variant in variants)
            {
                shapes.Add(new TextShape(variant));
                shares.Add(share / variants.Length);
            }
        }
        _shapes = [.. shapes];
        _shares = [.. shares];
        _overflow = "#~^|@".FirstOrDefault(sign => _shapes.All(s => !s.Pattern.Contains(sign)), '\u00b7');
    }

    public string Draw(ref DrawSequence draws) => _kind == PersonalData.IpAddress
        ? _colons ? IpV6(draws.Below(int.MaxValue) * 0x9E3779B97F4AL) : IpV4(draws.Below(1 << 24))
        : Finish(Pick(draws.Uniform()).Draw(ref draws));

    /// <summary>A value of its own for every item.</summary>
    public string Unique(RandomStream stream, long item, int slot)
    {
        if (_kind == PersonalData.IpAddress)
        {
            const long Private = 1 << 24;
            return _colons || item >= Private
                ? IpV6(new IndexPermutation(stream, slot, 1L << 62).Map(item))
                : IpV4(new IndexPermutation(stream, slot, Private).Map(item));
        }
        var shape = Pick(stream.Uniform(item, slot));
        var (era, index) = Math.DivRem(item, shape.Capacity);
        string text = Finish(shape.Text(new IndexPermutation(stream, slot, shape.Capacity).Map(index)));
        return era == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}{_overflow}{era}");
    }

    private static IEnumerable<KeyValuePair<TextShape, double>> Own(PersonalData kind)
    {
        string[] patterns = kind switch
        {
            PersonalData.Phone => ["+\\1 (199) 555-0\\199"],
            PersonalData.PostalCode => ["99999"],
            PersonalData.CardNumber => ["9999999999999999"],
            PersonalData.BankAccount => ["DE99999999999999999999", "GB99\\A\\A\\A\\A99999999999999"],
            // Area numbers from 900 with groups 01 to 49 are neither social security nor taxpayer numbers.
            PersonalData.NationalNumber =>
                ["\\999-01-9999", "\\999-\\19-9999", "\\999-29-9999", "\\999-39-9999", "\\999-49-9999"],
            PersonalData.IpAddress => [],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a number"),
        };
        return patterns.Select(pattern => KeyValuePair.Create(new TextShape(pattern), 1.0 / patterns.Length));
    }

    /// <summary>Puts prefixes and the places of check digits into a shape as fixed signs, so that the rest stays free.</summary>
    private string[] Prepare(string pattern)
    {
        var signs = Signs(pattern);
        var digits = Enumerable.Range(0, signs.Count).Where(i => IsDigit(signs[i])).ToList();
        if (_kind == PersonalData.BankAccount && signs.Count > 4 && IsDigit(signs[2]) && IsDigit(signs[3]))
            signs[2] = signs[3] = "0";
        if (_luhn && digits.Count > 1) signs[digits[^1]] = "0";
        if (_kind != PersonalData.CardNumber || digits.Count < 12) return [string.Concat(signs)];
        string[] prefixes = digits.Count == 15 ? [FifteenDigitPrefix] : CardPrefixes;
        return [.. prefixes.Select(prefix =>
        {
            var variant = signs.ToArray();
            for (int i = 0; i < prefix.Length; i++) variant[digits[i]] = "\\" + prefix[i];
            return string.Concat(variant);
        })];
    }

    private static List<string> Signs(string pattern)
    {
        var signs = new List<string>();
        for (int i = 0; i < pattern.Length; i++)
            signs.Add(pattern[i] == '\\' && i + 1 < pattern.Length ? "\\" + pattern[++i] : pattern[i].ToString());
        return signs;
    }

    private static bool IsDigit(string sign) => char.IsAsciiDigit(sign[^1]);

    private TextShape Pick(double u)
    {
        for (int i = 0; i < _shapes.Length; i++)
            if ((u -= _shares[i]) < 0) return _shapes[i];
        return _shapes[0];
    }

    private string Finish(string text) =>
        _luhn ? WithLuhn(text) : _kind == PersonalData.BankAccount ? WithIban(text) : text;

    private static string WithLuhn(string text)
    {
        Span<char> digits = stackalloc char[128];
        int count = 0, last = -1;
        for (int i = 0; i < text.Length && count < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            digits[count++] = text[i];
            last = i;
        }
        return count < 2
            ? text
            : string.Concat(text.AsSpan(0, last), [Checksums.LuhnDigit(digits[..(count - 1)])], text.AsSpan(last + 1));
    }

    private static string WithIban(string text)
    {
        string bare = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return bare.Length >= 15 && char.IsAsciiLetter(bare[0]) && char.IsAsciiLetter(bare[1]) && text[2] == '0' && text[3] == '0'
            ? string.Concat(text.AsSpan(0, 2), Checksums.IbanDigits(bare[..2], bare[4..]), text.AsSpan(4))
            : text;
    }

    /// <summary>Private network 10.0.0.0/8 (RFC 1918).</summary>
    private static string IpV4(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16}.{number >> 8 & 255}.{number & 255}");

    /// <summary>Documentation prefix (RFC 3849).</summary>
    private static string IpV6(long number) => string.Create(CultureInfo.InvariantCulture,
        $"2001:db8::{number >> 48 & 0xFFFF:x}:{number >> 32 & 0xFFFF:x}:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}");
}
