using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>
    /// Sets all rays to those of a pinhole through a tile of 4 by 4 places, row by row: directions are the pose's of (u, v, 1), with the
    /// bits that <see cref="Pose.Direction"/> gives.
    /// </summary>
    /// <param name="left">Image coordinate of the first column; places are 1 apart.</param>
    public void Pinhole(in Pose pose, float left, float top, Vector2 centre, Vector2 focal)
    {
        Span<float> middle = stackalloc float[Count];
        middle.Fill(0.5f);
        Pinhole(pose, left, top, centre, focal, middle, middle);
    }

    /// <summary>The same through places anywhere on the pixels.</summary>
    /// <param name="across">Of each where in its pixel, 0 to 1; and <paramref name="down"/>.</param>
    public void Pinhole(in Pose pose, float left, float top, Vector2 centre, Vector2 focal, ReadOnlySpan<float> across,
        ReadOnlySpan<float> down)
    {
        var half = Vector256.Create(0.5f);
        fixed (float* o = Origins, d = Directions, t = T, first = U, second = V)
        fixed (int* instance = Instance, primitive = Primitive)
            for (int h = 0; h < Count; h += 8)
            {
                Vector256<float> x = Vector256.Create(left) + Vector256.Create(0f, 1, 2, 3, 0, 1, 2, 3),
                    y = Vector256.Create(top) + Vector256.Create(Vector128.Create(h / 4f), Vector128.Create(h / 4f + 1));
                (x, y) = (x + Vector256.Create(across.Slice(h, 8)) - half, y + Vector256.Create(down.Slice(h, 8)) - half);
                Vector256<float> u = (x - Vector256.Create(centre.X)) / Vector256.Create(focal.X),
                    v = (y - Vector256.Create(centre.Y)) / Vector256.Create(focal.Y);
                (u * pose.X.X + v * pose.X.Y + Vector256.Create(pose.X.Z)).Store(d + h);
                (u * pose.Y.X + v * pose.Y.Y + Vector256.Create(pose.Y.Z)).Store(d + Count + h);
                (u * pose.Z.X + v * pose.Z.Y + Vector256.Create(pose.Z.Z)).Store(d + 2 * Count + h);
                Vector256.Create(pose.Translation.X).Store(o + h);
                Vector256.Create(pose.Translation.Y).Store(o + Count + h);
                Vector256.Create(pose.Translation.Z).Store(o + 2 * Count + h);
                Vector256.Create(float.PositiveInfinity).Store(t + h);
                Vector256<float>.Zero.Store(first + h);
                Vector256<float>.Zero.Store(second + h);
                Vector256.Create(-1).Store(instance + h);
                Vector256.Create(-1).Store(primitive + h);
            }
    }

    /// <summary>What four rays in a row met, from <paramref name="lane"/> on, into places from <paramref name="at"/> on.</summary>
    public readonly void Row(int lane, int at, int[] instance, int[] primitive, float[] u, float[] v, float[] t)
    {
        if (lane is not (0 or 4 or 8 or 12)) throw new ArgumentOutOfRangeException(nameof(lane));
        fixed (float* d = T, first = U, second = V)
        fixed (int* i = Instance, p = Primitive)
        {
            Vector128.Load(i + lane).CopyTo(instance, at);
            Vector128.Load(p + lane).CopyTo(primitive, at);
            Vector128.Load(first + lane).CopyTo(u, at);
            Vector128.Load(second + lane).CopyTo(v, at);
            Vector128.Load(d + lane).CopyTo(t, at);
        }
    }

    /// <summary>The way back of <see cref="Row"/>: what four rays met, out of such places.</summary>
    public void PutRow(int lane, int at, int[] instance, int[] primitive, float[] u, float[] v, float[] t)
    {
        if (lane is not (0 or 4 or 8 or 12)) throw new ArgumentOutOfRangeException(nameof(lane));
        fixed (float* d = T, first = U, second = V)
        fixed (int* i = Instance, p = Primitive)
        {
            Vector128.Create(instance, at).Store(i + lane);
            Vector128.Create(primitive, at).Store(p + lane);
            Vector128.Create(u, at).Store(first + lane);
            Vector128.Create(v, at).Store(second + lane);
            Vector128.Create(t, at).Store(d + lane);
        }
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

    /// <summary>Leaves all places unused but those that <paramref name="lanes"/> has a bit for.</summary>
    public void Keep(uint lanes)
    {
        fixed (float* t = T)
            for (int h = 0; h < Count; h += 8)
                Vector256.ConditionalSelect(PacketLeaves.Lanes(lanes >> h), Vector256.Load(t + h),
                    Vector256.Create(float.NegativeInfinity)).Store(t + h);
    }

    /// <summary>Leaves a place unused, with another's origin and direction so that the packet stays narrow.</summary>
    public void Repeat(int lane, int other) => Set(lane, Origin(other), Direction(other), float.NegativeInfinity);

    internal readonly Vector3 Origin(int lane) => new(Origins[lane], Origins[Count + lane], Origins[2 * Count + lane]);

    /// <summary>Sets one ray, and what it met, to another packet's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int lane, ref RayPacket from, int other)
    {
        if ((uint)lane >= Count || (uint)other >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        for (int row = 0; row < 3 * Count; row += Count)
        {
            Origins[row + lane] = from.Origins[row + other];
            Directions[row + lane] = from.Directions[row + other];
        }
        (T[lane], U[lane], V[lane]) = (from.T[other], from.U[other], from.V[other]);
        (Instance[lane], Primitive[lane]) = (from.Instance[other], from.Primitive[other]);
    }

    /// <summary>Ray <paramref name="lane"/> up to where it has met something.</summary>
    public readonly Ray Ray(int lane)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        return new(Origin(lane), Direction(lane), Near, T[lane]);
    }

    /// <summary>Direction of ray <paramref name="lane"/>, as it was set.</summary>
    public readonly Vector3 Direction(int lane)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        return new(Directions[lane], Directions[Count + lane], Directions[2 * Count + lane]);
    }
}
