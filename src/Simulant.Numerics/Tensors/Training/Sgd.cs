namespace Simulant.Numerics.Tensors.Training;

/// <summary>
/// Gradient descent with momentum: v = momentum v + g + decay w; w -= rate v (decay into the gradient, as is usual for it).
/// </summary>
/// <param name="momentum">In [0, 1).</param>
/// <param name="weightDecay">At least 0.</param>
public sealed class Sgd(ParameterStore store, float momentum = 0, float weightDecay = 0) : Optimizer(store)
{
    private readonly float[] _velocity = new float[store.Count];

    public override IReadOnlyList<(string Name, float[] Values)> Memory => [("velocity", _velocity)];

    protected override void Move(int offset, int length, float learningRate, bool decays)
    {
        Span<float> w = Store.Values.Slice(offset, length), g = Store.Gradients.Slice(offset, length);
        var v = _velocity.AsSpan(offset, length);
        float decay = decays ? weightDecay : 0;
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = momentum * v[i] + (g[i] + decay * w[i]);
            w[i] -= learningRate * v[i];
        }
    }
}
