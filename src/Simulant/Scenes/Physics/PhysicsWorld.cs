using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics.Stepping;

namespace Simulant.Scenes.Physics;

/// <summary>
/// Rigid bodies under gravity, contact and friction, stepped in double precision. A step is: pairs of boxes that meet, contacts of up to
/// four points, then substeps that each pull, solve softly, move, and solve again without the springs (soft step, after Catto's
/// "Solver2D", 2024), bounce what met fast, and let sleep what has come to rest. The state after any number of steps is the same to the
/// bit on any number of threads and on every processor.
/// </summary>
public sealed class PhysicsWorld
{
    private readonly RunContext _run;
    private readonly BodySet _bodies;
    private readonly BroadPhase _broad;
    private readonly NarrowPhase _narrow;
    private readonly Islands _islands;
    private readonly ContactSolver _contacts;
    private readonly JointSolver _joints;
    private readonly Vec3 _gravity;

    /// <exception cref="ArgumentException">The world has faults; all are named.</exception>
    public PhysicsWorld(WorldSpec spec, RunContext run)
    {
        if (spec.Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join("; ", faults));
        (Spec, _run) = (spec, run);
        _gravity = Vec3.Of(spec.Pull);
        _bodies = new(spec.Bodies);
        _joints = new(spec.Joints, _bodies, spec.Stepping);
        _broad = new(_bodies, _joints.Apart);
        _narrow = new(_bodies, _joints.Apart);
        _islands = new(_bodies);
        _contacts = new(_bodies, spec.Stepping);
    }

    public WorldSpec Spec { get; }

    public int Count => _bodies.Count;

    /// <summary>Seconds stepped so far.</summary>
    public double Time { get; private set; }

    /// <summary>Whether every body that forces could move is asleep.</summary>
    public bool AtRest
    {
        get
        {
            for (int i = 0; i < Count; i++)
                if (_bodies.Facts[i].Moves && !_bodies.Asleep[i]) return false;
            return true;
        }
    }

    internal BodySet Bodies => _bodies;

    internal IReadOnlyList<ContactRecord> Contacts => _narrow.Records;

    /// <summary>Moves time on.</summary>
    /// <param name="seconds">Above 0, to 1; a sixtieth suits most worlds.</param>
    public void Step(double seconds)
    {
        if (!(seconds is > 0 and <= 1)) throw new ArgumentException($"a step of {seconds} s is not within 0 to 1 s");
        var options = Spec.Stepping;
        double h = seconds / options.Substeps, pull = _gravity.Length;
        _narrow.Update(_broad.Pairs(seconds, pull, options.Foresight, _run), seconds, pull, options.Foresight, _run);
        _islands.Begin();
        foreach (var record in _narrow.Records)
            if (record.Touching || Overlaps(record)) _islands.Join(record.Key.A, record.Key.B);
        _joints.Join(_islands);
        _islands.Wake();
        _contacts.Prepare(_narrow.Records, h, _run);
        for (int step = 0; step < options.Substeps; step++)
        {
            Each(i => Motions.Pull(_bodies, i, _gravity, h));

            _joints.WarmStart();
            _contacts.WarmStart(_run);
            _joints.Solve(h, true);
            _contacts.Solve(h, true, _run);
            Each(i => Motions.Move(_bodies, i, h));
            _joints.Solve(h, false);
            _contacts.Solve(h, false, _run);
            _contacts.Bounce(_run);
        }
        _contacts.Part(_run);
        _contacts.Store(seconds);
        Each(i =>
        {
            Motions.Watch(_bodies, i, options.SleepDrift, options.SleepAfter, seconds);
            if (_bodies.Active(i)) _bodies.Place(i);
            (_bodies.Forces[i], _bodies.Torques[i]) = (default, default);
        });
        _islands.Rest(options.SleepAfter);
        Time += seconds;
    }

    /// <summary>Steps until everything sleeps, at most so many seconds. True where it does.</summary>
    public bool Settle(double most = 30, double seconds = 1.0 / 60)
    {
        if (!(most is >= 0 and <= 1e5)) throw new ArgumentException($"settling for {most} s is not within 0 to 100,000 s");
        for (double end = Time + most; !AtRest && Time < end;) Step(seconds);
        return AtRest;
    }

    /// <summary>From the collider's space to the world, as scenes use it.</summary>
    public Pose PoseOf(int body)
    {
        ref var state = ref _bodies.States[body];
        var m = state.Rotation;
        return new(m.X.Single, m.Y.Single, m.Z.Single, (state.Place - m * _bodies.Facts[body].Centre).Single);
    }

    public bool IsAsleep(int body) => _bodies.Asleep[body];

    /// <summary>Of the centre of mass, metres a second.</summary>
    public Vec3 VelocityOf(int body) => _bodies.States[body].Velocity;

    /// <summary>Radians a second about the world's axes.</summary>
    public Vec3 SpinOf(int body) => _bodies.States[body].Spin;

    /// <summary>The centre of mass in the world.</summary>
    public Vec3 CentreOf(int body) => _bodies.States[body].Place;

    public double MassOf(int body) => _bodies.Facts[body].Mass;

    /// <summary>Holds a force, in newtons, and a torque, in newton metres, on a body through the next step; wakes it.</summary>
    public void Apply(int body, Vec3 force, Vec3 torque = default)
    {
        if (!force.IsFinite || !torque.IsFinite) throw new ArgumentException($"a force of {force} and a torque of {torque} are not finite");
        _bodies.Forces[body] += force;
        _bodies.Torques[body] += torque;
        Wake(body);
    }

    /// <summary>Radians that a hinge has turned, whole turns counted, or metres that a slide has moved.</summary>
    public double JointPosition(int joint) => _joints.All[joint].Position;

    /// <summary>Sets a hinge's or slide's motor; wakes its bodies.</summary>
    /// <param name="speed">Radians or metres a second.</param>
    /// <param name="force">Newton metres or newtons, at most.</param>
    public void Drive(int joint, double speed, double force)
    {
        var driven = _joints.All[joint];
        if (driven.Joint.Kind is not (JointKind.Hinge or JointKind.Slide))
            throw new ArgumentException($"joint {joint + 1} of kind {driven.Joint.Kind} has no motor");
        if (!double.IsFinite(speed) || !(force is >= 0 and <= 1e12))
            throw new ArgumentException($"no motor drives at {speed} with {force}");
        (driven.Speed, driven.Force) = (speed, force);
        Wake(driven.Joint.First);
        Wake(driven.Joint.Second);
    }

    public void Wake(int body) => (_bodies.Asleep[body], _bodies.Slow[body]) = (false, 0);

    private static bool Overlaps(in ContactRecord record)
    {
        for (int p = 0; p < record.Manifold.Count; p++)
            if (record.Manifold.Points[p].Gap <= 0) return true;
        return false;
    }

    private void Each(Action<int> act)
    {
        const int Piece = 512;
        int pieces = (Count + Piece - 1) / Piece;
        Work.For(pieces, _run, p =>
        {
            for (int i = p * Piece; i < Math.Min(Count, (p + 1) * Piece); i++) act(i);
        });
    }
}
