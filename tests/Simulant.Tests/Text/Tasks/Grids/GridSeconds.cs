using System.Numerics;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Grids;

/// <summary>Grids read from statements, and what several second solvers do with them.</summary>
internal static class Field
{
    public static string[] Rows(string question, string cell) => Asked.Lines(question, $"[{cell}]{{2,}}");

    public static (int Row, int Column)[] Places(string question) =>
        [.. Asked.All(question, @"\((\d+), (\d+)\)").Select(p => (Asked.Int(p[0]) - 1, Asked.Int(p[1]) - 1))];

    public static char At(string[] grid, int row, int column) =>
        row < 0 || column < 0 || row >= grid.Length || column >= grid[0].Length ? '\0' : grid[row][column];
}

/// <summary>Joins neighbouring cells until nothing changes, and counts the cells with the label of the start.</summary>
internal sealed class FloodSecond() : Second("flood-fill", q =>
{
    string[] grid = Field.Rows(q, "#.");
    int n = grid[0].Length;
    int[] label = [.. Enumerable.Range(0, grid.Length * n)];
    for (bool moved = true; moved;)
    {
        moved = false;
        for (int cell = 0; cell < label.Length; cell++)
            foreach (int next in (int[])[cell + n, (cell + 1) % n == 0 ? -1 : cell + 1])
            {
                if (next < 0 || next >= label.Length || grid[cell / n][cell % n] == '#' || grid[next / n][next % n] == '#'
                    || label[cell] == label[next]) continue;
                label[cell] = label[next] = Math.Min(label[cell], label[next]);
                moved = true;
            }
    }
    var (row, column) = Field.Places(q)[0];
    return $"{label.Count(l => l == label[row * n + column])}";
});

/// <summary>Lowers distances until nothing changes.</summary>
internal sealed class MazeSecond() : Second("maze-path", q =>
{
    string[] grid = Field.Rows(q, "#.SE");
    int n = grid.Length;
    int[,] far = new int[n, n];
    for (int i = 1; i < n * n; i++) far[i / n, i % n] = 10_000;
    for (bool moved = true; moved;)
    {
        moved = false;
        for (int r = 0; r < n; r++)
            for (int c = 0; c < n; c++)
            {
                if (grid[r][c] == '#') continue;
                int best = Math.Min(Math.Min(r > 0 ? far[r - 1, c] : 10_000, r < n - 1 ? far[r + 1, c] : 10_000),
                    Math.Min(c > 0 ? far[r, c - 1] : 10_000, c < n - 1 ? far[r, c + 1] : 10_000)) + 1;
                if (best >= far[r, c]) continue;
                far[r, c] = best;
                moved = true;
            }
    }
    return $"{far[n - 1, n - 1]}";
});

/// <summary>Every mine adds one to the cells around it.</summary>
internal sealed class MinesSecond() : Second("mine-counts", q =>
{
    string[] grid = Field.Rows(q, "*.");
    int[,] count = new int[grid.Length + 2, grid[0].Length + 2];
    for (int r = 0; r < grid.Length; r++)
        for (int c = 0; c < grid[0].Length; c++)
            if (grid[r][c] == '*')
                for (int k = 0; k < 9; k++) count[r + k / 3, c + k % 3]++;
    return string.Join('\n', grid.Select((row, r) => string.Concat(row.Select((cell, c) => cell == '*' ? "*" : $"{count[r + 1, c + 1]}"))));
});

/// <summary>Only the live cells are kept, and each adds to its neighbours.</summary>
internal sealed class LifeSecond() : Second("life-generations", q =>
{
    string[] grid = Field.Rows(q, "#.");
    var live = new HashSet<(int Row, int Column)>();
    for (int r = 0; r < grid.Length; r++)
        for (int c = 0; c < grid[0].Length; c++)
            if (grid[r][c] == '#') live.Add((r, c));
    for (int g = Asked.Int(Asked.First(q, @"(\d+) generations?")); g > 0; g--)
        live = [.. live.SelectMany(p => Enumerable.Range(0, 9).Where(k => k != 4).Select(k => (Row: p.Row + k / 3 - 1, Column: p.Column
            + k % 3 - 1)))
            .Where(p => Field.At(grid, p.Row, p.Column) != '\0').GroupBy(p => p).Where(g => g.Count() == 3 || (g.Count() == 2
                && live.Contains(g.Key))).Select(g => g.Key)];
    return string.Join('\n', grid.Select((row, r) => string.Concat(row.Select((_, c) => live.Contains((r, c)) ? '#' : '.'))));
});

/// <summary>Asks of each lamp how many presses reach it.</summary>
internal sealed class LampSecond() : Second("lamp-presses", q =>
{
    var presses = Field.Places(q);
    return string.Join('\n', Field.Rows(q, "01").Select((row, r) => string.Concat(row.Select((lamp, c) =>
        (lamp - '0' + presses.Count(p => Math.Abs(p.Row - r) + Math.Abs(p.Column - c) <= 1)) % 2))));
});

/// <summary>From the end backwards, recursively with memory.</summary>
internal sealed class PathCountSecond() : Second("grid-path-count", q =>
{
    string[] grid = Field.Rows(q, "#.");
    var known = new Dictionary<(int, int), long>();
    return $"{From(0, 0)}";

    long From(int r, int c)
    {
        if (Field.At(grid, r, c) != '.') return 0;
        if (r == grid.Length - 1 && c == grid[0].Length - 1) return 1;
        return known.TryGetValue((r, c), out long ways) ? ways : known[(r, c)] = From(r + 1, c) + From(r, c + 1);
    }
});

