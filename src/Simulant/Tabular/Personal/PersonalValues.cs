using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>
/// Generated personal data in place of real personal data: nothing here is learned beyond how values are written. A value is a
/// pure function of (seed, item, slot). Kinds drawn at the same (item, slot) describe one person: the e-mail matches the name.
/// </summary>
/// <remarks>
/// Card numbers have the issuers' published test prefixes and a valid Luhn digit; bank accounts are IBANs with valid check
/// digits and made-up banks; mail goes to domains reserved for examples (RFC 2606); addresses are of private networks
/// (RFC 1918) or the documentation prefix 2001:db8::/32 (RFC 3849); national numbers are of ranges never issued unless a
/// shape is imitated.
/// </remarks>
public sealed class PersonalValues
{
    // Draws below 16 at an address belong to the person (name); each kind's own draws start after them, apart.
    private const int FirstDraw = 16, DrawsPerKind = 128;

    private readonly PersonalFormat _format;
    private readonly WordLists _words;
    private readonly bool _unique;
    private readonly PersonalNumbers? _numbers;
    private readonly UniquePersonalText? _uniqueText;

    /// <param name="format">How values are written; null for the kind's own way.</param>
    /// <param name="unique">Whether no two items may share a value.</param>
    /// <param name="words">Names and places; null for English.</param>
    /// <exception cref="ArgumentException">The kind is <see cref="PersonalData.None"/>.</exception>
    public PersonalValues(PersonalData kind, PersonalFormat? format = null, bool unique = false, WordLists? words = null)
    {
        if (kind == PersonalData.None) throw new ArgumentException("no personal data to generate", nameof(kind));
        Kind = kind;
        _format = format ?? PersonalFormat.Default;
        _words = words ?? WordLists.English;
        _unique = unique;
        if (IsNumber(kind)) _numbers = new PersonalNumbers(kind, _format);
        else if (unique) _uniqueText = new UniquePersonalText(kind, _format, _words);
    }

    public PersonalData Kind { get; }

    /// <summary>One value in the kind's own way of writing.</summary>
    /// <remarks>For many values keep an instance instead.</remarks>
    public static string Value(PersonalData kind, RandomStream stream, long item, int slot) =>
        new PersonalValues(kind).Value(stream, item, slot);

    /// <summary>The value of an item. Safe from any thread.</summary>
    /// <param name="item">At least 0; unique values differ for all items.</param>
    /// <param name="slot">The row's person: the same slot for all personal columns of a row makes them agree.</param>
    public string Value(RandomStream stream, long item, int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        string value = !_unique ? Draw(stream, item, slot)
            : _numbers is { } numbers ? numbers.Unique(stream, item, slot)
            : _uniqueText!.Value(stream, item, slot);
        return _format.Letters switch
        {
            LetterCase.Upper => value.ToUpperInvariant(),
            LetterCase.Lower => value.ToLowerInvariant(),
            _ => value,
        };
    }

    private string Draw(RandomStream stream, long item, int slot)
    {
        var draws = new DrawSequence(stream, item, slot, FirstDraw + DrawsPerKind * (int)Kind);
        switch (Kind)
        {
            case PersonalData.FullName:
            case PersonalData.FirstName:
            case PersonalData.LastName:
            case PersonalData.Email:
            case PersonalData.UserName:
                return OfPerson(new Person(stream, item, slot, _words));
            case PersonalData.Address:
                return PersonalText.Address(ref draws, _words);
            case PersonalData.City:
                return PersonalText.City(ref draws, _words);
            case PersonalData.Company:
                return PersonalText.Company(ref draws, _words);
            default:
                return _numbers!.Draw(ref draws);
        }
    }

    private string OfPerson(Person person) => Kind switch
    {
        PersonalData.FirstName => person.First,
        PersonalData.LastName => person.Last,
        PersonalData.FullName => PersonalText.FullName(person.First, person.Initial, person.Last, _format.Style),
        PersonalData.UserName => person.Login + person.Number.ToString(CultureInfo.InvariantCulture),
        _ => person.Number % 2 == 0
            ? $"{person.Mailbox}@{person.Domain}"
            : $"{person.Mailbox}{person.Number.ToString(CultureInfo.InvariantCulture)}@{person.Domain}",
    };

    private static bool IsNumber(PersonalData kind) => kind is PersonalData.Phone or PersonalData.PostalCode
        or PersonalData.CardNumber or PersonalData.BankAccount or PersonalData.NationalNumber or PersonalData.IpAddress;

    public override string ToString() => _unique ? $"unique {Kind}" : Kind.ToString();
}
