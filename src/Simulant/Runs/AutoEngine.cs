using System.Globalization;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>
/// <c>engine: auto</c>: fits each of several engines to a part of the training rows, judges what it draws against the rest of
/// them, and fits the best to all of them. The holdout is not among its arguments.
/// </summary>
/// <remarks>
/// The rule: an engine with more plain signs of memory gives way to those with fewer. Of the others, those whose interval of
/// <c>detection.auc</c> reaches that of the least are held to be equal, and of these the greatest
/// <c>utility.transfer-ratio</c> wins, or without a target the least <c>detection.auc</c>; ties go to the one listed first.
/// </remarks>
internal sealed class AutoEngine(IReadOnlyList<Engine> engines)
{
    public const string Name = "auto";
    private const string List = "engines";

    /// <summary>Share of the training rows that tries are judged by.</summary>
    private const double InnerHoldout = 0.25;

    private static readonly string[] Judged =
    [
        MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection, MetricNames.TransferRatio, MetricNames.Copies,
        MetricNames.DcrShare, MetricNames.MembershipAuc,
    ];

    private EngineOptions Options => new(Name,
    [
        new EngineOption(List, OptionKind.Texts, "Engines to try, in this order.")
            { Default = string.Join(", ", Usual.Select(e => e.Name)) },
    ]);

    private IEnumerable<Engine> Usual => engines.Where(e => e.IsTriedByDefault);

    /// <summary>The entry of the engine table that chooses among these.</summary>
    public static Engine Over(IReadOnlyList<Engine> engines)
    {
        var auto = new AutoEngine(engines);
        return new Engine(Name, LearnsFromData: true)
        {
            Options = auto.Options,
            Check = (spec, faults) => auto.Named(spec, faults),
            Fit = auto.Fit,
            Load = stream => AutoSampler.Load(stream, name => engines.FirstOrDefault(e => e.Name == name)),
        };
    }

    /// <summary>The engines that a spec lists; faults at their names.</summary>
    private List<Engine> Named(Spec spec, DiagnosticBag faults)
    {
        Options.Read(spec.Engine.Options, faults);
        if (faults.HasErrors || spec.Engine.Options?[List] is not { } node) return [.. Usual];
        var found = new List<Engine>();
        foreach (var item in node is SpecList list ? list.Items : [node])
        {
            string name = ((SpecScalar)item).Text;
            var engine = engines.FirstOrDefault(e => e.Name == name);
            if (engine is null)
                faults.Error(Codes.UnknownEngine, item.At,
                    $"'{Nearest.Printable(name)}' is no engine to try; choose from {string.Join(", ", engines.Select(e => e.Name))}");
            else if (found.Contains(engine))
                faults.Error(Codes.DuplicateName, item.At, $"the engine '{name}' is listed twice; remove one");
            else found.Add(engine);
        }
        if (found.Count == 0 && !faults.HasErrors) faults.Error(Codes.BadValue, node.At, $"'{List}' is empty; name an engine to try");
        return found;
    }

    private ISampler Fit(TableRequest request, Dataset training, RunContext run)
    {
        var faults = new DiagnosticBag();
        var named = Named(request.Spec, faults);
        faults.ThrowIfErrors();
        var tries = Try(named, request, training.Single, run);
        int best = Best(tries);
        var winner = named[best];
        run.Progress.Report(new StageProgress($"fitting {winner.Name}", 0, 0, "steps"));
        var sampler = winner.Fit(request with { Spec = With(request.Spec, winner) }, training, run);
        return new AutoSampler(winner.Name, [.. tries.Select((t, i) => Told(t, i == best))], sampler);
    }

    /// <summary>What came of one engine.</summary>
    /// <param name="Result">Null where it could not be judged; <paramref name="Outcome"/> says why.</param>
    private sealed record Trial(string Engine, ValidationResult? Result, string Outcome);

