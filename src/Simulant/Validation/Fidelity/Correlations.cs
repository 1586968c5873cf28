using System.Numerics.Tensors;
using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>Pearson's r of any pair of numeric columns in each table, over rows where both are finite; computed when asked.</summary>
internal sealed class Correlations
{
    private readonly ComparedTables _tables;
    private readonly Standardised[] _standard;

    public Correlations(ComparedTables tables, RunContext run)
    {
        _tables = tables;
        int count = tables.Columns.Count;
        _standard = new Standardised[3 * count];
        Work.For(_standard.Length, run, k =>
        {
            var column = tables.Columns[k % count];
            if (column.IsNumeric) _standard[k] = Standardised.Of(column.Values((Part)(k / count)));
        });
    }

    public int Rows(Part part) => _tables.Rows(part);

    /// <summary>NaN where either column is constant or fewer than two rows remain.</summary>
    public double Of(Part part, int i, int j)
    {
        int first = (int)part * _tables.Columns.Count;
        return Pair(_standard[first + i], _standard[first + j]);
    }

    private static double Pair(in Standardised a, in Standardised b)
    {
        if (a.Values!.Length < 2 || a.Scale == 0 || b.Scale == 0) return double.NaN;
        if (a.Complete && b.Complete)
        {
            return Math.Clamp(TensorPrimitives.Dot<double>(a.Values, b.Values) / a.Values.Length, -1, 1);
        }
        return Overlapping(a.Values, b.Values!);
    }

    /// <summary>Rows where both are present have their own means and variances.</summary>
    private static double Overlapping(double[] x, double[] y)
    {
        double n = 0, meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i] + y[i])) continue;
            n++; // Welford: no cancellation whatever the offset
            double dx = x[i] - meanX, dy = y[i] - meanY;
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (x[i] - meanX);
            yy += dy * (y[i] - meanY);
            xy += dx * (y[i] - meanY);
        }
        return n < 2 || xx <= 0 || yy <= 0 ? double.NaN : Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
    }

    /// <summary>Values less their mean, over their deviation; NaN where they were not finite.</summary>
    private readonly record struct Standardised(double[]? Values, bool Complete, double Scale)
    {
        public static Standardised Of(double[] values)
        {
            double largest = 0;
            int present = 0;
            foreach (double v in values)
            {
                if (!double.IsFinite(v)) continue;
                largest = Math.Max(largest, Math.Abs(v));
                present++;
            }
            double unit = largest > 1e100 ? 1 / largest : 1; // keeps squares of huge values finite
            double sum = 0;
            double[] centred = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                centred[i] = double.IsFinite(values[i]) ? values[i] * unit : double.NaN;
                if (!double.IsNaN(centred[i])) sum += centred[i];
            }
            double mean = sum / present, squares = 0;
            for (int i = 0; i < centred.Length; i++)
            {
                centred[i] -= mean;
                if (!double.IsNaN(centred[i])) squares += centred[i] * centred[i];
            }
            // A constant column leaves only rounding of its mean.
            double scale = Math.Sqrt(squares / present);
            if (!(scale > 1e-12 * largest * unit)) scale = 0;
            if (scale > 0) TensorPrimitives.Divide<double>(centred, scale, centred);
            return new Standardised(centred, present == values.Length, scale);
        }
    }
}
