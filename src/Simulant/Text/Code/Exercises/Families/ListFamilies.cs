namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over lists of numbers.</summary>
internal static class ListFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("sum-where", "lists", SumWhere), new("running-reset", "lists", RunningReset), new("rotate", "lists", Rotate),
        new("keep-once", "lists", KeepOnce),
    ];

    private static Problem SumWhere(Draws d)
    {
        int k = d.Between(2, 12), t = d.Between(-20, 40);
        bool above = d.Coin();
        var (sign, word) = above ? (">", "greater than") : ("<", "less than");
        return new()
        {
            Name = d.Pick("sum of multiples", "total of chosen", "sum selected"),
            Takes = [new("numbers", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Int,
            Goal = $"the sum of those elements of `numbers` that are divisible by {k} and {word} {t}",
            Rules = ["The sum of no elements is 0.", "An element that occurs twice counts twice."],
            Setting = d.Pick("", "A till keeps the amounts of the day in a list.", "A meter writes down a number every hour."),
            CSharp = $$"""
                int sum = 0;
                foreach (int number in numbers)
                {
                    if (number % {{k}} == 0 && number {{sign}} {{t}}) sum += number;
                }
                return sum;
                """,
            Python = $"return sum(n for n in numbers if n % {k} == 0 and n {sign} {t})",
            JavaScript = $"return numbers.filter(n => n % {k} === 0 && n {sign} {t}).reduce((sum, n) => sum + n, 0);",
            Oracle = a => ((int[])a[0]).Where(n => n / k * k == n).Where(n => above ? n - t >= 1 : t - n >= 1).Aggregate(0, (s,
                n) => n + s),
            // Around the bound and on multiples, or most elements would say nothing.
            Draw = r => [r.Ints(0, 9, -6, 12).Select(n => n * k + (r.Between(0, 3) == 0 ? 1 : 0)).Append(t).Append(t + (above ? k
                : -k)).ToArray()],
            Edges = [[Array.Empty<int>()], [new[] { t }], [new[] { t / k * k, t / k * k + k, t / k * k - k }], [new[] { 5 * k, 5 * k,
                -5 * k, -5 * k }],
                [new[] { 7 * k, 6 * k, -7 * k, -6 * k, 7 * k + 1, -7 * k - 1 }], [Enumerable.Range(t - 2 * k, 4 * k + 1).ToArray()]],
        };
    }

    private static Problem RunningReset(Draws d)
    {
        int limit = d.Between(8, 60);
        bool strict = d.Coin();
        var (sign, word) = strict ? (">", "exceeds") : (">=", "reaches or exceeds");
        return new()
        {
            Name = d.Pick("running totals", "tank levels", "totals with reset"),
            Takes = [new("amounts", Ty.Ints, "a list of whole numbers of at least 0")],
            Gives = Ty.Ints,
            Goal = $"a list of the running totals of `amounts`, in which the total goes back to 0 as soon as it {word} {limit}",
            Rules = ["The list has one entry for each amount: the total after that amount, 0 where it was just set back."],
            Setting = d.Pick("", "A tank is emptied when it is too full.", "A counter starts again when it overflows."),
            CSharp = $$"""
                var totals = new List<int>();
                int total = 0;
                foreach (int amount in amounts)
                {
                    total += amount;
                    if (total {{sign}} {{limit}}) total = 0;
                    totals.Add(total);
                }
                return totals.ToArray();
                """,
            Python = $"""
                totals = []
                total = 0
                for amount in amounts:
                    total += amount
                    if total {sign} {limit}:
                        total = 0
                    totals.append(total)
                return totals
                """,
            JavaScript = $$"""
                let total = 0;
                return amounts.map(amount => {
                  total += amount;
                  if (total {{sign}} {{limit}}) total = 0;
                  return total;
                });
                """,
            Oracle = a => Restarted((int[])a[0], sum => strict ? sum > limit : sum >= limit),
            Draw = r => [r.Ints(1, 10, 0, limit / 2 + 2)],
            Edges = [[Array.Empty<int>()], [new[] { limit }], [new[] { limit - 1, 1, 1 }], [new[] { limit + 1, 3 }], [new[] { 0, 0 }],
                [new[] { limit - 1, 2, limit, 5 }]],
        };

        // From the last restart forward, by sums of slices.
        static object Restarted(int[] amounts, Func<int, bool> over)
        {
            int start = 0;
            int[] totals = new int[amounts.Length];
            for (int i = 0; i < amounts.Length; i++)
            {
                int sum = amounts[start..(i + 1)].Sum();
                if (over(sum)) (sum, start) = (0, i + 1);
                totals[i] = sum;
            }
            return totals;
        }
    }

    private static Problem Rotate(Draws d)
    {
        bool left = d.Coin();
        int every = d.Between(1, 4);
        string steps = every == 1 ? "`steps` places" : $"{every} times `steps` places";
        string times = every == 1 ? "" : $"{every} * ";
        return new()
        {
            Name = d.Pick("rotate", "turn", "shift round") + (left ? " left" : " right"),
            Takes = [new("items", Ty.Ints, "a list of whole numbers"), new("steps", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Ints,
            Goal = $"a new list with the elements of `items` moved {steps} to the {(left ? "left" : "right")}",
            Rules = [$"What leaves at one end comes back at the other.", "The steps may be more than there are elements.",
                "An empty list stays empty."],
            Setting = d.Pick("", "Players sit round a table and the dealer changes.", "A ring of lamps moves on by one place at a time."),
            CSharp = $$"""
                int count = items.Length;
                var result = new int[count];
                for (int i = 0; i < count; i++)
                {
                    result[{{(left ? "i" : $"(i + {times}steps) % count")}}] = items[{{(left ? $"(i + {times}steps) % count" : "i")}}];
                }
                return result;
                """,
            Python = left
                ? $"""
                if not items:
                    return []
                k = {times}steps % len(items)
                return items[k:] + items[:k]
                """
                : $"""
                if not items:
                    return []
                k = {times}steps % len(items)
                return items[len(items) - k:] + items[:len(items) - k]
                """,
            JavaScript = left
                ? $"""
                if (items.length === 0) return [];
                const k = {times}steps % items.length;
                return items.slice(k).concat(items.slice(0, k));
                """
                : $"""
                if (items.length === 0) return [];
                const k = items.length - {times}steps % items.length;
                return items.slice(k).concat(items.slice(0, k));
                """,
            Oracle = a =>
            {
                var queue = new LinkedList<int>((int[])a[0]);
                for (int i = 0; i < (int)a[1] * every && queue.Count > 0; i++)
                {
                    int moved = left ? queue.First!.Value : queue.Last!.Value;
                    if (left) { queue.RemoveFirst(); queue.AddLast(moved); }
                    else { queue.RemoveLast(); queue.AddFirst(moved); }
                }
                return queue.ToArray();
            },
            Draw = r => [r.Ints(1, 7, -9, 9), r.Between(0, 9)],
            Edges = [[Array.Empty<int>(), 3], [new[] { 1, 2, 3 }, 0], [new[] { 1, 2, 3, 4 }, 1], [new[] { 1, 2, 3 }, 3], [new[] { 1, 2, 3,
                4, 5 }, 7]],
        };
    }

    private static Problem KeepOnce(Draws d)
    {
        bool first = d.Coin();
        int most = d.Between(1, 3);
        string times = most == 1 ? "once" : $"{most} times";
        return new()
        {
            Name = d.Pick("without repeats", "thin out", "drop repeats"),
            Takes = [new("items", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Ints,
            Goal = $"the elements of `items` in their order, each kept at most {times}: of equal elements the "
                + $"{(first ? "first" : "last")} stay",
            Rules = ["The list given is left as it is."],
            Setting = d.Pick("", "A log repeats itself.", "Visitors are counted no more often than the rules allow."),
            CSharp = first ? $$"""
                var seen = new Dictionary<int, int>();
                var kept = new List<int>();
                foreach (int item in items)
                {
                    int before = seen.GetValueOrDefault(item);
                    if (before < {{most}}) kept.Add(item);
                    seen[item] = before + 1;
                }
                return kept.ToArray();
                """ : $$"""
                var seen = new Dictionary<int, int>();
                var kept = new List<int>();
                for (int i = items.Length - 1; i >= 0; i--)
                {
                    int after = seen.GetValueOrDefault(items[i]);
                    if (after < {{most}}) kept.Add(items[i]);
                    seen[items[i]] = after + 1;
                }
                kept.Reverse();
                return kept.ToArray();
                """,
            Python = $"""
                seen = {"{}"}
                kept = []
                for item in {(first ? "items" : "reversed(items)")}:
                    if seen.get(item, 0) < {most}:
                        kept.append(item)
                    seen[item] = seen.get(item, 0) + 1
                return {(first ? "kept" : "kept[::-1]")}
                """,
            JavaScript = $$"""
                const seen = new Map();
                const kept = [];
                for (const item of {{(first ? "items" : "[...items].reverse()")}}) {
                  const count = seen.get(item) ?? 0;
                  if (count < {{most}}) kept.push(item);
                  seen.set(item, count + 1);
                }
                return {{(first ? "kept" : "kept.reverse()")}};
                """,
            Oracle = a => ((int[])a[0]).Where((x, i) =>
                ((int[])a[0]).Where((y, j) => y == x && (first ? j < i : j > i)).Count() < most).ToArray(),
            Draw = r => [r.Ints(3, 12, 0, 4)],
            Edges = [[Array.Empty<int>()], [new[] { 7, 7, 7, 7, 7 }], [new[] { 1, 2, 1, 2, 1, 3, 1 }]],
        };
    }
}
