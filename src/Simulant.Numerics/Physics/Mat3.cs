using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Physics;

/// <summary>A matrix by rows.</summary>
public readonly record struct Mat3(Vec3 X, Vec3 Y, Vec3 Z)
{
    public static Mat3 Identity => Diagonal(new(1, 1, 1));

    public static Mat3 Diagonal(in Vec3 d) => new(new(d.X, 0, 0), new(0, d.Y, 0), new(0, 0, d.Z));

    /// <summary>The matrix that takes p to a x p.</summary>
    public static Mat3 CrossOf(in Vec3 a) => new(new(0, -a.Z, a.Y), new(a.Z, 0, -a.X), new(-a.Y, a.X, 0));

    /// <summary>a b'.</summary>
    public static Mat3 Outer(in Vec3 a, in Vec3 b) => new(b * a.X, b * a.Y, b * a.Z);

    public override string ToString() => $"[{X}, {Y}, {Z}]";

    public Mat3 Transposed => new(new(X.X, Y.X, Z.X), new(X.Y, Y.Y, Z.Y), new(X.Z, Y.Z, Z.Z));

    public double Trace => X.X + Y.Y + Z.Z;

    public double Determinant => Vec3.Dot(X, Vec3.Cross(Y, Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3 operator *(in Mat3 m, in Vec3 v) => new(Vec3.Dot(m.X, v), Vec3.Dot(m.Y, v), Vec3.Dot(m.Z, v));

    public static Mat3 operator *(in Mat3 a, in Mat3 b)
    {
        var t = b.Transposed;
        return new(t * a.X, t * a.Y, t * a.Z);
    }

    public static Mat3 operator +(in Mat3 a, in Mat3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Mat3 operator *(in Mat3 a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    /// <summary>The transpose by a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec3 Back(in Vec3 v) => X * v.X + Y * v.Y + Z * v.Z;

    /// <summary>R M R' for a rotation R: a tensor of the body's frame in the world's.</summary>
    public Mat3 Turned(in Mat3 rotation) => rotation * this * rotation.Transposed;

    /// <summary>By cofactors; all zero where the determinant is.</summary>
    public Mat3 Inverse()
    {
        Vec3 a = Vec3.Cross(Y, Z), b = Vec3.Cross(Z, X), c = Vec3.Cross(X, Y);
        double determinant = Vec3.Dot(X, a);
        double s = determinant != 0 ? 1 / determinant : 0;
        return new Mat3(a, b, c).Transposed * s;
    }
}
