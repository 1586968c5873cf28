using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// The top level: meshes at their places in the world. Built anew for each moment, which for hundreds of instances costs less than a
/// frame's first row of pixels. Immutable; any number of threads may ask.
/// </summary>
public sealed unsafe class InstanceTree
{
    private readonly TriangleTree[] _meshes;
    private readonly Pose[] _toWorld, _toLocal;
    private readonly Ball[] _balls;
    private readonly WideTree _tree;

    // The instance in each leaf.
    private readonly int[] _order;

    /// <param name="meshes">The mesh of each instance; one mesh may stand in many.</param>
    /// <param name="toWorld">Where each stands, rigid.</param>
    public InstanceTree(TriangleTree[] meshes, Pose[] toWorld)
    {
        if (meshes.Length != toWorld.Length) throw new ArgumentException($"{meshes.Length} meshes in {toWorld.Length} places");
        (_meshes, _toWorld) = (meshes, toWorld);
        _toLocal = [.. toWorld.Select(p => p.Inverse())];
        _balls = [.. meshes.Select((m, i) => new Ball(toWorld[i].Point(m.Box.IsEmpty ? default : m.Box.Centre), m.Radius))];
        var boxes = new Bounds[meshes.Length];
        for (int i = 0; i < boxes.Length; i++) boxes[i] = WorldBox(meshes[i], toWorld[i]);
        _tree = WideTree.Build(boxes, 1);
        _order = [.. _tree.Leaves.Select(leaf => leaf[0])];
    }

    public int Count => _meshes.Length;

    /// <summary>The box of the whole world.</summary>
    public Bounds Box => _tree.Box;

    /// <summary>
    /// The world's box round a mesh that has been moved, a little wide against rounding of the move. Of the mesh's parts, since a box round
    /// its turned box would be up to half as wide again.
    /// </summary>
    private static Bounds WorldBox(TriangleTree mesh, in Pose pose)
    {
        if (mesh.Box.IsEmpty) return new(pose.Translation, pose.Translation);
        var all = Bounds.Empty;
        Vector3 x = Vector3.Abs(pose.X), y = Vector3.Abs(pose.Y), z = Vector3.Abs(pose.Z);
        foreach (var part in mesh.Parts)
        {
            Vector3 centre = pose.Point(part.Centre), half = part.Size * 0.5f;
            Vector3 reach = new(Spatial.Dot(x, half), Spatial.Dot(y, half), Spatial.Dot(z, half));
            all = all.With(centre - reach).With(centre + reach);
        }
        var slack = (Vector3.Abs(all.Min) + Vector3.Abs(all.Max) + Vector3.Abs(pose.Translation)) * 2e-6f;
        return new(all.Min - slack, all.Max + slack);
    }

    public RayHit Closest(in Ray ray)
    {
        var leaf = new ClosestInstances(this, ray);
        SingleWalk.Run(_tree, ray.Origin, ray.Direction, ray.Near, ref leaf);
        return leaf.Hit;
    }

    /// <summary>Whether anything lies between the ray's ends.</summary>
    public bool Any(in Ray ray)
    {
        var leaf = new AnyInstances(this, ray);
        SingleWalk.Run(_tree, ray.Origin, ray.Direction, ray.Near, ref leaf);
        return leaf.Found;
    }

    /// <summary>One instance alone, as if nothing stood before it.</summary>
    public RayHit ClosestOf(int instance, in Ray ray)
    {
        var hit = RayHit.None with { T = ray.Far };
        _meshes[instance].Closest(Local(instance, ray), instance, ref hit);
        return hit;
    }

    /// <summary>Every triangle of every instance: the oracle.</summary>
    public RayHit BruteForce(in Ray ray)
    {
        var best = RayHit.None with { T = ray.Far };
        for (int i = 0; i < Count; i++)
        {
            var hit = _meshes[i].BruteForce(Local(i, ray));
            if (hit.IsHit && (!best.IsHit || best.Yields(hit.T, i, hit.Primitive))) best = hit with { Instance = i };
        }
        return best;
    }

    /// <summary>The closest hit of each of sixteen rays.</summary>
    [SkipLocalsInit]
    public void Closest(ref RayPacket packet)
    {
        fixed (RayPacket* at = &packet)
        {
            Unsafe.SkipInit(out PacketSpace world);
            world.Take(at->Origins, at->Directions);
            if (!world.Prepare())
            {
                for (int lane = 0; lane < RayPacket.Count; lane++)
                    if (at->T[lane] > at->Near)
                        Put(at, lane, Closest(new Ray(at->Origin(lane), at->Direction(lane), at->Near, at->T[lane])));
                return;
            }
            var leaf = new ClosestPacketInstances(this, at);
            PacketWalk.Run(_tree, world, at->T, ref leaf);
        }
    }

    /// <summary>The closest hit with one instance alone of each of sixteen rays.</summary>
    public void ClosestOf(int instance, ref RayPacket packet)
    {
        fixed (RayPacket* at = &packet) ClosestOf(instance, at);
    }

    /// <summary>Which of sixteen rays meet one instance, as bits, beside those that had met something before.</summary>
    public uint AnyOf(int instance, ref RayPacket packet)
    {
        fixed (RayPacket* at = &packet)
        {
            AnyOf(instance, at);
            return Met(at);
        }
    }

