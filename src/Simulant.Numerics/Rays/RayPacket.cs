using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Sixteen rays that go much the same way, as a tile of 4 by 4 pixels or its shadow rays do; what is found stands beside each. Results are
/// those of sixteen single rays, to the bit.
/// </summary>
public unsafe struct RayPacket
{
    public const int Count = 16;

    // Three times Count, and Count, written out: names in sizes of fixed buffers are bound to nothing that tools can see.
    internal fixed float Origins[48];
    internal fixed float Directions[48];
    internal fixed float T[16];
    internal fixed float U[16];
    internal fixed float V[16];
    internal fixed int Instance[16];
    internal fixed int Primitive[16];

    /// <summary>Hits count from beyond here, for all rays.</summary>
    public float Near;

    /// <summary>
    /// Sets one ray; its far end is negative infinity for a place not in use, which should repeat another's origin and direction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int lane, Vector3 origin, Vector3 direction, float far = float.PositiveInfinity)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        Origins[lane] = origin.X;
        Origins[Count + lane] = origin.Y;
        Origins[2 * Count + lane] = origin.Z;
        Directions[lane] = direction.X;
        Directions[Count + lane] = direction.Y;
        Directions[2 * Count + lane] = direction.Z;
        T[lane] = far;
        U[lane] = V[lane] = 0;
        Instance[lane] = Primitive[lane] = -1;
    }

    /// <summary>What ray <paramref name="lane"/> met.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly RayHit Hit(int lane)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        return new(Instance[lane], Primitive[lane], T[lane], U[lane], V[lane]);
    }

    /// <summary>Sets what ray <paramref name="lane"/> met.</summary>
    public void Put(int lane, RayHit hit)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        (T[lane], U[lane], V[lane]) = (hit.T, hit.U, hit.V);
        (Instance[lane], Primitive[lane]) = (hit.Instance, hit.Primitive);
    }

    /// <summary>Leaves a place unused, with another's origin and direction so that the packet stays narrow.</summary>
    public void Repeat(int lane, int other) => Set(lane, Origin(other), Direction(other), float.NegativeInfinity);

    internal readonly Vector3 Origin(int lane) => new(Origins[lane], Origins[Count + lane], Origins[2 * Count + lane]);

    internal readonly Vector3 Direction(int lane) => new(Directions[lane], Directions[Count + lane], Directions[2 * Count + lane]);
}
