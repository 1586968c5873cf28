using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Tabular.Latent;

namespace Simulant.Tabular.Tvae;

/// <summary>
/// The repaired network: codes are looked up on the way in and drawn one after the other on the way out, in the context of the
/// latent numbers.
/// </summary>
internal sealed class TvaeChain
{
    private readonly ChainLayout _layout;
    private readonly Tensor _in, _inBias;
    private readonly LinearLayer _hidden, _mean, _logVariance;
    private readonly Mlp _decoder;

    public TvaeChain(ParameterStore store, ChainLayout layout, int latents, int width, Func<int, double[]>? shares)
    {
        _layout = layout;
        _in = store.Add("encoder.0.weight", layout.Fields.Sum(f => f.Codes), width,
            Initialisers.Normal(1 / Math.Sqrt(layout.Fields.Count)));
        _inBias = store.Add("encoder.0.bias", 1, width, Initialisers.Zeros, decays: false);
        _hidden = new LinearLayer(store, "encoder.1", width, width);
        _mean = new LinearLayer(store, "encoder.mean", width, latents);
        _logVariance = new LinearLayer(store, "encoder.variance", width, latents);
        _decoder = new Mlp(store, "decoder", [latents, width, width]);
        Chain = new Chain(store, layout, width, shares);
    }

    public Chain Chain { get; }

    /// <param name="codes">[field][row]</param>
    public (Tensor Mean, Tensor LogVariance) Encode(Tape tape, int[][] codes)
    {
        int fields = codes.Length, rows = codes[0].Length;
        int[] numbers = new int[rows * fields];
        for (int f = 0, first = 0; f < fields; first += _layout.Fields[f++].Codes)
            for (int r = 0; r < rows; r++) numbers[r * fields + f] = first + codes[f][r];
        var x = tape.Relu(tape.Add(tape.Bag(_in, numbers, null, fields), _inBias));
        x = tape.Relu(_hidden.Apply(tape, x));
        return (_mean.Apply(tape, x), _logVariance.Apply(tape, x));
    }

    public Tensor Context(Tape tape, Tensor z) => tape.Relu(_decoder.Apply(tape, z));
}
