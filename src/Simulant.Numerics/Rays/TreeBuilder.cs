using System.Numerics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Builds bounding volume hierarchies by the surface area heuristic over 16 bins an axis (Wald, "On fast construction of SAH-based bounding
/// volume hierarchies", 2007), as a binary tree that <see cref="WideTree"/> folds to eight children a node. One thread, fixed order.
/// </summary>
internal sealed class TreeBuilder
{
    private const int Bins = 16;

    // Below this depth splits halve the count, so no input makes a tree deeper than this plus log2(n).
    private const int HeuristicDepth = 40;

    // Costs beside one another as measured: a step into a node, a leaf at all, and each triangle in it.
    private const float Step = 0.6f, Leaf = 0.7f, Each = 0.12f;

    private readonly Bounds[] _boxes;
    private readonly Vector3[] _centres;
    private readonly int _leafSize;
    private readonly Bin[] _bins = new Bin[Bins];
    private readonly float[] _costs = new float[Bins];

    public TreeBuilder(Bounds[] boxes, int leafSize)
    {
        _boxes = boxes;
        _leafSize = leafSize;
        _centres = new Vector3[boxes.Length];
        Order = new int[boxes.Length];
        for (int i = 0; i < boxes.Length; i++)
        {
            _centres[i] = boxes[i].Centre;
            Order[i] = i;
        }
        if (boxes.Length > 0) Build(0, boxes.Length, 0);
    }

    /// <summary>Primitives in the order of leaves.</summary>
    public int[] Order { get; }

    /// <summary>Node 0 is the root; empty where there is nothing.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>A node of the binary tree: a leaf (First, Count), or two children where Count is 0.</summary>
    public record struct Node(Bounds Box, int Left, int Right, int First, int Count);

    private record struct Bin(Bounds Box, int Count);

    private int Build(int first, int count, int depth)
    {
        Bounds box = Bounds.Empty, centres = Bounds.Empty;
        for (int i = first; i < first + count; i++)
        {
            box = box.With(_boxes[Order[i]]);
            centres = centres.With(_centres[Order[i]]);
        }
        int at = Nodes.Count;
        Nodes.Add(new(box, -1, -1, first, count));
        int middle = Split(first, count, depth, box, centres);
        if (middle < 0) return at;
        int left = Build(first, middle - first, depth + 1), right = Build(middle, first + count - middle, depth + 1);
        Nodes[at] = new(box, left, right, 0, 0);
        return at;
    }

    // Where the second part starts, or -1 for a leaf.
    private int Split(int first, int count, int depth, Bounds box, Bounds centres)
    {
        if (count == 1) return -1;
        var (axis, bin, cost) = depth < HeuristicDepth ? Best(first, count, centres) : (-1, 0, float.PositiveInfinity);
        if (count <= _leafSize)
        {
            float area = box.HalfArea;
            if (axis < 0 || !(Step * area + cost < (Leaf + Each * count) * area)) return -1;
        }
        if (axis < 0) return first + count / 2;
        int middle = first;
        float low = Spatial.At(centres.Min, axis), scale = Scale(centres, axis);
        for (int i = first; i < first + count; i++)
            if (BinOf(_centres[Order[i]], axis, low, scale) <= bin)
                (Order[middle], Order[i]) = (Order[i], Order[middle++]);
        return middle;
    }

    private (int Axis, int Bin, float Cost) Best(int first, int count, Bounds centres)
    {
        var best = (Axis: -1, Bin: 0, Cost: float.PositiveInfinity);
        for (int axis = 0; axis < 3; axis++)
        {
            float low = Spatial.At(centres.Min, axis), scale = Scale(centres, axis);
            if (!(scale > 0) || !float.IsFinite(scale)) continue;
            Array.Fill(_bins, new Bin(Bounds.Empty, 0));
            for (int i = first; i < first + count; i++)
            {
                ref var bin = ref _bins[BinOf(_centres[Order[i]], axis, low, scale)];
                bin = new(bin.Box.With(_boxes[Order[i]]), bin.Count + 1);
            }
            var box = Bounds.Empty;
            int within = 0;
            for (int b = Bins - 1; b > 0; b--)
            {
                box = box.With(_bins[b].Box);
                within += _bins[b].Count;
                _costs[b - 1] = within == 0 ? float.PositiveInfinity : box.HalfArea * (Leaf + Each * within);
            }
            (box, within) = (Bounds.Empty, 0);
            for (int b = 0; b < Bins - 1; b++)
            {
                box = box.With(_bins[b].Box);
                within += _bins[b].Count;
                if (within == 0) continue;
                float cost = box.HalfArea * (Leaf + Each * within) + _costs[b];
                if (cost < best.Cost) best = (axis, b, cost);
            }
        }
        return best;
    }

    private static float Scale(Bounds centres, int axis) => Bins / (Spatial.At(centres.Max, axis) - Spatial.At(centres.Min, axis));

    private static int BinOf(Vector3 centre, int axis, float low, float scale) =>
        Math.Min(Bins - 1, (int)((Spatial.At(centre, axis) - low) * scale));
}
