namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over boards: regions and paths.</summary>
internal static class BoardFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("region-size", "matrices", RegionSize), new("cheapest-path", "matrices", CheapestPath),
    ];

    private static readonly object[][] Islands =
    [
        [(int[][])[[0]]], [(int[][])[[1]]], [(int[][])[[1, 0], [0, 1]]], [(int[][])[[0, 1], [1, 0]]], [(int[][])[[1, 1, 1, 1, 1]]],
        [(int[][])[[1], [1], [1], [1], [1]]], [(int[][])[[1, 1, 0, 1], [0, 1, 0, 1], [1, 0, 0, 1], [0, 0, 1, 1]]],
        [(int[][])[[1, 0, 0], [1, 1, 0], [0, 1, 1]]], [(int[][])[[0, 0, 1], [0, 1, 0], [1, 0, 0]]],
    ];

    private static Problem RegionSize(Draws d)
    {
        bool corners = d.Coin(), count = d.Coin();
        int least = d.Between(1, 4);
        string near = corners ? "side by side, one above the other, or corner to corner" : "side by side or one above the other";
        string more = corners ? "size += Fill(r - 1, c - 1) + Fill(r - 1, c + 1) + Fill(r + 1, c - 1) + Fill(r + 1, c + 1);\n    " : "";
        string straight = corners ? "" : " if dr == 0 or dc == 0";
        string around = corners ? "8" : "4";
        return new()
        {
            Name = count ? d.Pick("count islands", "number of regions") : d.Pick("largest island", "size of region"),
            Takes = [new("board", Ty.Grid, "rows of equal length of the numbers 0 and 1, with at least one row and column")],
            Gives = Ty.Int,
            Goal = (count ? "how many regions there are" : "the size of the largest region, or 0 where there is none")
                + $" among the regions of at least {least} square{(least == 1 ? "" : "s")} that the ones on `board` form",
            Rules = [$"Ones belong to one region where they lie {near} ({around} neighbours), directly or by way of others."],
            Setting = d.Pick("", "A map shows land and water.", "A microscope image shows cells."),
            CSharp = $$"""
                var seen = new HashSet<(int, int)>();
                int result = 0;
                for (int r = 0; r < board.Length; r++)
                {
                    for (int c = 0; c < board[0].Length; c++)
                    {
                        int size = Fill(r, c);
                        if (size >= {{least}}) {{(count ? "result++" : "result = Math.Max(result, size)")}};
                    }
                }
                return result;

                int Fill(int r, int c)
                {
                    if (r < 0 || r >= board.Length || c < 0 || c >= board[0].Length) return 0;
                    if (board[r][c] == 0 || !seen.Add((r, c))) return 0;
                    int size = 1 + Fill(r - 1, c) + Fill(r + 1, c) + Fill(r, c - 1) + Fill(r, c + 1);
                    {{more}}return size;
                }
                """,
            Python = $$"""
                left = {(r, c) for r, row in enumerate(board) for c, v in enumerate(row) if v == 1}
                sizes = []
                while left:
                    todo = [left.pop()]
                    size = 0
                    while todo:
                        r, c = todo.pop()
                        size += 1
                        near = {(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1){{straight}}} & left
                        left -= near
                        todo.extend(near)
                    sizes.append(size)
                sizes = [size for size in sizes if size >= {{least}}]
                return {{(count ? "len(sizes)" : "max(sizes, default=0)")}}
                """,
            JavaScript = $$"""
                const cells = board.map(row => [...row]);
                const steps = [[0, 1], [1, 0], [0, -1], [-1, 0]{{(corners ? ", [1, 1], [1, -1], [-1, 1], [-1, -1]" : "")}}];
                const fill = (r, c) => {
                  if ((cells[r] ?? [])[c] !== 1) return 0;
                  cells[r][c] = 0;
                  return steps.reduce((size, [dr, dc]) => size + fill(r + dr, c + dc), 1);
                };
                const sizes = board.flatMap((row, r) => row.map((_, c) => fill(r, c))).filter(size => size >= {{least}});
                return {{(count ? "sizes.length" : "Math.max(0, ...sizes)")}};
                """,
            Oracle = a => SpreadLabels((int[][])a[0], corners, least, count),
            Draw = r => [r.Grid(r.Between(2, 5), r.Between(2, 5), 0, 1)],
            Edges = Islands,
        };
    }

    // Labels that spread until nothing changes.
    private static int SpreadLabels(int[][] board, bool corners, int least, bool count)
    {
        var label = new Dictionary<(int R, int C), int>();
        for (int r = 0; r < board.Length; r++)
            for (int c = 0; c < board[0].Length; c++)
                if (board[r][c] == 1) label[(r, c)] = r * 100 + c;
        bool Near((int R, int C) a, (int R, int C) b) =>
            Math.Abs(a.R - b.R) <= 1 && Math.Abs(a.C - b.C) <= 1 && (corners || a.R == b.R || a.C == b.C);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var cell in label.Keys.ToList())
            {
                int lowest = label.Keys.Where(other => Near(cell, other)).Min(other => label[other]);
                changed |= lowest < label[cell];
                label[cell] = lowest;
            }
        }
        var sizes = label.Values.GroupBy(l => l).Select(g => g.Count()).Where(s => s >= least).ToList();
        return count ? sizes.Count : sizes.DefaultIfEmpty(0).Max();
    }

    private static Problem CheapestPath(Draws d)
    {
        bool most = d.Coin(), diagonal = d.Coin();
        int toll = d.Between(0, 6);
        string across = diagonal ? $"if (r > 0 && c > 0) from = {(most ? "Math.Max" : "Math.Min")}(from, best[r - 1, c - 1]);\n        "
            : "";
        string acrossPython = diagonal ? "if r > 0 and c > 0:\n            ways.append(best[r - 1, c - 1])\n        " : "";
        string acrossScript = diagonal ? "if (r > 0 && c > 0) ways.push(value(r - 1, c - 1));\n  " : "";
        string straight = diagonal ? "straight " : "";
        string best = most ? "Math.Max" : "Math.Min", word = most ? "largest" : "smallest";
        return new()
        {
            Name = most ? d.Pick("richest path", "best harvest") : d.Pick("cheapest path", "least cost"),
            Takes = [new("field", Ty.Grid, "rows of equal length of whole numbers, with at least one row and column")],
            Gives = Ty.Int,
            Goal = $"the {word} sum of the numbers on a way over `field` from the left upper to the right lower corner",
            Rules = [diagonal ? "A step goes to the right, down, or both at once (diagonally)." : "A step goes to the right or down.",
                "The numbers at both corners count.",
                .. toll == 0 ? (string[])[] : [$"Every step {straight}down {(most ? "takes" : "adds")} {toll} "
                    + $"{(most ? "from" : "to")} the sum."]],
            Setting = d.Pick("", "A path over hills has its price at every square.", "A gardener crosses the beds."),
            CSharp = $$"""
                int rows = field.Length, columns = field[0].Length;
                var best = new int[rows, columns];
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++)
                    {
                        int from = {{(most ? "int.MinValue" : "int.MaxValue")}};
                        if (r == 0 && c == 0) from = 0;
                        if (r > 0) from = {{best}}(from, best[r - 1, c] {{(most ? "-" : "+")}} {{toll}});
                        if (c > 0) from = {{best}}(from, best[r, c - 1]);
                        {{across}}best[r, c] = from + field[r][c];
                    }
                }
                return best[rows - 1, columns - 1];
                """.Replace(" - 0)", ")").Replace(" + 0)", ")"),
            Python = $$"""
                best = {}
                for r, row in enumerate(field):
                    for c, value in enumerate(row):
                        ways = [0] if r == c == 0 else []
                        if r > 0:
                            ways.append(best[r - 1, c] {{(most ? "-" : "+")}} {{toll}})
                        if c > 0:
                            ways.append(best[r, c - 1])
                        {{acrossPython}}best[r, c] = value + {{(most ? "max" : "min")}}(ways)
                return best[len(field) - 1, len(field[0]) - 1]
                """,
            JavaScript = $$"""
                const value = (r, c) => {
                  if (r === 0 && c === 0) return field[0][0];
                  const ways = [];
                  if (r > 0) ways.push(value(r - 1, c) {{(most ? "-" : "+")}} {{toll}});
                  if (c > 0) ways.push(value(r, c - 1));
                  {{acrossScript}}return field[r][c] + Math.{{(most ? "max" : "min")}}(...ways);
                };
                return value(field.length - 1, field[0].length - 1);
                """,
            Oracle = a => WalkAll((int[][])a[0], most, diagonal, toll),
            Draw = r => [r.Grid(r.Between(1, 4), r.Between(1, 4), -4, 15)],
            Edges = [[(int[][])[[7]]], [(int[][])[[1, 2, 3]]], [(int[][])[[1], [2], [3]]], [(int[][])[[1, 9], [2, 1]]], [(int[][])[[1, 2],
                [9, 1]]], [(int[][])[[5, 5, 5], [5, -9, 5], [5, 5, 5]]],
                [(int[][])[[0, -5, 0], [-5, 0, -5], [0, -5, 0]]]],
        };
    }

    // All ways are walked.
    private static int WalkAll(int[][] field, bool most, bool diagonal, int toll)
    {
        var ends = new List<int>();
        void Walk(int r, int c, int sum)
        {
            sum += field[r][c];
            if (r == field.Length - 1 && c == field[0].Length - 1) ends.Add(sum);
            if (r + 1 < field.Length) Walk(r + 1, c, most ? sum - toll : sum + toll);
            if (c + 1 < field[0].Length) Walk(r, c + 1, sum);
            if (diagonal && r + 1 < field.Length && c + 1 < field[0].Length) Walk(r + 1, c + 1, sum);
        }
        Walk(0, 0, 0);
        return most ? ends.Max() : ends.Min();
    }
}
