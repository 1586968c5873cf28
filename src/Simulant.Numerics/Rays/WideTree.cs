using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Rays;

/// <summary>
/// A hierarchy of eight-armed nodes in one block of memory, as <see cref="SingleWalk"/> and <see cref="PacketWalk"/> read it. A node is 64
/// floats: six rows of eight bounds (min x, y, z, max x, y, z), a row of children (a node's number, or ~leaf), a row unused. Arms not in
/// use have bounds that no ray meets.
/// </summary>
internal sealed class WideTree
{
    public const int NodeFloats = 64, Children = 48, Arms = 8;

    // Boxes are grown by this part of their coordinates, so that rounding in the walk never loses a triangle on a box's face.
    // The least covers the sideways way of a ray along an axis, whose slope the walk takes for 1e-18.
    private const float Grown = 5e-7f, Least = 1e-9f;

    private readonly List<float[]> _nodes = [];

    private WideTree()
    {
    }

    /// <summary>Node by node; its pointer is valid for the life of the tree.</summary>
    public LineFloats Nodes { get; private set; } = new(0);

    public int NodeCount { get; private set; }

    /// <summary>The primitives of each leaf, in order.</summary>
    public List<int[]> Leaves { get; } = [];

    /// <summary>Stack slots that a walk may need.</summary>
    public int StackNeeded { get; private set; }

    public Bounds Box { get; private set; } = Bounds.Empty;

    public static WideTree Build(Bounds[] boxes, int leafSize)
    {
        var builder = new TreeBuilder(boxes, leafSize);
        var tree = new WideTree();
        if (builder.Nodes.Count == 0) tree.Emit([], builder, 1);
        else
        {
            tree.Box = builder.Nodes[0].Box;
            tree.Emit(builder.Nodes[0].Count > 0 ? [0] : Fold(builder, 0), builder, 1);
        }
        tree.Nodes = new(tree._nodes.Count * NodeFloats);
        for (int i = 0; i < tree._nodes.Count; i++) tree._nodes[i].CopyTo(tree.Nodes.All[(i * NodeFloats)..]);
        tree.NodeCount = tree._nodes.Count;
        tree._nodes.Clear();
        return tree;
    }

    /// <summary>Asks for a line of memory before it is needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(float* at)
    {
        if (Sse.IsSupported) Sse.Prefetch0(at);
    }

    /// <summary>The boxes of the second row of arms, or of leaves above it.</summary>
    public unsafe Bounds[] Parts()
    {
        var parts = new List<Bounds>();
        void Collect(int node, int depth)
        {
            float* at = Nodes.Start + node * NodeFloats;
            for (int arm = 0; arm < Arms; arm++)
            {
                Vector3 low = new(at[arm], at[Arms + arm], at[2 * Arms + arm]), high = new(at[24 + arm], at[32 + arm], at[40 + arm]);
                if (!(low.X <= high.X)) continue;
                int child = BitConverter.SingleToInt32Bits(at[Children + arm]);
                if (child < 0 || depth == 1) parts.Add(new(low, high));
                else Collect(child, depth + 1);
            }
        }
        Collect(0, 0);
        return [.. parts];
    }

    // Opens the largest inner child until eight arms are in use.
    private static List<int> Fold(TreeBuilder from, int node)
    {
        List<int> arms = [from.Nodes[node].Left, from.Nodes[node].Right];
        while (arms.Count < Arms)
        {
            int widest = -1;
            float area = -1;
            for (int i = 0; i < arms.Count; i++)
                if (from.Nodes[arms[i]].Count == 0 && from.Nodes[arms[i]].Box.HalfArea > area)
                    (widest, area) = (i, from.Nodes[arms[i]].Box.HalfArea);
            if (widest < 0) break;
            var opened = from.Nodes[arms[widest]];
            arms[widest] = opened.Left;
            arms.Add(opened.Right);
        }
        return arms;
    }

    private int Emit(List<int> arms, TreeBuilder from, int depth)
    {
        StackNeeded = Math.Max(StackNeeded, depth * Arms + Arms);
        int at = _nodes.Count;
        float[] node = new float[NodeFloats];
        node.AsSpan(0, 24).Fill(float.PositiveInfinity);
        node.AsSpan(24, 24).Fill(float.NegativeInfinity);
        _nodes.Add(node);
        for (int i = 0; i < arms.Count; i++)
        {
            var child = from.Nodes[arms[i]];
            for (int axis = 0; axis < 3; axis++)
            {
                node[axis * Arms + i] = Lower(Spatial.At(child.Box.Min, axis));
                node[24 + axis * Arms + i] = -Lower(-Spatial.At(child.Box.Max, axis));
            }
            int to = child.Count == 0 ? Emit(Fold(from, arms[i]), from, depth + 1) : AddLeaf(from.Order.AsSpan(child.First, child.Count));
            node[Children + i] = BitConverter.Int32BitsToSingle(to);
        }
        return at;
    }

    private static float Lower(float value) => value - MathF.Abs(value) * Grown - Least;

    private int AddLeaf(Span<int> primitives)
    {
        Leaves.Add(primitives.ToArray());
        return ~(Leaves.Count - 1);
    }
}
