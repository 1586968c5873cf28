using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// A joint in the solver: up to three directions along which points stay together, up to three about which nothing turns, and the axis that
/// is
/// left, with its motor and limits. Directions are those of the first body's frame, and impulses are kept along them.
/// </summary>
internal sealed class JointConstraint
{
    private readonly BodySet _bodies;
    private readonly Vec3 _placeA, _placeB;
    private readonly Quat _turnA, _turnB;

    // Which of the frame's axes are held.
    private readonly bool[] _linear, _angular;

    private Vec3 _ux, _uy, _uz, _armA, _armB, _apart, _turned;
    private Vec3 _linearImpulse, _angularImpulse;
    private Mat3 _linearMass, _angularMass;
    private double _axisMass, _motorImpulse, _lowImpulse, _highImpulse;

    public JointConstraint(Joint joint, BodySet bodies)
    {
        (Joint, _bodies) = (joint, bodies);
        (Speed, Force) = (joint.MotorSpeed, joint.MotorForce);
        var at = joint.At;
        var place = Vec3.Of(at.Translation);
        var turn = Quat.Of(new(Vec3.Of(at.X), Vec3.Of(at.Y), Vec3.Of(at.Z)));
        ref var a = ref bodies.States[joint.First];
        ref var b = ref bodies.States[joint.Second];
        (_placeA, _placeB) = (a.Rotation.Back(place - a.Place), b.Rotation.Back(place - b.Place));
        (_turnA, _turnB) = (a.Turn.Conjugate * turn, b.Turn.Conjugate * turn);
        bool slide = joint.Kind == JointKind.Slide, turns = joint.Kind is JointKind.Slide or JointKind.Fixed;
        _linear = [true, !slide, true];
        _angular = joint.Kind == JointKind.Ball ? [false, false, false] : [true, turns, true];
    }

    public Joint Joint { get; }

    /// <summary>Of the motor, in radians or metres a second.</summary>
    public double Speed { get; set; }

    /// <summary>Of the motor, at most, in newton metres or newtons.</summary>
    public double Force { get; set; }

    /// <summary>Angle of a hinge in radians, whole turns counted; travel of a slide in metres.</summary>
    public double Position { get; private set; }

    private bool HasAxis => Joint.Kind is JointKind.Hinge or JointKind.Slide;

    private bool Slides => Joint.Kind == JointKind.Slide;

    /// <summary>Works out directions, errors and masses from where the bodies are.</summary>
    public void Refresh()
    {
        ref var a = ref _bodies.States[Joint.First];
        ref var b = ref _bodies.States[Joint.Second];
        Quat qa = a.Turn * _turnA, qb = b.Turn * _turnB, between = qa.Conjugate * qb;
        var frame = qa.Matrix.Transposed;
        (_ux, _uy, _uz) = (frame.X, frame.Y, frame.Z);
        var armA = a.Rotation * _placeA;
        _armB = b.Rotation * _placeB;
        _apart = b.Place + _armB - a.Place - armA;
        // On a slide the first body is pushed where the second now is.
        _armA = armA + _apart;
        if (Joint.Kind == JointKind.Hinge)
        {
            _turned = Vec3.Cross(_uy, qb.Matrix.Transposed.Y);
            double angle = 2 * Arc.Tangent(between.Y, between.W), turns = Math.Round((Position - angle) / (2 * Math.PI));
            Position = angle + turns * 2 * Math.PI;
        }
        else
        {
            var vector = between.Vector * (between.W < 0 ? -2 : 2);
            _turned = _ux * vector.X + _uy * vector.Y + _uz * vector.Z;
            if (Slides) Position = Vec3.Dot(_apart, _uy);
        }
        _linearMass = Mass(LinearMass(a, b), _linear);
        var inertia = a.InverseInertia + b.InverseInertia;
        _angularMass = Mass(inertia, _angular);
        if (HasAxis) _axisMass = 1 / (Slides ? Vec3.Dot(_uy, LinearMass(a, b) * _uy) : Vec3.Dot(_uy, inertia * _uy));
    }

    private Mat3 LinearMass(in BodyState a, in BodyState b)
    {
        Mat3 ca = Mat3.CrossOf(_armA), cb = Mat3.CrossOf(_armB);
        return Mat3.Identity * (a.InverseMass + b.InverseMass) + ca * a.InverseInertia * ca.Transposed + cb * b.InverseInertia
            * cb.Transposed;
    }

