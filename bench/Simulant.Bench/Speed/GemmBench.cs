using System.Runtime.InteropServices;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors.Products;

namespace Simulant.Bench.Speed;

/// <summary>Matrix products on one thread: ours, each kernel, against OpenBLAS where the system has it.</summary>
internal static class GemmBench
{
    public static readonly Benchmark Benchmark = new("gemm", "matrix products in single precision, against OpenBLAS", Run);

    private static readonly (string Name, bool A, bool B)[] Forms = [("NN", false, false), ("NT", false, true), ("TN", true, false)];

    private static float[] Numbers(int count, string name)
    {
        var stream = new RandomStream(11, name);
        float[] made = new float[count];
        for (int i = 0; i < count; i++) made[i] = (float)(2 * stream.Uniform(i, 0) - 1);
        return made;
    }

    private static void Run(BenchContext context)
    {
        var reference = context.Tiny ? null : OpenBlas.Load();
        int size = context.Tiny ? 50 : 512;
        foreach (var (name, m, n, k) in ((string, int, int, int)[])
            [($"{size} x {size} x {size}", size, size, size), ("batch 500, 256 to 256", context.Tiny ? 50 : 500, 256, 256)])
            foreach (var form in Forms) Measure(context, $"{name}, {form.Name}", form.A, form.B, m, n, k, reference);
        if (reference is null && !context.Tiny) context.Figure("OpenBLAS is not installed", 0, "");
    }

    private static void Measure(BenchContext context, string name, bool ta, bool tb, int m, int n, int k, OpenBlas? reference)
    {
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b"), c = new float[m * n], naive = new float[m * n];
        MatrixProduct.Multiply(a, ta, b, tb, naive, m, n, k, kernel: ProductKernel.Naive);
        double work = 2e-9 * m * n * k;
        int times = context.Tiny ? 1 : (int)Math.Max(1, 10 / work);
        void Many(Action one)
        {
            for (int i = 0; i < times; i++) one();
        }
        foreach (var kernel in (ProductKernel[])[ProductKernel.Vector512, ProductKernel.Vector256])
        {
            double seconds = context.CpuSeconds(
                () => Many(() => MatrixProduct.Multiply(a, ta, b, tb, c, m, n, k, kernel: kernel)), 7);
            context.Check(c.AsSpan().SequenceEqual(naive), $"{kernel} equals three loops, bit for bit");
            context.Figure($"{name}, {kernel}", work * times / seconds, "GFLOP/s");
        }
        context.Result(MemoryMarshal.AsBytes<float>(c));
        if (reference is null) return;
        double other = context.CpuSeconds(() => Many(() => reference.Multiply(a, ta, b, tb, c, m, n, k)), 7);
        float worst = 0;
        for (int i = 0; i < c.Length; i++) worst = Math.Max(worst, Math.Abs(c[i] - naive[i]));
        context.Check(worst < 1e-4f * MathF.Sqrt(k), "OpenBLAS agrees");
        context.Figure($"{name}, OpenBLAS {reference.Core}", work * times / other, "GFLOP/s");
    }
}
