using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Autoregressive;

/// <summary>Loss and gradient of one block of at most 64 rows under one order of the columns.</summary>
internal sealed class Gradient
{
    private const int Lanes = LaneProduct.Lanes;

    private readonly NetworkShape _shape;
    private readonly NetworkSpace _space;
    private readonly int[] _allCodes;
    private Dropout _dropout;
    private readonly float[] _dHidden, _turned, _dx;
    private readonly float[] _sums = new float[Lanes], _most = new float[Lanes];

    public Gradient(NetworkShape shape)
    {
        _shape = shape;
        _space = new NetworkSpace(shape);
        _dHidden = new float[shape.MostHidden * Lanes];
        _turned = new float[shape.MostHidden * Lanes];
        _dx = new float[shape.Inputs * Lanes];
        _allCodes = new int[shape.MostCodes];
        for (int i = 0; i < _allCodes.Length; i++) _allCodes[i] = i;
        Values = new float[shape.Weights];
        LossOf = new double[shape.Fields.Count];
    }

    /// <summary>The gradient, laid out as the weights are.</summary>
    public float[] Values { get; }

    /// <summary>Sum over the block's rows of the negative log-likelihood, by sub-column.</summary>
    public double[] LossOf { get; }

    /// <summary>Sets the block's gradient of scale * (sum of the rows' losses), and its losses.</summary>
    /// <param name="codes">[sub-column][row].</param>
    /// <param name="rows">At most 64.</param>
    public void Backward(
        ReadOnlySpan<float> weights, int[][] codes, ReadOnlySpan<int> rows, FieldOrder order, float scale, Dropout dropout)
    {
        Prepare(weights, codes, rows);
        _dropout = dropout;
        Array.Clear(Values);
        Array.Clear(_dx);
        for (int f = 0; f < _shape.Fields.Count; f++)
        {
            var field = _shape.Fields[f];
            var inputs = order.Inputs.AsSpan(0, order.Before[f]);
            LossOf[f] = Loss(field, f, weights, codes, rows, inputs);
            BackThrough(field, weights, codes[f], rows, inputs, scale);
        }
        for (int f = 0; f < _shape.Fields.Count; f++)
        {
            var field = _shape.Fields[f];
            for (int lane = 0; lane < rows.Length; lane++)
            {
                var into = Values.AsSpan(field.Embedding + codes[f][rows[lane]] * field.Dim, field.Dim);
                for (int i = 0; i < into.Length; i++) into[i] += _dx[(field.X + i) * Lanes + lane];
            }
        }
    }

    /// <summary>Losses alone.</summary>
    public void Forward(ReadOnlySpan<float> weights, int[][] codes, ReadOnlySpan<int> rows, FieldOrder order)
    {
        Prepare(weights, codes, rows);
        _dropout = default;
        for (int f = 0; f < _shape.Fields.Count; f++)
            LossOf[f] = Loss(_shape.Fields[f], f, weights, codes, rows, order.Inputs.AsSpan(0, order.Before[f]));
    }

    private void Prepare(ReadOnlySpan<float> weights, int[][] codes, ReadOnlySpan<int> rows)
    {
        Array.Clear(_space.X);
        for (int f = 0; f < _shape.Fields.Count; f++)
            for (int lane = 0; lane < rows.Length; lane++)
                Network.Embed(_shape.Fields[f], weights, codes[f][rows[lane]], _space.X, lane);
    }

    /// <summary>Leaves hidden values and the exponentials of the logits in the working space.</summary>
    private double Loss(FieldShape field, int f, ReadOnlySpan<float> weights, int[][] codes, ReadOnlySpan<int> rows,
        ReadOnlySpan<int> inputs)
    {
        Network.HiddenOf(field, weights, inputs, _space.X, _space.Hidden);
        _dropout.Apply(f, _space.Hidden.AsSpan(0, field.Hidden * Lanes));
        Network.LogitsOf(field, weights, _space, _space.Hidden, _space.Logits);
        Network.Exponentials(_space.Logits.AsSpan(0, field.Codes * Lanes), _sums, _most);
        double loss = 0;
        for (int lane = 0; lane < rows.Length; lane++)
        {
            float own = _space.Logits[codes[f][rows[lane]] * Lanes + lane];
            loss -= Math.Log(Math.Max(own / _sums[lane], 1e-38f));
        }
        return loss;
    }

