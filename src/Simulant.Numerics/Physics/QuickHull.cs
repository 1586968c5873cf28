namespace Simulant.Numerics.Physics;

/// <summary>
/// Convex hull of points (Barber, Dobkin and Huhdanpaa, "The quickhull algorithm for convex hulls", ACM TOMS 22(4), 1996): the point
/// furthest
/// out is joined to the rim of what it sees, until none is out, or a number of vertices is reached. Triangles in one plane are then merged
/// to
/// faces. One thread, fixed order.
/// </summary>
public sealed class QuickHull
{
    /// <summary>No more points than this are taken.</summary>
    public const int MostPoints = 1_000_000;

    // Distances below this part of the points' extent are rounding.
    private const double Rounding = 1e-9;

    // Points nearer than this part of the extent to a face lie in it, and triangles whose corners do are one face.
    private const double Flat = 1e-6;

    private readonly Vec3[] _points;
    private readonly List<Triangle> _triangles = [];
    private readonly Dictionary<(int From, int To), int> _across = [];
    private readonly double _extent;

    private sealed record Triangle(int A, int B, int C, Vec3 Normal, double Offset)
    {
        public List<int> Outside { get; } = [];

        public bool Gone { get; set; }

        public double Height(in Vec3 p) => Vec3.Dot(Normal, p) - Offset;
    }

    private QuickHull(Vec3[] points, double extent) => (_points, _extent) = (points, extent);

    /// <summary>The hull as a body without radius, and how far outside it the furthest point was left, in the points' unit.</summary>
    /// <param name="mostVertices">4 to 1,024; the furthest points come first, so that fewer make a hull within the whole one.</param>
    /// <exception cref="ArgumentException">Fewer than four points, not finite ones, or all in one plane.</exception>
    public static (Polytope Hull, double LeftOut) Of(ReadOnlySpan<Vec3> points, int mostVertices = 64)
    {
        if (mostVertices is < 4 or > 1024) throw new ArgumentException($"a hull of {mostVertices} vertices is not of 4 to 1,024");
        if (points.Length < 4) throw new ArgumentException($"{points.Length} points have no hull; at least 4 do");
        if (points.Length > MostPoints) throw new ArgumentException($"{points.Length} points are more than {MostPoints}");
        var (low, high) = (points[0], points[0]);
        foreach (var p in points)
        {
            if (!p.IsFinite || Vec3.Abs(p).Length > 1e9) throw new ArgumentException($"point {p} is not finite and within 1e9");
            (low, high) = (Vec3.Min(low, p), Vec3.Max(high, p));
        }
        var hull = new QuickHull(points.ToArray(), (high - low).Length);
        hull.Begin();
        double left = hull.Grow(mostVertices);
        return (hull.Merge(), left);
    }

    // The pair furthest apart along an axis, the point furthest from their line, and the one furthest from the plane of the three.
    private void Begin()
    {
        int low = 0, high = 0;
        double wide = -1;
        for (int axis = 0; axis < 3; axis++)
        {
            int l = 0, h = 0;
            for (int i = 1; i < _points.Length; i++)
            {
                if (_points[i][axis] < _points[l][axis]) l = i;
                if (_points[i][axis] > _points[h][axis]) h = i;
            }
            double width = _points[h][axis] - _points[l][axis];
            if (width > wide) (low, high, wide) = (l, h, width);
        }
        var along = (_points[high] - _points[low]).Unit;
        int third = Furthest(p => Vec3.Cross(along, p - _points[low]).Length);
        var normal = Vec3.Cross(_points[high] - _points[low], _points[third] - _points[low]).Unit;
        int fourth = Furthest(p => Math.Abs(Vec3.Dot(normal, p - _points[low])));
        double height = Vec3.Dot(normal, _points[fourth] - _points[low]);
        if (!(Math.Abs(height) > Flat * _extent)) throw new ArgumentException(
            "the points lie in one plane, so that their hull has no volume");
        if (height > 0) (low, high) = (high, low);
        Triangle[] first = [Add(low, high, third), Add(high, low, fourth), Add(third, high, fourth), Add(low, third, fourth)];
        for (int i = 0; i < _points.Length; i++) Assign(i, first);
    }

    private int Furthest(Func<Vec3, double> from)
    {
        int best = 0;
        double most = double.NegativeInfinity;
        for (int i = 0; i < _points.Length; i++)
        {
            double distance = from(_points[i]);
            if (distance > most) (best, most) = (i, distance);
        }
        return best;
    }

