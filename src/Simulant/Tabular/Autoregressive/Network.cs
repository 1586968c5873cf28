using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Autoregressive;

/// <summary>
/// Forward passes of one block: embeddings of the columns drawn before, one hidden layer, softmax; shapes are [feature x lane].
/// </summary>
internal static class Network
{
    private const int Lanes = LaneProduct.Lanes;

    /// <summary>Writes the embedding of a code into one lane.</summary>
    public static void Embed(FieldShape field, ReadOnlySpan<float> weights, int code, Span<float> x, int lane)
    {
        var row = weights.Slice(field.Embedding + code * field.Dim, field.Dim);
        for (int i = 0; i < row.Length; i++) x[(field.X + i) * Lanes + lane] = row[i];
    }

    /// <summary>hidden = relu(bias + first' x) over the listed inputs.</summary>
    public static void HiddenOf(FieldShape field, ReadOnlySpan<float> weights, ReadOnlySpan<int> inputs, ReadOnlySpan<float> x,
        Span<float> hidden)
    {
        var h = hidden[..(field.Hidden * Lanes)];
        Spread(weights.Slice(field.FirstBias, field.Hidden), h);
        LaneProduct.Gather(weights.Slice(field.First), 1, field.Hidden, inputs, x, h, field.Hidden, accumulate: true);
        foreach (ref var v in MemoryMarshal.Cast<float, Vector512<float>>(h)) v = Vector512.Max(v, Vector512<float>.Zero);
    }

    /// <summary>logits = bias + last hidden + waves (bend hidden).</summary>
    public static void LogitsOf(FieldShape field, ReadOnlySpan<float> weights, NetworkSpace space, ReadOnlySpan<float> hidden,
        Span<float> logits)
    {
        var l = logits[..(field.Codes * Lanes)];
        Spread(weights.Slice(field.LastBias, field.Codes), l);
        LaneProduct.Gather(weights.Slice(field.Last, field.Codes * field.Hidden), field.Hidden, 1,
            space.AllHidden.AsSpan(0, field.Hidden), hidden, l, field.Codes, accumulate: true);
        int waves = field.WaveCount;
        if (waves == 0) return;
        LaneProduct.Gather(weights.Slice(field.Bend, waves * field.Hidden), field.Hidden, 1,
            space.AllHidden.AsSpan(0, field.Hidden), hidden, space.Bend, waves, accumulate: false);
        LaneProduct.Gather(field.Waves, waves, 1, space.AllHidden.AsSpan(0, waves), space.Bend, l, field.Codes, accumulate: true);
    }

    /// <summary>
    /// Logits to exp(logit - greatest); the lane's sum goes to <paramref name="sums"/>, the greatest to
    /// <paramref name="greatest"/>.
    /// </summary>
    public static void Exponentials(Span<float> logits, Span<float> sums, Span<float> greatest)
    {
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(logits);
        var sum = MemoryMarshal.Cast<float, Vector512<float>>(sums);
        var most = MemoryMarshal.Cast<float, Vector512<float>>(greatest);
        const int parts = Lanes / 16;
        for (int p = 0; p < parts; p++)
        {
            var top = rows[p];
            for (int k = p; k < rows.Length; k += parts) top = Vector512.Max(top, rows[k]);
            var total = Vector512<float>.Zero;
            for (int k = p; k < rows.Length; k += parts)
            {
                var e = Vector512.Exp(rows[k] - top);
                rows[k] = e;
                total += e;
            }
            sum[p] = total;
            most[p] = top;
        }
    }

    private static void Spread(ReadOnlySpan<float> values, Span<float> rows)
    {
        for (int i = 0; i < values.Length; i++) rows.Slice(i * Lanes, Lanes).Fill(values[i]);
    }
}
