namespace Simulant.Numerics.Tensors.Modules;

/// <summary>x weight + bias.</summary>
public sealed class LinearLayer
{
    /// <param name="name">Parameters are name.weight [inputs, outputs] and name.bias [1, outputs].</param>
    /// <param name="weight">First weights; by default uniform in 1 / sqrt(inputs) each way.</param>
    /// <param name="bias">First biases; by default the same.</param>
    public LinearLayer(ParameterStore store, string name, int inputs, int outputs, Initialiser? weight = null,
        Initialiser? bias = null)
    {
        Weight = store.Add($"{name}.weight", inputs, outputs, weight ?? Initialisers.FanIn());
        Bias = store.Add($"{name}.bias", 1, outputs, bias ?? Initialisers.FanIn(inputs), decays: false);
    }

    public Tensor Weight { get; }
    public Tensor Bias { get; }

    /// <param name="parts">The input's columns in parts, one after the other.</param>
    public Tensor Apply(Tape tape, IReadOnlyList<Tensor> parts) => tape.Linear(parts, Weight, Bias);

    public Tensor Apply(Tape tape, Tensor x) => tape.Linear(x, Weight, Bias);
}

/// <summary>A row of numbers for each code.</summary>
public sealed class EmbeddingTable
{
    /// <param name="name">The parameter is name.weight [codes, width].</param>
    /// <param name="first">First values; by default standard normal.</param>
    public EmbeddingTable(ParameterStore store, string name, int codes, int width, Initialiser? first = null) =>
        Weight = store.Add($"{name}.weight", codes, width, first ?? Initialisers.Normal(1), decays: false);

    public Tensor Weight { get; }

    /// <param name="codes">One a row; -1 gives zeros.</param>
    public Tensor Apply(Tape tape, int[] codes) => tape.Gather(Weight, codes);
}

/// <summary>Linear layers with a function between them, and none after the last.</summary>
public sealed class Mlp
{
    private readonly Func<Tape, Tensor, Tensor> _between;

    /// <param name="widths">Inputs, hidden widths, outputs: at least two.</param>
    /// <param name="between">After every layer but the last; by default the rectifier.</param>
    public Mlp(ParameterStore store, string name, IReadOnlyList<int> widths, Func<Tape, Tensor, Tensor>? between = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Count, 2);
        _between = between ?? ((tape, x) => tape.Relu(x));
        Layers = [.. Enumerable.Range(0, widths.Count - 1)
            .Select(i => new LinearLayer(store, $"{name}.{i}", widths[i], widths[i + 1]))];
    }

    public IReadOnlyList<LinearLayer> Layers { get; }

    public Tensor Apply(Tape tape, Tensor x)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            if (i > 0) x = _between(tape, x);
            x = Layers[i].Apply(tape, x);
        }
        return x;
    }
}
