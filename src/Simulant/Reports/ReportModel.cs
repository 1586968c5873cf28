using Simulant.Data;
using Simulant.Provenance;
using Simulant.Validation;

namespace Simulant.Reports;

/// <summary>What a report shows: one synthetic set with the run that made it, or several sets of any origin side by side.</summary>
public sealed record ReportModel
{
    public required string Title { get; init; }

    /// <summary>The command that makes this report, or the data and the report, again.</summary>
    public required string Command { get; init; }

    public required string ProgramVersion { get; init; }

    /// <summary>At least one; all measured against the same training and holdout tables.</summary>
    public required IReadOnlyList<ReportSet> Sets { get; init; }

    /// <summary>The run that made the set; null for data of other origin (<c>evaluate</c>).</summary>
    public PublishedRun? Run { get; init; }

    /// <summary>The same figures of the rows as they were drawn, where the set's rows were chosen (<c>refine</c>); else null.</summary>
    public ValidationResult? Unrefined { get; init; }

    /// <summary>How the run's model was trained; null where it was not.</summary>
    public TrainingCurve? Training { get; init; }

    /// <summary>What is shown of a set of frames; null of other sets.</summary>
    public SceneStory? Scenes { get; init; }

    /// <summary>Kinds of the columns, so that dates are shown as dates; null shows numbers.</summary>
    public TableSchema? Schema { get; init; }

    public static ReportModel Of(PublishedRun run, ValidationResult result, IReadOnlyList<GateResult> gates) => new()
    {
        Title = run.Name,
        Command = run.Command,
        ProgramVersion = run.ProgramVersion,
        Sets = [new ReportSet(run.Name, result, gates)],
        Run = run,
        Schema = run.Schema,
    };
}

/// <summary>One synthetic set under its name, as measured.</summary>
public sealed record ReportSet(string Name, ValidationResult Result, IReadOnlyList<GateResult> Gates)
{
    public Verdict Verdict => Gates.Count == 0 ? Verdict.NoGates
        : Validation.Gates.Hold(Gates) ? Verdict.Passed : Verdict.Rejected;
}

/// <summary>From a validation to the plain figures that manifest and card hold.</summary>
public static class Figures
{
    /// <summary>One figure for each metric; several gates on one metric are joined, and all must hold.</summary>
    public static IReadOnlyList<Figure> Of(ValidationResult result, IReadOnlyList<GateResult> gates) =>
        [.. result.Metrics.Select(metric => Of(metric, [.. gates.Where(g => g.Gate.Metric == metric.Name)]))];

    private static Figure Of(MetricResult metric, IReadOnlyList<GateResult> gates)
    {
        var score = metric.Score;
        string? gate = gates.Count == 0 ? null : string.Join("; ", gates.Select(g => g.Gate.Text));
        bool? passed = gates.Any(g => g.Outcome == GateOutcome.Failed) ? false
            : gates.Any(g => g.Outcome == GateOutcome.Passed) ? true : null;
        return new Figure(metric.Name, score.Value, score.Reference, score.Low, score.High,
            score.Better.ToString().ToLowerInvariant(), score.Count, gate, passed);
    }
}
