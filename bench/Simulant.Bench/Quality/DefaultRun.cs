using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Refinement;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// A table through the corridor under its default spec: parted at random, fitted, stored, sampled and judged; and rows chosen
/// from the same model under each refinement asked for.
/// </summary>
/// <param name="refinements">What stands behind <c>refine:</c> in a spec, each.</param>
internal sealed class DefaultRun(DefaultSpec table, string engine, int threads, IReadOnlyList<string> refinements)
{
    /// <summary>Replicates of the judge's own intervals, which splits do not use; the least it allows.</summary>
    private const int FewReplicates = 20;

    private readonly Spec[] _specs = [.. refinements.Select(r => $"refine: {r}\n").Prepend("").Select(keys => table.With(keys, engine))];

    /// <summary>CPU seconds of the process: reading and parting are in none of them.</summary>
    /// <param name="FitSeconds">Of the model, and of the choice where rows were chosen.</param>
    public sealed record Outcome(ValidationResult Result, double FitSeconds, double SampleSeconds, double JudgeSeconds);

    /// <summary>Everything under one seed: the split, the fit, the sample, the judge.</summary>
    /// <param name="holdout">Share of the rows held out, entities whole where <c>init</c> found any.</param>
    /// <param name="metrics">Null measures everything.</param>
    /// <returns>Of rows as drawn, then of each refinement.</returns>
    public IEnumerable<Outcome> Run(double holdout, ulong seed, IReadOnlyList<string>? metrics)
    {
        Spec Under(Spec spec) => spec with
        {
            Split = new SplitSpec(holdout, spec.Split?.By, null, null, seed, default),
            FitSeed = seed,
            SampleSeed = seed,
            Measures = new MeasureSpec { Only = metrics, Replicates = FewReplicates },
        };
        var plain = Under(_specs[0]);
        var quiet = RunContext.Quiet(seed, threads);
        var real = DefaultSpec.Read(plain, quiet);
        ISampler? drawn = null;
        double fit = DefaultSpec.CpuSeconds(() => drawn = DefaultSpec.Load(table.Fit(plain, real, threads)));
        yield return Judged(plain, real, drawn!, fit, quiet);
        foreach (var spec in _specs.Skip(1).Select(Under))
        {
            ISampler? chosen = null;
            double choice = DefaultSpec.CpuSeconds(() => chosen = Chosen(spec, real, drawn!, quiet));
            yield return Judged(spec, real, chosen!, fit + choice, quiet);
        }
    }

    /// <summary>As the corridor would after fitting; a model that is no table's own is fitted again under the whole spec.</summary>
    private ISampler Chosen(Spec spec, RealData real, ISampler drawn, RunContext run) => drawn is TableSampler sampler
        ? Refiner.Choose(sampler, real.Training, FrameBuilder.Build(spec, real.Training).Values, spec, spec.Refine!, run)
        : DefaultSpec.Load(table.Fit(spec, real, threads));

    private static Outcome Judged(Spec spec, RealData real, ISampler sampler, double fit, RunContext run)
    {
        Table? synthetic = null;
        double sample = DefaultSpec.CpuSeconds(() => synthetic = sampler.Sample(new ItemRange(0, real.Training.RowCount), run).Single);
        Judgement? judgement = null;
        double judge = DefaultSpec.CpuSeconds(() => judgement = Judging.Judge(spec, real, synthetic!, run));
        return new Outcome(judgement!.Result, fit, sample, judge);
    }
}
