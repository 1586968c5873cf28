using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Grids;

/// <summary>How many cells a flood from one cell fills.</summary>
internal sealed class FloodFill() : TaskFamily("flood-fill", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = level + 4;
        char[][] grid = Cells.Draw(draws.Problem, size, size, '#', 0.42, '.');
        int row = draws.Problem.Below(size), column = draws.Problem.Below(size);
        grid[row][column] = '.';
        string shown = Cells.Show(grid);
        var work = new StepList();
        var wave = new List<(int Row, int Column)> { (row, column) };
        grid[row][column] = '*';
        int total = 1;
        for (int steps = 1; wave.Count > 0; steps++)
        {
            var next = new List<(int Row, int Column)>();
            foreach (var (r, c) in wave)
                foreach (var (dr, dc) in Cells.Sides)
                {
                    if (!Cells.Inside(grid, r + dr, c + dc) || grid[r + dr][c + dc] != '.') continue;
                    grid[r + dr][c + dc] = '*';
                    next.Add((r + dr, c + dc));
                    work.Add($"from {Cells.At(r, c)} to {Cells.At(r + dr, c + dc)}", $"{++total} cells");
                }
            wave = next;
        }
        work.Add("nothing more can be reached, so the area is", $"{total}");
        string at = Cells.At(row, column);
        return new(Cells.Ask(draws.Wording, shown,
            ("In this map . is water and # is land.", $"Rows and columns count from 1 at the top left. How many water cells hang "
                + $"together with the one at {at} (row, column) by "
                + "their sides, itself included?"),
            ($"A flood starts at {at} (row, column; both count from 1 at the top left) and spreads over the cells marked . through their "
                + "sides; # stops it. How many cells get "
                + "wet, the first included?", ""),
            ("", $"How large is the region of . cells, joined by sides, that contains the cell {at}? (Row and column are numbered from "
                + "1, from the top left.)"),
            ($"Walls are #, free cells are dots. From {at} (row, column, from 1 at the top left) one moves up, down, left and right.",
                "How many free cells can be reached, "
                + "counting the start?")), $"{total}", work);
    }
}

/// <summary>The fewest moves through a maze.</summary>
internal sealed class MazePath() : TaskFamily("maze-path", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = level + 5;
        for (int attempt = 0; ; attempt++)
        {
            char[][] grid = Cells.Draw(draws.Problem, size, size, '#', attempt > 40 ? 0.15 : 0.33, '.');
            grid[0][0] = 'S';
            grid[size - 1][size - 1] = 'E';
            string shown = Cells.Show(grid);
            var work = new StepList();
            int moves = 0;
            List<(int Row, int Column)> wave = [(0, 0)];
            for (bool found = false; wave.Count > 0 && !found; moves++)
            {
                var next = new List<(int Row, int Column)>();
                foreach (var (r, c) in wave)
                    foreach (var (dr, dc) in Cells.Sides)
                    {
                        if (!Cells.Inside(grid, r + dr, c + dc) || grid[r + dr][c + dc] is not ('.' or 'E')) continue;
                        found |= grid[r + dr][c + dc] == 'E';
                        grid[r + dr][c + dc] = '*';
                        next.Add((r + dr, c + dc));
                    }
                work.Add($"reached after {Phrases.Count(moves + 1, "move")}", Phrases.Commas(next.Select(p => Cells.At(p.Row, p.Column))));
                wave = next;
            }
            if (wave.Count == 0) continue;
            work.Add("E is reached first after", $"{moves}");
            return new(Cells.Ask(draws.Wording, shown,
                ("In the maze below # is a wall and . is free. One moves up, down, left or right.", "How many moves does the shortest "
                    + "way from S to E take?"),
                ("What is the least number of steps (to a cell above, below, left or right) from S to E without entering a #?", ""),
                ("", "Find the length, in moves between cells that share a side, of the shortest path from S to E. Cells marked # are "
                    + "blocked."),
                ("A robot stands on S and wants to get to E. It cannot enter # and does not move diagonally.", "How many moves does it "
                    + "need at least?")),
                $"{moves}", work);
        }
    }
}

