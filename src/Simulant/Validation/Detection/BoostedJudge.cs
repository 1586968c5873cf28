using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Detection;

/// <summary>What a judge said of each row while the row was held out, by fold.</summary>
/// <param name="Folds">Scores of each fold's rows.</param>
/// <param name="FoldRows">Which stacked row each score belongs to.</param>
internal sealed record JudgeScores(RankedScores[] Folds, int[][] FoldRows, int Rows, double[] Gains)
{
    /// <summary>Mean of the folds' AUCs.</summary>
    public double Auc => Folds.Average(f => f.Auc());

    /// <summary>95% interval over the judged rows; what training the judges again would change is not in it.</summary>
    public (double Low, double High) Interval(Bootstrap bootstrap)
    {
        double[] found = new double[bootstrap.Replicates];
        byte[] weights = new byte[Rows];
        for (int r = 0; r < found.Length; r++)
        {
            bootstrap.Draw(r, weights);
            double sum = 0;
            for (int f = 0; f < Folds.Length; f++)
            {
                byte[] own = new byte[FoldRows[f].Length];
                for (int i = 0; i < own.Length; i++) own[i] = weights[FoldRows[f][i]];
                sum += Folds[f].Auc(own);
            }
            found[r] = sum / Folds.Length;
        }
        return Bootstrap.Percentiles(found, Auc);
    }
}

/// <summary>
/// The classifier two-sample test (C2ST; Lopez-Paz, Oquab, ICLR 2017) with boosted trees: 100 of depth 6, eta .3, over sorted
/// integer codes, 5 stratified folds. .5 means that real and synthetic rows cannot be told apart.
/// </summary>
internal static class BoostedJudge
{
    public const int FoldCount = 5;

    public static readonly BoostingOptions Options = new() { Trees = 100, Depth = 6, LearningRate = 0.3 };

    /// <param name="realRows">Rows of the part that plays the real one.</param>
    /// <param name="otherRows">Rows of the part that is judged; label 1.</param>
    public static JudgeScores Judge(
        ComparedTables tables, Part real, int[] realRows, Part other, int[] otherRows, RunContext run)
    {
        double[][] columns = new double[tables.Columns.Count][];
        var features = new BinnedFeature[columns.Length];
        Work.For(columns.Length, run, c =>
        {
            columns[c] = FeatureColumns.SortedCodes(tables.Columns[c], (real, realRows), (other, otherRows));
            features[c] = BinnedFeature.Ordered(columns[c]);
        });
        var matrix = BinnedMatrix.Build(features, columns);
        int rows = realRows.Length + otherRows.Length;
        double[] labels = new double[rows];
        Array.Fill(labels, 1, realRows.Length, otherRows.Length);
        int[] fold = Folds(realRows.Length, otherRows.Length, run.Seed);
        var scores = new RankedScores[FoldCount];
        int[][] foldRows = new int[FoldCount][];
        var gains = new IReadOnlyList<double>[FoldCount];
        Work.For(FoldCount, run, f =>
        {
            int[] held = [.. Enumerable.Range(0, rows).Where(i => fold[i] == f)];
            int[] shown = [.. Enumerable.Range(0, rows).Where(i => fold[i] != f)];
            var model = GradientBoosting.Fit(matrix, shown, labels, Options, cancel: run.Cancel);
            scores[f] = new RankedScores(model.PredictMargins(matrix, held), [.. held.Select(i => labels[i] == 1)]);
            foldRows[f] = held;
            gains[f] = model.FeatureGains;
        });
        double[] total = new double[columns.Length];
        for (int c = 0; c < total.Length; c++) total[c] = gains.Sum(g => g[c]);
        return new JudgeScores(scores, foldRows, rows, total);
    }

    /// <summary>Columns by the share of gain that their splits made, most telling first.</summary>
    public static IReadOnlyList<ColumnImportance> Importance(ComparedTables tables, double[] gains)
    {
        double total = gains.Sum();
        if (total <= 0) return [];
        return [.. Enumerable.Range(0, gains.Length).OrderByDescending(c => gains[c])
            .Select(c => new ColumnImportance(tables.Columns[c].Name, gains[c] / total))];
    }

    /// <summary>The fold of each stacked row: each class is dealt out in a seeded order.</summary>
    public static int[] Folds(int real, int other, ulong seed)
    {
        int[] fold = new int[real + other];
        var random = new RandomStream(seed, "validate/folds");
        int[] first = random.Permutation(real, 0), second = random.Permutation(other, 1);
        for (int i = 0; i < real; i++) fold[first[i]] = i % FoldCount;
        for (int i = 0; i < other; i++) fold[real + second[i]] = i % FoldCount;
        return fold;
    }
}
