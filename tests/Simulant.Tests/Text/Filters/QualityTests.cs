using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Simulant.Text.Filters;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class QualityTests
{
    private static readonly RandomStream Stream = new(8, "test/quality");

    /// <summary>Good texts hold a marked word a little more often than bad ones do.</summary>
    private static string Text(int item, bool good) => string.Join(' ', Enumerable.Range(0, 30).Select(w =>
        Stream.Uniform(item, w) < (good ? 0.08 : 0.02) ? "lesson" : Sentences.Of(item * 31 + w, 1, 500)));

    [Fact]
    public void It_scores_near_the_best_that_can_be_done()
    {
        string[] good = [.. Enumerable.Range(0, 1500).Select(i => Text(i, true))], bad = [.. Enumerable.Range(0, 1500).Select(i =>
            Text(9000 + i, false))];
        var classifier = QualityClassifier.Fit(good, bad, RunContext.Quiet(3, 2));
        Assert.Equal(600, classifier.HeldOutScores.Count);
        Assert.Equal(300, classifier.HeldOutGood.Count(g => g));
        double auc = Auc(classifier.HeldOutScores, classifier.HeldOutGood);
        // The likelihood ratio is a function of the marked word's count: no ranking has a greater AUC.
        double best = Auc([.. good.Concat(bad).Select(t => (double)t.Split(' ').Count(w => w == "lesson"))],
            [.. good.Select(_ => true), .. bad.Select(_ => false)]);
        Assert.InRange(auc, best - 0.06, best + 0.03);
        var again = QualityClassifier.Fit(good, bad, RunContext.Quiet(3, 1));
        Assert.Equal(classifier.HeldOutScores, again.HeldOutScores);
        Assert.Equal(classifier.Score(good[0]), again.Score(good[0]));
    }

    [Fact]
    public void Examples_that_do_not_differ_are_not_told_apart()
    {
        string[] one = [.. Enumerable.Range(0, 500).Select(i => Sentences.Of(i, 20, 300))];
        string[] other = [.. Enumerable.Range(500, 500).Select(i => Sentences.Of(i, 20, 300))];
        var classifier = QualityClassifier.Fit(one, other, RunContext.Quiet(1));
        Assert.InRange(Auc(classifier.HeldOutScores, classifier.HeldOutGood), 0.36, 0.64); // three deviations at 100 of each
    }

    [Theory]
    [InlineData(0.3, 30)]
    [InlineData(0.125, 13)]
    [InlineData(1, 100)]
    [InlineData(0.001, 0)]
    public void The_fraction_is_exact_and_ties_go_by_place(double fraction, int kept)
    {
        string[] good = [.. Enumerable.Range(0, 20).Select(i => $"fine lesson {i}")], bad = [.. Enumerable.Range(0, 20).Select(i =>
            $"spam offer {i}")];
        var classifier = QualityClassifier.Fit(good, bad, RunContext.Quiet(1));
        TextItem[] items = [.. Enumerable.Range(0, 100).Select(i => new TextItem(i % 10 == 9 ? "fine lesson" : i % 2 == 0 ? "spam offer"
            : "so so"))];
        var outcome = FilterChain.Run(() => items.Chunk(7), [new TopFractionFilter(classifier, fraction)], RunContext.Quiet(1, 3));
        Assert.Equal(100 - kept, outcome.Removed.Count);
        long[] expected = [.. Enumerable.Range(0, 100).OrderByDescending(i => classifier.Score(items[i].Text)).ThenBy(i => i).Take(kept)
            .Order().Select(i => (long)i)];
        Assert.Equal(expected, Enumerable.Range(0, 100).Select(i => (long)i).Where(i => !outcome.Removed.ContainsKey(i)));
        if (kept >= 10) Assert.All(Enumerable.Range(0, 10), i => Assert.False(outcome.Removed.ContainsKey(i * 10 + 9)));
    }

    [Fact]
    public void Too_few_examples_and_one_class_are_refused()
    {
        Assert.Throws<ArgumentException>(() => QualityClassifier.Fit(["a"], ["b"], RunContext.Quiet(1)));
        Assert.Throws<ArgumentException>(() => HashedLogistic.Fit([HashedBag.Of("a")], [true], 1));
        Assert.Throws<ArgumentException>(() => HashedLogistic.Fit([HashedBag.Of("a")], [], 1));
    }

    [Fact]
    public void A_bag_counts_words_and_pairs()
    {
        var bag = HashedBag.Of("a b a", order: 2, bits: 20);
        // a twice, b, "a b", "b a": square roots of counts over the root of their sum.
        Assert.Equal([1 / Math.Sqrt(5), 1 / Math.Sqrt(5), 1 / Math.Sqrt(5), Math.Sqrt(2) / Math.Sqrt(5)], bag.Values.Select(v =>
            (double)v).Order(),
            (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(bag.Buckets.Order(), bag.Buckets);
        Assert.Empty(HashedBag.Of("...").Buckets);
    }

    private static double Auc(IReadOnlyList<double> scores, IReadOnlyList<bool> good)
    {
        double wins = 0, pairs = 0;
        for (int i = 0; i < scores.Count; i++)
            for (int j = 0; j < scores.Count; j++)
                if (good[i] && !good[j])
                {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
        return wins / pairs;
    }
}
