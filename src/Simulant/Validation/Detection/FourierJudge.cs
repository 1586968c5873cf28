using System.Numerics.Tensors;
using Simulant.Data;
using Simulant.Numerics.Linear;
using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Detection;

/// <summary>
/// A second judge, of another family than trees: ridge regression of the label on random Fourier features of one-hot and
/// standardised rows, 5 stratified folds. It sees smooth differences of whole rows, where trees see thresholds of single columns.
/// Source: Rahimi, Recht, "Random features for large-scale kernel machines" (NIPS 2007).
/// </summary>
internal static class FourierJudge
{
    private const int MostRows = 10_000;

    private const int Features = 384; // half at each bandwidth
    private const double Ridge = 1e-3; // of the mean diagonal

    /// <summary>Most rows of each table: fewer where columns are many.</summary>
    public static int RowsFor(int columns) => Math.Min(MostRows, Math.Max(500, 10_000_000 / Math.Max(1, columns)));

    public static JudgeScores Judge(
        ComparedTables tables, Part real, int[] realRows, Part other, int[] otherRows, RunContext run)
    {
        int count = realRows.Length + otherRows.Length;
        int[] fold = BoostedJudge.Folds(realRows.Length, otherRows.Length, run.Seed);
        // Rows in fold order, so that each fold is one stretch of every feature.
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => fold[i]).ThenBy(i => i)];
        int[] starts = [.. Enumerable.Range(0, BoostedJudge.FoldCount + 1).Select(f => order.Count(i => fold[i] < f))];
        float[] labels = [.. order.Select(i => i < realRows.Length ? -1f : 1f)];
        float[][] features = Map(tables, real, realRows, other, otherRows, order, run);
        var grams = new SymmetricMatrix[BoostedJudge.FoldCount];
        double[][] moments = new double[BoostedJudge.FoldCount][];
        Work.For(BoostedJudge.FoldCount, run, f => (grams[f], moments[f]) = Gram(features, labels, starts[f], starts[f + 1]));
        var scores = new RankedScores[BoostedJudge.FoldCount];
        int[][] foldRows = new int[BoostedJudge.FoldCount][];
        Work.For(BoostedJudge.FoldCount, run, f =>
        {
            double[] weights = Solve(grams, moments, f);
            float[] sums = new float[starts[f + 1] - starts[f]];
            for (int d = 0; d < features.Length; d++)
                TensorPrimitives.MultiplyAdd(features[d].AsSpan(starts[f], sums.Length), (float)weights[d], sums, sums);
            scores[f] = new RankedScores(
                [.. sums.Select(s => (double)s)], [.. labels.AsSpan(starts[f], sums.Length).ToArray().Select(l => l > 0)]);
            foldRows[f] = order[starts[f]..starts[f + 1]];
        });
        return new JudgeScores(scores, foldRows, count, []);
    }

    /// <summary>The other folds' normal equations, with a ridge.</summary>
    private static double[] Solve(SymmetricMatrix[] grams, double[][] moments, int held)
    {
        int size = grams[0].Size;
        var gram = new SymmetricMatrix(size);
        double[] moment = new double[size];
        for (int f = 0; f < grams.Length; f++)
        {
            if (f == held) continue;
            gram.Add(grams[f]);
            TensorPrimitives.Add(moment, moments[f], moment);
        }
        double ridge = Ridge * gram.Trace / size + 1e-9;
        return gram.Solve(moment, ridge)
            ?? throw new InvalidOperationException("a Gram matrix with a ridge is positive definite");
    }

    private static (SymmetricMatrix Gram, double[] Moment) Gram(float[][] features, float[] labels, int from, int to)
    {
        int size = features.Length, count = to - from;
        var gram = new SymmetricMatrix(size);
        double[] moment = new double[size];
        for (int i = 0; i < size; i++)
        {
            var own = features[i].AsSpan(from, count);
            moment[i] = TensorPrimitives.Dot(own, labels.AsSpan(from, count));
            for (int j = 0; j <= i; j++) gram.Set(i, j, TensorPrimitives.Dot(own, features[j].AsSpan(from, count)));
        }
        return (gram, moment);
    }

    /// <summary>cos(w x + b) for each feature, [features][rows in order]; the last one is constant.</summary>
    private static float[][] Map(
        ComparedTables tables, Part real, int[] realRows, Part other, int[] otherRows, int[] order, RunContext run)
    {
        var inputs = new double[tables.Columns.Count][];
        Work.For(inputs.Length, run, c => inputs[c] = Input(tables.Columns[c], real, realRows, other, otherRows, order));
        var random = new RandomStream(run.Seed, "validate/fourier");
        float[][] features = new float[Features + 1][];
        // Standardised rows of k columns lie about sqrt(2 k) apart: one bandwidth at that distance, one at a third of it.
        double far = 1 / Math.Sqrt(2.0 * Math.Max(1, inputs.Length));
        Work.For(Features, run, d =>
        {
            double bandwidth = d % 2 == 0 ? far : 3 * far;
            float[] sums = new float[order.Length];
            Array.Fill(sums, (float)(2 * Math.PI * random.Uniform(d, 0)));
            for (int c = 0; c < inputs.Length; c++) Add(tables.Columns[c], inputs[c], bandwidth, random, d, c, sums);
            TensorPrimitives.Cos(sums, sums);
            features[d] = sums;
        });
        features[Features] = new float[order.Length];
        Array.Fill(features[Features], 1f);
        return features;
    }

    private static void Add(
        ComparedColumn column, double[] input, double bandwidth, RandomStream random, int feature, int at, float[] sums)
    {
        if (column.IsNumeric)
        {
            double weight = bandwidth * random.Normal(feature, at + 1);
            for (int i = 0; i < sums.Length; i++) sums[i] += (float)(weight * input[i]);
            return;
        }
        float[] weights = new float[column.Levels.Count + 1]; // code -1 first
        for (int l = 0; l < weights.Length; l++) weights[l] = (float)(bandwidth * random.Normal(feature, at + 1, l + 1));
        for (int i = 0; i < sums.Length; i++) sums[i] += weights[(int)input[i] + 1];
    }

    /// <summary>Numbers as normal scores' ranks in [-1.7, 1.7] (unit variance, outliers tamed), missing 0; categories as codes.</summary>
    private static double[] Input(ComparedColumn column, Part real, int[] realRows, Part other, int[] otherRows, int[] order)
    {
        double[] stacked = FeatureColumns.SortedCodes(column, (real, realRows), (other, otherRows));
        if (column.IsNumeric)
        {
            double[] sorted = [.. stacked.Where(v => !double.IsNaN(v)).Order()];
            double width = Math.Sqrt(12);
            for (int i = 0; i < stacked.Length; i++)
                stacked[i] = double.IsNaN(stacked[i]) ? 0 : width * (MidRank(sorted, stacked[i]) - 0.5);
        }
        return [.. order.Select(i => stacked[i])];
    }

    /// <summary>The middle of the value's share of the sorted values, in (0, 1).</summary>
    private static double MidRank(double[] sorted, double value)
    {
        int below = Bound(sorted, value, orEqual: false), upTo = Bound(sorted, value, orEqual: true);
        return (below + upTo) / 2.0 / sorted.Length;
    }

    private static int Bound(double[] sorted, double value, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
