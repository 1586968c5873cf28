using Simulant.Data;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// Turns pairs into contacts, each with what it remembers of the step before. Contacts of bodies that sleep are kept as they are. Records
/// stay
/// sorted by pair.
/// </summary>
internal sealed class NarrowPhase(BodySet bodies, IReadOnlySet<PairKey> apart)
{
    private const int Piece = 64;

    // How far a point may have moved along its body, as a part of the smaller body's reach, and still be the same.
    private const double SamePoint = 0.05;

    private readonly int[] _grounds = [.. Enumerable.Range(0, bodies.Count).Where(i => bodies.Facts[i].Convex is null)];
    private readonly List<PairKey> _keys = [];
    private readonly List<int> _old = [], _parts = [];
    private ContactRecord[] _found = [];
    private List<ContactRecord> _spare = [];

    public List<ContactRecord> Records { get; private set; } = [];

    public void Update(List<PairKey> pairs, double seconds, double pull, double foresight, RunContext run)
    {
        _keys.Clear();
        _keys.AddRange(pairs);
        AddGround(seconds, pull, foresight);
        MatchOld();
        if (_found.Length < _keys.Count) _found = new ContactRecord[Math.Max(_keys.Count, 2 * _found.Length)];
        int pieces = (_keys.Count + Piece - 1) / Piece;
        Work.For(pieces, run, p =>
        {
            var collision = new Collision();
            for (int k = p * Piece; k < Math.Min(_keys.Count, (p + 1) * Piece); k++)
                Find(k, collision, seconds, pull, foresight);
        });
        Gather();
    }

    private void AddGround(double seconds, double pull, double foresight)
    {
        if (_grounds.Length == 0) return;
        foreach (int ground in _grounds)
            for (int i = 0; i < bodies.Count; i++)
            {
                if (!bodies.Facts[i].Moves || bodies.Asleep[i]) continue;
                if (apart.Count > 0 && apart.Contains(new(Math.Min(i, ground), Math.Max(i, ground), 0))) continue;
                _parts.Clear();
                if (bodies.Facts[ground].Collider is GroundCollider { Ground: var triangles })
                {
                    double grown = foresight + bodies.Travel(i, seconds, pull);
                    var (low, high) = bodies.BoxWithin(ground, i, grown);
                    triangles.Within(low, high, _parts);
                }
                else _parts.Add(0);
                foreach (int part in _parts) _keys.Add(i < ground ? new(i, ground, part) : new(ground, i, part));
            }
        _keys.Sort();
    }

    private void MatchOld()
    {
        _old.Clear();
        int at = 0;
        foreach (var key in _keys)
        {
            while (at < Records.Count && Records[at].Key.CompareTo(key) < 0) at++;
            _old.Add(at < Records.Count && Records[at].Key == key ? at : -1);
        }
    }

    // What is new, and what is old and asleep, in the order of pairs.
    private void Gather()
    {
        var to = _spare;
        to.Clear();
        int next = 0;
        foreach (var old in Records)
        {
            if (bodies.Active(old.Key.A) || bodies.Active(old.Key.B)) continue;
            for (; next < _keys.Count && _keys[next].CompareTo(old.Key) < 0; next++)
                if (_found[next].Manifold.Count > 0) to.Add(_found[next]);
            to.Add(old);
        }
        for (; next < _keys.Count; next++)
            if (_found[next].Manifold.Count > 0) to.Add(_found[next]);
        (_spare, Records) = (Records, to);
    }

    private void Find(int k, Collision collision, double seconds, double pull, double foresight)
    {
        var key = _keys[k];
        ref var record = ref _found[k];
        record = new ContactRecord { Key = key };
        double margin = foresight + Math.Min(bodies.Travel(key.A, seconds, pull) + bodies.Travel(key.B, seconds, pull),
            Nearing(key.A, key.B, seconds, pull));
        if (bodies.Facts[key.A].Convex is null) OnGround(key.A, key.B, key.Part, collision, margin, ref record.Manifold);
        else if (bodies.Facts[key.B].Convex is null)
        {
            OnGround(key.B, key.A, key.Part, collision, margin, ref record.Manifold);
            record.Manifold.Normal = -record.Manifold.Normal;
        }
        else collision.Find(bodies[key.A], bodies[key.B], margin, ref record.Manifold);
        Remember(ref record, _old[k]);
    }

    private void OnGround(int ground, int body, int part, Collision collision, double margin, ref Manifold to)
    {
        ref var at = ref bodies.States[ground];
        if (bodies.Facts[ground].Collider is GroundCollider { Ground: var triangles })
            GroundContact.WithTriangle(triangles, part, at.Rotation, at.Place, bodies[body], margin, collision, ref to);
        else GroundContact.WithPlane(at.Place, at.Rotation * Vec3.UnitY, bodies[body], margin, ref to);
    }

    // Two bodies that fly side by side do not come nearer.
    private double Nearing(int a, int b, double seconds, double pull)
    {
        ref var one = ref bodies.States[a];
        ref var other = ref bodies.States[b];
        double turning = one.Spin.Length * (bodies.Facts[a].Convex?.Reach ?? 0) + other.Spin.Length * (bodies.Facts[b].Convex?.Reach ?? 0);
        return ((one.Velocity - other.Velocity).Length + turning + pull * seconds) * seconds;
    }

    private void Remember(ref ContactRecord record, int old)
    {
        ref var first = ref bodies.States[record.Key.A];
        double near = SamePoint * Math.Min(bodies.Facts[record.Key.A].Convex?.Reach ?? double.MaxValue,
            bodies.Facts[record.Key.B].Convex?.Reach ?? double.MaxValue);
        int used = 0;
        ContactRecord before = old >= 0 ? Records[old] : default;
        record.Rolling = before.Rolling;
        for (int p = 0; p < record.Manifold.Count; p++)
        {
            var place = first.Rotation.Back(record.Manifold.Points[p].Place - first.Place);
            int best = -1;
            double least = near * near;
            for (int q = 0; q < before.Manifold.Count; q++)
            {
                double square = (before.Memory[q].Place - place).SquaredLength;
                if ((used >> q & 1) == 0 && square <= least) (best, least) = (q, square);
            }
            if (best >= 0) used |= 1 << best;
            record.Memory[p] = best >= 0 ? before.Memory[best] with { Place = place } : new(place, 0, 0, default);
        }
    }
}
