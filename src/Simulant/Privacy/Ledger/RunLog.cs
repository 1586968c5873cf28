using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Simulant.Data;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Ledger;

/// <summary>One outcome as it is kept in a run's work folder.</summary>
internal sealed record Measurement(string Run, int Number, string Question, long Rho, bool Done, long[] Numbers, string[] Texts);

/// <summary>
/// A run's part of the ledger, and beside it the outcomes of its mechanisms, so that a run that was killed goes on without asking
/// anything twice. A mechanism that was begun but whose outcome did not reach the disk is paid for again. The run's name lies in the work
/// folder before the ledger has it, so that a run that was killed in between is found again, or was never paid for.
/// </summary>
public sealed class RunLog : ISpendLog
{
    private readonly PrivacyLedger _ledger;
    private readonly LedgerLine _run;
    private readonly (double Epsilon, double Delta)? _budget;
    private readonly string? _kept;
    private readonly Func<string> _now;
    private readonly Dictionary<int, Measurement> _known = [];

    /// <summary>Questions that the ledger has of this run already.</summary>
    private readonly HashSet<int> _recorded = [];

    private long _written;

    private RunLog(PrivacyLedger ledger, LedgerLine run, (double Epsilon, double Delta)? budget, string? kept, Func<string> now) =>
        (_ledger, _run, _budget, _kept, _now) = (ledger, run, budget, kept, now);

    /// <summary>The run's name in the ledger.</summary>
    public string Name => _run.Run!;

    /// <summary>Goes on with the run whose outcomes are kept in the file, or reserves a new one.</summary>
    /// <param name="kept">File of outcomes in the run's work folder; null where nothing goes on later.</param>
    /// <param name="now">The time, for the ledger's lines.</param>
    public static RunLog Open(PrivacyLedger ledger, LedgerLine run, (double Epsilon, double Delta)? budget, string? kept,
        Func<string> now)
    {
        var known = Read(kept, out long length);
        if (known.Count > 0)
        {
            string name = known[0].Run;
            var lines = ledger.Lines;
            if (lines.Any(l => l.Kind == "run" && l.Run == name && l.Source == run.Source && l.Rho == run.Rho))
            {
                var again = new RunLog(ledger, run with { Run = name }, budget, kept, now) { _written = length };
                foreach (var one in known.Where(k => k.Number >= 0)) again._known[one.Number] = one;
                again._recorded.UnionWith(lines.Where(l => l.Kind == "spend" && l.Run == name).Select(l => l.Number!.Value));
                return again;
            }
        }
        // Outcomes that this ledger has not paid for are no use.
        if (kept is not null) File.Delete(kept);
        var log = new RunLog(ledger, run with { Run = PrivacyLedger.NewName() }, budget, kept, now);
        log.Store(new Measurement(log.Name, -1, "the run", run.Rho ?? 0, false, [], []));
        ledger.Reserve(log._run with { At = now() }, budget);
        return log;
    }

    public Outcome? Recorded(Spend spend)
    {
        if (!_known.TryGetValue(spend.Number, out var known)) return null;
        if (known.Question != $"{spend.Mechanism} {spend.Question}")
            throw new PrivacyBudgetException($"the run that goes on asked something else as its question {spend.Number}; "
                + "start again with --force, which pays again");
        return known.Done ? new Outcome(known.Numbers, known.Texts) : null;
    }

    public void Record(Spend spend)
    {
        if (_known.ContainsKey(spend.Number)) // begun before, outcome lost
            _ledger.Extend(_run with
            {
                Kind = "again",
                Rho = spend.Rho.Units,
                VocabularyDelta = spend.DeltaShares > 0 ? _run.VocabularyDelta : null,
                Number = spend.Number,
                At = _now(),
            }, _budget);
        // A question that the ledger alone knows was never begun: it was killed between the two.
        if (_known.ContainsKey(spend.Number) || !_recorded.Contains(spend.Number)) _ledger.Spend(Name, spend, _now());
        Store(spend, null);
    }

    public void Keep(Spend spend, Outcome outcome) => Store(spend, outcome);

    private void Store(Spend spend, Outcome? outcome)
    {
        var one = new Measurement(Name, spend.Number, $"{spend.Mechanism} {spend.Question}", spend.Rho.Units, outcome is not null,
            outcome?.Numbers ?? [], outcome?.Texts ?? []);
        Store(one);
        _known[spend.Number] = one;
    }

    private void Store(Measurement one)
    {
        if (_kept is null) return;
        string json = JsonSerializer.Serialize(one, MeasurementJson.Default.Measurement);
        byte[] line = Encoding.UTF8.GetBytes($"{CheckOf(json)} {json}\n");
        using var stream = new FileStream(_kept, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        stream.SetLength(_written);
        stream.Position = _written;
        stream.Write(line);
        stream.Flush(flushToDisk: true);
        _written += line.Length;
    }

    private static List<Measurement> Read(string? path, out long length)
    {
        length = 0;
        var found = new List<Measurement>();
        if (path is null || !File.Exists(path)) return found;
        byte[] bytes = File.ReadAllBytes(path);
        for (int start = 0; start < bytes.Length;)
        {
            int end = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0) break;
            string text = Encoding.UTF8.GetString(bytes, start, end);
            int space = text.IndexOf(' ');
            if (space <= 0 || text[..space] != CheckOf(text[(space + 1)..])) break;
            found.Add(JsonSerializer.Deserialize(text[(space + 1)..], MeasurementJson.Default.Measurement)!);
            length = start += end + 1;
        }
        return found;
    }

    private static string CheckOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
