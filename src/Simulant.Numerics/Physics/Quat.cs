namespace Simulant.Numerics.Physics;

/// <summary>A rotation as a unit quaternion: vector part and scalar W.</summary>
public readonly record struct Quat(double X, double Y, double Z, double W)
{
    public static Quat Identity => new(0, 0, 0, 1);

    public Vec3 Vector => new(X, Y, Z);

    public override string ToString() => $"({X}, {Y}, {Z}; {W})";

    public Quat Conjugate => new(-X, -Y, -Z, W);

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Quat operator *(in Quat a, in Quat b) => new(
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y + a.Y * b.W + a.Z * b.X - a.X * b.Z,
        a.W * b.Z + a.Z * b.W + a.X * b.Y - a.Y * b.X,
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);

    public Quat Unit
    {
        get
        {
            double s = 1 / Math.Sqrt(X * X + Y * Y + Z * Z + W * W);
            return new(X * s, Y * s, Z * s, W * s);
        }
    }

    public Mat3 Matrix
    {
        get
        {
            double xx = X * X, yy = Y * Y, zz = Z * Z, xy = X * Y, xz = X * Z, yz = Y * Z, wx = W * X, wy = W * Y, wz = W * Z;
            return new(new(1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)), new(2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)),
                new(2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)));
        }
    }

    /// <summary>Of a rotation matrix, whose rows may be unit to single precision only (Shepperd's method, 1978).</summary>
    public static Quat Of(in Mat3 m)
    {
        double t = m.Trace;
        Quat q = t >= m.X.X && t >= m.Y.Y && t >= m.Z.Z
            ? new(m.Z.Y - m.Y.Z, m.X.Z - m.Z.X, m.Y.X - m.X.Y, 1 + t)
            : m.X.X >= m.Y.Y && m.X.X >= m.Z.Z ? new(1 + m.X.X - m.Y.Y - m.Z.Z, m.X.Y + m.Y.X, m.X.Z + m.Z.X, m.Z.Y - m.Y.Z)
            : m.Y.Y >= m.Z.Z ? new(m.X.Y + m.Y.X, 1 + m.Y.Y - m.X.X - m.Z.Z, m.Y.Z + m.Z.Y, m.X.Z - m.Z.X)
            : new(m.X.Z + m.Z.X, m.Y.Z + m.Z.Y, 1 + m.Z.Z - m.X.X - m.Y.Y, m.Y.X - m.X.Y);
        return q.Unit;
    }

    /// <summary>
    /// The turn by a rotation vector of at most about a radian: the half angle's tangent by its series to the ninth power, then scaled to
    /// unit length; the error of the angle is below 1e-5 of it at one radian and falls with the tenth power.
    /// </summary>
    public static Quat Turn(in Vec3 angle)
    {
        double s = angle.SquaredLength * 0.25;
        var half = angle * (0.5 * (1 + s * (1.0 / 3 + s * (2.0 / 15 + s * (17.0 / 315 + s * (62.0 / 2835))))));
        return new Quat(half.X, half.Y, half.Z, 1).Unit;
    }
}
