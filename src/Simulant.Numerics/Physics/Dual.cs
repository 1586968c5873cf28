using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Physics;

/// <summary>
/// A number with its derivatives by up to eight unknowns (forward-mode differentiation by dual numbers). Each derivative is its own lane,
/// so that results do not depend on the processor's vectors.
/// </summary>
public readonly record struct Dual(double Value, Vector512<double> Slopes)
{
    /// <summary>How many unknowns there can be.</summary>
    public const int Most = 8;

    /// <summary>The unknown of a number, with slope 1 by itself.</summary>
    public static Dual Unknown(double value, int index) => new(value, Vector512<double>.Zero.WithElement(index, 1));

    public double Slope(int index) => Slopes.GetElement(index);

    public static implicit operator Dual(double value) => new(value, Vector512<double>.Zero);

    public static Dual operator +(in Dual a, in Dual b) => new(a.Value + b.Value, a.Slopes + b.Slopes);

    public static Dual operator -(in Dual a, in Dual b) => new(a.Value - b.Value, a.Slopes - b.Slopes);

    public static Dual operator -(in Dual a) => new(-a.Value, -a.Slopes);

    public static Dual operator *(in Dual a, in Dual b) =>
        new(a.Value * b.Value, a.Slopes * Vector512.Create(b.Value) + b.Slopes * Vector512.Create(a.Value));

    public static Dual operator /(in Dual a, in Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Slopes - b.Slopes * Vector512.Create(quotient)) * Vector512.Create(1 / b.Value));
    }

    /// <summary>Of a number above zero.</summary>
    public static Dual Sqrt(in Dual a)
    {
        double root = Math.Sqrt(a.Value);
        return new(root, a.Slopes * Vector512.Create(0.5 / root));
    }
}

/// <summary>A vector of three dual numbers.</summary>
public readonly record struct Dual3(Dual X, Dual Y, Dual Z)
{
    public static Dual3 Of(in Vec3 v) => new(v.X, v.Y, v.Z);

    public Vec3 Value => new(X.Value, Y.Value, Z.Value);

    public static Dual3 operator +(in Dual3 a, in Dual3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Dual3 operator -(in Dual3 a, in Dual3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Dual3 operator *(in Dual3 a, in Dual s) => new(a.X * s, a.Y * s, a.Z * s);

    public static Dual Dot(in Dual3 a, in Dual3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    public static Dual3 Cross(in Dual3 a, in Dual3 b) => new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);
}
