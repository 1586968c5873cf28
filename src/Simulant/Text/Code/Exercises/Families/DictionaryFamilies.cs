namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over dictionaries.</summary>
internal static class DictionaryFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("frequent-word", "dictionaries", FrequentWord), new("stock-totals", "dictionaries", StockTotals),
        new("group-words", "dictionaries", GroupWords), new("price-lookup", "dictionaries", PriceLookup),
    ];

    private static Problem FrequentWord(Draws d)
    {
        bool last = d.Coin(), rare = d.Coin();
        int least = d.Between(1, 3);
        return new()
        {
            Name = rare ? d.Pick("rarest word", "least used word") : d.Pick("favourite word", "most used word", "top word"),
            Takes = [new("words", Ty.Texts, "a list of words of small letters")],
            Gives = Ty.Text,
            Goal = $"the word that occurs {(rare ? "least" : "most")} often in `words`, counting only words with at least {least} "
                + $"letter{(least == 1 ? "" : "s")}",
            Rules = [$"Of words that occur equally often it is the {(last ? "last" : "first")} in alphabetical order.",
                "Where no word counts, it is the empty text."],
            Setting = d.Pick("", "An editor looks for worn words.", "Votes are written on slips of paper."),
            CSharp = $$"""
                var counts = new Dictionary<string, int>();
                foreach (string word in words)
                {
                    if (word.Length >= {{least}}) counts[word] = counts.GetValueOrDefault(word) + 1;
                }
                string best = "";
                foreach (var (word, count) in counts)
                {
                    if (best == "" || count {{(rare ? "<" : ">")}} counts[best]
                        || count == counts[best] && string.CompareOrdinal(word, best) {{(last ? ">" : "<")}} 0) best = word;
                }
                return best;
                """,
            Python = $$"""
                from collections import Counter
                counts = Counter(word for word in words if len(word) >= {{least}})
                if not counts:
                    return ""
                wanted = {{(rare ? "min" : "max")}}(counts.values())
                return {{(last ? "max" : "min")}}(word for word in counts if counts[word] == wanted)
                """,
            JavaScript = $$"""
                const counts = new Map();
                for (const word of words) {
                  if (word.length >= {{least}}) counts.set(word, (counts.get(word) ?? 0) + 1);
                }
                const order = [...counts].sort(([a, m], [b, n]) => {{(rare ? "m - n" : "n - m")}} || (a {{(last ? ">" : "<")}} b ? -1 : 1));
                return order.length === 0 ? "" : order[0][0];
                """,
            Oracle = a =>
            {
                var groups = ((string[])a[0]).Where(w => w.Length > least - 1).Order(StringComparer.Ordinal).GroupBy(w => w).ToList();
                if (last) groups.Reverse();
                return (rare ? groups.MinBy(g => g.Count()) : groups.MaxBy(g => g.Count()))?.Key ?? "";
            },
            Draw = r => [r.Words(2, 10, "ab", least + 1)],
            Edges = [[Array.Empty<string>()], [new[] { "a" }], [new[] { "bbb", "aaa", "ccc" }], [new[] { "ccc", "aaa", "bbb", "aaa",
                "ccc" }],
                [new[] { "aaa", "ccc", "bbb", "bbb", "ddd", "ddd", "ddd" }], [new[] { "ab", "abc", "a", "a", "abc", "bc", "ab" }]],
        };
    }

    private static Problem StockTotals(Draws d)
    {
        int keep = d.Between(1, 12);
        bool below = d.Coin();
        return new()
        {
            Name = d.Pick("stock totals", "sum by name", "ledger totals"),
            Takes = [new("names", Ty.Texts, "a list of names"), new("amounts", Ty.Ints,
                "a list of whole numbers, one for each of the names")],
            Gives = Ty.Counts,
            Goal = $"a dictionary from each name to the sum of its amounts, of those names only whose sum is "
                + $"{(below ? "below" : "at least")} {keep}",
            Rules = ["`amounts[i]` belongs to `names[i]`.", "A name may occur more than once."],
            Setting = d.Pick("", "A store books what comes in and what goes out.", "A club keeps a list of who paid what."),
            CSharp = $$"""
                var sums = new Dictionary<string, int>();
                for (int i = 0; i < names.Length; i++)
                {
                    sums[names[i]] = sums.GetValueOrDefault(names[i]) + amounts[i];
                }
                var result = new Dictionary<string, int>();
                foreach (var (name, sum) in sums)
                {
                    if (sum {{(below ? "<" : ">=")}} {{keep}}) result[name] = sum;
                }
                return result;
                """,
            Python = $$"""
                sums = {}
                for name, amount in zip(names, amounts):
                    sums[name] = sums.get(name, 0) + amount
                return {name: total for name, total in sums.items() if total {{(below ? "<" : ">=")}} {{keep}}}
                """,
            JavaScript = $$"""
                const sums = new Map();
                names.forEach((name, i) => sums.set(name, (sums.get(name) ?? 0) + amounts[i]));
                return new Map([...sums].filter(([, sum]) => sum {{(below ? "<" : ">=")}} {{keep}}));
                """,
            Oracle = a => ((string[])a[0]).Zip((int[])a[1]).GroupBy(p => p.First, p => p.Second)
                .Where(g => g.Sum() >= keep != below).ToDictionary(g => g.Key, g => g.Sum()),
            Draw = r => r.Words(1, 8, "xyz", 1) is var names ? [names, r.Ints(names.Length, names.Length, -keep / 2, keep)] : [],
            Edges = [[Array.Empty<string>(), Array.Empty<int>()], [new[] { "a" }, new[] { keep }], [new[] { "a" }, new[] { keep - 1 }],
                [new[] { "a", "b", "a" }, new[] { keep - 1, keep + 1, 1 }], [new[] { "a", "b", "a" }, new[] { keep + 5, -3, -6 }]],
        };
    }

    private static Problem GroupWords(Draws d)
    {
        int kind = d.Between(0, 2), letters = d.Between(1, 3);
        var (cs, py, js, words) = kind switch
        {
            0 => ($"word[..Math.Min({letters}, word.Length)]", $"word[:{letters}]", $"word.slice(0, {letters})",
                $"their first {letters} letter(s)"),
            1 => ($"word[^Math.Min({letters}, word.Length)..]", $"word[-{letters}:]", $"word.slice(-{letters})",
                $"their last {letters} letter(s)"),
            _ => ("new string(word.Order().ToArray())", "\"\".join(sorted(word))", "[...word].sort().join(\"\")",
                "their letters in alphabetical order"),
        };
        int least = d.Between(1, 2);
        return new()
        {
            Name = d.Pick("group words", "count by key", "index words"),
            Takes = [new("words", Ty.Texts, "a list of words of small letters, none of them empty")],
            Gives = Ty.Counts,
            Goal = $"a dictionary that says how many of `words` there are by {words}" + (least > 1
                ? $", without the groups of fewer than {least}" : ""),
            Rules = [kind == 2 ? "So words that are made of the same letters fall together."
                : "A shorter word counts under the whole of itself."],
            Setting = d.Pick("", "An index of a book is to be made.", "A rhyming dictionary puts alike words together."),
            CSharp = $$"""
                var groups = new Dictionary<string, int>();
                foreach (string word in words)
                {
                    string key = {{cs}};
                    groups.TryGetValue(key, out int count);
                    groups[key] = count + 1;
                }
                return groups.Where(g => g.Value >= {{least}}).ToDictionary(g => g.Key, g => g.Value);
                """,
            Python = $$"""
                groups = {}
                for word in words:
                    key = {{py}}
                    groups[key] = groups.get(key, 0) + 1
                return {key: count for key, count in groups.items() if count >= {{least}}}
                """,
            JavaScript = $$"""
                const groups = new Map();
                for (const word of words) {
                  const key = {{js}};
                  groups.set(key, (groups.get(key) ?? 0) + 1);
                }
                return new Map([...groups].filter(([, count]) => count >= {{least}}));
                """,
            Oracle = a => ((string[])a[0]).ToLookup(w => kind == 2 ? string.Concat("abcdefghijklmnopqrstuvwxyz".Select(c => new string(c,
                w.Count(x => x == c))))
                : string.Concat(kind == 0 ? w.Take(letters) : w.TakeLast(letters))).Where(g => g.Count() > least - 1).ToDictionary(g =>
                    g.Key, g => g.Count()),
            Draw = r => [r.Words(2, 9, "abc", letters + 1)],
            Edges = [[Array.Empty<string>()], [new[] { "a" }], [new[] { "abcd", "abce", "bcda", "abcd" }], [new[] { "a", "ab", "ba", "a",
                "abcabc" }]],
        };
    }

    private static Problem PriceLookup(Draws d)
    {
        int missing = d.Between(-1, 9), discountFrom = d.Between(3, 6), percent = d.Pick(10, 20, 25, 50);
        return new()
        {
            Name = d.Pick("total price", "bill", "cost of basket"),
            Takes = [new("prices", Ty.Counts, "a dictionary from articles to their prices in cents"), new("basket", Ty.Texts,
                "a list of articles")],
            Gives = Ty.Int,
            Goal = $"what the articles of `basket` cost together, with {percent} percent taken off the whole (rounded down to a "
                + $"cent) where there are {discountFrom} articles or more",
            Rules = [$"An article that is not in `prices` costs {missing} {(Math.Abs(missing) == 1 ? "cent" : "cents")}.",
                "The same article may be bought more than once."],
            Setting = d.Pick("", "A shop has a till that can think.", "A canteen gives large orders a discount."),
            CSharp = $$"""
                int sum = 0;
                foreach (string article in basket)
                {
                    sum += prices.TryGetValue(article, out int price) ? price : {{missing}};
                }
                if (basket.Length >= {{discountFrom}}) sum = sum * {{100 - percent}} / 100;
                return sum;
                """,
            Python = $"""
                total = sum(prices.get(article, {missing}) for article in basket)
                if len(basket) >= {discountFrom}:
                    total = total * {100 - percent} // 100
                return total
                """,
            JavaScript = $$"""
                const sum = basket.reduce((s, article) => s + (prices.get(article) ?? {{missing}}), 0);
                return basket.length >= {{discountFrom}} ? Math.floor(sum * {{100 - percent}} / 100) : sum;
                """,
            Oracle = a =>
            {
                var (prices, basket) = ((Dictionary<string, int>)a[0], (string[])a[1]);
                decimal whole = prices.Sum(p => p.Value * basket.Count(b => b == p.Key)) + missing * basket.Count(b =>
                    !prices.ContainsKey(b));
                return (int)decimal.Floor(basket.Length < discountFrom ? whole : whole - whole * percent / 100m);
            },
            // Prices are high enough that a sum is never below nothing.
            Draw = r => [new Dictionary<string, int> { ["ink"] = r.Between(50, 99), ["pen"] = r.Between(100, 300), ["pad"] = r.Between(20,
                400) },
                r.Ints(1, 7, 0, 3).Select(i => ((string[])["ink", "pen", "pad", "cup"])[i]).Append("pen").ToArray()],
            Edges = [[new Dictionary<string, int>(), Array.Empty<string>()],
                [new Dictionary<string, int> { ["a"] = 101 }, Enumerable.Repeat("a", discountFrom).ToArray()],
                [new Dictionary<string, int> { ["a"] = 101 }, Enumerable.Repeat("a", discountFrom - 1).ToArray()],
                [new Dictionary<string, int> { ["a"] = 100, ["b"] = 7 }, new[] { "a", "c", "b" }]],
        };
    }
}
