using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>A smooth field over a picture: uniform cubic B-splines of both axes over knots that stand evenly apart.</summary>
public static class SplineField
{
    /// <summary>How many knots a side needs.</summary>
    public static int Knots(int side, double spacing) => (int)(side / spacing) + 5;

    /// <param name="knots">[rows * columns], as many as <see cref="Knots"/> says.</param>
    /// <param name="spacing">Pixels between knots, 1 or more.</param>
    /// <param name="scale">Multiplies all.</param>
    /// <param name="field">[height * width].</param>
    public static void Fill(ReadOnlySpan<float> knots, int columns, int width, int height, double spacing, float scale, Span<float> field)
    {
        if (columns < Knots(width, spacing) || knots.Length < columns * Knots(height, spacing))
            throw new ArgumentException($"{knots.Length} knots in {columns} columns are too few for {width} x {height}");
        float[] line = new float[columns], a = new float[width], b = new float[width], c = new float[width], d = new float[width];
        int[] at = new int[width];
        for (int x = 0; x < width; x++) (at[x], a[x], b[x], c[x], d[x]) = Weights(x / spacing);
        for (int y = 0; y < height; y++)
        {
            var (row, first, second, third, fourth) = Weights(y / spacing);
            for (int i = 0; i < columns; i++)
                line[i] = scale * (first * knots[row * columns + i] + second * knots[(row + 1) * columns + i]
                    + third * knots[(row + 2) * columns + i] + fourth * knots[(row + 3) * columns + i]);
            Along(at, (a, b, c, d), line, field.Slice(y * width, width));
        }
    }

    // Pixels between the same two knots, eight at a time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Along(int[] at, (float[] A, float[] B, float[] C, float[] D) weights, float[] line, Span<float> to)
    {
        ref float a = ref MemoryMarshal.GetArrayDataReference(weights.A);
        ref float b = ref MemoryMarshal.GetArrayDataReference(weights.B);
        ref float c = ref MemoryMarshal.GetArrayDataReference(weights.C);
        ref float d = ref MemoryMarshal.GetArrayDataReference(weights.D);
        ref float target = ref MemoryMarshal.GetReference(to);
        for (int x = 0; x < to.Length;)
        {
            int knot = at[x];
            float p = line[knot], q = line[knot + 1], r = line[knot + 2], s = line[knot + 3];
            for (; x + 8 <= to.Length && at[x + 7] == knot; x += 8)
            {
                var sum = Vector256.LoadUnsafe(ref a, (nuint)x) * p + Vector256.LoadUnsafe(ref b, (nuint)x) * q
                    + Vector256.LoadUnsafe(ref c, (nuint)x) * r + Vector256.LoadUnsafe(ref d, (nuint)x) * s;
                sum.StoreUnsafe(ref target, (nuint)x);
            }
            for (; x < to.Length && at[x] == knot; x++)
                Unsafe.Add(ref target, x) = weights.A[x] * p + weights.B[x] * q + weights.C[x] * r + weights.D[x] * s;
        }
    }

    private static (int At, float A, float B, float C, float D) Weights(double at)
    {
        int whole = (int)at;
        double t = at - whole, u = 1 - t;
        return (whole, (float)(u * u * u / 6), (float)((3 * t * t * t - 6 * t * t + 4) / 6),
            (float)((3 * u * u * u - 6 * u * u + 4) / 6), (float)(t * t * t / 6));
    }
}
