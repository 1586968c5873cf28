using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Simulant.Validation.Text;
using Xunit;

namespace Simulant.Tests.Validation.Text;

public class NGramFiguresTests
{
    private static readonly RandomStream Stream = new(3, "test/figures");

    internal static ulong[] Words(string text)
    {
        var words = new List<ulong>();
        WordScanner.Hashes(text, words);
        return [.. words];
    }

    private static ulong[][] Random(int texts, int kinds, int item) => [.. Enumerable.Range(0, texts)
        .Select(t => Enumerable.Range(0, Stream.Below(25, item, t)).Select(w => WordScanner.Mix((ulong)Stream.Below(kinds, item, 1000 + t,
            w))).ToArray())];

    private static string[] Grams(ulong[][] texts, int n) =>
        [.. texts.SelectMany(t => Enumerable.Range(0, Math.Max(0, t.Length - n + 1)).Select(i => string.Join(' ', t[i..(i + n)])))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Distinct_runs_are_counted(int n)
    {
        var texts = Random(50, 6, n);
        string[] grams = Grams(texts, n);
        Assert.Equal((double)grams.Distinct().Count() / grams.Length, NGramFigures.Distinct(texts, n), 1e-12);
        Assert.Equal(double.NaN, NGramFigures.Distinct([[1]], 2));
    }

    [Fact]
    public void Windows_slide_over_the_texts_as_one()
    {
        var texts = Random(40, 9, 7);
        ulong[] all = [.. texts.SelectMany(t => t)];
        double mean = Enumerable.Range(0, all.Length - 19).Average(i => all[i..(i + 20)].Distinct().Count() / 20.0);
        Assert.Equal(mean, NGramFigures.TypeToken(texts, 20), 1e-12);
        Assert.Equal(double.NaN, NGramFigures.TypeToken([[1, 2]], 3));
        Assert.Equal(1, NGramFigures.TypeToken([[1, 2], [3]], 3));
    }

    [Fact]
    public void Openings_are_of_texts_that_have_four_words()
    {
        ulong[][] texts = [Words("Once upon a time, a cat"), Words("once upon a TIME"), Words("Once upon a"), Words("A dog sat down here")];
        Assert.Equal((2, 3), NGramFigures.Openings(texts));
        Assert.Equal((0, 0), NGramFigures.Openings([[1, 2, 3]]));
    }

    [Fact]
    public void Lengths_part_where_the_distribution_functions_do()
    {
        static ulong[][] Of(params int[] lengths) => [.. lengths.Select(l => new ulong[l])];
        Assert.Equal(0, NGramFigures.LengthGap(Of(1, 2, 3), Of(3, 1, 2)));
        Assert.Equal(1, NGramFigures.LengthGap(Of(1, 2), Of(3, 4, 5)));
        Assert.Equal(0.5, NGramFigures.LengthGap(Of(1, 2, 2, 9), Of(2, 9)), 1e-12 + 0.25);
        int[] a = [.. Enumerable.Range(0, 60).Select(i => Stream.Below(30, 1, 50_000 + i))], b = [.. Enumerable.Range(0, 45).Select(i =>
            Stream.Below(40, 2, 50_000 + i))];
        double gap = Enumerable.Range(0, 41).Max(x => Math.Abs(a.Count(l => l <= x) / 60.0 - b.Count(l => l <= x) / 45.0));
        Assert.Equal(gap, NGramFigures.LengthGap(Of(a), Of(b)), 1e-12);
        Assert.Equal(double.NaN, NGramFigures.LengthGap([], Of(1)));
    }

    [Fact]
    public void Vocabulary_and_copied_runs_are_shares_of_occurrences()
    {
        Assert.Equal(3 / 5.0, NGramFigures.Covered([Words("a b a"), Words("c d")], [Words("a d z")]));
        var (training, texts) = (Random(60, 3, 21), Random(30, 3, 22));
        HashSet<string> known = [.. Grams(training, 5)];
        var (copied, all) = NGramFigures.Copied(texts, [.. NGramFigures.Grams(training, 5)], 5);
        Assert.Equal(texts.Select(t => Grams([t], 5).Count(known.Contains)), copied);
        Assert.Equal(texts.Select(t => Grams([t], 5).Length), all);
    }

    /// <summary>BLEU written out for each text against a list of the others, count by count.</summary>
    [Fact]
    public void Self_BLEU_is_BLEU_against_all_others()
    {
        var texts = Random(40, 5, 33);
        double[] found = SelfBleu.Scores(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length == 0)
            {
                Assert.Equal(double.NaN, found[i]);
                continue;
            }
            ulong[][] others = [.. texts.Where((_, j) => j != i)];
            double product = 1;
            for (int n = 1; n <= 4; n++)
            {
                string[] own = Grams([texts[i]], n);
                int clipped = own.GroupBy(g => g).Sum(g => Math.Min(g.Count(), others.Max(o => Grams([o], n).Count(x => x == g.Key))));
                product *= n == 1 ? (double)clipped / own.Length : (clipped + 1.0) / (own.Length + 1);
            }
            int length = texts[i].Length, nearest = others.Select(o => o.Length).OrderBy(l => Math.Abs(l - length)).ThenBy(l => l).First();
            double expected = Math.Pow(product, 0.25) * (length < nearest ? Math.Exp(1 - (double)nearest / length) : 1);
            Assert.Equal(expected, found[i], 1e-12);
        }
        Assert.Equal([1.0, 1.0], SelfBleu.Scores([Words("the same five words here"), Words("The same five words here!")]));
        Assert.Equal(double.NaN, SelfBleu.Scores([Words("alone")])[0]);
    }
}
