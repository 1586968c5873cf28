using System.Collections.Concurrent;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Games;

/// <summary>Plays Nim out to the end.</summary>
internal sealed class NimSecond() : Second("nim-moves", q =>
{
    int[] heaps = Asked.Numbers(q);
    int moves = 0;
    for (int i = 0; i < heaps.Length; i++)
        for (int left = 0; left < heaps[i]; left++)
            if (!Wins([.. heaps[..i], left, .. heaps[(i + 1)..]])) moves++;
    return $"{moves}";
})
{
    private static readonly ConcurrentDictionary<string, bool> Known = new();

    private static bool Wins(int[] heaps)
    {
        int[] sorted = [.. heaps.Where(h => h > 0).Order()];
        string key = string.Join(' ', sorted);
        if (Known.TryGetValue(key, out bool wins)) return wins;
        for (int i = 0; i < sorted.Length && !wins; i++)
            for (int left = 0; left < sorted[i] && !wins; left++) wins = !Wins([.. sorted[..i], left, .. sorted[(i + 1)..]]);
        return Known[key] = wins;
    }
}

/// <summary>By recursion from the heap downwards.</summary>
internal sealed class TakingSecond() : Second("taking-game", q =>
{
    int[] takes = Asked.Numbers(q);
    int heap = Asked.Int(Asked.First(Regex.Replace(q, @"\[.*?\]", ""), @"(\d+)"));
    var known = new Dictionary<int, bool>();
    return string.Join(", ", takes.Where(t => t <= heap && !Wins(heap - t)).Select(t => $"{t}").DefaultIfEmpty("none"));

    bool Wins(int n) => known.TryGetValue(n, out bool wins) ? wins : known[n] = takes.Any(t => t <= n && !Wins(n - t));
});

/// <summary>Adds to each pit at once what a move brings it.</summary>
internal sealed class MancalaSecond() : Second("mancala-sowing", q =>
{
    int[] seeds = Asked.Numbers(q);
    int n = seeds.Length;
    string moves = Regex.Replace(q, @"with pit 1 after|\(pit 1 first\)|from pit 1 on", "");
    foreach (string[] move in Asked.All(moves, @"pit (\d+)"))
    {
        int pit = Asked.Int(move[0]) - 1;
        int hand = seeds[pit];
        seeds[pit] = 0;
        for (int i = 0; i < n; i++) seeds[i] += hand / n + ((i - pit + n - 1) % n < hand % n ? 1 : 0);
    }
    return string.Join(", ", seeds);
});

/// <summary>Makes a table of where each roll leads from each field.</summary>
internal sealed class SnakesSecond() : Second("snakes-and-ladders", q =>
{
    var jumps = Asked.All(q, @"(\d+) to (\d+)").Where(j => j[0] != "1" || j[1] != "50").ToDictionary(j => Asked.Int(j[0]), j =>
        Asked.Int(j[1]));
    int[,] next = new int[51, 7];
    for (int field = 0; field <= 50; field++)
        for (int roll = 1; roll <= 6; roll++)
            next[field, roll] = field + roll > 50 ? field : jumps.GetValueOrDefault(field + roll, field + roll);
    int start = Asked.Int(Asked.First(q, @"(?:piece on|Starting on|starts on|from field) (\d+)"));
    return $"{Asked.Numbers(q).Aggregate(start, (at, roll) => next[at, roll])}";
});

