using Simulant.Numerics.Random;

namespace Simulant.Numerics.Tensors;

/// <summary>Sets a tensor's first values; weights are [in, out]. Number i is drawn at (item i, the given slot).</summary>
public delegate void Initialiser(Tensor tensor, RandomStream stream, int slot);

public static class Initialisers
{
    public static Initialiser Zeros { get; } = Constant(0);

    public static Initialiser Ones { get; } = Constant(1);

    public static Initialiser Constant(float value) => (tensor, _, _) => tensor.Values.Fill(value);

    /// <summary>Uniform in [-bound, bound).</summary>
    public static Initialiser Uniform(double bound) => (tensor, stream, slot) =>
    {
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++) values[i] = (float)(bound * (2 * stream.Uniform(i, slot) - 1));
    };

    public static Initialiser Normal(double sigma) => (tensor, stream, slot) =>
    {
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++) values[i] = (float)(sigma * stream.Normal(i, slot));
    };

    /// <summary>Uniform in 1 / sqrt(in) each way: what PyTorch gives linear layers, weight and bias.</summary>
    /// <param name="inputs">Inputs of the layer; the tensor's rows where 0.</param>
    public static Initialiser FanIn(int inputs = 0) => (tensor, stream, slot) =>
        Uniform(1 / Math.Sqrt(inputs > 0 ? inputs : tensor.Rows))(tensor, stream, slot);

    /// <summary>Uniform, variance 2 / (in + out) (Glorot and Bengio 2010, equation 16).</summary>
    public static Initialiser Glorot { get; } = (tensor, stream, slot) =>
        Uniform(Math.Sqrt(6.0 / (tensor.Rows + tensor.Columns)))(tensor, stream, slot);

    /// <summary>Normal, variance 2 / in, for rectifiers (He et al. 2015, equation 10).</summary>
    public static Initialiser He { get; } = (tensor, stream, slot) => Normal(Math.Sqrt(2.0 / tensor.Rows))(tensor, stream, slot);
}
