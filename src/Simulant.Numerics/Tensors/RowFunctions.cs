using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// What inference needs beside products, row by row of a row-major matrix and without a tape. Each row's result depends on that row
/// alone, in a fixed order of sums, so rows may be batched in any way.
/// </summary>
public static class RowFunctions
{
    /// <summary>(x - mean) / sqrt(variance + epsilon) * scale + shift of each row, sums in double precision.</summary>
    /// <param name="x">[rows * columns]; may be <paramref name="into"/> itself.</param>
    /// <param name="scale">[columns]; so is <paramref name="shift"/>.</param>
    public static void LayerNorm(ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon,
        Span<float> into)
    {
        int columns = scale.Length;
        for (int at = 0; at < x.Length; at += columns)
        {
            var row = x.Slice(at, columns);
            var to = into.Slice(at, columns);
            double sum = 0, squares = 0;
            foreach (float value in row) sum += value;
            double mean = sum / columns;
            foreach (float value in row) squares += (value - mean) * (value - mean);
            double inverse = 1 / Math.Sqrt(squares / columns + epsilon);
            for (int i = 0; i < columns; i++) to[i] = (float)((row[i] - mean) * inverse) * scale[i] + shift[i];
        }
    }

    /// <summary>Adds a row to every row; what is below 0 becomes 0 where <paramref name="rectify"/> says so.</summary>
    /// <param name="x">[rows * columns], changed in place.</param>
    /// <param name="row">[columns], a multiple of 16.</param>
    public static void Add(Span<float> x, ReadOnlySpan<float> row, bool rectify = false)
    {
        if (row.Length % 16 != 0) throw new ArgumentException("columns come in sixteens", nameof(row));
        ref float from = ref MemoryMarshal.GetReference(row), to = ref MemoryMarshal.GetReference(x);
        for (int at = 0; at < x.Length; at += row.Length)
        {
            for (int i = 0; i < row.Length; i += 16)
            {
                var sum = Vector512.LoadUnsafe(ref to, (nuint)(at + i)) + Vector512.LoadUnsafe(ref from, (nuint)i);
                (rectify ? Vector512.Max(sum, Vector512<float>.Zero) : sum).StoreUnsafe(ref to, (nuint)(at + i));
            }
        }
    }

    /// <summary>Softmax of one row of scores, scaled before.</summary>
    public static void Softmax(Span<float> row, float scale)
    {
        float max = float.NegativeInfinity;
        foreach (float value in row) max = Math.Max(max, value * scale);
        Span<float> lanes = stackalloc float[16];
        double sum = 0;
        for (int at = 0; at < row.Length; at += 16)
        {
            int count = Math.Min(16, row.Length - at);
            for (int i = 0; i < 16; i++) lanes[i] = i < count ? row[at + i] * scale - max : 0;
            Lanes.Exp(Vector512.LoadUnsafe(ref lanes[0])).StoreUnsafe(ref lanes[0]);
            for (int i = 0; i < count; i++) sum += row[at + i] = lanes[i];
        }
        float inverse = (float)(1 / sum);
        for (int i = 0; i < row.Length; i++) row[i] *= inverse;
    }

    /// <summary>Hyperbolic tangent in place.</summary>
    /// <param name="x">A multiple of 16 values.</param>
    public static void Tanh(Span<float> x)
    {
        if (x.Length % 16 != 0) throw new ArgumentException("values come in sixteens", nameof(x));
        ref float at = ref MemoryMarshal.GetReference(x);
        for (int i = 0; i < x.Length; i += 16)
            Lanes.Tanh(Vector512.LoadUnsafe(ref at, (nuint)i)).StoreUnsafe(ref at, (nuint)i);
    }

    /// <summary>Brings a row to length 1; a row shorter than 1e-6 is divided by that.</summary>
    public static void ToUnitLength(Span<float> row)
    {
        double squares = 0;
        foreach (float value in row) squares += (double)value * value;
        float inverse = (float)(1 / Math.Sqrt(Math.Max(squares, 1e-12)));
        for (int i = 0; i < row.Length; i++) row[i] *= inverse;
    }
}
