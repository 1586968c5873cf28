using Simulant.Data;
using Simulant.Numerics.Text;
using Simulant.Text.Filters;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class DuplicateTests
{
    private static FilterOutcome Run(ITextFilter filter, TextItem[] items, int batch = 3, int threads = 2) =>
        FilterChain.Run(() => items.Chunk(batch), [filter], RunContext.Quiet(1, threads));

    [Fact]
    public void Exact_duplicates_are_the_same_but_for_case_and_space()
    {
        TextItem[] items = [new("The  cat\n sat."), new("the cat sat"), new(" THE CAT SAT. "), new("STRAẞE CAFÉ\u2003"),
            new("straße\u00A0café"), new("the cat sat.", "x"),
            new("the cat sat.", null, "x"), new("\uD800"), new("\uFFFD"), new("")];
        var outcome = Run(new ExactDuplicates(), items);
        Assert.Equal([2L, 4L], outcome.Removed.Keys.Order());
        Assert.Contains("record 1 ", outcome.Removed[2].Evidence);
        Assert.Equal(outcome.Count, outcome.Counts.Sum(c => c.Value) + 8);
    }

    [Fact]
    public void Conflicting_answers_fall_all_of_them()
    {
        TextItem[] items = [new("q", "i", "a"), new("q", "j", "b"), new("Q", "i", "a"), new("q", "i", "c"), new("q", "j", "B "),
            new("q", "k")];
        var outcome = Run(new ConflictFilter(), items, 2);
        Assert.Equal([0L, 2L, 3L], outcome.Removed.Keys.Order());
    }

    /// <summary>Documents with planted near-copies, against clusters made pair by pair from whole signatures.</summary>
    [Fact]
    public void Clusters_are_those_of_all_pairs()
    {
        string?[] texts = [.. Enumerable.Range(0, 240).Select(i => i % 40 == 7 ? null : i % 3 == 2 ? Varied(i - 1, i) : Sentences.Of(i,
            60))];
        texts[100] = texts[3];
        texts[101] = "tiny text";
        texts[102] = "Tiny text!";
        texts[103] = "";
        int[] found = Clusters(texts, 2, 50);
        Assert.Equal(ByPairs(texts), found);
        Assert.Equal(found, Clusters(texts, 1, 7));
        Assert.Equal(found, Clusters(texts, 4, 1000));
        Assert.InRange(found.Where((least, i) => least != i).Count(), 20, 120);
        Assert.Equal(101, found[102]);
        Assert.Equal(103, found[103]);
    }

    [Fact]
    public void What_fell_before_stands_for_no_cluster()
    {
        TextItem[] items = [new("the same words in the same order"), new("the same words in the same order"), new("other words"),
            new("the same words in the same order")];
        var first = new FirstFalls();
        var outcome = FilterChain.Run(() => items.Chunk(2), [first, new NearDuplicateFilter()], RunContext.Quiet(1));
        Assert.Equal([0L, 3L], outcome.Removed.Keys.Order());
        Assert.Equal("in the cluster of record 2, by shared bands of MinHash", outcome.Removed[3].Evidence);
    }

    private sealed class FirstFalls : ITextFilter
    {
        public bool Whole => false;
        public void Look(TextBatch batch, RunContext run) => batch.Judge(run, i => batch.First + i == 0 ? new Finding("first", "") : null);
        public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run) => [];
    }

    private static string Varied(int item, int by)
    {
        string[] words = Sentences.Of(item, 60).Split(' ');
        words[by % 60] = "changed";
        return string.Join(' ', words);
    }

    private static int[] Clusters(string?[] texts, int threads, int batch)
    {
        var index = new NearDuplicates();
        foreach (string?[] part in texts.Chunk(batch)) index.Add(part, RunContext.Quiet(1, threads));
        return index.Clusters(RunContext.Quiet(1, threads));
    }

    private static int[] ByPairs(string?[] texts)
    {
        var hash = new MinHash(112, 1);
        var signatures = texts.Select(text =>
        {
            var words = new List<ulong>();
            WordScanner.Hashes(text, words);
            int n = Math.Min(5, words.Count);
            if (n == 0) return null;
            ulong[] shingles = [.. Enumerable.Range(0, words.Count - n + 1).Select(i => NGramHashes.Whole(words.GetRange(i, n).ToArray()))];
            var signature = new uint[112];
            hash.Sign(shingles, signature);
            return signature;
        }).ToArray();
        int[] least = [.. Enumerable.Range(0, texts.Length)];
        bool Match(uint[] a, uint[] b) => Enumerable.Range(0, 14).Any(band => a.AsSpan(band * 8, 8).SequenceEqual(b.AsSpan(band * 8, 8)));
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int i = 0; i < texts.Length; i++)
                for (int j = 0; j < i; j++)
                    if (signatures[i] is { } a && signatures[j] is { } b && least[i] != least[j] && Match(a, b))
                    {
                        least[i] = least[j] = Math.Min(least[i], least[j]);
                        moved = true;
                    }
        }
        return least;
    }
}
