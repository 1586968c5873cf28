using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Products of three-vectors in a stated order of operations: those of <see cref="Vector3"/> may be fused or summed in another order on
/// other processors, and frames must not differ between machines. Componentwise +, - and * of Vector3 are exact and are used as they are.
/// </summary>
public static class Spatial
{
    /// <summary>(x x' + y y') + z z', nothing fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Vector3 a, Vector3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Cross(Vector3 a, Vector3 b) =>
        new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Length(Vector3 a) => MathF.Sqrt(Dot(a, a));

    /// <summary>The vector at length 1; zero stays zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Unit(Vector3 a)
    {
        float square = Dot(a, a);
        return square > 0 ? a * (1 / MathF.Sqrt(square)) : default;
    }

    /// <summary>Component 0, 1 or 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float At(Vector3 a, int axis) => axis == 0 ? a.X : axis == 1 ? a.Y : a.Z;

    /// <summary>The axis of the largest magnitude; ties go to the lower axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dominant(Vector3 a)
    {
        float x = MathF.Abs(a.X), y = MathF.Abs(a.Y), z = MathF.Abs(a.Z);
        return x >= y ? (x >= z ? 0 : 2) : y >= z ? 1 : 2;
    }

    /// <summary>Two unit vectors that make a right-handed frame with a unit normal (Duff et al., JCGT 6(1), 2017).</summary>
    public static (Vector3 Tangent, Vector3 Bitangent) Frame(Vector3 n)
    {
        float sign = MathF.CopySign(1, n.Z);
        float a = -1 / (sign + n.Z), b = n.X * n.Y * a;
        return (new(1 + sign * n.X * n.X * a, sign * b, -sign * n.X), new(b, sign + n.Y * n.Y * a, -n.Y));
    }
}
