using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Grids;

/// <summary>Where a word stands in a square of letters, and which way it runs.</summary>
internal sealed class WordSearch() : TaskFamily("word-search", TaskCategories.Grids)
{
    private static readonly string[] Ways = ["up-left", "up", "up-right", "left", "right", "down-left", "down", "down-right"];

    private static readonly string[] Short = [.. WordBank.All.Where(word => word.Length is 4 or 5 && word[0] != word[^1])];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int size = level + 5;
        string word = random.Pick(Short);
        while (true)
        {
            char[][] grid = [.. Enumerable.Range(0, size).Select(_ => random.Letters(size, word + "aeioustrln").ToCharArray())];
            var (dr, dc) = random.Pick(Cells.Around);
            int reach = word.Length - 1;
            int row = random.Between(dr < 0 ? reach : 0, size - 1 - (dr > 0 ? reach : 0)), column = random.Between(dc < 0 ? reach : 0,
                size - 1 - (dc > 0 ? reach : 0));
            for (int k = 0; k < word.Length; k++) grid[row + k * dr][column + k * dc] = word[k];
            var work = new StepList();
            var found = new List<string>();
            for (int r = 0; r < size; r++)
                for (int c = 0; c < size; c++)
                {
                    if (grid[r][c] != word[0]) continue;
                    string here = "";
                    for (int way = 0; way < 8; way++)
                    {
                        if (!Runs(grid, word, r, c, Cells.Around[way])) continue;
                        here = Ways[way];
                        found.Add($"{r + 1}, {c + 1}, {here}");
                    }
                    work.Add($"{word[0]} stands at {Cells.At(r, c)}", here == "" ? "no way gives the word" : $"the word runs {here}");
                }
            if (found.Count != 1) continue;
            work.Add("row, column and direction", found[0]);
            const string form = "Answer with the row and column of its first letter (from 1, from the top left) and the direction: up, "
                + "down, left, right, up-left, up-right, down-left "
                + "or down-right, as in: 2, 5, down-left.";
            return new(Cells.Ask(draws.Wording, Cells.Show(grid),
                ($"The word \"{word}\" is hidden once in this square, in a straight line.", form),
                ($"Find \"{word}\" in the letters below; it may run in any of eight directions. {form}", ""),
                ("", $"Where in the square above is \"{word}\"? {form}"),
                ($"Word search: look for \"{word}\".", form)), found[0], work);
        }
    }

    private static bool Runs(char[][] grid, string word, int row, int column, (int Row, int Column) way)
    {
        for (int k = 0; k < word.Length; k++)
        {
            int r = row + k * way.Row, c = column + k * way.Column;
            if (!Cells.Inside(grid, r, c) || grid[r][c] != word[k]) return false;
        }
        return true;
    }
}

/// <summary>What is certain about a row of a nonogram.</summary>
internal sealed class NonogramRow() : TaskFamily("nonogram-row", TaskCategories.Grids)
{
    private static readonly (int Least, int Most)[] Windows = [(2, 3), (4, 5), (6, 8), (9, 12), (13, 18)];

    public override AnswerKind Kind => AnswerKind.Lines;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var (least, most) = Windows[level - 1];
        while (true)
        {
            int n = 15 + level / 2;
            string truth = random.Letters(n, random.Chance(0.5) ? "##." : "##..");
            string known = string.Concat(truth.Select(cell => random.Chance(0.3) ? cell : '?'));
            int[] runs = [.. truth.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(run => run.Length)];
            if (runs.Length == 0) continue;
            var ways = new List<string>();
            Place(known, runs, 0, "", ways, most + 1);
            if (ways.Count < least || ways.Count > most) continue;
            var work = new StepList();
            char[] sure = ways[0].ToCharArray();
            foreach (string way in ways)
            {
                for (int i = 0; i < n; i++)
                    if (way[i] != sure[i]) sure[i] = '?';
                work.Add("a way that fits", way);
            }
            string answer = new(sure), clue = string.Join(' ', runs);
            work.Add("what all ways have in common", answer);
            const string form = "Write the row with # for cells that must be filled, . for cells that must be empty and ? for the rest.";
            return new(draws.Wording.Pick(
            [
                $"A row of a nonogram has the clue {clue} (lengths of its filled blocks, in order, at least one empty cell between two) "
                    + $"and looks like this so far: {known} "
                    + $"(# filled, . empty, ? unknown). {form}",
                $"Nonogram: the row {known} has the block lengths {clue}. Filled cells are #, empty ones a dot, unknown ones ?. Deduce "
                    + $"all that can be known. {form}",
                $"Of the row {known} (# filled, . empty, ? open) only the clue {clue} is known besides. Which cells are certain? {form}",
                $"Blocks of lengths {clue}, in this order and with gaps between them, are to be put into {known}, where # and . are "
                    + $"settled. {form}",
            ]), answer, work);
        }
    }

    private static void Place(string known, int[] runs, int run, string row, List<string> ways, int enough)
    {
        if (ways.Count >= enough) return;
        if (run == runs.Length)
        {
            if (known.IndexOf('#', row.Length) < 0) ways.Add(row.PadRight(known.Length, '.'));
            return;
        }
        for (int start = row.Length; start + runs[run] <= known.Length; start++)
        {
            int end = start + runs[run];
            if (known.AsSpan(start, runs[run]).Contains('.') || (end < known.Length && known[end] == '#'))
            {
                if (known[start] == '#') return;
                continue;
            }
            string next = row.PadRight(start, '.') + new string('#', runs[run]);
            Place(known, runs, run + 1, end < known.Length ? next + "." : next, ways, enough);
            if (known[start] == '#') return;
        }
    }
}

