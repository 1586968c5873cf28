using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Tabular.Latent;

namespace Simulant.Tabular.Tvae;

/// <summary>
/// Encoder and decoder of two hidden layers each, and a standard deviation for every place, learned beside them (Xu and others
/// 2019, appendix).
/// </summary>
internal sealed class TvaeNetwork
{
    /// <summary>Bounds of the learned deviations.</summary>
    private const float LeastSpread = 0.01f, MostSpread = 1;

    private readonly RowLayout _layout;
    private readonly Tensor _in, _inBias;
    private readonly LinearLayer _hidden, _mean, _logVariance;
    private readonly Mlp _decoder;
    private readonly Tensor? _spread;

    public TvaeNetwork(ParameterStore store, RowLayout layout, int latents, int width)
    {
        _layout = layout;
        _in = store.Add("encoder.0.weight", layout.Width, width, Initialisers.FanIn());
        _inBias = store.Add("encoder.0.bias", 1, width, Initialisers.FanIn(layout.Width), decays: false);
        _hidden = new LinearLayer(store, "encoder.1", width, width);
        _mean = new LinearLayer(store, "encoder.mean", width, latents);
        _logVariance = new LinearLayer(store, "encoder.variance", width, latents);
        _decoder = new Mlp(store, "decoder", [latents, width, width, layout.Width]);
        if (layout.Places > 0) _spread = store.Add("spread", 1, layout.Places, Initialisers.Constant(0.1f), decays: false);
    }

    /// <summary>Mean and log variance of each row's latent normals.</summary>
    /// <param name="numbers">The terms of the rows: see <see cref="EncodedRows.Terms"/>.</param>
    public (Tensor Mean, Tensor LogVariance) Encode(Tape tape, int[] numbers, float[] factors)
    {
        var x = tape.Relu(tape.Add(tape.Bag(_in, numbers, factors, _layout.Terms), _inBias));
        x = tape.Relu(_hidden.Apply(tape, x));
        return (_mean.Apply(tape, x), _logVariance.Apply(tape, x));
    }

    /// <summary>Logits of the codes.</summary>
    public Tensor Logits(Tape tape, Tensor answer) => tape.Columns(answer, 0, _layout.Codes);

    /// <summary>The decoder as it is now, for drawing alone.</summary>
    public ReadyNetwork Ready() => new([.. _decoder.Layers.Select(l => (l.Weight, l.Bias, (Tensor?)null))], [], beside: false);

    private Tensor Places(Tape tape, Tensor answer) => tape.Tanh(tape.Columns(answer, _layout.Codes, _layout.Places));

    /// <summary>[row, width of a row]</summary>
    public Tensor Decode(Tape tape, Tensor z) => _decoder.Apply(tape, z);

    /// <summary>By place: the standard deviation of what is drawn around the decoder's answer.</summary>
    public float[]? Spread => _spread?.Values.ToArray();

    /// <summary>Minus the log likelihood of rows, but for a constant, summed over them.</summary>
    /// <param name="codes">[row * columns + column]</param>
    /// <param name="places">[row, place]</param>
    /// <param name="counts">[row, place]: 1 where the row has that place, 0 where its code is no mode.</param>
    public Tensor Loss(Tape tape, Tensor answer, int[] codes, Tensor places, Tensor counts)
    {
        var loss = tape.Sum(tape.CrossEntropy(answer, _layout.Offsets, codes));
        if (_spread is null) return loss;
        var off = tape.Divide(tape.Subtract(places, Places(tape, answer)), _spread);
        var normal = tape.Add(tape.Scale(tape.Square(off), 0.5f), tape.Log(_spread));
        return tape.Add(loss, tape.Sum(tape.Multiply(normal, counts)));
    }

    /// <summary>After a step: the deviations back within their bounds.</summary>
    public void Bound()
    {
        if (_spread is null) return;
        foreach (ref float s in _spread.Values) s = Math.Clamp(s, LeastSpread, MostSpread);
    }
}
