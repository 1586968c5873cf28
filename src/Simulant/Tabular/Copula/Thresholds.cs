using Simulant.Numerics.Kernels;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// A standard normal latent cut into ordered pieces. Interval i is [Edges[i], Edges[i + 1]); the first edge is minus, the last
/// plus
/// infinity. Finding a latent's piece goes through an index over even steps.
/// </summary>
internal sealed class Thresholds
{
    private const float Reach = 5.5f;

    private readonly int[] _index;
    private readonly float _scale;

    /// <param name="edges">Rising, from minus to plus infinity; at least two.</param>
    public Thresholds(float[] edges)
    {
        Edges = edges;
        int cells = Math.Clamp(edges.Length, 16, 16_384);
        _scale = cells / (2 * Reach);
        _index = new int[cells + 1];
        for (int cell = 0, i = 0; cell <= cells; cell++)
        {
            float at = cell / _scale - Reach;
            while (i < edges.Length - 2 && edges[i + 1] <= at) i++;
            // One step back, so that rounding of the cell's number can never start past the piece.
            _index[cell] = Math.Max(0, i - 1);
        }
        _index[0] = 0;
    }

    /// <summary>From the pieces' shares, which sum to 1.</summary>
    public static Thresholds FromShares(ReadOnlySpan<double> shares)
    {
        float[] edges = new float[shares.Length + 1];
        edges[0] = float.NegativeInfinity;
        edges[^1] = float.PositiveInfinity;
        double below = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            below += shares[i - 1];
            edges[i] = Math.Max(edges[i - 1], (float)NormalQuantile.At(Math.Min(below, 1)));
        }
        return new Thresholds(edges);
    }

    public float[] Edges { get; }
    public int Count => Edges.Length - 1;

    /// <summary>The piece that holds <paramref name="z"/>.</summary>
    public int Find(float z)
    {
        int i = _index[(int)Math.Clamp((z + Reach) * _scale, 0, _index.Length - 1)];
        while (z >= Edges[i + 1]) i++;
        return i;
    }

    /// <summary>The latent's mean within each piece: the piece's normal score. Empty pieces have their edge.</summary>
    public double[] Scores()
    {
        double[] scores = new double[Count];
        for (int i = 0; i < scores.Length; i++)
        {
            double a = Edges[i], b = Edges[i + 1], share = NormalTail.Between(a, b);
            scores[i] = share > 1e-12 ? (NormalTail.Density(a) - NormalTail.Density(b)) / share
                : double.IsInfinity(a) ? b : double.IsInfinity(b) ? a : (a + b) / 2;
        }
        return scores;
    }

    /// <summary>
    /// Coefficients 1 to <paramref name="terms"/> of a function that is constant on the pieces in normalised Hermite polynomials:
    /// the k-th is the function's product with He_k / sqrt(k!) under the normal density, in closed form.
    /// </summary>
    public double[] Hermite(ReadOnlySpan<double> values, int terms)
    {
        double[] sums = new double[terms];
        double[] at = new double[terms], next = new double[terms];
        for (int i = 0; i < values.Length; i++)
        {
            EdgeTerms(Edges[i + 1], next);
            for (int k = 0; k < terms; k++) sums[k] += values[i] * (at[k] - next[k]);
            (at, next) = (next, at);
        }
        for (int k = 0; k < terms; k++) sums[k] /= Math.Sqrt(k + 1);
        return sums;
    }

    /// <summary>into[k] is He_k(x) / sqrt(k!) times the density at x.</summary>
    private static void EdgeTerms(double x, double[] into)
    {
        if (double.IsInfinity(x))
        {
            Array.Clear(into);
            return;
        }
        double before = 0, now = NormalTail.Density(x);
        for (int k = 0; k < into.Length; k++)
        {
            into[k] = now;
            (before, now) = (now, (x * now - Math.Sqrt(k) * before) / Math.Sqrt(k + 1));
        }
    }
}
