using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>
/// Names, places and companies of which no two items share one: the item's index, scattered by a bijection, is written in
/// mixed radix over the word lists; where the lists run out, a number is added.
/// </summary>
internal sealed class UniquePersonalText(PersonalData kind, PersonalFormat format, WordLists words)
{
    // Digits after a mailbox or login; every width has its own range of items, so that no two values meet.
    private static readonly (int Width, long Count)[] NumberWidths =
        [(4, 10_000), (6, 1_000_000), (8, 100_000_000), (18, 1L << 59)];

    public string Value(RandomStream stream, long item, int slot)
    {
        if (kind is PersonalData.Email or PersonalData.UserName)
        {
            var person = new Person(stream, item, slot, words);
            string number = Number(stream, item, slot);
            return kind == PersonalData.Email ? $"{person.Mailbox}{number}@{person.Domain}" : person.Login + number;
        }
        string[] first = words.FirstNames, last = words.LastNames;
        long capacity = kind switch
        {
            PersonalData.FullName => 26L * first.Length * last.Length,
            PersonalData.FirstName => (long)first.Length * first.Length,
            PersonalData.LastName => (long)last.Length * last.Length,
            PersonalData.City => (long)words.CityPrefixes.Length * last.Length * words.CitySuffixes.Length,
            PersonalData.Company => (long)last.Length * last.Length * last.Length,
            PersonalData.Address => 9999L * last.Length * words.StreetSuffixes.Length,
            _ => throw new InvalidOperationException($"{kind} is not text"),
        };
        var (era, index) = Math.DivRem(item, capacity);
        long rank = new IndexPermutation(stream, slot, capacity).Map(index);
        string text = Text(rank);
        return era == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} {era + 1}");
    }

    private string Text(long rank)
    {
        string Next(string[] from)
        {
            var (rest, i) = Math.DivRem(rank, from.Length);
            rank = rest;
            return from[i];
        }
        switch (kind)
        {
            case PersonalData.FullName:
                string first = Next(words.FirstNames), last = Next(words.LastNames);
                // The initial carries a part of the index, so it is always written.
                bool comma = format.Style is NameStyle.LastCommaFirst or NameStyle.LastCommaFirstInitial;
                return PersonalText.FullName(
                    first, (char)('A' + rank), last, comma ? NameStyle.LastCommaFirstInitial : NameStyle.FirstInitialLast);
            case PersonalData.FirstName:
                return $"{Next(words.FirstNames)}-{Next(words.FirstNames)}";
            case PersonalData.LastName:
                return $"{Next(words.LastNames)}-{Next(words.LastNames)}";
            case PersonalData.City:
                return $"{Next(words.CityPrefixes)} {Next(words.LastNames)}{Next(words.CitySuffixes)}";
            case PersonalData.Company:
                return $"{Next(words.LastNames)}, {Next(words.LastNames)} and {Next(words.LastNames)}";
            default:
                string street = Next(words.LastNames), suffix = Next(words.StreetSuffixes);
                return string.Create(CultureInfo.InvariantCulture, $"{rank + 1} {street} {suffix}");
        }
    }

    private static string Number(RandomStream stream, long item, int slot)
    {
        long start = 0;
        foreach (var (width, count) in NumberWidths)
        {
            if (item - start < count)
            {
                long number = new IndexPermutation(stream, slot, count).Map(item - start);
                return number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
            }
            start += count;
        }
        throw new ArgumentOutOfRangeException(nameof(item), item, "beyond every unique value");
    }
}
