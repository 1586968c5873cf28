using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1), and with decoupled decay AdamW (Loshchilov and Hutter 2019, algorithm 2, whose decay
/// is multiplied by the learning rate, as libraries do).
/// </summary>
/// <param name="beta1">Of the mean of gradients, in [0, 1).</param>
/// <param name="beta2">Of the mean of their squares, in [0, 1).</param>
/// <param name="epsilon">Added to the root.</param>
/// <param name="weightDecay">w -= rate weightDecay w before the step: AdamW where not 0.</param>
/// <param name="coupledDecay">Adds decay w to the gradient instead, as PyTorch's Adam does (CTGAN's uses it).</param>
public sealed class Adam(ParameterStore store, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f,
    float weightDecay = 0, bool coupledDecay = false) : Optimizer(store)
{
    private readonly float[] _mean = new float[store.Count], _square = new float[store.Count];

    public override IReadOnlyList<(string Name, float[] Values)> Memory => [("mean", _mean), ("square", _square)];

    protected override void Move(int offset, int length, float learningRate, bool decays)
    {
        Span<float> w = Store.Values.Slice(offset, length), g = Store.Gradients.Slice(offset, length);
        Span<float> m = _mean.AsSpan(offset, length), v = _square.AsSpan(offset, length);
        float decay = decays ? weightDecay : 0;
        var update = new Update(beta1, beta2, epsilon, learningRate, coupledDecay ? decay : 0, coupledDecay ? 0 : decay, Steps);
        int i = 0;
        ref float pw = ref MemoryMarshal.GetReference(w), pg = ref MemoryMarshal.GetReference(g);
        ref float pm = ref MemoryMarshal.GetReference(m), pv = ref MemoryMarshal.GetReference(v);
        for (; i + 16 <= length; i += 16)
        {
            nuint at = (nuint)i;
            var mean = Vector512.LoadUnsafe(ref pm, at);
            var square = Vector512.LoadUnsafe(ref pv, at);
            update.Apply(Vector512.LoadUnsafe(ref pg, at), Vector512.LoadUnsafe(ref pw, at), ref mean, ref square)
                .StoreUnsafe(ref pw, at);
            mean.StoreUnsafe(ref pm, at);
            square.StoreUnsafe(ref pv, at);
        }
        if (i == length) return;
        Vector512<float> restMean = Map.LoadPart(m[i..]), restSquare = Map.LoadPart(v[i..]);
        Map.StorePart(update.Apply(Map.LoadPart(g[i..]), Map.LoadPart(w[i..]), ref restMean, ref restSquare), w[i..]);
        Map.StorePart(restMean, m[i..]);
        Map.StorePart(restSquare, v[i..]);
    }

    private readonly struct Update(float beta1, float beta2, float epsilon, float rate, float coupled, float decoupled, long step)
    {
        private readonly Vector512<float> _beta1 = Vector512.Create(beta1), _beta2 = Vector512.Create(beta2);
        private readonly Vector512<float> _new1 = Vector512.Create(1 - beta1), _new2 = Vector512.Create(1 - beta2);
        private readonly Vector512<float> _rate = Vector512.Create((float)(rate / (1 - Math.Pow(beta1, step))));
        private readonly Vector512<float> _unbias = Vector512.Create((float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))));
        private readonly Vector512<float> _epsilon = Vector512.Create(epsilon), _coupled = Vector512.Create(coupled);
        private readonly Vector512<float> _keep = Vector512.Create(1 - rate * decoupled);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Apply(Vector512<float> g, Vector512<float> w, ref Vector512<float> mean, ref Vector512<float> square)
        {
            g = Vector512.FusedMultiplyAdd(_coupled, w, g);
            mean = Vector512.FusedMultiplyAdd(_beta1, mean, _new1 * g);
            square = Vector512.FusedMultiplyAdd(_beta2, square, _new2 * g * g);
            return _keep * w - _rate * mean / Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), _unbias, _epsilon);
        }
    }
}
