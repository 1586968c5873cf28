namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of searching.</summary>
internal static class SearchingFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("first-place", "searching", FirstPlace), new("shortest-window", "searching", ShortestWindow),
        new("peaks", "searching", Peaks),
    ];

    private static Problem FirstPlace(Draws d)
    {
        bool after = d.Coin(), last = d.Coin();
        int add = d.Between(0, 5);
        string bound = add == 0 ? "`target`" : $"`target` + {add}";
        string target = add == 0 ? "target" : $"target + {add}";
        string sign = after ? ">" : ">=";
        return new()
        {
            Name = d.Pick("find place", "search sorted", "insertion point"),
            Takes = [new("sorted", Ty.Ints, "a list of whole numbers in ascending order"), new("target", Ty.Int, "a whole number")],
            Gives = Ty.Int,
            Goal = last ? $"how many elements of `sorted` are {(after ? "greater than" : "at least")} {bound}, found by halving the "
                + $"range again and again"
                : $"the first place at which `sorted` has an element {(after ? "greater than" : "of at least")} {bound}, found by "
                    + $"halving the range again and again",
            Rules = last ? [] : ["Where there is none, it is the length of the list.", "Places are counted from 0."],
            Setting = d.Pick("", "A name is looked up in a telephone book.", "A timetable is searched for the next train."),
            CSharp = $$"""
                int low = 0, high = sorted.Length;
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    if (sorted[middle] {{sign}} {{target}}) high = middle;
                    else low = middle + 1;
                }
                return {{(last ? "sorted.Length - low" : "low")}};
                """,
            Python = $"""
                import bisect
                place = bisect.bisect_{(after ? "right" : "left")}(sorted, {target})
                return {(last ? "len(sorted) - place" : "place")}
                """,
            JavaScript = $$"""
                const search = (low, high) => {
                  if (low >= high) return low;
                  const middle = Math.floor((low + high) / 2);
                  return sorted[middle] {{sign}} {{target}} ? search(low, middle) : search(middle + 1, high);
                };
                return {{(last ? "sorted.length - " : "")}}search(0, sorted.length);
                """,
            Oracle = a => ((int[])a[0]).Count(x => (after ? x - (int)a[1] - add > 0 : x - (int)a[1] - add >= 0) == last),
            Draw = r => [r.Ascending(1, 9, 0, 12), r.Between(-add, 13)],
            Edges = [[Array.Empty<int>(), 3], [new[] { 5 }, 5 - add], [new[] { 5 }, 6 - add], [new[] { 5 }, 4 - add], [new[] { 1, 3, 3, 3,
                7 }, 3 - add],
                [new[] { 1, 2, 3, 4, 5, 6 }, 6 - add], [new[] { 1, 2, 3, 4, 5, 6 }, 1 - add]],
        };
    }

    private static Problem ShortestWindow(Draws d)
    {
        int none = d.Pick(0, -1), add = d.Between(0, 9);
        string limit = add == 0 ? "limit" : $"limit + {add}";
        return new()
        {
            Name = d.Pick("shortest window", "least stretch", "shortest span"),
            Takes = [new("amounts", Ty.Ints, "a list of whole numbers of at least 1"), new("limit", Ty.Int,
                "a whole number of at least 1")],
            Gives = Ty.Int,
            Goal = $"the length of the shortest stretch of neighbouring elements of `amounts` whose sum is at least `{limit}`, or "
                + $"{none} where there is none",
            Rules = ["The whole list is a stretch too."],
            Setting = d.Pick("", "How few days brought so much rain?", "How few pages hold so many words?"),
            CSharp = $$"""
                int best = amounts.Length + 1, sum = 0, start = 0;
                for (int end = 0; end < amounts.Length; end++)
                {
                    sum += amounts[end];
                    while (sum >= {{limit}})
                    {
                        best = Math.Min(best, end - start + 1);
                        sum -= amounts[start];
                        start++;
                    }
                }
                return best > amounts.Length ? {{none}} : best;
                """,
            Python = $"""
                for length in range(1, len(amounts) + 1):
                    for start in range(len(amounts) - length + 1):
                        if sum(amounts[start:start + length]) >= {limit}:
                            return length
                return {none}
                """,
            JavaScript = $$"""
                const sums = [0];
                for (const amount of amounts) sums.push(sums[sums.length - 1] + amount);
                let best = Infinity;
                for (let i = 0; i < sums.length; i++) {
                  const end = sums.findIndex(sum => sum >= sums[i] + {{limit}});
                  if (end >= 0) best = Math.min(best, end - i);
                }
                return best === Infinity ? {{none}} : best;
                """,
            Oracle = a =>
            {
                int[] v = (int[])a[0];
                var lengths = from i in Enumerable.Range(0, v.Length) from j in Enumerable.Range(i, v.Length - i)
                              where v.Skip(i).Take(j - i + 1).Sum() - add >= (int)a[1] select j - i + 1;
                return lengths.DefaultIfEmpty(none).Min();
            },
            Draw = r => [r.Ints(2, 9, 1, 9 + add), r.Between(4, 26)],
            Edges = [[Array.Empty<int>(), 1], [new[] { 5 + add }, 5], [new[] { 4 + add }, 5], [new[] { 1, 1, 1, 1 + add }, 4],
                [new[] { 3 + add, 1, 1, 20 + add, 1 }, 15],
                [new[] { 1, 2, 3, 4, 5 }, 15], [new[] { 20 + add, 20 + add }, 6]],
        };
    }

    private static Problem Peaks(Draws d)
    {
        bool places = d.Coin(), valleys = d.Coin();
        int least = d.Between(1, 9);
        string sign = valleys ? "<" : ">";
        string deep = valleys ? $"values[i - 1] - values[i] >= {least} && values[i + 1] - values[i] >= {least}"
            : $"values[i] - values[i - 1] >= {least} && values[i] - values[i + 1] >= {least}";
        return new()
        {
            Name = (valleys ? "find " + d.Pick("valleys", "lows") : "find " + d.Pick("peaks", "tops")) + (places ? " at" : ""),
            Takes = [new("values", Ty.Ints, "a list of whole numbers")],
            Gives = Ty.Ints,
            Goal = $"a list of the {(places ? "places" : "values")} of those elements of `values` that are "
                + $"{(valleys ? "smaller" : "larger")} than both of their neighbours by at least {least}",
            Rules = ["The first and the last element have one neighbour only, and do not count.",
                .. places ? (string[])["Places are counted from 0."] : []],
            Setting = d.Pick("", "A hiker looks at the profile of a route.", "A chemist reads the lines of a spectrum."),
            CSharp = $$"""
                var found = new List<int>();
                for (int i = 1; i < values.Length - 1; i++)
                {
                    if ({{deep}}) found.Add({{(places ? "i" : "values[i]")}});
                }
                return found.ToArray();
                """,
            Python = $"return [{(places ? "i" : "values[i]")} for i in range(1, len(values) - 1)\n        if {deep.Replace("&&", "and")}]",
            JavaScript = $$"""
                const found = [];
                for (let i = 1; i + 1 < values.length; i++) {
                  if ({{deep}}) found.push({{(places ? "i" : "values[i]")}});
                }
                return found;
                """,
            Oracle = a =>
            {
                int[] v = (int[])a[0];
                int s = sign == ">" ? 1 : -1;
                return v.Index().Skip(1).SkipLast(1).Where(e => s * e.Item - Math.Max(s * v[e.Index - 1], s * v[e.Index + 1]) > least - 1)
                    .Select(e => places ? e.Index : e.Item).ToArray();
            },
            Draw = r => [r.Ints(3, 10, 0, 2 * least + 2)],
            Edges = [[Array.Empty<int>()], [new[] { 9, 1 }], [new[] { 0, least, 0 }], [new[] { least, 0, least }], [new[] { 0, least,
                1 }], [new[] { least, 0, least - 1 }],
                [new[] { 0, 3 * least, least, 4 * least, 0, least, least }], [new[] { 1, least, 0 }], [new[] { least - 1, 0, least }]],
        };
    }
}
