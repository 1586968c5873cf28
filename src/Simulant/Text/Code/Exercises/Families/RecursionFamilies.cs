namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of recursion.</summary>
internal static class RecursionFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("ways-to-climb", "recursion", WaysToClimb), new("subset-count", "recursion", SubsetCount),
        new("nesting-sum", "recursion", NestingSum),
    ];

    private static Problem WaysToClimb(Draws d)
    {
        int small = d.Between(1, 2), large = small + d.Between(1, 3), broken = d.Between(3, 9);
        bool gap = d.Coin();
        string skip = gap ? $"if (i == {broken}) continue;\n    " : "";
        return new()
        {
            Name = d.Pick("ways to climb", "count ways", "stair ways"),
            Takes = [new("stairs", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = $"in how many ways one can go up `stairs` stairs with steps of {small} and of {large} stairs"
                + (gap ? $" without ever standing on stair {broken}" : ""),
            Rules = ["Ways that take the same steps in another order are different ways.",
                "There is one way to go up 0 stairs: to take no step.", .. gap ? (string[])[$"With `stairs` at {broken} there is no "
                    + $"way."] : []],
            Setting = d.Pick("", "A child goes up the stairs by small and by large steps.",
                "A signal is put together of short and long marks."),
            CSharp = $$"""
                var ways = new int[stairs + 1];
                ways[0] = 1;
                for (int i = 1; i <= stairs; i++)
                {
                    {{skip}}if (i >= {{small}}) ways[i] += ways[i - {{small}}];
                    if (i >= {{large}}) ways[i] += ways[i - {{large}}];
                }
                return ways[stairs];
                """,
            Python = $$"""
                from functools import lru_cache

                @lru_cache(maxsize=None)
                def ways(n):
                    if n < 0{{(gap ? $" or n == {broken}" : "")}}:
                        return 0
                    return 1 if n == 0 else ways(n - {{small}}) + ways(n - {{large}})

                return ways(stairs)
                """,
            JavaScript = $$"""
                const known = new Map([[0, 1]]);
                const ways = n => {
                  if (n < 0{{(gap ? $" || n === {broken}" : "")}}) return 0;
                  if (!known.has(n)) known.set(n, ways(n - {{small}}) + ways(n - {{large}}));
                  return known.get(n);
                };
                return ways(stairs);
                """,
            // All the ways walked, one by one.
            Oracle = a => Walk(0, (int)a[0]),
            Draw = r => [r.Between(0, 18)],
            Edges = [[0], [1], [2], [3], [4], [large], [broken], [broken + 1], [broken + 2], [broken + 3], [16]],
        };

        int Walk(int at, int top) =>
            at > top || gap && at == broken ? 0 : at == top ? 1 : Walk(at + small, top) + Walk(at + large, top);
    }

    private static Problem SubsetCount(Draws d)
    {
        bool most = d.Coin();
        int least = d.Between(0, 3);
        string sign = most ? "<=" : "==";
        return new()
        {
            Name = d.Pick("count choices", "subsets by sum", "ways to pay"),
            Takes = [new("coins", Ty.Ints, "a list of whole numbers of at least 1"), new("amount", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = $"in how many ways one can choose at least {least} of the elements of `coins` so that their sum is "
                + (most ? "at most `amount`" : "exactly `amount`"),
            Rules = ["Equal coins at different places are different coins.",
                .. least == 0 ? (string[])["To choose nothing is a way too, with the sum 0."] : []],
            Setting = d.Pick("", "A purse holds a few coins.", "Weights lie beside the scales."),
            CSharp = $$"""
                return Count(0, 0, 0);

                int Count(int place, int chosen, int sum)
                {
                    if (place == coins.Length) return chosen >= {{least}} && sum {{sign}} amount ? 1 : 0;
                    return Count(place + 1, chosen, sum) + Count(place + 1, chosen + 1, sum + coins[place]);
                }
                """,
            Python = $"""
                from itertools import combinations
                return sum(sum(chosen) {sign} amount
                           for size in range({least}, len(coins) + 1)
                           for chosen in combinations(coins, size))
                """,
            JavaScript = $$"""
                const count = ([coin, ...others], chosen, left) => coin === undefined
                  ? Number(chosen >= {{least}} && left {{(most ? ">= 0" : "=== 0")}})
                  : count(others, chosen, left) + count(others, chosen + 1, left - coin);
                return count(coins, 0, amount);
                """,
            Oracle = a => Table((int[])a[0], (int)a[1]),
            Draw = r => [r.Ints(2, 7, 1, 5), r.Between(2, 14)],
            Edges = [[Array.Empty<int>(), 0], [new[] { 3 }, 0], [new[] { 3 }, 3], [new[] { 1, 1, 1, 1, 1 }, 3], [new[] { 2, 3, 5, 7 }, 10],
                [new[] { 2, 3, 5, 7 }, 17], [new[] { 1, 2, 3 }, 1]],
        };

        // A table of how many choices there are by number and sum.
        int Table(int[] coins, int amount)
        {
            int total = coins.Sum(), found = 0;
            int[,] ways = new int[coins.Length + 1, total + 1];
            ways[0, 0] = 1;
            foreach (int coin in coins)
                for (int n = coins.Length - 1; n >= 0; n--)
                    for (int s = total - coin; s >= 0; s--)
                        ways[n + 1, s + coin] += ways[n, s];
            for (int n = least; n <= coins.Length; n++)
                for (int s = 0; s <= total; s++)
                    if (most ? s <= amount : s == amount) found += ways[n, s];
            return found;
        }
    }

    private static Problem NestingSum(Draws d)
    {
        var (open, close) = d.Pick(('(', ')'), ('[', ']'), ('<', '>'));
        int factor = d.Between(1, 9), free = d.Between(0, 4);
        return new()
        {
            Name = d.Pick("nested sum", "weighted sum", "depth sum"),
            Takes = [new("text", Ty.Text, $"digits and the brackets {open} and {close}, which are balanced")],
            Gives = Ty.Int,
            Goal = $"the sum of the digits of `text`, each multiplied by {(factor == 1 ? "" : $"{factor} times ")}the number of "
                + $"brackets it stands in"
                + (free == 0 ? "" : $", plus {free} for every pair of brackets"),
            Rules = ["A digit outside all brackets adds nothing.", "Each digit is a number of its own."],
            Setting = d.Pick("", "Boxes lie in boxes, and each holds a few things.", "An outline is marked with brackets."),
            CSharp = $$"""
                int depth = 0, result = 0;
                foreach (char c in text)
                {
                    if (c == '{{open}}')
                    {
                        depth++;
                        {{(free == 0 ? "" : $"result += {free};\n    ")}}}
                    else if (c == '{{close}}') depth--;
                    else result += (c - '0') * depth * {{factor}};
                }
                return result;
                """.Replace("        }\n    else if", "    }\n    else if"),
            Python = $$"""
                def walk(at, depth):
                    total = 0
                    while at < len(text):
                        if text[at] == "{{open}}":
                            inner, at = walk(at + 1, depth + 1)
                            total += inner + {{free}}
                        elif text[at] == "{{close}}":
                            return total, at
                        else:
                            total += int(text[at]) * depth * {{factor}}
                        at += 1
                    return total, at

                return walk(0, 0)[0]
                """,
            JavaScript = $$"""
                const sums = [];
                let [depth, pairs] = [0, 0];
                for (const c of text) {
                  if (c === "{{open}}") [depth, pairs] = [depth + 1, pairs + 1];
                  else if (c === "{{close}}") depth--;
                  else sums[depth] = (sums[depth] ?? 0) + Number(c);
                }
                return sums.reduce((total, sum, at) => total + sum * at * {{factor}}, pairs * {{free}});
                """,
            // Each digit by itself: what is open before it.
            Oracle = a => ((string)a[0]).Index().Sum(e => e.Item == close ? free : !char.IsAsciiDigit(e.Item) ? 0
                : (e.Item - '0') * factor * ((string)a[0])[..e.Index].Sum(c => c == open ? 1 : c == close ? -1 : 0)),
            Draw = r => [Nested(r, 3)],
            Edges = [[""], ["7"], [$"{open}{close}"], [$"1{open}2{open}3{close}4{close}5"], [$"{open}9{close}{open}8{close}"],
                [$"{open}{open}1{close}{close}{open}{open}2{close}3{close}4"]],
        };

        string Nested(Draws r, int deep) => string.Concat(Enumerable.Range(0, r.Between(1, 4)).Select(_ =>
            deep > 0 && r.Coin() ? open + Nested(r, deep - 1) + close : $"{r.Between(0, 9)}"));
    }
}
