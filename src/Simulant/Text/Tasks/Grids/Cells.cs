using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Grids;

/// <summary>Grids of single characters, a line a row.</summary>
internal static class Cells
{
    public static readonly (int Row, int Column)[] Sides = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    public static readonly (int Row, int Column)[] Around = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)];

    /// <summary>A grid in which a cell is the first character with the probability, else the second.</summary>
    public static char[][] Draw(ItemDraws random, int rows, int columns, char one, double probability, char two) =>
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => random.Chance(probability) ? one : two)
            .ToArray())];

    public static string Show(char[][] grid) => string.Join('\n', grid.Select(row => new string(row)));

    public static bool Inside(char[][] grid, int row, int column) => row >= 0 && row < grid.Length && column >= 0 && column < grid[0]
        .Length;

    /// <summary>How many of the eight cells around hold the character.</summary>
    public static int Near(char[][] grid, int row, int column, char what) =>
        Around.Count(step => Inside(grid, row + step.Row, column + step.Column) && grid[row + step.Row][column + step.Column] == what);

    public static char[][] Copy(char[][] grid) => [.. grid.Select(row => row.ToArray())];

    /// <summary>(row, column), from 1.</summary>
    public static string At(int row, int column) => $"({row + 1}, {column + 1})";

    /// <summary>A statement with a grid on lines of its own; of each pair, the words before and after it.</summary>
    public static string Ask(ItemDraws wording, string grid, params (string Before, string After)[] ways)
    {
        var (before, after) = wording.Pick(ways);
        return after == "" ? $"{before}\n\n{grid}" : before == "" ? $"{grid}\n\n{after}" : $"{before}\n\n{grid}\n\n{after}";
    }
}
