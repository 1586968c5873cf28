using Simulant.Data;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Overlap;
using Simulant.Tests.Numerics.Text;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class RougePoolTests
{
    /// <summary>One at a time, against all that were accepted, by the table.</summary>
    private static (int Other, double F)?[] ByBruteForce(string[] texts, double threshold, string[] given)
    {
        var numbers = new Dictionary<string, int>();
        int[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(w => numbers.TryGetValue(w, out int n) ? n : numbers[w] = numbers.Count)];
        var pool = given.Select(Words).ToList();
        var outcome = new (int Other, double F)?[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            int[] item = Words(texts[i]);
            for (int p = 0; p < pool.Count && outcome[i] is null; p++)
            {
                double f = 2.0 * CommonSubsequenceTests.ByTable(item, pool[p]) / (item.Length + pool[p].Length);
                if (f > threshold) outcome[i] = (p, f);
            }
            if (outcome[i] is null) pool.Add(item);
        }
        return outcome;
    }

    private static (int Other, double F)?[] ByPool(string[] texts, double threshold, string[] given, int round, int threads)
    {
        var pool = new RougePool(new RougeOptions { Threshold = threshold, Round = round });
        foreach (string text in given) pool.Add(text);
        return pool.Offer(texts, RunContext.Quiet(1, threads));
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.5)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.01)]
    public void It_is_what_brute_force_finds_at_any_size_of_round_and_any_threads(double threshold)
    {
        string[] texts = Sentences.Instructions(1200), given = [texts[5], "w1 w2 w3", ""];
        var expected = ByBruteForce(texts, threshold, given);
        Assert.InRange(expected.Count(e => e is not null), 40, 1199);
        foreach (var (round, threads) in new[] { (1, 1), (7, 3), (100, 1), (1024, 4), (5000, 2) })
            Assert.Equal(expected, ByPool(texts, threshold, given, round, threads));
    }

    [Fact]
    public void F_at_the_threshold_passes_and_above_it_falls()
    {
        // 7 of 10 words in order: F is .7 exactly.
        const string a = "a b c d e f g h i j";
        Assert.Null(ByPool([a, "a b c d e f g x y z"], 0.7, [], 10, 1)[1]);
        Assert.Equal((0, 0.8), ByPool([a, "a b c d e f g h y z"], 0.7, [], 10, 1)[1]);
        Assert.Null(ByPool([a, a], 1, [], 10, 1)[1]);
    }

    [Fact]
    public void Texts_without_words_are_like_nothing() =>
        Assert.All(ByPool(["", "", "...", "!"], 0.7, [""], 2, 2), Assert.Null);

    [Fact]
    public void The_report_names_the_record_or_the_text_of_the_pool()
    {
        var filter = new RougeFilter(["one two three four five"]);
        TextItem[] items = [new("six seven eight nine ten"), new("one two three four five six"), new("Six, seven, eight, nine, TEN!")];
        var outcome = FilterChain.Run(() => [items], [filter], RunContext.Quiet(1));
        Assert.Equal([1L, 2L], outcome.Removed.Keys.Order());
        Assert.Equal("ROUGE-L F 0.909 with text 1 of the pool, more than 0.7", outcome.Removed[1].Evidence);
        Assert.Equal("ROUGE-L F 1 with record 1, more than 0.7", outcome.Removed[2].Evidence);
    }

    [Fact]
    public void Thresholds_and_rounds_have_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RougePool(new RougeOptions { Threshold = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RougePool(new RougeOptions { Threshold = 1.1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RougePool(new RougeOptions { Threshold = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RougePool(new RougeOptions { Round = 0 }));
    }
}
