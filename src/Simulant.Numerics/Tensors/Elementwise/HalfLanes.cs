using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>
/// <see cref="Lanes"/> eight numbers at a time, for processors without vectors of 512 bits: there an operation on sixteen is two calls,
/// and of a function that has many the compiler leaves some uninlined. The same operations in the same order, hence the same bits.
/// </summary>
internal static class HalfLanes
{
    /// <summary>As <see cref="Lanes.Exp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        var bounded = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-104f)), Vector256.Create(-104f), x);
        bounded = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(89f)), Vector256.Create(89f), bounded);
        var shift = Vector256.Create(12582912f);
        var whole = Vector256.FusedMultiplyAdd(bounded, Vector256.Create(1.44269504f), shift) - shift;
        var r = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-0.693359375f), bounded);
        r = Vector256.FusedMultiplyAdd(whole, Vector256.Create(2.12194440e-4f), r);
        var p = Vector256.Create(1.9875691500e-4f);
        p = Step(p, r, 1.3981999507e-3f);
        p = Step(p, r, 8.3334519073e-3f);
        p = Step(p, r, 4.1665795894e-2f);
        p = Step(p, r, 1.6666665459e-1f);
        p = Step(p, r, 5.0000001201e-1f);
        var y = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        var n = Vector256.ConvertToInt32Native(whole);
        var half = n >> 1;
        y = y * Power(half) * Power(n - half);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), y, x);
    }

    /// <summary>As <see cref="Lanes.LogNormal"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogNormal(Vector256<float> x)
    {
        var bits = x.AsInt32();
        var exponent = Vector256.ConvertToSingle((bits >> 23) - Vector256.Create(126));
        var mantissa = ((bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000)).AsSingle();
        var small = Vector256.LessThan(mantissa, Vector256.Create(0.707106781f));
        exponent -= small & Vector256<float>.One;
        var f = mantissa + (small & mantissa) - Vector256<float>.One;
        var z = f * f;
        var p = Vector256.Create(7.0376836292e-2f);
        p = Step(p, f, -1.1514610310e-1f);
        p = Step(p, f, 1.1676998740e-1f);
        p = Step(p, f, -1.2420140846e-1f);
        p = Step(p, f, 1.4249322787e-1f);
        p = Step(p, f, -1.6668057665e-1f);
        p = Step(p, f, 2.0000714765e-1f);
        p = Step(p, f, -2.4999993993e-1f);
        p = Step(p, f, 3.3333331174e-1f);
        var y = p * f * z;
        y = Vector256.FusedMultiplyAdd(exponent, Vector256.Create(-2.12194440e-4f), y);
        y = Vector256.FusedMultiplyAdd(z, Vector256.Create(-0.5f), y);
        return Vector256.FusedMultiplyAdd(exponent, Vector256.Create(0.693359375f), f + y);
    }

    /// <summary>As <see cref="Kernels.NormalLanes.Normal"/>.</summary>
    public static Vector256<float> Normal(Vector256<uint> bits)
    {
        var one = Vector256<float>.One;
        var x = Vector256.ConvertToSingle((bits >>> 8).AsInt32()) * (1f / (1 << 23)) + Vector256.Create(0.5f / (1 << 23) - 1);
        var w = -LogNormal((one - x) * (one + x));
        var near = w - Vector256.Create(2.5f);
        var p = Vector256.Create(2.81022636e-08f);
        p = Step(p, near, 3.43273939e-07f);
        p = Step(p, near, -3.5233877e-06f);
        p = Step(p, near, -4.39150654e-06f);
        p = Step(p, near, 0.00021858087f);
        p = Step(p, near, -0.00125372503f);
        p = Step(p, near, -0.00417768164f);
        p = Step(p, near, 0.246640727f);
        p = Step(p, near, 1.50140941f);
        // Tails are rare: one vector of twenty has any.
        var tails = Vector256.GreaterThanOrEqual(w, Vector256.Create(5f));
        if (tails.ExtractMostSignificantBits() == 0) return p * x * 1.41421356f;
        var far = Vector256.Sqrt(w) - Vector256.Create(3f);
        var q = Vector256.Create(-0.000200214257f);
        q = Step(q, far, 0.000100950558f);
        q = Step(q, far, 0.00134934322f);
        q = Step(q, far, -0.00367342844f);
        q = Step(q, far, 0.00573950773f);
        q = Step(q, far, -0.0076224613f);
        q = Step(q, far, 0.00943887047f);
        q = Step(q, far, 1.00167406f);
        q = Step(q, far, 2.83297682f);
        return Vector256.ConditionalSelect(tails, q, p) * x * 1.41421356f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Step(Vector256<float> sum, Vector256<float> x, float next) =>
        Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(next));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Power(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();
}
