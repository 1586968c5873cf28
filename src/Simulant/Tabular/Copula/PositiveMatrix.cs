using System.Runtime.Intrinsics;

namespace Simulant.Tabular.Copula;

/// <summary>Correlation matrices that can be drawn from: repair and Cholesky factors.</summary>
internal static class PositiveMatrix
{
    private const double Floor = 1e-3;
    private const int Rounds = 8;
    private const int LargestForEigen = 300;

    /// <summary>
    /// The matrix itself where it is positive definite; else with eigenvalues under a floor raised to it and the diagonal brought
    /// back to one (Rebonato and Jäckel, "The most general methodology to create a valid correlation matrix", Journal of Risk 2
    /// (1999)); very large ones are drawn towards the unit matrix instead.
    /// </summary>
    /// <param name="fixedAtZero">Pairs that must stay uncorrelated, as the latents of one column are: clipping and setting
    /// them back take turns (Higham, "Computing the nearest correlation matrix", IMA J. Numerical Analysis 22 (2002)).</param>
    public static double[,] Repair(double[,] matrix, Func<int, int, bool>? fixedAtZero = null)
    {
        if (Cholesky(matrix) is not null) return matrix;
        int n = matrix.GetLength(0);
        var repaired = matrix;
        for (int round = 0; round < Rounds && n <= LargestForEigen && Cholesky(repaired) is null; round++)
        {
            repaired = ClipEigenvalues(repaired);
            for (int i = 0; i < n && fixedAtZero is not null; i++)
                for (int j = 0; j < i; j++)
                    if (fixedAtZero(i, j)) repaired[i, j] = repaired[j, i] = 0;
        }
        for (double share = n <= LargestForEigen ? 0.005 : 0.05; Cholesky(repaired) is null; share = Math.Min(1, share * 2))
        {
            double[,] shrunk = (double[,])repaired.Clone();
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (i != j) shrunk[i, j] *= 1 - share;
            repaired = shrunk;
        }
        return repaired;
    }

    /// <summary>Lower factor by rows; null where a pivot is not clearly positive.</summary>
    public static double[][]? Cholesky(double[,] matrix, int[]? order = null)
    {
        int n = matrix.GetLength(0);
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++)
        {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                double sum = order is null ? matrix[i, j] : matrix[order[i], order[j]];
                sum -= Dot(lower[i], lower[j], j);
                if (i > j) lower[i][j] = sum / lower[j][j];
                else if (sum > 1e-7) lower[i][i] = Math.Sqrt(sum);
                else return null;
            }
        }
        return lower;
    }

    /// <summary>Product of the first entries of two rows, in an order of its own that never changes.</summary>
    private static double Dot(double[] a, double[] b, int count)
    {
        var lanes = Vector512<double>.Zero;
        int k = 0;
        for (; k + 8 <= count; k += 8) lanes += Vector512.Create(a.AsSpan(k, 8)) * Vector512.Create(b.AsSpan(k, 8));
        double sum = Vector512.Sum(lanes);
        for (; k < count; k++) sum += a[k] * b[k];
        return sum;
    }

    private static double[,] ClipEigenvalues(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var (values, vectors) = Jacobi(matrix);
        double[,] result = new double[n, n];
        for (int k = 0; k < n; k++)
        {
            double value = Math.Max(values[k], Floor);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) result[i, j] += value * vectors[i, k] * vectors[j, k];
        }
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) scale[i] = 1 / Math.Sqrt(result[i, i]);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) result[i, j] = i == j ? 1 : result[i, j] * scale[i] * scale[j];
        return result;
    }

    /// <summary>Eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, section
    /// 8.5).</summary>
    private static (double[] Values, double[,] Vectors) Jacobi(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), v = new double[n, n];
        for (int i = 0; i < n; i++) v[i, i] = 1;
        for (int sweep = 0; sweep < 30; sweep++)
        {
            double off = 0;
            for (int p = 0; p < n; p++)
                for (int q = 0; q < p; q++) off += a[p, q] * a[p, q];
            if (off < 1e-18 * n) break;
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++) Rotate(a, v, p, q, n);
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) values[i] = a[i, i];
        return (values, v);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q, int n)
    {
        if (Math.Abs(a[p, q]) < 1e-15) return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        }
        for (int k = 0; k < n; k++)
        {
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
            (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q]);
        }
    }
}
