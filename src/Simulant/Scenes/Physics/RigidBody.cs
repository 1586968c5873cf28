using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Physics;

public enum BodyKind
{
    /// <summary>Moved by forces and contacts.</summary>
    Dynamic,

    /// <summary>Never moves.</summary>
    Static,

    /// <summary>Moves at its own velocity and spin, whatever stands in its way: a belt, a door, a hand.</summary>
    Kinematic,
}

/// <summary>How a surface meets others.</summary>
/// <param name="Friction">Coulomb's coefficient, 0 or more; of two surfaces the geometric mean holds.</param>
/// <param name="Restitution">Speed of parting by speed of meeting, 0 to 1; of two surfaces the larger holds.</param>
/// <param name="Rolling">Resistance to rolling and to spinning on the spot, as a part of the body's reach, 0 or more; the larger
/// holds.</param>
public readonly record struct SurfaceContact(float Friction = 0.5f, float Restitution = 0, float Rolling = 0)
{
    internal bool IsSound => Friction is >= 0 and <= 100 && Restitution is >= 0 and <= 1 && Rolling is >= 0 and <= 10;
}

/// <summary>A body as it is put into a world. Immutable.</summary>
/// <param name="Pose">From the collider's space to the world.</param>
public sealed record RigidBody(string Name, Collider Collider, Pose Pose)
{
    public BodyKind Kind { get; init; } = BodyKind.Dynamic;

    /// <summary>Kilograms a cubic metre; water's by default.</summary>
    public float Density { get; init; } = 1000;

    /// <summary>Kilograms; where not given, by volume and density.</summary>
    public float? Mass { get; init; }

    public SurfaceContact Surface { get; init; } = new(0.5f);

    /// <summary>Metres a second, of the centre of mass.</summary>
    public Vector3 Velocity { get; init; }

    /// <summary>Radians a second about the world's axes.</summary>
    public Vector3 Spin { get; init; }

    /// <summary>How much of its speed the body loses a second to the air, 0 or more; none by default.</summary>
    public float Drag { get; init; }

    /// <summary>How much of its spin the body loses a second, 0 or more; none by default.</summary>
    public float SpinDrag { get; init; }

    /// <summary>Every fault; empty where the body can be simulated.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Pose.IsRigid || !Within(Pose.Translation, Collider.Most)) yield return $"its pose is not rigid and within {Collider.Most} m";
        if (Kind != BodyKind.Static && Collider.Convex is null) yield return $"{Collider.GetType().Name} is ground, which stands still";
        if (!(Density is >= 1e-3f and <= 1e6f)) yield return $"a density of {Density} kg/m3 is not within 0.001 to 1,000,000";
        if (Mass is { } mass && !(mass is >= 1e-9f and <= 1e12f)) yield return $"a mass of {mass} kg is not within 1e-9 to 1e12";
        if (!Surface.IsSound) yield return $"friction 0 to 100, restitution 0 to 1 and rolling 0 to 10, not {Surface}";
        if (!Within(Velocity, 1e4f) || !Within(Spin, 1e4f)) yield return "its velocity or spin is not within 10,000 a second";
        if (!(Drag is >= 0 and <= 1e4f && SpinDrag is >= 0 and <= 1e4f)) yield return "drag is 0 to 10,000 a second";
        if (Kind == BodyKind.Static && (Velocity != default || Spin != default)) yield return "what stands still has no velocity";
    }

    private static bool Within(Vector3 v, float most) =>
        MathF.Abs(v.X) <= most && MathF.Abs(v.Y) <= most && MathF.Abs(v.Z) <= most;
}
