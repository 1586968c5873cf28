using System.Runtime.CompilerServices;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>What a contact's point remembers from step to step, so that the solver starts from where it left off.</summary>
/// <param name="Place">In the first body's axes, from its centre.</param>
/// <param name="Normal">Impulse along the normal of one substep, newton seconds.</param>
/// <param name="Load">Its running mean, never more than it.</param>
/// <param name="Friction">Impulse across it, in the world.</param>
internal readonly record struct PointMemory(Vec3 Place, double Normal, double Load, Vec3 Friction);

[InlineArray(ContactPoints.Most)]
internal struct PointMemories
{
    private PointMemory _first;
}

/// <summary>A pair of bodies that touch or soon may, with its points and their memory.</summary>
internal struct ContactRecord
{
    public PairKey Key;
    public Manifold Manifold;
    public PointMemories Memory;

    /// <summary>Angular impulse against rolling, in the world.</summary>
    public Vec3 Rolling;

    /// <summary>Whether a point overlaps or bore weight in the last step, so that the two belong to one island.</summary>
    public bool Touching;
}

/// <summary>Names a pair: the lower body, the higher, and which triangle of ground; sorted in that order.</summary>
internal readonly record struct PairKey(int A, int B, int Part) : IComparable<PairKey>
{
    public int CompareTo(PairKey other) =>
        A != other.A ? A.CompareTo(other.A) : B != other.B ? B.CompareTo(other.B) : Part.CompareTo(other.Part);
}
