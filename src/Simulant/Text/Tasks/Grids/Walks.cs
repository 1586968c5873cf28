using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Grids;

/// <summary>How many ways lead right and down past blocked cells.</summary>
internal sealed class GridPathCount() : TaskFamily("grid-path-count", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 4, columns = level + 6;
        char[][] grid;
        StepList work;
        long[] ways;
        int attempt = 0;
        do
        {
            grid = Cells.Draw(draws.Problem, rows, columns, '#', 0.22, '.');
            grid[0][0] = grid[^1][^1] = '.';
            work = [];
            ways = new long[columns];
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    ways[c] = grid[r][c] == '#' ? 0 : r == 0 && c == 0 ? 1 : ways[c] + (c > 0 ? ways[c - 1] : 0);
                work.Add($"ways to the cells of row {r + 1}", string.Join(' ', ways));
            }
        } while (ways[^1] == 0 && ++attempt < 12);
        work.Add("ways to the last cell", $"{ways[^1]}");
        return new(Cells.Ask(draws.Wording, Cells.Show(grid),
            ("Cells marked # are blocked.", "In how many ways can one go from the top left to the bottom right cell if every move goes "
                + "one cell right or one cell down?"),
            ("Count the paths from the top left corner to the bottom right corner that move only right or down and avoid #.", ""),
            ("", "A rook creeps one cell at a time, right or down, from the first cell of the first row to the last cell of the last "
                + "row, never onto a #. How many routes has it?"),
            ("A city map with closed crossings (#):", "How many routes lead from the upper left to the lower right crossing, going only "
                + "right and down?")),
            $"{ways[^1]}", work);
    }
}

/// <summary>The cheapest way right and down through numbers.</summary>
internal sealed class CheapestDescent() : TaskFamily("cheapest-descent", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 2, columns = level + 3;
        char[][] grid = [.. Enumerable.Range(0, rows).Select(_ => draws.Problem.Letters(columns, "123456789").ToCharArray())];
        var work = new StepList();
        int[] best = new int[columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                best[c] = grid[r][c] - '0' + (r == 0 ? c == 0 ? 0 : best[c - 1] : c == 0 ? best[0] : Math.Min(best[c], best[c - 1]));
            work.Add($"least sums to the cells of row {r + 1}", string.Join(' ', best));
        }
        work.Add("least sum to the last cell", $"{best[^1]}");
        return new(Cells.Ask(draws.Wording, Cells.Show(grid),
            ("Each digit is the cost of its cell.", "What is the least total cost of a path from the top left to the bottom right cell, "
                + "both included, moving only right or down?"),
            ("Go from the upper left digit to the lower right one, stepping right or down. What is the smallest possible sum of the "
                + "digits visited, first and last included?", ""),
            ("", "Find the minimum path sum from the first to the last cell when each step goes right or down; both ends count."),
            ("Toll is paid on every field entered and on the first one:", "What does the cheapest way from top left to bottom right cost "
                + "if one may only go right or down?")),
            $"{best[^1]}", work);
    }
}

