using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>
/// Softmax over segments of a row: many categorical variables side by side in one matrix. Segment s holds columns
/// offsets[s] to offsets[s + 1] - 1.
/// </summary>
internal static class Segments
{
    public static void Check(int[] offsets, int columns)
    {
        bool good = offsets.Length >= 2 && offsets[0] == 0 && offsets[^1] == columns;
        for (int s = 1; s < offsets.Length && good; s++) good = offsets[s] > offsets[s - 1];
        if (!good) throw new ArgumentException($"offsets rise from 0 to the number of columns, {columns}", nameof(offsets));
    }

    /// <summary>Writes the probabilities, and where asked each segment's log of the sum of exponentials.</summary>
    /// <param name="logSums">[segment], or empty.</param>
    public static void Softmax(ReadOnlySpan<float> x, int[] offsets, Span<float> into, Span<float> logSums)
    {
        int count = offsets.Length - 1;
        Span<float> sums = count <= 256 ? stackalloc float[count] : new float[count];
        for (int s = 0; s < count; s++)
        {
            var part = x[offsets[s]..offsets[s + 1]];
            var to = into.Slice(offsets[s], part.Length);
            float max = Max(part);
            if (logSums.Length > 0) logSums[s] = max;
            if (part.Length >= 16) Map.Run(new SubtractOf(), part, max, to);
            else
                for (int i = 0; i < part.Length; i++) to[i] = part[i] - max;
        }
        Map.Run(new ExpOf(), into, into);
        for (int s = 0; s < count; s++)
        {
            var part = into[offsets[s]..offsets[s + 1]];
            sums[s] = Sum(part);
            Multiply(part, 1 / sums[s]);
        }
        if (logSums.Length == 0) return;
        Map.Run(new LogOf(), sums, sums);
        for (int s = 0; s < count; s++) logSums[s] += sums[s];
    }

    /// <summary>y (g - sum of g y) in each segment.</summary>
    public static void SoftmaxGradient(ReadOnlySpan<float> g, ReadOnlySpan<float> y, int[] offsets, Span<float> into)
    {
        for (int s = 0; s + 1 < offsets.Length; s++)
        {
            int from = offsets[s], count = offsets[s + 1] - from;
            ReadOnlySpan<float> gradient = g.Slice(from, count), share = y.Slice(from, count);
            var to = into.Slice(from, count);
            if (count < 16)
            {
                SmallGradient(gradient, share, to);
                continue;
            }
            float mean = Reduce.Dot(gradient, share);
            Map.Run(new SubtractOf(), gradient, mean, to);
            Map.Run(new MultiplyOf(), to, share, to);
        }
    }

    /// <summary>The same of fewer numbers than a vector has, added as <see cref="Lanes.Sum"/> does.</summary>
    private static void SmallGradient(ReadOnlySpan<float> gradient, ReadOnlySpan<float> share, Span<float> into)
    {
        Span<float> products = stackalloc float[16];
        products.Clear();
        for (int i = 0; i < gradient.Length; i++) products[i] = MathF.FusedMultiplyAdd(gradient[i], share[i], 0);
        float mean = Lanes.Sum(Vector512.Create<float>(products));
        for (int i = 0; i < into.Length; i++) into[i] = (gradient[i] - mean) * share[i];
    }

    private static float Sum(ReadOnlySpan<float> x)
    {
        if (x.Length >= 16) return Reduce.Sum(x);
        float sum = 0;
        foreach (float value in x) sum += value;
        return sum;
    }

    private static void Multiply(Span<float> x, float by)
    {
        if (x.Length >= 16) Map.Run(new MultiplyOf(), x, by, x);
        else
            for (int i = 0; i < x.Length; i++) x[i] *= by;
    }

    private static float Max(ReadOnlySpan<float> x)
    {
        float max = x[0];
        int i = 0;
        if (x.Length >= 16)
        {
            var most = Vector256.Create(x);
            for (; i + 8 <= x.Length; i += 8) most = Vector256.MaxNative(most, Vector256.Create(x[i..]));
            for (int lane = 0; lane < 8; lane++) max = float.MaxNative(max, most[lane]);
        }
        for (; i < x.Length; i++) max = float.MaxNative(max, x[i]);
        return max;
    }
}
