using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Latent;

/// <summary>
/// A fitted network that turns latent normals into rows. What is drawn of each column, given the network's answer, is independent
/// of the other columns, so restricted columns are weighted by the share of their codes that is allowed.
/// </summary>
internal abstract class LatentModel(IReadOnlyList<ModelColumn> columns, RowLayout layout) : ITableModel, ITrained
{
    /// <summary>Rows that go through the network together.</summary>
    private const int Lanes = 512;

    private const int SpreadSlot = 2 << 20, SharedSlot = 3 << 20;

    protected RowLayout Layout => layout;

    public TrainingCurve? Training { get; init; }

    /// <summary>How many latent numbers a row has; a multiple of four.</summary>
    protected abstract int Latents { get; }

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        var uniforms = new double[columns.Count][];
        for (int c = 0; c < uniforms.Length; c++) StratifiedUniforms.Fill(uniforms[c] = new double[batch.Count], batch, c);
        var arena = new Arena();
        var plan = PlanOf(batch);
        for (int start = 0; start < batch.Count; start += Lanes)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(Lanes, batch.Count - start);
            using var tape = new Tape(arena, recording: false);
            var answer = Answer(tape, LatentNumbers.Of(tape, batch, start, count, Latents), plan, start);
            for (int c = 0; c < columns.Count; c++) DrawColumn(c, batch, uniforms[c], start, count, answer, plan);
        }
    }

    /// <summary>What the network says of rows.</summary>
    /// <param name="Shares">[row, code]: each column's codes sum to 1.</param>
    /// <param name="Places">[row, place], in [-1, 1].</param>
    /// <param name="Spread">Standard deviation of normal noise on each place; null for none.</param>
    protected readonly record struct NetworkAnswer(Tensor Shares, Tensor Places, float[]? Spread);

    /// <summary>Conditions as they are put to the network.</summary>
    /// <param name="Column">The column that every row's condition names, or -1.</param>
    /// <param name="Codes">By candidate: the code that the condition names; null without conditions.</param>
    /// <param name="Columns">By candidate: the column it names.</param>
    protected sealed record ConditionPlan(int Column, int[]? Codes, int[]? Columns);

    protected abstract ConditionPlan PlanOf(DrawBatch batch);

    /// <param name="z">[row, latent]</param>
    /// <param name="start">The candidate of row 0.</param>
    protected abstract NetworkAnswer Answer(Tape tape, Tensor z, ConditionPlan plan, int start);

    private void DrawColumn(int c, DrawBatch batch, double[] uniforms, int start, int count, in NetworkAnswer answer, ConditionPlan plan)
    {
        Allowed? allowed = null;
        foreach (var a in batch.Allowed)
            if (a.Column == c) allowed = a;
        var column = layout.Columns[c];
        int offset = layout.Offsets[c], place = layout.PlaceOf[c];
        Span<double> shares = stackalloc double[column.Codes];
        for (int r = 0; r < count; r++)
        {
            int at = start + r;
            double within = place < 0 ? 0 : answer.Places.Row(r)[place];
            if (place >= 0 && answer.Spread is { } spread)
                within += spread[place] * batch.Stream.Normal(batch.Items[at], SpreadSlot + c, batch.Attempts[at]);
            double u = uniforms[at];
            int code;
            bool restricted = allowed is not null;
            var row = answer.Shares.Row(r).Slice(offset, column.Codes);
            if (plan.Column == c) (code, u) = (plan.Codes![at], batch.Stream.Uniform(batch.Items[at], SharedSlot + c, batch.Attempts[at]));
            else if (allowed is null) (code, u) = Choose(row, u);
            else
            {
                double total = Restrict(row, column, within, allowed, shares);
                batch.LogWeights[at] += Math.Log(total);
                restricted = total > 0; // where nothing fits: a weight of nothing, and any value
                (code, u) = restricted ? Choose<double>(shares, u) : Choose(row, u);
            }
            batch.Values[c][at] = restricted ? column.Decode(code, within, u, allowed!) : column.Decode(code, within, u);
        }
    }

    /// <summary>Shares of the codes, as far as they are allowed; returns their sum.</summary>
    private static double Restrict(ReadOnlySpan<float> from, ColumnModes column, double within, Allowed allowed, Span<double> shares)
    {
        double total = 0;
        for (int k = 0; k < from.Length; k++)
        {
            shares[k] = from[k] * column.Share(k, within, allowed);
            total += shares[k];
        }
        return total;
    }

    /// <summary>The code under which the sum passes a share of the whole, and how far within it that is.</summary>
    private static (int Code, double Within) Choose<T>(ReadOnlySpan<T> shares, double share) where T : struct, INumber<T>
    {
        double total = 0;
        foreach (var s in shares) total += double.CreateTruncating(s);
        double rest = share * total;
        int last = 0;
        for (int k = 0; k < shares.Length; k++)
        {
            double own = double.CreateTruncating(shares[k]);
            if (own <= 0) continue;
            last = k;
            if (rest < own) return (k, rest / own);
            rest -= own;
        }
        return (last, 1 - 1e-12);
    }

    public abstract bool RestrictsExactly(IReadOnlyList<int> columns);

    public abstract void Save(BinaryWriter to);

    protected static TrainingCurve? ReadCurve(BinaryReader from) => from.ReadBoolean() ? TrainingCurves.Read(from) : null;
}
