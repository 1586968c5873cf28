using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Data;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Autoregressive;

/// <summary>AdamW (Loshchilov and Hutter 2019) over one array of weights, and their moving average.</summary>
internal sealed class Optimiser
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;
    private const double AverageDecay = 0.997;
    private const int Chunk = 1 << 16;

    private readonly float[] _m, _v;
    private readonly float _decay;
    private int _step;

    /// <param name="weights">A multiple of 16 of them; changed in place.</param>
    public Optimiser(float[] weights, TrainingOptions options)
    {
        if (weights.Length % Vector512<float>.Count != 0) throw new ArgumentException("not a multiple of 16", nameof(weights));
        Weights = weights;
        Average = [.. weights];
        Rate = options.LearningRate;
        _decay = (float)options.WeightDecay;
        _m = new float[weights.Length];
        _v = new float[weights.Length];
    }

    public float[] Weights { get; }
    public float[] Average { get; }
    public double Rate { get; set; }

    /// <summary>All that the next step depends on; the average is what training is for.</summary>
    public TrainingState State => new TrainingState().Add("weights", Weights).Add("average", Average, outcome: true)
        .Add("mean", _m).Add("square", _v)
        .Add("steps", () => _step, steps => _step = (int)steps).Add("rate", () => Rate, rate => Rate = rate);

    /// <summary>Forgets all steps, and goes on from the average.</summary>
    public void StartFromAverage()
    {
        Average.CopyTo(Weights, 0);
        Array.Clear(_m);
        Array.Clear(_v);
        _step = 0;
    }

    /// <summary>One step along the sum of the blocks' gradients, always added in the same order.</summary>
    public void Step(Gradient[] blocks, int count, RunContext run)
    {
        _step++;
        float rate = (float)(Rate * Math.Sqrt(1 - Math.Pow(Beta2, _step)) / (1 - Math.Pow(Beta1, _step)));
        float shrink = 1 - (float)Rate * _decay;
        float keep = (float)Math.Min(AverageDecay, (1.0 + _step) / (10.0 + _step));
        int pieces = (Weights.Length + Chunk - 1) / Chunk;
        void Piece(int p)
        {
            int start = p * Chunk, length = Math.Min(Chunk, Weights.Length - start);
            var sum = Lanes(blocks[0].Values, start, length);
            for (int b = 1; b < count; b++)
            {
                var more = Lanes(blocks[b].Values, start, length);
                for (int i = 0; i < sum.Length; i++) sum[i] += more[i];
            }
            Update(sum, start, length, rate, shrink, keep);
        }
        // Threads cost more than they save on small networks.
        if (pieces < 8)
            for (int p = 0; p < pieces; p++) Piece(p);
        else Work.For(pieces, run, Piece);
    }

    private void Update(Span<Vector512<float>> gradient, int start, int length, float rate, float shrink, float keep)
    {
        var m = Lanes(_m, start, length);
        var v = Lanes(_v, start, length);
        var weights = Lanes(Weights, start, length);
        var average = Lanes(Average, start, length);
        for (int i = 0; i < gradient.Length; i++)
        {
            var g = gradient[i];
            m[i] = Beta1 * m[i] + (1 - Beta1) * g;
            v[i] = Beta2 * v[i] + (1 - Beta2) * g * g;
            weights[i] = weights[i] * shrink - rate * m[i] / (Vector512.Sqrt(v[i]) + Vector512.Create(Epsilon));
            average[i] = keep * average[i] + (1 - keep) * weights[i];
        }
    }

    private static Span<Vector512<float>> Lanes(float[] values, int start, int length) =>
        MemoryMarshal.Cast<float, Vector512<float>>(values.AsSpan(start, length));
}
