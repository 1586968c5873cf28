using Simulant.Data;
using Simulant.Privacy.Ledger;
using Simulant.Provenance;
using Simulant.Validation;
using Simulant.Validation.Attacks;

namespace Simulant.Runs;

/// <summary>
/// One half of what the word takes: that a published folder is what it says it is, that its run was paid for in the ledger given, and
/// that the rows at hand are those that it learned from. The audit is the other half.
/// </summary>
internal sealed class Earning(Corridor corridor, AuditRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    /// <summary>The rows to audit, read as the run read them, and the ledger's proof.</summary>
    /// <exception cref="UsageException">The folder is none, or no run of the ledger's.</exception>
    /// <exception cref="DataException">The folder differs from its manifest, or the rows are not those that the run learned
    /// from.</exception>
    public (Evaluation Rows, LedgerProof Proof) Read(string ledger)
    {
        string folder = Path.TrimEndingDirectorySeparator(request.Synthetic);
        if (!File.Exists(Path.Combine(folder, Manifest.FileName)))
            throw new UsageException($"'{folder}' holds no {Manifest.FileName}; with --ledger, --synthetic names a published folder");
        var verify = new VerifyRequest(folder) { FolderOnly = true, Threads = request.Threads };
        if (corridor.Verify(verify, progress, cancel).Difference is { } difference)
            throw new DataException($"{folder} is not what it says it is: {difference}", folder);
        var model = ModelFile.Read(Path.Combine(folder, ModelFile.PublishedName));
        var run = Manifest.Load(folder).Content;
        var proof = Proof(folder, ledger, model, run);
        var (training, heldBack) = Real(model, proof);
        var stored = StoredRows.Read(folder, model, Verification.DataFilesOf(run), progress, cancel);
        return (new Evaluation(Dataset.Of(Enough(training, request.Train)), Dataset.Of(Enough(heldBack, request.Holdout ?? request.Train)),
            Dataset.Of(Enough(stored.Sample, folder))), proof);
    }

    /// <summary>What a run that was just made may be called, by its ledger and its own audit; null where either is wanting.</summary>
    public static string? Word(PrivacyLedger ledger, string run, RealData real, AuditResult? audit) => audit?.Pass is { } pass
        && ledger.Proof(run) is { } proof && proof.Run.Source == LogicalDigest.Of(real.Training) ? new EarnedWord(proof, pass).Text : null;

    private LedgerProof Proof(string folder, string ledger, ModelFile model, PublishedRun run)
    {
        if (model.Header.LedgerRun is not { } name || run.Privacy is not { } told)
            throw new UsageException($"'{folder}' was made without 'privacy', so no ledger knows of it");
        var proof = new PrivacyLedger(ledger, corridor.Files.SyncFolder, cancel).Proof(name)
            ?? throw new UsageException($"'{ledger}' does not have the run that made '{folder}', or its spends do not add up");
        if (proof.Run.Epsilon != told.Epsilon || proof.Run.Delta != told.Delta || proof.Run.Unit != told.Unit)
            throw new DataException($"{folder} promises something else than its ledger has", folder);
        return proof;
    }

    private (Table Training, Table HeldBack) Real(ModelFile model, LedgerProof proof)
    {
        var spec = Job.Restore(model) ?? throw new UsageException("the spec draws on a schema file that the folder does not hold");
        var source = spec.Source! with { Train = request.Train, Postgres = null, Query = null };
        if (source.Holdout is not null)
            source = source with
            {
                Holdout = request.Holdout ?? throw new UsageException("--holdout is missing: the run took its held-out rows from a file"),
            };
        var context = new RunContext(spec.FitSeed, request.Threads, progress, cancel);
        var real = Sources.Read(spec with { Source = source }, "", context);
        if (LogicalDigest.Of(real.Training) != proof.Run.Source)
            throw new DataException($"{request.Train}: these are not the rows that the run learned from, as its ledger names them",
                request.Train);
        if (source.Holdout is not null || request.Holdout is not { } other) return (real.Training, real.Holdout.ForJudging);
        return (real.Training, TableReader.ReadAs(other, real.Training, new ReadOptions { MaxThreads = request.Threads }, cancel));
    }

    private static Table Enough(Table table, string path) => table.RowCount >= Audit.LeastRows ? table
        : throw new DataException($"{path}: {table.RowCount} rows; an audit needs at least {Audit.LeastRows}", path);
}
