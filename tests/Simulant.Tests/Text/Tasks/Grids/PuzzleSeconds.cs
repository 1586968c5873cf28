using System.Numerics;

namespace Simulant.Tests.Text.Tasks.Grids;

/// <summary>Tries digits cell by cell, with nothing but the rules, and finds every solution.</summary>
internal sealed class SudokuSecond() : Second("small-sudoku", q =>
{
    string[] rows = Asked.Lines(q, "[1-6.]{4}|[1-6.]{6}");
    int n = rows.Length, width = n / 2;
    char[] cells = string.Concat(rows).ToCharArray();
    var found = new List<string>();
    Fill(0);
    return found.Single();

    void Fill(int at)
    {
        if (at == cells.Length)
        {
            found.Add(string.Join('\n', cells.Chunk(n).Select(row => new string(row))));
            return;
        }
        if (cells[at] != '.')
        {
            Fill(at + 1);
            return;
        }
        for (char digit = '1'; digit < '1' + n; digit++)
        {
            if (Enumerable.Range(0, cells.Length).Any(i => cells[i] == digit && (i / n == at / n || i % n == at % n
                || (i / n / 2 == at / n / 2 && i % n / width == at % n / width)))) continue;
            cells[at] = digit;
            Fill(at + 1);
            cells[at] = '.';
        }
    }
});

/// <summary>Tries every magic square of that sum.</summary>
internal sealed class MagicSecond() : Second("magic-square", q =>
{
    string[] shown = [.. Asked.Lines(q, @"(\d+|\?) (\d+|\?) (\d+|\?)").SelectMany(row => row.Split(' '))];
    int sum = Asked.Int(Asked.First(q, @"(?:up to|the sum|is|sums to) (\d+)")), c = sum / 3;
    var found = new HashSet<string>();
    foreach (int corner in Range(0))
        foreach (int other in Range(2))
        {
            int[] square = [corner, sum - corner - other, other, sum - corner - (2 * c - other), c, sum - other - (2 * c - corner),
                2 * c - other, other + corner - c, 2 * c - corner];
            if (shown.Zip(square).All(pair => pair.First == "?" || pair.First == $"{pair.Second}"))
                found.Add(string.Join(", ", square.Where((_, i) => shown[i] == "?")));
        }
    return found.Single();

    IEnumerable<int> Range(int cell) => shown[cell] == "?" ? Enumerable.Range(0, 2 * c + 1) : [Asked.Int(shown[cell])];
});

/// <summary>Tries digits cell by cell.</summary>
internal sealed class KakuroSecond() : Second("kakuro-block", q =>
{
    int[][] sums = [.. Asked.All(q, @"sums from the \w+: ([\d, ]+)\.").Select(s => Asked.Ints(s[0]))];
    int rows = sums[0].Length, columns = sums[1].Length;
    string[] shown = Asked.Lines(q, $"[1-9.]{{{columns}}}");
    int[,] cell = new int[rows, columns];
    var found = new List<string>();
    Fill(0);
    return found.Single();

    void Fill(int at)
    {
        if (at == rows * columns)
        {
            found.Add(string.Join('\n', Enumerable.Range(0, rows).Select(r => string.Concat(Enumerable.Range(0, columns).Select(c =>
                cell[r, c])))));
            return;
        }
        int row = at / columns, column = at % columns;
        for (int digit = 1; digit <= 9; digit++)
        {
            if (shown[row][column] != '.' && shown[row][column] - '0' != digit) continue;
            int across = digit, down = digit;
            bool twice = false;
            for (int c = 0; c < column; c++)
            {
                across += cell[row, c];
                twice |= cell[row, c] == digit;
            }
            for (int r = 0; r < row; r++)
            {
                down += cell[r, column];
                twice |= cell[r, column] == digit;
            }
            if (twice || across > sums[0][row] || down > sums[1][column]) continue;
            if ((column == columns - 1 && across != sums[0][row]) || (row == rows - 1 && down != sums[1][column])) continue;
            cell[row, column] = digit;
            Fill(at + 1);
        }
    }
});