/// <summary>Dijkstra's way instead of row by row.</summary>
internal sealed class DescentSecond() : Second("cheapest-descent", q =>
{
    string[] grid = Field.Rows(q, "1-9");
    var open = new PriorityQueue<(int Row, int Column), int>();
    open.Enqueue((0, 0), grid[0][0] - '0');
    while (open.TryDequeue(out var at, out int sum))
    {
        if (at == (grid.Length - 1, grid[0].Length - 1)) return $"{sum}";
        foreach (var (r, c) in ((int, int)[])[(at.Row + 1, at.Column), (at.Row, at.Column + 1)])
            if (Field.At(grid, r, c) is var digit && digit != '\0') open.Enqueue((r, c), sum + digit - '0');
    }
    return "";
});

/// <summary>In complex numbers: a turn is a multiplication by i or -i.</summary>
internal sealed class RobotSecond() : Second("robot-moves", q =>
{
    string[] start = Asked.All(q, @"\((-?\d+), (-?\d+)\), facing (\w+)")[0];
    var at = new Complex(Asked.Int(start[0]), Asked.Int(start[1]));
    string[] ways = ["east", "north", "west", "south"];
    Complex[] directions = [Complex.One, Complex.ImaginaryOne, -Complex.One, -Complex.ImaginaryOne];
    var facing = directions[Array.IndexOf(ways, start[2])];
    foreach (Match m in Regex.Matches(q, @"turn (right|left)|go (forward|back) (\d+)"))
    {
        if (m.Groups[1].Success) facing *= m.Groups[1].Value == "left" ? Complex.ImaginaryOne : -Complex.ImaginaryOne;
        else at += facing * (m.Groups[2].Value == "back" ? -1 : 1) * Asked.Int(m.Groups[3].Value);
    }
    int way = Array.FindIndex(directions, d => (d - facing).Magnitude < 0.1);
    return $"{Math.Round(at.Real)}, {Math.Round(at.Imaginary)}, {ways[way]}";
});

/// <summary>Keeps the set of cells that differ from the start, and the direction as a step.</summary>
internal sealed class AntSecond() : Second("turning-ant", q =>
{
    string[] grid = Field.Rows(q, "#.");
    var (dx, dy) = Asked.First(q, @"(?:facing|faces) (\w+)") switch { "up" => (0, -1), "down" => (0, 1), "left" => (-1, 0), _ => (1, 0) };
    int x = 2, y = 2;
    var changed = new HashSet<(int, int)>();
    for (int steps = Asked.Int(Asked.First(q, @"(\d+) moves")); steps > 0; steps--)
    {
        bool dot = (grid[y][x] == '.') != changed.Contains((x, y));
        (dx, dy) = dot ? (-dy, dx) : (dy, -dx);
        if (!changed.Add((x, y))) changed.Remove((x, y));
        (x, y) = ((x + dx + 5) % 5, (y + dy + 5) % 5);
    }
    return $"{y + 1}, {x + 1}";
});

/// <summary>Takes the top row off and turns the rest, again and again.</summary>
internal sealed class SpiralSecond() : Second("spiral-reading", q =>
{
    string[] grid = Field.Rows(q, "a-z");
    if (q.Contains("anticlockwise", StringComparison.Ordinal)) grid = Turned(grid);
    string read = "";
    while (grid.Length > 0)
    {
        read += grid[0];
        grid = Turned(grid[1..]).Reverse().ToArray();
    }
    return read;

    static string[] Turned(string[] grid) =>
        grid.Length == 0 ? [] : [.. Enumerable.Range(0, grid[0].Length).Select(c => string.Concat(grid.Select(row => row[c])))];
});

/// <summary>Follows where each corner goes, as one change of coordinates.</summary>
internal sealed class TurnsSecond() : Second("grid-turns", q =>
{
    string[] grid = Field.Rows(q, "A-H");
    int rows = grid.Length, columns = grid[0].Length;
    var from = Enumerable.Range(0, rows * columns).ToDictionary(i => (Row: i / columns, Column: i % columns), i =>
        grid[i / columns][i % columns]);
    foreach (Match m in Regex.Matches(q, "quarter clockwise|quarter anticlockwise|by half|left to right|top to bottom|swap rows"))
    {
        from = from.ToDictionary(pair => m.Value switch
        {
            "quarter clockwise" => (pair.Key.Column, rows - 1 - pair.Key.Row),
            "quarter anticlockwise" => (columns - 1 - pair.Key.Column, pair.Key.Row),
            "by half" => (rows - 1 - pair.Key.Row, columns - 1 - pair.Key.Column),
            "left to right" => (pair.Key.Row, columns - 1 - pair.Key.Column),
            "top to bottom" => (rows - 1 - pair.Key.Row, pair.Key.Column),
            _ => (pair.Key.Column, pair.Key.Row),
        }, pair => pair.Value);
        if (m.Value is "swap rows" or "quarter clockwise" or "quarter anticlockwise") (rows, columns) = (columns, rows);
    }
    return string.Join('\n', Enumerable.Range(0, rows).Select(r => string.Concat(Enumerable.Range(0, columns).Select(c => from[(r, c)]))));
});
