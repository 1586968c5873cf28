using Simulant.Numerics.Random;
using Simulant.Tests.Text.Filters;
using Simulant.Text.Recipes;
using Simulant.Text.Recipes.Steps;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public class RougeLTests
{
    [Theory]
    [InlineData("the cat sat on the mat", "the cat sat on the mat", 1)]
    [InlineData("The CAT, sat!", "the cat sat", 1)]
    [InlineData("police killed the gunman", "police kill the gunman", 0.75)] // Lin 2004, section 3.1
    [InlineData("police killed the gunman", "the gunman kill police", 0.5)]
    [InlineData("a b", "c d", 0)]
    [InlineData("Дождь идёт весь день", "дождь шёл весь день", 0.75)]
    [InlineData("雨が降る", "雪が降る", 0.75)]
    [InlineData("", "a", 0)]
    [InlineData("", "", 0)]
    public void Published_examples(string a, string b, double score) => Assert.Equal(score, RougeL.Score(a, b), 12);

    /// <summary>Against the table of Wagner and Fischer, over lengths on both sides of a block of bits.</summary>
    [Fact]
    public void The_row_of_bits_counts_as_the_table_does()
    {
        var stream = new RandomStream(9, "test.rouge");
        for (int i = 0; i < 400; i++)
        {
            string[] a = Words(stream, i, 0), b = Words(stream, i, 1);
            double expected = a.Length + b.Length == 0 ? 0 : 2.0 * Longest(a, b) / (a.Length + b.Length);
            string x = string.Join(' ', a), y = string.Join(' ', b);
            Assert.Equal(expected, RougeL.Score(x, y), 12);
            var pool = new Pool([new PoolMember("other", TextRecord.Of(KeyValuePair.Create("t", y)), true)]);
            foreach (double limit in (double[])[0, 0.3, 0.5, expected, 0.7, 1])
                Assert.Equal(expected > limit ? "other" : null, new NovelTexts("t", limit).Nearest(x, pool.Now(), 0, default));
        }
    }

    /// <summary>As a look at every member in turn finds, from any member to any, and in a pool that grows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void A_pool_is_searched_as_if_every_member_were_looked_at(double limit)
    {
        string[] texts = Sentences.Instructions(400);
        texts[7] = "";
        var pool = new Pool([]);
        var views = new List<PoolView>();
        foreach (string text in texts)
        {
            views.Add(pool.Now());
            string field = text.Length % 9 == 0 ? "none" : "t";
            pool.Add(new PoolMember($"m{pool.Count}", TextRecord.Of(KeyValuePair.Create(field, text)), false));
        }
        var novel = new NovelTexts("t", limit);
        var stream = new RandomStream(3, "test.rouge.pool");
        int found = 0;
        for (int i = 0; i < 600; i++)
        {
            string text = texts[stream.Below(400, i, 0)];
            if (i % 3 > 0) text += " " + texts[stream.Below(400, i, 1)];
            var view = views[i < 300 ? i : stream.Below(400, i, 2)];
            int from = i % 2 == 0 ? 0 : stream.Below(view.Count + 1, i, 3);
            string? expected = null;
            for (int m = from; m < view.Count && expected is null; m++)
                if (RougeL.Score(text, view[m].Fields.Find("t") ?? "") > limit) expected = view[m].Id;
            Assert.Equal(expected, novel.Nearest(text, view, from, default));
            if (expected is not null) found++;
        }
        Assert.InRange(found, 50, 599);
    }

    [Fact]
    public void Another_run_has_another_pool()
    {
        Pool Of(string text) => new([new PoolMember("m", TextRecord.Of(KeyValuePair.Create("t", text)), true)]);
        var novel = new NovelTexts("t", 0.7);
        Assert.Equal("m", novel.Nearest("one two three", Of("one two three").Now(), 0, default));
        Assert.Null(novel.Nearest("one two three", Of("four five six").Now(), 0, default));
    }

    private static string[] Words(RandomStream stream, int item, int slot)
    {
        var draws = stream.Draws(item, slot);
        int length = draws.Below(item % 4 == 0 ? 200 : 20), alphabet = 2 + draws.Below(12);
        string[] words = new string[length];
        for (int i = 0; i < length; i++) words[i] = "w" + draws.Below(alphabet);
        return words;
    }

    private static int Longest(string[] a, string[] b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
        return table[a.Length, b.Length];
    }
}
