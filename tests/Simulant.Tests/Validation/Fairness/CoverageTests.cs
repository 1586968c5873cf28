using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Fairness;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Fairness;

/// <summary>
/// Tables drawn again and again from laws whose figures are known by enumeration: how often each interval holds the truth. The smallest
/// group has about forty rows, and one outcome is rare.
/// </summary>
public class CoverageTests
{
    private const int RealRows = 700, SyntheticRows = 900;

    // By group: share in real rows, share in synthetic rows, and the outcome's rate given the first prediction.
    private static readonly double[] Real = [0.06, 0.34, 0.60], Made = [0.04, 0.40, 0.56];
    private static readonly double[] First = [0.1, 0.4, 0.6, 0.9], Second = [0.2, 0.35, 0.7, 0.8];
    private static readonly double[][] Mass = [[0.4, 0.2, 0.2, 0.2], [0.55, 0.25, 0.1, 0.1], [0.25, 0.25, 0.25, 0.25]];
    private static readonly double[][] Rate = [[0.15, 0.4, 0.5, 0.95], [0.05, 0.2, 0.55, 0.8], [0.1, 0.5, 0.65, 0.92]];

    /// <summary>The second prediction agrees with the first but in three rows of ten, where it is any of its values.</summary>
    private const double Blur = 0.3;

    private static readonly string[] Names =
    [
        "representation", "outcome parity", "parity", "true positive", "false positive", "odds", "calibration", "tstr gap",
        "largest parity",
    ];

    [Fact]
    public void Intervals_hold_the_truth_in_93_of_100_cases() => Check(600, 0.93, 0.915);

    [Fact, Trait("Suite", "long")]
    public void Each_interval_holds_the_truth_in_93_of_100_cases() => Check(10_000, 0.93, 0.93);

    private static void Check(int cases, double overall, double each)
    {
        var held = new double[Names.Length];
        var seen = new double[Names.Length];
        var truth = Truths();
        for (int i = 0; i < cases; i++) Case(i, truth, held, seen);
        string text = string.Join("; ", Names.Select((n, k) => FormattableString.Invariant($"{n} {held[k] / seen[k]:F4} of {seen[k]}")));
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.True(held.Sum() / seen.Sum() >= overall, text);
        for (int k = 0; k < Names.Length; k++)
        {
            Assert.True(seen[k] >= cases / 2.0, text);
            Assert.True(held[k] / seen[k] >= each, text);
        }
    }

    private static void Case(int number, double[][] truth, double[] held, double[] seen)
    {
        var random = new RandomStream(17, "coverage");
        var counts = new GroupCounts[3];
        var all = new GroupCounts();
        var scores = new List<(double First, double Second, bool Y)>[] { [], [], [] };
        int[] made = new int[3];
        for (int r = 0; r < RealRows; r++)
        {
            double u = random.Uniform(number, r);
            int g = Pick(Real, u), cell = Pick(Mass[g], random.Uniform(number, r, 1));
            bool y = random.Uniform(number, r, 2) < Rate[g][cell];
            int other = random.Uniform(number, r, 3) < Blur ? (int)(4 * random.Uniform(number, r, 4)) : cell;
            counts[g].Add(y, First[cell]);
            all.Add(y, First[cell]);
            scores[g].Add((First[cell], Second[other], y));
        }
        for (int r = 0; r < SyntheticRows; r++) made[Pick(Made, random.Uniform(number, RealRows + r))]++;
        var together = new List<Estimate>();
        for (int g = 0; g < 3; g++)
        {
            var own = counts[g];
            if (own.Rows < FairnessDetail.LeastRows) continue; // as the program does
            var rest = own.From(all);
            double[] a = [.. scores[g].Select(s => s.First)], b = [.. scores[g].Select(s => s.Second)];
            bool[] y = [.. scores[g].Select(s => s.Y)];
            bool ranked = Math.Min(own.Positive, own.Negative) >= FairnessDetail.LeastOfOutcome;
            Estimate?[] found =
            [
                GroupEstimates.Representation(made[g], SyntheticRows, (int)own.Rows, RealRows),
                GroupEstimates.Gap(own.Positive, own.Rows, rest.Positive, rest.Rows), GroupEstimates.Parity(own, rest),
                GroupEstimates.TruePositive(own, rest), GroupEstimates.FalsePositive(own, rest), GroupEstimates.Odds(own, rest),
                GroupEstimates.Calibration(own), ranked ? GroupEstimates.TstrGap(PairedAuc.Of(a, b, y)) : null,
            ];
            for (int k = 0; k < found.Length; k++) Note(k, found[k], truth[g][k]);
            together.Add(GroupEstimates.Parity(own, rest, ShareIntervals.Together(3))!);
        }
        Note(Names.Length - 1, GroupEstimates.Largest(together), truth.Max(t => Math.Abs(t[2])));

        void Note(int k, Estimate? estimate, double value)
        {
            if (estimate is null) return;
            seen[k]++;
            if (estimate.Low <= value && value <= estimate.High) held[k]++;
        }
    }

    private static int Pick(double[] shares, double u)
    {
        int k = 0;
        while (k < shares.Length - 1 && u >= shares[k]) u -= shares[k++];
        return k;
    }

    /// <summary>By group, in the order of the names: sums over the cells of the law.</summary>
    private static double[][] Truths()
    {
        double Share(IEnumerable<int> groups, Func<int, int, double> of, Func<int, int, double> weight)
        {
            double sum = 0, total = 0;
            foreach (int g in groups)
                for (int c = 0; c < 4; c++)
                {
                    double w = Real[g] * Mass[g][c] * weight(g, c);
                    sum += w * of(g, c);
                    total += w;
                }
            return sum / total;
        }
        double Said(int g, int c) => First[c] > 0.5 ? 1 : 0;
        var found = new double[3][];
        for (int g = 0; g < 3; g++)
        {
            int[] own = [g], rest = [.. Enumerable.Range(0, 3).Where(o => o != g)];
            double Gap(Func<int, int, double> of, Func<int, int, double> weight) => Share(own, of, weight) - Share(rest, of, weight);
            double hits = Gap(Said, (h, c) => Rate[h][c]), alarms = Gap(Said, (h, c) => 1 - Rate[h][c]);
            found[g] =
            [
                Made[g] / Real[g], Gap((h, c) => Rate[h][c], (_, _) => 1), Gap(Said, (_, _) => 1), hits, alarms,
                Math.Max(Math.Abs(hits), Math.Abs(alarms)), Share(own, (h, c) => Rate[h][c] - First[c], (_, _) => 1),
                Auc(g, First, 0) - Auc(g, Second, Blur),
            ];
        }
        return found;
    }

    /// <summary>Over pairs of a positive and a negative cell; a blurred score is any of the four in its share of rows.</summary>
    private static double Auc(int g, double[] scores, double blur)
    {
        double[] ones = new double[4], zeros = new double[4];
        for (int c = 0; c < 4; c++)
            for (int s = 0; s < 4; s++)
            {
                double w = Mass[g][c] * ((s == c ? 1 - blur : 0) + blur / 4);
                ones[s] += w * Rate[g][c];
                zeros[s] += w * (1 - Rate[g][c]);
            }
        double won = 0, pairs = 0;
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
            {
                pairs += ones[i] * zeros[j];
                won += ones[i] * zeros[j] * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
            }
        return won / pairs;
    }
}