/// <summary>How few slides turn one position of the eight-puzzle into another.</summary>
internal sealed class SlidingTiles() : TaskFamily("sliding-tiles", TaskCategories.Grids)
{
    private static readonly int[] Depths = [2, 3, 5, 6, 8];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string goal = string.Concat(random.Shuffle<char>([.. "12345678_"])), start = goal, before = "";
        for (int i = 0; i < Depths[level - 1]; i++)
        {
            string from = start;
            start = random.Pick<string>([.. Next(from).Where(next => next != before)]);
            before = from;
        }
        var seen = new HashSet<string> { start };
        List<string> layer = [start];
        var work = new StepList();
        int moves = 0;
        while (!seen.Contains(goal))
        {
            var next = new List<string>();
            foreach (string from in layer)
                foreach (string to in Next(from))
                    if (seen.Add(to)) next.Add(to);
            moves++;
            work.Add($"after {Phrases.Count(moves, "slide")} there are {Phrases.Count(next.Count, "new position")}", next.Contains(goal)
                ? "the goal is one of them" : "the goal is not among them");
            layer = next;
        }
        work.Add("so the fewest is", $"{moves}");
        string grid = Rows(start) + "\n\n" + Rows(goal);
        return new(Cells.Ask(draws.Wording, grid,
            ("In a sliding puzzle a tile next to the empty place _ (above, below, left or right of it) may slide into it.", "How few "
                + "slides lead from the first position to the second?"),
            ("What is the least number of slides that turns the upper position into the lower one? A slide moves a tile that shares a "
                + "side with the empty place _ into it.", ""),
            ("", "Above are two positions of a 3 by 3 sliding puzzle (_ is the gap). How many moves does the shortest way from the first "
                + "to the second take?"),
            ("Eight numbered tiles slide in a frame with one gap (_). Here are a start and a goal:", "Give the smallest number of slides "
                + "from start to goal.")), $"{moves}", work);
    }

    private static string Rows(string position) => position[..3] + "\n" + position[3..6] + "\n" + position[6..];

    private static IEnumerable<string> Next(string position)
    {
        int gap = position.IndexOf('_');
        foreach (var (dr, dc) in Cells.Sides)
        {
            int row = gap / 3 + dr, column = gap % 3 + dc;
            if (row is < 0 or > 2 || column is < 0 or > 2) continue;
            char[] tiles = position.ToCharArray();
            (tiles[gap], tiles[3 * row + column]) = (tiles[3 * row + column], '_');
            yield return new string(tiles);
        }
    }
}

/// <summary>How many towers can be seen along the rows of a city.</summary>
internal sealed class Sightlines() : TaskFamily("sightlines", TaskCategories.Grids)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int rows = level + 1, columns = level + 4;
        char[][] grid = [.. Enumerable.Range(0, rows).Select(_ => draws.Problem.Letters(columns, "123456789").ToCharArray())];
        bool right = draws.Problem.Chance(0.5);
        var work = new StepList();
        int total = 0;
        for (int r = 0; r < rows; r++)
        {
            int highest = 0;
            string seen = "";
            foreach (char tower in right ? grid[r].Reverse() : grid[r])
            {
                if (tower - '0' <= highest) continue;
                highest = tower - '0';
                seen += (seen == "" ? "" : ", ") + tower;
            }
            total += seen.Length / 3 + 1;
            work.Add($"in row {r + 1} one sees {seen}", $"total {total}");
        }
        work.Add("all rows together", $"{total}");
        string side = right ? "right" : "left", end = right ? "to its right" : "to its left";
        return new(Cells.Ask(draws.Wording, Cells.Show(grid),
            ($"Each digit is the height of a tower. A tower is seen from the {side} if all towers of its row that stand {end} are lower.",
                $"How many towers are seen from the {side} in all?"),
            ($"Look along every row from the {side}: a tower hides all that are as high or lower behind it. The heights are below; how "
                + "many towers are visible altogether?", ""),
            ("", $"In every row, count the numbers that are greater than all numbers {end}. What is the sum of these counts?"),
            ($"A photographer stands on the {side} of this field of towers (heights given) and looks along the rows. Higher towers hide "
                + "those behind them that are not higher.",
                "How many towers appear in the pictures of all rows together?")), $"{total}", work);
    }
}
