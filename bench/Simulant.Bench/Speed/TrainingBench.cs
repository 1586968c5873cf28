using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Numerics.Tensors.Training;

namespace Simulant.Bench.Speed;

/// <summary>A step of training: batch 500, two hidden layers of 256, softmax over forty categories side by side, Adam.</summary>
internal static class TrainingBench
{
    public static readonly Benchmark Benchmark = new("training", "a step of training a net, batch 500, two layers of 256", Run);

    private const int Batch = 500, Inputs = 256, Width = 256, Segments = 40, Outputs = 240;

    private sealed class Net : IDisposable
    {
        private readonly ParameterStore _store = new(new RandomStream(1, "bench/net"));
        private readonly Mlp _net;
        private readonly Adam _adam;
        private readonly Tape _tape;
        private readonly float[] _inputs = new float[Batch * Inputs];
        private readonly int[] _offsets = [.. Enumerable.Range(0, Segments + 1).Select(s => s * Outputs / Segments)];
        private readonly int[] _targets = new int[Batch * Segments];

        public Net(int threads)
        {
            _net = new Mlp(_store, "net", [Inputs, Width, Width, Outputs]);
            _adam = new Adam(_store);
            _tape = new Tape(loop: Work.Loop(RunContext.Quiet(0, threads)));
            var random = new RandomStream(2, "bench/rows");
            for (int i = 0; i < _inputs.Length; i++) _inputs[i] = (float)random.Normal(i, 0);
            for (int i = 0; i < _targets.Length; i++)
                _targets[i] = _inputs[i / Segments * Inputs + i % Segments] > 0 ? 1 : random.Below(6, i, 1);
        }

        public ReadOnlySpan<float> Weights => _store.Values;

        public void Dispose() => _tape.Dispose();

        public float Step()
        {
            var x = _tape.Constant(Batch, Inputs, _inputs);
            var loss = _tape.Mean(_tape.CrossEntropy(_net.Apply(_tape, x), _offsets, _targets));
            float value = loss.Scalar;
            _tape.Gradient(loss, _store);
            _adam.Step(1e-3f);
            _tape.Reset();
            return value;
        }
    }

    private static void Run(BenchContext context)
    {
        int steps = context.Tiny ? 3 : 200;
        using var net = new Net(1);
        float first = net.Step(), last = 0;
        double seconds = context.CpuSeconds(() =>
        {
            for (int i = 0; i < steps; i++) last = net.Step();
        }, 3);
        context.Check(last < first, "the loss falls");
        using Net one = new(1), two = new(2);
        for (int i = 0; i < 3; i++) (first, last) = (one.Step(), two.Step());
        context.Check(one.Weights.SequenceEqual(two.Weights), "two threads give the same weights");
        context.Result(MemoryMarshal.AsBytes(one.Weights));
        // Forwards, and backwards by weights and by inputs, but for the inputs of the first layer.
        double work = 2e-9 * Batch * Width * (2.0 * Inputs + 3.0 * Width + 3.0 * Outputs);
        context.Figure("a step", 1e3 * seconds / steps, "CPU ms");
        context.Figure("its matrix products alone, at 150 GFLOP/s", 1e3 * work / 150, "CPU ms");
        context.Figure("its matrix products", work * steps / seconds, "GFLOP/s");
    }
}
