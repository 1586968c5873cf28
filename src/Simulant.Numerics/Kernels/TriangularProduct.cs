using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Kernels;

/// <summary>
/// Correlated rows out of independent ones: z = L n with a lower-triangular L, in place, sixteen rows at a time. Every row's sum
/// runs over k in the same order whatever the number of rows, so results do not depend on how rows are cut into batches.
/// </summary>
public static class TriangularProduct
{
    /// <summary>Replaces columns[d][r] by the sum over k up to d of lower[d][k] columns[k][r].</summary>
    /// <param name="lower">Row d holds d + 1 numbers.</param>
    /// <param name="columns">[d][r], at least <paramref name="rows"/> each.</param>
    public static void Apply(float[][] lower, float[][] columns, int rows)
    {
        // From the last row of L upwards, so that the inputs a row needs are still there.
        for (int start = 0; start < rows; start += 256)
        {
            int count = Math.Min(256, rows - start);
            for (int d = lower.Length - 1; d >= 0; d--) Row(lower[d], columns, d, start, count);
        }
    }

    private static void Row(float[] weights, float[][] columns, int d, int start, int count)
    {
        int r = start, end = start + count;
        for (; r + 64 <= end; r += 64)
        {
            var a = Vector512<float>.Zero;
            var b = a;
            var c = a;
            var e = a;
            for (int k = 0; k <= d; k++)
            {
                var weight = Vector512.Create(weights[k]);
                ref float column = ref MemoryMarshal.GetArrayDataReference(columns[k]);
                a = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref column, (nuint)r), a);
                b = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref column, (nuint)r + 16), b);
                c = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref column, (nuint)r + 32), c);
                e = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref column, (nuint)r + 48), e);
            }
            ref float into = ref MemoryMarshal.GetArrayDataReference(columns[d]);
            a.StoreUnsafe(ref into, (nuint)r);
            b.StoreUnsafe(ref into, (nuint)r + 16);
            c.StoreUnsafe(ref into, (nuint)r + 32);
            e.StoreUnsafe(ref into, (nuint)r + 48);
        }
        for (; r < end; r++)
        {
            float sum = 0;
            for (int k = 0; k <= d; k++) sum = MathF.FusedMultiplyAdd(weights[k], columns[k][r], sum);
            columns[d][r] = sum;
        }
    }
}