    // The inverse of a matrix over the held axes of the frame; nothing along the others.
    private Mat3 Mass(in Mat3 inverse, bool[] held)
    {
        var frame = new Mat3(_ux, _uy, _uz);
        var m = frame * inverse * frame.Transposed;
        Vec3 Row(in Vec3 row, int i) => new(Keep(row.X, i, 0), Keep(row.Y, i, 1), Keep(row.Z, i, 2));
        double Keep(double value, int i, int j) => held[i] && held[j] ? value : i == j ? 1 : 0;
        return new Mat3(Row(m.X, 0), Row(m.Y, 1), Row(m.Z, 2)).Inverse();
    }

    public void WarmStart()
    {
        ref var a = ref _bodies.States[Joint.First];
        ref var b = ref _bodies.States[Joint.Second];
        Push(ref a, ref b, _linearImpulse);
        Twist(ref a, ref b, _angularImpulse);
        if (HasAxis) Along(ref a, ref b, _motorImpulse + _lowImpulse - _highImpulse);
    }

    public void Solve(in Softness softness, double h, bool soft)
    {
        ref var a = ref _bodies.States[Joint.First];
        ref var b = ref _bodies.States[Joint.Second];
        var (rate, scale, keep) = soft ? (softness.BiasRate, softness.MassScale, softness.ImpulseScale) : (0, 1, 0);
        if (HasAxis) SolveAxis(ref a, ref b, rate, scale, keep, h);
        var spin = Held(b.Spin - a.Spin + _turned * rate, _angular);
        var twist = _angularMass * spin * -scale - _angularImpulse * keep;
        _angularImpulse += twist;
        Twist(ref a, ref b, twist);
        var speed = Held(b.VelocityAt(_armB) - a.VelocityAt(_armA) + _apart * rate, _linear);
        var push = _linearMass * speed * -scale - _linearImpulse * keep;
        _linearImpulse += push;
        Push(ref a, ref b, push);
    }

    // In the frame's axes, zero where not held.
    private Vec3 Held(in Vec3 world, bool[] held) => new(held[0] ? Vec3.Dot(world, _ux) : 0, held[1] ? Vec3.Dot(world, _uy) : 0,
        held[2] ? Vec3.Dot(world, _uz) : 0);

    private void SolveAxis(ref BodyState a, ref BodyState b, double rate, double scale, double keep, double h)
    {
        if (Force > 0)
        {
            double total = Math.Clamp(_motorImpulse - _axisMass * (AxisSpeed(a, b) - Speed), -Force * h, Force * h);
            Along(ref a, ref b, total - _motorImpulse);
            _motorImpulse = total;
        }
        else _motorImpulse = 0;
        _lowImpulse = Limit(ref a, ref b, Position - Joint.Low, 1, _lowImpulse, rate, scale, keep, h);
        _highImpulse = Limit(ref a, ref b, Joint.High - Position, -1, _highImpulse, rate, scale, keep, h);
    }

    // Room to a limit, which only pushes.
    private double Limit(ref BodyState a, ref BodyState b, double room, int sign, double impulse, double rate, double scale, double keep,
        double h)
    {
        if (double.IsInfinity(room)) return 0;
        double bias = room > 0 ? room / h : room * rate;
        if (room > 0) (scale, keep) = (1, 0);
        double total = Math.Max(0, impulse - _axisMass * scale * (sign * AxisSpeed(a, b) + bias) - keep * impulse);
        Along(ref a, ref b, sign * (total - impulse));
        return total;
    }

    private double AxisSpeed(in BodyState a, in BodyState b) =>
        Slides ? Vec3.Dot(b.VelocityAt(_armB) - a.VelocityAt(_armA), _uy) : Vec3.Dot(b.Spin - a.Spin, _uy);

    private void Along(ref BodyState a, ref BodyState b, double impulse)
    {
        if (Slides) Push(ref a, ref b, new(0, impulse, 0));
        else Twist(ref a, ref b, new(0, impulse, 0));
    }

    private void Push(ref BodyState a, ref BodyState b, in Vec3 inFrame)
    {
        var impulse = _ux * inFrame.X + _uy * inFrame.Y + _uz * inFrame.Z;
        a.Push(-impulse, _armA);
        b.Push(impulse, _armB);
    }

    private void Twist(ref BodyState a, ref BodyState b, in Vec3 inFrame)
    {
        var impulse = _ux * inFrame.X + _uy * inFrame.Y + _uz * inFrame.Z;
        a.Twist(-impulse);
        b.Twist(impulse);
    }
}
