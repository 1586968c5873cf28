using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Grids;

/// <summary>A small sudoku, filled by singles: cells with one digit left, digits with one place left.</summary>
internal sealed class SmallSudoku() : TaskFamily("small-sudoku", TaskCategories.Grids)
{
    private static readonly (int Size, int Open)[] Sizes = [(4, 7), (4, 9), (6, 13), (6, 17), (6, 21)];

    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (size, open) = Sizes[level - 1];
        int[] puzzle = Full(draws.Problem, size);
        foreach (int cell in draws.Problem.Shuffle(Enumerable.Range(0, puzzle.Length).ToArray()))
        {
            if (open == 0) break;
            int digit = puzzle[cell];
            puzzle[cell] = 0;
            if (Solve([.. puzzle], size, null)) open--;
            else puzzle[cell] = digit;
        }
        int[] filled = [.. puzzle];
        var work = new StepList();
        Solve(filled, size, work);
        string answer = Show(filled, size);
        work.Add("the grid is full", answer);
        string box = size == 4 ? "2 by 2" : "2 by 3 (two rows, three columns)";
        string rule = $"Every row, every column and every box of {box} cells holds each of the digits 1 to {size} once.";
        return new(Cells.Ask(draws.Wording, Show(puzzle, size),
            ($"Solve this {size} by {size} sudoku; a dot is an empty cell.", $"{rule} Write the full grid in the same form."),
            ($"{rule} Fill the dots and give the whole grid, row by row.", ""),
            ("", $"The grid above is a small sudoku. {rule} Complete it and write all rows."),
            ($"Fill in the missing digits (dots). {rule}", "Answer with the complete grid, without spaces.")), answer, work);
    }

    // A pattern that is valid, with digits, rows and columns shuffled within what keeps it so.
    private static int[] Full(ItemDraws random, int size)
    {
        int width = size / 2;
        int[] digits = random.Shuffle(Enumerable.Range(1, size).ToArray());
        int[] rows = [.. random.Shuffle(Enumerable.Range(0, width).ToArray()).SelectMany(band => random.Shuffle([2 * band, 2 * band + 1]))];
        int[] columns = [.. random.Shuffle(new[] { 0, 1 }).SelectMany(stack => random.Shuffle(Enumerable.Range(width * stack, width)
            .ToArray()))];
        return [.. rows.SelectMany(r => columns.Select(c => digits[(r % 2 * width + r / 2 + c) % size]))];
    }

    private static bool Solve(int[] cells, int size, StepList? work)
    {
        int[][] units = size == 4 ? Units4 : Units6;
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int cell = 0; cell < cells.Length; cell++)
            {
                if (cells[cell] != 0) continue;
                int left = Left(cells, units, cell, size);
                if (!BitOperations.IsPow2(left)) continue;
                Put(cell, BitOperations.Log2((uint)left), "only this digit is left for");
            }
            for (int u = 0; u < units.Length; u++)
                for (int digit = 1; digit <= size; digit++)
                {
                    int place = -1, places = 0;
                    foreach (int cell in units[u])
                    {
                        if (cells[cell] == digit) places = 9;
                        if (cells[cell] != 0 || (Left(cells, units, cell, size) >> digit & 1) == 0) continue;
                        places++;
                        place = cell;
                    }
                    if (places == 1) Put(place, digit, u < size ? "its row has no other place, so to" : u < 2 * size ? "its column has "
                        + "no other place, so to"
                        : "its box has no other place, so to");
                }
            void Put(int cell, int digit, string why)
            {
                cells[cell] = digit;
                moved = true;
                work?.Add($"{why} {Cells.At(cell / size, cell % size)}", $"{digit}");
            }
        }
        return Array.IndexOf(cells, 0) < 0;
    }

    private static int Left(int[] cells, int[][] units, int cell, int size)
    {
        int width = size / 2, row = cell / size, column = cell % size, box = row / 2 * 2 + column / width;
        int left = (2 << size) - 2;
        foreach (int other in units[row]) left &= ~(1 << cells[other]);
        foreach (int other in units[size + column]) left &= ~(1 << cells[other]);
        foreach (int other in units[2 * size + box]) left &= ~(1 << cells[other]);
        return left;
    }

    private static readonly int[][] Units4 = Units(4), Units6 = Units(6);

    private static int[][] Units(int size)
    {
        int width = size / 2;
        int[] all = [.. Enumerable.Range(0, size * size)];
        return [.. all.GroupBy(c => c / size).OrderBy(g => g.Key).Select(g => g.ToArray()), .. all.GroupBy(c => c % size).OrderBy(g =>
            g.Key).Select(g => g.ToArray()),
            .. all.GroupBy(c => c / size / 2 * 2 + c % size / width).OrderBy(g => g.Key).Select(g => g.ToArray())];
    }

    private static string Show(int[] cells, int size) =>
        string.Join('\n', cells.Chunk(size).Select(row => string.Concat(row.Select(cell => cell == 0 ? "." : $"{cell}"))));
}

