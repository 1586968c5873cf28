using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Physics;

public enum JointKind
{
    /// <summary>One point in common; turns every way.</summary>
    Ball,

    /// <summary>One point and the axis in common: a wheel, a door, an elbow.</summary>
    Hinge,

    /// <summary>Moves along the axis, and does not turn: a drawer, a piston (prismatic).</summary>
    Slide,

    /// <summary>Neither moves nor turns.</summary>
    Fixed,
}

/// <summary>Holds two bodies of a world together. Immutable.</summary>
/// <param name="First">Index of a body.</param>
/// <param name="Second">Index of another, whose motion against the first is measured.</param>
/// <param name="At">The joint's frame in the world as the bodies start: its place, and its y axis, about or along which it moves.</param>
public sealed record Joint(JointKind Kind, int First, int Second, Pose At)
{
    /// <summary>Whether the two bodies collide with one another; they do not by default.</summary>
    public bool Collides { get; init; }

    /// <summary>Least angle in radians, or least travel in metres, of hinges and slides; 0 is how they start.</summary>
    public float Low { get; init; } = float.NegativeInfinity;

    /// <summary>Greatest angle or travel.</summary>
    public float High { get; init; } = float.PositiveInfinity;

    /// <summary>Radians or metres a second that a motor drives at.</summary>
    public float MotorSpeed { get; init; }

    /// <summary>Newton metres or newtons that the motor has at most; 0, the default, for none. At speed 0 it is a brake.</summary>
    public float MotorForce { get; init; }

    internal IEnumerable<string> Faults(int bodies, Func<int, bool> moves)
    {
        if ((uint)First >= (uint)bodies || (uint)Second >= (uint)bodies || First == Second)
        {
            yield return $"bodies {First} and {Second} are not two of {bodies}";
            yield break;
        }
        if (!At.IsRigid) yield return "its frame is not rigid";
        if (!moves(First) && !moves(Second)) yield return "neither of its bodies moves";
        if (!(Low <= 0 && High >= 0)) yield return $"limits {Low} to {High} do not hold 0, where it starts";
        if (!(MotorForce is >= 0 and <= 1e12f && MathF.Abs(MotorSpeed) <= 1e6f)) yield return "a motor's force is 0 to 1e12, its speed 1e6";
        bool free = Kind is JointKind.Ball or JointKind.Fixed;
        if (free && (!float.IsInfinity(Low) || !float.IsInfinity(High) || MotorForce != 0))
            yield return $"a joint of kind {Kind} has no limits and no motor";
    }
}