    private static List<Trial> Try(List<Engine> named, TableRequest request, Table training, RunContext run)
    {
        Table inner, held;
        try
        {
            if (named.Count == 1) return [new Trial(named[0].Name, null, "the only one listed")];
            var rows = Split.Within(training, request.Spec.Split, InnerHoldout, request.Spec.FitSeed);
            inner = Tables.DropUnusedLevels(training.Take(rows.Training));
            held = Tables.DropUnusedLevels(training.Take(rows.Holdout));
        }
        catch (DataException e)
        {
            return [.. named.Select(n => new Trial(n.Name, null, $"not tried: {e.Message.TrimEnd('.')}"))];
        }
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(run.Cancel);
        // A timer counts whole milliseconds and rings when a thread is free; less than one has run out already.
        if (request.Spec.TimeLimit is { TotalMilliseconds: < 1 }) clock.Cancel();
        else if (request.Spec.TimeLimit is { } limit) clock.CancelAfter(limit);
        var trials = new List<Trial>();
        foreach (var engine in named)
        {
            run.Progress.Report(new StageProgress($"trying {engine.Name}", trials.Count, named.Count, "engines"));
            try
            {
                clock.Token.ThrowIfCancellationRequested();
                var result = Judge(engine, request, inner, held, run with { Cancel = clock.Token, Rejections = new RejectionTally() });
                trials.Add(new Trial(engine.Name, result, Signs(result) is { Count: > 0 } signs
                    ? $"signs of memory: {string.Join(", ", signs)}" : "judged"));
            }
            catch (OperationCanceledException) when (!run.Cancel.IsCancellationRequested)
            {
                trials.Add(new Trial(engine.Name, null, "not judged: time_limit ran out"));
            }
            catch (DataException e)
            {
                trials.Add(new Trial(engine.Name, null, $"not judged: {e.Message.TrimEnd('.')}"));
            }
        }
        return trials;
    }

    /// <summary>As many rows as were learned from, without balance and conditions: what the real rows are compared with.</summary>
    private static ValidationResult Judge(Engine engine, TableRequest request, Table inner, Table held, RunContext run)
    {
        var spec = With(request.Spec, engine) with { Rows = inner.RowCount, Balance = [], Conditions = [],
            Independence = 0, Supplement = null };
        var sampler = engine.Fit(request with { Spec = spec, Schema = inner.Schema }, Dataset.Of(inner), run);
        var drawn = sampler.Sample(new ItemRange(0, inner.RowCount), run with { Seed = spec.SampleSeed });
        var options = new ValidationOptions
        {
            Target = spec.Source?.Target,
            Only = Judged.ToHashSet(StringComparer.Ordinal),
        };
        return Validator.Measure(new Evaluation(Dataset.Of(inner), Dataset.Of(held), drawn), options, run);
    }

    private static Spec With(Spec spec, Engine engine) => spec with { Engine = new EngineSpec(engine.Name, null, spec.Engine.At) };

    /// <summary>Plain signs of memory; slight ones are what small intervals show of every engine that learns well.</summary>
    private static List<string> Signs(ValidationResult result) =>
        [.. result.Metrics.Where(Words.IsPlainSignOfMemory).Select(m => m.Name)];

    private static int Best(List<Trial> trials)
    {
        var all = Enumerable.Range(0, trials.Count).Where(i => trials[i].Result is not null).ToList();
        if (all.Count == 0) return 0;
        int fewest = all.Min(i => Signs(trials[i].Result!).Count);
        var clean = all.Where(i => Signs(trials[i].Result!).Count == fewest).ToList();
        Score? Of(int i, string metric) => trials[i].Result!.Find(metric) is { IsEvaluated: true } m ? m.Score : null;
        double Detection(int i) => Of(i, MetricNames.Detection)?.Value ?? 1;
        double reach = Of(clean.MinBy(Detection), MetricNames.Detection)?.High ?? 1;
        var equal = clean.Where(i => (Of(i, MetricNames.Detection)?.Low ?? 1) <= reach).ToList();
        return equal.OrderByDescending(i => Of(i, MetricNames.TransferRatio)?.Value ?? double.NegativeInfinity)
            .ThenBy(Detection).ThenBy(i => i).First();
    }

    private static EngineTry Told(Trial trial, bool chosen) => new(trial.Engine, chosen, trial.Outcome,
        trial.Result is null ? [] : [.. Judged.Select(name => KeyValuePair.Create(name,
            trial.Result.Find(name) is { IsEvaluated: true } m ? m.Score.Value : double.NaN))]);
}
