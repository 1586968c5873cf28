using Simulant.Text.Cache;

namespace Simulant.Text.Recipes;

/// <summary>How a record came to be.</summary>
/// <param name="Candidate">Which candidate of the run, from 0.</param>
/// <param name="Branch">Which part of it; empty for the whole.</param>
/// <param name="Calls">Every question asked on its way, in order.</param>
/// <param name="Parents">Source rows and pool members it was made from.</param>
public sealed record RecordHistory(long Candidate, string Branch, IReadOnlyList<CallTrace> Calls, IReadOnlyList<string> Parents);

/// <summary>A record that passed everything.</summary>
/// <param name="Number">Its place in the data set, from 0.</param>
public sealed record AcceptedRecord(long Number, TextRecord Fields, RecordHistory History);

/// <summary>What became of a candidate, or a part of one.</summary>
public enum AttemptEnd
{
    Accepted,

    /// <summary>By a rule.</summary>
    Rejected,

    /// <summary>By an error: of the server, of a program.</summary>
    Failed,

    /// <summary>Passed every rule when there were enough already.</summary>
    Surplus,
}

/// <summary>One line of the account; every attempt has exactly one.</summary>
public sealed record Attempt(long Candidate, string Branch, AttemptEnd End, string Step, string Rule, string Detail);

/// <summary>Attempts that ended alike.</summary>
public sealed record RuleCount(AttemptEnd End, string Step, string Rule, long Count);

/// <summary>What was used of one model, whether asked now or found recorded.</summary>
public sealed record ModelUse(string Model, long Answers, long InputTokens, long OutputTokens, decimal Cost);

/// <summary>The account of a run. All but <see cref="Asked"/> follow from spec, seed and recorded answers.</summary>
/// <param name="Candidates">Candidates whose attempts are counted here.</param>
public sealed record RunAccount(long Wanted, long Candidates, long Accepted, long Rejected, long Failed, long Surplus)
{
    public long Attempts => Accepted + Rejected + Failed + Surplus;

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<RuleCount> ByRule { get; init; } = [];

    public IReadOnlyList<ModelUse> Models { get; init; } = [];

    public Asked Asked { get; init; } = new(0, [], 0, 0, 0);

    /// <summary>Reasons for lost attempts in one line, the most frequent first.</summary>
    public string Reasons => string.Join(", ", ByRule.Where(r => r.End is AttemptEnd.Rejected or AttemptEnd.Failed).Take(6)
        .Select(r => FormattableString.Invariant($"{r.Count:N0} {r.Rule} ({r.Step})")));
}

/// <summary>What this process asked for, beside what it found recorded.</summary>
/// <param name="Requests">Retries counted.</param>
/// <param name="Faults">Requests without an answer, by rule.</param>
/// <param name="InputTokens">Of this run, processes before this one counted.</param>
public sealed record Asked(long Requests, IReadOnlyList<KeyValuePair<string, long>> Faults, long InputTokens, long OutputTokens,
    decimal Cost);

/// <summary>What a run made.</summary>
/// <param name="Accepted">In order; empty where a sink took them.</param>
/// <param name="Short">Why there are fewer records than wanted, one line; null where there are not.</param>
/// <param name="Log">What opening the log of answers found.</param>
public sealed record RecipeOutcome(IReadOnlyList<AcceptedRecord> Accepted, RunAccount Account, string? Short, LogReport Log)
{
    /// <summary>Whether it is the budget that made it short.</summary>
    public bool OutOfBudget { get; init; }
}

/// <summary>Takes what a run makes as it is made, in order; called by one thread at a time.</summary>
public interface IRecipeSink
{
    void Accept(AcceptedRecord record);
    void Account(Attempt attempt);
}
