namespace Simulant.Validation.Fidelity;

/// <summary>Distances of means, variances, quantiles and missing shares, averaged over columns; 0 is equal.</summary>
internal static class MomentDistances
{
    /// <summary>Mean over numeric columns of |mean - mean'| / deviation in training; constant columns are left out.</summary>
    public static (double Value, int Columns) Mean(IEnumerable<(ColumnSummary Real, ColumnSummary Other)> columns) =>
        Average(columns, (real, other) => real.Variance > 0 ? Math.Abs(real.Mean - other.Mean) / Math.Sqrt(real.Variance) : double.NaN);

    /// <summary>Mean over numeric columns of |log(deviation' / deviation)|, capped at log 100 where a deviation is 0.</summary>
    public static (double Value, int Columns) Variance(IEnumerable<(ColumnSummary Real, ColumnSummary Other)> columns) =>
        Average(columns, (real, other) => real.Variance > 0 && !double.IsNaN(other.Variance)
            ? Math.Min(Math.Log(100), Math.Abs(Math.Log(other.Variance / real.Variance) / 2))
            : double.NaN);

    /// <summary>
    /// Mean over numeric columns and the 1, 5, 25, 50, 75, 95, 99% quantiles of |q - q'| / range in training.
    /// </summary>
    public static (double Value, int Columns) Quantiles(IEnumerable<(ColumnSummary Real, ColumnSummary Other)> columns) =>
        Average(columns, (real, other) =>
        {
            if (real.Quantiles.Count == 0) return double.NaN;
            double range = real.Quantiles[^1] - real.Quantiles[0], sum = 0;
            if (!(range > 0) || !double.IsFinite(range)) return double.NaN;
            for (int i = 1; i + 1 < real.Quantiles.Count; i++) sum += Math.Abs(real.Quantiles[i] - other.Quantiles[i]) / range;
            return sum / (real.Quantiles.Count - 2);
        });

    /// <summary>Mean over all columns of |missing share - missing share'|.</summary>
    public static (double Value, int Columns) Missing(IEnumerable<(ColumnSummary Real, ColumnSummary Other)> columns) =>
        Average(columns, (real, other) => Math.Abs(real.Missing - other.Missing));

    private static (double Value, int Columns) Average(
        IEnumerable<(ColumnSummary Real, ColumnSummary Other)> columns, Func<ColumnSummary, ColumnSummary, double> distance)
    {
        double[] defined = [.. columns.Select(c => distance(c.Real, c.Other)).Where(d => !double.IsNaN(d))];
        return (defined.Length == 0 ? double.NaN : defined.Average(), defined.Length);
    }
}
