using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Language;

/// <summary>Compares sorted letters.</summary>
internal sealed class AnagramSecond() : Second("anagram-choice", q =>
    Asked.Lists(q)[0].Single(jumble => jumble.Order().SequenceEqual(Asked.Quoted(q)[0].Order())));

internal sealed class CommonestSecond() : Second("commonest-letter", q =>
    $"{Asked.Quoted(q)[0].Replace(" ", "").GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key}");

internal sealed class PickingSecond() : Second("letter-picking", q =>
{
    string[] words = Asked.Quoted(q)[0].Split(' ');
    return string.Concat(Asked.All(q, @"the (?:(\d+)(?:st|nd|rd|th) )?(last )?letter of the (\d+)(?:st|nd|rd|th) word").Select(pick =>
    {
        string word = words[Asked.Int(pick[2]) - 1];
        int place = pick[0] == "" ? 1 : Asked.Int(pick[0]);
        return pick[1] == "" ? word.Skip(place - 1).First() : word.Reverse().Skip(place - 1).First();
    }));
});

/// <summary>Moves letters between places by index instead of cutting strings.</summary>
internal sealed class OperationsSecond() : Second("word-operations", q =>
{
    string word = Asked.Quoted(q)[0];
    foreach (Match m in Regex.Matches(q, "reverse it|first letter to the end|last letter to the front|swap the first|two "
        + "halves|twice|next in|sort its"))
    {
        int n = word.Length;
        word = m.Value switch
        {
            "reverse it" => Places(i => n - 1 - i),
            "first letter to the end" => Places(i => (i + 1) % n),
            "last letter to the front" => Places(i => (i + n - 1) % n),
            "swap the first" => Places(i => i == 0 ? n - 1 : i == n - 1 ? 0 : i),
            "two halves" => Places(i => i < n / 2 ? i + (n + 1) / 2 : i >= (n + 1) / 2 ? i - (n + 1) / 2 : i),
            "twice" => Regex.Replace(word, "[aeiou]", "$0$0"),
            "next in" => string.Concat(word.Select(c => "bcdefghijklmnopqrstuvwxyza"[c - 'a'])),
            _ => string.Concat("abcdefghijklmnopqrstuvwxyz".SelectMany(c => word.Where(w => w == c))),
        };
    }
    return word;

    string Places(Func<int, int> from) => string.Concat(Enumerable.Range(0, word.Length).Select(i => word[from(i)]));
});

/// <summary>Radix sort from the last letter to the first.</summary>
internal sealed class AlphabeticalSecond() : Second("alphabetical-order", q =>
{
    IEnumerable<string> words = Asked.Lists(q)[0].Select(word => word.PadRight(20));
    for (int place = 19; place >= 0; place--) words = [.. words.OrderBy(word => word[place])];
    return string.Join(", ", words.Select(word => word.TrimEnd()));
});

internal sealed class HangmanSecond() : Second("hangman-pattern", q =>
{
    string pattern = Asked.Quoted(q)[0];
    char known = pattern.First(c => c != '_');
    var missed = Regex.Match(q.Replace(Asked.First(q, @"(\[.*?\])"), ""), @"\b([a-z](?:, [a-z])* and [a-z])\b");
    string bad = string.Concat(missed.Value.Replace(" and ", "").Where(char.IsAsciiLetter));
    var whole = new Regex($"^{pattern.Replace("_", $"[^{known}{bad}]")}$");
    return string.Join(", ", Asked.Lists(q)[0].Where(word => whole.IsMatch(word)));
});

internal sealed class KeypadSecond() : Second("keypad-words", q =>
{
    var keys = Asked.All(q, @"(\d) ([a-z]{3,4})\b").GroupBy(k => k[0]).ToDictionary(g => g.Key[0], g => g.First()[1]);
    var whole = new Regex($"^{string.Concat(Asked.Quoted(q)[0].Select(digit => $"[{keys[digit]}]"))}$");
    return string.Join(", ", Asked.Lists(q)[0].Where(word => whole.IsMatch(word)));
});

/// <summary>All shortest distances at once, by Floyd and Warshall.</summary>
internal sealed class LadderSecond() : Second("word-ladder", q =>
{
    string[] words = Asked.Lists(q)[0];
    int n = words.Length;
    int[,] far = new int[n, n];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            far[i, j] = i == j ? 0 : Enumerable.Range(0, 4).Count(k => words[i][k] == words[j][k]) == 3 ? 1 : 99;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) far[i, j] = Math.Min(far[i, j], far[i, k] + far[k, j]);
    return $"{far[Array.IndexOf(words, Asked.Quoted(q)[0]), Array.IndexOf(words, Asked.Quoted(q)[1])]}";
});

internal sealed class PigLatinSecond() : Second("pig-latin", q => string.Join(' ', Asked.Quoted(q)[0].Split(' ').Select(word =>
    Regex.Replace(Regex.Replace(word, "^([^aeiou]+)(.*)$", "$2$1ay"), "^([aeiou].*)(?<!ay)$|^([aeiou].*)$",
        m => "aeiou".Contains(word[0]) ? word + "way" : m.Value))));

/// <summary>Gives each line the letter of the first line it rhymes with, counting lines that rhyme with none before.</summary>
internal sealed class RhymeSecond() : Second("rhyme-scheme", q =>
{
    string[] ends = [.. Asked.Lists(q)[0].Select(word => Regex.Match(word, "[aeiou].*").Value)];
    return string.Concat(ends.Select(end => (char)('A' + ends.Take(Array.IndexOf(ends, end)).Distinct().Count())));
});

internal sealed class AcronymSecond() : Second("acronym", q => Regex.Replace(Asked.Quoted(q)[0], @"[a-z ]", ""));

/// <summary>Letter by letter from a table.</summary>
internal sealed class ValuesSecond() : Second("letter-values", q =>
{
    int[] values = Asked.Ints(q);
    int total = 0;
    foreach (string word in Asked.Lists(q)[0])
        for (int i = 0; i < word.Length; i++)
        {
            total += word[i] switch { 'a' or 'e' or 'i' or 'o' or 'u' => values[0], <= 'm' => values[1], _ => values[2] };
            if (i > 0 && word[i - 1] == word[i]) total += values[3];
        }
    return $"{total}";
});
