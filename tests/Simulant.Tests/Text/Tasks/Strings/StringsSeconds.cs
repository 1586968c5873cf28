using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Strings;

/// <summary>Decodes by looking letters up in a turned alphabet.</summary>
internal sealed class CaesarSecond() : Second("caesar-shift", q =>
{
    const string alphabet = "abcdefghijklmnopqrstuvwxyz";
    int shift = Asked.Ints(q)[0];
    string turned = alphabet[shift..] + alphabet[..shift];
    return string.Concat(Asked.Quoted(q)[0].Select(c => c == ' ' ? c : alphabet[turned.IndexOf(c)]));
});

/// <summary>Encrypts from the square table of turned alphabets.</summary>
internal sealed class VigenereSecond() : Second("vigenere-cipher", q =>
{
    string[] square = [.. Enumerable.Range(0, 26).Select(r => string.Concat(Enumerable.Range(0, 26).Select(c => (char)('a'
        + (r + c) % 26))))];
    string text = Asked.Quoted(q)[0], key = Asked.Quoted(q)[1];
    while (key.Length < text.Length) key += key;
    return string.Concat(text.Zip(key, (t, k) => square[k - 'a'][t - 'a']));
});

/// <summary>Picks positions by their remainder in the period of the zigzag.</summary>
internal sealed class RailFenceSecond() : Second("rail-fence", q =>
{
    string text = Asked.Quoted(q)[0];
    int rails = Asked.Int(Asked.First(q, @"(\d+) rails")), period = 2 * (rails - 1);
    return string.Concat(Enumerable.Range(0, rails).SelectMany(r =>
        text.Where((_, i) => i % period == r || i % period == (period - r) % period)));
});

/// <summary>Finds the one cut into code words from the end of the bits.</summary>
internal sealed class PrefixCodeSecond() : Second("prefix-code", q =>
{
    string bits = Asked.Quoted(q)[0];
    var codes = Asked.All(q, @"([A-Z]) = ([01]+)");
    var rest = new string?[bits.Length + 1];
    rest[bits.Length] = "";
    for (int i = bits.Length - 1; i >= 0; i--)
        foreach (var code in codes)
            if (bits.AsSpan(i).StartsWith(code[1]) && rest[i + code[1].Length] is { } after) rest[i] = code[0] + after;
    return rest[0]!;
});

internal sealed class RunLengthSecond() : Second("run-length", q =>
    Regex.Replace(Asked.Quoted(q)[0], @"(.)\1*", m => $"{m.Value[0]}{m.Length}"));

/// <summary>Tries every substring, the longest first.</summary>
internal sealed class PalindromeSecond() : Second("longest-palindrome", q =>
{
    string text = Asked.Quoted(q)[0];
    for (int length = text.Length; ; length--)
        for (int i = 0; i + length <= text.Length; i++)
            if (text.Substring(i, length) is var part && part.SequenceEqual(part.Reverse())) return part;
});

internal sealed class SubstringSecond() : Second("substring-count", q =>
{
    string[] said = Asked.Quoted(q);
    var (pattern, text) = said[0].Length < said[1].Length ? (said[0], said[1]) : (said[1], said[0]);
    return $"{Regex.Count(text, $"(?={pattern})")}";
});

/// <summary>Strikes out adjacent pairs until none is left.</summary>
internal sealed class BracketSecond() : Second("bracket-completion", q =>
{
    string text = Asked.Quoted(q)[0];
    for (string before = ""; before != text;)
    {
        before = text;
        text = Regex.Replace(text, @"\(\)|\[\]|\{\}|<>", "");
    }
    return string.Concat(text.Reverse().Select(c => c switch { '(' => ')', '[' => ']', '{' => '}', _ => '>' }));
});

/// <summary>Searches outwards: which pairs of positions can be reached with so many edits.</summary>
internal sealed class EditSecond() : Second("edit-distance", q =>
{
    string a = Asked.Quoted(q)[0], b = Asked.Quoted(q)[1];
    var frontier = new HashSet<(int, int)> { (0, 0) };
    for (int edits = 0; ; edits++)
    {
        var all = new HashSet<(int I, int J)>();
        foreach (var (i, j) in frontier)
            for (int k = 0; ; k++)
            {
                all.Add((i + k, j + k));
                if (i + k == a.Length || j + k == b.Length || a[i + k] != b[j + k]) break;
            }
        if (all.Contains((a.Length, b.Length))) return $"{edits}";
        frontier = [.. all.SelectMany(p => new[] { (p.I + 1, p.J), (p.I, p.J + 1), (p.I + 1, p.J + 1) })
            .Where(p => p.Item1 <= a.Length && p.Item2 <= b.Length)];
    }
});

