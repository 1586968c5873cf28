using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Tests.Validation;

/// <summary>The embedding of the definitions, spelled out: min-max numbers filled with the median, one column a level.</summary>
internal static class OneHot
{
    public static double[][] Rows(ComparedTables tables, Part part)
    {
        double[][] rows = new double[tables.Rows(part)][];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = new List<double>();
            foreach (var column in tables.Columns)
            {
                if (column.IsNumeric)
                {
                    double[] training = [.. column.Values(Part.Training).Where(v => !double.IsNaN(v)).Order()];
                    double value = column.Values(part)[i];
                    if (double.IsNaN(value)) value = Quantiles.OfSorted(training, 0.5);
                    row.Add((value - training[0]) / (training[^1] - training[0]));
                    continue;
                }
                for (int level = -1; level < column.Levels.Count; level++) row.Add(column.Codes(part)[i] == level ? 1 : 0);
            }
            rows[i] = [.. row];
        }
        return rows;
    }

    public static double Squared(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    public static double[] Mean(double[][] rows) => [.. rows[0].Select((_, d) => rows.Average(r => r[d]))];
}
