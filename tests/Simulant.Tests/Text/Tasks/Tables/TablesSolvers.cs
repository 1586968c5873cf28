using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Tables;

internal static class Tabled
{
    /// <summary>The tables of a question, whichever of the three forms they have, each row as values by column.</summary>
    public static List<List<Dictionary<string, string>>> All(string question)
    {
        var tables = new List<List<Dictionary<string, string>>>();
        string[]? headers = null;
        bool open = false;
        foreach (string line in question.Split('\n'))
        {
            string[]? cells = line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(c => c.Trim())]
                : Regex.IsMatch(line, @"^[\w+#:-]+(?: \w)?(?:,[\w+#:-]+)+$") ? line.Split(',') : null;
            bool record = Regex.IsMatch(line, @"^\w+: [^;]+(?:; \w+: [^;]+)+$");
            if (cells is null && !record)
            {
                open = false;
                headers = null;
                continue;
            }
            if (!open) tables.Add([]);
            open = true;
            if (record) tables[^1].Add(line.Split("; ").Select(part => part.Split(": ", 2)).ToDictionary(p => p[0], p => p[1]));
            else if (headers is null) headers = cells;
            else if (cells![0] != "---") tables[^1].Add(headers.Zip(cells).ToDictionary(p => p.First, p => p.Second));
        }
        return tables;
    }

    public static List<Dictionary<string, string>> One(string question) => All(question).Single();

    public static int Number(this Dictionary<string, string> row, string column) => int.Parse(row[column]);
}

internal sealed class RowCountSecond() : Second("row-count", question =>
{
    var condition = Regex.Match(question,
        @"the town is (\w+) (and|or) the sport is (\w+)(?: \(or both\))?, and the age is (above|below) (\d+)").Groups;
    int limit = int.Parse(condition[5].Value);
    // By sets: those of the town, those of the sport, and what lies in both or either.
    var rows = Tabled.One(question).Where(r => (r.Number("age") - limit) * (condition[4].Value == "above" ? 1 : -1) > 0).ToList();
    var town = rows.Where(r => r["town"] == condition[1].Value).Select(r => r["name"]);
    var sport = rows.Where(r => r["sport"] == condition[3].Value).Select(r => r["name"]);
    return (condition[2].Value == "and" ? town.Intersect(sport) : town.Union(sport)).Count().ToString();
});

internal sealed class GroupTotalSecond() : Second("group-total", question =>
{
    var best = Tabled.One(question).GroupBy(r => r["department"]).Select(g => (g.Key, Sum: g.Sum(r => r.Number("sales"))))
        .MaxBy(g => g.Sum);
    return $"{best.Key}, {best.Sum}";
});

/// <summary>By items: pieces of each, then times the price.</summary>
internal sealed class TableJoinSecond() : Second("table-join", question =>
{
    var tables = Tabled.All(question);
    var prices = tables.Single(t => t[0].ContainsKey("price"));
    string name = Regex.Match(question, @"(?:does|orders of|what|bill of) ([A-Z][a-z]+)").Groups[1].Value;
    var orders = tables.Single(t => t[0].ContainsKey("number")).Where(o => o["customer"] == name)
        .ToLookup(o => o["item"], o => o.Number("number"));
    return prices.Sum(p => orders[p["item"]].Sum() * p.Number("price")).ToString();
});

/// <summary>By counting, for everybody, how many are better.</summary>
internal sealed class SortRankSecond() : Second("sort-rank", question =>
{
    int place = int.Parse(Regex.Match(question, @"(?:place|position|number|ranked) (\d+)").Groups[1].Value);
    var rows = Tabled.One(question);
    return rows.Single(r => rows.Count(o =>
        o.Number("points") * 1000 - o.Number("seconds") > r.Number("points") * 1000 - r.Number("seconds")) == place - 1)["name"];
});

/// <summary>The median as the value with as many below as above, by counting.</summary>
internal sealed class ColumnStatisticsSecond() : Second("column-statistics", question =>
{
    int[] v = [.. Tabled.One(question).Select(r => r.Number("value"))];
    int At(int rank) => v.Where(x => v.Count(y => y < x) <= rank && v.Count(y => y <= x) > rank).First();
    var median = new Fraction(At((v.Length - 1) / 2) + At(v.Length / 2), 2);
    return $"{median}, {v.Max() - v.Min()}, {new Fraction(v.Sum(), v.Length)}";
});