/// <summary>Tries every number of aces that count 11.</summary>
internal sealed class BlackjackSecond() : Second("blackjack-totals", q => string.Join(", "
    + "", Asked.All(q, @"\w+: ((?:(?:10|[2-9JQKA])[SHDC] ?)+)").Select(hand =>
{
    string[] ranks = [.. hand[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(card => card[..^1])];
    int aces = ranks.Count(r => r == "A"), rest = ranks.Where(r => r != "A").Sum(r => char.IsDigit(r[0]) ? Asked.Int(r) : 10);
    int[] totals = [.. Enumerable.Range(0, aces + 1).Select(high => rest + aces + 10 * high)];
    return totals.Where(t => t <= 21).DefaultIfEmpty(totals[0]).Max();
})));

/// <summary>Tells hands apart by how many pairs of cards have the same rank.</summary>
internal sealed class PokerSecond() : Second("poker-hands", q => string.Join(", "
    + "", Asked.All(q, @"\(\d\) ((?:(?:10|[2-9JQKA])[SHDC] ?){5})").Select(hand =>
{
    string[] cards = hand[0].Trim().Split(' ');
    int[] ranks = [.. cards.Select(card => Array.IndexOf(["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"], card[..^1]))];
    int same = ranks.Select((r, i) => ranks.Skip(i + 1).Count(other => other == r)).Sum();
    int set = ranks.Aggregate(0, (bits, r) => bits | 1 << r);
    bool flush = cards.Select(card => card[^1]).Distinct().Count() == 1;
    bool straight = set == (1 << 12 | 15) || Enumerable.Range(0, 9).Any(low => set == 31 << low);
    return same switch
    {
        6 => "four of a kind",
        4 => "full house",
        3 => "three of a kind",
        2 => "two pairs",
        1 => "pair",
        _ => flush && straight ? "straight flush" : flush ? "flush" : straight ? "straight" : "high card",
    };
})));

/// <summary>Gives every card a value under the suit led and trumps, and takes the greatest.</summary>
internal sealed class TrickSecond() : Second("trick-winners", q =>
{
    string[] players = Asked.Lists(q)[0];
    char trump = char.ToUpperInvariant(Asked.First(q, @"Trumps are (\w)")[0]);
    int leader = 0;
    int[] won = new int[4];
    foreach (string[] trick in Asked.All(q, @"\(\d\) ((?:(?:10|[2-9JQKA])[SHDC] ?){4})"))
    {
        string[] cards = trick[0].Trim().Split(' ');
        int[] values = [.. cards.Select(card => (card[^1] == trump ? 200 : card[^1] == cards[0][^1] ? 100 : 0)
            + (card[0] == '1' ? 8 : "23456789 JQKA".IndexOf(card[0])))];
        leader = (leader + Array.IndexOf(values, values.Max())) % 4;
        won[leader]++;
    }
    return string.Join(", ", won);
});

/// <summary>Plays every continuation, seen from X alone.</summary>
internal sealed class TicTacToeSecond() : Second("tic-tac-toe", q =>
{
    string board = string.Concat(Asked.Lines(q, "[XO.]{3}"));
    bool x = board.Count(c => c == 'X') == board.Count(c => c == 'O');
    var values = Enumerable.Range(0, 9).Where(i => board[i] == '.').ToDictionary(i => i + 1, i => Outcome(Put(board, i, x), !x));
    int best = x ? values.Values.Max() : values.Values.Min();
    return string.Join(", ", values.Where(v => v.Value == best).Select(v => v.Key));

    static string Put(string board, int cell, bool x) => board[..cell] + (x ? 'X' : 'O') + board[(cell + 1)..];

    static int Outcome(string board, bool x)
    {
        var line = Regex.Match(board, @"^(...)*([XO])\2\2|^.?.?([XO])..\3..\3|^([XO])...\4...\4|^..([XO]).\5.\5..$");
        if (line.Success) return line.Groups.Values.Skip(2).First(g => g.Success).Value == "X" ? 1 : -1;
        int[] next = [.. Enumerable.Range(0, 9).Where(i => board[i] == '.').Select(i => Outcome(Put(board, i, x), !x))];
        return next.Length == 0 ? 0 : x ? next.Max() : next.Min();
    }
});

/// <summary>Whole sets of squares move at once, as bits of a board.</summary>
internal sealed class KnightSecond() : Second("knight-path", q =>
{
    ulong closed = Asked.Lists(q)[0].Aggregate(0UL, (set, name) => set | Bit(name));
    string rest = Regex.Replace(q, @"\[.*?\]", "");
    ulong at = Bit(Asked.First(rest, @"(?:from|stands on) ([a-h][1-8])")), goal = Bit(Asked.First(rest, @"\bto ([a-h][1-8])"));
    const ulong a = 0x0101010101010101, b = a << 1, g = a << 6, h = a << 7;
    int moves = 0;
    for (; (at & goal) == 0; moves++)
        at |= ((at & ~h) << 17 | (at & ~a) << 15 | (at & ~(g | h)) << 10 | (at & ~(a | b)) << 6
            | (at & ~a) >> 17 | (at & ~h) >> 15 | (at & ~(a | b)) >> 10 | (at & ~(g | h)) >> 6) & ~closed;
    return $"{moves}";

    static ulong Bit(string name) => 1UL << (8 * (name[1] - '1') + name[0] - 'a');
});

/// <summary>Asks of every square of the board whether the way to it is free.</summary>
internal sealed class MobilitySecond() : Second("piece-mobility", q =>
{
    string[][] lists = Asked.Lists(q);
    var own = lists[0].Select(Square).ToHashSet();
    var foe = lists[1].Select(Square).ToHashSet();
    var at = Square(Asked.First(Regex.Replace(q, @"\[.*?\]", ""), @"\bon ([a-h][1-8])"));
    string[] pieces = [.. Asked.All(q, "white (rook|bishop|queen)").Select(p => p[0])];
    return $"{pieces.Sum(piece => Enumerable.Range(0, 64).Count(i => Reaches(piece, (i % 8, i / 8))))}";

    static (int X, int Y) Square(string name) => (name[0] - 'a', name[1] - '1');

    bool Reaches(string piece, (int X, int Y) to)
    {
        int dx = to.X - at.X, dy = to.Y - at.Y, length = Math.Max(Math.Abs(dx), Math.Abs(dy));
        bool straight = dx == 0 || dy == 0, slanted = Math.Abs(dx) == Math.Abs(dy);
        if (length == 0 || own.Contains(to) || !(piece == "queen" ? straight || slanted : piece == "rook" ? straight
            : slanted)) return false;
        return Enumerable.Range(1, length - 1).Select(k => (at.X + k * dx / length, at.Y + k * dy / length)).All(p => !own.Contains(p)
            && !foe.Contains(p));
    }
});

/// <summary>A game is a frame and the game after it.</summary>
internal sealed class BowlingSecond() : Second("bowling-score", q =>
{
    return $"{Score(Asked.Numbers(q), Asked.Int(Asked.First(q, @"(\d+) frames")))}";

    static int Score(int[] rolls, int frames) => (frames, rolls) switch
    {
        (0, _) => 0,
        (_, [10, var a, var b, ..]) => 10 + a + b + Score(rolls[1..], frames - 1),
        (_, [var a, var b, var c, ..]) when a + b == 10 => 10 + c + Score(rolls[2..], frames - 1),
        _ => rolls[0] + rolls[1] + Score(rolls[2..], frames - 1),
    };
});

/// <summary>Looks for patterns in the sorted dice, written as a string.</summary>
internal sealed class DiceSecond() : Second("dice-boxes", q =>
    $"{Asked.All(q, @"\[(\d(?:, \d){4})\] as ([a-z ]+?)(?=;|\.|\?| together)").Sum(entry =>
{
    string dice = string.Concat(entry[0].Where(char.IsDigit).OrderDescending());
    int sum = dice.Sum(d => d - '0');
    int Of(string pattern) => Regex.Match(dice, pattern).Value.Sum(d => d - '0');
    return entry[1] switch
    {
        "pair" => Of(@"(.)\1"),
        "three alike" => Of(@"(.)\1\1"),
        "four alike" => Of(@"(.)\1\1\1"),
        "full house" => Regex.IsMatch(dice, @"^(.)\1\1(?!\1)(.)\2$|^(.)\3(?!\3)(.)\4\4$") ? sum : 0,
        "small run" => dice == "54321" ? 15 : 0,
        "large run" => dice == "65432" ? 20 : 0,
        "chance" => sum,
        var number => Of(number == "fours" ? "4+" : number == "fives" ? "5+" : "6+"),
    };
})}");

