using System.Collections.Concurrent;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Products;
using Primitives = System.Numerics.Tensors.TensorPrimitives;

namespace Simulant.Tabular.Latent;

/// <summary>
/// Trained layers with rectifiers between them as they draw: batch norms, which no longer move, are multiplied into the layers before them,
/// a layer's biases into its conditions, and weights are packed once. A layer is one look-up and its products.
/// </summary>
internal sealed class ReadyNetwork
{
    /// <summary>Rows that go through the layers together: few enough that a part's weights and their numbers stay near.</summary>
    public const int Rows = 256;

    /// <summary>By layer and part of its input: the part made last first.</summary>
    private readonly PanelWeight[][] _weights;

    /// <summary>By layer: what a condition adds, [condition, unit]; one row without conditions.</summary>
    private readonly float[][] _starts;

    private readonly int[] _widths;
    private readonly ConcurrentBag<Work> _spare = [];

    /// <param name="layers">Weight [input, unit], bias [1, unit] and conditions [condition, unit] of each.</param>
    /// <param name="norms">Factor and summand of each unit behind each layer but the last; none behind layers that are not named.</param>
    /// <param name="beside">
    /// Whether a layer sees all that was made before it, the newest first and the latent numbers last; else the newest alone.
    /// </param>
    public ReadyNetwork(IReadOnlyList<(Tensor Weight, Tensor Bias, Tensor? Conditions)> layers,
        IReadOnlyList<(float[] Factor, float[] Summand)> norms, bool beside)
    {
        (_weights, _starts) = (new PanelWeight[layers.Count][], new float[layers.Count][]);
        _widths = new int[layers.Count + 1];
        int inputs = layers[0].Weight.Rows;
        _widths[0] = inputs;
        for (int i = 0; i < layers.Count; i++)
        {
            var (weight, bias, conditions) = layers[i];
            int units = weight.Columns;
            var (factor, summand) = i < norms.Count ? norms[i] : (Enumerable.Repeat(1f, units).ToArray(), new float[units]);
            float[] scaled = new float[weight.Length];
            for (int r = 0; r < weight.Rows; r++) Primitives.Multiply(weight.Row(r), factor, scaled.AsSpan(r * units, units));
            int[] parts = beside ? [.. _widths[..(i + 1)].Reverse()] : [_widths[i]];
            _weights[i] = new PanelWeight[parts.Length];
            for (int p = 0, at = 0; p < parts.Length; at += parts[p++])
                _weights[i][p] = new PanelWeight(scaled.AsSpan(at * units, parts[p] * units), parts[p], units);
            _starts[i] = new float[(conditions?.Rows ?? 1) * units];
            for (int r = 0; r < _starts[i].Length / units; r++)
            {
                var start = _starts[i].AsSpan(r * units, units);
                bias.Values.CopyTo(start);
                if (conditions is not null) Primitives.Add(start, conditions.Row(r), start);
                Primitives.MultiplyAdd(start, factor, summand, start);
            }
            _widths[i + 1] = units;
        }
    }

    /// <summary>Memory for rows on their way, which one thread uses at a time.</summary>
    internal sealed class Work(int[] widths)
    {
        /// <summary>Latent numbers, then each layer's results, the answer last.</summary>
        public Panels[] Numbers { get; } = [.. widths.Select(w => new Panels(Rows, w))];

        public Panels Latents => Numbers[0];

        public Panels Answer => Numbers[^1];
    }

    public Work Rent() => _spare.TryTake(out var work) ? work : new Work(_widths);

    public void Return(Work work) => _spare.Add(work);

    /// <summary>From the latent numbers in the work to its answer.</summary>
    /// <param name="conditions">By row, of at most <see cref="Rows"/>: the number of its condition; zeros without conditions.</param>
    public void Apply(Work work, ReadOnlySpan<int> conditions)
    {
        int panels = (conditions.Length + Panels.Lanes - 1) / Panels.Lanes;
        for (int i = 0; i < _weights.Length; i++)
        {
            var to = work.Numbers[i + 1];
            to.Gather(_starts[i], conditions);
            for (int p = 0; p < _weights[i].Length; p++)
                _weights[i][p].Add(work.Numbers[i - p], to, panels, rectify: i < _weights.Length - 1 && p == _weights[i].Length - 1);
        }
    }
}
