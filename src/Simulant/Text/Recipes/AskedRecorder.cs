using Simulant.Data;
using Simulant.Text.Records;

namespace Simulant.Text.Recipes;

/// <summary>Keeps what a run makes: records by field, how each came to be, and what became of every attempt.</summary>
internal sealed class AskedRecorder(IReadOnlyList<string> fields) : IRecipeSink, IDisposable
{
    /// <summary>The file beside the log of answers that the last run leaves, whether it ended well or short.</summary>
    public const string AttemptsName = "attempts.jsonl";

    private readonly List<string?>[] _columns = [.. fields.Select(_ => new List<string?>())];
    private readonly MemoryStream _histories = new(), _attempts = new();

    public void Accept(AcceptedRecord record)
    {
        for (int c = 0; c < fields.Count; c++) _columns[c].Add(record.Fields.Find(fields[c]));
        PlainJson.Line(_histories, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("record", record.Number);
            json.WriteNumber("candidate", record.History.Candidate);
            if (record.History.Branch.Length > 0) json.WriteString("branch", record.History.Branch);
            json.WriteStartArray("parents");
            foreach (string parent in record.History.Parents) json.WriteStringValue(parent);
            json.WriteEndArray();
            json.WriteStartArray("answers");
            foreach (var call in record.History.Calls)
            {
                json.WriteStartObject();
                json.WriteString("step", call.Step);
                json.WriteString("model", call.Model);
                json.WriteString("request", call.Request);
                json.WriteNumber("inputTokens", call.InputTokens);
                json.WriteNumber("outputTokens", call.OutputTokens);
                if (call.Cost != 0) json.WriteNumber("cost", call.Cost);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public void Account(Attempt attempt) => PlainJson.Line(_attempts, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("candidate", attempt.Candidate);
        if (attempt.Branch.Length > 0) json.WriteString("branch", attempt.Branch);
        json.WriteString("end", Word(attempt.End));
        if (attempt.Step.Length > 0) json.WriteString("step", attempt.Step);
        if (attempt.Rule.Length > 0) json.WriteString("rule", attempt.Rule);
        if (attempt.Detail.Length > 0) json.WriteString("detail", attempt.Detail);
        json.WriteEndObject();
    });

    public void Dispose()
    {
        _histories.Dispose();
        _attempts.Dispose();
    }

    /// <summary>Replaces the account that an earlier run left.</summary>
    public void KeepAttempts(string folder)
    {
        string path = Path.Combine(folder, AttemptsName), part = path + ".part";
        using (var file = File.Create(part)) _attempts.WriteTo(file);
        File.Move(part, path, overwrite: true);
    }

    public AskedSampler Sampler(string name, string layout, RecordRoles? roles, ulong seed, AskedModels asked) =>
        new(name, layout, roles, fields, [.. _columns.Select(c => c.ToArray())], seed, asked, _histories.ToArray(), _attempts.ToArray());

    /// <summary>How an attempt ended, as accounts write it.</summary>
    public static string Word(AttemptEnd end) => end switch
    {
        AttemptEnd.Accepted => "accepted",
        AttemptEnd.Rejected => "rejected",
        AttemptEnd.Failed => "failed",
        _ => "surplus",
    };
}
