using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// How alike the dependence of each pair of columns is in two tables, 1 is equal. Two numeric columns: 1 - |r - r'| / 2 with
/// Pearson's r over rows where both are present. Otherwise: 1 - TV of the contingency tables, numeric columns cut into 10 equal
/// bins on each table's own least and greatest finite value, missing a bin of its own. Source: SDMetrics' column pair trends.
/// Pairs are walked in batches and summed up in their order; no matrix of all pairs is held.
/// </summary>
public static class Trends
{
    // 2.6 MB of pairs at a time.
    private const int BatchPairs = 1 << 16;

    /// <param name="strengthThreshold">
    /// SDMetrics' option: pairs whose strength in the training table (|r|, Cramer's V) is below it are left out; 0 keeps all.
    /// </param>
    public static PairTrends Measure(ComparedTables tables, double strengthThreshold, RunContext run)
    {
        int count = tables.Columns.Count;
        var pairs = new ColumnPairs(tables, strengthThreshold, run);
        var summary = new TrendSummary(count);
        var batch = new PairTrend[Math.Min(Before(count), BatchPairs + count)];
        for (int from = 1; from < count;)
        {
            int first = from, to = from + 1;
            long before = Before(from);
            while (to < count && Before(to + 1) - before <= BatchPairs) to++;
            Work.For(to - first, run, k =>
            {
                int i = first + k;
                for (int j = 0; j < i; j++) batch[Before(i) - before + j] = pairs.Measure(i, j);
            });
            foreach (var pair in batch.AsSpan(0, (int)(Before(to) - before))) summary.Add(pair);
            from = to;
        }
        int[] drawn = summary.Telling(PairTrends.MostDrawn);
        var (strength, synthetic) = Strengths(pairs, drawn, run);
        return new PairTrends
        {
            Names = [.. tables.Columns.Select(c => c.Name)],
            Pairs = summary.Pairs,
            Mean = summary.Mean,
            ReferenceMean = summary.ReferenceMean,
            Worst = summary.Worst(),
            Drawn = drawn,
            Strength = strength,
            SyntheticStrength = synthetic,
        };
    }

    // Pairs (i, j < i) of all columns before the one given.
    private static long Before(int column) => (long)column * (column - 1) / 2;

    private static (double[,] Real, double[,] Synthetic) Strengths(ColumnPairs pairs, int[] drawn, RunContext run)
    {
        int n = drawn.Length;
        double[,] real = new double[n, n], synthetic = new double[n, n];
        Work.For(n, run, a =>
        {
            real[a, a] = synthetic[a, a] = 1;
            for (int b = 0; b < a; b++)
            {
                var pair = pairs.Measure(Math.Max(drawn[a], drawn[b]), Math.Min(drawn[a], drawn[b]));
                real[a, b] = real[b, a] = pair.Strength;
                synthetic[a, b] = synthetic[b, a] = pair.SyntheticStrength;
            }
        });
        return (real, synthetic);
    }
}
