namespace Simulant.Numerics.Physics;

/// <summary>
/// Triangles that stand still, fronts anticlockwise, and what is asked of them: which lie in a box, and which of their edges may be run
/// against. An edge between two triangles that are level with one another, or make a valley, may not: bodies would trip over seams.
/// </summary>
public sealed class TriangleGround
{
    /// <summary>No more triangles than this are taken.</summary>
    public const int MostTriangles = 1 << 22;

    // Sine of the angle from which a ridge is an edge of its own.
    private const double Ridge = 0.02;

    private const int Leaf = 4;

    private readonly int[] _order;
    private readonly List<Node> _nodes = [];
    private readonly byte[] _active;

    private readonly record struct Node(Vec3 Low, Vec3 High, int Left, int Right, int First, int Count);

    /// <exception cref="ArgumentException">No triangles, too many, indices that point outside, or corners that are not finite.</exception>
    public TriangleGround(Vec3[] vertices, int[] indices)
    {
        if (indices.Length == 0 || indices.Length % 3 != 0 || indices.Length / 3 > MostTriangles)
            throw new ArgumentException($"{indices.Length} indices are not those of 1 to {MostTriangles} triangles");
        foreach (int i in indices)
            if ((uint)i >= (uint)vertices.Length || !vertices[i].IsFinite)
                throw new ArgumentException($"index {i} names no finite vertex of {vertices.Length}");
        (Vertices, Indices) = (vertices, indices);
        Normals = new Vec3[Count];
        for (int t = 0; t < Count; t++)
            Normals[t] = Vec3.Cross(Corner(t, 1) - Corner(t, 0), Corner(t, 2) - Corner(t, 0)).Unit;
        _active = ActiveEdges();
        _order = [.. Enumerable.Range(0, Count)];
        Build(0, Count);
    }

    public Vec3[] Vertices { get; }

    public int[] Indices { get; }

    /// <summary>Unit normals; zero for triangles without area, which collide with nothing.</summary>
    public Vec3[] Normals { get; }

    public int Count => Indices.Length / 3;

    public Vec3 Corner(int triangle, int corner) => Vertices[Indices[3 * triangle + corner]];

    /// <summary>Whether bodies may run against the edge from a corner to the next.</summary>
    public bool IsActive(int triangle, int corner) => (_active[triangle] >> corner & 1) != 0;

    /// <summary>Adds every triangle whose box meets the given one, in increasing order.</summary>
    public void Within(in Vec3 low, in Vec3 high, List<int> to)
    {
        int first = to.Count;
        Span<int> stack = stackalloc int[64];
        int top = 0;
        stack[top++] = 0;
        while (top > 0)
        {
            var node = _nodes[stack[--top]];
            if (node.Low.X > high.X || node.Low.Y > high.Y || node.Low.Z > high.Z
                || node.High.X < low.X || node.High.Y < low.Y || node.High.Z < low.Z) continue;
            if (node.Count == 0)
            {
                stack[top++] = node.Left;
                stack[top++] = node.Right;
                continue;
            }
            for (int i = node.First; i < node.First + node.Count; i++)
            {
                var (l, h) = Box(_order[i]);
                if (l.X <= high.X && l.Y <= high.Y && l.Z <= high.Z && h.X >= low.X && h.Y >= low.Y && h.Z >= low.Z) to.Add(_order[i]);
            }
        }
        to.Sort(first, to.Count - first, null);
    }

    private (Vec3 Low, Vec3 High) Box(int t)
    {
        Vec3 a = Corner(t, 0), b = Corner(t, 1), c = Corner(t, 2);
        return (Vec3.Min(a, Vec3.Min(b, c)), Vec3.Max(a, Vec3.Max(b, c)));
    }

    // Halves at the median of the longest axis, so that the depth is the logarithm of the count.
    private int Build(int first, int count)
    {
        var (low, high) = Box(_order[first]);
        for (int i = first + 1; i < first + count; i++)
        {
            var (l, h) = Box(_order[i]);
            (low, high) = (Vec3.Min(low, l), Vec3.Max(high, h));
        }
        int at = _nodes.Count;
        _nodes.Add(new(low, high, 0, 0, first, count <= Leaf ? count : 0));
        if (count <= Leaf) return at;
        var size = high - low;
        int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
        var keys = new double[count];
        for (int i = 0; i < count; i++)
        {
            var (l, h) = Box(_order[first + i]);
            keys[i] = l[axis] + h[axis];
        }
        keys.AsSpan().Sort(_order.AsSpan(first, count));
        int left = Build(first, count / 2), right = Build(first + count / 2, count - count / 2);
        _nodes[at] = _nodes[at] with { Left = left, Right = right };
        return at;
    }

    private byte[] ActiveEdges()
    {
        // Each edge as its two vertices, lower first; sorted, the two triangles of an edge stand side by side.
        var keys = new long[Indices.Length];
        int[] edges = [.. Enumerable.Range(0, Indices.Length)];
        for (int e = 0; e < keys.Length; e++)
        {
            int a = Indices[e], b = Indices[e / 3 * 3 + (e + 1 - e / 3 * 3) % 3];
            keys[e] = (long)Math.Min(a, b) << 32 | (uint)Math.Max(a, b);
        }
        Array.Sort(keys, edges);
        var active = new byte[Count];
        for (int i = 0; i < keys.Length;)
        {
            int end = i + 1;
            while (end < keys.Length && keys[end] == keys[i]) end++;
            bool free = end - i != 2 || IsRidge(edges[i], edges[i + 1]);
            for (; i < end; i++)
                if (free) active[edges[i] / 3] |= (byte)(1 << edges[i] % 3);
        }
        return active;
    }

    private bool IsRidge(int edge, int other)
    {
        int t = edge / 3, u = other / 3;
        var tip = Vertices[Indices[3 * u + (other % 3 + 2) % 3]];
        var across = tip - Vertices[Indices[other]];
        // The neighbour's tip lies below this triangle's plane.
        return Vec3.Dot(across, Normals[t]) < 0 && Vec3.Cross(Normals[t], Normals[u]).Length > Ridge;
    }
}
