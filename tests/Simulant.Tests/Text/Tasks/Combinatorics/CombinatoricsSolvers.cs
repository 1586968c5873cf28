using System.Numerics;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Combinatorics;

/// <summary>Places kinds of letters one after the other, by Pascal's triangle.</summary>
internal sealed class WordArrangementsSecond() : Second("word-arrangements", question =>
{
    BigInteger ways = 1;
    int placed = 0;
    foreach (var group in Asked.Quoted(question)[0].GroupBy(c => c))
        ways *= Pascal.Row(placed += group.Count(), group.Count())[group.Count()];
    return ways.ToString();
});

internal static class Pascal
{
    /// <summary>The row of n, up to a column.</summary>
    public static BigInteger[] Row(int n, int last)
    {
        var row = new BigInteger[last + 1];
        row[0] = 1;
        for (int i = 1; i <= n; i++)
            for (int k = Math.Min(i, last); k > 0; k--) row[k] += row[k - 1];
        return row;
    }
}

/// <summary>All committees less those with too few of the second kind (Vandermonde), binomials by Pascal's triangle.</summary>
internal sealed class CommitteeSecond() : Second("committee", question =>
{
    int[] n = Figures.Plain(question);
    var (first, second, size, least) = (n[0], n[1], n[2], n[3]);
    BigInteger[] a = Pascal.Row(first, size), b = Pascal.Row(second, size);
    var all = Pascal.Row(first + second, size)[size];
    for (int k = 0; k < least; k++) all -= b[k] * a[size - k];
    return all.ToString();
});

/// <summary>Adds one part after the other to a table of totals.</summary>
internal sealed class BoundedSumsSecond() : Second("bounded-sums", question =>
{
    int[] limits = [.. Regex.Matches(question, @"\d+(?:, \d+)+").Single().Value.Split(", ").Select(int.Parse)];
    int total = int.Parse(Regex.Match(question.Replace(string.Join(", ", limits), ""), @"(?<!into )\d+").Value);
    var ways = new BigInteger[total + 1];
    ways[0] = 1;
    foreach (int limit in limits)
        for (int t = total; t >= 0; t--)
            for (int x = 1; x <= Math.Min(limit, t); x++) ways[t] += ways[t - x];
    return ways[total].ToString();
});

/// <summary>Tries every number of the largest coin, then of the next.</summary>
internal sealed class CoinWaysSecond() : Second("coin-ways", question =>
{
    string list = Regex.Match(question, @"\d+(?:, \d+)* and \d+").Value;
    int[] coins = [.. Figures.Plain(list).OrderDescending()];
    int total = Figures.Plain(question.Replace(list, "")).Single();
    var known = new Dictionary<(int, int), long>();
    long Ways(int left, int coin)
    {
        if (left == 0) return 1;
        if (coin == coins.Length) return 0;
        if (known.TryGetValue((left, coin), out long found)) return found;
        long sum = 0;
        for (int rest = left; rest >= 0; rest -= coins[coin]) sum += Ways(rest, coin + 1);
        return known[(left, coin)] = sum;
    }
    return Ways(total, 0).ToString();
});

/// <summary>Tries every subset.</summary>
internal sealed class SubsetSumsSecond() : Second("subset-sums", question =>
{
    string list = Regex.Match(question, @"\d+(?:, \d+)+").Value;
    int[] numbers = Figures.Plain(list);
    int target = Figures.Plain(question.Replace(list, "")).Single();
    var sums = new int[1 << numbers.Length];
    for (int set = 1; set < sums.Length; set++)
        sums[set] = sums[set & (set - 1)] + numbers[BitOperations.TrailingZeroCount(set)];
    return sums.Skip(1).Count(sum => sum == target).ToString();
});

/// <summary>An opponent who hands out colours one by one and avoids completing one as long as he can.</summary>
internal sealed class PigeonholeSecond() : Second("pigeonhole", question =>
{
    var counts = Asked.All(question, @"(\d+) (?:red|blue|green|yellow|black|white|orange|purple)").Select(m => int.Parse(m[0])).ToArray();
    int wanted = int.Parse(Regex.Matches(question, @"(\d+) (?!red|blue|green|yellow|black|white|orange|purple)[a-z]+").Last()
        .Groups[1].Value);
    var taken = new int[counts.Length];
    for (int draws = 1; ; draws++)
    {
        int harmless = Enumerable.Range(0, counts.Length).FirstOrDefault(i => taken[i] < counts[i] && taken[i] + 1 < wanted, -1);
        if (harmless < 0) return draws.ToString();
        taken[harmless]++;
    }
});

