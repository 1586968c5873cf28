using System.Text.Json;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes.Steps;

/// <summary>
/// A step that a program on this machine does: it is given <c>{"index":…, "branch":…, "fields":{…}}</c>, one line a record, and
/// answers <c>{"fields":{…}}</c>, <c>{"reject":"rule", "detail":…}</c>, or <c>{"records":[{…}, …]}</c> to make several of one.
/// One process serves many records; it is bounded as <see cref="LineProcess"/> says, and one that is too slow or dies fails its record
/// only. It must answer the same to the same record: answers are not recorded.
/// </summary>
public sealed class ProcessStep : IStep, IDisposable
{
    private readonly LineProcess[] _processes;
    private readonly string _program;
    private int _next;

    /// <param name="limit">How long one record may take.</param>
    /// <param name="processes">How many run at once, at least 1.</param>
    public ProcessStep(string name, IReadOnlyList<string> command, string? folder, IReadOnlyList<string> reads,
        IReadOnlyList<string> writes,
        TimeSpan limit, int processes = 1)
    {
        (Name, Reads, Writes, _program) = (name, reads, writes, Path.GetFileName(command[0]));
        _processes = [.. Enumerable.Range(0, processes).Select(_ => new LineProcess(command, folder, limit))];
    }

    public string Name { get; }
    public IReadOnlyList<string> Reads { get; }
    public IReadOnlyList<string> Writes { get; }
    public bool SeesPool => false;

    public async ValueTask<IReadOnlyList<Draft>> Apply(Draft draft, StepContext context)
    {
        uint turn = (uint)Interlocked.Increment(ref _next);
        string line = $"{{\"index\":{draft.Index},\"branch\":\"{draft.Branch}\",\"fields\":{draft.Fields.Only(Reads).ToJson()}}}";
        string answer = await _processes[turn % (uint)_processes.Length].Exchange(line, context.Cancel).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(answer);
            return Take(draft, document.RootElement) ?? throw Broken(answer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken(answer);
        }
    }

    public void Foresee(Forecast forecast)
    {
        double most = Reads.Select(r => forecast[r]).DefaultIfEmpty(16).Max();
        foreach (string field in Writes) forecast[field] = most;
    }

    public void Dispose()
    {
        foreach (var process in _processes) process.Dispose();
    }

    private IReadOnlyList<Draft>? Take(Draft draft, JsonElement answer)
    {
        if (answer.TryGetProperty("reject", out var rule))
        {
            draft.Reject(Name, Specs.Nearest.Printable(TextList.TextOf(rule)),
                answer.TryGetProperty("detail", out var detail) ? TextList.TextOf(detail) : "");
            return [draft];
        }
        if (answer.TryGetProperty("fields", out var fields)) return Fill(draft, fields) ? [draft] : null;
        if (!answer.TryGetProperty("records", out var records)) return null;
        var parts = new List<Draft>();
        foreach (var record in records.EnumerateArray())
        {
            var part = draft.Fork(parts.Count);
            if (!Fill(part, record)) return null;
            parts.Add(part);
        }
        if (parts.Count == 0) draft.Reject(Name, "no records made");
        return parts.Count == 0 ? [draft] : parts;
    }

    private bool Fill(Draft draft, JsonElement fields)
    {
        foreach (string field in Writes)
        {
            if (!fields.TryGetProperty(field, out var value)) return false;
            draft.Set(field, TextList.TextOf(value));
        }
        return true;
    }

    private ModelException Broken(string answer) => new(FaultKind.BadReply, $"{_program}: an answer without "
        + $"{string.Join(", ", Writes.DefaultIfEmpty("'fields'"))}: '{Specs.Nearest.Printable(answer)}'");
}
