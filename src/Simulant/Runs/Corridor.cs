using Simulant.Data;
using Simulant.Reports;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Everything a user can ask for, one method a command. Holds no state: each call is a run of its own.</summary>
/// <remarks>
/// Faults come out as <see cref="SpecException"/> and <see cref="UsageException"/> (exit code 2), <see cref="DataException"/>
/// (3), <see cref="IOException"/> where the output cannot be written (3), and <see cref="OperationCanceledException"/> (130).
/// </remarks>
public sealed class Corridor
{
    public static Corridor Shipped { get; } = new();

    public EngineTable Engines { get; init; } = EngineTable.Shipped;
    public IClock Clock { get; init; } = SystemClock.Instance;
    internal IFiles Files { get; init; } = DiskFiles.Instance;

    /// <summary>A data file holds at most so many rows.</summary>
    internal long RowsPerFile { get; init; } = 1_000_000;

    /// <summary>Least time between two checkpoints of a fit.</summary>
    internal TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    internal CheckpointFiles Checkpoints(string prefix, bool resume) => new(Files, prefix, resume, Clock, CheckpointEvery);

    /// <summary>The whole corridor, from spec to published folder.</summary>
    public MakeOutcome Make(MakeRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Making(this, request, progress, cancel).Run();

    /// <summary>The first rows that <see cref="Make"/> would write; nothing is written.</summary>
    public Table Preview(MakeRequest request, int rows, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Making(this, request, progress, cancel).Preview(rows);

    /// <summary>Every fault of a spec, errors and warnings.</summary>
    public IReadOnlyList<Diagnostic> Check(string spec) => Job.Check(spec, Engines);

    /// <summary>What a run of a sound spec would take beside time, in words; null where that is nothing. Asks nobody.</summary>
    public string? Estimate(string spec, CancellationToken cancel)
    {
        var job = Job.Load(new MakeRequest(spec), Engines);
        try
        {
            return job.Engine.Estimate(job.Spec, RunContext.Quiet(job.Spec.FitSeed) with { Cancel = cancel });
        }
        catch (DataException e)
        {
            return $"what cannot be told yet: {e.Message}";
        }
    }

    /// <summary>The JSON Schema of specs, for editors.</summary>
    public string SpecSchema() => SpecJsonSchema.Write(Engines.Options, Engines.RecipeOptions, Engines.WorldOptions);

    /// <summary>A first spec from a data file, or from another tool's schema.</summary>
    public InitOutcome Init(InitRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        Initial.Run(Files, request, progress, cancel);

    /// <summary>Fits a model and stores it.</summary>
    public FitOutcome Fit(MakeRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Making(this, request, progress, cancel).Fit();

    /// <summary>Samples rows from a stored model.</summary>
    public SampleOutcome Sample(SampleRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Sampling(this, request, progress, cancel).Run();

    /// <summary>Says how likely a table's rows are under a stored model.</summary>
    public ScoreOutcome Score(ScoreRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Scoring(this, request, progress, cancel).Run();

    /// <summary>Removes records of text that rules name, and lists them.</summary>
    public FilterOutcomes Filter(FilterRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Filtering(this, request, progress, cancel).Run();

    /// <summary>Writes changed copies of records of text, and lists those that were rejected.</summary>
    public AugmentOutcome Augment(AugmentRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Augmenting(this, request, progress, cancel).Run();

    /// <summary>Writes changed copies of labelled pictures, and shows some.</summary>
    public PicturesOutcome Augment(PicturesRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new AugmentingPictures(this, request, progress, cancel).Run();

    /// <summary>Measures synthetic data of any origin.</summary>
    public EvaluateOutcome Evaluate(EvaluateRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Comparing(this, request, progress, cancel).Run();

    /// <summary>Attacks synthetic data of any origin.</summary>
    public AuditOutcome Audit(AuditRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Auditing(this, request, progress, cancel).Run();

    /// <summary>Whether data has moved away from a reference.</summary>
    public DriftOutcome Drift(DriftRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Drifting(this, request, progress, cancel).Run();

    /// <summary>What becomes of data that is learned from data that was itself made.</summary>
    public CollapseCourse Collapse(CollapseRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Collapsing(this, request, progress, cancel).Run();

    /// <summary>Makes a published folder prove itself.</summary>
    public VerifyOutcome Verify(VerifyRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Verification(this, request, progress, cancel).Run();

    /// <summary>Writes the evidence that a published folder holds.</summary>
    public DossierOutcome Dossier(DossierRequest request, IProgress<StageProgress> progress, CancellationToken cancel) =>
        new Documenting(this, request, progress, cancel).Run();

    /// <summary>What a path is.</summary>
    public Overview Show(string path, int threads, IProgress<StageProgress> progress, CancellationToken cancel) =>
        Showing.Of(Engines, path, threads, progress, cancel);
}
