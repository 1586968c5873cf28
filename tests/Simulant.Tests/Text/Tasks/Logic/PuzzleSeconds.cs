using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Logic;

/// <summary>Tries every combination of kinds.</summary>
internal sealed class KnightsSecond() : Second("knights-and-knaves", q =>
{
    var said = Asked.All(q, @"(\w+) says: ""([^""]*)\.""");
    string[] names = [.. said.Select(s => s[0])];
    for (int row = 0; row < 1 << names.Length; row++)
        if (said.All(s => True(s[0], s[1], row) == Knight(s[0], row)))
            return string.Join(", ", names.Where(name => Knight(name, row)).DefaultIfEmpty("none"));
    return "";

    bool Knight(string name, int row) => (row >> Array.IndexOf(names, name) & 1) != 0;

    bool True(string who, string what, int row)
    {
        string[] people = [.. names.Where(name => Regex.IsMatch(what, $@"\b{name}\b")).OrderBy(name => what.IndexOf(name,
            StringComparison.Ordinal))];
        if (what.StartsWith("exactly", StringComparison.Ordinal)) return names.Count(name => Knight(name, row)) == Asked.Ints(what)[0];
        if (what.EndsWith("same kind", StringComparison.Ordinal)) return Knight(people[0], row) == Knight(people[1], row);
        if (what.EndsWith("different kinds", StringComparison.Ordinal)) return Knight(people[0], row) != Knight(who, row);
        if (what.EndsWith("both knaves", StringComparison.Ordinal)) return !Knight(people[0], row) && !Knight(people[1], row);
        if (what.Contains(" or ", StringComparison.Ordinal)) return Knight(people[0], row) || !Knight(people[1], row);
        return Knight(people[0], row) == what.EndsWith("knight", StringComparison.Ordinal);
    }
});

/// <summary>Takes each statement apart into whom it makes true for, and adds up.</summary>
internal sealed class CulpritSecond() : Second("culprit", q =>
{
    var said = Asked.All(q, @"(\w+): ""It was (not )?(\w+)(?:(?: or| and not) (\w+))?\.""");
    string[] names = [.. said.Select(s => s[0])];
    int truths = q.Contains("None of the statements", StringComparison.Ordinal) ? 0 : Asked.Int(Asked.First(q, @"Exactly (\d+)"));
    var score = names.ToDictionary(name => name, _ => 0);
    foreach (var s in said)
        foreach (string who in s[1] == "" ? s[2..].Where(n => n != "") : names.Except(s[2..])) score[who]++;
    return score.Single(pair => pair.Value == truths).Key;
});

/// <summary>Looks for a counter-model among all kinds of things there could be.</summary>
internal sealed class SyllogismSecond() : Second("syllogism-chain", q =>
{
    var said = Asked.All(q, @"\b(all|no|some) (\w+) are (not )?(\w+)").Where(s => s[1].EndsWith('s') && s[3].EndsWith('s')).ToArray();
    string[] terms = [.. said.SelectMany(s => new[] { s[1], s[3] }).Distinct()];
    int[] types = [.. Enumerable.Range(0, 1 << terms.Length).Where(type => said[..^1].All(s => s[0] == "some" || Fits(s, type)))];
    var goal = said[^1];
    bool follows = goal[0] != "some" ? types.All(type => Fits(goal, type))
        : said[..^1].Any(s => s[0] == "some" && types.Where(type => Fits(s, type)).All(type => Fits(goal, type)));
    return follows ? "yes" : "no";

    bool Has(int type, string term) => (type >> Array.IndexOf(terms, term) & 1) != 0;

    bool Fits(string[] s, int type) => s[0] switch
    {
        "all" => !Has(type, s[1]) || Has(type, s[3]),
        "no" => !Has(type, s[1]) || !Has(type, s[3]),
        _ => Has(type, s[1]) && Has(type, s[3]) == (s[2] == ""),
    };
});