/// <summary>Looks at every number.</summary>
internal sealed class MultiplesUnionSecond() : Second("multiples-union", question =>
{
    string list = Regex.Match(question, @"\d+(?: or \d+)+|\d+(?:, \d+)+(?=\.)").Value;
    int[] divisors = Figures.Plain(list);
    int n = Figures.Plain(question.Replace(list, "")).Max();
    return Enumerable.Range(1, n).Count(i => divisors.Any(d => i % d == 0)).ToString();
});

/// <summary>Works out the people of every region, from the one in all sets down, and adds up those asked for.</summary>
internal sealed class VennSurveySecond() : Second("venn-survey", question =>
{
    var facts = Asked.All(question, @"(\d+) like ([a-z, ]+?)(?=[;.,]? ?(?:\d|\(|Numbers|others|where|$|;|\.))")
        .Select(m => (Count: int.Parse(m[0]), Who: m[1].Split([", ", " and "], StringSplitOptions.RemoveEmptyEntries).ToHashSet()))
        .ToList();
    int all = Figures.Plain(question).Max(), exactly = 0, any = 0;
    var regions = new List<(int Count, HashSet<string> Who)>();
    foreach (var (count, who) in facts.OrderByDescending(f => f.Who.Count))
    {
        int only = count - regions.Where(r => who.IsSubsetOf(r.Who)).Sum(r => r.Count);
        regions.Add((only, who));
        any += only;
        if (who.Count == 1) exactly += only;
    }
    return (question.Contains("exactly one of these") ? exactly : all - any).ToString();
});

/// <summary>A table of how many strings end in a run of each length.</summary>
internal sealed class StringsWithoutRunsSecond() : Second("strings-without-runs", question =>
{
    int length = int.Parse(Regex.Match(question, @"(?:length|row of|words of|code has) (\d+)").Groups[1].Value);
    int letters = int.Parse(Regex.Match(question, @"(?:alphabet of|Beads of|taken from|one of) (\d+)").Groups[1].Value);
    int run = int.Parse(Regex.Match(question, @"(?:have no|nowhere|no sign stands|may not come) (\d+)").Groups[1].Value);
    var ending = new BigInteger[run];
    ending[1] = letters;
    for (int i = 1; i < length; i++)
    {
        var next = new BigInteger[run];
        for (int r = 1; r < run; r++)
        {
            next[1] += ending[r] * (letters - 1);
            if (r + 1 < run) next[r + 1] += ending[r];
        }
        ending = next;
    }
    return ending.Aggregate((a, b) => a + b).ToString();
});

/// <summary>Lays every number.</summary>
internal sealed class NumbersFromDigitsSecond() : Second("numbers-from-digits", question =>
{
    string list = Regex.Match(question, @"\d(?:, \d)+").Value;
    int[] digits = Figures.Plain(list);
    int length = int.Parse(Asked.First(question, @"(\d+)-digit"));
    int bound = Figures.Plain(question.Replace(list, "")).Max();
    long Count(int number, int places, int used)
    {
        if (places == length) return number > bound ? 1 : 0;
        long count = 0;
        for (int i = 0; i < digits.Length; i++)
            if ((used >> i & 1) == 0 && (places > 0 || digits[i] > 0)) count += Count(number * 10 + digits[i], places + 1, used | 1 << i);
        return count;
    }
    return Count(0, 0, 0).ToString();
});

/// <summary>Bisects the list of all orders, making the order at a place directly from its number.</summary>
internal sealed class PermutationRankSecond() : Second("permutation-rank", question =>
{
    string word = Asked.Quoted(question)[0];
    long all = 1;
    for (int i = 2; i <= word.Length; i++) all *= i;
    string At(long place)
    {
        var left = word.Order().ToList();
        string made = "";
        for (long orders = all; left.Count > 0;)
        {
            orders /= left.Count;
            made += left[(int)(place / orders)];
            left.RemoveAt((int)(place / orders));
            place %= orders;
        }
        return made;
    }
    long low = 0, high = all - 1;
    while (low < high)
    {
        long middle = (low + high) / 2;
        if (string.CompareOrdinal(At(middle), word) < 0) low = middle + 1;
        else high = middle;
    }
    return (low + 1).ToString();
});
