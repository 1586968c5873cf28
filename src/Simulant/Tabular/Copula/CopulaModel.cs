using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// A fitted Gaussian copula: correlated standard normal latents, and what each column makes of its own. A restriction leaves each
/// latent of a restricted column an interval; these are drawn first, one after the other, as truncated normals given those before
/// (Geweke, Hajivassiliou and Keane's simulator: Train, "Discrete Choice Methods with Simulation", 2009, section 5.6.3), and the
/// rest follow by the conditional normal, which is the closed form.
/// </summary>
internal sealed class CopulaModel : ITableModel
{
    // Slots of a copula's draws in the frame's stream: apart from the frame's own.
    private const int NormalSlot = 1 << 20, TruncatedSlot = 1 << 21, ChoiceSlot = 1 << 22;

    private readonly LatentColumn[] _columns;
    private readonly int[] _firstLatent;
    private readonly double[,] _correlation;
    private readonly float[][] _lower;

    public CopulaModel(LatentColumn[] columns, double[,] correlation)
    {
        _columns = columns;
        _correlation = correlation;
        _firstLatent = new int[columns.Length + 1];
        for (int c = 0; c < columns.Length; c++) _firstLatent[c + 1] = _firstLatent[c] + columns[c].Dimensions;
        _lower = Singles(PositiveMatrix.Cholesky(correlation)
            ?? throw new InvalidDataException("the copula's correlations are not positive definite"));
    }

    /// <summary>Correlations of the latents, for tests.</summary>
    internal double[,] Correlation => _correlation;

    /// <summary>Latents of a column start here.</summary>
    internal int FirstLatent(int column) => _firstLatent[column];

    public bool RestrictsExactly(IReadOnlyList<int> columns) => columns.Count <= 1;

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        int latents = _firstLatent[^1];
        float[][] z = new float[(latents + 3) / 4 * 4][];
        for (int d = 0; d < z.Length; d++) z[d] = new float[batch.Count];
        for (int d = 0; d < latents; d += 4)
        {
            cancel.ThrowIfCancellationRequested();
            NormalLanes.Fill(batch.Stream, batch.Items, batch.Attempts, NormalSlot + d / 4, z[d], z[d + 1], z[d + 2], z[d + 3]);
        }
        float[][] byLatent = z[..latents];
        if (batch.Allowed.Count == 0) TriangularProduct.Apply(_lower, byLatent, batch.Count);
        else Restricted(batch, byLatent, cancel);
        for (int c = 0; c < _columns.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            _columns[c].Values(byLatent.AsSpan(_firstLatent[c], _columns[c].Dimensions), batch.Values[c], batch.Count);
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_columns.Length);
        foreach (var column in _columns) column.Save(to);
        int n = _firstLatent[^1];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) to.Write(_correlation[i, j]);
    }

    public static CopulaModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        int count = from.ReadInt32();
        if (count != columns.Count) throw new InvalidDataException("the copula model is damaged: it is of other columns");
        var latent = new LatentColumn[count];
        for (int c = 0; c < count; c++) latent[c] = LatentColumn.Load(from, columns[c]);
        int n = latent.Sum(column => column.Dimensions);
        double[,] correlation = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            correlation[i, i] = 1;
            for (int j = 0; j < i; j++) correlation[i, j] = correlation[j, i] = from.ReadDouble();
        }
        return new CopulaModel(latent, correlation);
    }

    /// <summary>Draws the restricted latents first, then the others given them; puts all back in their places.</summary>
    private void Restricted(DrawBatch batch, float[][] latents, CancellationToken cancel)
    {
        int count = latents.Length;
        var first = new List<int>();
        foreach (var allowed in batch.Allowed)
            for (int k = 0; k < _columns[allowed.Column].Dimensions; k++) first.Add(_firstLatent[allowed.Column] + k);
        int[] order = [.. first, .. Enumerable.Range(0, count).Except(first)];
        double[][] lower = PositiveMatrix.Cholesky(_correlation, order)!;
        float[][] ordered = Array.ConvertAll(order, d => latents[d]);
        int done = 0;
        foreach (var allowed in batch.Allowed)
        {
            cancel.ThrowIfCancellationRequested();
            var choices = _columns[allowed.Column].Choices(allowed);
            if (choices.Length == 0)
            {
                // Nothing like it occurs: every candidate is worthless, and the frame says so.
                Array.Fill(batch.LogWeights, double.NegativeInfinity);
                break;
            }
            int width = _columns[allowed.Column].Dimensions;
            Truncate(batch, allowed.Column, choices, lower, ordered, done, width);
            done += width;
        }
        TriangularProduct.Apply(Singles(lower), ordered, batch.Count);
    }

    private static void Truncate(DrawBatch batch, int column, LatentChoice[] choices,
        double[][] lower, float[][] z, int done, int width)
    {
        double total = choices.Sum(choice => choice.Share);
        double[] low = new double[width], high = new double[width];
        for (int r = 0; r < batch.Count; r++)
        {
            var (item, attempt) = (batch.Items[r], batch.Attempts[r]);
            var choice = choices[0];
            if (choices.Length > 1)
            {
                double u = batch.Stream.Uniform(item, ChoiceSlot + column, attempt) * total;
                int k = 0;
                while (k < choices.Length - 1 && (u -= choices[k].Share) >= 0) k++;
                choice = choices[k];
            }
            Array.Fill(low, double.NegativeInfinity);
            Array.Fill(high, double.PositiveInfinity);
            foreach (var interval in choice.Intervals) (low[interval.Dimension], high[interval.Dimension]) =
                (interval.Low, interval.High);
            // A choice was drawn by its share; the weight brings it to its probability given what was drawn before.
            double logWeight = choices.Length > 1 ? Math.Log(total) - Math.Log(choice.Share) : 0;
            for (int k = 0; k < width; k++)
            {
                if (double.IsInfinity(low[k]) && double.IsInfinity(high[k])) continue;
                int d = done + k;
                double mean = 0;
                for (int j = 0; j < d; j++) mean += lower[d][j] * z[j][r];
                double a = (low[k] - mean) / lower[d][d], b = (high[k] - mean) / lower[d][d];
                logWeight += Math.Log(NormalTail.Between(a, b));
                double e = NormalTail.Truncated(a, b, batch.Stream.Uniform(item, TruncatedSlot + d, attempt));
                z[d][r] = Inside((float)e, lower[d], z, d, r, low[k], high[k]);
            }
            batch.LogWeights[r] += logWeight;
        }
    }

    /// <summary>Moves a single-precision draw by its last places until its latent lies inside, as the product will compute
    /// it.</summary>
    private static float Inside(float e, double[] weights, float[][] z, int d, int r, double low, double high)
    {
        for (int step = 0; step < 64; step++)
        {
            float sum = 0;
            for (int j = 0; j < d; j++) sum = MathF.FusedMultiplyAdd((float)weights[j], z[j][r], sum);
            sum = MathF.FusedMultiplyAdd((float)weights[d], e, sum);
            if (sum < low) e += Math.Max(Math.Abs(e), 0.01f) * 1e-6f * (1 << Math.Min(step, 20));
            else if (sum >= high) e -= Math.Max(Math.Abs(e), 0.01f) * 1e-6f * (1 << Math.Min(step, 20));
            else break;
        }
        return e;
    }

    private static float[][] Singles(double[][] lower) => Array.ConvertAll(lower, row => Array.ConvertAll(row, x => (float)x));
}