/// <summary>Counts, for every x, the ys that fit.</summary>
internal sealed class QuantifiedSecond() : Second("quantified-statement", q =>
{
    int[][] sets = [.. Asked.Lists(q).Select(list => list.Select(Asked.Int).ToArray())];
    string relation = Asked.First(q,
        @"(x \+ y is divisible by 3|x \* y is even|x < y|x divides y|x \+ y is odd|"
            + @"\|x - y\| is at most 3|x \+ y is a prime number|x \* y is greater than 40)");
    int[] primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];
    int[] fits = [.. sets[0].Select(x => sets[1].Count(y => relation switch
    {
        "x + y is divisible by 3" => x % 3 == (3 - y % 3) % 3,
        "x * y is even" => x % 2 == 0 || y % 2 == 0,
        "x < y" => y - x >= 1,
        "x divides y" => Enumerable.Range(1, y).Any(k => k * x == y),
        "x + y is odd" => x % 2 != y % 2,
        "|x - y| is at most 3" => y >= x - 3 && y <= x + 3,
        "x + y is a prime number" => primes.Contains(x + y),
        _ => y > 40 / x,
    }))];
    bool truth = q.Contains("for every x there is", StringComparison.Ordinal) ? fits.Min() > 0 : fits.Max() == sets[1].Length;
    return truth ? "yes" : "no";
});

/// <summary>Tries every order.</summary>
internal sealed class FinishingSecond() : Second("finishing-order", q =>
{
    var clues = Asked.All(q, @"(\w+) (finished before|finished directly after|finished in place|did not finish in place) (\w+)");
    string[] names = Regex.Split(Asked.First(q, @"((?:[A-Z]\w+, )+[A-Z]\w+ and [A-Z]\w+)"), ", | and ");
    var right = new List<string>();
    Permute(0);
    return right.Single();

    void Permute(int at)
    {
        if (at == names.Length && clues.All(Holds)) right.Add(string.Join(", ", names));
        for (int i = at; i < names.Length; i++)
        {
            (names[at], names[i]) = (names[i], names[at]);
            Permute(at + 1);
            (names[at], names[i]) = (names[i], names[at]);
        }
    }

    bool Holds(string[] clue)
    {
        int one = Array.IndexOf(names, clue[0]) + 1, two = char.IsDigit(clue[2][0]) ? clue[2][0] - '0' : Array.IndexOf(names, clue[2]) + 1;
        return clue[1] switch { "finished before" => one < two, "finished directly after" => one == two + 1, "finished in place" =>
            one == two, _ => one != two };
    }
});

/// <summary>Relaxes all differences again and again, as Bellman and Ford do.</summary>
internal sealed class HeightsSecond() : Second("relative-heights", q =>
{
    var facts = Asked.All(q, @"(\w+) is (\d+) cm (taller|shorter) than (\w+)");
    string[] asked = [.. Regex.Matches(Regex.Replace(q, @"\w+ is \d+ cm (taller|shorter) than \w+", ""),
        @"\b(?!By|We|How|Give|Heights|Find|From|Number|Answer)[A-Z]\w+")
        .Select(m => m.Value)];
    bool turned = q.Contains("taller than " + asked[0] + " is", StringComparison.Ordinal);
    var height = new Dictionary<string, int> { [asked[0]] = 0 };
    for (int round = 0; round <= facts.Length; round++)
        foreach (var f in facts)
        {
            int difference = Asked.Int(f[1]) * (f[2] == "taller" ? 1 : -1);
            if (height.TryGetValue(f[3], out int base2)) height.TryAdd(f[0], base2 + difference);
            if (height.TryGetValue(f[0], out int base1)) height.TryAdd(f[3], base1 - difference);
        }
    return $"{(turned ? 1 : -1) * height[asked[1]]}";
});

