using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Probability;

/// <summary>One draw after the other: the chance of one order, times the number of orders.</summary>
internal sealed class UrnDrawSecond() : Second("urn-draw", question =>
{
    const string Pairs = @"(\d+) (red|blue|green|yellow|black|white|orange|purple)";
    string[][] pairs = Asked.All(question, Pairs);
    int k = pairs.Length / 2;
    var left = pairs[..k].ToDictionary(p => p[1], p => int.Parse(p[0]));
    int balls = left.Values.Sum(), drawn = 0;
    Fraction chance = 1;
    foreach (string[] wanted in pairs[k..])
        for (int i = 1; i <= int.Parse(wanted[0]); i++)
        {
            drawn++;
            // This colour's i-th ball may come at any of the places so far, of which i - 1 are its own.
            chance *= new Fraction(left[wanted[1]]--, balls--) * new Fraction(drawn, i);
        }
    return chance.ToString();
});

/// <summary>Counts all vectors with the sum, then takes off those with a part too large, by inclusion and exclusion.</summary>
internal sealed class SpinnerTotalSecond() : Second("spinner-total", question =>
{
    string list = Regex.Match(question, @"\d+(?:, \d+)* and \d+").Value;
    int[] sides = Figures.Plain(list);
    int limit = Figures.Plain(question.Replace(list, "")).Single(), k = sides.Length;
    BigInteger good = 0;
    for (int set = 0; set < 1 << k; set++)
    {
        // Parts from 1 up with sum at most the limit: one more part takes up the slack.
        int left = limit - sides.Where((_, i) => (set >> i & 1) == 1).Sum();
        if (left < k) continue;
        BigInteger ways = 1;
        for (int i = 1; i <= k; i++) ways = ways * (left - k + i) / i;
        good += BitOperations.PopCount((uint)set) % 2 == 0 ? ways : -ways;
    }
    return new Fraction(good, sides.Aggregate(BigInteger.One, (a, b) => a * b)).ToString();
});

/// <summary>As heads in a population large enough to have whole numbers of everything.</summary>
internal sealed class BayesSourcesSecond() : Second("bayes-sources", question =>
{
    var shares = Asked.All(question, @"(\d+)% from ([A-F])").ToDictionary(m => m[1], m => int.Parse(m[0]));
    var faulty = Asked.All(question, @"(\d+(?:\.\d+)?)% of those from ([A-F])").ToDictionary(m => m[1], m => decimal.Parse(m[0]));
    string asked = Regex.Match(question, @"(?:comes from|one from|origin is) ([A-F])").Groups[1].Value;
    const int People = 100_000;
    var heads = shares.ToDictionary(s => s.Key, s => (int)(People / 100 * s.Value * faulty[s.Key] / 100));
    return new Fraction(heads[asked], heads.Values.Sum()).ToString();
});

/// <summary>Adds up the probabilities of all courses of the weather.</summary>
internal sealed class MarkovDaysSecond() : Second("markov-days", question =>
{
    const string Kinds = "sunny|cloudy|rainy";
    var next = new Dictionary<(string, string), BigInteger>();
    foreach (Match rule in Regex.Matches(question, $@"after a ({Kinds}) day it is ([^;.:]*?)(?=[;.])"))
        foreach (string[] to in Asked.All(rule.Groups[2].Value, $@"({Kinds}) with (\d+)%")) next[(rule.Groups[1].Value,
            to[0])] = int.Parse(to[1]);
    string rest = question[(question.LastIndexOf("%.") + 1)..];
    string[] named = [.. Regex.Matches(rest, Kinds).Select(m => m.Value)];
    int days = Figures.Plain(rest).Single();
    BigInteger sum = 0;
    void Walk(string now, int left, BigInteger weight)
    {
        if (left == 0)
        {
            if (now == named[1]) sum += weight;
            return;
        }
        foreach (string to in Kinds.Split('|')) Walk(to, left - 1, weight * next[(now, to)]);
    }
    Walk(named[0], days, 1);
    return new Fraction(sum, BigInteger.Pow(100, days)).ToString();
});

