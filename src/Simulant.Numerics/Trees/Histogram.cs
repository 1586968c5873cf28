using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Trees;

/// <summary>Sums of first and second derivatives per bin: [slot * 2] holds g, [slot * 2 + 1] holds h.</summary>
internal static class Histogram
{
    /// <summary>
    /// Adds the rows' derivatives to the histograms of features [first, last). Each slot sums its rows in the order given, so
    /// cutting the features among threads changes nothing.
    /// </summary>
    /// <param name="gh">Interleaved derivatives, [all rows * 2].</param>
    /// <param name="hist">[slots * 2], zeroed by the caller.</param>
    [SkipLocalsInit]
    public static unsafe void Accumulate(
        BinnedMatrix matrix, ReadOnlySpan<int> rows, double[] gh, double[] hist, int first, int last)
    {
        int width = matrix.FeatureCount;
        fixed (byte* bins = matrix.Bins)
        fixed (int* offsets = matrix.Offsets, index = rows)
        fixed (double* source = gh, target = hist)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                long row = index[i];
                var pair = Vector128.Load(source + 2 * row);
                byte* codes = bins + row * width;
                int f = first;
                for (; f + 4 <= last; f += 4)
                {
                    double* s0 = target + 2 * (offsets[f] + codes[f]);
                    double* s1 = target + 2 * (offsets[f + 1] + codes[f + 1]);
                    double* s2 = target + 2 * (offsets[f + 2] + codes[f + 2]);
                    double* s3 = target + 2 * (offsets[f + 3] + codes[f + 3]);
                    (Vector128.Load(s0) + pair).Store(s0);
                    (Vector128.Load(s1) + pair).Store(s1);
                    (Vector128.Load(s2) + pair).Store(s2);
                    (Vector128.Load(s3) + pair).Store(s3);
                }
                for (; f < last; f++)
                {
                    double* slot = target + 2 * (offsets[f] + codes[f]);
                    (Vector128.Load(slot) + pair).Store(slot);
                }
            }
        }
    }

    /// <summary>larger = parent - smaller, over the slots of features [first, last), in place of the parent.</summary>
    public static void Subtract(double[] parent, double[] smaller, int from, int to) =>
        System.Numerics.Tensors.TensorPrimitives.Subtract<double>(
            parent.AsSpan(from, to - from), smaller.AsSpan(from, to - from), parent.AsSpan(from, to - from));
}