    /// <summary>
    /// Which of sixteen rays meet anything, as bits: those and no others have an instance afterwards, not always the closest.
    /// </summary>
    [SkipLocalsInit]
    public uint Any(ref RayPacket packet)
    {
        fixed (RayPacket* at = &packet)
        {
            Unsafe.SkipInit(out PacketSpace world);
            world.Take(at->Origins, at->Directions);
            if (world.Prepare())
            {
                var leaf = new AnyPacketInstances(this, at);
                PacketWalk.Run(_tree, world, at->T, ref leaf);
            }
            else
                for (int lane = 0; lane < RayPacket.Count; lane++)
                    if (at->T[lane] > at->Near && Any(new Ray(at->Origin(lane), at->Direction(lane), at->Near, at->T[lane])))
                        at->Instance[lane] = 0;
            return Met(at);
        }
    }

    /// <summary>The same of those rays alone that have a bit, each on its own: for rays that start and go anywhere.</summary>
    public uint AnyApart(ref RayPacket packet, uint lanes)
    {
        uint met = 0;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            if (Any(packet.Ray(lane))) met |= 1u << lane;
        }
        return met;
    }

    private static uint Met(RayPacket* packet) => ~(Vector256.Load(packet->Instance).ExtractMostSignificantBits()
        | Vector256.Load(packet->Instance + 8).ExtractMostSignificantBits() << 8) & 0xFFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ray Local(int instance, in Ray ray)
    {
        ref readonly var pose = ref _toLocal[instance];
        return ray with { Origin = pose.Point(ray.Origin), Direction = pose.Direction(ray.Direction) };
    }

    private static void Put(RayPacket* packet, int lane, RayHit hit)
    {
        if (!hit.IsHit) return;
        (packet->T[lane], packet->U[lane], packet->V[lane]) = (hit.T, hit.U, hit.V);
        (packet->Instance[lane], packet->Primitive[lane]) = (hit.Instance, hit.Primitive);
    }

    [SkipLocalsInit]
    private void ClosestOf(int instance, RayPacket* packet)
    {
        Unsafe.SkipInit(out PacketSpace space);
        space.Move(packet->Origins, packet->Directions, _toLocal[instance]);
        var mesh = _meshes[instance];
        if (space.Prepare())
        {
            var leaf = new ClosestPacketLeaf(mesh.Blocks, &space, packet, instance);
            PacketWalk.Run(mesh.Tree, space, packet->T, ref leaf);
            return;
        }
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            if (!(packet->T[lane] > packet->Near)) continue;
            var hit = packet->Hit(lane);
            mesh.Closest(Local(instance, new Ray(packet->Origin(lane), packet->Direction(lane), packet->Near, hit.T)), instance, ref hit);
            Put(packet, lane, hit);
        }
    }

    [SkipLocalsInit]
    private bool AnyOf(int instance, RayPacket* packet)
    {
        Unsafe.SkipInit(out PacketSpace space);
        space.Move(packet->Origins, packet->Directions, _toLocal[instance]);
        var mesh = _meshes[instance];
        if (space.Prepare())
        {
            var leaf = new AnyPacketLeaf(mesh.Blocks, &space, packet, instance);
            PacketWalk.Run(mesh.Tree, space, packet->T, ref leaf);
        }
        else
            for (int lane = 0; lane < RayPacket.Count; lane++)
                if (packet->T[lane] > packet->Near
                    && mesh.Any(Local(instance, new Ray(packet->Origin(lane), packet->Direction(lane), packet->Near, packet->T[lane]))))
                    (packet->T[lane], packet->Instance[lane]) = (float.NegativeInfinity, instance);
        return float.IsNegativeInfinity(PacketLeaves.Furthest(packet));
    }

    private struct ClosestInstances(InstanceTree tree, Ray ray) : ILeafVisit
    {
        public RayHit Hit = RayHit.None with { T = ray.Far };
        private readonly float _length = Spatial.Dot(ray.Direction, ray.Direction);

        public readonly float Far => Hit.T;

        public bool Visit(int leaf)
        {
            int instance = tree._order[leaf];
            if (tree._balls[instance].Meets(ray.Origin, ray.Direction, _length))
                tree._meshes[instance].Closest(tree.Local(instance, ray), instance, ref Hit);
            return false;
        }
    }

    private struct AnyInstances(InstanceTree tree, Ray ray) : ILeafVisit
    {
        public bool Found;
        private readonly float _length = Spatial.Dot(ray.Direction, ray.Direction);

        public readonly float Far => ray.Far;

        public bool Visit(int leaf)
        {
            int instance = tree._order[leaf];
            return Found = tree._balls[instance].Meets(ray.Origin, ray.Direction, _length)
                && tree._meshes[instance].Any(tree.Local(instance, ray));
        }
    }

    private struct ClosestPacketInstances(InstanceTree tree, RayPacket* packet) : ILeafVisit
    {
        private float _far = PacketLeaves.Furthest(packet);

        public readonly float Far => _far;

        public bool Visit(int leaf)
        {
            int instance = tree._order[leaf];
            if (!tree._balls[instance].MeetsAny(packet->Origins, packet->Directions)) return false;
            tree.ClosestOf(instance, packet);
            _far = PacketLeaves.Furthest(packet);
            return false;
        }
    }

    private struct AnyPacketInstances(InstanceTree tree, RayPacket* packet) : ILeafVisit
    {
        private float _far = PacketLeaves.Furthest(packet);

        public readonly float Far => _far;

        public bool Visit(int leaf)
        {
            int instance = tree._order[leaf];
            if (!tree._balls[instance].MeetsAny(packet->Origins, packet->Directions)) return false;
            bool all = tree.AnyOf(instance, packet);
            _far = PacketLeaves.Furthest(packet);
            return all;
        }
    }
}
