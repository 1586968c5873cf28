using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>A table through the corridor under its default spec: parted at random, fitted, stored, sampled and judged.</summary>
internal sealed class DefaultRun(DefaultSpec table, string engine, int threads, string keys = "")
{
    /// <summary>Replicates of the judge's own intervals, which splits do not use; the least it allows.</summary>
    private const int FewReplicates = 20;

    private readonly Spec _spec = table.With(keys, engine);

    /// <summary>CPU seconds of the process: reading and parting are in none of them.</summary>
    public sealed record Outcome(ValidationResult Result, double FitSeconds, double SampleSeconds, double JudgeSeconds);

    /// <summary>Everything under one seed: the split, the fit, the sample, the judge.</summary>
    /// <param name="holdout">Share of the rows held out, entities whole where <c>init</c> found any.</param>
    /// <param name="metrics">Null measures everything.</param>
    public Outcome Run(double holdout, ulong seed, IReadOnlyList<string>? metrics)
    {
        var spec = _spec with
        {
            Split = new SplitSpec(holdout, _spec.Split?.By, null, null, seed, default),
            FitSeed = seed,
            SampleSeed = seed,
            Measures = new MeasureSpec { Only = metrics, Replicates = FewReplicates },
        };
        var quiet = RunContext.Quiet(seed, threads);
        var real = DefaultSpec.Read(spec, quiet);
        ModelFile? model = null;
        double fit = DefaultSpec.CpuSeconds(() => model = table.Fit(spec, real, threads));
        Table? synthetic = null;
        double sample = DefaultSpec.CpuSeconds(() =>
            synthetic = DefaultSpec.Load(model!).Sample(new ItemRange(0, real.Training.RowCount), quiet).Single);
        Judgement? judgement = null;
        double judge = DefaultSpec.CpuSeconds(() => judgement = Judging.Judge(spec, real, synthetic!, quiet));
        return new Outcome(judgement!.Result, fit, sample, judge);
    }
}
