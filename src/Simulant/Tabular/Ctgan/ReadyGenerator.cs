using Primitives = System.Numerics.Tensors.TensorPrimitives;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Products;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// A trained <see cref="Generator"/> as it draws: batch norms, which no longer move, are multiplied into the layers before them, and a
/// layer's biases into its conditions, so that a layer is one look-up, its products and a rectifier in place.
/// </summary>
internal sealed class ReadyGenerator
{
    private readonly Tensor[] _weights;

    /// <summary>By layer: what a condition adds, [condition, unit]; one row without conditions.</summary>
    private readonly Tensor[] _starts;

    /// <param name="layers">Weight [input, unit], bias [1, unit] and conditions [condition, unit] of each.</param>
    /// <param name="norms">Factor and summand of each unit behind each layer but the last.</param>
    public ReadyGenerator(
        IReadOnlyList<(Tensor Weight, Tensor Bias, Tensor? Conditions)> layers, IReadOnlyList<(float[] Factor, float[] Summand)> norms)
    {
        var store = new ParameterStore(new RandomStream(0, "ready generator"));
        (_weights, _starts) = (new Tensor[layers.Count], new Tensor[layers.Count]);
        for (int i = 0; i < layers.Count; i++)
        {
            var (weight, bias, conditions) = layers[i];
            int units = weight.Columns;
            var (factor, summand) = i < norms.Count ? norms[i] : (Enumerable.Repeat(1f, units).ToArray(), new float[units]);
            _weights[i] = store.Add($"{i}.weight", weight.Rows, units, Initialisers.Zeros);
            _starts[i] = store.Add($"{i}.start", conditions?.Rows ?? 1, units, Initialisers.Zeros);
            for (int r = 0; r < weight.Rows; r++) Primitives.Multiply(weight.Row(r), factor, _weights[i].Row(r));
            for (int r = 0; r < _starts[i].Rows; r++)
            {
                var start = _starts[i].Row(r);
                bias.Values.CopyTo(start);
                if (conditions is not null) Primitives.Add(start, conditions.Row(r), start);
                Primitives.MultiplyAdd(start, factor, summand, start);
            }
        }
    }

    /// <summary>The answer: [row, outputs].</summary>
    /// <param name="z">[row, latent]</param>
    /// <param name="conditions">By row: the number of its condition; zeros without conditions.</param>
    public Tensor Apply(Tape tape, Tensor z, int[] conditions)
    {
        var parts = new List<Tensor> { z };
        for (int i = 0; ; i++)
        {
            var y = tape.Gather(_starts[i], conditions);
            int at = 0, units = y.Columns;
            foreach (var part in parts)
            {
                int inputs = part.Columns;
                MatrixProduct.Multiply(part.Values, false, _weights[i].Values.Slice(at * units, inputs * units), false, y.Values,
                    y.Rows, units, inputs, accumulate: true);
                at += inputs;
            }
            if (i == _weights.Length - 1) return y;
            Primitives.Max(y.Values, 0, y.Values);
            parts.Insert(0, y);
        }
    }
}