/// <summary>Reads every line of the square, in all directions, as one string.</summary>
internal sealed class WordSearchSecond() : Second("word-search", q =>
{
    string[] grid = Field.Rows(q, "a-z");
    string word = Asked.Quoted(q)[0];
    int n = grid.Length;
    var lines = new List<(string Way, (int Row, int Column)[] Cells)>();
    for (int i = 0; i < n; i++)
    {
        lines.Add(("right", [.. Enumerable.Range(0, n).Select(k => (i, k))]));
        lines.Add(("down", [.. Enumerable.Range(0, n).Select(k => (k, i))]));
    }
    for (int d = -n; d <= 2 * n; d++)
    {
        lines.Add(("down-right", [.. Enumerable.Range(0, n).Select(k => (k, k + d)).Where(p => p.Item2 >= 0 && p.Item2 < n)]));
        lines.Add(("down-left", [.. Enumerable.Range(0, n).Select(k => (k, d - k)).Where(p => p.Item2 >= 0 && p.Item2 < n)]));
    }
    foreach (var (way, cells) in lines.Concat([.. lines.Select(l => (Opposite(l.Way), l.Cells.Reverse().ToArray()))]))
        if (string.Concat(cells.Select(p => grid[p.Row][p.Column])).IndexOf(word, StringComparison.Ordinal) is var at && at >= 0)
            return $"{cells[at].Row + 1}, {cells[at].Column + 1}, {way}";
    return "";

    static string Opposite(string way) => way switch { "right" => "left", "down" => "up", "down-right" => "up-left", _ => "up-right" };
});

/// <summary>Tries every filling of the row.</summary>
internal sealed class NonogramSecond() : Second("nonogram-row", q =>
{
    string known = Asked.First(q, @"(?<= )([#.?]{10,})(?=[ ,])"), clue = Asked.First(q, @"(?:clue|lengths) (\d+(?: \d+)*)");
    int[] runs = [.. clue.Split(' ').Select(Asked.Int)];
    int n = known.Length, filled = 0, empty = 0, all = (1 << n) - 1, both = all, either = 0;
    for (int i = 0; i < n; i++)
    {
        if (known[i] == '#') filled |= 1 << i;
        if (known[i] == '.') empty |= 1 << i;
    }
    for (int row = 0; row <= all; row++)
    {
        if ((row & filled) != filled || (row & empty) != 0 || BitOperations.PopCount((uint)row) != runs.Sum()) continue;
        int rest = row, run = 0;
        for (; rest != 0 && run < runs.Length; run++)
        {
            rest >>= BitOperations.TrailingZeroCount(rest);
            int length = BitOperations.TrailingZeroCount(~rest);
            if (length != runs[run]) break;
            rest >>= length;
        }
        if (rest != 0 || run < runs.Length) continue;
        both &= row;
        either |= row;
    }
    return string.Concat(Enumerable.Range(0, n).Select(i => (both >> i & 1) != 0 ? '#' : (either >> i & 1) == 0 ? '.' : '?'));
});

/// <summary>Deepens step by step, never going back where it came from.</summary>
internal sealed class SlidingSecond() : Second("sliding-tiles", q =>
{
    string[] rows = Asked.Lines(q, "[1-8_]{3}");
    char[] tiles = string.Concat(rows[..3]).ToCharArray();
    string goal = string.Concat(rows[3..]);
    for (int depth = 0; ; depth++)
        if (Within(depth, -1)) return $"{depth}";

    bool Within(int depth, int from)
    {
        int wrong = Enumerable.Range(0, 9).Count(i => tiles[i] != '_' && tiles[i] != goal[i]);
        if (wrong == 0) return depth == 0 || new string(tiles) == goal;
        if (wrong > depth) return false;
        int gap = Array.IndexOf(tiles, '_');
        for (int to = 0; to < 9; to++)
        {
            if (to == from || Math.Abs(to / 3 - gap / 3) + Math.Abs(to % 3 - gap % 3) != 1) continue;
            (tiles[gap], tiles[to]) = (tiles[to], '_');
            bool found = Within(depth - 1, gap);
            (tiles[gap], tiles[to]) = ('_', tiles[gap]);
            if (found) return true;
        }
        return false;
    }
});

/// <summary>Compares each tower with all that stand before it.</summary>
internal sealed class SightSecond() : Second("sightlines", q =>
{
    bool right = System.Text.RegularExpressions.Regex.IsMatch(q, @"from the right|to its right|on the right");
    var rows = Field.Rows(q, "1-9").Select(row => right ? new string([.. row.Reverse()]) : row);
    return $"{rows.Sum(row => row.Where((tower, i) => row[..i].All(t => t < tower)).Count())}";
});
