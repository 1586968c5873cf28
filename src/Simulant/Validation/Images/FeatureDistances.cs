using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Validation.Images;

/// <summary>An estimate with the ends of its 95% interval.</summary>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>
/// Distances between sets of features: Frechet (Heusel et al. 2017, equation 6) and kernel (Binkowski et al. 2018: unbiased squared MMD
/// under (x y / d + 1)^3).
/// </summary>
public static class FeatureDistances
{
    /// <summary>|m - m'|^2 + tr(S + S' - 2 (S^1/2 S' S^1/2)^1/2) of means and covariances.</summary>
    /// <exception cref="ArgumentException">Different extractors, or fewer than two rows.</exception>
    public static double Frechet(FeatureSet a, FeatureSet b)
    {
        FeatureSet.Comparable(a, b);
        var (meanA, covarianceA) = Moments(a, null);
        var (meanB, covarianceB) = Moments(b, null);
        return Frechet(meanA, covarianceA, meanB, covarianceB);
    }

    /// <summary>
    /// The same with percentiles of resampled rows. Few rows overstate the distance, and resampling them overstates it once more: the
    /// interval is moved by what resampling added in the mean.
    /// </summary>
    public static Interval Frechet(FeatureSet a, FeatureSet b, int resamples, RunContext run)
    {
        double value = Frechet(a, b);
        double[] drawn = new double[resamples];
        var stream = new RandomStream(run.Seed, "images/frechet");
        Work.For(resamples, run, r =>
        {
            var (meanA, covarianceA) = Moments(a, i => stream.Below(a.Count, i, 0, r));
            var (meanB, covarianceB) = Moments(b, i => stream.Below(b.Count, i, 1, r));
            drawn[r] = Frechet(meanA, covarianceA, meanB, covarianceB);
        });
        double more = drawn.Average() - value;
        return new(value, Math.Max(0, Quantile(drawn, 0.025) - more), Quantile(drawn, 0.975) - more);
    }

    /// <summary>Unbiased squared MMD of all pairs; may fall below 0 where the sets are alike.</summary>
    public static double Kernel(FeatureSet a, FeatureSet b)
    {
        FeatureSet.Comparable(a, b);
        if (a.Count < 2 || b.Count < 2) throw new ArgumentException("the kernel distance takes two rows of each at least");
        return Within(a) + Within(b) - 2 * Between(a, b);
    }

    /// <summary>The mean over disjoint blocks of rows drawn without replacement, with the interval of a mean of so many blocks.</summary>
    /// <param name="blocks">2 or more; each takes as many rows of either set as the smaller allows.</param>
    public static Interval Kernel(FeatureSet a, FeatureSet b, int blocks, RunContext run)
    {
        FeatureSet.Comparable(a, b);
        int size = Math.Min(a.Count, b.Count) / blocks;
        if (blocks < 2 || size < 2)
            throw new ArgumentException($"{Math.Min(a.Count, b.Count)} rows do not fall into {blocks} blocks of two");
        int[] orderA = Order(a.Count, run.Seed, "a"), orderB = Order(b.Count, run.Seed, "b");
        double[] found = new double[blocks];
        FeatureSet Block(FeatureSet set, int[] order, int k) => set.Take(order[(k * size)..((k + 1) * size)]);
        Work.For(blocks, run, k => found[k] = Kernel(Block(a, orderA, k), Block(b, orderB, k)));
        double mean = found.Average();
        double error = Math.Sqrt(found.Sum(f => (f - mean) * (f - mean)) / (blocks - 1) / blocks);
        double reach = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, blocks - 1, 0.975) * error;
        return new(mean, mean - reach, mean + reach);
    }

    private static (double[] Mean, Matrix<double> Covariance) Moments(FeatureSet set, Func<int, int>? row)
    {
        int n = set.Count, d = set.Id.Dimension;
        if (n < 2) throw new ArgumentException("a covariance takes two rows at least");
        double[] mean = new double[d], centred = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            var values = set.Row(row?.Invoke(i) ?? i);
            for (int c = 0; c < d; c++) mean[c] += centred[i * d + c] = values[c];
        }
        for (int c = 0; c < d; c++) mean[c] /= n;
        for (int i = 0; i < n; i++)
            for (int c = 0; c < d; c++) centred[i * d + c] -= mean[c];
        var covariance = new DenseMatrix(d, d);
        double[] sums = new double[d];
        for (int c = 0; c < d; c++)
        {
            Array.Clear(sums);
            for (int i = 0; i < n; i++) TensorPrimitives.MultiplyAdd(centred.AsSpan(i * d, d), centred[i * d + c], sums, sums);
            for (int e = 0; e < d; e++) covariance[c, e] = sums[e] / (n - 1);
        }
        return (mean, covariance);
    }

    private static double Frechet(double[] meanA, Matrix<double> a, double[] meanB, Matrix<double> b)
    {
        double apart = 0;
        for (int c = 0; c < meanA.Length; c++) apart += (meanA[c] - meanB[c]) * (meanA[c] - meanB[c]);
        var eigen = a.Evd(Symmetricity.Symmetric);
        // Tiny negative eigenvalues are rounding.
        var root = eigen.EigenVectors * DenseMatrix.OfDiagonalArray([.. eigen.EigenValues.Select(v => Math.Sqrt(Math.Max(0, v.Real)))])
            * eigen.EigenVectors.Transpose();
        var inner = root * b * root;
        inner = (inner + inner.Transpose()) * 0.5;
        double cross = inner.Evd(Symmetricity.Symmetric).EigenValues.Sum(v => Math.Sqrt(Math.Max(0, v.Real)));
        return Math.Max(0, apart + a.Trace() + b.Trace() - 2 * cross);
    }

    private static double Within(FeatureSet set)
    {
        double sum = 0;
        for (int i = 0; i < set.Count; i++)
            for (int j = 0; j < i; j++) sum += Value(set.Row(i), set.Row(j));
        return 2 * sum / ((double)set.Count * (set.Count - 1));
    }

    private static double Between(FeatureSet a, FeatureSet b)
    {
        double sum = 0;
        for (int i = 0; i < a.Count; i++)
            for (int j = 0; j < b.Count; j++) sum += Value(a.Row(i), b.Row(j));
        return sum / ((double)a.Count * b.Count);
    }

    private static double Value(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++) sum += (double)x[c] * y[c];
        double k = sum / x.Length + 1;
        return k * k * k;
    }

    internal static int[] Order(int count, ulong seed, string name)
    {
        var stream = new RandomStream(seed, "images/order/" + name);
        return [.. Enumerable.Range(0, count).OrderBy(i => stream.Uniform(i, 0)).ThenBy(i => i)];
    }

    internal static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (sorted[below + 1] - sorted[below]) * (at - below) : sorted[below];
    }
}
