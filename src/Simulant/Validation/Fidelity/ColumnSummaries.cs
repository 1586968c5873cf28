using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Fidelity;

/// <summary>Moments, quantiles and drawn shares of single columns.</summary>
internal static class ColumnSummaries
{
    // What a picture of one column shows.
    private const int MostBins = 30, MostLevels = 25;

    public static ColumnComparison Compare(ComparedColumn column, double shape, double shapeReference)
    {
        if (!column.IsNumeric) return CompareCoded(column, shape, shapeReference);
        double[][] sorted = new double[3][];
        for (int p = 0; p < 3; p++) sorted[p] = [.. column.Values((Part)p).Where(v => !double.IsNaN(v)).Order()];
        double[] edges = Edges(sorted);
        return new ColumnComparison(column.Name, true, shape, shapeReference)
        {
            Training = Numeric(column.Values(Part.Training), sorted[0]),
            Holdout = Numeric(column.Values(Part.Holdout), sorted[1]),
            Synthetic = Numeric(column.Values(Part.Synthetic), sorted[2]),
            Edges = edges,
            TrainingShares = BinShares(column.Values(Part.Training), edges),
            HoldoutShares = BinShares(column.Values(Part.Holdout), edges),
            SyntheticShares = BinShares(column.Values(Part.Synthetic), edges),
        };
    }

    private static ColumnSummary Numeric(double[] values, double[] sorted)
    {
        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
            if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        var (mean, variance) = Moments(sorted);
        double[] quantiles = sorted.Length == 0
            ? [.. ColumnSummary.QuantileLevels.Select(_ => double.NaN)]
            : [.. ColumnSummary.QuantileLevels.Select(q => Quantiles.OfSorted(sorted, q))];
        double missing = values.Length == 0 ? double.NaN : (double)(values.Length - sorted.Length) / values.Length;
        return new ColumnSummary(values.Length, missing, distinct, mean, variance, quantiles);
    }

    /// <summary>Mean and variance (n - 1) of the finite values, by Welford's recurrence.</summary>
    public static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double n = 0, mean = 0, squares = 0;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            n++;
            double d = v - mean;
            mean += d / n;
            squares += d * (v - mean);
        }
        return (n == 0 ? double.NaN : mean, n < 2 ? double.NaN : squares / (n - 1));
    }

    /// <summary>
    /// One bin a value where few integers occur, else equal bins between the .5 and 99.5% quantiles of the three tables together,
    /// so that one outlier does not flatten the picture.
    /// </summary>
    private static double[] Edges(double[][] sorted)
    {
        double[] finite = [.. sorted.SelectMany(s => s).Where(double.IsFinite)];
        if (finite.Length == 0) return [0, 1];
        Array.Sort(finite);
        double low = finite[0], high = finite[^1];
        if (high - low < MostBins && Array.TrueForAll(finite, v => v == Math.Floor(v)))
            return [.. Enumerable.Range(0, (int)(high - low) + 2).Select(i => low - 0.5 + i)];
        double from = Quantiles.OfSorted(finite, 0.005), to = Quantiles.OfSorted(finite, 0.995);
        if (!(to > from)) (from, to) = (low, high);
        if (!(to > from) || !double.IsFinite(to - from)) return [from - 0.5, from + 0.5];
        return [.. Enumerable.Range(0, MostBins + 1).Select(i => from + (to - from) * i / MostBins)];
    }

    private static double[] BinShares(double[] values, double[] edges)
    {
        double[] shares = new double[edges.Length - 1];
        if (values.Length == 0) return shares;
        double scale = shares.Length / (edges[^1] - edges[0]);
        foreach (double v in values)
        {
            if (double.IsNaN(v)) continue;
            shares[(int)Math.Clamp(Math.Floor((v - edges[0]) * scale), 0, shares.Length - 1)]++;
        }
        for (int i = 0; i < shares.Length; i++) shares[i] /= values.Length;
        return shares;
    }

    private static ColumnComparison CompareCoded(ComparedColumn column, double shape, double shapeReference)
    {
        int levels = column.Levels.Count;
        double[][] counts = new double[3][];
        for (int p = 0; p < 3; p++)
        {
            counts[p] = new double[levels + 1]; // the last one is missing
            foreach (int code in column.Codes((Part)p)) counts[p][code < 0 ? levels : code]++;
        }
        bool anyMissing = counts.Any(c => c[levels] > 0);
        int[] drawn = [.. Enumerable.Range(0, anyMissing ? levels + 1 : levels)
            .OrderByDescending(l => counts[0][l]).ThenByDescending(l => counts[2][l]).ThenBy(l => l).Take(MostLevels)];
        IReadOnlyList<double> Shares(int p) =>
            [.. drawn.Select(l => column.Codes((Part)p).Length == 0 ? 0 : counts[p][l] / column.Codes((Part)p).Length)];
        ColumnSummary Summary(int p)
        {
            int rows = column.Codes((Part)p).Length;
            int distinct = counts[p].AsSpan(0, levels).ToArray().Count(c => c > 0);
            return new ColumnSummary(rows, rows == 0 ? double.NaN : counts[p][levels] / rows, distinct, double.NaN, double.NaN, []);
        }
        return new ColumnComparison(column.Name, false, shape, shapeReference)
        {
            Training = Summary(0),
            Holdout = Summary(1),
            Synthetic = Summary(2),
            Levels = [.. drawn.Select(l => l == levels ? null : column.Levels[l])],
            LevelCount = levels,
            TrainingShares = Shares(0),
            HoldoutShares = Shares(1),
            SyntheticShares = Shares(2),
        };
    }
}
