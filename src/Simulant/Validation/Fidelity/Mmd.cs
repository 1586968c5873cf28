using System.Numerics.Tensors;
using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// Squared maximum mean discrepancy, unbiased, with a Gaussian kernel over one-hot and min-max rows; bandwidth is the median
/// squared distance of training rows. About 0 (either sign) where the tables share a distribution. Source: Gretton, Borgwardt,
/// Rasch, Schoelkopf, Smola (JMLR 2012), equation 3.
/// </summary>
internal sealed class Mmd
{
    private const int MostRows = 1_500;

    private readonly float[][] _real, _other, _cross; // kernel values: [i][j]

    private Mmd(float[][] real, float[][] other, float[][] cross)
    {
        _real = real;
        _other = other;
        _cross = cross;
    }

    public int Rows => _other.Length;

    /// <returns>Null where a table has fewer than two rows.</returns>
    public static Mmd? Of(ComparedTables tables, Embedding embedding, Part other, RunContext run)
    {
        int real = Math.Min(MostRows, tables.Rows(Part.Training)), made = Math.Min(MostRows, tables.Rows(other));
        if (real < 2 || made < 2 || tables.Columns.Count == 0) return null;
        var x = embedding.Rows(Part.Training, Sampling.Rows(tables.Rows(Part.Training), real, run.Seed, "mmd/training"));
        var y = embedding.Rows(other, Sampling.Rows(tables.Rows(other), made, run.Seed, $"mmd/{other}"));
        float[][] xx = Distances(x, x, run), yy = Distances(y, y, run), xy = Distances(x, y, run);
        float[] spread = [.. xx.SelectMany((row, i) => row.Take(i)).Order()];
        float median = spread[spread.Length / 2];
        float scale = -1 / (median > 0 ? median : 1);
        foreach (float[][] matrix in (float[][][])[xx, yy, xy])
        {
            Work.For(matrix.Length, run, i =>
            {
                TensorPrimitives.Multiply(matrix[i], scale, matrix[i]);
                TensorPrimitives.Exp(matrix[i], matrix[i]);
            });
        }
        for (int i = 0; i < xx.Length; i++) xx[i][i] = 0; // unbiased: no row with itself
        for (int i = 0; i < yy.Length; i++) yy[i][i] = 0;
        return new Mmd(xx, yy, xy);
    }

    private static float[][] Distances(MixedRows a, MixedRows b, RunContext run)
    {
        float[][] matrix = new float[a.Rows][];
        Work.For(a.Rows, run, i => matrix[i] = NearestRows.Distances(b, a, i, MixedMetric.SquaredEuclidean));
        return matrix;
    }

    public double Value() => Weighted(Ones(_real.Length), Ones(_other.Length));

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>95% interval; both tables are drawn again.</summary>
    public (double Low, double High) Interval(Bootstrap real, Bootstrap other)
    {
        double[] found = new double[real.Replicates];
        byte[] drawn = new byte[Math.Max(_real.Length, _other.Length)];
        float[] wx = new float[_real.Length], wy = new float[_other.Length];
        for (int r = 0; r < found.Length; r++)
        {
            real.Draw(r, drawn.AsSpan(0, wx.Length));
            TensorPrimitives.ConvertChecked<byte, float>(drawn.AsSpan(0, wx.Length), wx);
            other.Draw(r, drawn.AsSpan(0, wy.Length));
            TensorPrimitives.ConvertChecked<byte, float>(drawn.AsSpan(0, wy.Length), wy);
            found[r] = Weighted(wx, wy);
        }
        return Bootstrap.Percentiles(found, Value());
    }

    private double Weighted(float[] wx, float[] wy)
    {
        double xs = TensorPrimitives.Sum(wx), ys = TensorPrimitives.Sum(wy);
        return Quadratic(_real, wx, wx) / (xs * xs - TensorPrimitives.SumOfSquares(wx))
            + Quadratic(_other, wy, wy) / (ys * ys - TensorPrimitives.SumOfSquares(wy))
            - 2 * Quadratic(_cross, wx, wy) / (xs * ys);
    }

    private static double Quadratic(float[][] kernel, float[] left, float[] right)
    {
        double sum = 0;
        for (int i = 0; i < kernel.Length; i++)
            if (left[i] != 0) sum += left[i] * (double)TensorPrimitives.Dot(kernel[i], right);
        return sum;
    }
}
