using Simulant.Numerics.Neighbours;

namespace Simulant.Validation.Comparison;

/// <summary>
/// Rows as points for distances: numeric columns scaled to the training table's range, missing ones filled with its median;
/// coded columns as categories, missing a level of its own. One-hot and min-max, without spelling the ones out.
/// </summary>
internal sealed class Embedding
{
    // Values far beyond the training range, infinities included, stay finite.
    private const double Farthest = 10;

    private readonly ComparedTables _tables;
    private readonly bool _flagMissing;
    private readonly (double Low, double Scale, double Fill, bool Flag)[] _scales;

    /// <param name="flagMissing">Whether being missing counts as a category of its own beside the filled value.</param>
    public Embedding(ComparedTables tables, bool flagMissing)
    {
        _tables = tables;
        _flagMissing = flagMissing;
        _scales = new (double, double, double, bool)[tables.Columns.Count];
        for (int c = 0; c < _scales.Length; c++)
            if (tables.Columns[c].IsNumeric) _scales[c] = Scale(tables.Columns[c]);
    }

    private static (double Low, double Scale, double Fill, bool Flag) Scale(ComparedColumn column)
    {
        double[] finite = [.. column.Values(Part.Training).Where(double.IsFinite)];
        Array.Sort(finite);
        bool flag = false;
        foreach (var part in Enum.GetValues<Part>()) flag |= column.Values(part).Any(double.IsNaN);
        if (finite.Length == 0) return (0, 0, 0, flag);
        double low = finite[0], range = finite[^1] - low, median = Statistics.Quantiles.OfSorted(finite, 0.5);
        double scale = range > 0 && double.IsFinite(range) ? 1 / range : 0;
        return (low, scale, (median - low) * scale, flag);
    }

    public double Scaled(int column, double value)
    {
        var (low, scale, fill, _) = _scales[column];
        if (double.IsNaN(value)) return fill;
        if (scale == 0) return 0;
        return Math.Clamp((value - low) * scale, -Farthest, Farthest);
    }

    public MixedRows Rows(Part part, int[] rows)
    {
        var numbers = new List<float[]>();
        var codes = new List<int[]>();
        var levels = new List<int>();
        for (int c = 0; c < _scales.Length; c++)
        {
            var column = _tables.Columns[c];
            if (!column.IsNumeric)
            {
                codes.Add(Codes(column.Codes(part), rows, column.Levels.Count));
                levels.Add(column.Levels.Count + 1);
                continue;
            }
            double[] values = column.Values(part);
            float[] scaled = new float[rows.Length];
            for (int i = 0; i < scaled.Length; i++) scaled[i] = (float)Scaled(c, values[rows[i]]);
            numbers.Add(scaled);
            if (!_flagMissing || !_scales[c].Flag) continue;
            codes.Add([.. rows.Select(r => double.IsNaN(values[r]) ? 1 : 0)]);
            levels.Add(2);
        }
        return MixedRows.Of(rows.Length, numbers, codes, levels);
    }

    private static int[] Codes(int[] codes, int[] rows, int missing)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = codes[rows[i]] is >= 0 and int code ? code : missing;
        return taken;
    }

    /// <summary>Squared distance of each of <paramref name="points"/> to the mean of <paramref name="centre"/>'s rows.</summary>
    public double[] SquaredToCentre(Part part, int[] points, Part centrePart, int[] centre)
    {
        double[] squared = new double[points.Length];
        for (int c = 0; c < _scales.Length; c++)
        {
            var column = _tables.Columns[c];
            if (column.IsNumeric) AddNumeric(c, column.Values(part), points, column.Values(centrePart), centre, squared);
            else AddCoded(column.Levels.Count, column.Codes(part), points, column.Codes(centrePart), centre, squared);
        }
        return squared;
    }

    private void AddNumeric(int c, double[] values, int[] points, double[] centreValues, int[] centre, double[] squared)
    {
        double mean = 0;
        foreach (int row in centre) mean += Scaled(c, centreValues[row]);
        mean /= centre.Length;
        for (int i = 0; i < points.Length; i++)
        {
            double d = Scaled(c, values[points[i]]) - mean;
            squared[i] += d * d;
        }
    }

    /// <summary>A one-hot row against level shares p: 1 - 2 p[level] + sum of p^2.</summary>
    private static void AddCoded(int levels, int[] codes, int[] points, int[] centreCodes, int[] centre, double[] squared)
    {
        double[] shares = new double[levels + 1];
        foreach (int row in centre) shares[centreCodes[row] < 0 ? levels : centreCodes[row]]++;
        double squares = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= centre.Length;
            squares += shares[i] * shares[i];
        }
        for (int i = 0; i < points.Length; i++)
            squared[i] += 1 - 2 * shares[codes[points[i]] < 0 ? levels : codes[points[i]]] + squares;
    }
}
