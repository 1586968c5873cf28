namespace Simulant.Specs.Reading;

/// <summary>Words of other systems for values of ours.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["integer"] = ["int", "int64", "long", "bigint", "whole"],
        ["decimal"] = ["float", "double", "number", "numeric", "numerical", "real", "continuous"],
        ["boolean"] = ["bool", "binary", "logical"],
        ["timestamp"] = ["datetime", "instant", "datetime64"],
        ["category"] = ["categorical", "factor", "enum", "nominal", "ordinal"],
        ["identifier"] = ["id", "key", "uuid", "guid"],
        ["text"] = ["string", "str", "varchar", "object"],
        ["target"] = ["label", "outcome", "y"],
        ["protected"] = ["sensitive"],
        ["entity"] = ["group", "subject", "patient", "customer"],
        ["full_name"] = ["name", "person"],
        ["national_number"] = ["ssn", "social_security_number"],
        ["card_number"] = ["credit_card", "creditcard"],
        ["bank_account"] = ["iban"],
        ["jsonl"] = ["ndjson", "json_lines"],
    };

    /// <summary>The value among <paramref name="values"/> that the word stands for elsewhere, or null.</summary>
    public static string? Of(string word, IReadOnlyList<string> values) =>
        values.FirstOrDefault(value => Words.TryGetValue(value, out string[]? others) && others.Contains(word));
}
