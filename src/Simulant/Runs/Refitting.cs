using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Validation;
using Simulant.Validation.Attacks;

namespace Simulant.Runs;

/// <summary>
/// An engine that is fitted again, for attacks alone: its models see held-out rows, so nothing that they make is kept, shown or
/// measured as synthetic data.
/// </summary>
internal sealed record Refitting(Engine Engine, Spec Spec)
{
    /// <param name="path">A model file, a folder that holds one, or a spec.</param>
    public static Refitting Of(Corridor corridor, string path)
    {
        var found = Path.GetExtension(path) == ".simulant" || File.Exists(Path.Combine(path, ModelFile.PublishedName))
            ? OfModel(corridor, ModelFile.Read(SingleFile.ModelIn(path)), path) : OfSpec(corridor, path);
        if (!found.Engine.LearnsFromData)
            throw new UsageException($"'{path}' learns from no data, so there is nothing to fit again; leave --model out");
        if (found.Engine.Pays || found.Spec.Privacy is not null)
            throw new UsageException($"'{path}': under 'privacy' every shadow model would have to be paid for; leave --model out");
        return found;
    }

    private static Refitting OfModel(Corridor corridor, ModelFile model, string path) => new(corridor.Engines[model.Header.Engine],
        Job.Restore(model) ?? throw new UsageException($"{path}: the spec in the model cannot be read by this program"));

    private static Refitting OfSpec(Corridor corridor, string path)
    {
        var job = Job.Load(new MakeRequest(path), corridor.Engines);
        return new Refitting(job.Engine, job.Spec);
    }

    public Shadows Shadows(Evaluation data, int count, RunContext run)
    {
        Table training = data.Training.Single, holdout = data.Holdout.Single;
        int made = data.Synthetic.Single.RowCount;
        return new Shadows(count, (inTraining, inHoldout, shadow) =>
        {
            var learned = Tables.DropUnusedLevels(Tables.Concat([training.Take(inTraining), holdout.Take(inHoldout)]));
            ulong seed = run.Seed + (ulong)shadow;
            var spec = Spec with { Supplement = null, Rows = made, FitSeed = seed, SampleSeed = seed };
            var sampler = Engine.Fit(new TableRequest(spec, learned.Schema), Dataset.Of(learned), run with { Seed = seed });
            return sampler.Sample(new ItemRange(0, made), run with { Seed = seed }).Single;
        });
    }
}

/// <summary>Lets the stages of many fits pass unseen: the count of models says enough.</summary>
internal sealed class Hushed(IProgress<StageProgress> to) : IProgress<StageProgress>
{
    public void Report(StageProgress value)
    {
        if (value.Unit == "models") to.Report(value);
    }
}