    private void BackThrough(FieldShape field, ReadOnlySpan<float> weights, int[] codes, ReadOnlySpan<int> rows,
        ReadOnlySpan<int> inputs, float scale)
    {
        var dLogits = _space.Logits.AsSpan(0, field.Codes * Lanes);
        var hidden = _space.Hidden.AsSpan(0, field.Hidden * Lanes);
        var dHidden = _dHidden.AsSpan(0, field.Hidden * Lanes);
        var turned = _turned.AsSpan(0, field.Hidden * Lanes);
        // d loss / d logit = scale * (p - [own code]); lanes without a row count nothing.
        for (int lane = 0; lane < Lanes; lane++) _most[lane] = lane < rows.Length ? scale / _sums[lane] : 0;
        var factor = MemoryMarshal.Cast<float, Vector512<float>>(_most);
        var lanes = MemoryMarshal.Cast<float, Vector512<float>>(dLogits);
        for (int k = 0; k < lanes.Length; k++) lanes[k] *= factor[k & 3];
        for (int lane = 0; lane < rows.Length; lane++) dLogits[codes[rows[lane]] * Lanes + lane] -= scale;

        var last = weights.Slice(field.Last, field.Codes * field.Hidden);
        LaneProduct.Transpose(hidden, field.Hidden, turned);
        LaneProduct.Outer(dLogits, field.Codes, turned, field.Hidden, Values.AsSpan(field.Last, field.Codes * field.Hidden));
        SumLanes(dLogits, Values.AsSpan(field.LastBias, field.Codes));
        LaneProduct.Gather(last, 1, field.Hidden, _allCodes.AsSpan(0, field.Codes), dLogits, dHidden, field.Hidden, false);
        int waves = field.WaveCount;
        if (waves > 0)
        {
            var bend = weights.Slice(field.Bend, waves * field.Hidden);
            var dBend = _space.Bend.AsSpan(0, waves * Lanes);
            LaneProduct.Gather(field.Waves, 1, waves, _allCodes.AsSpan(0, field.Codes), dLogits, dBend, waves, false);
            LaneProduct.Outer(dBend, waves, turned, field.Hidden, Values.AsSpan(field.Bend, waves * field.Hidden));
            LaneProduct.Gather(bend, 1, field.Hidden, _space.AllHidden.AsSpan(0, waves), dBend, dHidden, field.Hidden, true);
        }

        var h = MemoryMarshal.Cast<float, Vector512<float>>(hidden);
        var dh = MemoryMarshal.Cast<float, Vector512<float>>(dHidden);
        var kept = Vector512.Create(_dropout.Scale);
        for (int k = 0; k < dh.Length; k++)
            dh[k] = Vector512.ConditionalSelect(Vector512.GreaterThan(h[k], Vector512<float>.Zero), dh[k] * kept, Vector512<float>.Zero);
        SumLanes(dHidden, Values.AsSpan(field.FirstBias, field.Hidden));
        LaneProduct.Transpose(dHidden, field.Hidden, turned);
        var hiddenRows = _space.AllHidden.AsSpan(0, field.Hidden);
        for (int at = 0; at < inputs.Length;)
        {
            // Inputs of one column lie beside each other.
            int run = 1;
            while (at + run < inputs.Length && inputs[at + run] == inputs[at] + run) run++;
            int x = inputs[at], w = field.First + x * field.Hidden;
            LaneProduct.Outer(_space.X.AsSpan(x * Lanes, run * Lanes), run, turned, field.Hidden, Values.AsSpan(w, run * field.Hidden));
            LaneProduct.Gather(weights.Slice(w, run * field.Hidden), field.Hidden, 1, hiddenRows, dHidden,
                _dx.AsSpan(x * Lanes, run * Lanes), run, accumulate: true);
            at += run;
        }
    }

    private static void SumLanes(ReadOnlySpan<float> rows, Span<float> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            var r = MemoryMarshal.Cast<float, Vector512<float>>(rows.Slice(i * Lanes, Lanes));
            into[i] = Vector512.Sum(r[0] + r[1] + (r[2] + r[3]));
        }
    }
}