/// <summary>Every pattern of what happens and what does not.</summary>
internal sealed class EventsExactlySecond() : Second("events-exactly", question =>
{
    int[] percent = [.. Asked.All(question, @"(\d+)%").Select(m => int.Parse(m[0]))];
    int wanted = int.Parse(Regex.Match(question, @"(?:exactly|likely is it that) (\d+)").Groups[1].Value);
    BigInteger sum = 0;
    for (int set = 0; set < 1 << percent.Length; set++)
        if (BitOperations.PopCount((uint)set) == wanted)
            sum += percent.Select((p, i) => (BigInteger)((set >> i & 1) == 1 ? p : 100 - p)).Aggregate((a, b) => a * b);
    return new Fraction(sum, BigInteger.Pow(100, percent.Length)).ToString();
});

/// <summary>Solves the equations "chance here is the mixture of the chances beside it" by elimination from below.</summary>
internal sealed class GamblersRuinSecond() : Second("gamblers-ruin", question =>
{
    string[] odds = Asked.All(question, @"odds (?:of )?(\d+) to (\d+)")[0];
    Fraction win = new(int.Parse(odds[0]), int.Parse(odds[0]) + int.Parse(odds[1]));
    int start = int.Parse(Regex.Match(question, @"(?:gambler has|square|With|begins at) (\d+)").Groups[1].Value);
    int goal = int.Parse(Regex.Match(question, @"(?:when he has|until it stands on square|ends at|at zero or at) (\d+)").Groups[1].Value);
    // Chance at i is factor[i] times the chance at i + 1.
    var factor = new Fraction[goal];
    for (int i = 1; i < goal; i++) factor[i] = win / (1 - (1 - win) * factor[i - 1]);
    Fraction chance = 1;
    for (int i = goal - 1; i >= start; i--) chance *= factor[i];
    return chance.ToString();
});

/// <summary>The formula: the last win, and before it so many losses in any places.</summary>
internal sealed class SeriesWinnerSecond() : Second("series-winner", question =>
{
    var p = NumberReader.Exact(Regex.Match(question, @"0\.\d+").Value)!.Value;
    int[] n = Figures.Plain(Regex.Replace(question, @"0\.\d+", ""));
    int wins = n[0] - n[1], losses = n[0] - n[2];
    Fraction sum = 0, term = Fraction.Pow(p, wins);
    for (int k = 0; k < losses; k++)
    {
        sum += term;
        term = term * (1 - p) * (wins + k) / (k + 1);
    }
    return sum.Rounded(4);
});

/// <summary>All winnings less all prices, over the number of tickets.</summary>
internal sealed class ExpectedGainSecond() : Second("expected-gain", question =>
{
    var prizes = Asked.All(question, @"(\d+) win (\d+)").Select(m => (BigInteger)(int.Parse(m[0]) * int.Parse(m[1])));
    int[] rest = Figures.Plain(Regex.Replace(question, @"\d+ win \d+", ""));
    return new Fraction(prizes.Aggregate((a, b) => a + b) - rest[0] * rest[1], rest[0]).ToString();
});

/// <summary>Writes every visitor on a list of his own and counts.</summary>
internal sealed class ConditionalTableSecond() : Second("conditional-table", question =>
{
    string[][] rows = [.. question.Split('\n').Where(l => l.StartsWith('|') && !l.Contains("---"))
        .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray())];
    var visitors = rows.Skip(1).SelectMany(row => row.Skip(1).SelectMany((count,
        i) => Enumerable.Repeat((Town: row[0], Way: rows[0][i + 1]), int.Parse(count)))).ToList();
    string words = string.Join("\n", question.Split('\n').Where(l => !l.StartsWith('|')));
    string town = Asked.First(words, @"lives in ([A-Z][a-z]+)"), way = Asked.First(words, @"comes by ([a-z]+)");
    bool townFirst = words.IndexOf("lives in") < words.IndexOf("comes by");
    // In all statements but the last the condition comes first.
    bool givenTown = words.Contains("conditional probability") ? !townFirst : townFirst;
    var among = visitors.Where(v => givenTown ? v.Town == town : v.Way == way).ToList();
    return new Fraction(among.Count(v => v.Town == town && v.Way == way), among.Count).ToString();
});
