using System.Text.Json;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Simulant.Tests.Data;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Overlap;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class DecontaminationTests
{
    private static readonly RandomStream Stream = new(31, "test/planted");

    private static string Runs(int item, int from, int count) => string.Join(' ', Sentences.Of(item, 60).Split(' ')[from..(from + count)]);

    /// <summary>A text of its own words with a run of a benchmark item planted in it, or none.</summary>
    private static string Record(int i, int run)
    {
        string planted = run > 0 ? Runs(Stream.Below(50, i, 0), Stream.Below(60 - run, i, 1), run) : "";
        return $"{Sentences.Of(5000 + i, 20, 100_000)} {planted.ToUpperInvariant()}, {Sentences.Of(7000 + i, 20, 100_000)}";
    }

    /// <summary>Texts of words: whether they share a run of n, looked for text against text.</summary>
    private static int? ByBruteForce(string text, string[] items, int n)
    {
        string padded = $" {string.Join(' ', Words(text))} ";
        for (int item = 0; item < items.Length; item++)
        {
            string[] words = Words(items[item]);
            for (int i = 0; i + n <= words.Length; i++)
                if (padded.Contains($" {string.Join(' ', words[i..(i + n)])} ", StringComparison.Ordinal)) return item;
        }
        return null;
    }

    private static string[] Words(string text)
    {
        var words = new List<string>();
        var scan = new WordScanner(text);
        while (scan.Next()) words.Add(text.Substring(scan.Start, scan.Length).ToLowerInvariant());
        return [.. words];
    }

    [Theory]
    [InlineData(13)]
    [InlineData(8)]
    public void Every_shared_run_is_found_and_nothing_else(int n)
    {
        string[] items = [.. Enumerable.Range(0, 50).Select(i => Sentences.Of(i, 60))];
        var index = new BenchmarkIndex(new DecontaminationOptions { Run = n, Share = 2, Difference = 2 });
        foreach (string item in items) index.Add(item);
        int found = 0;
        for (int i = 0; i < 300; i++)
        {
            string text = Record(i, i % 3 == 0 ? 0 : n - 2 + Stream.Below(5, i, 3));
            int? expected = ByBruteForce(text, items, n);
            var overlap = index.Find(text);
            Assert.Equal(expected, overlap?.Item);
            if (overlap is not { } shared) continue;
            found++;
            // The place it names holds the run.
            Assert.Equal(expected, ByBruteForce(text.Substring(shared.Start, shared.Length), items, n));
            Assert.Equal((int)shared.Amount, Words(text.Substring(shared.Start, shared.Length)).Length);
        }
        Assert.InRange(found, 60, 200);
    }

    [Theory]
    [InlineData(7, false)] // 7 of 10 runs of 8 in 17 words: exactly .7
    [InlineData(6, true)]
    public void The_share_of_runs_of_eight_counts(int runs, bool passes)
    {
        string item = string.Join(' ', Enumerable.Range(0, 17).Select(i => "i" + i));
        var index = new BenchmarkIndex(new DecontaminationOptions { Run = 100, Difference = 2 });
        index.Add(item);
        // Two pieces, so that no long run is shared: a runs in the first 7 + a words.
        string[] words = item.Split(' ');
        int first = runs - 2; // runs of the first piece; two in the second
        string text = $"{string.Join(' ', words[..(7 + first)])} other {string.Join(' ', words[8..])}";
        int shared = Enumerable.Range(0, 10).Count(i => ByBruteForce(string.Join(' ', words[i..(i + 8)]), [text], 8) is not null);
        var found = index.Find(text);
        if (shared < 7) Assert.Null(found);
        else Assert.Equal((BenchmarkIndex.ShareRule, shared / 10.0), (found!.Value.Rule, found.Value.Amount));
        Assert.True(shared >= 7 || passes);
    }

    [Fact]
    public void Ten_words_in_a_row_make_the_whole_be_compared()
    {
        string[] item = [.. Enumerable.Range(0, 30).Select(i => "i" + i)];
        var index = new BenchmarkIndex();
        index.Add(string.Join(' ', item));
        string Text(int after) => string.Join(' ', item[..10].Concat(["x"]).Concat(item.Where((_, i) => i >= 10 && i < 10 + 2 * after
            && i % 2 == 1)));
        Assert.Null(index.Find(Text(5)));                              // 15 of 30 words: not more than half
        var found = index.Find(Text(6))!.Value;
        Assert.Equal((BenchmarkIndex.DifferenceRule, 16 / 30.0), (found.Rule, found.Amount));
        Assert.Null(index.Find(string.Join(' ', item.Where((_, i) => i % 10 != 9)))); // much the same, but no ten in a row
    }

    [Fact]
    public void Matching_blocks_are_those_of_the_definition()
    {
        for (int i = 0; i < 300; i++)
        {
            ulong[] a = [.. Enumerable.Range(0, Stream.Below(25, i, 5)).Select(k => (ulong)Stream.Below(4, i, 6, k))];
            ulong[] b = [.. Enumerable.Range(0, Stream.Below(25, i, 7)).Select(k => (ulong)Stream.Below(4, i, 8, k))];
            Assert.Equal(Blocks(a, b), MatchingBlocks.Total(a, b));
        }
    }

    // The definition, word for word: the longest block, the first in a and of these the first in b; then left, then right.
    private static int Blocks(ulong[] a, ulong[] b)
    {
        var best = (I: 0, J: 0, Length: 0);
        for (int i = 0; i < a.Length; i++)
            for (int j = 0; j < b.Length; j++)
            {
                int length = 0;
                while (i + length < a.Length && j + length < b.Length && a[i + length] == b[j + length]) length++;
                if (length > best.Length) best = (i, j, length);
            }
        return best.Length == 0 ? 0 : best.Length + Blocks(a[..best.I], b[..best.J])
            + Blocks(a[(best.I + best.Length)..], b[(best.J + best.Length)..]);
    }

    [Fact]
    public void Items_that_no_rule_can_see_are_counted()
    {
        var index = new BenchmarkIndex();
        index.Add("seven words are too few to see");
        index.Add("eight words are just enough to be seen");
        Assert.Equal((2, 1), (index.Count, index.TooShort));
        Assert.Null(index.Find("seven words are too few to see"));
        Assert.NotNull(index.Find("eight words are just enough to be seen"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BenchmarkIndex(new DecontaminationOptions { Run = 0 }));
    }

    [Fact]
    public void The_evidence_says_where()
    {
        var index = new BenchmarkIndex();
        index.Add("nothing of this is there at all, I am quite sure of that");
        index.Add("the quick brown fox jumps over the lazy dog and runs away from it");
        var filter = new DecontaminationFilter(index, [new("b.jsonl", 0), new("b.jsonl", 41)]);
        TextItem[] items = [new("See:", "The quick, brown fox jumps over the lazy dog; and runs away from it today.")];
        var outcome = FilterChain.Run(() => [items], [filter], RunContext.Quiet(1));
        Assert.Equal(new Finding("overlap-run", "shares 14 words in a row with b.jsonl:42, from character 6: "
            + "The quick, brown fox jumps over the lazy dog; and runs away from it"), outcome.Removed[0]);
    }

    [Fact]
    public void Few_questions_of_GSM8K_for_training_are_in_its_test()
    {
        var index = new BenchmarkIndex();
        foreach (string question in Questions("gsm8k_test.jsonl")) index.Add(question);
        string[] train = Questions("gsm8k_train.jsonl");
        int flagged = train.Count(question => index.Find(question) is not null);
        Assert.Equal(7473, train.Length);
        Assert.InRange((double)flagged / train.Length, 0, 0.01);
        // And the test itself is found whole, but for what is too short.
        Assert.Equal(1319 - index.TooShort, Questions("gsm8k_test.jsonl").Count(question => index.Find(question) is not null));
    }

    private static string[] Questions(string file) =>
    [
        .. File.ReadLines(SharedData.Text(file)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question").GetString()!),
    ];
}
