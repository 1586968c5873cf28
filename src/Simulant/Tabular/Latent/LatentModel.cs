using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Tensors.Products;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Latent;

/// <summary>
/// A fitted network that turns latent normals into rows. What is drawn of each column, given the network's answer, is independent
/// of the other columns, so restricted columns are weighted by the share of their codes that is allowed.
/// </summary>
internal abstract class LatentModel(IReadOnlyList<ModelColumn> columns, RowLayout layout) : ITableModel, ITrained
{
    private const int SpreadSlot = 2 << 20, SharedSlot = 3 << 20;

    protected RowLayout Layout => layout;

    public TrainingCurve? Training { get; init; }

    /// <summary>How many latent numbers a row has; a multiple of four.</summary>
    protected abstract int Latents { get; }

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        var uniforms = new double[columns.Count][];
        for (int c = 0; c < uniforms.Length; c++) StratifiedUniforms.Fill(uniforms[c] = new double[batch.Count], batch, c);
        var plan = PlanOf(batch);
        var spread = Spread;
        var work = Network.Rent();
        Span<int> conditions = stackalloc int[ReadyNetwork.Rows];
        for (int start = 0; start < batch.Count; start += ReadyNetwork.Rows)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(ReadyNetwork.Rows, batch.Count - start);
            LatentNumbers.Fill(work.Latents, batch, start, count);
            Conditions(plan, start, conditions[..count]);
            Network.Apply(work, conditions[..count]);
            var answer = work.Answer;
            for (int r = 0; r < count; r += Panels.Lanes)
            {
                int panel = r / Panels.Lanes;
                answer.Softmax(panel, layout.Offsets);
                answer.Tanh(panel, layout.Codes, layout.Places);
                var rows = new DrawnRows(answer, panel, start + r, Math.Min(Panels.Lanes, count - r));
                for (int c = 0; c < columns.Count; c++) DrawColumn(c, batch, uniforms[c], rows, spread, plan);
            }
        }
        Network.Return(work);
    }

    /// <summary>What the network says of some rows: shares of the codes, then places in [-1, 1].</summary>
    /// <param name="First">The candidate in the first lane.</param>
    private readonly record struct DrawnRows(Panels Answer, int Panel, int First, int Count);

    /// <summary>The trained layers.</summary>
    protected abstract ReadyNetwork Network { get; }

    /// <summary>Standard deviation of normal noise on each place; null for none.</summary>
    protected virtual float[]? Spread => null;

    /// <summary>Conditions as they are put to the network.</summary>
    /// <param name="Column">The column that every row's condition names, or -1.</param>
    /// <param name="Codes">By candidate: the code that the condition names; null without conditions.</param>
    /// <param name="Columns">By candidate: the column it names.</param>
    protected sealed record ConditionPlan(int Column, int[]? Codes, int[]? Columns);

    protected abstract ConditionPlan PlanOf(DrawBatch batch);

    /// <summary>The number of each row's condition as the network counts them; zeros without conditions.</summary>
    /// <param name="start">The candidate of row 0.</param>
    protected virtual void Conditions(ConditionPlan plan, int start, Span<int> numbers) => numbers.Clear();

    private void DrawColumn(int c, DrawBatch batch, double[] uniforms, in DrawnRows rows, float[]? spread, ConditionPlan plan)
    {
        Allowed? allowed = null;
        foreach (var a in batch.Allowed)
            if (a.Column == c) allowed = a;
        var column = layout.Columns[c];
        int place = layout.PlaceOf[c], lanes = Panels.Lanes;
        Span<double> withins = stackalloc double[lanes], us = stackalloc double[lanes];
        Span<int> codes = stackalloc int[lanes];
        if (place < 0) withins.Clear();
        else
        {
            var places = rows.Answer.Part(rows.Panel, layout.Codes + place, 1);
            for (int l = 0; l < rows.Count; l++) withins[l] = places[l];
            for (int l = 0; l < rows.Count && spread is not null; l++) withins[l] += spread[place] * NoiseOf(batch, rows.First + l, c);
        }
        uniforms.AsSpan(rows.First, rows.Count).CopyTo(us);
        us[rows.Count..].Clear();
        if (plan.Column == c)
        {
            for (int l = 0, at = rows.First; l < rows.Count; l++, at++)
                (codes[l], us[l]) = (plan.Codes![at], batch.Stream.Uniform(batch.Items[at], SharedSlot + c, batch.Attempts[at]));
        }
        else if (allowed is not null)
        {
            DrawAllowed(c, batch, rows, withins, us, allowed);
            return;
        }
        else rows.Answer.Choose(rows.Panel, layout.Offsets[c], column.Codes, us, codes, us);
        var values = batch.Values[c].AsSpan(rows.First, rows.Count);
        for (int l = 0; l < values.Length; l++)
            values[l] = allowed is null
                ? column.Decode(codes[l], withins[l], us[l]) : column.Decode(codes[l], withins[l], us[l], allowed);
    }

    private static double NoiseOf(DrawBatch batch, int at, int column) =>
        batch.Stream.Normal(batch.Items[at], SpreadSlot + column, batch.Attempts[at]);

    /// <summary>Values of a column whose codes are restricted, and what of each row's chances that leaves.</summary>
    private void DrawAllowed(
        int c, DrawBatch batch, in DrawnRows rows, ReadOnlySpan<double> withins, ReadOnlySpan<double> us, Allowed allowed)
    {
        var column = layout.Columns[c];
        Span<float> all = stackalloc float[column.Codes];
        Span<double> shares = stackalloc double[column.Codes];
        for (int l = 0; l < rows.Count; l++)
        {
            int at = rows.First + l;
            rows.Answer.CopyRow(rows.Panel * Panels.Lanes + l, layout.Offsets[c], all);
            double total = Restrict(all, column, withins[l], allowed, shares);
            batch.LogWeights[at] += Math.Log(total);
            // Where nothing fits: a weight of nothing, and any value.
            var (code, u) = total > 0 ? Choose<double>(shares, us[l]) : Choose<float>(all, us[l]);
            batch.Values[c][at] = total > 0 ? column.Decode(code, withins[l], u, allowed) : column.Decode(code, withins[l], u);
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
