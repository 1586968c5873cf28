using Simulant.Data;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Latent;

/// <summary>A fitted network whose latent numbers are the context of a <see cref="Chain"/>.</summary>
internal abstract class ChainModel(IReadOnlyList<ModelColumn> columns, ChainLayout layout) : ITableModel, ITrained
{
    private const int Lanes = 512;

    protected ChainLayout Layout => layout;

    protected abstract int Latents { get; }

    protected abstract Chain Chain { get; }

    public TrainingCurve? Training { get; init; }

    /// <summary>The context of rows: [row, number].</summary>
    /// <param name="z">[row, latent]</param>
    /// <param name="forced">What <see cref="Force"/> gave.</param>
    /// <param name="start">The candidate of row 0.</param>
    protected abstract Tensor Context(Tape tape, Tensor z, (int Column, int[]? Numbers, int[]? Bins) forced, int start);

    /// <summary>
    /// What is put to the network as a condition, by candidate; and where it names one restricted column in every row, that column
    /// and its bins.
    /// </summary>
    protected virtual (int Column, int[]? Numbers, int[]? Bins) Force(DrawBatch batch) => (-1, null, null);

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        var uniforms = new double[columns.Count][];
        for (int c = 0; c < uniforms.Length; c++) StratifiedUniforms.Fill(uniforms[c] = new double[batch.Count], batch, c);
        var arena = new Arena();
        var forced = Force(batch);
        for (int start = 0; start < batch.Count; start += Lanes)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(Lanes, batch.Count - start);
            using var tape = new Tape(arena, recording: false);
            var context = Context(tape, LatentNumbers.Of(tape, batch, start, count, Latents), forced, start);
            int[][] codes = [.. layout.Fields.Select(_ => new int[count])];
            for (int f = 0; f < codes.Length; f++)
            {
                var field = layout.Fields[f];
                var shares = tape.Softmax(Chain.Logits(tape, context, f, codes));
                Allowed? allowed = null;
                foreach (var a in batch.Allowed)
                    if (a.Column == field.Column) allowed = a;
                var uniform = uniforms[field.Column].AsSpan(start, count);
                for (int r = 0; r < count; r++)
                {
                    if (field.Column == forced.Column) codes[f][r] = layout.Code(field, forced.Bins![start + r]);
                    else (codes[f][r], uniform[r]) = Choose(field, shares.Row(r), f > 0 ? codes[f - 1][r] : 0, allowed, uniform[r],
                        ref batch.LogWeights[start + r]);
                }
                if (field.Part == 1 || !layout.IsSplit(field.Column)) Values(field, f, codes, uniform, allowed, batch, start);
            }
        }
    }

    private void Values(in ChainField field, int f, int[][] codes, Span<double> uniform, Allowed? allowed, DrawBatch batch, int start)
    {
        var bins = layout.Bins[field.Column];
        for (int r = 0; r < uniform.Length; r++)
        {
            int bin = field.Part == 1 ? layout.Bin(field.Column, codes[f - 1][r], codes[f][r]) : codes[f][r];
            double u = uniform[r];
            if (allowed is not null)
            {
                var (low, high) = bins.AllowedShare(bin, allowed);
                if (high > low) u = low + u * (high - low);
            }
            batch.Values[field.Column][start + r] = bins.Draw(bin, u);
        }
    }

    /// <summary>A code by its share, as far as its bins are allowed; notes how much of all that was.</summary>
    private (int Code, double Within) Choose(
        in ChainField field, ReadOnlySpan<float> shares, int first, Allowed? allowed, double u, ref double logWeight)
    {
        Span<double> weights = stackalloc double[shares.Length];
        double all = 0, total = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double real = field.Part == 1 && layout.Bin(field.Column, first, k) < 0 ? 0 : shares[k];
            all += real;
            total += weights[k] = allowed is null ? real : real * Share(field, first, k, allowed);
        }
        if (allowed is not null) logWeight += Math.Log(total / all);
        if (!(total > 0)) // nothing fits: a weight of nothing, and any value
            for (int k = 0; k < weights.Length; k++)
                total += weights[k] = field.Part == 1 && layout.Bin(field.Column, first, k) < 0 ? 0 : shares[k];
        double rest = u * total;
        int last = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            if (weights[k] <= 0) continue;
            last = k;
            if (rest < weights[k]) return (k, rest / weights[k]);
            rest -= weights[k];
        }
        return (last, 1 - 1e-12);
    }

    /// <summary>Allowed part of a code's bin; of a first digit, whether any of its bins has one.</summary>
    private double Share(in ChainField field, int first, int code, Allowed allowed)
    {
        var bins = layout.Bins[field.Column];
        double Part(int bin)
        {
            var (low, high) = bins.AllowedShare(bin, allowed);
            return high - low;
        }
        if (field.Part == 1) return Part(layout.Bin(field.Column, first, code));
        if (!layout.IsSplit(field.Column)) return Part(code);
        int second = layout.Fields[layout.FirstField[field.Column] + 1].Codes;
        for (int k = 0; k < second; k++)
            if (layout.Bin(field.Column, code, k) is >= 0 and var bin && Part(bin) > 0) return 1;
        return 0;
    }

    public virtual bool RestrictsExactly(IReadOnlyList<int> restricted) => restricted.Count == 0;

    public abstract void Save(BinaryWriter to);

    protected static TrainingCurve? ReadCurve(BinaryReader from) => from.ReadBoolean() ? TrainingCurves.Read(from) : null;
}