/// <summary>All arrangements, group after group, given up as soon as a clue is broken.</summary>
internal sealed class ZebraSecond() : Second("zebra-puzzle", q =>
{
    string part = @"(?:the )?(\w+)";
    var clues = Asked.All(q, $@"\(\d+\) {part} is (in the same house as|in a house next to that of|somewhere to the left of|"
        + $@"in house|not in the same house as) {part}\.");
    string rows = Asked.First(q, @"((?:[a-z]+, ){2,4}[a-z]+(?:; (?:[a-z]+, ){2,4}[a-z]+)*)");
    string asked = Asked.First(q, @"(?:has the|is the|does the|with the) (\w+)[ ?.](?!is)(?:belong)?[^(]*$");
    int houses = rows.Split(';')[0].Split(',').Length;
    string[] people = [.. Regex.Split(Asked.First(q, $@"((?:[A-Z]\w+, ){{{houses - 2}}}[A-Z]\w+(?:, | and )[A-Z]\w+)"), ", | and ")];
    string[] words = [.. people, .. rows.Split("; ").SelectMany(row => row.Split(", "))];
    var rules = clues.Select(c => (Kind: c[1][..4] == "in h" ? "place" : c[1][..4], One: Array.IndexOf(words, c[0]),
        Two: c[1] == "in house" ? Asked.Int(c[2]) : Array.IndexOf(words, c[2]))).ToArray();
    int[] place = new int[words.Length];
    string answer = "";
    Put(0);
    return answer;

    bool Broken((string Kind, int One, int Two) rule)
    {
        int one = place[rule.One], two = rule.Kind == "place" ? rule.Two : place[rule.Two];
        return one != 0 && two != 0 && !(rule.Kind switch
        { "in t" or "place" => one == two, "in a" => Math.Abs(one - two) == 1, "some" => one < two, _ => one != two });
    }

    void Put(int word)
    {
        if (word == words.Length)
        {
            Xunit.Assert.Equal("", answer);
            answer = people[Array.IndexOf(place, place[Array.IndexOf(words, asked)])];
            return;
        }
        int start = word / houses * houses;
        for (int house = 1; house <= houses; house++)
        {
            if (Array.IndexOf(place, house, start, word - start) >= 0) continue;
            place[word] = house;
            if (!Array.Exists(rules, rule => (rule.One == word || rule.Two == word) && Broken(rule))) Put(word + 1);
            place[word] = 0;
        }
    }
});

/// <summary>Asks of every number alone whether it is in.</summary>
internal sealed class SetSecond() : Second("set-expression", q =>
{
    var sets = Asked.All(q, @"([A-D]) = \{([^}]*)\}").ToDictionary(s => s[0][0], s => s[1].Split(", ").Select(Asked.Int).ToArray());
    string text = "(" + Asked.First(q, @"\[(.*)\]") + ")";
    return string.Join(", ", Enumerable.Range(1, 12).Where(In).DefaultIfEmpty(0)) is var all && all == "0" ? "none" : all;

    bool In(int number)
    {
        string now = string.Concat(text.Replace("symmetric difference", "^").Replace("union", "+").Replace("intersection", "*")
            .Replace("minus", "-")
            .Where(c => c != ' ').Select(c => sets.TryGetValue(c, out int[]? set) ? set.Contains(number) ? '1' : '0' : c));
        while (now.Length > 1)
            now = Regex.Replace(now, @"\(([01])([-+*^])([01])\)", m => (m.Groups[1].Value == "1", m.Groups[2].Value, m.Groups[3]
                .Value == "1") switch
            {
                (var a, "+", var b) => a || b,
                (var a, "*", var b) => a && b,
                (var a, "-", var b) => a && !b,
                var (a, _, b) => a != b,
            } ? "1" : "0");
        return now == "1";
    }
});

/// <summary>Fills the regions from the innermost outwards.</summary>
internal sealed class VennSecond() : Second("venn-counts", q =>
{
    int total = Asked.Ints(q)[0];
    var facts = Asked.All(q, @"(\d+) (?:play or practise|learn|drink) (\w+)(?:(, \w+)? and (\w+))?").ToArray();
    var counts = facts.Select(f => (Count: Asked.Int(f[0]), Groups: f[1..].Where(g => g != "").Select(g => g.TrimStart(',', ' '))
        .ToArray())).ToArray();
    var only = new Dictionary<int, int>();
    for (int i = counts.Length - 1; i >= 0; i--)
        only[i] = counts[i].Count - only.Where(pair => counts[i].Groups.All(counts[pair.Key].Groups.Contains)).Sum(pair => pair.Value);
    bool exactly = q.Contains("exactly one of these", StringComparison.Ordinal);
    return $"{(exactly ? only.Where(pair => counts[pair.Key].Groups.Length == 1).Sum(pair => pair.Value) : total - only.Values.Sum())}";
});
