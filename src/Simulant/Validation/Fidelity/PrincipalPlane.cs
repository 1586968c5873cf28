using System.Numerics.Tensors;
using Simulant.Numerics.Linear;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// The plane of the first two principal components of the training table: numeric columns to unit variance, categories one-hot
/// (their most frequent levels). For the eye: no figure rests on it.
/// </summary>
internal static class PrincipalPlane
{
    private const int FitRows = 2_000, DrawnRows = 500, MostDimensions = 300;

    /// <returns>Null where fewer than two rows or dimensions vary.</returns>
    public static Scatter? Of(ComparedTables tables, ulong seed)
    {
        int[] rows = Sampling.Rows(tables.Rows(Part.Training), FitRows, seed, "scatter/fit");
        var dimensions = Dimensions(tables, rows);
        if (rows.Length < 2 || dimensions.Count < 2) return null;
        double[][] values = [.. dimensions.Select(d => rows.Select(r => d.Of(Part.Training, r)).ToArray())];
        var covariance = new SymmetricMatrix(dimensions.Count);
        for (int i = 0; i < values.Length; i++)
            for (int j = 0; j <= i; j++) covariance.Set(i, j, TensorPrimitives.Dot<double>(values[i], values[j]) / rows.Length);
        double total = covariance.Trace;
        if (!(total > 0)) return null;
        var (spread, vectors) = covariance.Leading(2);
        double[][] axes = [.. vectors.Select(Axis)];
        IReadOnlyList<CurvePoint> Points(Part part)
        {
            int[] drawn = Sampling.Rows(tables.Rows(part), DrawnRows, seed, $"scatter/{part}");
            return [.. drawn.Select(row => new CurvePoint(Project(dimensions, axes[0], part, row),
                Project(dimensions, axes[1], part, row)))];
        }
        return new Scatter(Points(Part.Training), Points(Part.Holdout), Points(Part.Synthetic),
            [spread[0] / total, spread[1] / total]);
    }

    private static double Project(List<Dimension> dimensions, double[] axis, Part part, int row)
    {
        double sum = 0;
        for (int d = 0; d < axis.Length; d++) sum += axis[d] * dimensions[d].Of(part, row);
        return sum;
    }

    /// <summary>An axis has no sign of its own; its largest part is made positive, so that pictures do not flip.</summary>
    private static double[] Axis(double[] vector)
    {
        double largest = vector.MaxBy(Math.Abs);
        return [.. vector.Select(v => largest < 0 ? -v : v)];
    }

    private sealed record Dimension(ComparedColumn Column, int Level, double Mean, double Deviation)
    {
        // Far values stay on the picture.
        private const double Farthest = 5;

        public double Of(Part part, int row)
        {
            if (!Column.IsNumeric) return ((Column.Codes(part)[row] == Level ? 1 : 0) - Mean) / Deviation;
            double value = Column.Values(part)[row];
            return double.IsNaN(value) ? 0 : Math.Clamp((value - Mean) / Deviation, -Farthest, Farthest);
        }
    }

    private static List<Dimension> Dimensions(ComparedTables tables, int[] rows)
    {
        var dimensions = new List<(Dimension Dimension, double Weight)>();
        foreach (var column in tables.Columns)
        {
            if (column.IsNumeric)
            {
                var (mean, variance) = ColumnSummaries.Moments([.. rows.Select(r => column.Values(Part.Training)[r])]);
                if (variance > 0 && double.IsFinite(variance))
                    dimensions.Add((new Dimension(column, -1, mean, Math.Sqrt(variance)), double.PositiveInfinity));
                continue;
            }
            int[] counts = new int[column.Levels.Count + 1];
            foreach (int row in rows) counts[column.Codes(Part.Training)[row] + 1]++;
            for (int code = -1; code < column.Levels.Count; code++)
            {
                double share = (double)counts[code + 1] / rows.Length;
                if (share is <= 0 or >= 1) continue;
                // A category weighs as one column: its one-hot parts share unit variance.
                double spread = Math.Sqrt(1 - counts.Sum(c => Math.Pow((double)c / rows.Length, 2)));
                dimensions.Add((new Dimension(column, code, share, spread), share));
            }
        }
        return [.. dimensions.OrderByDescending(d => d.Weight).Take(MostDimensions).Select(d => d.Dimension)];
    }
}
