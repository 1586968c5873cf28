using Simulant.Text.Cache;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>Takes candidates in index order: applies the rules of acceptance, keeps the pool and the account.</summary>
internal sealed class Settlement(Recipe recipe, long wanted, Pool pool, RunOptions options)
{
    private readonly (IAcceptance Rule, IAcceptanceRun Run)[] _rules = [.. recipe.Acceptance.Select(r => (r, r.Start()))];
    private readonly List<AcceptedRecord> _accepted = [];
    private readonly Dictionary<(AttemptEnd, string, string), long> _byRule = [];
    private readonly SortedDictionary<string, ModelUse> _uses = new(StringComparer.Ordinal);
    private readonly bool _pooled = recipe.SeesPool || recipe.Acceptance.Any(r => r is Steps.NovelAcceptance);
    private long _candidates, _rejected, _failed, _surplus;
    private readonly IRoundRun? _round = recipe.Rule?.Start();
    private long _attemptsBefore, _acceptedBefore;
    private int _failedInARow;

    public long Accepted { get; private set; }

    public bool Enough => Accepted >= wanted;

    /// <summary>Settles one candidate; returns why the run must stop, or null.</summary>
    public string? Take(Candidate candidate)
    {
        _candidates++;
        Use(candidate);
        bool failed = candidate.Leaves.Count > 0;
        foreach (var leaf in candidate.Leaves)
        {
            var draft = leaf.Draft;
            if (leaf.Failed is { } failure)
            {
                _failed++;
                Count(draft, AttemptEnd.Failed, failure.Step, failure.Fault.Rule, failure.Fault.Message);
                if (failure.Fault.Kind == FaultKind.Forbidden) return $"nothing further can be asked: {failure.Fault.Message}";
                continue;
            }
            failed = false;
            if ((draft.Rejected ?? Judge(draft, candidate.Seen)) is { } rejection)
            {
                _rejected++;
                Count(draft, AttemptEnd.Rejected, rejection.Step, rejection.Rule, rejection.Detail);
            }
            else if (Enough)
            {
                _surplus++;
                Count(draft, AttemptEnd.Surplus, "", "", "");
            }
            else Accept(draft);
        }
        _failedInARow = failed ? _failedInARow + 1 : 0;
        return _failedInARow < options.FailuresInARow ? null
            : FormattableString.Invariant($"{_failedInARow} candidates failed one after another, and the run gave up: ")
                + $"{Account().Reasons}; "
                + FormattableString.Invariant($"{Accepted:N0} of {wanted:N0} records were accepted; ")
                + "what was answered is recorded, run it again to go on";
    }

    /// <summary>A round is settled; returns why the run must stop, or null.</summary>
    public string? EndRound()
    {
        long attempts = Accepted + _rejected + _failed;
        string? why = _round?.After(attempts - _attemptsBefore, Accepted - _acceptedBefore, pool.Now());
        (_attemptsBefore, _acceptedBefore) = (attempts, Accepted);
        return why is null ? null : FormattableString.Invariant($"{Accepted:N0} of {wanted:N0} records were accepted when {why}")
            + (Accepted > 0 ? FormattableString.Invariant($"; set rows to {Accepted} or fewer to publish what there is, at no cost") : "");
    }

    public RunAccount Account() => new(wanted, _candidates, Accepted, _rejected, _failed, _surplus)
    {
        ByRule = [.. _byRule.Select(r => new RuleCount(r.Key.Item1, r.Key.Item2, r.Key.Item3, r.Value))
            .OrderByDescending(r => r.Count).ThenBy(r => r.Step, StringComparer.Ordinal).ThenBy(r => r.Rule, StringComparer.Ordinal)],
        Models = [.. _uses.Values],
    };

    public RecipeOutcome Outcome(string? why, RecordedModels models)
    {
        var (input, output, cost) = models.Meter.Spent;
        var account = Account() with { Asked = new Asked(models.Tally.Requests, models.Tally.Faults, input, output, cost) };
        return new RecipeOutcome(_accepted, account, why, models.Report);
    }

    private Rejection? Judge(Draft draft, int seen)
    {
        foreach (var (_, run) in _rules)
            if (run.Judge(draft.Fields, pool, seen) is { } rejection) return rejection;
        return null;
    }

    private void Accept(Draft draft)
    {
        foreach (var (_, run) in _rules) run.Accepted(draft.Fields);
        var fields = draft.Fields.Only(recipe.Output);
        var record = new AcceptedRecord(Accepted, fields, new RecordHistory(draft.Index, draft.Branch, draft.Calls, draft.Parents));
        if (_pooled)
            pool.Add(new PoolMember(FormattableString.Invariant($"record:{Accepted}"),
                recipe.PoolFields is { } kept ? draft.Fields.Only(kept) : fields, Seed: false));
        Accepted++;
        if (options.Sink is { } sink) sink.Accept(record);
        else _accepted.Add(record);
        Count(draft, AttemptEnd.Accepted, "", "", "");
    }

    private void Count(Draft draft, AttemptEnd end, string step, string rule, string detail)
    {
        options.Sink?.Account(new Attempt(draft.Index, draft.Branch, end, step, rule, detail));
        _byRule[(end, step, rule)] = _byRule.GetValueOrDefault((end, step, rule)) + 1;
    }

    // Parts share the questions asked before they were parted: each question is counted once.
    private void Use(Candidate candidate)
    {
        IEnumerable<CallTrace> calls = candidate.Leaves.Count == 1 ? candidate.Leaves[0].Draft.Calls
            : candidate.Leaves.SelectMany(l => l.Draft.Calls).DistinctBy(c => (c.Step, c.Request));
        foreach (var call in calls)
        {
            var use = _uses.GetValueOrDefault(call.Model) ?? new ModelUse(call.Model, 0, 0, 0, 0);
            _uses[call.Model] = new ModelUse(call.Model, use.Answers + 1, use.InputTokens + call.InputTokens,
                use.OutputTokens + call.OutputTokens, use.Cost + call.Cost);
        }
    }
}
