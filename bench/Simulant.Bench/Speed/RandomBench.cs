using System.Runtime.InteropServices;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Speed;

/// <summary>Addressed randomness against .NET's streamed generator: what the first law costs.</summary>
internal static class RandomBench
{
    public static readonly Benchmark Benchmark = new("random", "a uniform by address, against System.Random's next", Run);

    private static void Run(BenchContext context)
    {
        // Known answer of the Random123 distribution.
        context.Check(Philox.Block(0, 0, 0, 0, 0, 0) == (0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u),
            "Philox4x32-10 of zeros");
        int count = context.Tiny ? 1000 : 20_000_000;
        var stream = new RandomStream(7, "bench");
        double sum = 0;
        double addressed = context.CpuSeconds(() =>
        {
            sum = 0;
            for (int i = 0; i < count; i++) sum += stream.Uniform(i, 3);
        });
        context.Check(Math.Abs(sum / count - 0.5) < 10 * Math.Sqrt(1.0 / 12 / count), "mean of uniforms");
        context.Result(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in sum)));
        var streamed = new Random(7);
        double other = 0;
        double next = context.CpuSeconds(() =>
        {
            for (int i = 0; i < count; i++) other += streamed.NextDouble();
        });
        context.Figure("uniform by address", 1e9 * addressed / count, "ns");
        context.Figure("System.Random.NextDouble (seeded)", 1e9 * next / count, "ns");
    }
}
