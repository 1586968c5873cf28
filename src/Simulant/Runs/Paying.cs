using System.Globalization;
using System.Security.Cryptography;
using Simulant.Privacy.Accounting;
using Simulant.Privacy.Ledger;
using Simulant.Privacy.Mechanisms;
using Simulant.Provenance;
using Simulant.Specs;
using Simulant.Tabular.Frame.Protected;

namespace Simulant.Runs;

/// <summary>Opens what a run under <c>privacy</c> asks its rows through.</summary>
internal interface IPaying
{
    /// <summary>The run's name in the ledger; null before it was reserved.</summary>
    string? RunName { get; }

    /// <param name="kept">File of outcomes, or null where the run cannot be continued.</param>
    PrivacySession Open(RealData real, string? kept);
}

/// <summary>
/// A run under <c>privacy</c>: opens the ledger, reserves the run's amount before any mechanism runs, and says afterwards what was
/// paid for what.
/// </summary>
internal sealed class Paying(Corridor corridor, Job job, CancellationToken cancel) : IPaying
{
    /// <summary>Outcomes of a run's mechanisms, in its work folder.</summary>
    public const string KeptName = "measurements.jsonl";

    private readonly PrivacySpec _promise = job.Spec.Privacy!;
    private RunLog? _log;

    public PrivacyLedger Ledger => field ??= new PrivacyLedger(Path.Combine(job.Folder, _promise.Ledger), corridor.Files.SyncFolder,
        cancel);

    public static PrivacyPlan PlanOf(Spec spec) => new(spec.Privacy!.Epsilon, spec.Privacy.Delta, spec.Privacy.Unit, spec.Privacy.MaxRows,
        spec.Columns.Count(c => Encoding.Discovers(c) && c.Personal is null or Data.PersonalData.None));

    public string? RunName => _log?.Name;

    public PrivacySession Open(RealData real, string? kept)
    {
        var plan = PlanOf(job.Spec);
        var line = new LedgerLine("run")
        {
            Source = LogicalDigest.Of(real.Training),
            Spec = job.Spec.Name,
            Engine = job.Engine.Name,
            Unit = plan.Unit,
            Bound = plan.Bound,
            Epsilon = plan.Epsilon,
            Delta = plan.Delta,
            Rho = plan.Amount.Units,
            VocabularyDelta = plan.VocabularyDelta,
        };
        _log = RunLog.Open(Ledger, line, _promise.Budget, kept, Now);
        return new PrivacySession(plan.Amount, _log, plan.Rule);
    }

    private string Now() => corridor.Clock.Now.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>
    /// Inputs as they may be named outside: the hash of protected data would confirm a guess of it, so it is keyed by the ledger's
    /// secret, and sizes are left out.
    /// </summary>
    public IReadOnlyList<SourceFile> Masked(IReadOnlyList<SourceFile> inputs)
    {
        byte[] key = Convert.FromHexString(Ledger.Key);
        return [.. inputs.Select(i => i.Role is "train" or "holdout" ? i with
        {
            Bytes = 0,
            Sha256 = Convert.ToHexStringLower(HMACSHA256.HashData(key, Convert.FromHexString(i.Sha256))),
        } : i)];
    }

    /// <summary>What the ledger says of a run, for its manifest.</summary>
    public PaidPrivacy Told(string run)
    {
        var plan = PlanOf(job.Spec);
        var lines = Ledger.Lines;
        var reserved = lines.First(l => l.Kind == "run" && l.Run == run);
        var spends = lines.Where(l => l.Kind == "spend" && l.Run == run).OrderBy(l => l.Number).ToList();
        long rho = (reserved.Rho ?? 0) + lines.Where(l => l.Kind == "again" && l.Run == run).Sum(l => l.Rho ?? 0);
        double delta = _promise.Budget?.Delta ?? plan.Delta;
        return new PaidPrivacy(plan.Epsilon, plan.Delta, plan.Unit, plan.Bound, Zcdp.Value(new Rho(rho)),
            plan.VocabularyDelta,
            _promise.Budget?.Epsilon, PrivacyLedger.Epsilon(lines, reserved.Source!, delta),
            [.. spends.Select(s => new PaidSpend(s.Mechanism!, s.Purpose!, s.Question!, Zcdp.Value(new Rho(s.Rho ?? 0))))]);
    }
}
