namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of sorting.</summary>
internal static class SortingFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("sort-by-rule", "sorting", SortByRule), new("inversions", "sorting", Inversions),
        new("merge-sorted", "sorting", MergeSorted), new("kth-distinct", "sorting", KthDistinct),
    ];

    private static Problem SortByRule(Draws d)
    {
        int m = d.Between(3, 12);
        bool down = d.Coin(), keyDown = d.Coin();
        return new()
        {
            Name = d.Pick("sort by remainder", "arrange", "order by rule"),
            Takes = [new("numbers", Ty.Ints, "a list of whole numbers of at least 0")],
            Gives = Ty.Ints,
            Goal = $"a new list of `numbers`, sorted by their remainders on division by {m} from "
                + $"{(keyDown ? "large to small" : "small to large")}",
            Rules = [$"Numbers with the same remainder are sorted among themselves from {(down ? "large to small" : "small to large")}."],
            Setting = d.Pick("", "Letters go to pigeonholes by their numbers.", "Tickets are served in turn at several desks."),
            CSharp = $$"""
                var result = numbers.ToArray();
                for (int i = 1; i < result.Length; i++)
                {
                    for (int j = i; j > 0 && Before(result[j], result[j - 1]); j--)
                    {
                        (result[j], result[j - 1]) = (result[j - 1], result[j]);
                    }
                }
                return result;

                static bool Before(int a, int b)
                {
                    int x = a % {{m}}, y = b % {{m}};
                    return x != y ? x {{(keyDown ? ">" : "<")}} y : a {{(down ? ">" : "<")}} b;
                }
                """,
            Python = $"return sorted(numbers, key=lambda n: ({(keyDown ? "-" : "")}(n % {m}), {(down ? "-" : "")}n))",
            JavaScript = $"return [...numbers].sort((a, b) => {(keyDown ? $"b % {m} - a % {m}" : $"a % {m} - b % {m}")} || "
                + $"{(down ? "b - a" : "a - b")});",
            // Bucket by bucket.
            Oracle = a =>
            {
                var sorted = new List<int>();
                foreach (int rest in keyDown ? Enumerable.Range(0, m).Reverse() : Enumerable.Range(0, m))
                {
                    var bucket = ((int[])a[0]).Where(n => n % m == rest).Order().ToList();
                    if (down) bucket.Reverse();
                    sorted.AddRange(bucket);
                }
                return sorted.ToArray();
            },
            Draw = r => [r.Ints(2, 9, 0, 3 * m)],
            Edges = [[Array.Empty<int>()], [new[] { 5 }], [new[] { m, 0, 2 * m }], [new[] { 1, m + 1, 2, m + 2, 0, m }], [new[] { m + 2,
                2, m + 1, 1, m, 0, m }]],
        };
    }

    private static Problem Inversions(Draws d)
    {
        int gap = d.Between(0, 6);
        bool up = d.Coin();
        string more = gap == 0 ? "" : $" by more than {gap}";
        return new()
        {
            Name = d.Pick("count inversions", "disorder", "crossings"),
            Takes = [new("values", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Int,
            Goal = $"the number of pairs of places i < j where `values[i]` is {(up ? "smaller" : "larger")} than `values[j]`{more}",
            Rules = ["Equal elements make no pair."],
            Setting = d.Pick("", "Two people rank the same films.", "The disorder of a shelf is to be measured."),
            CSharp = $$"""
                int count = 0;
                for (int j = 0; j < values.Length; j++)
                {
                    for (int i = 0; i < j; i++)
                    {
                        if ({{(up ? "values[j] - values[i]" : "values[i] - values[j]")}} > {{gap}}) count++;
                    }
                }
                return count;
                """,
            Python = $"""
                count = 0
                for j, later in enumerate(values):
                    count += sum({(up ? "later - earlier" : "earlier - later")} > {gap} for earlier in values[:j])
                return count
                """,
            JavaScript = $$"""
                let count = 0;
                values.forEach((earlier, i) => {
                  count += values.slice(i + 1).filter(later => {{(up ? "later - earlier" : "earlier - later")}} > {{gap}}).length;
                });
                return count;
                """,
            // Elements are put into a sorted list one by one, and their places counted.
            Oracle = a =>
            {
                var (sorted, count) = (new List<int>(), 0);
                foreach (int v in (int[])a[0])
                {
                    count += up ? sorted.TakeWhile(x => x < v - gap).Count() : sorted.SkipWhile(x => x <= v + gap).Count();
                    int at = sorted.FindIndex(x => x > v);
                    sorted.Insert(at < 0 ? sorted.Count : at, v);
                }
                return count;
            },
            Draw = r => [r.Ints(2, 9, -gap - 3, gap + 8)],
            Edges = [[Array.Empty<int>()], [new[] { 1 }], [new[] { gap, 0 }], [new[] { 0, gap }], [new[] { gap + 1, 0 }], [new[] { 0,
                gap + 1 }],
                [new[] { 3, 3, 3 }], [Enumerable.Range(0, 6).Select(i => i * (gap + 1)).ToArray()], [Enumerable.Range(0,
                    6).Select(i => -i * (gap + 1)).ToArray()]],
        };
    }

    private static Problem MergeSorted(Draws d)
    {
        int kind = d.Between(0, 2), m = d.Between(1, 5);
        string what = kind switch
        {
            0 => "all elements of `left` and `right` together",
            1 => "each value that is in `left` or in `right`, once",
            _ => "each value that is in both `left` and `right`, once",
        };
        string only = m == 1 ? "" : $", leaving out what is no multiple of {m}";
        string fits = m == 1 ? "" : $"next % {m} == 0";
        string keep = kind != 2 ? fits : fits == "" ? "i > fromLeft && j > fromRight" : fits + " && i > fromLeft && j > fromRight";
        string advance = kind == 0 ? "if (i < left.Length && left[i] == next) i++;\n    else j++;"
            : (kind == 2 ? "int fromLeft = i, fromRight = j;\n    " : "")
                + "while (i < left.Length && left[i] == next) i++;\n    while (j < right.Length && right[j] == next) j++;";
        string values = kind switch
        {
            0 => "[...left, ...right]",
            1 => "[...new Set([...left, ...right])]",
            _ => "[...new Set(left)].filter(v => right.includes(v))",
        };
        return new()
        {
            Name = d.Pick("merge", "join sorted", "combine lists"),
            Takes = [new("left", Ty.Ints, "a list of whole numbers in ascending order"), new("right", Ty.Ints, "another such list")],
            Gives = Ty.Ints,
            Goal = $"a list in ascending order of {what}{only}",
            Rules = ["Either list may be empty, and may hold a value more than once."],
            Setting = d.Pick("", "Two card files are put into one.", "Two queues that are in order become one."),
            CSharp = $$"""
                var result = new List<int>();
                int i = 0, j = 0;
                while (i < left.Length || j < right.Length)
                {
                    int next = j == right.Length || i < left.Length && left[i] <= right[j] ? left[i] : right[j];
                    {{advance}}
                    {{(keep == "" ? "" : $"if ({keep}) ")}}result.Add(next);
                }
                return result.ToArray();
                """,
            Python = $"""
                values = {kind switch { 0 => "left + right", 1 => "set(left) | set(right)", _ => "set(left) & set(right)" }}
                return sorted({(m == 1 ? "values" : $"v for v in values if v % {m} == 0")})
                """,
            JavaScript = $$"""
                const values = {{values}};
                return values{{(m == 1 ? "" : $".filter(v => v % {m} === 0)")}}.sort((a, b) => a - b);
                """,
            // Value by value, over the whole range.
            Oracle = a =>
            {
                var (left, right, made) = ((int[])a[0], (int[])a[1], new List<int>());
                for (int v = -100; v <= 100; v++)
                {
                    int x = left.Count(e => e == v), y = right.Count(e => e == v);
                    int times = kind switch { 0 => x + y, 1 => Math.Min(1, x + y), _ => Math.Min(1, x * y) };
                    if (v / m * m == v) made.AddRange(Enumerable.Repeat(v, times));
                }
                return made.ToArray();
            },
            Draw = r => [r.Ascending(0, 6, -4, 8), r.Ascending(0, 6, -4, 8)],
            Edges = [[Array.Empty<int>(), Array.Empty<int>()], [new[] { 0, m }, Array.Empty<int>()], [Array.Empty<int>(), new[] { 0, m,
                m }],
                [new[] { 0, 0, m, 2 * m }, new[] { 0, m, m, 3 * m }], [new[] { 5 * m }, new[] { m, 2 * m }]],
        };
    }

    private static Problem KthDistinct(Draws d)
    {
        int k = d.Between(1, 4), none = d.Pick(-1, 0, -99, 999);
        bool large = d.Coin();
        string nth = k switch { 1 => "", 2 => "second ", 3 => "third ", _ => "fourth " };
        return new()
        {
            Name = d.Pick("runner up", "ranked value", "value by rank"),
            Takes = [new("scores", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Int,
            Goal = $"the {nth}{(large ? "largest" : "smallest")} of the different values in `scores`, or {none} where there are not "
                + $"so many",
            Rules = ["A value that occurs more than once counts once."],
            Setting = d.Pick("", "A contest gives a prize to one place only.", "The best result may be an accident."),
            CSharp = $$"""
                var distinct = new SortedSet<int>(scores).ToList();
                if (distinct.Count < {{k}}) return {{none}};
                return distinct[{{(large ? $"distinct.Count - {k}" : $"{k} - 1")}}];
                """,
            Python = $"""
                distinct = sorted(set(scores){(large ? ", reverse=True" : "")})
                return distinct[{k - 1}] if len(distinct) >= {k} else {none}
                """,
            JavaScript = $$"""
                const distinct = [...new Set(scores)].sort((a, b) => {{(large ? "b - a" : "a - b")}});
                return distinct.length >= {{k}} ? distinct[{{k - 1}}] : {{none}};
                """,
            // One extreme after the other is taken away.
            Oracle = a =>
            {
                var left = ((int[])a[0]).ToList();
                for (int i = 1; i < k && left.Count > 0; i++)
                {
                    int extreme = large ? left.Max() : left.Min();
                    left.RemoveAll(x => x == extreme);
                }
                return left.Count == 0 ? none : large ? left.Max() : left.Min();
            },
            Draw = r => [r.Ints(1, 8, 0, 6)],
            Edges = [[Array.Empty<int>()], [new[] { 5 }], [new[] { 5, 5, 5 }], [Enumerable.Range(10, k).ToArray()], [Enumerable.Range(10,
                k + 1).ToArray()],
                [Enumerable.Range(10, Math.Max(0, k - 1)).ToArray()]],
        };
    }
}
