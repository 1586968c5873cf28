using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Physics;

/// <summary>
/// A vector of three doubles. Every operation is a fixed sequence of IEEE additions, products, quotients and roots, nothing fused, so that
/// simulations are the same to the bit on every processor; physics uses no function of the C library for the same reason.
/// </summary>
public readonly record struct Vec3(double X, double Y, double Z)
{
    public static Vec3 Zero => default;

    public static Vec3 UnitX => new(1, 0, 0);

    public static Vec3 UnitY => new(0, 1, 0);

    public static Vec3 UnitZ => new(0, 0, 1);

    public double SquaredLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => X * X + Y * Y + Z * Z;
    }

    public double Length => Math.Sqrt(SquaredLength);

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Component 0, 1 or 2.</summary>
    public double this[int axis]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => axis == 0 ? X : axis == 1 ? Y : Z;
    }

    public static Vec3 Of(Vector3 v) => new(v.X, v.Y, v.Z);

    // What a record writes of itself would hold its unit vector, and so on without end.
    public override string ToString() => $"({X}, {Y}, {Z})";

    public Vector3 Single => new((float)X, (float)Y, (float)Z);

    /// <summary>The vector at length 1; zero stays zero.</summary>
    public Vec3 Unit
    {
        get
        {
            double length = Length;
            return length > 0 ? this * (1 / length) : default;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 operator +(in Vec3 a, in Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 operator -(in Vec3 a, in Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 operator -(in Vec3 a) => new(-a.X, -a.Y, -a.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 operator *(in Vec3 a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot(in Vec3 a, in Vec3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 Cross(in Vec3 a, in Vec3 b) => new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 Min(in Vec3 a, in Vec3 b) => new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Min(a.Z, b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 Max(in Vec3 a, in Vec3 b) => new(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Max(a.Z, b.Z));

    /// <summary>Magnitudes of the components.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 Abs(in Vec3 a) => new(Math.Abs(a.X), Math.Abs(a.Y), Math.Abs(a.Z));

    /// <summary>Two unit vectors that make a right-handed frame with a unit normal (Duff et al., JCGT 6(1), 2017).</summary>
    public static (Vec3 First, Vec3 Second) Tangents(in Vec3 n)
    {
        double sign = n.Z < 0 ? -1 : 1, a = -1 / (sign + n.Z), b = n.X * n.Y * a;
        return (new(1 + sign * n.X * n.X * a, sign * b, -sign * n.X), new(b, sign + n.Y * n.Y * a, -n.Y));
    }
}
