using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Gradients of a store's parameters as parts of them come in, summed where they will be read.</summary>
internal sealed class GradientSums(ParameterStore store)
{
    private readonly Dictionary<Tensor, Parameter> _parameters =
        store.Parameters.Where(p => p.Trainable).ToDictionary(p => p.Tensor);

    private readonly HashSet<Tensor> _known = [];

    public bool Has(Tensor tensor) => _parameters.ContainsKey(tensor);

    /// <param name="fresh">Whether nothing has been written to it yet.</param>
    public Span<float> Of(Tensor parameter, out bool fresh)
    {
        fresh = !_known.Contains(parameter);
        return store.Gradients.Slice(_parameters[parameter].Offset, parameter.Length);
    }

    /// <summary>After something has been written to it.</summary>
    public void Note(Tensor parameter) => _known.Add(parameter);

    public void Add(Tensor parameter, Tensor part)
    {
        var sum = Of(parameter, out bool fresh);
        if (fresh) part.Values.CopyTo(sum);
        else Map.Run(new AddOf(), sum, part.Values, sum);
        Note(parameter);
    }

    /// <summary>Parameters that had no part, and what is not trained, have no gradient.</summary>
    public void ClearOthers()
    {
        foreach (var parameter in store.Parameters)
            if (!_known.Contains(parameter.Tensor)) store.Gradients.Slice(parameter.Offset, parameter.Tensor.Length).Clear();
    }
}