/// <summary>All rows and columns as linear equations in what is missing, by elimination.</summary>
internal sealed class CrosstabMissingSecond() : Second("crosstab-missing", question =>
{
    string[][] cells = [.. Tabled.One(question).Select(row => row.Values.Skip(1).ToArray())];
    int n = cells.Length - 1;
    var unknown = new Dictionary<(int, int), int>();
    for (int r = 0; r <= n; r++)
        for (int c = 0; c <= n; c++)
            if (cells[r][c] == "#") unknown[(r, c)] = unknown.Count;
    var equations = new List<Fraction[]>();
    for (int line = 0; line < 2 * (n + 1); line++)
    {
        var equation = new Fraction[unknown.Count + 1];
        for (int i = 0; i <= n; i++)
        {
            var (r, c) = line <= n ? (line, i) : (i, line - n - 1);
            int sign = i == n ? -1 : 1;
            if (unknown.TryGetValue((r, c), out int u)) equation[u] += sign;
            else equation[^1] -= sign * int.Parse(cells[r][c]);
        }
        equations.Add(equation);
    }
    for (int u = 0; u < unknown.Count; u++)
    {
        int pivot = equations.FindIndex(u, e => e[u].Sign != 0);
        (equations[u], equations[pivot]) = (equations[pivot], equations[u]);
        for (int e = 0; e < equations.Count; e++)
            if (e != u && equations[e][u].Sign != 0)
            {
                var factor = equations[e][u] / equations[u][u];
                equations[e] = [.. equations[e].Zip(equations[u], (a, b) => a - factor * b)];
            }
    }
    return string.Join(", ", Enumerable.Range(0, unknown.Count).Select(u => equations[u][^1] / equations[u][u]));
});

/// <summary>Backwards from the final balance.</summary>
internal sealed class LedgerLowSecond() : Second("ledger-low", question =>
{
    var rows = Tabled.One(question);
    int opening = int.Parse(Regex.Match(question, @"(?:opens with|Opening balance:|starting from|With) (\d+)").Groups[1].Value);
    int balance = opening + rows.Sum(r => r.Number("amount")), low = int.MaxValue, line = 0;
    foreach (var row in Enumerable.Reverse(rows))
    {
        if (balance < low) (low, line) = (balance, row.Number("line"));
        balance -= row.Number("amount");
    }
    return $"{line}, {low}";
});

/// <summary>Asks for every value from the last change back to the first.</summary>
internal sealed class UpdateLogSecond() : Second("update-log", question =>
{
    var start = Asked.All(question, @"\b(ant|bee|cat|dog|elk|fox) = (\d+)").ToDictionary(m => m[0], m => int.Parse(m[1]));
    var log = Asked.All(question, @"(?m)^\d+\. (set|add|copy|swap|move) (\w+) (?:to|into|and) (\w+)$");
    int Value(string key, int changes)
    {
        if (changes == 0) return start[key];
        var (op, a, b) = (log[changes - 1][0], log[changes - 1][1], log[changes - 1][2]);
        int Before(string k) => Value(k, changes - 1);
        return op switch
        {
            "set" when key == a => int.Parse(b),
            "add" when key == b => Before(b) + int.Parse(a),
            "copy" when key == b => Before(a),
            "swap" when key == a => Before(b),
            "swap" when key == b => Before(a),
            "move" when key == a => 0,
            "move" when key == b => Before(a) + Before(b),
            _ => Before(key),
        };
    }
    return string.Join(", ", start.Keys.Select(key => Value(key, log.Length)));
});

/// <summary>Piece by piece: a list of what each had cost, of which the first so many are sold.</summary>
internal sealed class FifoCostSecond() : Second("fifo-cost", question =>
{
    var rows = Tabled.One(question);
    var pieces = rows.Where(r => r["event"] == "bought").SelectMany(r => Enumerable.Repeat(r.Number("price"), r.Number("pieces")));
    return pieces.Take(rows.Where(r => r["event"] == "sold").Sum(r => r.Number("pieces"))).Sum().ToString();
});

/// <summary>Looks at every minute of the day.</summary>
internal sealed class PeakOverlapSecond() : Second("peak-overlap", question =>
{
    static int Minutes(string clock) => int.Parse(clock[..2]) * 60 + int.Parse(clock[3..]);
    var bookings = Tabled.One(question).Select(r => (From: Minutes(r["from"]), To: Minutes(r["to"]))).ToList();
    return Enumerable.Range(0, 1440).Max(minute => bookings.Count(b => b.From <= minute && minute < b.To)).ToString();
});
