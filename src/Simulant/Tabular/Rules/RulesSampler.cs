using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Makes rows from a plan. Any row is a pure function of plan, seed and index.</summary>
public sealed class RulesSampler : ISampler
{
    private const int PieceRows = 2048;

    private readonly RulesPlan _plan;
    private RulesState _state;

    public RulesSampler(RulesPlan plan)
    {
        _plan = plan;
        _state = new RulesState(plan, 0);
        Schema = new DatasetSchema([plan.Schema]);
    }

    public DatasetSchema Schema { get; }

    public Dataset Sample(ItemRange items, RunContext run)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items.Start);
        ArgumentOutOfRangeException.ThrowIfNegative(items.Count);
        // Only what is counted once is kept between calls; with another seed it is counted anew.
        var state = Volatile.Read(ref _state);
        if (state.Seed != run.Seed) Volatile.Write(ref _state, state = new RulesState(_plan, run.Seed));
        var buffers = _plan.Output.Select(column => new OutputBuffer(column, items.Count)).ToArray();
        if (items.Count > 0)
        {
            var pieces = _plan.Sessions is { } sessions ? SessionPieces(sessions, state, items, run) : RowPieces(items);
            long done = 0;
            Work.For(pieces.Count, run, i =>
            {
                Make(pieces[i], state, items.Start, buffers, run);
                run.Progress.Report(new StageProgress("sample", Interlocked.Add(ref done, pieces[i].Rows), items.Count, "rows"));
            });
        }
        return Dataset.Of(new Table(_plan.Schema.Name, [.. buffers.Select(buffer => buffer.ToColumn())]));
    }

    public void Save(Stream to) => RulesCodec.Write(_plan.Spec, to);

    /// <summary>Units that are drawn together: rows, or sessions with the rows they cover.</summary>
    private sealed record Piece(long FirstUnit, int Units, long FirstRow, int Rows);

    private static List<Piece> RowPieces(ItemRange items)
    {
        var pieces = new List<Piece>();
        for (long start = items.Start; start < items.End; start += PieceRows)
        {
            int rows = (int)Math.Min(PieceRows, items.End - start);
            pieces.Add(new Piece(start, rows, start, rows));
        }
        return pieces;
    }

    private static List<Piece> SessionPieces(SessionPlan plan, RulesState state, ItemRange items, RunContext run)
    {
        var stream = state.Stream("session path");
        var index = state.Cache(plan, () => new SessionIndex(plan, stream));
        var (session, row) = index.Find(items.Start, run.Cancel);
        var pieces = new List<Piece>();
        var states = new List<int>();
        while (row < items.End)
        {
            run.Cancel.ThrowIfCancellationRequested();
            long first = session, firstRow = row;
            while (row < items.End && row - firstRow < PieceRows)
            {
                plan.Walk(stream, session++, states);
                row += states.Count;
            }
            pieces.Add(new Piece(first, (int)(session - first), firstRow, (int)(row - firstRow)));
        }
        return pieces;
    }

    /// <summary>Draws a piece's units, and those that fail a check again, until all pass.</summary>
    private void Make(Piece piece, RulesState state, long start, OutputBuffer[] buffers, RunContext run)
    {
        long[] units = new long[piece.Units];
        for (int i = 0; i < units.Length; i++) units[i] = piece.FirstUnit + i;
        long[] firstRows = FirstRows(piece, state);
        for (int attempt = 0; units.Length > 0; attempt++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            var (batch, unitOfRow) = Draw(state, units, firstRows, attempt, run.Cancel);
            bool[] passes = new bool[units.Length];
            Array.Fill(passes, true);
            var last = Check(batch, unitOfRow, passes, run);
            foreach (var buffer in buffers) buffer.Put(batch, unitOfRow, passes, start);
            if (!Array.Exists(passes, passed => !passed)) return;
            int[] failed = [.. Enumerable.Range(0, units.Length).Where(unit => !passes[unit])];
            if (attempt + 1 >= _plan.Attempts) throw Exhausted(last!, units[failed[0]]);
            (units, firstRows) = ([.. failed.Select(unit => units[unit])], [.. failed.Select(unit => firstRows[unit])]);
        }
    }

    private long[] FirstRows(Piece piece, RulesState state)
    {
        long[] first = new long[piece.Units];
        var stream = state.Stream("session path");
        var states = new List<int>();
        long row = piece.FirstRow;
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = row;
            if (_plan.Sessions is { } sessions)
            {
                sessions.Walk(stream, piece.FirstUnit + i, states);
                row += states.Count;
            }
            else row++;
        }
        return first;
    }

    private (Batch Batch, int[] UnitOfRow) Draw(RulesState state, long[] units, long[] firstRows, int attempt,
        CancellationToken cancel)
    {
        if (_plan.Sessions is not { } plan)
        {
            int[] unitOfRow = new int[units.Length];
            for (int i = 0; i < unitOfRow.Length; i++) unitOfRow[i] = i;
            return (new Batch(state, _plan.Rows, units, attempt, null, cancel), unitOfRow);
        }
        var stream = state.Stream("session path");
        List<int> sessionOfRow = [], steps = [], states = [], walk = [];
        var rows = new List<long>();
        int[] lengths = new int[units.Length], machines = new int[units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            machines[i] = plan.Walk(stream, units[i], walk);
            lengths[i] = walk.Count;
            for (int step = 0; step < walk.Count; step++)
            {
                sessionOfRow.Add(i);
                steps.Add(step);
                rows.Add(firstRows[i] + step);
            }
            states.AddRange(walk);
        }
        var sessions = new Batch(state, _plan.SessionScope!, units, attempt, null, cancel);
        int[] ofRow = [.. sessionOfRow];
        var link = new SessionRows(sessions, ofRow, [.. steps], [.. states], lengths, machines);
        return (new Batch(state, _plan.Rows, [.. rows], attempt, link, cancel), ofRow);
    }

    /// <summary>Clears the units that fail and counts each under the first rule it fails; gives the last rule that failed
    /// any.</summary>
    private RowCheck? Check(Batch batch, int[] unitOfRow, bool[] passes, RunContext run)
    {
        RowCheck? last = null;
        foreach (var check in _plan.Checks)
        {
            bool[] rows = new bool[batch.Count];
            Array.Fill(rows, true);
            check.Test(batch, rows);
            int rejected = 0;
            for (int row = 0; row < rows.Length; row++)
            {
                if (rows[row] || !passes[unitOfRow[row]]) continue;
                passes[unitOfRow[row]] = false;
                rejected++;
            }
            if (rejected == 0) continue;
            run.Rejections.Add(check.Text, rejected);
            last = check;
        }
        return last;
    }

    private SpecException Exhausted(RowCheck check, long unit)
    {
        string what = _plan.Sessions is null ? "row" : "session";
        return new SpecException([new Diagnostic(Severity.Error, RuleCodes.Exhausted, check.At,
            $"{_plan.Attempts} candidates for {what} {unit} all fail '{check.Text}'; " +
            "make the rules of its columns fit it, or raise 'attempts' under 'engine'")]);
    }

    /// <summary>One delivered column while it is filled, each piece its own rows.</summary>
    private sealed class OutputBuffer(PlannedColumn column, int count)
    {
        private readonly double[] _numbers = column.Rule.Storage == RuleStorage.Number ? new double[count] : [];
        private readonly int[] _codes = column.Rule.Storage == RuleStorage.Code ? new int[count] : [];
        private readonly string?[] _texts = column.Rule.Storage == RuleStorage.Text ? new string?[count] : [];

        public void Put(Batch batch, int[] unitOfRow, bool[] passes, long start)
        {
            var made = batch[column.Schema.Name];
            for (int row = 0; row < unitOfRow.Length; row++)
            {
                long at = Row(batch, row) - start;
                if (!passes[unitOfRow[row]] || at < 0 || at >= count) continue;
                switch (column.Rule.Storage)
                {
                    case RuleStorage.Number:
                        _numbers[at] = ((NumericColumn)made).Values[row];
                        break;
                    case RuleStorage.Code:
                        _codes[at] = ((CodedColumn)made).Codes[row];
                        break;
                    default:
                        _texts[at] = ((CodedColumn)made)[row];
                        break;
                }
            }
        }

        public Column ToColumn() => column.Rule.Storage switch
        {
            RuleStorage.Number => new NumericColumn(column.Schema, _numbers),
            RuleStorage.Code => new CodedColumn(column.Schema, _codes, [.. column.Rule.Levels]),
            _ => CodedColumn.From(column.Schema, _texts),
        };

        private static long Row(Batch batch, int row) => batch.Items[row];
    }
}