/// <summary>The missing numbers of a magic square whose sum is known.</summary>
internal sealed class MagicSquare() : TaskFamily("magic-square", TaskCategories.Grids)
{
    private static readonly int[][] Lines =
        [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

    private static readonly string[] Names = ["row 1", "row 2", "row 3", "column 1", "column 2", "column 3", "the diagonal \\", "the "
        + "diagonal /"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int c = random.Between(50, 150), a = random.Between(1, 22), b = random.Between(1, 22);
        if (a == b) b = a + 1;
        int[] square = [c - b, c + a + b, c - a, c - a + b, c, c + a - b, c + a, c - a - b, c + b];
        int[] gaps;
        StepList work;
        do
        {
            gaps = [.. random.Sample(Enumerable.Range(0, 9).ToArray(), level + 1).Order()];
            work = [];
        } while (!Solve([.. square.Select((n, i) => gaps.Contains(i) ? int.MinValue : n)], 3 * c, work));
        string answer = Phrases.Commas(gaps.Select(g => square[g]));
        work.Add("the missing numbers", answer);
        string shown = string.Join('\n', Enumerable.Range(0, 3).Select(r => string.Join(' ', Enumerable.Range(3 * r, 3).Select(i =>
            gaps.Contains(i) ? "?" : $"{square[i]}"))));
        const string form = "Give the missing numbers row by row, separated by commas.";
        return new(Cells.Ask(draws.Wording, shown,
            ($"In this magic square every row, column and diagonal adds up to {3 * c}.", form),
            ($"Complete the magic square; all rows, columns and both diagonals have the sum {3 * c}. {form}", ""),
            ("", $"The sum of each row, each column and each diagonal is {3 * c}. {form}"),
            ($"Replace the question marks so that every line of three, diagonals too, sums to {3 * c}.", form)), answer, work);
    }

    private static bool Solve(int[] square, int sum, StepList work)
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int l = 0; l < Lines.Length; l++)
            {
                int[] open = [.. Lines[l].Where(i => square[i] == int.MinValue)];
                if (open.Length != 1) continue;
                int[] known = [.. Lines[l].Where(i => square[i] != int.MinValue).Select(i => square[i])];
                square[open[0]] = sum - known[0] - known[1];
                moved = true;
                work.Add($"{Names[l]} lacks only the cell {Cells.At(open[0] / 3, open[0] % 3)}", $"{sum} - {known[0]} - {known[1]} = "
                    + $"{square[open[0]]}");
            }
        }
        return !square.Contains(int.MinValue);
    }
}

/// <summary>Digits by the sums of rows and columns, no digit twice in a line.</summary>
internal sealed class KakuroBlock() : TaskFamily("kakuro-block", TaskCategories.Grids)
{
    private static readonly (int Rows, int Columns, int Given)[] Sizes = [(3, 3, 3), (3, 3, 0), (3, 4, 0)];

