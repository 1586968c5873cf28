using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>Sixteen rays against a leaf's triangles, one triangle after another: the closest hits.</summary>
internal unsafe struct ClosestPacketLeaf(float* blocks, PacketSpace* space, RayPacket* packet, int instance) : ILeafVisit
{
    private float _far = PacketLeaves.Furthest(packet);

    public readonly float Far => _far;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Visit(int leaf)
    {
        float* block = blocks + leaf * TriangleTree.BlockFloats;
        bool closer = false;
        for (uint lanes = space->MeetsTriangles(block, _far); lanes != 0; lanes &= lanes - 1)
        {
            int triangle = BitOperations.TrailingZeroCount(lanes);
            for (int h = 0; h < RayPacket.Count; h += 8)
            {
                uint hits = PacketLeaves.Test(block, triangle, space, packet, h, out var t, out var u, out var v);
                if (hits == 0) continue;
                Keep(h, hits, ((int*)(block + TriangleTree.Ids))[triangle], t, u, v);
                closer = true;
            }
        }
        if (closer) _far = PacketLeaves.Furthest(packet);
        return false;
    }

    private readonly void Keep(int h, uint hits, int primitive, Vector256<float> t, Vector256<float> u, Vector256<float> v)
    {
        var before = Vector256.Load(packet->T + h);
        var nearer = Vector256.LessThan(t, before);
        uint less = nearer.ExtractMostSignificantBits();
        // Lanes that do not hit hold numbers of no meaning.
        uint same = hits & ~less;
        var take = PacketLeaves.Lanes(hits & less);
        Vector256.ConditionalSelect(take, t, before).Store(packet->T + h);
        Vector256.ConditionalSelect(take, u, Vector256.Load(packet->U + h)).Store(packet->U + h);
        Vector256.ConditionalSelect(take, v, Vector256.Load(packet->V + h)).Store(packet->V + h);
        var whole = take.AsInt32();
        Vector256.ConditionalSelect(whole, Vector256.Create(primitive), Vector256.Load(packet->Primitive + h)).Store(packet->Primitive + h);
        Vector256.ConditionalSelect(whole, Vector256.Create(instance), Vector256.Load(packet->Instance + h)).Store(packet->Instance + h);
        for (; same != 0; same &= same - 1)
        {
            int i = BitOperations.TrailingZeroCount(same), lane = h + i;
            if (packet->Instance[lane] >= 0 && !packet->Hit(lane).Yields(t[i], instance, primitive)) continue;
            (packet->T[lane], packet->U[lane], packet->V[lane]) = (t[i], u[i], v[i]);
            (packet->Instance[lane], packet->Primitive[lane]) = (instance, primitive);
        }
    }
}

/// <summary>
/// Whether rays meet anything: a ray that does gets negative infinity as its far end, and instance and primitive of what it met.
/// </summary>
internal unsafe struct AnyPacketLeaf(float* blocks, PacketSpace* space, RayPacket* packet, int instance) : ILeafVisit
{
    private float _far = PacketLeaves.Furthest(packet);

    public readonly float Far => _far;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Visit(int leaf)
    {
        float* block = blocks + leaf * TriangleTree.BlockFloats;
        for (uint lanes = space->MeetsTriangles(block, _far); lanes != 0; lanes &= lanes - 1)
        {
            int triangle = BitOperations.TrailingZeroCount(lanes);
            bool found = false;
            for (int h = 0; h < RayPacket.Count; h += 8)
            {
                // Eight that have all met something have nothing left to ask.
                if (!Vector256.GreaterThanAny(Vector256.Load(packet->T + h), Vector256.Create(float.NegativeInfinity))) continue;
                uint hits = PacketLeaves.Test(block, triangle, space, packet, h, out _, out _, out _);
                found |= hits != 0;
                for (; hits != 0; hits &= hits - 1)
                {
                    int lane = h + BitOperations.TrailingZeroCount(hits);
                    packet->T[lane] = float.NegativeInfinity;
                    packet->Instance[lane] = instance;
                }
            }
            if (!found) continue;
            _far = PacketLeaves.Furthest(packet);
            if (float.IsNegativeInfinity(_far)) return true;
        }
        return float.IsNegativeInfinity(_far);
    }
}

internal static unsafe class PacketLeaves
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Furthest(RayPacket* packet)
    {
        var eight = Vector256.MaxNative(Vector256.Load(packet->T), Vector256.Load(packet->T + 8));
        var four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        four = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(four[0], four[1]);
    }

    /// <summary>The lanes of eight bits, as a mask.</summary>
    public static Vector256<float> Lanes(uint bits)
    {
        var each = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        return Vector256.Equals(Vector256.Create((int)bits) & each, each).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Test(float* block, int triangle, PacketSpace* space, RayPacket* packet, int h,
        out Vector256<float> t, out Vector256<float> u, out Vector256<float> v)
    {
        float* i = block + space->I * 8 + triangle, j = block + space->J * 8 + triangle, k = block + space->K * 8 + triangle;
        var oi = Vector256.Load(space->Origins + space->I * RayPacket.Count + h);
        var oj = Vector256.Load(space->Origins + space->J * RayPacket.Count + h);
        var ok = Vector256.Load(space->Origins + space->K * RayPacket.Count + h);
        return TriangleTest.Eight(
            Vector256.Create(*i) - oi, Vector256.Create(*j) - oj, Vector256.Create(*k) - ok,
            Vector256.Create(i[24]) - oi, Vector256.Create(j[24]) - oj, Vector256.Create(k[24]) - ok,
            Vector256.Create(i[48]) - oi, Vector256.Create(j[48]) - oj, Vector256.Create(k[48]) - ok,
            Vector256.Load(space->MinusSx + h), Vector256.Load(space->MinusSy + h), Vector256.Load(space->Sz + h),
            Vector256.Create(packet->Near), Vector256.Load(packet->T + h), out t, out u, out v);
    }
}
