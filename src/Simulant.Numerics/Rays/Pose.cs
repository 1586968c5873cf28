using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Rays;

/// <summary>A rigid motion: a point goes to (X·p, Y·p, Z·p) + Translation, where X, Y, Z are the rows of a rotation.</summary>
public readonly record struct Pose(Vector3 X, Vector3 Y, Vector3 Z, Vector3 Translation)
{
    public static Pose Identity { get; } = new(Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ, default);

    /// <summary>A shift alone.</summary>
    public static Pose At(Vector3 translation) => Identity with { Translation = translation };

    /// <summary>A turn about an axis through the origin, by the right hand, in radians; then a shift.</summary>
    public static Pose Turn(Vector3 axis, float angle, Vector3 translation = default)
    {
        // Rodrigues' formula in double, so that rows stay unit to the last bit of single precision.
        var unit = Spatial.Unit(axis);
        double x = unit.X, y = unit.Y, z = unit.Z, n = Math.Sqrt(x * x + y * y + z * z);
        if (!(n > 0)) throw new ArgumentException("the axis of a turn has no length");
        (x, y, z) = (x / n, y / n, z / n);
        double c = Math.Cos(angle), s = Math.Sin(angle), k = 1 - c;
        return new(
            new((float)(c + x * x * k), (float)(x * y * k - z * s), (float)(x * z * k + y * s)),
            new((float)(y * x * k + z * s), (float)(c + y * y * k), (float)(y * z * k - x * s)),
            new((float)(z * x * k - y * s), (float)(z * y * k + x * s), (float)(c + z * z * k)),
            translation);
    }

    /// <summary>
    /// A camera at <paramref name="eye"/> that looks at a point: x right, y down, z forward (OpenCV's axes), to the world.
    /// </summary>
    public static Pose LookAt(Vector3 eye, Vector3 target, Vector3 up)
    {
        var z = Spatial.Unit(target - eye);
        var x = Spatial.Unit(Spatial.Cross(z, up));
        if (x == default) throw new ArgumentException("the direction of sight has no length or lies along up");
        var y = Spatial.Cross(z, x);
        return new(new(x.X, y.X, z.X), new(x.Y, y.Y, z.Y), new(x.Z, y.Z, z.Z), eye);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3 Direction(Vector3 d) => new(Spatial.Dot(X, d), Spatial.Dot(Y, d), Spatial.Dot(Z, d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3 Point(Vector3 p) => Direction(p) + Translation;

    /// <summary>The motion back.</summary>
    public Pose Inverse()
    {
        var turned = new Pose(new(X.X, Y.X, Z.X), new(X.Y, Y.Y, Z.Y), new(X.Z, Y.Z, Z.Z), default);
        return turned with { Translation = -turned.Direction(Translation) };
    }

    /// <summary>First <paramref name="inner"/>, then this one.</summary>
    public Pose After(Pose inner)
    {
        Vector3 a = new(inner.X.X, inner.Y.X, inner.Z.X), b = new(inner.X.Y, inner.Y.Y, inner.Z.Y),
            c = new(inner.X.Z, inner.Y.Z, inner.Z.Z);
        return new(
            new(Spatial.Dot(X, a), Spatial.Dot(X, b), Spatial.Dot(X, c)),
            new(Spatial.Dot(Y, a), Spatial.Dot(Y, b), Spatial.Dot(Y, c)),
            new(Spatial.Dot(Z, a), Spatial.Dot(Z, b), Spatial.Dot(Z, c)),
            Point(inner.Translation));
    }

    /// <summary>Whether the rows are a rotation: unit, at right angles, right-handed, within 1e-4, and all numbers finite.</summary>
    public bool IsRigid
    {
        get
        {
            const float Near = 1e-4f;
            bool Is(float value, float wanted) => MathF.Abs(value - wanted) <= Near;
            return Is(Spatial.Dot(X, X), 1) && Is(Spatial.Dot(Y, Y), 1) && Is(Spatial.Dot(Z, Z), 1) && Is(Spatial.Dot(X, Y), 0)
                && Is(Spatial.Dot(Y, Z), 0) && Is(Spatial.Dot(Z, X), 0) && Spatial.Dot(Spatial.Cross(X, Y), Z) > 0
                && float.IsFinite(Spatial.Dot(Translation, Translation));
        }
    }
}
