using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// The bottom level: a mesh's triangles in leaves of up to eight, which one ray tests at once. Immutable; any number of threads may ask.
/// </summary>
public sealed unsafe class TriangleTree
{
    // A leaf: nine rows of eight (vertex by axis), a row of the triangles' numbers, -1 where there is none.
    internal const int BlockFloats = 80, Ids = 72;

    private readonly Vector3[] _positions;
    private readonly int[] _indices;
    private readonly LineFloats _blocks;

    /// <param name="positions">Vertices, finite.</param>
    /// <param name="indices">Three vertices a triangle.</param>
    public TriangleTree(Vector3[] positions, int[] indices)
    {
        if (indices.Length % 3 != 0) throw new ArgumentException($"{indices.Length} indices are no whole number of triangles");
        (_positions, _indices) = (positions, indices);
        var boxes = new Bounds[indices.Length / 3];
        for (int i = 0; i < boxes.Length; i++)
            boxes[i] = Bounds.Empty.With(positions[indices[3 * i]]).With(positions[indices[3 * i + 1]]).With(positions[indices[3 * i + 2]]);
        Tree = WideTree.Build(boxes, 8);
        Parts = Tree.Parts();
        float square = 0;
        var centre = Box.Centre;
        foreach (int i in indices) square = MathF.Max(square, Spatial.Dot(positions[i] - centre, positions[i] - centre));
        Radius = MathF.Sqrt(square) * (1 + 1e-5f);
        _blocks = new(Math.Max(1, Tree.Leaves.Count) * BlockFloats);
        _blocks.All.Fill(float.NaN);
        for (int leaf = 0; leaf < Tree.Leaves.Count; leaf++) Fill(_blocks.All.Slice(leaf * BlockFloats, BlockFloats), Tree.Leaves[leaf]);
    }

    /// <summary>The box of all triangles.</summary>
    public Bounds Box => Tree.Box;

    /// <summary>Boxes, up to 64, that hold all triangles together.</summary>
    internal Bounds[] Parts { get; }

    /// <summary>How far from the box's centre a vertex of a triangle lies at the most; a little more, against rounding.</summary>
    internal float Radius { get; }

    public int Triangles => _indices.Length / 3;

    internal WideTree Tree { get; }

    internal float* Blocks => _blocks.Start;

    private void Fill(Span<float> block, int[] triangles)
    {
        for (int i = 0; i < 8; i++)
        {
            block[Ids + i] = BitConverter.Int32BitsToSingle(i < triangles.Length ? triangles[i] : -1);
            if (i >= triangles.Length) continue;
            for (int row = 0; row < 9; row++)
                block[row * 8 + i] = Spatial.At(_positions[_indices[3 * triangles[i] + row / 3]], row % 3);
        }
    }

    /// <summary>The closest hit; its instance is 0.</summary>
    public RayHit Closest(in Ray ray)
    {
        var hit = RayHit.None with { T = ray.Far };
        Closest(ray, 0, ref hit);
        return hit;
    }

    /// <summary>Whether anything is hit.</summary>
    public bool Any(in Ray ray)
    {
        var leaf = new AnyLeaf(this, ray);
        SingleWalk.Run(Tree, ray.Origin, ray.Direction, ray.Near, ref leaf);
        return leaf.Found;
    }

    /// <summary>Replaces <paramref name="hit"/> by a closer one, under the instance's number.</summary>
    internal void Closest(in Ray ray, int instance, ref RayHit hit)
    {
        var leaf = new ClosestLeaf(this, ray, instance, hit);
        SingleWalk.Run(Tree, ray.Origin, ray.Direction, ray.Near, ref leaf);
        hit = leaf.Hit;
    }

    /// <summary>Every triangle one by one: the oracle that walks are tested against.</summary>
    public RayHit BruteForce(in Ray ray)
    {
        var hit = RayHit.None with { T = ray.Far };
        var sheared = new TriangleTest.Sheared(ray.Origin, ray.Direction);
        for (int i = 0; i < Triangles; i++)
            if (TriangleTest.Scalar(sheared, _positions[_indices[3 * i]], _positions[_indices[3 * i + 1]], _positions[_indices[3 * i + 2]],
                ray.Near, hit.T, out float t, out float u, out float v) && (!hit.IsHit || hit.Yields(t, 0, i)))
                hit = new(0, i, t, u, v);
        return hit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Test(float* block, in TriangleTest.Sheared ray, float near, float far,
        out Vector256<float> t, out Vector256<float> u, out Vector256<float> v)
    {
        Vector256<float> oi = Vector256.Create(Spatial.At(ray.Origin, ray.I)), oj = Vector256.Create(Spatial.At(ray.Origin, ray.J)),
            ok = Vector256.Create(Spatial.At(ray.Origin, ray.K));
        int i = ray.I * 8, j = ray.J * 8, k = ray.K * 8;
        return TriangleTest.Eight(
            Vector256.Load(block + i) - oi, Vector256.Load(block + j) - oj, Vector256.Load(block + k) - ok,
            Vector256.Load(block + 24 + i) - oi, Vector256.Load(block + 24 + j) - oj, Vector256.Load(block + 24 + k) - ok,
            Vector256.Load(block + 48 + i) - oi, Vector256.Load(block + 48 + j) - oj, Vector256.Load(block + 48 + k) - ok,
            Vector256.Create(-ray.Sx), Vector256.Create(-ray.Sy), Vector256.Create(ray.Sz), Vector256.Create(near), Vector256.Create(far),
            out t, out u, out v);
    }

    private struct ClosestLeaf(TriangleTree tree, in Ray ray, int instance, RayHit hit) : ILeafVisit
    {
        public RayHit Hit = hit;
        private readonly TriangleTest.Sheared _ray = new(ray.Origin, ray.Direction);
        private readonly float _near = ray.Near;
        private readonly float* _blocks = tree.Blocks;

        public readonly float Far => Hit.T;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Visit(int leaf)
        {
            float* block = _blocks + leaf * BlockFloats;
            uint lanes = Test(block, _ray, _near, Hit.T, out var t, out var u, out var v);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes), primitive = ((int*)(block + Ids))[lane];
                float at = t[lane];
                if (!Hit.IsHit ? at <= Hit.T : Hit.Yields(at, instance, primitive)) Hit = new(instance, primitive, at, u[lane], v[lane]);
            }
            return false;
        }
    }

    private struct AnyLeaf(TriangleTree tree, in Ray ray) : ILeafVisit
    {
        public bool Found;
        private readonly TriangleTest.Sheared _ray = new(ray.Origin, ray.Direction);
        private readonly float _near = ray.Near, _far = ray.Far;
        private readonly float* _blocks = tree.Blocks;

        public readonly float Far => _far;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Visit(int leaf) => Found = Test(_blocks + leaf * BlockFloats, _ray, _near, _far, out _, out _, out _) != 0;
    }
}
