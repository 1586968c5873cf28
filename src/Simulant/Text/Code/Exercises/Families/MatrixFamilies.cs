namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over matrices.</summary>
internal static class MatrixFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("turn-matrix", "matrices", TurnMatrix), new("diagonal-sum", "matrices", DiagonalSum),
        new("spiral", "matrices", Spiral), new("best-row", "matrices", BestRow),
    ];

    private static Problem TurnMatrix(Draws d)
    {
        int kind = d.Between(0, 3), factor = d.Between(1, 5);
        string what = kind switch { 0 => "turned a quarter to the right", 1 => "turned a quarter to the left",
            2 => "with rows and columns exchanged", _ => "mirrored along the other diagonal (from the right upper corner)" };
        string from = kind switch { 0 => "matrix[rows - 1 - j][i]", 1 => "matrix[j][columns - 1 - i]", 2 => "matrix[j][i]",
            _ => "matrix[rows - 1 - j][columns - 1 - i]" };
        string times = factor == 1 ? "" : $" * {factor}";
        return new()
        {
            Name = d.Pick("turn matrix", "rotate board", "flip table"),
            Takes = [new("matrix", Ty.Grid, "a matrix as a list of rows, with at least one row and column")],
            Gives = Ty.Grid,
            Goal = $"`matrix` {what}" + (factor == 1 ? "" : $", with every element multiplied by {factor}"),
            Rules = ["The matrix need not be square.", "The matrix given is left as it is."],
            Setting = d.Pick("", "A photograph lies on its side.", "The pieces of a game are turned."),
            CSharp = $$"""
                int rows = matrix.Length, columns = matrix[0].Length;
                var result = new int[columns][];
                for (int i = 0; i < columns; i++)
                {
                    result[i] = new int[rows];
                    for (int j = 0; j < rows; j++) result[i][j] = {{from}}{{times}};
                }
                return result;
                """,
            Python = kind switch
            {
                0 => $"return [[v{times} for v in column] for column in zip(*matrix[::-1])]",
                1 => $"return [[v{times} for v in column] for column in zip(*matrix)][::-1]",
                2 => $"return [[v{times} for v in column] for column in zip(*matrix)]",
                _ => $"return [[v{times} for v in column[::-1]] for column in zip(*matrix)][::-1]",
            },
            JavaScript = $$"""
                const rows = matrix.length;
                const columns = matrix[0].length;
                return Array.from({ length: columns }, (_, i) => Array.from({ length: rows }, (_, j) => {{from}}{{times}}));
                """,
            // Every element is sent to its new place.
            Oracle = a =>
            {
                int[][] m = (int[][])a[0];
                int[][] made = [.. m[0].Select(_ => new int[m.Length])];
                for (int r = 0; r < m.Length; r++)
                    for (int c = 0; c < m[0].Length; c++)
                    {
                        var (i, j) = kind switch { 0 => (c, m.Length - 1 - r), 1 => (m[0].Length - 1 - c, r), 2 => (c, r),
                            _ => (m[0].Length - 1 - c, m.Length - 1 - r) };
                        made[i][j] = factor * m[r][c];
                    }
                return made;
            },
            Draw = r => [r.Grid(r.Between(1, 4), r.Between(1, 4), -9, 9)],
            Edges = [[(int[][])[[7]]], [(int[][])[[1, 2, 3]]], [(int[][])[[1], [2], [3]]], [(int[][])[[1, 2], [3, 4]]], [(int[][])[[1, 2,
                3], [4, 5, 6]]]],
        };
    }

    private static Problem DiagonalSum(Draws d)
    {
        int offset = d.Between(0, 2), weight = d.Between(1, 4);
        bool minus = d.Coin();
        string sign = minus ? "-" : "+", place = offset == 0 ? "matrix.length - 1 - i" : $"i + {offset}";
        string other = offset == 0 ? "sum(row[-1 - i] for i, row in enumerate(matrix))"
            : $"sum(matrix[i][i + {offset}] for i in range(size - {offset}))";
        return new()
        {
            Name = d.Pick("diagonal balance", "diagonal sum", "cross value"),
            Takes = [new("matrix", Ty.Grid, "a square matrix as a list of rows, with at least one row")],
            Gives = Ty.Int,
            Goal = $"the sum of the main diagonal of `matrix` {(minus ? "less" : "plus")} "
                + $"{(weight == 1 ? "" : $"{weight} times ")}the sum of the "
                + (offset == 0 ? "other diagonal" : $"elements that lie {offset} to the right of the main diagonal"),
            Rules = [offset == 0 ? "An element in the middle lies on both." : "Where there are no such elements, their sum is 0."],
            Setting = d.Pick("", "A magic square is put to the test.", "A table of who plays whom is summed up."),
            CSharp = $$"""
                int result = 0, size = matrix.Length;
                for (int i = 0; i < size; i++) result += matrix[i][i];
                {{(offset == 0 ? "for (int i = 0; i < size; i++)" : $"for (int i = 0; i + {offset} < size; i++)")}}
                {
                    result {{sign}}= {{(weight == 1 ? "" : $"{weight} * ")}}matrix[i][{{(offset == 0 ? "size - 1 - i" : $"i + {offset}")}}];
                }
                return result;
                """,
            Python = $"""
                size = len(matrix)
                main = sum(matrix[i][i] for i in range(size))
                other = {other}
                return main {sign} {weight} * other
                """,
            JavaScript = $$"""
                const main = matrix.reduce((sum, row, i) => sum + row[i], 0);
                const other = matrix.reduce((sum, row, i) => sum + (row[{{place}}] ?? 0), 0);
                return main {{sign}} {{weight}} * other;
                """,
            // All elements, each asked where it lies.
            Oracle = a => ((int[][])a[0]).SelectMany((row, r) => row.Select((v, c) =>
                v * ((r == c ? 1 : 0) + (minus ? -weight : weight) * ((offset == 0 ? r + c == row.Length - 1 : c - r == offset) ? 1
                    : 0)))).Sum(),
            Draw = r => r.Between(1, 5) is var n ? [r.Grid(n, n, -9, 9)] : [],
            Edges = [[(int[][])[[5]]], [(int[][])[[1, 2], [3, 4]]], [(int[][])[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], [(int[][])[[0, 7, 1],
                [1, 0, 1], [1, 3, 0]]]],
        };
    }

    private static Problem Spiral(Draws d)
    {
        bool sums = d.Coin();
        int every = d.Between(2, 6);
        return new()
        {
            Name = d.Pick("spiral order", "read spiral", "unwind"),
            Takes = [new("matrix", Ty.Grid, "a matrix as a list of rows, with at least one row and column")],
            Gives = Ty.Ints,
            Goal = "a list of the elements of `matrix` in the order of a spiral" + (sums
                ? $", of which only every {every}th is kept (the first, then the one {every} places on)" : ""),
            Rules = ["The spiral starts in the left upper corner, goes to the right along the first row, and turns to the right "
                + "wherever it can go on no further."],
            Setting = d.Pick("", "A robot mows a lawn from the outside in.", "A secret message is wound up in a square."),
            CSharp = $$"""
                var order = new List<int>();
                int top = 0, bottom = matrix.Length - 1, left = 0, right = matrix[0].Length - 1;
                while (top <= bottom && left <= right)
                {
                    for (int c = left; c <= right; c++) order.Add(matrix[top][c]);
                    for (int r = top + 1; r <= bottom; r++) order.Add(matrix[r][right]);
                    for (int c = right - 1; c >= left && top < bottom; c--) order.Add(matrix[bottom][c]);
                    for (int r = bottom - 1; r > top && left < right; r--) order.Add(matrix[r][left]);
                    top++;
                    bottom--;
                    left++;
                    right--;
                }
                return {{(sums ? $"order.Where((_, i) => i % {every} == 0).ToArray()" : "order.ToArray()")}};
                """,
            Python = $"""
                order = []
                rest = [list(row) for row in matrix]
                while rest:
                    order += rest.pop(0)
                    rest = [list(row) for row in zip(*rest)][::-1]
                return order{(sums ? $"[::{every}]" : "")}
                """,
            JavaScript = $$"""
                const order = [];
                let rest = matrix.map(row => [...row]);
                while (rest.length > 0) {
                  order.push(...rest.shift());
                  if (rest.length > 0) rest = rest[0].map((_, i) => rest.map(row => row[row.length - 1 - i]));
                }
                return order{{(sums ? $".filter((_, i) => i % {every} === 0)" : "")}};
                """,
            // A walker that turns where the way is barred.
            Oracle = a =>
            {
                int[][] m = (int[][])a[0];
                var (seen, order, r, c, dr, dc) = (new HashSet<(int, int)>(), new List<int>(), 0, 0, 0, 1);
                bool Open(int y, int x) => y >= 0 && y < m.Length && x >= 0 && x < m[0].Length && !seen.Contains((y, x));
                while (Open(r, c))
                {
                    seen.Add((r, c));
                    order.Add(m[r][c]);
                    if (!Open(r + dr, c + dc)) (dr, dc) = (dc, -dr);
                    (r, c) = (r + dr, c + dc);
                }
                return (sums ? order.Chunk(every).Select(p => p[0]) : order).ToArray();
            },
            Draw = r => [r.Grid(r.Between(1, 5), r.Between(1, 5), 0, 99)],
            Edges = [[(int[][])[[7]]], [(int[][])[[1, 2, 3, 4]]], [(int[][])[[1], [2], [3], [4]]], [(int[][])[[1, 2], [3, 4]]],
                [(int[][])[[1, 2, 3], [4, 5, 6], [7, 8, 9]]],
                [(int[][])[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]], [(int[][])[[1, 2], [3, 4], [5, 6], [7, 8]]]],
        };
    }

    private static Problem BestRow(Draws d)
    {
        int kind = d.Between(0, 2), none = d.Pick(-1, 0), least = d.Between(-5, 12);
        bool column = d.Coin();
        string line = column ? "column" : "row";
        var (what, cs, py) = kind switch
        {
            0 => ("sum", "line.Sum()", "sum(line)"),
            1 => ("difference of largest and smallest element", "line.Max() - line.Min()", "max(line) - min(line)"),
            _ => ("smallest element", "line.Min()", "min(line)"),
        };
        string js = kind switch { 0 => "line.reduce((a, b) => a + b, 0)", 1 => "Math.max(...line) - Math.min(...line)",
            _ => "Math.min(...line)" };
        return new()
        {
            Name = d.Pick("best ", "chosen ", "top ") + line,
            Takes = [new("table", Ty.Grid, "a table as a list of rows of equal length, with at least one row and column")],
            Gives = Ty.Int,
            Goal = $"the number, counted from 1, of the {line} of `table` with the largest {what}, or {none} where that is less than "
                + $"{least}",
            Rules = [$"Of {line}s that are equal in this, it is the first."],
            Setting = d.Pick("", "The shifts of a factory are compared.", "Judges give points to each dancer."),
            CSharp = $$"""
                int best = {{none}}, most = {{least - 1}};
                for (int i = 0; i < table{{(column ? "[0]" : "")}}.Length; i++)
                {
                    var line = {{(column ? "table.Select(row => row[i])" : "table[i]")}};
                    int value = {{cs}};
                    if (value <= most) continue;
                    most = value;
                    best = i + 1;
                }
                return best;
                """,
            Python = $$"""
                values = [{{py}} for line in {{(column ? "zip(*table)" : "table")}}]
                return values.index(max(values)) + 1 if max(values) >= {{least}} else {{none}}
                """,
            JavaScript = $$"""
                const lines = {{(column ? "table[0].map((_, i) => table.map(row => row[i]))" : "table")}};
                const values = lines.map(line => {{js}});
                const most = Math.max(...values);
                return most >= {{least}} ? values.indexOf(most) + 1 : {{none}};
                """,
            Oracle = a =>
            {
                int[][] t = (int[][])a[0];
                var lines = column ? t[0].Select((_, i) => t.Select(r => r[i]).Order().ToList()) : t.Select(r => r.Order().ToList());
                var best = lines.Select((l, i) => (Place: i + 1, Value: kind switch { 0 => l.Aggregate((x, y) => x + y),
                    1 => l[^1] - l[0], _ => l[0] }))
                    .OrderByDescending(x => x.Value).ThenBy(x => x.Place).First();
                return best.Value - least >= 0 ? best.Place : none;
            },
            Draw = r => [r.Grid(r.Between(1, 4), r.Between(1, 4), Math.Min(0, least), least + 12)],
            Edges = [[(int[][])[[least]]], [(int[][])[[least - 1]]], [(int[][])[[0, least], [least, 0], [0, least]]], [(int[][])[[1, 2,
                3], [4, 0, 9], [20, 20, 21]]],
                [(int[][])[[-30, -30], [-40, -20]]], [(int[][])[[20, 1, 2], [25, 2, 30]]]],
        };
    }
}
