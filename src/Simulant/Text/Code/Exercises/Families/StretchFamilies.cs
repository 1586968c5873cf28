namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over pairs and stretches of lists.</summary>
internal static class StretchFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("pair-count", "lists", PairCount), new("longest-run", "lists", LongestRun), new("chunk-sums", "lists", ChunkSums),
    ];

    private static Problem PairCount(Draws d)
    {
        int m = d.Between(2, 9), rest = d.Between(0, m - 1);
        bool product = d.Coin();
        var (op, word) = product ? ("*", "product") : ("+", "sum");
        return new()
        {
            Name = d.Pick("count pairs", "matching pairs", "number of pairs"),
            Takes = [new("numbers", Ty.Ints, "a list of whole numbers of at least 0")],
            Gives = Ty.Int,
            Goal = $"the number of pairs of places i < j whose {word} `numbers[i] {op} numbers[j]` leaves the remainder {rest} when "
                + $"divided by {m}",
            Rules = ["Pairs are pairs of places: equal numbers at different places make different pairs."],
            Setting = d.Pick("", "Dancers are matched by their numbers.", "Weights are put on the scales in twos."),
            CSharp = $$"""
                int count = 0;
                for (int i = 0; i < numbers.Length; i++)
                {
                    for (int j = i + 1; j < numbers.Length; j++)
                    {
                        if ((numbers[i] {{op}} numbers[j]) % {{m}} == {{rest}}) count++;
                    }
                }
                return count;
                """,
            Python = $"""
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if (numbers[i] {op} numbers[j]) % {m} == {rest}:
                            count += 1
                return count
                """,
            JavaScript = $$"""
                let count = 0;
                numbers.forEach((a, i) => {
                  for (const b of numbers.slice(i + 1)) {
                    if ((a {{op}} b) % {{m}} === {{rest}}) count++;
                  }
                });
                return count;
                """,
            // By residues: how many numbers leave each, and how the residues combine.
            Oracle = a =>
            {
                int[] by = new int[m];
                foreach (int n in (int[])a[0]) by[n % m]++;
                int twice = 0;
                for (int x = 0; x < m; x++)
                    for (int y = 0; y < m; y++)
                        if ((product ? x * y : x + y) % m == rest) twice += by[x] * (x == y ? by[y] - 1 : by[y]);
                return twice / 2;
            },
            Draw = r => [r.Ints(2, 9, 0, 2 * m)],
            Edges = [[Array.Empty<int>()], [new[] { rest }], [new[] { rest, 1 }], [new[] { 1, rest, m }], [Enumerable.Range(0,
                m + 2).ToArray()]],
        };
    }

    private static Problem LongestRun(Draws d)
    {
        int kind = d.Between(0, 2), gap = d.Between(1, 6);
        var (test, py, words) = kind switch
        {
            0 => ($"Math.Abs(values[i] - values[i - 1]) <= {gap}", $"abs(values[i] - values[i - 1]) <= {gap}", $"differ by at most {gap}"),
            1 => ($"values[i] - values[i - 1] >= {gap}", $"values[i] - values[i - 1] >= {gap}", $"rise by at least {gap}"),
            _ => ($"values[i - 1] - values[i] >= {gap}", $"values[i - 1] - values[i] >= {gap}", $"fall by at least {gap}"),
        };
        bool Holds(int before, int after) => kind switch
        {
            0 => after - before <= gap && before - after <= gap,
            1 => after >= before + gap,
            _ => after + gap <= before,
        };
        return new()
        {
            Name = d.Pick("longest run", "longest stretch", "best streak"),
            Takes = [new("values", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Int,
            Goal = $"the length of the longest stretch of neighbouring elements of `values` in which every two neighbours {words}",
            Rules = ["One element by itself is a stretch of length 1.", "An empty list has the answer 0."],
            Setting = d.Pick("", "A river's level is measured every day.", "A runner writes down a pulse every minute."),
            CSharp = $$"""
                if (values.Length == 0) return 0;
                int best = 1, run = 1;
                for (int i = 1; i < values.Length; i++)
                {
                    run = {{test}} ? run + 1 : 1;
                    if (run > best) best = run;
                }
                return best;
                """,
            Python = $"""
                best = run = 0
                for i in range(len(values)):
                    run = run + 1 if i > 0 and {py} else 1
                    best = max(best, run)
                return best
                """,
            JavaScript = $$"""
                let best = 0;
                let run = 0;
                for (let i = 0; i < values.length; i++) {
                  run = i > 0 && {{test}} ? run + 1 : 1;
                  best = Math.max(best, run);
                }
                return best;
                """.Replace("Math.Abs", "Math.abs"),
            // Every slice, the longest that holds throughout.
            Oracle = a =>
            {
                int[] v = (int[])a[0];
                for (int length = v.Length; length > 1; length--)
                    for (int from = 0; from + length <= v.Length; from++)
                        if (Enumerable.Range(from, length - 1).All(i => Holds(v[i], v[i + 1]))) return length;
                return v.Length > 0 ? 1 : 0;
            },
            Draw = r => [r.Ints(2, 9, -gap, gap * 2)],
            Edges = [[Array.Empty<int>()], [new[] { 4 }], [new[] { 0, gap }], [new[] { gap, 0 }], [new[] { 0, gap + 1, 2 * gap + 1 }],
                [new[] { 0, gap, 2 * gap, -50, -50 + gap, -50 + 2 * gap, -50 + 3 * gap }], [new[] { 9 * gap, 8 * gap, 7 * gap, 90, 80,
                    0 }]],
        };
    }

    private static Problem ChunkSums(Draws d)
    {
        int size = d.Between(2, 7);
        bool largest = d.Coin(), whole = d.Coin();
        string skip = whole ? $"if (group.length < {size}) break;\n  " : "";
        return new()
        {
            Name = d.Pick("group", "block", "chunk") + (largest ? " maxima" : " sums"),
            Takes = [new("numbers", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Ints,
            Goal = $"a list of the {(largest ? "largest element" : "sum")} of each group, where `numbers` is cut into groups of "
                + $"{size} from the start",
            Rules = [whole ? "A last group of fewer is left out." : "A last group may have fewer; it counts too."],
            Setting = d.Pick("", "Readings of a day are summed up by the hour.", "Parcels are loaded in equal batches."),
            CSharp = $$"""
                var result = new List<int>();
                for (int start = 0; {{(whole ? $"start + {size} <= numbers.Length" : "start < numbers.Length")}}; start += {{size}})
                {
                    int end = Math.Min(start + {{size}}, numbers.Length);
                    int value = numbers[start];
                    for (int i = start + 1; i < end; i++)
                    {
                        value = {{(largest ? "Math.Max(value, numbers[i])" : "value + numbers[i]")}};
                    }
                    result.Add(value);
                }
                return result.ToArray();
                """,
            Python = $"""
                groups = [numbers[i:i + {size}] for i in range(0, len(numbers), {size})]
                return [{(largest ? "max" : "sum")}(group) for group in groups{(whole ? $" if len(group) == {size}" : "")}]
                """,
            JavaScript = $$"""
                const result = [];
                for (let i = 0; i < numbers.length; i += {{size}}) {
                  const group = numbers.slice(i, i + {{size}});
                  {{skip}}result.push({{(largest ? "Math.max(...group)" : "group.reduce((a, b) => a + b)")}});
                }
                return result;
                """,
            Oracle = a => ((int[])a[0]).Chunk(size).Where(c => !whole || c.Length == size)
                .Select(c => largest ? c.Order().Last() : c.Sum()).ToArray(),
            Draw = r => [r.Ints(size, 3 * size + 1, -20, 20)],
            Edges = [[Array.Empty<int>()], [new[] { 5 }], [Enumerable.Range(1, size).ToArray()], [Enumerable.Range(1,
                size + 1).Reverse().ToArray()],
                [Enumerable.Range(1, 2 * size).ToArray()], [Enumerable.Range(-3 * size, 2 * size + 1).ToArray()]],
        };
    }
}
