using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Language;

/// <summary>Numerals of a table of their own, put together digit by digit.</summary>
internal sealed class NumberInWordsSecond() : Second("number-in-words", q =>
{
    string[] ones = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        + "nineteen").Split(' ');
    string[] tens = "twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');
    return Say(Asked.Ints(q)[0]);

    string Say(int n) => n switch
    {
        < 20 => ones[n - 1],
        < 100 => tens[n / 10 - 2] + (n % 10 > 0 ? "-" + Say(n % 10) : ""),
        < 1000 => Say(n / 100) + " hundred" + (n % 100 > 0 ? " and " + Say(n % 100) : ""),
        < 1_000_000 => Say(n / 1000) + " thousand" + Rest(n % 1000),
        _ => Say(n / 1_000_000) + " million" + Rest(n % 1_000_000),
    };

    string Rest(int n) => n == 0 ? "" : n < 100 ? " and " + Say(n) : " " + Say(n);
});

/// <summary>Turns words into an arithmetic expression by splitting at the largest unit.</summary>
internal sealed class WordsToNumberSecond() : Second("words-to-number", q =>
{
    string[] ones = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        + "eighteen nineteen").Split(' ');
    string[] tens = "twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');
    var said = Asked.Quoted(q).Select(Value).ToArray();
    return $"{said.Max() - said.Min()}";

    int Value(string words)
    {
        words = words.Trim();
        if (words.StartsWith("and ", StringComparison.Ordinal)) words = words[4..];
        if (words.Length == 0) return 0;
        foreach (var (unit, size) in new[] { ("million", 1_000_000), ("thousand", 1000), ("hundred", 100) })
            if (words.Split(unit, 2) is [var before, var after]) return Value(before) * size + Value(after);
        return words.Split('-').Sum(word => Math.Max(Array.IndexOf(ones, word), 0) + (Array.IndexOf(tens, word) is var t && t >= 0
            ? 10 * (t + 2) : 0));
    }
});

internal sealed class PluralSecond() : Second("plural-rule", q => string.Join(", ", Asked.Lists(q)[0].Select(item =>
    item.StartsWith("1 ", StringComparison.Ordinal) ? item
    : Regex.IsMatch(item, "([sxz]|[cs]h)$") ? item + "es"
    : Regex.IsMatch(item, "[^aeiou]y$") ? Regex.Replace(item, "y$", "ies")
    : Regex.Replace(item, "f$", "ve") + "s")));

internal sealed class VerbFormsSecond() : Second("verb-forms", q => string.Join(", "
    + "", Asked.All(q, @"(past|-ing form) of ([a-z]+)(?=[,\]])").Select(ask =>
{
    string verb = Regex.Replace(ask[1], "(?<=[^aeiou][aeiou])([^aeiouwxy])$", "$1$1");
    verb = Regex.Replace(verb, "e$", "");
    return ask[0] == "past" ? Regex.Replace(verb, "(?<=[^aeiou])y$", "i") + "ed" : verb + "ing";
})));

/// <summary>From a list of which adjectives do what.</summary>
internal sealed class DegreesSecond() : Second("degrees-of-comparison", q => string.Join(", "
    + "", Asked.All(q, @"([a-z]+) \((comparative|superlative)\)").Select(ask =>
{
    string end = ask[1] == "comparative" ? "er" : "est";
    string[] doubled = ["big", "hot", "thin", "wet", "sad", "fat", "slim", "red", "dim"];
    string[] longer = ["careful", "useful", "famous", "modern", "expensive", "beautiful", "dangerous", "difficult", "patient", "serious",
        "anxious"];
    return longer.Contains(ask[0]) ? (end == "er" ? "more " : "most ") + ask[0]
        : doubled.Contains(ask[0]) ? ask[0] + ask[0][^1] + end
        : Regex.Replace(ask[0], "y$", "i").TrimEnd('e') + end;
})));

/// <summary>Looks at the first noun alone: no noun of the family ends in s in the singular.</summary>
internal sealed class AgreementSecond() : Second("verb-agreement", q =>
{
    string verb = Asked.Quoted(q).Single(said => !said.Contains("___", StringComparison.Ordinal));
    if (Asked.First(q, @"""The (\w+)").EndsWith('s')) return verb;
    return verb switch { "carry" => "carries", "fly" => "flies", "try" => "tries", "worry" => "worries", "delay" => "delays",
        "watch" or "wash" or "push" or "fix" or "miss" => verb + "es", _ => verb + "s" };
});

/// <summary>Sorts by a table of its own, word by word.</summary>
internal sealed class AdjectiveSecond() : Second("adjective-order", q =>
{
    string[] all = ("lovely ugly charming dreadful splendid boring delightful horrible huge tiny large small enormous gigantic miniature "
        + "tall "
        + "old new ancient modern antique recent young medieval round square oval rectangular triangular flat curved spherical "
        + "red blue green yellow purple black white brown French Japanese Turkish Brazilian Swedish Indian Egyptian Canadian "
        + "wooden plastic leather metal cotton glass paper ceramic").Split(' ');
    string[] given = Asked.Lists(q)[0];
    return string.Join(' ', all.Where(given.Contains).Append(Asked.Quoted(q)[0]));
});
