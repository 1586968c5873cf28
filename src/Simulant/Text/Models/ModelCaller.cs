using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace Simulant.Text.Models;

/// <summary>Requests made and what became of them, by rule; safe to use from many requests at once.</summary>
public sealed class CallTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private long _requests;

    /// <summary>Requests that were sent, retries counted.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that brought no answer, by rule; a retry may have brought one after all.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Faults
    {
        get
        {
            lock (_gate) return [.. _faults];
        }
    }

    internal void Sent() => Interlocked.Increment(ref _requests);

    internal void Failed(string rule)
    {
        lock (_gate) _faults[rule] = _faults.GetValueOrDefault(rule) + 1;
    }
}

/// <summary>
/// One model as recipes call it: a place at its endpoint's gate, the budget asked, the request made, and made again with growing
/// waits and jitter after faults that pass. A wait holds no place. What the server says of waiting is obeyed by all.
/// </summary>
internal sealed class ModelCaller : IDisposable
{
    /// <summary>Longest wait before a retry that is ours to choose; the server may ask for longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly IChatClient _client;
    private readonly AdaptiveGate _gate;
    private readonly BudgetMeter _meter;
    private readonly CallTally _tally;
    private readonly ResiliencePipeline<ChatResponse> _retry;

    public ModelCaller(ModelSpec spec, IChatClient client, AdaptiveGate gate, BudgetMeter meter, CallTally tally)
    {
        (Spec, _client, _gate, _meter, _tally) = (spec, client, gate, meter, tally);
        var builder = new ResiliencePipelineBuilder<ChatResponse>();
        if (spec.Retries > 0)
            builder.AddRetry(new RetryStrategyOptions<ChatResponse>
            {
                ShouldHandle = static a => ValueTask.FromResult(a.Outcome.Exception is ModelException { Passing: true }),
                MaxRetryAttempts = spec.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = spec.Backoff,
                MaxDelay = LongestWait,
                DelayGenerator = static a => ValueTask.FromResult((a.Outcome.Exception as ModelException)?.RetryAfter),
            });
        _retry = builder.Build();
    }

    public ModelSpec Spec { get; }

    /// <param name="record">Puts the answer on disk. The place is given free after it, so that what is asked and not yet on disk is
    /// never more than what may be in flight: a kill loses no more than that.</param>
    /// <exception cref="ModelException">No answer, after all retries.</exception>
    /// <exception cref="BudgetReachedException">Nothing was asked.</exception>
    public ValueTask<ChatResponse> Call(IReadOnlyList<ChatMessage> messages, ChatOptions options, Func<ChatResponse, Task> record,
        CancellationToken cancel) =>
        _retry.ExecuteAsync(static (state, token) => state.Self.Once(state.messages, state.options, state.record, token),
            (Self: this, messages, options, record), cancel);

    public void Dispose() => _client.Dispose();

    private async ValueTask<ChatResponse> Once(IReadOnlyList<ChatMessage> messages, ChatOptions options,
        Func<ChatResponse, Task> record, CancellationToken cancel)
    {
        long entered = await _gate.Enter(cancel).ConfigureAwait(false);
        var outcome = GateOutcome.Neutral;
        TimeSpan? leaveAlone = null;
        try
        {
            _meter.Admit();
            _tally.Sent();
            var response = await _client.GetResponseAsync(messages, options, cancel).ConfigureAwait(false);
            outcome = GateOutcome.Answered;
            // Charged before the place is free again, so that the next request knows of it.
            long input = response.Usage?.InputTokenCount ?? messages.Sum(m => TokenCount.Estimate(m.Text) + TokenCount.PerMessage);
            long output = response.Usage?.OutputTokenCount ?? TokenCount.Estimate(response.Text);
            _meter.Charge(input, output, Spec.Price.Of(input, output));
            await record(response).ConfigureAwait(false);
            return response;
        }
        catch (ModelException fault)
        {
            _tally.Failed(fault.Rule);
            if (fault.Kind is FaultKind.RateLimited or FaultKind.Timeout) outcome = GateOutcome.Overloaded;
            leaveAlone = fault.RetryAfter;
            throw;
        }
        finally
        {
            _gate.Leave(entered, outcome, leaveAlone);
        }
    }
}
