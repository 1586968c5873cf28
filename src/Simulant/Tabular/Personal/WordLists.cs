using Bogus;
using Bogus.Bson;

namespace Simulant.Tabular.Personal;

/// <summary>
/// The word lists of one locale, read once from Bogus' data. Only its words are used: values are drawn from them by address,
/// so they depend neither on Bogus' own generator, which is sequential and locked, nor on the order of its calls.
/// </summary>
public sealed class WordLists
{
    private static readonly Lazy<WordLists> EnglishLists = new(() => new WordLists("en"));

    /// <param name="locale">One of Bogus' locales, <c>en</c>, <c>de</c>, <c>fr</c>…; lists it lacks are English.</param>
    public WordLists(string locale)
    {
        if (!Database.LocaleResourceExists(locale)) throw new ArgumentException($"no locale '{locale}'", nameof(locale));
        Locale = locale;
        FemaleNames = Words("name", "female_first_name");
        MaleNames = Words("name", "male_first_name");
        FirstNames = [.. FemaleNames.Concat(MaleNames).Distinct(StringComparer.OrdinalIgnoreCase)];
        LastNames = Words("name", "last_name");
        Prefixes = Words("name", "prefix");
        CityPrefixes = Words("address", "city_prefix");
        CitySuffixes = Words("address", "city_suffix");
        StreetSuffixes = Words("address", "street_suffix");
        States = Words("address", "state");
        StateCodes = Words("address", "state_abbr");
        Countries = Words("address", "country");
        CountryCodes = Words("address", "country_code");
        CompanySuffixes = Words("company", "suffix");
        CompanyAdjectives = Words("company", "adjective");
        CompanyDescriptors = Words("company", "descriptor");
        CompanyNouns = Words("company", "noun");
        AccountTypes = Words("finance", "account_type");
    }

    public static WordLists English => EnglishLists.Value;

    public string Locale { get; }
    public string[] FemaleNames { get; }
    public string[] MaleNames { get; }

    /// <summary>Both of them, each once.</summary>
    public string[] FirstNames { get; }

    public string[] LastNames { get; }
    public string[] Prefixes { get; }
    public string[] CityPrefixes { get; }
    public string[] CitySuffixes { get; }
    public string[] StreetSuffixes { get; }
    public string[] States { get; }
    public string[] StateCodes { get; }
    public string[] Countries { get; }
    public string[] CountryCodes { get; }
    public string[] CompanySuffixes { get; }
    public string[] CompanyAdjectives { get; }
    public string[] CompanyDescriptors { get; }
    public string[] CompanyNouns { get; }
    public string[] AccountTypes { get; }

    /// <summary>
    /// Any list of words by Bogus' category and key, distinct and in its order; English where the locale has none.
    /// </summary>
    public string[] Words(string category, string key)
    {
        string[] words = From(Locale);
        return words.Length > 0 ? words : From("en");

        string[] From(string locale)
        {
            if (Database.Get(category, key, locale) is not BArray list) return [];
            var found = new List<string>();
            for (int i = 0; i < list.Count; i++)
                // Some locales keep templates ("#{first_name} …") or inflected forms (objects) in the same place.
                if (list[i].ValueType == BValueType.String && list[i].StringValue is { Length: > 0 } word && !word.Contains("{{"))
                    found.Add(word);
            return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
        }
    }
}
