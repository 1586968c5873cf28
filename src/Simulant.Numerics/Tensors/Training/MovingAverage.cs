using System.Runtime.Intrinsics;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors.Training;

/// <summary>An exponential moving average of a store's values, which often samples better than the last of them.</summary>
/// <param name="decay">What is kept of the average a step, in [0, 1): .999, say.</param>
public sealed class MovingAverage(ParameterStore store, float decay)
{
    /// <summary>The average, laid out as the store; part of a checkpoint.</summary>
    public float[] Values { get; } = store.Values.ToArray();

    /// <summary>After a step of the optimiser.</summary>
    /// <param name="most">No more than this is kept, whatever the decay: small at first, so that the beginning is forgotten.</param>
    public void Update(float most = 1)
    {
        float part = 1 - MathF.Min(decay, most);
        Map.Run(new Toward(part), store.Values, Values, Values);
    }

    /// <summary>From y a part of the way to x.</summary>
    private readonly struct Toward(float part) : IBinary
    {
        private readonly Vector512<float> _part = Vector512.Create(part);

        public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => y + _part * (x - y);
    }

    /// <summary>Exchanges the store's values and the average: before an evaluation, and again after it.</summary>
    public void Swap()
    {
        var values = store.Values;
        for (int i = 0; i < Values.Length; i++) (Values[i], values[i]) = (values[i], Values[i]);
    }
}
