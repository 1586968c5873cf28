namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over boards: regions and paths.</summary>
internal static class BoardFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("region-size", "matrices", RegionSize), new("cheapest-path", "matrices", CheapestPath),
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
            Goal = count ? $"how many regions of at least {least} square{(least == 1 ? "" : "s")} the ones on `board` form"
                : $"the size of the largest region that the ones on `board` form, or 0 where none has at least {least} "
                + $"square{(least == 1 ? "" : "s")}",
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
            // Labels that spread until nothing changes.
            Oracle = a =>
            {
                int[][] b = (int[][])a[0];
                var label = b.SelectMany((row, r) => row.Select((v, c) => (r, c, v))).Where(x => x.v == 1).ToDictionary(x => (x.r, x.c),
                    x => x.r * 100 + x.c);
                for (bool changed = true; changed;)
                {
                    changed = false;
                    foreach (var (r, c) in label.Keys.ToList())
                        foreach (var (y, x) in label.Keys)
                            if (Math.Abs(y - r) <= 1 && Math.Abs(x - c) <= 1 && (corners || y == r || x == c) && label[(y, x)] < label[(r,
                                c)])
                            {
                                label[(r, c)] = label[(y, x)];
                                changed = true;
                            }
                }
                var sizes = label.Values.GroupBy(l => l).Select(g => g.Count()).Where(s => s >= least).ToList();
                return count ? sizes.Count : sizes.DefaultIfEmpty(0).Max();
            },
            Draw = r => [r.Grid(r.Between(2, 5), r.Between(2, 5), 0, 1)],
            Edges = [[(int[][])[[0]]], [(int[][])[[1]]], [(int[][])[[1, 0], [0, 1]]], [(int[][])[[0, 1], [1, 0]]], [(int[][])[[1, 1, 1, 1,
                1]]], [(int[][])[[1], [1], [1], [1], [1]]],
                [(int[][])[[1, 1, 0, 1], [0, 1, 0, 1], [1, 0, 0, 1], [0, 0, 1, 1]]], [(int[][])[[1, 0, 0], [1, 1, 0], [0, 1, 1]]],
                    [(int[][])[[0, 0, 1], [0, 1, 0], [1, 0, 0]]]],
        };
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
            // All ways are walked.
            Oracle = a =>
            {
                int[][] f = (int[][])a[0];
                var ends = new List<int>();
                void Walk(int r, int c, int sum)
                {
                    sum += f[r][c];
                    if (r == f.Length - 1 && c == f[0].Length - 1) ends.Add(sum);
                    if (r + 1 < f.Length) Walk(r + 1, c, most ? sum - toll : sum + toll);
                    if (c + 1 < f[0].Length) Walk(r, c + 1, sum);
                    if (diagonal && r + 1 < f.Length && c + 1 < f[0].Length) Walk(r + 1, c + 1, sum);
                }
                Walk(0, 0, 0);
                return most ? ends.Max() : ends.Min();
            },
            Draw = r => [r.Grid(r.Between(1, 4), r.Between(1, 4), -4, 15)],
            Edges = [[(int[][])[[7]]], [(int[][])[[1, 2, 3]]], [(int[][])[[1], [2], [3]]], [(int[][])[[1, 9], [2, 1]]], [(int[][])[[1, 2],
                [9, 1]]], [(int[][])[[5, 5, 5], [5, -9, 5], [5, 5, 5]]],
                [(int[][])[[0, -5, 0], [-5, 0, -5], [0, -5, 0]]]],
        };
    }
}
