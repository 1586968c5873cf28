using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Watertight ray and triangle (Woop, Benthin, Wald, "Watertight ray/triangle intersection", JCGT 2(1), 2013): the ray's dominant axis
/// becomes z, the triangle is sheared onto it, and edge functions decide; where one is 0, double precision does. Both sides count. The
/// scalar form is the law; the eight-wide forms do the same operations in the same order, so that all agree to the bit.
/// </summary>
internal static class TriangleTest
{
    /// <summary>What the test needs of a ray: dominant axis K, the two others, and the shear.</summary>
    public readonly struct Sheared
    {
        public readonly Vector3 Origin;
        public readonly int I, J, K;
        public readonly float Sx, Sy, Sz;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sheared(Vector3 origin, Vector3 direction)
        {
            Origin = origin;
            K = Spatial.Dominant(direction);
            I = K == 2 ? 0 : K + 1;
            J = I == 2 ? 0 : I + 1;
            float z = Spatial.At(direction, K);
            Sx = Spatial.At(direction, I) / z;
            Sy = Spatial.At(direction, J) / z;
            Sz = 1 / z;
        }
    }

    /// <summary>One ray, one triangle: whether near &lt; t &lt;= far, and where.</summary>
    public static bool Scalar(in Sheared ray, Vector3 v0, Vector3 v1, Vector3 v2, float near, float far,
        out float t, out float u, out float v)
    {
        Vector3 a = v0 - ray.Origin, b = v1 - ray.Origin, c = v2 - ray.Origin;
        float az = Spatial.At(a, ray.K), bz = Spatial.At(b, ray.K), cz = Spatial.At(c, ray.K);
        float ax = MathF.FusedMultiplyAdd(-ray.Sx, az, Spatial.At(a, ray.I)),
            ay = MathF.FusedMultiplyAdd(-ray.Sy, az, Spatial.At(a, ray.J));
        float bx = MathF.FusedMultiplyAdd(-ray.Sx, bz, Spatial.At(b, ray.I)),
            by = MathF.FusedMultiplyAdd(-ray.Sy, bz, Spatial.At(b, ray.J));
        float cx = MathF.FusedMultiplyAdd(-ray.Sx, cz, Spatial.At(c, ray.I)),
            cy = MathF.FusedMultiplyAdd(-ray.Sy, cz, Spatial.At(c, ray.J));
        // Nothing fused here: an edge shared by two triangles must give both the same number, but for its sign.
        float e0 = cx * by - cy * bx, e1 = ax * cy - ay * cx, e2 = bx * ay - by * ax;
        if (e0 == 0 || e1 == 0 || e2 == 0) Exactly(ax, ay, bx, by, cx, cy, out e0, out e1, out e2);
        return Decide(e0, e1, e2, ray.Sz, az, bz, cz, near, far, out t, out u, out v);
    }

    // A product of two singles is exact in double.
    private static void Exactly(float ax, float ay, float bx, float by, float cx, float cy, out float e0, out float e1, out float e2)
    {
        e0 = (float)((double)cx * by - (double)cy * bx);
        e1 = (float)((double)ax * cy - (double)ay * cx);
        e2 = (float)((double)bx * ay - (double)by * ax);
    }

    private static bool Decide(float e0, float e1, float e2, float sz, float az, float bz, float cz, float near, float far,
        out float t, out float u, out float v)
    {
        t = u = v = 0;
        if (!(e0 >= 0 && e1 >= 0 && e2 >= 0) && !(e0 <= 0 && e1 <= 0 && e2 <= 0)) return false;
        float det = e0 + e1 + e2;
        if (det == 0) return false;
        float scaled = MathF.FusedMultiplyAdd(e0, az * sz, MathF.FusedMultiplyAdd(e1, bz * sz, e2 * (cz * sz)));
        t = scaled / det;
        u = e1 / det;
        v = e2 / det;
        return t > near && t <= far;
    }

    /// <summary>Eight triangles or eight rays at once: vertices less origins, sheared; lanes that hit as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Eight(
        Vector256<float> ai, Vector256<float> aj, Vector256<float> ak, Vector256<float> bi, Vector256<float> bj, Vector256<float> bk,
        Vector256<float> ci, Vector256<float> cj, Vector256<float> ck, Vector256<float> minusSx, Vector256<float> minusSy,
        Vector256<float> sz, Vector256<float> near, Vector256<float> far,
        out Vector256<float> t, out Vector256<float> u, out Vector256<float> v)
    {
        var ax = Vector256.FusedMultiplyAdd(minusSx, ak, ai);
        var ay = Vector256.FusedMultiplyAdd(minusSy, ak, aj);
        var bx = Vector256.FusedMultiplyAdd(minusSx, bk, bi);
        var by = Vector256.FusedMultiplyAdd(minusSy, bk, bj);
        var cx = Vector256.FusedMultiplyAdd(minusSx, ck, ci);
        var cy = Vector256.FusedMultiplyAdd(minusSy, ck, cj);
        var e0 = cx * by - cy * bx;
        var e1 = ax * cy - ay * cx;
        var e2 = bx * ay - by * ax;
        var zero = Vector256<float>.Zero;
        var least = Vector256.MinNative(Vector256.MinNative(e0, e1), e2);
        var most = Vector256.MaxNative(Vector256.MaxNative(e0, e1), e2);
        var inside = Vector256.GreaterThanOrEqual(least, zero) | Vector256.LessThanOrEqual(most, zero);
        Vector256<float> det = e0 + e1 + e2;
        // Numbers that are not (of empty lanes) are sorted out below, by the comparisons of t.
        if (inside.ExtractMostSignificantBits() == 0)
        {
            t = u = v = zero;
            return 0;
        }
        var edges = inside & (Vector256.Equals(e0, zero) | Vector256.Equals(e1, zero) | Vector256.Equals(e2, zero));
        if (edges.ExtractMostSignificantBits() != 0)
        {
            Redo(edges.ExtractMostSignificantBits(), ax, ay, bx, by, cx, cy, ref e0, ref e1, ref e2);
            least = Vector256.MinNative(Vector256.MinNative(e0, e1), e2);
            most = Vector256.MaxNative(Vector256.MaxNative(e0, e1), e2);
            inside = Vector256.GreaterThanOrEqual(least, zero) | Vector256.LessThanOrEqual(most, zero);
            det = e0 + e1 + e2;
        }
        var scaled = Vector256.FusedMultiplyAdd(e0, ak * sz, Vector256.FusedMultiplyAdd(e1, bk * sz, e2 * (ck * sz)));
        t = scaled / det;
        u = e1 / det;
        v = e2 / det;
        var hit = inside & ~Vector256.Equals(det, zero) & Vector256.GreaterThan(t, near) & Vector256.LessThanOrEqual(t, far);
        return hit.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Redo(uint lanes, Vector256<float> ax, Vector256<float> ay, Vector256<float> bx, Vector256<float> by,
        Vector256<float> cx, Vector256<float> cy, ref Vector256<float> e0, ref Vector256<float> e1, ref Vector256<float> e2)
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Exactly(ax[i], ay[i], bx[i], by[i], cx[i], cy[i], out float f0, out float f1, out float f2);
            e0 = e0.WithElement(i, f0);
            e1 = e1.WithElement(i, f1);
            e2 = e2.WithElement(i, f2);
        }
    }
}