/// <summary>One number for each team, with all criteria in its places.</summary>
internal sealed class LeagueSecond() : Second("league-table", q =>
{
    var games = Asked.All(q, @"([A-Z][a-z]+) (\d)-(\d) ([A-Z][a-z]+)").SelectMany(g => new[]
    {
        (Team: g[0], For: Asked.Int(g[1]), Against: Asked.Int(g[2])), (Team: g[3], For: Asked.Int(g[2]), Against: Asked.Int(g[1])),
    });
    return string.Join(", ", games.GroupBy(g => g.Team).OrderBy(team => team.Key, StringComparer.Ordinal).OrderByDescending(team =>
        team.Sum(g => 10_000 * (g.For > g.Against ? 3 : g.For == g.Against ? 1 : 0) + 100 * (g.For - g.Against) + g.For)).Select(team =>
            team.Key));
});

/// <summary>Reads who beats whom from the rule itself.</summary>
internal sealed class FiveSignsSecond() : Second("five-signs", q =>
{
    var beats = Asked.All(q, @"(\w+) beats? (\w+) and (\w+)").SelectMany(b => new[] { (b[0].ToLowerInvariant(), b[1]),
        (b[0].ToLowerInvariant(), b[2]) }).ToHashSet();
    string[][] rounds = [.. Asked.All(q, @"\(\d\) ([a-z, ]+)").Select(r => r[0].Split(", "))];
    return string.Join(", ", Enumerable.Range(0, rounds[0].Length).Select(i => rounds.Sum(shown => shown.Count(other =>
        beats.Contains((shown[i].Trim(), other.Trim()))))));
});
