namespace Simulant.Numerics.Physics;

/// <summary>
/// Depth to which two hulls overlap, by growing a polytope within A - B where it lies nearest the origin (van den Bergen, "Proximity
/// queries
/// and penetration depth computation on 3D game objects", 2001). Offsets of faces are signed, so that it holds as well where the hulls only
/// touch, or stand apart by a hair, and starts from any four points that are not in one plane.
/// </summary>
public sealed class Epa
{
    private const int MostFaces = 400, Steps = 128;

    private readonly List<Difference> _points = [];
    private readonly List<Face> _faces = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly List<(int From, int To)> _horizon = [];

    private readonly record struct Face(int A, int B, int C, Vec3 Normal, double Offset);

    /// <summary>False where A - B has no volume. The gap is below zero by the depth.</summary>
    public bool Depth(in Placed a, in Placed b, out Nearness between)
    {
        between = default;
        double scale = a.Shape.Reach + b.Shape.Reach, near = 1e-10 * scale;
        if (!Begin(a, b, scale)) return false;
        Face best = default;
        for (int step = 0; step < Steps; step++)
        {
            best = _faces[0];
            foreach (var face in _faces)
                if (face.Offset < best.Offset) best = face;
            var next = Gjk.Support(a, b, best.Normal);
            if (Vec3.Dot(next.At, best.Normal) - best.Offset <= near || _faces.Count > MostFaces || !Grow(next, near)) break;
        }
        var (wa, wb, wc) = Weights(best);
        Vec3 Sum(ReadOnlySpan<Vec3> from, bool first)
        {
            int At(int p) => first ? _points[p].A : _points[p].B;
            return from[At(best.A)] * wa + from[At(best.B)] * wb + from[At(best.C)] * wc;
        }
        between = new(best.Normal, -best.Offset, Sum(a.Vertices, true), Sum(b.Vertices, false));
        return true;
    }

    private bool Begin(in Placed a, in Placed b, double scale)
    {
        _points.Clear();
        _faces.Clear();
        double least = 1e-7 * scale;
        Difference low = default, high = default;
        double wide = -1;
        for (int axis = 0; axis < 3; axis++)
        {
            var direction = axis == 0 ? Vec3.UnitX : axis == 1 ? Vec3.UnitY : Vec3.UnitZ;
            Difference p = Gjk.Support(a, b, direction), q = Gjk.Support(a, b, -direction);
            double square = (p.At - q.At).SquaredLength;
            if (square > wide) (low, high, wide) = (q, p, square);
        }
        if (wide < least * least) return false;
        var along = (high.At - low.At).Unit;
        var (e, f) = Vec3.Tangents(along);
        Difference third = default, fourth = default;
        double far = 0;
        for (int k = 0; k < 4; k++)
        {
            var p = Gjk.Support(a, b, k == 0 ? e : k == 1 ? -e : k == 2 ? f : -f);
            double off = Vec3.Cross(along, p.At - low.At).Length;
            if (off > far) (third, far) = (p, off);
        }
        if (far < least) return false;
        var normal = Vec3.Cross(high.At - low.At, third.At - low.At).Unit;
        far = 0;
        for (int k = 0; k < 2; k++)
        {
            var p = Gjk.Support(a, b, k == 0 ? normal : -normal);
            double off = Math.Abs(Vec3.Dot(p.At - low.At, normal));
            if (off > far) (fourth, far) = (p, off);
        }
        if (far < least) return false;
        bool above = Vec3.Dot(fourth.At - low.At, normal) > 0;
        _points.AddRange(above ? [high, low, third, fourth] : [low, high, third, fourth]);
        return Add(0, 1, 2) & Add(1, 0, 3) & Add(2, 1, 3) & Add(0, 2, 3);
    }

    private bool Add(int a, int b, int c)
    {
        var origin = _points[a].At;
        var cross = Vec3.Cross(_points[b].At - origin, _points[c].At - origin);
        double length = cross.Length;
        if (!(length > 0)) return false;
        var normal = cross * (1 / length);
        _faces.Add(new(a, b, c, normal, Vec3.Dot(normal, origin)));
        return true;
    }

    // What sees the new point goes, and the rim of what went is joined to it. Faces in the point's own plane go too, so that none of no
    // area is made.
    private bool Grow(Difference point, double near)
    {
        _edges.Clear();
        int kept = 0;
        for (int f = 0; f < _faces.Count; f++)
        {
            var face = _faces[f];
            if (Vec3.Dot(face.Normal, point.At) - face.Offset > -near)
            {
                _edges.Add((face.A, face.B));
                _edges.Add((face.B, face.C));
                _edges.Add((face.C, face.A));
            }
            else _faces[kept++] = face;
        }
        _horizon.Clear();
        foreach (var edge in _edges)
            if (!_edges.Contains((edge.To, edge.From))) _horizon.Add(edge);
        if (kept == 0 || _horizon.Count < 3) return false;
        _faces.RemoveRange(kept, _faces.Count - kept);
        int at = _points.Count;
        _points.Add(point);
        foreach (var (from, to) in _horizon)
            if (!Add(from, to, at)) return false;
        return true;
    }

    private (double A, double B, double C) Weights(Face face)
    {
        Vec3 a = _points[face.A].At, ab = _points[face.B].At - a, ac = _points[face.C].At - a, p = face.Normal * face.Offset - a;
        double d00 = ab.SquaredLength, d01 = Vec3.Dot(ab, ac), d11 = ac.SquaredLength, d20 = Vec3.Dot(p, ab), d21 = Vec3.Dot(p, ac);
        double s = 1 / (d00 * d11 - d01 * d01);
        double v = Math.Clamp((d11 * d20 - d01 * d21) * s, 0, 1), w = Math.Clamp((d00 * d21 - d01 * d20) * s, 0, 1 - v);
        return (1 - v - w, v, w);
    }
}
