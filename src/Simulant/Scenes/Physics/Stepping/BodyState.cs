using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>A body as the solver moves it: its centre of mass, in the world.</summary>
internal struct BodyState
{
    public Vec3 Place, Velocity, Spin;
    public Quat Turn;

    /// <summary>Of <see cref="Turn"/>: from the body's axes to the world's.</summary>
    public Mat3 Rotation;

    /// <summary>In the world's axes; zero for what no force moves.</summary>
    public Mat3 InverseInertia;

    public double InverseMass;

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public readonly Vec3 VelocityAt(in Vec3 arm) => Velocity + Vec3.Cross(Spin, arm);

    /// <summary>Takes up an impulse at an arm from the centre. What no force moves is not written to, since threads may share it.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public void Push(in Vec3 impulse, in Vec3 arm)
    {
        if (InverseMass == 0) return;
        Velocity += impulse * InverseMass;
        Spin += InverseInertia * Vec3.Cross(arm, impulse);
    }

    /// <summary>Moves as an impulse would in one unit of time, without a speed.</summary>
    public void Shift(in Vec3 impulse, in Vec3 arm)
    {
        if (InverseMass == 0) return;
        Place += impulse * InverseMass;
        Turn = (Quat.Turn(InverseInertia * Vec3.Cross(arm, impulse)) * Turn).Unit;
        Rotation = Turn.Matrix;
    }

    /// <summary>Takes up an angular impulse.</summary>
    public void Twist(in Vec3 impulse)
    {
        if (InverseMass == 0) return;
        Spin += InverseInertia * impulse;
    }
}

/// <summary>What of a body never changes.</summary>
/// <param name="Convex">None for ground.</param>
/// <param name="Inertia">About the centre of mass, in the body's axes.</param>
/// <param name="Round">Whether its inertia is the same about every axis, so that it never tumbles.</param>
/// <param name="Centre">The centre of mass in the collider's space.</param>
internal sealed record BodyFacts(BodyKind Kind, Collider Collider, Polytope? Convex, double Mass, Mat3 Inertia, Mat3 InverseInertia,
    bool Round, Vec3 Centre, SurfaceContact Surface, double Drag, double SpinDrag)
{
    public bool Moves => Kind == BodyKind.Dynamic;

    public static BodyFacts Of(RigidBody body)
    {
        bool moves = body.Kind == BodyKind.Dynamic;
        var mass = body.Collider.MassOf(body.Density);
        if (body.Mass is { } kilograms && mass.Mass > 0) mass = mass.Of(kilograms);
        var i = mass.Inertia;
        double off = Math.Abs(i.X.Y) + Math.Abs(i.X.Z) + Math.Abs(i.Y.Z);
        bool round = Math.Abs(i.X.X - i.Y.Y) + Math.Abs(i.Y.Y - i.Z.Z) + off <= 1e-9 * i.Trace;
        return new(body.Kind, body.Collider, body.Collider.Convex, mass.Mass, i, moves ? i.Inverse() : default, round, mass.Centre,
            body.Surface, body.Drag, body.SpinDrag);
    }

    public BodyState Start(RigidBody body)
    {
        var pose = body.Pose;
        var turn = Quat.Of(new(Vec3.Of(pose.X), Vec3.Of(pose.Y), Vec3.Of(pose.Z)));
        var state = new BodyState
        {
            Turn = turn,
            Rotation = turn.Matrix,
            Velocity = Vec3.Of(body.Velocity),
            Spin = Vec3.Of(body.Spin),
            InverseMass = Moves ? 1 / Mass : 0,
        };
        state.Place = Vec3.Of(pose.Translation) + state.Rotation * Centre;
        if (Moves) state.InverseInertia = InverseInertia.Turned(state.Rotation);
        return state;
    }
}
