using Simulant.Numerics.Random;

namespace Simulant.Numerics.Tensors;

/// <summary>One tensor of a model.</summary>
/// <param name="Name">Unique in its store, dotted: "critic.0.weight".</param>
/// <param name="Tensor">A view into the store's values.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Trainable">False for what is kept with the model but not learned by gradient (running statistics).</param>
/// <param name="Decays">Whether weight decay applies: to weights, not to biases and gains.</param>
public sealed record Parameter(string Name, Tensor Tensor, int Offset, bool Trainable, bool Decays);

/// <summary>
/// All numbers of a model in one buffer, and their gradients in another of the same layout, so that optimisers, averages,
/// clipping and saving are loops over one array.
/// </summary>
/// <param name="stream">Addresses the first values: item is the place in the tensor, slot the tensor's place in the store.</param>
public sealed class ParameterStore(RandomStream stream)
{
    private readonly List<Parameter> _parameters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private float[] _values = [], _gradients = [];

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>How many numbers there are.</summary>
    public int Count { get; private set; }

    public Span<float> Values => _values.AsSpan(0, Count);

    /// <summary>As the last <see cref="Tape.Gradient(Tensor, ParameterStore)"/> left them.</summary>
    public Span<float> Gradients => _gradients.AsSpan(0, Count);

    /// <summary>Adds a tensor and gives it its first values.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Tensor Add(string name, int rows, int columns, Initialiser first, bool trainable = true, bool decays = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (!_names.Add(name)) throw new ArgumentException($"there are two parameters named '{name}'", nameof(name));
        int offset = Count;
        Count = checked(Count + rows * columns);
        if (Count > _values.Length)
        {
            int room = Math.Max(Count, (int)Math.Min(Array.MaxLength, 2L * _values.Length));
            Array.Resize(ref _values, room);
            Array.Resize(ref _gradients, room);
        }
        var tensor = new Tensor(rows, columns, this, offset);
        first(tensor, stream, _parameters.Count);
        _parameters.Add(new Parameter(name, tensor, offset, trainable, decays));
        return tensor;
    }
}