/// <summary>Where a robot ends, and which way it faces.</summary>
internal sealed class RobotMoves() : TaskFamily("robot-moves", TaskCategories.Grids)
{
    private static readonly string[] Ways = ["north", "east", "south", "west"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int x = random.Between(-9, 9), y = random.Between(-9, 9), facing = random.Below(4);
        string start = $"({x}, {y}), facing {Ways[facing]}";
        var said = new List<string>();
        var work = new StepList();
        for (int i = 0; i < level + 3; i++)
        {
            int turn = random.Below(3) switch { 0 => 0, 1 => 1, _ => 3 }, far = random.Between(1, 9);
            bool back = random.Chance(0.2);
            if (turn != 0) said.Add(turn == 1 ? "turn right" : "turn left");
            said.Add($"go {(back ? "back" : "forward")} {far}");
            facing = (facing + turn) % 4;
            int way = back ? -far : far;
            (x, y) = facing switch { 0 => (x, y + way), 1 => (x + way, y), 2 => (x, y - way), _ => (x - way, y) };
            work.Add($"{(turn == 0 ? "" : said[^2] + ", ")}{said[^1]}", $"at ({x}, {y}), facing {Ways[facing]}");
        }
        string answer = $"{x}, {y}, {Ways[facing]}", list = Phrases.Commas(said);
        work.Add("in the end", answer);
        const string form = "North is towards greater y, east towards greater x. Answer as: x, y, direction.";
        return new(draws.Wording.Pick(
        [
            $"A robot stands at {start}. It follows these commands: {list}. Where is it then, and which way does it look? {form}",
            $"Starting from {start}, do the following: {list}. Give position and direction. {form}",
            $"{form} A turtle begins at {start} and carries out {list}. What are its final coordinates and direction?",
            $"The commands {list} are given to a vehicle at {start}. Report its final state. {form}",
        ]), answer, work);
    }
}

/// <summary>An ant that turns by the colour it stands on and changes it.</summary>
internal sealed class TurningAnt() : TaskFamily("turning-ant", TaskCategories.Grids)
{
    private static readonly string[] Ways = ["up", "right", "down", "left"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = 5, row = 2, column = 2, facing = draws.Problem.Below(4);
        char[][] grid = Cells.Draw(draws.Problem, size, size, '#', 0.5, '.');
        string shown = Cells.Show(grid), way = Ways[facing];
        int steps = 2 * level + 2;
        var work = new StepList();
        for (int i = 0; i < steps; i++)
        {
            bool white = grid[row][column] == '.';
            facing = (facing + (white ? 1 : 3)) % 4;
            grid[row][column] = white ? '#' : '.';
            var (dr, dc) = Cells.Sides[facing];
            row = (row + dr + size) % size;
            column = (column + dc + size) % size;
            work.Add(white ? "on . it turns right and leaves #" : "on # it turns left and sets . there", $"at {Cells.At(row, column)}, "
                + $"facing {Ways[facing]}");
        }
        string answer = $"{row + 1}, {column + 1}";
        work.Add("row and column in the end", answer);
        string rule = "On a . the ant turns right, on a # it turns left; then it changes the cell to the other kind and walks one cell "
            + "forward. Leaving the grid on one side, it comes "
            + "back on the opposite side.";
        string form = "Answer as row, column, counted from 1 at the top left.";
        return new(Cells.Ask(draws.Wording, shown,
            ($"An ant stands in the middle of this grid, facing {way}. {rule}", $"Where is it after {steps} moves? {form}"),
            ($"{rule} It starts on the central cell, facing {way}, and makes {steps} moves. Where does it end? {form}", ""),
            ("", $"Langton's ant begins at the centre, facing {way}. {rule} Give its place after {steps} moves. {form}"),
            ($"{rule} The ant faces {way} and is on the central cell of", $"Find its position after {steps} moves. {form}")), answer, work);
    }
}

