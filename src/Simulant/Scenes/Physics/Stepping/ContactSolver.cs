using Simulant.Data;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>Contacts of one step, by colour.</summary>
internal sealed class ContactSolver(BodySet bodies, StepOptions options)
{
    // Colours of fewer constraints than two pieces are solved by one thread sooner than shared.
    private const int Piece = 96;

    private const int PartPasses = 12;

    // Overlaps of more than this many slops are deep.
    private const double PartFrom = 3;

    private readonly Colouring _colouring = new(bodies);
    private readonly List<int> _live = [];
    private ContactConstraint[] _constraints = [];
    private List<ContactRecord> _records = [];
    private bool[] _meets = [];
    private bool _anyMeets;

    public int Count => _live.Count;

    public void Prepare(List<ContactRecord> records, double h, RunContext run)
    {
        _records = records;
        _live.Clear();
        for (int r = 0; r < records.Count; r++)
            if (bodies.Active(records[r].Key.A) || bodies.Active(records[r].Key.B)) _live.Add(r);
        _colouring.Sort(_live.Count, i => (records[_live[i]].Key.A, records[_live[i]].Key.B));
        if (_constraints.Length < _live.Count) (_constraints, _meets) = (new ContactConstraint[2 * _live.Count], new bool[2 * _live.Count]);
        Softness soft = Softness.Of(options.ContactHertz, options.ContactDamping, h),
            ground = Softness.Of(2 * options.ContactHertz, options.ContactDamping, h);
        int[] order = _colouring.Order.ToArray();
        int pieces = (order.Length + Piece - 1) / Piece;
        Work.For(pieces, run, p =>
        {
            var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_records);
            for (int i = p * Piece; i < Math.Min(order.Length, (p + 1) * Piece); i++)
            {
                int at = _live[order[i]];
                ref var constraint = ref _constraints[i];
                constraint = new ContactConstraint { Record = at };
                bool free = bodies.Facts[all[at].Key.A].Moves && bodies.Facts[all[at].Key.B].Moves;
                constraint.Prepare(all[at], bodies, free ? soft : ground);
            }
        });
    }

    public void WarmStart(RunContext run)
    {
        Each(run, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                ref var c = ref _constraints[i];
                _meets[i] = c.WarmStart(ref bodies.States[c.A], ref bodies.States[c.B], options.BounceFrom);
            }
        });
        _anyMeets = _meets.AsSpan(0, _live.Count).Contains(true);
    }

    /// <param name="h">Seconds of a substep.</param>
    /// <param name="soft">Whether overlaps are pushed out; else only speeds are made right.</param>
    public void Solve(double h, bool soft, RunContext run)
    {
        double rate = 1 / h;
        Each(run, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                ref var c = ref _constraints[i];
                c.Solve(ref bodies.States[c.A], ref bodies.States[c.B], rate, soft, options.Slop, options.PushOut);
            }
        });
    }

    public void Bounce(RunContext run)
    {
        if (!_anyMeets) return;
        Each(run, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                ref var c = ref _constraints[i];
                if (_meets[i]) c.Bounce(ref bodies.States[c.A], ref bodies.States[c.B], options.BounceFrom);
            }
        });
    }

    /// <summary>Moves apart what overlaps deeply, in a few passes.</summary>
    public void Part(RunContext run)
    {
        for (int pass = 0; pass < PartPasses; pass++)
        {
            Each(run, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    ref var c = ref _constraints[i];
                    _meets[i] = c.Part(ref bodies.States[c.A], ref bodies.States[c.B], PartFrom * options.Slop);
                }
            });
            if (!_meets.AsSpan(0, _live.Count).Contains(true)) return;
        }
    }

    public void Store(double seconds)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_records);
        for (int i = 0; i < _live.Count; i++)
            _constraints[i].Store(ref all[_constraints[i].Record], seconds, options.BounceFrom);
    }

    // Colour by colour; the last holds what found no colour, and is never shared.
    private void Each(RunContext run, Action<int, int> range)
    {
        var start = _colouring.Start;
        for (int colour = 0; colour + 1 < start.Length; colour++)
        {
            int from = start[colour], to = start[colour + 1], count = to - from;
            if (count == 0) continue;
            if (count < 2 * Piece || run.MaxThreads == 1 || colour + 2 == start.Length) range(from, to);
            else Work.For((count + Piece - 1) / Piece, run, p => range(from + p * Piece, Math.Min(to, from + (p + 1) * Piece)));
        }
    }
}
