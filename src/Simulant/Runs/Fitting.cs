using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Runs;

/// <summary>
/// Hands the training part to the engine. Of the real data only <see cref="RealData.Training"/> goes in: what was held out has
/// another type, which no engine's signature takes.
/// </summary>
internal sealed class Fitting(int threads, IProgress<StageProgress> progress, CancellationToken cancel)
{
    /// <summary>Where a training leaves its state.</summary>
    public ICheckpoints Checkpoints { get; init; } = ICheckpoints.None;

    /// <param name="paying">Opens the privacy session, where the spec promises privacy.</param>
    /// <param name="kept">File of the session's outcomes, for a run that may go on.</param>
    public ModelFile Fit(Job job, RealData? real, RunPlan? plan, IPaying? paying = null, string? kept = null)
    {
        var engine = job.Engine;
        var run = new RunContext(job.Spec.FitSeed, threads, progress, cancel) { Checkpoints = Checkpoints };
        progress.Report(new StageProgress("fitting", 0, 0, "steps"));
        var declared = engine.ReadFiles(job.Spec, job.Folder, run);
        Table training = real?.Training ?? new Table(job.Spec.Name, []);
        var schema = engine.SchemaOf?.Invoke(declared) ?? training.Schema;
        // Sampling is laid out for a number of rows: conditions and balance divide it.
        var session = paying?.Open(real!, kept);
        var spec = session is not null ? declared : declared with { Rows = declared.Rows ?? training.RowCount };
        var sampler = engine.Fit(new TableRequest(spec, schema) { Privacy = session }, Dataset.Of(training), run);
        // Under a promise the number of rows is told by paid counts, and the schema by the spec.
        long rows = session is null ? training.RowCount : session.RowsTold!.Value;
        using var payload = new ModelBytes();
        sampler.Save(payload);
        long laidOut = Supplements.In(sampler)?.Rows ?? spec.Rows ?? rows;
        var header = new ModelHeader(engine.Name, ProgramVersion.Number, Path.GetFileName(job.Path), rows, laidOut,
            spec.FitSeed, spec.SampleSeed) { LedgerRun = paying?.RunName };
        return new ModelFile(header, job.Bytes, sampler.Schema.Single, plan, payload.ToArray())
        {
            Weights = payload.Weights,
        };
    }
}
