using Simulant.Data;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>Contacts of one step, by colour.</summary>
internal sealed class ContactSolver(BodySet bodies, StepOptions options)
{
    // Colours of fewer constraints than two pieces are solved by one thread sooner than shared.
    private const int Piece = 96;

    private delegate void Act(ref ContactConstraint one, ref BodyState a, ref BodyState b);

    private readonly Colouring _colouring = new(bodies);
    private readonly List<int> _live = [];
    private ContactConstraint[] _constraints = [];
    private List<ContactRecord> _records = [];

    public int Count => _live.Count;

    public void Prepare(List<ContactRecord> records, double h, RunContext run)
    {
        _records = records;
        _live.Clear();
        for (int r = 0; r < records.Count; r++)
            if (bodies.Active(records[r].Key.A) || bodies.Active(records[r].Key.B)) _live.Add(r);
        _colouring.Sort(_live.Count, i => (records[_live[i]].Key.A, records[_live[i]].Key.B));
        if (_constraints.Length < _live.Count) _constraints = new ContactConstraint[2 * _live.Count];
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

    public void Note(RunContext run) => Each(run, (ref ContactConstraint c, ref BodyState a, ref BodyState b) => c.Note(a, b));

    public void WarmStart(RunContext run) =>
        Each(run, (ref ContactConstraint c, ref BodyState a, ref BodyState b) => c.WarmStart(ref a, ref b));

    public void Solve(double h, bool soft, RunContext run)
    {
        double rate = 1 / h, slop = options.Slop, push = options.PushOut;
        Each(run, (ref ContactConstraint c, ref BodyState a, ref BodyState b) => c.Solve(ref a, ref b, rate, soft, slop, push));
    }

    public void Bounce(RunContext run)
    {
        double from = options.BounceFrom;
        Each(run, (ref ContactConstraint c, ref BodyState a, ref BodyState b) => c.Bounce(ref a, ref b, from));
        Each(run, (ref ContactConstraint c, ref BodyState a, ref BodyState b) => c.Forget(from));
    }

    public void Store(double seconds)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_records);
        for (int i = 0; i < _live.Count; i++) _constraints[i].Store(ref all[_constraints[i].Record], seconds);
    }

    // Colour by colour; the last holds what found no colour, and is never shared.
    private void Each(RunContext run, Act act)
    {
        var start = _colouring.Start;
        for (int colour = 0; colour + 1 < start.Length; colour++)
        {
            int from = start[colour], to = start[colour + 1], count = to - from;
            if (count == 0) continue;
            if (count < 2 * Piece || run.MaxThreads == 1 || colour + 2 == start.Length) Range(from, to, act);
            else Work.For((count + Piece - 1) / Piece, run, p => Range(from + p * Piece, Math.Min(to, from + (p + 1) * Piece), act));
        }
    }

    private void Range(int from, int to, Act act)
    {
        for (int i = from; i < to; i++)
        {
            ref var one = ref _constraints[i];
            act(ref one, ref bodies.States[one.A], ref bodies.States[one.B]);
        }
    }
}