    public override int Levels => 3;

    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var (rows, columns, start) = Sizes[level - 1];
        int[][] digits = new int[rows][];
        for (int r = 0; r < rows; r++)
            do digits[r] = random.Distinct(columns, 1, 9);
            while (Enumerable.Range(0, r).Any(up => Enumerable.Range(0, columns).Any(c => digits[up][c] == digits[r][c])));
        int[][] runs = [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(r * columns, columns).ToArray()),
            .. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Select(r => r * columns + c).ToArray())];
        int[] flat = [.. digits.SelectMany(row => row)], sums = [.. runs.Select(run => run.Sum(i => flat[i]))];
        int[] hidden = random.Shuffle(Enumerable.Range(0, flat.Length).ToArray());
        bool[] given = new bool[flat.Length];
        StepList work;
        for (int reveal = 0; ; reveal++)
        {
            if (reveal < start)
            {
                given[hidden[reveal]] = true;
                continue;
            }
            work = [];
            if (Solve([.. flat.Select((d, i) => given[i] ? 1 << d : 1022)], runs, sums, rows, work)) break;
            given[hidden[reveal]] = true;
        }
        string answer = Show(_ => true), open = Show(i => given[i]);
        work.Add("the whole block", answer);
        string facts = $"Row sums from the top: {Phrases.Commas(sums[..rows])}. Column sums from the left: {Phrases.Commas(sums[rows..])}.";
        return new(Cells.Ask(draws.Wording, open,
            ("Fill the dots with digits from 1 to 9, so that no digit stands twice in a row or column.", $"{facts} Write the full block."),
            ($"A block of a kakuro: digits 1 to 9, none repeated within a row or a column. {facts} Give all rows.", ""),
            ("", $"{facts} All cells hold digits 1 to 9, different within each row and each column. Complete the block."),
            ($"{facts} Within a line, across or down, all digits (1 to 9) differ.", "Replace the dots and write the rows.")), answer, work);

        string Show(Func<int, bool> seen) => string.Join('\n', Enumerable.Range(0, rows).Select(r =>
            string.Concat(Enumerable.Range(r * columns, columns).Select(i => seen(i) ? $"{flat[i]}" : "."))));
    }

    // Candidates as bits 1 to 9; each line keeps what occurs in some way to reach its sum.
    private static bool Solve(int[] cells, int[][] runs, int[] sums, int rows, StepList work)
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int u = 0; u < runs.Length; u++)
            {
                int[] run = runs[u], keep = new int[run.Length];
                Ways(cells, run, 0, sums[u], 0, keep, new int[run.Length]);
                for (int k = 0; k < run.Length; k++)
                {
                    if (keep[k] == cells[run[k]]) continue;
                    cells[run[k]] = keep[k];
                    moved = true;
                    work.Add($"{(u < rows ? $"row {u + 1}" : $"column {u - rows + 1}")} with sum {sums[u]}, cell {k + 1}",
                        "can be " + string.Join(" or ", Enumerable.Range(1, 9).Where(d => (keep[k] >> d & 1) != 0)));
                }
            }
        }
        return cells.All(bits => BitOperations.IsPow2(bits));
    }

    private static void Ways(int[] cells, int[] run, int at, int sum, int used, int[] keep, int[] chosen)
    {
        if (at == run.Length)
        {
            if (sum != 0) return;
            for (int k = 0; k < run.Length; k++) keep[k] |= 1 << chosen[k];
            return;
        }
        int left = run.Length - at - 1;
        for (int digit = Math.Max(1, sum - 9 * left); digit <= Math.Min(9, sum - left); digit++)
        {
            if ((cells[run[at]] >> digit & 1) == 0 || (used >> digit & 1) != 0) continue;
            chosen[at] = digit;
            Ways(cells, run, at + 1, sum - digit, used | 1 << digit, keep, chosen);
        }
    }
}
