namespace Simulant.Numerics.Tensors.Modules;

/// <summary>Normalisation over the batch while training, by running statistics afterwards.</summary>
public sealed class BatchNormLayer
{
    private const float Epsilon = 1e-5f, Momentum = 0.1f;
    private readonly Tensor _gain, _bias, _mean, _variance;

    /// <param name="name">
    /// Parameters are name.weight, name.bias, name.running_mean and name.running_var, each [1, width]; the last two are not
    /// trained.
    /// </param>
    public BatchNormLayer(ParameterStore store, string name, int width)
    {
        _gain = store.Add($"{name}.weight", 1, width, Initialisers.Ones, decays: false);
        _bias = store.Add($"{name}.bias", 1, width, Initialisers.Zeros, decays: false);
        _mean = store.Add($"{name}.running_mean", 1, width, Initialisers.Zeros, trainable: false);
        _variance = store.Add($"{name}.running_var", 1, width, Initialisers.Ones, trainable: false);
    }

    /// <param name="training">
    /// Whether to normalise by the batch (of at least two rows) and to move the running statistics towards it.
    /// </param>
    /// <param name="momentum">How far they move, 0 to 1: 1 makes them the batch's own.</param>
    public Tensor Apply(Tape tape, Tensor x, bool training, float momentum = Momentum)
    {
        if (!training)
        {
            var scale = tape.Divide(_gain, tape.Sqrt(tape.AddScalar(_variance, Epsilon)));
            return tape.Add(tape.Multiply(tape.Subtract(x, _mean), scale), _bias);
        }
        if (x.Rows < 2) throw new ArgumentException("a batch of one row has no variance", nameof(x));
        var y = tape.BatchNorm(x, _gain, _bias, out var mean, out var variance, Epsilon);
        float unbiased = (float)x.Rows / (x.Rows - 1);
        for (int c = 0; c < x.Columns; c++)
        {
            _mean.Values[c] += momentum * (mean.Values[c] - _mean.Values[c]);
            _variance.Values[c] += momentum * (unbiased * variance.Values[c] - _variance.Values[c]);
        }
        return y;
    }

    /// <summary>What <see cref="Apply"/> without training does to each column: it multiplies and adds.</summary>
    public (float[] Factor, float[] Summand) Fixed()
    {
        float[] factor = new float[_gain.Columns], summand = new float[_gain.Columns];
        for (int c = 0; c < factor.Length; c++)
        {
            factor[c] = _gain.Values[c] / MathF.Sqrt(_variance.Values[c] + Epsilon);
            summand[c] = _bias.Values[c] - _mean.Values[c] * factor[c];
        }
        return (factor, summand);
    }
}

/// <summary>Normalisation of each row.</summary>
public sealed class LayerNormLayer
{
    private readonly Tensor _gain, _bias;

    /// <param name="name">Parameters are name.weight and name.bias, each [1, width].</param>
    public LayerNormLayer(ParameterStore store, string name, int width)
    {
        _gain = store.Add($"{name}.weight", 1, width, Initialisers.Ones, decays: false);
        _bias = store.Add($"{name}.bias", 1, width, Initialisers.Zeros, decays: false);
    }

    public Tensor Apply(Tape tape, Tensor x) => tape.LayerNorm(x, _gain, _bias);
}

/// <summary>x + out(silu(in(norm(x)))): layers that begin near the identity, so that many can be stacked (He et al. 2016).</summary>
public sealed class ResidualBlock
{
    private readonly LayerNormLayer _norm;
    private readonly LinearLayer _in, _out;

    /// <param name="hidden">Width between the two linear layers.</param>
    public ResidualBlock(ParameterStore store, string name, int width, int hidden)
    {
        _norm = new LayerNormLayer(store, $"{name}.norm", width);
        _in = new LinearLayer(store, $"{name}.in", width, hidden);
        _out = new LinearLayer(store, $"{name}.out", hidden, width);
    }

    public Tensor Apply(Tape tape, Tensor x) =>
        tape.Add(x, _out.Apply(tape, tape.Silu(_in.Apply(tape, _norm.Apply(tape, x)))));
}