/// <summary>A grid read along a spiral.</summary>
internal sealed class SpiralReading() : TaskFamily("spiral-reading", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 2, columns = draws.Problem.Between(level + 2, level + 4);
        char[][] grid = [.. Enumerable.Range(0, rows).Select(_ => draws.Problem.Letters(columns).ToCharArray())];
        bool turn = draws.Problem.Chance(0.5);
        string read = "";
        var work = new StepList();
        int top = 0, bottom = rows - 1, left = 0, right = columns - 1;
        while (top <= bottom && left <= right)
        {
            // Clockwise along the top first, or the other way along the left side first.
            string side = turn ? new string([.. Enumerable.Range(left, right - left + 1).Select(c => grid[top][c])])
                : new string([.. Enumerable.Range(top, bottom - top + 1).Select(r => grid[r][left])]);
            Take(turn ? $"row {top + 1} to the right" : $"column {left + 1} down", side);
            if (turn) top++;
            else left++;
            if (top > bottom || left > right) break;
            Take(turn ? $"column {right + 1} down" : $"row {bottom + 1} to the right", turn ? Column(right, false) : Row(bottom, false));
            if (turn) right--;
            else bottom--;
            if (top > bottom || left > right) break;
            Take(turn ? $"row {bottom + 1} to the left" : $"column {right + 1} up", turn ? Row(bottom, true) : Column(right, true));
            if (turn) bottom--;
            else right--;
            if (top > bottom || left > right) break;
            Take(turn ? $"column {left + 1} up" : $"row {top + 1} to the left", turn ? Column(left, true) : Row(top, true));
            if (turn) left++;
            else top++;
        }
        string how = turn ? "clockwise (first to the right along the top row)" : "anticlockwise (first down the left column)";
        return new(Cells.Ask(draws.Wording, Cells.Show(grid),
            ($"Read the letters in a spiral from the top left corner inwards, {how}.", "Write them as one word."),
            ($"Which string results from reading this grid spirally, {how}, from the top left to the inside? No spaces.", ""),
            ("", $"Go through the grid above in a spiral, {how}, starting in the top left corner, and write all letters together."),
            ("Letters stand in a rectangle:", $"Give them in spiral order from the upper left corner, {how}, without spaces.")), read,
                work);

        void Take(string say, string part)
        {
            read += part;
            work.Add($"{say}: {part}", read);
        }

        string Row(int r, bool back) => Turned(Enumerable.Range(left, right - left + 1).Select(c => grid[r][c]), back);
        string Column(int c, bool back) => Turned(Enumerable.Range(top, bottom - top + 1).Select(r => grid[r][c]), back);
        static string Turned(IEnumerable<char> part, bool back) => new([.. back ? part.Reverse() : part]);
    }
}

/// <summary>A grid turned and mirrored.</summary>
internal sealed class GridTurns() : TaskFamily("grid-turns", TaskCategories.Grids)
{
    private static readonly string[] Moves =
    [
        "turn it a quarter clockwise", "turn it a quarter anticlockwise", "turn it by half", "mirror it left to right", "mirror it top "
            + "to bottom",
        "swap rows and columns",
    ];

    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        char[][] grid = [.. Enumerable.Range(0, 3).Select(_ => draws.Problem.Letters(4, "ABCDEFGH").ToCharArray())];
        string shown = Cells.Show(grid);
        var said = new List<string>();
        var work = new StepList();
        while (said.Count < level + 1)
        {
            int move = draws.Problem.Below(Moves.Length);
            if (said.Count > 0 && said[^1] == Moves[move]) continue;
            said.Add(Moves[move]);
            grid = Done(grid, move);
            work.Add(Moves[move], Cells.Show(grid));
        }
        string list = string.Join(", then ", said);
        return new(Cells.Ask(draws.Wording, shown,
            ("Take this block of letters:", $"Now {list}. Write the result row by row."),
            ($"Start with the grid below; {list}. What does it look like in the end?", ""),
            ("", $"What do you get if you take the grid above and {list}? Give all rows."),
            ("A tile is printed like this:", $"Somebody will {list}. Show the letters in their new places (letters themselves stay "
                + "upright).")),
            Cells.Show(grid), work);
    }

    private static char[][] Done(char[][] grid, int move) => move switch
    {
        0 => Swapped([.. grid.Reverse()]),
        1 => [.. Swapped(grid).Reverse()],
        2 => [.. grid.Reverse().Select(row => row.Reverse().ToArray())],
        3 => [.. grid.Select(row => row.Reverse().ToArray())],
        4 => [.. grid.Reverse()],
        _ => Swapped(grid),
    };

    private static char[][] Swapped(char[][] grid) => [.. Enumerable.Range(0, grid[0].Length).Select(c => grid.Select(row => row[c])
        .ToArray())];
}
