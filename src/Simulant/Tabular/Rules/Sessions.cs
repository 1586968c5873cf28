using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>A Markov chain over named states, with an end; or, without states, a length.</summary>
/// <param name="Start">Weights of the first state.</param>
/// <param name="Next">By state, weights of the next one; the last weight is that of the end.</param>
/// <param name="Length">How many steps where there are no states; null where there are.</param>
internal sealed record Machine(string Name, DiscreteTable? Start, DiscreteTable?[] Next, int[][] Targets, NumberRule? Length);

/// <summary>Sessions: each is a walk through a machine, and each step is a row.</summary>
/// <param name="States">Names of all machines' states.</param>
/// <param name="MaximumSteps">A walk that is still going then ends.</param>
internal sealed record SessionPlan(Machine[] Machines, DiscreteTable Shares, string[] States, int MaximumSteps)
{
    public string[] MachineNames { get; } = [.. Machines.Select(machine => machine.Name)];

    /// <summary>Walks session number <paramref name="session"/>: its states in order go to <paramref name="states"/>.</summary>
    public int Walk(RandomStream stream, long session, List<int> states)
    {
        states.Clear();
        var draws = new DrawSequence(stream, session, 0);
        int which = Shares.Draw(draws.Uniform());
        var machine = Machines[which];
        if (machine.Length is { } length)
        {
            double steps = Math.Round(length.Number(new Address(stream, session, 0, 1), 0));
            int count = (int)Math.Clamp(double.IsNaN(steps) ? 1 : steps, 1, MaximumSteps);
            for (int i = 0; i < count; i++) states.Add(0);
            return which;
        }
        int state = machine.Start!.Draw(draws.Uniform());
        states.Add(state);
        while (states.Count < MaximumSteps && machine.Next[state] is { } next)
        {
            int target = machine.Targets[state][next.Draw(draws.Uniform())];
            if (target < 0) break;
            states.Add(state = target);
        }
        return which;
    }
}

/// <summary>
/// Which session and step a row is. The number of rows before every 256th session is kept once counted, so a row is reached in
/// as many walks as sessions precede it the first time, and in at most 256 afterwards.
/// </summary>
internal sealed class SessionIndex(SessionPlan plan, RandomStream stream)
{
    private const int Block = 256;

    private readonly List<long> _rowsBefore = [0];
    private readonly Lock _lock = new();

    /// <summary>The session that holds the row, and the first row of it.</summary>
    public (long Session, long FirstRow) Find(long row, CancellationToken cancel)
    {
        int block;
        long first;
        lock (_lock)
        {
            var states = new List<int>();
            while (_rowsBefore[^1] <= row)
            {
                cancel.ThrowIfCancellationRequested();
                long rows = _rowsBefore[^1], start = (long)(_rowsBefore.Count - 1) * Block;
                for (int i = 0; i < Block; i++)
                {
                    plan.Walk(stream, start + i, states);
                    rows += states.Count;
                }
                _rowsBefore.Add(rows);
            }
            block = _rowsBefore.BinarySearch(row);
            if (block < 0) block = ~block - 1;
            first = _rowsBefore[block];
        }
        long session = (long)block * Block;
        var walk = new List<int>();
        while (true)
        {
            plan.Walk(stream, session, walk);
            if (row < first + walk.Count) return (session, first);
            first += walk.Count;
            session++;
        }
    }
}

/// <summary>What a column can say of its row's session.</summary>
internal enum SessionField { State, Machine, Index, Step, Length, Last }

/// <summary>A fact of the session: its state at this step, its machine, its number, the step (from 1), its length, whether it
/// ends here.</summary>
internal sealed class SessionRule(SessionField fact, SessionPlan plan) : Rule
{
    public override RuleStorage Storage => fact is SessionField.State or SessionField.Machine or SessionField.Last
        ? RuleStorage.Code : RuleStorage.Number;

    public override IReadOnlyList<string> Levels => fact switch
    {
        SessionField.State => plan.States,
        SessionField.Machine => plan.MachineNames,
        SessionField.Last => ["false", "true"],
        _ => [],
    };

    public override ColumnKind NaturalKind => fact switch
    {
        SessionField.State or SessionField.Machine => ColumnKind.Category,
        SessionField.Last => ColumnKind.Boolean,
        _ => ColumnKind.Integer,
    };

    public override Drawer Bind(Batch batch) => new Bound(fact, batch);

    private sealed class Bound(SessionField fact, Batch batch) : Drawer
    {
        private readonly SessionRows _rows = batch.Sessions!;

        public override double Number(in Address at, int row) => fact switch
        {
            SessionField.Index => _rows.Batch.Items[_rows.SessionOfRow[row]] + 1,
            SessionField.Step => _rows.Steps[row] + 1,
            _ => _rows.Lengths[_rows.SessionOfRow[row]],
        };

        public override int Code(in Address at, int row) => fact switch
        {
            SessionField.State => _rows.States[row],
            SessionField.Machine => _rows.Machines[_rows.SessionOfRow[row]],
            _ => _rows.Steps[row] + 1 == _rows.Lengths[_rows.SessionOfRow[row]] ? 1 : 0,
        };
    }
}

/// <summary>A column of the entity that the item refers to.</summary>
internal sealed class FromRule(string entity, PlannedColumn source) : Rule
{
    public override RuleStorage Storage => source.Rule.Storage;
    public override IReadOnlyList<string> Levels => source.Rule.Levels;
    public override ColumnKind NaturalKind => source.Schema.Kind;
    public PlannedColumn Source => source;

    public override Drawer Bind(Batch batch)
    {
        var (members, map) = batch.Entity(entity);
        return new ColumnDrawer(members[source.Schema.Name], source.Rule.Levels, map);
    }
}
