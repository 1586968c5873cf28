namespace Simulant.Tabular.Diffusion;

/// <summary>
/// Scores as uncorrelated numbers: w = L^-1 z, where L L' is the scores' correlation (its Cholesky factor). A network that says
/// nothing then draws from a Gaussian copula, and what is particular to two columns that nearly repeat each other is as plain to
/// see under noise as anything else.
/// </summary>
internal sealed class Mixing
{
    /// <summary>Taken off every correlation, so that columns that repeat each other exactly do no harm.</summary>
    private const double Ridge = 0.002;

    /// <param name="factor">Row-major, lower triangle of a square matrix.</param>
    public Mixing(float[] factor, int size) => (Factor, Size) = (factor, size);

    public float[] Factor { get; }
    public int Size { get; }

    /// <param name="scores">[column][row].</param>
    public static Mixing Of(double[][] scores)
    {
        int n = scores.Length;
        double[,] factor = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 : (1 - Ridge) * Correlation(scores[i], scores[j]);
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, Ridge / 2)) : sum / factor[j, j];
            }
        float[] flat = new float[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) flat[i * n + j] = (float)factor[i, j];
        return new Mixing(flat, n);
    }

    /// <summary>Whether it can be undone.</summary>
    public bool IsSound => Array.TrueForAll(Factor, float.IsFinite) && Enumerable.Range(0, Size).All(i => Factor[i * Size + i] > 0);

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average(), xx = 0, yy = 0, xy = 0;
        for (int r = 0; r < x.Length; r++)
        {
            xx += (x[r] - mx) * (x[r] - mx);
            yy += (y[r] - my) * (y[r] - my);
            xy += (x[r] - mx) * (y[r] - my);
        }
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    /// <summary>Scores into uncorrelated numbers, in place.</summary>
    public void Part(Span<float> row)
    {
        for (int i = 0; i < Size; i++)
        {
            float sum = row[i];
            for (int k = 0; k < i; k++) sum -= Factor[i * Size + k] * row[k];
            row[i] = sum / Factor[i * Size + i];
        }
    }

    /// <summary>And back.</summary>
    public void Join(ReadOnlySpan<float> parted, Span<float> row)
    {
        for (int i = Size - 1; i >= 0; i--)
        {
            float sum = 0;
            for (int k = 0; k <= i; k++) sum += Factor[i * Size + k] * parted[k];
            row[i] = sum;
        }
    }
}
