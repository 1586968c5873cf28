using Microsoft.Extensions.AI;
using Simulant.Specs;
using Simulant.Text.Models;

namespace Simulant.Text.Cache;

/// <summary>An answer and where it came from.</summary>
/// <param name="Fresh">Whether this run had to ask, rather than find it recorded.</param>
public sealed record Answer(RecordedAnswer Recorded, bool Fresh, decimal Cost);

/// <summary>
/// The models of a spec behind their log: what was answered before is read, the rest asked once, however many ask for it at the
/// same time, and recorded before anyone sees it.
/// </summary>
public sealed class RecordedModels : IDisposable
{
    private readonly ModelTable _table;
    private readonly ResponseLog _log;
    private readonly ulong _run;
    private readonly Dictionary<string, ModelCaller>? _callers;
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, Task<Answer>> _asking = [];

    private RecordedModels(ModelTable table, ResponseLog log, ulong run, BudgetMeter meter, Dictionary<string, ModelCaller>? callers,
        CallTally tally)
    {
        (_table, _log, _run, _callers) = (table, log, run, callers);
        (Meter, Tally) = (meter, tally);
    }

    /// <summary>What this run has asked for, here and in processes before that were killed.</summary>
    public BudgetMeter Meter { get; }

    /// <summary>Requests of this process.</summary>
    public CallTally Tally { get; }

    /// <summary>What opening the log found.</summary>
    public LogReport Report => _log.Report;

    /// <summary>Opens log and models. The log is this object's from here on.</summary>
    /// <param name="run">Names the run that asks; the same after a restart.</param>
    /// <param name="offline">Ask nobody: what is not recorded is a fault.</param>
    /// <exception cref="SpecException">A variable that <c>key_from</c> names is not set.</exception>
    public static RecordedModels Open(ModelTable table, ResponseLog log, ulong run, Budget budget, bool offline = false)
    {
        var meter = new BudgetMeter(budget);
        var (input, output, cost) = log.AskedBy(run);
        meter.Charge(input, output, cost);
        var tally = new CallTally();
        return new RecordedModels(table, log, run, meter, offline ? null : ModelClients.Open(table, meter, tally), tally);
    }

    /// <summary>The answer of one model to one question.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    /// <exception cref="BudgetReachedException">It was not asked.</exception>
    public async Task<Answer> Ask(ModelSpec model, IReadOnlyList<ChatMessage> messages, ChatOptions options, SampleNumber sample,
        CancellationToken cancel)
    {
        var key = RequestKey.Of(model, messages, options, sample);
        int most = options.MaxOutputTokens ?? model.MaxTokens;
        if (_log.Find(key, most) is { } recorded) return Found(model, recorded);
        if (_callers is null) throw new ModelException(FaultKind.NotRecorded, $"no recorded answer {RequestKey.Shown(key)}");
        Task<Answer> asking;
        lock (_gate)
        {
            if (!_asking.TryGetValue(key, out asking!))
            {
                // Whoever asked before may have been answered since we looked.
                if (_log.Find(key, most) is { } since) return Found(model, since);
                _asking[key] = asking = AskAndRecord(model, messages, options, key, most, cancel);
            }
        }
        var answer = await asking.ConfigureAwait(false);
        return answer.Recorded.Serves(most) ? answer : await Ask(model, messages, options, sample, cancel).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var caller in _callers?.Values ?? (IEnumerable<ModelCaller>)[]) caller.Dispose();
        _log.Dispose();
    }

    private static Answer Found(ModelSpec model, RecordedAnswer recorded) =>
        new(recorded, false, model.Price.Of(recorded.InputTokens, recorded.OutputTokens));

    private async Task<Answer> AskAndRecord(ModelSpec model, IReadOnlyList<ChatMessage> messages, ChatOptions options, UInt128 key,
        int most, CancellationToken cancel)
    {
        await Task.Yield(); // the entry in the table of requests must stand before this can end
        try
        {
            var asked = options.Clone();
            asked.MaxOutputTokens = most;
            asked.Seed = RequestKey.Seed(key);
            Answer? answer = null;
            await _callers![model.Name].Call(messages, asked, response =>
            {
                var recorded = Recorded(model, messages, response, key, most);
                answer = new Answer(recorded, true, recorded.CostNano / RecordedAnswer.Nano);
                return _log.Append(recorded);
            }, cancel).ConfigureAwait(false);
            return answer!;
        }
        finally
        {
            lock (_gate) _asking.Remove(key);
        }
    }

    private RecordedAnswer Recorded(ModelSpec model, IReadOnlyList<ChatMessage> messages, ChatResponse response, UInt128 key, int most)
    {
        string text = response.Text;
        int input = Count(response.Usage?.InputTokenCount) ?? messages.Sum(m => TokenCount.Estimate(m.Text) + TokenCount.PerMessage);
        int output = Count(response.Usage?.OutputTokenCount) ?? TokenCount.Estimate(text);
        bool whole = response.FinishReason != ChatFinishReason.Length;
        // A whole answer that counts more tokens than were asked for would never be served.
        if (whole) output = Math.Min(output, most);
        return new RecordedAnswer(key, _run, whole, response.FinishReason == ChatFinishReason.ContentFilter, response.Usage is null, most,
            input, output, (long)(model.Price.Of(input, output) * RecordedAnswer.Nano), response.ModelId ?? model.Model, text);
    }

    private static int? Count(long? tokens) => tokens is { } count ? (int)Math.Clamp(count, 0, int.MaxValue) : null;
}