/// <summary>Tries every subsequence of the first string.</summary>
internal sealed class CommonSubsequenceSecond() : Second("common-subsequence", q =>
{
    string a = Asked.Quoted(q)[0], b = Asked.Quoted(q)[1];
    int best = 0;
    for (int mask = 1; mask < 1 << a.Length; mask++)
    {
        int at = -1;
        for (int i = 0; i < a.Length && at < b.Length; i++)
            if ((mask >> i & 1) != 0) at = b.IndexOf(a[i], at + 1) is var found && found < 0 ? b.Length : found;
        if (at < b.Length) best = Math.Max(best, System.Numerics.BitOperations.PopCount((uint)mask));
    }
    return $"{best}";
});

/// <summary>Patience sorting: the number of piles.</summary>
internal sealed class RisingSecond() : Second("rising-subsequence", q =>
{
    var piles = new List<int>();
    foreach (int card in Asked.Numbers(q))
    {
        int at = piles.BinarySearch(card);
        if (~at == piles.Count) piles.Add(card);
        else piles[~at] = card;
    }
    return $"{piles.Count}";
});

/// <summary>Counts the pairs in the wrong order.</summary>
internal sealed class BubbleSecond() : Second("bubble-swaps", q =>
{
    int[] list = Asked.Numbers(q);
    return $"{Enumerable.Range(0, list.Length).Sum(i => list.Skip(i + 1).Count(later => later < list[i]))}";
});

/// <summary>The front part sorted, the rest as it was.</summary>
internal sealed class InsertionSecond() : Second("insertion-rounds", q =>
{
    int[] list = Asked.Numbers(q);
    int rounds = Asked.Int(Asked.First(q, @"(\d+) rounds?\b"));
    return string.Join(", ", list.Take(rounds + 1).Order().Concat(list.Skip(rounds + 1)));
});

/// <summary>Halves the list itself instead of moving two ends.</summary>
internal sealed class BinaryProbesSecond() : Second("binary-probes", q =>
{
    int target = Asked.Int(Asked.First(q, @"for (\d+)"));
    return string.Join(", ", Probes(Asked.Numbers(q), target));

    static IEnumerable<int> Probes(int[] part, int target) => part.Length == 0 ? [] : part[(part.Length - 1) / 2] is var middle
        && middle == target ? [middle] : Probes(middle < target ? part[((part.Length + 1) / 2)..] : part[..((part.Length - 1) / 2)], target)
            .Prepend(middle);
});

/// <summary>Paints half units on a line.</summary>
internal sealed class IntervalsSecond() : Second("merged-intervals", q =>
{
    var painted = new bool[400];
    foreach (var pair in Asked.All(q, @"(\d+)-(\d+)"))
        for (int at = 2 * Asked.Int(pair[0]); at <= 2 * Asked.Int(pair[1]); at++) painted[at] = true;
    var parts = new List<string>();
    for (int at = 0; at < painted.Length; at++)
        if (painted[at] && (at == 0 || !painted[at - 1])) parts.Add($"{at / 2}-{Array.IndexOf(painted, false, at) / 2}");
    return string.Join(", ", parts);
});

/// <summary>Goes through the operations backwards: each pop cancels one earlier push.</summary>
internal sealed class StackSecond() : Second("stack-contents", q =>
{
    var kept = new Stack<string>();
    int pops = 0;
    foreach (var op in Asked.All(q, @"push (\d+)|pop").Reverse())
        if (op[0] == "") pops++;
        else if (pops > 0) pops--;
        else kept.Push(op[0]);
    return string.Join(", ", kept);
});

/// <summary>The recurrence of Josephus.</summary>
internal sealed class CircleSecond() : Second("circle-elimination", q =>
{
    string[] people = Asked.Lists(q)[0];
    int step = Asked.Int(Asked.First(q, @"(\d+)(?:nd|rd|th) (?:person|goes|player|of those)"));
    int survivor = 0;
    for (int n = 2; n <= people.Length; n++) survivor = (survivor + step) % n;
    return people[survivor];
});

