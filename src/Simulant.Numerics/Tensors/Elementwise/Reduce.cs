using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>Sums in a fixed order, which depends on the number of terms only.</summary>
internal static class Reduce
{
    /// <summary>Sixteen chains, then their sum.</summary>
    public static float Sum(ReadOnlySpan<float> x)
    {
        ref float p = ref MemoryMarshal.GetReference(x);
        var sum = Vector512<float>.Zero;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16) sum += Vector512.LoadUnsafe(ref p, (nuint)i);
        if (i < x.Length) sum += Map.LoadPart(x[i..]);
        return Lanes.Sum(sum);
    }

    /// <summary>Sum of products, likewise.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y);
        var sum = Vector512<float>.Zero;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref px, (nuint)i), Vector512.LoadUnsafe(ref py, (nuint)i), sum);
        if (i < x.Length) sum = Vector512.FusedMultiplyAdd(Map.LoadPart(x[i..]), Map.LoadPart(y[i..]), sum);
        return Lanes.Sum(sum);
    }

    /// <summary>Sum of squares in double precision.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        Vector512<double> low = default, high = default;
        for (int i = 0; i < x.Length; i += 16)
        {
            var (a, b) = Vector512.Widen(Map.LoadPart(x[i..]));
            low = Vector512.FusedMultiplyAdd(a, a, low);
            high = Vector512.FusedMultiplyAdd(b, b, high);
        }
        double total = 0;
        for (int l = 0; l < 8; l++) total += low.GetElement(l) + high.GetElement(l);
        return total;
    }

    /// <summary>Each column's sum: one chain in the order of rows.</summary>
    public static void Down(ReadOnlySpan<float> x, int rows, int columns, Span<float> into)
    {
        ref float p = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(into);
        int c = 0;
        for (; c + 64 <= columns; c += 64)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            nuint at = (nuint)c;
            for (int r = 0; r < rows; r++, at += (nuint)columns)
            {
                s0 += Vector512.LoadUnsafe(ref p, at);
                s1 += Vector512.LoadUnsafe(ref p, at + 16);
                s2 += Vector512.LoadUnsafe(ref p, at + 32);
                s3 += Vector512.LoadUnsafe(ref p, at + 48);
            }
            s0.StoreUnsafe(ref to, (nuint)c);
            s1.StoreUnsafe(ref to, (nuint)c + 16);
            s2.StoreUnsafe(ref to, (nuint)c + 32);
            s3.StoreUnsafe(ref to, (nuint)c + 48);
        }
        for (; c + 16 <= columns; c += 16)
        {
            Vector512<float> sum = default;
            for (int r = 0; r < rows; r++) sum += Vector512.LoadUnsafe(ref p, (nuint)((long)r * columns + c));
            sum.StoreUnsafe(ref to, (nuint)c);
        }
        for (; c < columns; c++)
        {
            float sum = 0;
            for (int r = 0; r < rows; r++) sum += x[r * columns + c];
            into[c] = sum;
        }
    }
}
