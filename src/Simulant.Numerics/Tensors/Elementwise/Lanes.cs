using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>
/// Functions of sixteen numbers at a time, out of exactly rounded operations only: the same bits in every lane, at every width
/// and on every machine. Polynomials of the Cephes library (Moshier 1992), single precision; errors within a few units in the
/// last place.
/// </summary>
internal static class Lanes
{
    /// <summary>e^x; 0 below -103.98, infinite above 88.73.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Vector512.IsHardwareAccelerated
        ? ExpWide(x) : Vector512.Create(HalfLanes.Exp(x.GetLower()), HalfLanes.Exp(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ExpWide(Vector512<float> x)
    {
        var bounded = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-104f)), Vector512.Create(-104f), x);
        bounded = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), bounded);
        // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
        var shift = Vector512.Create(12582912f);
        var whole = Vector512.FusedMultiplyAdd(bounded, Vector512.Create(1.44269504f), shift) - shift;
        var r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-0.693359375f), bounded);
        r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.Create(1.9875691500e-4f);
        p = Step(p, r, 1.3981999507e-3f);
        p = Step(p, r, 8.3334519073e-3f);
        p = Step(p, r, 4.1665795894e-2f);
        p = Step(p, r, 1.6666665459e-1f);
        p = Step(p, r, 5.0000001201e-1f);
        var y = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        // 2^whole in two factors, so that results near both ends of the range come out right.
        var n = Vector512.ConvertToInt32Native(whole);
        var half = n >> 1;
        y = y * Power(half) * Power(n - half);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    /// <summary>Natural logarithm; minus infinity at 0, not a number below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        var tiny = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        var y = LogNormal(Vector512.ConditionalSelect(tiny, x * Vector512.Create(8388608f), x));
        y -= Vector512.ConditionalSelect(tiny, Vector512.Create(15.9423847f), Vector512<float>.Zero);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), y);
        y = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), y);
        var finite = Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity));
        return Vector512.ConditionalSelect(finite, y, x);
    }

    /// <summary>Natural logarithm of normal positive numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogNormal(Vector512<float> x) => Vector512.IsHardwareAccelerated
        ? LogNormalWide(x) : Vector512.Create(HalfLanes.LogNormal(x.GetLower()), HalfLanes.LogNormal(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> LogNormalWide(Vector512<float> x)
    {
        var bits = x.AsInt32();
        var exponent = Vector512.ConvertToSingle((bits >> 23) - Vector512.Create(126));
        var mantissa = ((bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000)).AsSingle();
        var small = Vector512.LessThan(mantissa, Vector512.Create(0.707106781f));
        exponent -= Vector512.ConditionalSelect(small, Vector512<float>.One, Vector512<float>.Zero);
        var f = mantissa + Vector512.ConditionalSelect(small, mantissa, Vector512<float>.Zero) - Vector512<float>.One;
        var z = f * f;
        var p = Vector512.Create(7.0376836292e-2f);
        p = Step(p, f, -1.1514610310e-1f);
        p = Step(p, f, 1.1676998740e-1f);
        p = Step(p, f, -1.2420140846e-1f);
        p = Step(p, f, 1.4249322787e-1f);
        p = Step(p, f, -1.6668057665e-1f);
        p = Step(p, f, 2.0000714765e-1f);
        p = Step(p, f, -2.4999993993e-1f);
        p = Step(p, f, 3.3333331174e-1f);
        var y = p * f * z;
        y = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(-2.12194440e-4f), y);
        y = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), y);
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(0.693359375f), f + y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var z = x * x;
        var p = Vector512.Create(-5.70498872745e-3f);
        p = Step(p, z, 2.06390887954e-2f);
        p = Step(p, z, -5.37397155531e-2f);
        p = Step(p, z, 1.33314422036e-1f);
        p = Step(p, z, -3.33332819422e-1f);
        var near = Vector512.FusedMultiplyAdd(p * z, x, x);
        var two = Vector512.Create(2f);
        var far = Vector512<float>.One - two / (Exp(x * two) + Vector512<float>.One);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(0.625f)), near, far);
    }

    /// <summary>log(1 + e^x), without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        var positive = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, Vector512<float>.Zero);
        var e = Exp(-Vector512.Abs(x));
        // log(1 + e) for small e by log(u) e / (u - 1), u = 1 + e rounded (Kahan), which is exact to rounding.
        var u = e + Vector512<float>.One;
        var apart = u - Vector512<float>.One;
        var log = Vector512.ConditionalSelect(Vector512.Equals(apart, Vector512<float>.Zero), e, LogNormal(u) * e / apart);
        return positive + log;
    }

    /// <summary>The sum of the lanes, always paired the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x)
    {
        var a = x.GetLower() + x.GetUpper();
        var b = a.GetLower() + a.GetUpper();
        return b.GetElement(0) + b.GetElement(2) + (b.GetElement(1) + b.GetElement(3));
    }

    /// <summary>The greatest lane; not a number where one is.</summary>
    public static float Max(Vector512<float> x)
    {
        float best = x.GetElement(0);
        for (int i = 1; i < 16; i++) best = MathF.Max(best, x.GetElement(i));
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Step(Vector512<float> sum, Vector512<float> x, float next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Power(Vector512<int> exponent) => ((exponent + Vector512.Create(127)) << 23).AsSingle();
}