    private Triangle Add(int a, int b, int c)
    {
        var normal = Vec3.Cross(_points[b] - _points[a], _points[c] - _points[a]).Unit;
        var triangle = new Triangle(a, b, c, normal, Vec3.Dot(normal, _points[a]));
        int at = _triangles.Count;
        _triangles.Add(triangle);
        (_across[(a, b)], _across[(b, c)], _across[(c, a)]) = (at, at, at);
        return triangle;
    }

    // A point belongs to the triangle it is furthest above.
    private void Assign(int point, ReadOnlySpan<Triangle> among)
    {
        Triangle? best = null;
        double most = Rounding * _extent;
        foreach (var triangle in among)
        {
            double height = triangle.Height(_points[point]);
            if (height > most) (best, most) = (triangle, height);
        }
        best?.Outside.Add(point);
    }

    private double Grow(int mostVertices)
    {
        for (int vertices = 4; ; vertices++)
        {
            Triangle? from = null;
            int furthest = -1;
            double most = 0;
            foreach (var triangle in _triangles)
            {
                if (triangle.Gone) continue;
                foreach (int p in triangle.Outside)
                {
                    double height = triangle.Height(_points[p]);
                    if (height > most) (from, furthest, most) = (triangle, p, height);
                }
            }
            if (from is null || vertices >= mostVertices) return most;
            Join(from, furthest);
        }
    }

    private void Join(Triangle from, int point)
    {
        var seen = new List<Triangle> { from };
        from.Gone = true;
        var rim = new List<(int From, int To)>();
        // Triangles in the point's own plane are seen too: else slivers of no area would be made beside them.
        double least = -Rounding * _extent;
        for (int k = 0; k < seen.Count; k++)
            foreach (var (a, b) in Edges(seen[k]))
            {
                var next = _triangles[_across[(b, a)]];
                if (next.Gone) continue;
                if (next.Height(_points[point]) > least)
                {
                    next.Gone = true;
                    seen.Add(next);
                }
            }
        foreach (var triangle in seen)
            foreach (var (a, b) in Edges(triangle))
                if (!_triangles[_across[(b, a)]].Gone) rim.Add((a, b));
        Triangle[] made = [.. rim.Select(edge => Add(edge.From, edge.To, point))];
        foreach (var triangle in seen)
            foreach (int p in triangle.Outside)
                if (p != point) Assign(p, made);
    }

    private static (int From, int To)[] Edges(Triangle t) => [(t.A, t.B), (t.B, t.C), (t.C, t.A)];

    // Faces are sets of triangles in one plane: the largest triangle not yet taken gives the plane, and what touches it within a hair
    // joins.
    private Polytope Merge()
    {
        int[] live = [.. Enumerable.Range(0, _triangles.Count).Where(t => !_triangles[t].Gone)];
        double Area(int t) =>
            Vec3.Cross(_points[_triangles[t].B] - _points[_triangles[t].A], _points[_triangles[t].C] - _points[_triangles[t].A]).Length;
        var taken = new HashSet<int>();
        var loops = new List<List<int>>();
        foreach (int seed in live.OrderByDescending(Area).ThenBy(t => t))
        {
            if (!taken.Add(seed)) continue;
            var plane = _triangles[seed];
            var group = new List<int> { seed };
            bool Lies(int p) => Math.Abs(plane.Height(_points[p])) <= Flat * _extent;
            for (int k = 0; k < group.Count; k++)
                foreach (var (a, b) in Edges(_triangles[group[k]]))
                {
                    int next = _across[(b, a)];
                    var t = _triangles[next];
                    if (Lies(t.A) && Lies(t.B) && Lies(t.C) && taken.Add(next)) group.Add(next);
                }
            loops.Add(Outline(group));
        }
        int[] used = [.. loops.SelectMany(l => l).Distinct().Order()];
        var number = used.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i);
        return new([.. used.Select(p => _points[p])], [.. loops.Select(l => l.Select(p => number[p]).ToArray())], 0);
    }

    // The edges of a group of triangles that none of them walks back, from end to end.
    private List<int> Outline(List<int> group)
    {
        var edges = group.SelectMany(t => Edges(_triangles[t])).ToHashSet();
        var next = new Dictionary<int, int>();
        foreach (var (a, b) in edges)
            if (!edges.Contains((b, a)) && !next.TryAdd(a, b))
                throw new ArgumentException("the points are too nearly in one place to tell their hull");
        int start = next.Keys.Min(), at = start;
        var loop = new List<int>();
        do
        {
            loop.Add(at);
            at = next[at];
        }
        while (at != start && loop.Count <= next.Count);
        if (loop.Count != next.Count) throw new ArgumentException("the points are too nearly in one place to tell their hull");
        return loop;
    }
}