/// <summary>Each free cell gets the number of mines around it.</summary>
internal sealed class MineCounts() : TaskFamily("mine-counts", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 3, columns = level + 5;
        char[][] grid = Cells.Draw(draws.Problem, rows, columns, '*', 0.35, '.');
        char[][] counts = Cells.Copy(grid);
        var work = new StepList();
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                if (grid[r][c] == '.') counts[r][c] = (char)('0' + Cells.Near(grid, r, c, '*'));
            work.Add($"row {r + 1}, {new string(grid[r])}, with the rows beside it", new string(counts[r]));
        }
        string answer = Cells.Show(counts);
        work.Add("all rows", answer);
        return new(Cells.Ask(draws.Wording, Cells.Show(grid),
            ("This is a field of mines (*) and free cells (.).", "Replace every free cell by the number of mines among its eight "
                + "neighbours and give the field row by row."),
            ("In Minesweeper each free cell shows how many of the up to eight cells around it are mines. Mines are *. Write the whole "
                + "field with . replaced by these numbers.", ""),
            ("", "Each * is a mine. Write the same grid with the count of adjacent mines (diagonals included) in place of each dot."),
            ("Given the mines * below,", "what does the solved Minesweeper board look like? Keep * for mines and put digits, 0 included, "
                + "everywhere else.")),
            answer, work);
    }
}

/// <summary>Conway's game after some generations.</summary>
internal sealed class LifeGenerations() : TaskFamily("life-generations", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = 4 + (level + 1) / 2, generations = level;
        char[][] grid = Cells.Draw(draws.Problem, size, size + 1, '#', 0.4, '.');
        string shown = Cells.Show(grid);
        var work = new StepList();
        for (int generation = 1; generation <= generations; generation++)
        {
            char[][] next = Cells.Copy(grid);
            for (int r = 0; r < size; r++)
                for (int c = 0; c <= size; c++)
                {
                    int near = Cells.Near(grid, r, c, '#');
                    next[r][c] = near == 3 || (near == 2 && grid[r][c] == '#') ? '#' : '.';
                }
            grid = next;
            work.Add($"generation {generation} has {Phrases.Count(grid.Sum(row => row.Count(cell => cell == '#')), "live cell")}",
                Cells.Show(grid));
        }
        work.Add("this is the last", Cells.Show(grid));
        const string rule = "A live cell (#) with two or three live neighbours among the eight around it lives on, a dead cell (.) with "
            + "exactly three comes to life, and all "
            + "others are dead; outside the grid everything stays dead.";
        string after = Phrases.Count(generations, "generation");
        return new(Cells.Ask(draws.Wording, shown,
            ($"Game of Life: {rule}", $"Write the grid after {after}."),
            ($"What does this grid look like after {after} of Conway's Game of Life? {rule}", ""),
            ("", $"{rule} Give the state after {after}, row by row."),
            ($"{rule} The cells start like this:", $"Show them {after} later.")), Cells.Show(grid), work);
    }
}

/// <summary>Lamps that switch with their neighbours.</summary>
internal sealed class LampPresses() : TaskFamily("lamp-presses", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = 4 + level / 4;
        char[][] grid = Cells.Draw(draws.Problem, size, size, '1', 0.5, '0');
        string shown = Cells.Show(grid);
        var presses = draws.Problem.Distinct(level + 1, 0, size * size - 1);
        var work = new StepList();
        foreach (int press in presses)
        {
            int row = press / size, column = press % size;
            foreach (var (dr, dc) in Cells.Sides.Append((Row: 0, Column: 0)))
                if (Cells.Inside(grid, row + dr, column + dc)) grid[row + dr][column + dc] ^= (char)1;
            work.Add($"press {Cells.At(row, column)}", Cells.Show(grid));
        }
        string answer = Cells.Show(grid), list = Phrases.Commas(presses.Select(press => Cells.At(press / size, press % size)));
        const string rule = "Pressing a lamp switches it and the lamps directly above, below, left and right of it.";
        return new(Cells.Ask(draws.Wording, shown,
            ($"Lamps are on (1) or off (0). {rule}", $"Press the lamps at {list}, given as (row, column) from the top left, from 1. What "
                + "does the panel show then?"),
            ($"{rule} These are pressed, as (row, column), counted from 1 at the top left: {list}. Write the resulting panel.", ""),
            ("", $"{rule} The panel above (1 is on) is pressed at {list}; rows and columns count from 1 at the top left. Give the new "
                + "panel."),
            ($"Lights Out: {rule} The start is", $"and the presses, as (row, column) from 1, are {list}. Write the final state with 0 "
                + "and 1.")), answer, work);
    }
}
