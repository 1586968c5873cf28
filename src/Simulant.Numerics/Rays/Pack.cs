using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>Eight three-vectors, one a lane; the operations of <see cref="Spatial"/> and <see cref="Pose"/> in their order.</summary>
internal readonly struct Pack(Vector256<float> x, Vector256<float> y, Vector256<float> z)
{
    public readonly Vector256<float> X = x, Y = y, Z = z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack Of(Vector3 v) => new(Vector256.Create(v.X), Vector256.Create(v.Y), Vector256.Create(v.Z));

    /// <summary>From rows of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pack At(float* from) =>
        new(Vector256.Load(from), Vector256.Load(from + RayPacket.Count), Vector256.Load(from + 2 * RayPacket.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack operator +(in Pack a, in Pack b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack operator -(in Pack a, in Pack b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack operator *(in Pack a, in Pack b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack operator *(in Pack a, Vector256<float> by) => new(a.X * by, a.Y * by, a.Z * by);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack operator -(in Pack a) => new(-a.X, -a.Y, -a.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Dot(in Pack b) => X * b.X + Y * b.Y + Z * b.Z;

    /// <summary>At length 1; zero stays zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pack Unit()
    {
        var square = Dot(this);
        var by = Vector256<float>.One / Vector256.Sqrt(square);
        var some = Vector256.GreaterThan(square, Vector256<float>.Zero);
        return new(X * by & some, Y * by & some, Z * by & some);
    }

    /// <summary>Lanes that are not (0, 0, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NotZero()
    {
        var none = Vector256<float>.Zero;
        return ~(Vector256.Equals(X, none) & Vector256.Equals(Y, none) & Vector256.Equals(Z, none));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pack Turned(in Pose by) => new(
        Vector256.Create(by.X.X) * X + Vector256.Create(by.X.Y) * Y + Vector256.Create(by.X.Z) * Z,
        Vector256.Create(by.Y.X) * X + Vector256.Create(by.Y.Y) * Y + Vector256.Create(by.Y.Z) * Z,
        Vector256.Create(by.Z.X) * X + Vector256.Create(by.Z.Y) * Y + Vector256.Create(by.Z.Z) * Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pack Moved(in Pose by) => Turned(by) + Of(by.Translation);

    /// <summary>The other's lanes where a mask says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pack Or(in Pack other, Vector256<float> mask) => new(Vector256.ConditionalSelect(mask, other.X, X),
        Vector256.ConditionalSelect(mask, other.Y, Y), Vector256.ConditionalSelect(mask, other.Z, Z));

    /// <summary>Rows of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* to)
    {
        X.Store(to);
        Y.Store(to + RayPacket.Count);
        Z.Store(to + 2 * RayPacket.Count);
    }
}
