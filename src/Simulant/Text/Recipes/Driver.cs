using System.Diagnostics;
using System.Threading.Channels;
using Simulant.Data;
using Simulant.Text.Cache;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>One run of a recipe: begins candidates, settles them in order, and decides when to stop.</summary>
internal sealed class Driver : IDisposable
{
    /// <summary>Candidates that may be ahead of the one that is settled next, for each that may be in work.</summary>
    private const int Ahead = 16;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Recipe _recipe;
    private readonly long _wanted, _limit;
    private readonly ulong _seed;
    private readonly RecordedModels _models;
    private readonly RunContext _run;
    private readonly RunOptions _options;
    private readonly Pool _pool;
    private readonly Settlement _settlement;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<long> _ended = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<long, Task<Candidate>> _begun = [];
    private readonly int _atOnce;
    private long _next, _settled;
    private int _working;
    private volatile bool _beginNoMore;
    private PoolView _view;
    private string? _short;
    private bool _outOfBudget;

    public Driver(Recipe recipe, long wanted, ulong seed, RecordedModels models, RunContext run, RunOptions options)
    {
        (_recipe, _wanted, _seed, _models, _run, _options) = (recipe, wanted, seed, models, run, options);
        _limit = recipe.Limit(wanted);
        _pool = new Pool(recipe.Seeds);
        _settlement = new Settlement(recipe, wanted, _pool, options);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancel);
        // Twice as many as may be in flight: while some do other steps, others are asked.
        _atOnce = Math.Clamp(2 * recipe.Models.All.Sum(m => m.Concurrency), Math.Max(2, run.MaxThreads), 8192);
    }

    public async Task<RecipeOutcome> Run()
    {
        long started = Stopwatch.GetTimestamp(), reported = 0;
        try
        {
            while (Goes)
            {
                Begin();
                if (_begun.Count == 0) break;
                _ = await _ended.Reader.ReadAsync(_run.Cancel).ConfigureAwait(false);
                // What ended behind the last that was needed is not looked at: the account must not depend on it.
                while (Goes && _begun.TryGetValue(_settled, out var first) && first.IsCompleted) await Settle(first).ConfigureAwait(false);
                if (Stopwatch.GetElapsedTime(reported) < Every) continue;
                reported = Stopwatch.GetTimestamp();
                Report(Stopwatch.GetElapsedTime(started));
            }
        }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(_begun.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var step in _recipe.Steps) (step as IDisposable)?.Dispose();
        }
        Report(Stopwatch.GetElapsedTime(started));
        return _settlement.Outcome(_settlement.Enough ? null : _short ?? Exhausted(), _models) with
        {
            OutOfBudget = !_settlement.Enough && _outOfBudget,
        };
    }

    public void Dispose() => _stop.Dispose();

    private bool Goes => !_settlement.Enough && _short is null;

    private void Begin()
    {
        double missing = Math.Ceiling((_wanted - _settlement.Accepted) / Math.Max(_recipe.Expected, 1e-9));
        while (!_beginNoMore && _next < _limit && Volatile.Read(ref _working) < _atOnce
            && _begun.Count < Math.Min(missing, (double)Ahead * _atOnce))
        {
            if (_recipe.SeesPool)
            {
                if (_next % _recipe.Round == 0 && _next > _settled) return;
                if (_next % _recipe.Round == 0) _view = _pool.Now();
            }
            else _view = new PoolView(_pool, _pool.Seeds);
            Interlocked.Increment(ref _working);
            _ = Tell(_next, _begun[_next] = Work(_next, _view));
            _next++;
        }
    }

    // Told only when the task itself has ended: else the last one could be looked at a moment too early, and never again.
    private async Task Tell(long index, Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Writer.TryWrite(index);
    }

    private async Task<Candidate> Work(long index, PoolView view)
    {
        await Task.Yield(); // beginning one must not wait for its first steps
        var leaves = new List<Leaf>();
        try
        {
            var draft = new Draft(index, 0);
            _recipe.Source.Begin(draft);
            var context = new StepContext(_models, view, _seed, _stop.Token);
            await Walk(draft, 0, context, leaves).ConfigureAwait(false);
            return new Candidate(leaves, null, view.Count);
        }
        catch (BudgetReachedException reached)
        {
            _beginNoMore = true;
            return new Candidate(leaves, reached.Message, view.Count);
        }
        finally
        {
            Interlocked.Decrement(ref _working);
        }
    }

    // Forks go on side by side; their leaves stand in the order of the forks.
    private async Task Walk(Draft draft, int step, StepContext context, List<Leaf> leaves)
    {
        for (; step < _recipe.Steps.Count; step++)
        {
            var doing = _recipe.Steps[step];
            IReadOnlyList<Draft> made;
            try
            {
                context.Cancel.ThrowIfCancellationRequested();
                made = await doing.Apply(draft, context).ConfigureAwait(false);
            }
            catch (ModelException fault)
            {
                leaves.Add(new Leaf(draft, new Failure(doing.Name, fault)));
                return;
            }
            if (made.Count != 1 || made[0] != draft)
            {
                var parts = new List<Leaf>[made.Count];
                int after = step + 1;
                await Task.WhenAll(made.Select((part, i) => Part(part, after, context, parts[i] = []))).ConfigureAwait(false);
                foreach (var part in parts) leaves.AddRange(part);
                return;
            }
            if (draft.Rejected is not null) break;
        }
        leaves.Add(new Leaf(draft, null));
    }

    private async Task Part(Draft part, int step, StepContext context, List<Leaf> leaves)
    {
        if (part.Rejected is null) await Walk(part, step, context, leaves).ConfigureAwait(false);
        else leaves.Add(new Leaf(part, null));
    }

    private async Task Settle(Task<Candidate> first)
    {
        var candidate = await first.ConfigureAwait(false);
        if (candidate.Unfinished is not null)
        {
            (_short, _outOfBudget) = (candidate.Unfinished, true);
            return;
        }
        _begun.Remove(_settled++);
        _short = _settlement.Take(candidate)
            ?? (_settled % _recipe.Round == 0 && !_settlement.Enough ? _settlement.EndRound() : null);
    }

    private string Exhausted()
    {
        bool source = _recipe.Source.Count is { } count && _limit == count * _recipe.Passes;
        string why = source ? FormattableString.Invariant($"the source's {_recipe.Source.Count:N0} entries are used up")
            : FormattableString.Invariant($"max_attempts ({_limit:N0} candidates) is reached");
        string reasons = _settlement.Account().Reasons;
        return FormattableString.Invariant($"{_settlement.Accepted:N0} of {_wanted:N0} records were accepted when {why}")
            + (reasons.Length > 0 ? ": " + reasons : "");
    }

    private void Report(TimeSpan elapsed)
    {
        long accepted = _settlement.Accepted;
        double rate = accepted / Math.Max(1e-3, elapsed.TotalSeconds);
        var (input, output, cost) = _models.Meter.Spent;
        string left = rate > 0 && accepted < _wanted ? $", {Shown(TimeSpan.FromSeconds((_wanted - accepted) / rate))} left" : "";
        string price = cost > 0 ? FormattableString.Invariant($", cost {cost:0.####}") : "";
        _run.Progress.Report(new StageProgress("records", accepted, _wanted, "records")
        {
            Note = FormattableString.Invariant($"{rate:0.#}/s, {input + output:N0} tokens{price}{left}"),
        });
    }

    private static string Shown(TimeSpan time) => time.TotalSeconds < 90 ? FormattableString.Invariant($"{time.TotalSeconds:0} s")
        : time.TotalMinutes < 90 ? FormattableString.Invariant($"{time.TotalMinutes:0} min")
            : FormattableString.Invariant($"{time.TotalHours:0.#} h");
}

/// <summary>How a step failed a draft.</summary>
internal sealed record Failure(string Step, ModelException Fault);

/// <summary>A draft at the end of its way.</summary>
internal sealed record Leaf(Draft Draft, Failure? Failed);

/// <summary>A candidate whose parts have all ended.</summary>
/// <param name="Unfinished">Why it could not be finished, or null.</param>
/// <param name="Seen">Members of the pool that its steps saw.</param>
internal sealed record Candidate(IReadOnlyList<Leaf> Leaves, string? Unfinished, int Seen);
