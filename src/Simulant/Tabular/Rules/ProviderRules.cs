using System.Collections.Frozen;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Rules;

/// <summary>
/// Made-up people, places, companies and payments. All person columns of an item describe one person, as they are drawn at one
/// address of one stream; <c>person: name</c> tells several people of a row apart.
/// </summary>
internal static class Providers
{
    private static readonly FrozenDictionary<string, PersonalData> Personal = new Dictionary<string, PersonalData>
    {
        ["person.full_name"] = PersonalData.FullName,
        ["person.first_name"] = PersonalData.FirstName,
        ["person.last_name"] = PersonalData.LastName,
        ["person.email"] = PersonalData.Email,
        ["person.user_name"] = PersonalData.UserName,
        ["person.phone"] = PersonalData.Phone,
        ["person.national_number"] = PersonalData.NationalNumber,
        ["address.street"] = PersonalData.Address,
        ["address.city"] = PersonalData.City,
        ["address.postal_code"] = PersonalData.PostalCode,
        ["company.name"] = PersonalData.Company,
        ["payment.card_number"] = PersonalData.CardNumber,
        ["payment.iban"] = PersonalData.BankAccount,
        ["internet.ip"] = PersonalData.IpAddress,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Providers that are lists of words, by Bogus' category and key.
    private static readonly FrozenDictionary<string, (string Category, string Key)> Lists =
        new Dictionary<string, (string, string)>
        {
            ["address.state"] = ("address", "state"),
            ["address.state_code"] = ("address", "state_abbr"),
            ["address.country"] = ("address", "country"),
            ["address.country_code"] = ("address", "country_code"),
            ["person.prefix"] = ("name", "prefix"),
            ["payment.account_type"] = ("finance", "account_type"),
            ["payment.transaction_type"] = ("finance", "transaction_type"),
            ["company.suffix"] = ("company", "suffix"),
            ["commerce.department"] = ("commerce", "department"),
            ["commerce.color"] = ("commerce", "color"),
            ["vehicle.manufacturer"] = ("vehicle", "manufacturer"),
            ["vehicle.model"] = ("vehicle", "model"),
            ["music.genre"] = ("music", "genre"),
            ["lorem.word"] = ("lorem", "words"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Own = ["person.gender", "company.catch_phrase", "lorem.sentence", "commerce.product"];

    /// <summary>Every provider's name, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Personal.Keys.Concat(Lists.Keys).Concat(Own).Order(StringComparer.Ordinal)];

    /// <summary>The provider's rule, or null where there is none of that name.</summary>
    public static Rule? Find(string name, string person, bool unique, WordLists words)
    {
        if (Personal.TryGetValue(name, out var kind)) return new PersonalRule(new PersonalValues(kind, null, unique, words),
            person, unique);
        if (name == "person.gender") return new GenderRule(person, words);
        if (Lists.TryGetValue(name, out var list))
        {
            string[] from = words.Words(list.Category, list.Key);
            double[] weights = new double[from.Length];
            Array.Fill(weights, 1);
            return new CategoryRule(from, weights);
        }
        return name switch
        {
            "company.catch_phrase" => new PhraseRule([words.CompanyAdjectives, words.CompanyDescriptors, words.CompanyNouns]),
            "lorem.sentence" => new SentenceRule(words.Words("lorem", "words")),
            "commerce.product" => new PhraseRule([words.Words("commerce", "color"), words.Words("commerce", "department")]),
            _ => null,
        };
    }
}

/// <summary>Personal data of the item's person.</summary>
internal sealed class PersonalRule(PersonalValues values, string person, bool unique) : TextRule
{
    public PersonalData Personal => values.Kind;
    public override bool IsUnique => unique;

    public override Drawer Bind(Batch batch) => new Bound(values, batch.Stream("person " + person));

    public override string? Text(in Address at, int row) => values.Value(at.Stream, at.Item, at.Attempt);

    private sealed class Bound(PersonalValues values, RandomStream stream) : Drawer
    {
        public override string? Text(in Address at, int row) => values.Value(stream, at.Item, at.Attempt);
    }
}

/// <summary>The gender that the person's first name is taken from.</summary>
internal sealed class GenderRule(string person, WordLists words) : Rule
{
    public override RuleStorage Storage => RuleStorage.Code;
    public override IReadOnlyList<string> Levels { get; } = ["female", "male"];
    public override ColumnKind NaturalKind => ColumnKind.Category;

    public override Drawer Bind(Batch batch) => new Bound(batch.Stream("person " + person), words);

    private sealed class Bound(RandomStream stream, WordLists words) : Drawer
    {
        public override int Code(in Address at, int row) => new Person(stream, at.Item, at.Attempt, words).Female ? 0 : 1;
    }
}

/// <summary>One word of each list.</summary>
internal sealed class PhraseRule(string[][] lists) : TextRule
{
    public override string? Text(in Address at, int row)
    {
        var draws = at.Draws();
        var words = new string[lists.Length];
        for (int i = 0; i < words.Length; i++) words[i] = lists[i][draws.Below(lists[i].Length)];
        return string.Join(' ', words);
    }
}

/// <summary>Four to twelve words and a full stop.</summary>
internal sealed class SentenceRule(string[] words) : TextRule
{
    public override string? Text(in Address at, int row)
    {
        var draws = at.Draws();
        int count = 4 + draws.Below(9);
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < count; i++)
        {
            string word = words[draws.Below(words.Length)];
            if (i == 0) text.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
            else text.Append(' ').Append(word);
        }
        return text.Append('.').ToString();
    }
}
