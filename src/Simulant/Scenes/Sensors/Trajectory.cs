using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Sensors;

/// <summary>Three numbers in double: single precision's places, differenced twice, would drown in rounding.</summary>
public readonly record struct Triple(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(X * X + Y * Y + Z * Z);

    public static Triple operator +(Triple a, Triple b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Triple operator -(Triple a, Triple b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Triple operator *(Triple a, double by) => new(a.X * by, a.Y * by, a.Z * by);

    public double this[int axis] => axis == 0 ? X : axis == 1 ? Y : Z;
}

/// <summary>A turn as a quaternion of length 1 in double, from a body's axes to the world's.</summary>
public readonly record struct Attitude(double W, double X, double Y, double Z)
{
    public static Attitude Identity { get; } = new(1, 0, 0, 0);

    /// <summary>About an axis of length 1, by the right hand, in radians.</summary>
    public static Attitude Turn(Triple axis, double angle)
    {
        double s = Math.Sin(angle / 2);
        return new(Math.Cos(angle / 2), axis.X * s, axis.Y * s, axis.Z * s);
    }

    /// <summary>Of a pose's rows (Shepperd, J. Guidance and Control 1(3), 1978).</summary>
    public static Attitude Of(in Pose p)
    {
        double xx = p.X.X, yy = p.Y.Y, zz = p.Z.Z, trace = xx + yy + zz;
        double w = 1 + trace, x = 1 + xx - yy - zz, y = 1 - xx + yy - zz, z = 1 - xx - yy + zz;
        double a = (double)p.Z.Y - p.Y.Z, b = (double)p.X.Z - p.Z.X, c = (double)p.Y.X - p.X.Y;
        double d = (double)p.X.Y + p.Y.X, e = (double)p.X.Z + p.Z.X, f = (double)p.Y.Z + p.Z.Y;
        double most = Math.Max(Math.Max(w, x), Math.Max(y, z));
        var q = most == w ? new Attitude(w, a, b, c) : most == x ? new(a, x, d, e) : most == y ? new(b, d, y, f) : new(c, e, f, z);
        return q.Unit();
    }

    internal double Dot(Attitude o) => W * o.W + X * o.X + Y * o.Y + Z * o.Z;

    internal Attitude Unit()
    {
        double by = 1 / Math.Sqrt(Dot(this));
        return new(W * by, X * by, Y * by, Z * by);
    }

    public static Attitude operator *(Attitude a, Attitude b) => new(
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z,
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
        a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W);

    public Attitude Back => new(W, -X, -Y, -Z);

    /// <summary>A direction of the body in the world.</summary>
    public Triple Direction(Triple d)
    {
        var q = this * new Attitude(0, d.X, d.Y, d.Z) * Back;
        return new(q.X, q.Y, q.Z);
    }
}

/// <summary>
/// A body's way through time by cubic splines (twice differentiable, not-a-knot ends, so that cubics are met exactly): of its place, and
/// of its quaternion's four numbers, made unit again. Immutable.
/// </summary>
public sealed class Trajectory
{
    private readonly double[] _times;
    private readonly Spline[] _splines;

    private Trajectory(double[] times, Spline[] splines) => (_times, _splines) = (times, splines);

    public double Start => _times[0];

    public double End => _times[^1];

    /// <param name="times">Seconds, rising, at least four.</param>
    /// <param name="places">Metres in the world.</param>
    /// <param name="attitudes">Less than half a turn from one to the next.</param>
    /// <exception cref="ArgumentException">Too few, not rising, or not finite.</exception>
    public static Trajectory Through(IReadOnlyList<double> times, IReadOnlyList<Triple> places, IReadOnlyList<Attitude> attitudes)
    {
        int n = times.Count;
        if (n < 4 || places.Count != n || attitudes.Count != n)
            throw new ArgumentException($"{n} times, {places.Count} places, {attitudes.Count} attitudes; at least four of each are needed");
        double[][] values = [.. Enumerable.Range(0, 7).Select(_ => new double[n])];
        var last = attitudes[0];
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(times[i]) || i > 0 && !(times[i] > times[i - 1])) throw new ArgumentException($"time {i} does not rise");
            if (!double.IsFinite(places[i].Length) || !(Math.Abs(attitudes[i].Dot(attitudes[i]) - 1) < 1e-3))
                throw new ArgumentException($"place or attitude {i} is none");
            // A quaternion and its opposite are one turn; the nearer to the last is taken.
            var q = attitudes[i].Unit();
            if (q.Dot(last) < 0) q = new(-q.W, -q.X, -q.Y, -q.Z);
            last = q;
            (values[0][i], values[1][i], values[2][i]) = (places[i].X, places[i].Y, places[i].Z);
            (values[3][i], values[4][i], values[5][i], values[6][i]) = (q.W, q.X, q.Y, q.Z);
        }
        double[] at = [.. times];
        return new(at, [.. values.Select(v => new Spline(at, v))]);
    }

    /// <summary>Of poses, from a body's axes to the world's.</summary>
    public static Trajectory Through(IReadOnlyList<double> times, IReadOnlyList<Pose> poses) => Through(times,
        [.. poses.Select(p => new Triple(p.Translation.X, p.Translation.Y, p.Translation.Z))], [.. poses.Select(p => Attitude.Of(p))]);

    public Triple Place(double time) => Vector(time, 0);

    /// <summary>Metres a second in the world.</summary>
    public Triple Velocity(double time) => Vector(time, 1);

    public Triple Acceleration(double time) => Vector(time, 2);

    public Attitude Facing(double time) => Numbers(time, 0).Unit();

    /// <summary>Radians a second about the body's own axes: twice the vector part of q* q'.</summary>
    public Triple Spin(double time)
    {
        Attitude raw = Numbers(time, 0), slope = Numbers(time, 1);
        double length = Math.Sqrt(raw.Dot(raw));
        var q = raw.Unit();
        double along = q.Dot(slope);
        var change = new Attitude((slope.W - q.W * along) / length, (slope.X - q.X * along) / length, (slope.Y - q.Y * along) / length,
            (slope.Z - q.Z * along) / length);
        var spin = q.Back * change;
        return new(2 * spin.X, 2 * spin.Y, 2 * spin.Z);
    }

    private Triple Vector(double time, int order)
    {
        int at = Segment(time);
        return new(_splines[0].At(at, time, order), _splines[1].At(at, time, order), _splines[2].At(at, time, order));
    }

    private Attitude Numbers(double time, int order)
    {
        int at = Segment(time);
        return new(_splines[3].At(at, time, order), _splines[4].At(at, time, order), _splines[5].At(at, time, order),
            _splines[6].At(at, time, order));
    }

    private int Segment(double time)
    {
        int found = Array.BinarySearch(_times, time);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, _times.Length - 2);
    }

    private sealed class Spline
    {
        private readonly double[] _t, _y, _m;

        public Spline(double[] t, double[] y) => (_t, _y, _m) = (t, y, Moments(t, y));

        public double At(int i, double time, int order)
        {
            double h = _t[i + 1] - _t[i], a = (_t[i + 1] - time) / h, b = (time - _t[i]) / h;
            return order switch
            {
                0 => a * _y[i] + b * _y[i + 1] + ((a * a * a - a) * _m[i] + (b * b * b - b) * _m[i + 1]) * h * h / 6,
                1 => (_y[i + 1] - _y[i]) / h + ((1 - 3 * a * a) * _m[i] + (3 * b * b - 1) * _m[i + 1]) * h / 6,
                _ => a * _m[i] + b * _m[i + 1],
            };
        }

        // Second derivatives at the knots: three in a row each, the ends' own written out by their neighbours.
        private static double[] Moments(double[] t, double[] y)
        {
            int n = t.Length;
            double[] h = new double[n - 1], diagonal = new double[n], upper = new double[n], lower = new double[n], right = new double[n];
            for (int i = 0; i < n - 1; i++) h[i] = t[i + 1] - t[i];
            for (int i = 1; i < n - 1; i++)
            {
                (lower[i], diagonal[i], upper[i]) = (h[i - 1], 2 * (h[i - 1] + h[i]), h[i]);
                right[i] = 6 * ((y[i + 1] - y[i]) / h[i] - (y[i] - y[i - 1]) / h[i - 1]);
            }
            double first = h[0] / h[1], last = h[n - 2] / h[n - 3];
            diagonal[1] += h[0] * (1 + first);
            upper[1] -= h[0] * first;
            diagonal[n - 2] += h[n - 2] * (1 + last);
            lower[n - 2] -= h[n - 2] * last;
            for (int i = 2; i < n - 1; i++)
            {
                double by = lower[i] / diagonal[i - 1];
                diagonal[i] -= by * upper[i - 1];
                right[i] -= by * right[i - 1];
            }
            double[] m = new double[n];
            for (int i = n - 2; i >= 1; i--) m[i] = (right[i] - (i < n - 2 ? upper[i] * m[i + 1] : 0)) / diagonal[i];
            m[0] = (1 + first) * m[1] - first * m[2];
            m[n - 1] = (1 + last) * m[n - 2] - last * m[n - 3];
            return m;
        }
    }
}