/// <summary>Reads the expression from its end, recursively.</summary>
internal sealed class PostfixSecond() : Second("postfix-value", q =>
{
    var tokens = new Stack<string>(Asked.Quoted(q)[0].Split(' '));
    return $"{Value()}";

    long Value()
    {
        string token = tokens.Pop();
        if (char.IsDigit(token[^1])) return Asked.Int(token);
        long right = Value(), left = Value();
        return token == "+" ? left + right : token == "-" ? left - right : left * right;
    }
});

/// <summary>Finds the free slot through links that skip what is taken.</summary>
internal sealed class ProbingSecond() : Second("linear-probing", q =>
{
    int size = Asked.Int(Asked.First(q, @"(\d+) (?:slots|places)"));
    int[] free = [.. Enumerable.Range(0, size + 1)];
    string[] table = [.. Enumerable.Repeat("-", size)];
    foreach (int key in Asked.Numbers(q))
    {
        int at = Find(key % size);
        if (at == size) at = Find(0);
        table[at] = $"{key}";
        free[at] = at + 1;
    }
    return string.Join(", ", table);

    int Find(int slot) => free[slot] == slot ? slot : free[slot] = Find(free[slot]);
});

/// <summary>By stack distance: a hit where fewer other pages than the cache holds came since.</summary>
internal sealed class CacheSecond() : Second("cache-misses", q =>
{
    int capacity = Asked.Ints(q)[0];
    string[] asked = Asked.Lists(q)[0];
    return $"{asked.Where((page, i) => Array.LastIndexOf(asked, page, i - 1 < 0 ? 0 : i - 1, Math.Max(i, 0)) is var last
        && (last < 0 || i == 0 || asked[(last + 1)..i].Distinct().Count() >= capacity)).Count()}";
});

/// <summary>Divides the list at its first element instead of building a tree.</summary>
internal sealed class SearchTreeSecond() : Second("search-tree-order", q =>
{
    bool post = q.Contains("postorder", StringComparison.Ordinal);
    return string.Join(", ", Order(Asked.Numbers(q)));

    IEnumerable<int> Order(int[] keys)
    {
        if (keys.Length == 0) return [];
        var below = Order([.. keys.Where(k => k < keys[0])]).Concat(Order([.. keys.Where(k => k > keys[0])]));
        return post ? below.Append(keys[0]) : below.Prepend(keys[0]);
    }
});

/// <summary>Sums every stretch.</summary>
internal sealed class StretchSecond() : Second("best-stretch", q =>
{
    int[] list = Asked.Numbers(q);
    return $"{Enumerable.Range(0, list.Length).Max(i => Enumerable.Range(1, list.Length - i).Max(n => list.Skip(i).Take(n).Sum()))}";
});

/// <summary>Tries every load.</summary>
internal sealed class KnapsackSecond() : Second("knapsack", q =>
{
    var items = Asked.All(q, @"\((\d+) kg, (\d+) points\)").Select(m => (Weight: Asked.Int(m[0]), Value: Asked.Int(m[1]))).ToArray();
    int limit = Asked.Int(Asked.First(q, @"(?<!\()\b(\d+) kg(?!, \d)")), best = 0;
    for (int mask = 0; mask < 1 << items.Length; mask++)
    {
        var load = items.Where((_, i) => (mask >> i & 1) != 0).ToArray();
        if (load.Sum(x => x.Weight) <= limit) best = Math.Max(best, load.Sum(x => x.Value));
    }
    return $"{best}";
});

/// <summary>Tries every check digit on the whole number.</summary>
internal sealed class LuhnSecond() : Second("luhn-digit", q =>
{
    string digits = Asked.Quoted(q)[0];
    return $"{Enumerable.Range(0, 10).Single(check =>
        $"{digits}{check}".Reverse().Select((c, i) => (c - '0') * (1 + i % 2)).Sum(d => d / 10 + d % 10) % 10 == 0)}";
});

internal sealed class RegexSecond() : Second("regex-match", q =>
{
    var whole = new Regex($"^(?:{Asked.Quoted(q)[0]})$", RegexOptions.CultureInvariant);
    var fits = Asked.Lists(q).First(list => list.Length > 1).Where(text => whole.IsMatch(text)).ToArray();
    return fits.Length == 0 ? "none" : string.Join(", ", fits);
});
