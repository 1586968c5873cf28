using Simulant.Bench.Quality;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

/// <summary>SMOTE and the scores of a rare class, by another route.</summary>
public class RareClassTests
{
    private static readonly RandomStream Stream = new(6, "rare");

    private static readonly double[][] Minority =
        [.. Enumerable.Range(0, 40).Select(r => new[] { Stream.Normal(r, 0), Stream.Normal(r, 1), Stream.Normal(r, 2) })];

    [Fact]
    public void Smote_lies_between_a_row_and_one_of_its_nearest()
    {
        double[][] made = Smote.Rows(Minority, 400, new RandomStream(1, "smote"));
        Assert.Equal(400, made.Length);
        var used = new int[Minority.Length];
        foreach (double[] point in made)
        {
            bool on = false;
            for (int i = 0; i < Minority.Length; i++)
            {
                double[] a = Minority[i];
                foreach (int j in Enumerable.Range(0, 40).Where(j => j != i).OrderBy(j => Distance(a, Minority[j])).Take(5))
                {
                    // A point of the segment has its ends' distances add up to the segment's length.
                    if (Math.Abs(Distance(a, point) + Distance(point, Minority[j]) - Distance(a, Minority[j])) > 1e-9) continue;
                    on = true;
                    used[i]++;
                }
            }
            Assert.True(on);
        }
        Assert.All(used, u => Assert.True(u > 0));
        Assert.Equal(400, made.Select(p => p[0]).Distinct().Count());
        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
    }

    [Fact]
    public void Average_precision_and_recall_follow_their_definition_at_every_threshold()
    {
        double[] scores = [.. Enumerable.Range(0, 300).Select(i => Math.Round(Stream.Uniform(i, 5), 2))];
        bool[] positive = [.. Enumerable.Range(0, 300).Select(i => Stream.Uniform(i, 6) < 0.1 + 0.5 * scores[i] * scores[i])];
        double Precision(double t) => (double)Above(t, true) / Above(t, false);
        double Recall(double t) => (double)Above(t, true) / positive.Count(p => p);
        int Above(double t, bool only) => Enumerable.Range(0, 300).Count(i => scores[i] >= t && (!only || positive[i]));
        double[] thresholds = [.. scores.Distinct().OrderDescending()];
        double area = 0, before = 0;
        foreach (double t in thresholds)
        {
            area += (Recall(t) - before) * Precision(t);
            before = Recall(t);
        }
        var found = RareSplit.Score(scores, positive, 0.5);
        Assert.Equal(area, found.AveragePrecision, 1e-12);
        Assert.Equal(thresholds.Where(t => Precision(t) >= 0.5).Max(Recall), found.Recall, 1e-12);
        Assert.True(found.Recall > 0);
        Assert.Equal(0, RareSplit.Score([2, 1], [false, true], 0.9).Recall);
        Assert.Equal(new RareScores(1, 1), RareSplit.Score([2, 1], [true, false], 0.9));
    }
}
