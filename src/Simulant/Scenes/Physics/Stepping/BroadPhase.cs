using Simulant.Data;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// Pairs of bodies whose boxes meet: sweep and prune along the axis on which centres lie furthest apart (Baraff, PhD thesis, Cornell,
/// 1992),
/// over boxes sorted by their low ends, ties by number. Pairs come out sorted, on any number of threads.
/// </summary>
/// <param name="apart">Pairs that do not collide.</param>
internal sealed class BroadPhase(BodySet bodies, IReadOnlySet<PairKey> apart)
{
    // So few boxes are swept by one thread sooner than by two.
    private const int Piece = 512;

    private readonly Vec3[] _low = new Vec3[bodies.Count], _high = new Vec3[bodies.Count];
    private readonly List<int> _order = [.. Enumerable.Range(0, bodies.Count).Where(i => bodies.Facts[i].Convex is not null)];
    private readonly List<PairKey> _pairs = [];
    private int _axis = -1;

    /// <summary>Convex pairs of which at least one may move and not both are still, sorted.</summary>
    public List<PairKey> Pairs(double seconds, double pull, double foresight, RunContext run)
    {
        _pairs.Clear();
        for (int i = 0; i < bodies.Count; i++)
        {
            double grown = bodies.Travel(i, seconds, pull) + foresight / 2;
            var by = new Vec3(grown, grown, grown);
            (_low[i], _high[i]) = (bodies.Low[i] - by, bodies.High[i] + by);
        }
        int axis = Widest();
        if (axis != _axis) _order.Sort((a, b) => Before(a, b, axis) ? -1 : a == b ? 0 : 1);
        _axis = axis;
        // Bodies move little from step to step, so that the order is nearly right.
        for (int i = 1; i < _order.Count; i++)
        {
            int body = _order[i], j = i;
            for (; j > 0 && Before(body, _order[j - 1], axis); j--) _order[j] = _order[j - 1];
            _order[j] = body;
        }
        int pieces = Math.Max(1, (_order.Count + Piece - 1) / Piece);
        var found = new List<PairKey>[pieces];
        Work.For(pieces, run, p => found[p] = Sweep(p * Piece, Math.Min(_order.Count, (p + 1) * Piece), axis));
        foreach (var some in found) _pairs.AddRange(some);
        _pairs.Sort();
        return _pairs;
    }

    private bool Before(int a, int b, int axis)
    {
        double x = _low[a][axis], y = _low[b][axis];
        return x < y || x == y && a < b;
    }

    private List<PairKey> Sweep(int from, int to, int axis)
    {
        var pairs = new List<PairKey>();
        for (int i = from; i < to; i++)
        {
            int a = _order[i];
            bool active = bodies.Active(a), moves = bodies.Facts[a].Moves;
            Vec3 low = _low[a], high = _high[a];
            for (int j = i + 1; j < _order.Count; j++)
            {
                int b = _order[j];
                ref var other = ref _low[b];
                if (other[axis] > high[axis]) break;
                if (other.X > high.X || other.Y > high.Y || other.Z > high.Z || _high[b].X < low.X || _high[b].Y < low.Y || _high[b]
                    .Z < low.Z)
                    continue;
                if (!(active || bodies.Active(b)) || !(moves || bodies.Facts[b].Moves)) continue;
                var pair = a < b ? new PairKey(a, b, 0) : new(b, a, 0);
                if (apart.Count == 0 || !apart.Contains(pair)) pairs.Add(pair);
            }
        }
        return pairs;
    }

    private int Widest()
    {
        Vec3 sum = default, squares = default;
        foreach (int i in _order)
        {
            var centre = bodies.States[i].Place;
            sum += centre;
            squares += new Vec3(centre.X * centre.X, centre.Y * centre.Y, centre.Z * centre.Z);
        }
        double n = Math.Max(1, _order.Count);
        Vec3 mean = sum * (1 / n), spread = squares * (1 / n) - new Vec3(mean.X * mean.X, mean.Y * mean.Y, mean.Z * mean.Z);
        return spread.X >= spread.Y && spread.X >= spread.Z ? 0 : spread.Y >= spread.Z ? 1 : 2;
    }
}
