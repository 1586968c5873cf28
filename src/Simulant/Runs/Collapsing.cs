using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Reports;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Validation;
using Simulant.Validation.Collapse;

namespace Simulant.Runs;

/// <param name="Spec">A spec with a source: its training part is what the first generation learns from.</param>
public sealed record CollapseRequest(string Spec)
{
    /// <summary>At least 1.</summary>
    public int Generations { get; init; } = 10;

    /// <summary>
    /// What each learns from: <c>replace</c>, the one before it; <c>accumulate</c>, the real rows and all before it;
    /// <c>anchor:SHARE</c>, so many real rows, SHARE in (0, 1), filled up from the one before it.
    /// </summary>
    public string Mode { get; init; } = "replace";

    /// <summary>Rows are drawn again with replacement in place of an engine's: what chance alone does.</summary>
    public bool Resample { get; init; }

    /// <summary>The page to write; null for none.</summary>
    public string? Output { get; init; }

    public ulong? Seed { get; init; }
    public int Threads { get; init; } = 1;
    public bool Force { get; init; }

    private const string Anchored = "anchor:";

    /// <summary>Whether a text says what generations learn from.</summary>
    public static bool IsMode(string text) => Parse(text) is not null;

    /// <summary>The mode, and under an anchor its share; null where the text is none.</summary>
    internal static (CollapseMode Mode, double Anchor)? Parse(string text) => text switch
    {
        "replace" => (CollapseMode.Replace, 0),
        "accumulate" => (CollapseMode.Accumulate, 0),
        _ when text.StartsWith(Anchored, StringComparison.Ordinal)
            && double.TryParse(text[Anchored.Length..], CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
            => (CollapseMode.Anchor, share),
        _ => null,
    };
}

/// <summary>
/// <c>simulant collapse</c>: fits the spec's engine to real rows, then to the rows it drew, and so on, and measures each generation
/// against the real rows (Shumailov and others 2024; Gerstgrasser and others 2024).
/// </summary>
internal sealed class Collapsing(Corridor corridor, CollapseRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private static readonly HashSet<string> Measured =
        [MetricNames.Shapes, MetricNames.Trends, MetricNames.Recall, MetricNames.Duplicates];

    private CollapseMode _mode;
    private double _anchor;

    public CollapseCourse Run()
    {
        if (CollapseRequest.Parse(request.Mode) is not var (mode, anchor))
            throw new UsageException($"'{request.Mode}' is no mode; take replace, accumulate, or anchor:SHARE, as in anchor:0.2");
        (_mode, _anchor) = (mode, anchor);
        if (request.Output is { } page) SingleFile.Refuse(page, request.Force);
        var job = Job.Load(new MakeRequest(request.Spec) { Seed = request.Seed }, corridor.Engines);
        if (job.Spec.Source is null || !job.Engine.LearnsFromData)
            throw new UsageException($"'{request.Spec}' learns from no data, so there is nothing that could collapse; give it a source and "
                + "an engine that learns");
        if (job.Spec.Privacy is not null)
            throw new UsageException("under 'privacy' every generation would have to be paid for; try without it");
        var real = Sources.Read(job.Spec, job.Folder, Context(job.Spec.FitSeed));
        var training = real.Training;
        var law = new SurvivalLaw(_mode, _anchor, request.Generations);
        var generations = new List<CollapseGeneration>();
        var newest = training;
        var all = new List<Table> { training };
        for (int g = 1; g <= request.Generations; g++)
        {
            progress.Report(new StageProgress("generations", g - 1, request.Generations, "generations"));
            newest = Next(job, Learned(training, newest, all, g, job.Spec.FitSeed), training.RowCount, g);
            if (_mode == CollapseMode.Accumulate) all.Add(newest);
            int generation = g;
            generations.Add(Measure(training, real.Holdout.ForJudging, newest, g, count => law.At(count, generation)));
        }
        var fresh = Measure(training, real.Holdout.ForJudging, real.Holdout.ForJudging, 0, _ => double.NaN);
        string engine = request.Resample ? "rows drawn again" : job.Engine.Name;
        var course = new CollapseCourse(job.Spec.Name, engine, request.Mode, training.RowCount, fresh, generations);
        if (request.Output is { } path)
            SingleFile.Write(corridor.Files, path, to => to.Write(CollapsePage.Write(course, ProgramVersion.Number)));
        return course;
    }

    private RunContext Context(ulong seed) => new(seed, request.Threads, progress, cancel);

    /// <summary>What a generation learns from.</summary>
    private Table Learned(Table real, Table newest, List<Table> all, int generation, ulong seed)
    {
        if (generation == 1) return real;
        if (_mode == CollapseMode.Replace) return newest;
        if (_mode == CollapseMode.Accumulate) return Tables.Concat(all);
        var random = new RandomStream(seed, "anchor");
        int kept = Math.Clamp((int)Math.Round(_anchor * real.RowCount), 1, real.RowCount);
        int[] Some(int rows, int count, int slot) => [.. random.Permutation(rows, 2 * generation + slot).Take(count).Order()];
        return Tables.Concat([real.Take(Some(real.RowCount, kept, 0)),
            newest.Take(Some(newest.RowCount, Math.Max(0, Math.Min(newest.RowCount, real.RowCount - kept)), 1))]);
    }

    private Table Next(Job job, Table learned, int rows, int generation)
    {
        ulong seed = job.Spec.FitSeed + (ulong)generation - 1;
        if (request.Resample)
        {
            var random = new RandomStream(seed, "rows drawn again");
            return learned.Take([.. Enumerable.Range(0, rows).Select(r => random.Below(learned.RowCount, r, 0))]);
        }
        var training = Tables.DropUnusedLevels(learned);
        var spec = job.Spec with
        {
            Rows = rows, FitSeed = seed, SampleSeed = job.Spec.SampleSeed + (ulong)generation - 1, Supplement = null,
        };
        var sampler = job.Engine.Fit(new TableRequest(spec, training.Schema), Dataset.Of(training), Context(seed));
        return sampler.Sample(new ItemRange(0, rows), Context(spec.SampleSeed)).Single;
    }

    private CollapseGeneration Measure(Table training, Table holdout, Table made, int generation, Func<int, double> law)
    {
        var result = Validator.Measure(new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(made)),
            new ValidationOptions { Only = Measured, Replicates = 20 }, Context(1));
        double Figure(string name) => result.Find(name) is { IsEvaluated: true } m ? m.Score.Value : double.NaN;
        return CollapseGeneration.Of(generation, GenerationFigures.Of(training, made, law), Figure(MetricNames.Shapes),
            Figure(MetricNames.Trends), Figure(MetricNames.Recall), Figure(MetricNames.Duplicates));
    }
}
