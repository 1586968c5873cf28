using System.Globalization;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>Made-up names, places and companies out of word lists.</summary>
internal static class PersonalText
{
    public static string FullName(string first, char initial, string last, NameStyle style) => style switch
    {
        NameStyle.LastCommaFirst => $"{last}, {first}",
        NameStyle.LastCommaFirstInitial => $"{last}, {first} {initial}.",
        NameStyle.FirstInitialLast => $"{first} {initial}. {last}",
        _ => $"{first} {last}",
    };

    public static string Address(ref DrawSequence draws, WordLists words) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{1 + draws.Below(999)} {Pick(ref draws, words.LastNames)} {Pick(ref draws, words.StreetSuffixes)}");

    public static string City(ref DrawSequence draws, WordLists words)
    {
        string name = draws.Below(2) == 0 ? Pick(ref draws, words.LastNames) : Pick(ref draws, words.MaleNames);
        string suffix = Pick(ref draws, words.CitySuffixes);
        return draws.Below(4) == 0 ? $"{Pick(ref draws, words.CityPrefixes)} {name}{suffix}" : name + suffix;
    }

    public static string Company(ref DrawSequence draws, WordLists words)
    {
        string a = Pick(ref draws, words.LastNames), b = Pick(ref draws, words.LastNames);
        return draws.Below(3) switch
        {
            0 => $"{a} {Pick(ref draws, words.CompanySuffixes)}",
            1 => $"{a}-{b}",
            _ => $"{a}, {b} and {Pick(ref draws, words.LastNames)}",
        };
    }

    public static string Pick(ref DrawSequence draws, string[] from) => from[draws.Below(from.Length)];
}
