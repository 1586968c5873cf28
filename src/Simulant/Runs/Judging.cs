using Simulant.Data;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>What validation found, and what the spec's gates say to it.</summary>
internal sealed record Judgement(ValidationResult Result, IReadOnlyList<GateResult> Gates)
{
    /// <summary>The main figures of as many rows as they were drawn, where the judged ones were chosen; else null.</summary>
    public ValidationResult? Unrefined { get; init; }

    /// <summary>How the figures came to be, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool Rejected => !Validation.Gates.Hold(Gates);
}

/// <summary>Measures the stored rows against both parts of the real data. Validation knows no engine, and gets no spec.</summary>
internal static class Judging
{
    /// <summary>What choosing rows may better, and what it may cost.</summary>
    private static readonly string[] Compared =
    [
        MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection, MetricNames.DetectionTrain, MetricNames.TransferRatio,
        MetricNames.Copies, MetricNames.DcrShare, MetricNames.DcrQ02, MetricNames.MembershipAuc,
    ];

    /// <summary>Judges stored rows by what drew them: frames as scenes, real rows with made ones beside them by <see
    /// cref="Supplements"/>.</summary>
    public static Judgement Judge(Spec spec, RealData? real, StoredRows stored, ISampler sampler, RunContext run, Table? unrefined,
        SceneSet? scenes, string folder = "") =>
        Supplements.In(sampler) is { } supplemented
            ? Supplements.Judge(spec, real!, stored.Sample, stored.JudgedBefore(supplemented.RealCount), run)
            : Judge(spec, real, stored.Sample, run, unrefined, scenes, folder);

    /// <param name="unrefined">As many rows as they were drawn, where the synthetic ones were chosen.</param>
    /// <param name="scenes">The frames that the rows tell of, where they are such.</param>
    /// <param name="folder">Where paths of a source of real pictures start.</param>
    public static Judgement Judge(Spec spec, RealData? real, Table synthetic, RunContext run, Table? unrefined = null,
        SceneSet? scenes = null, string folder = "")
    {
        if (scenes is not null) return SceneJudging.Judge(spec, scenes, synthetic, folder, run);
        if (spec.Kind == Engine.Text) return TextJudging.Judge(spec, real, synthetic, run);
        var none = synthetic.Slice(0, 0);
        var training = real?.Training ?? none;
        var evaluation = new Evaluation(
            Dataset.Of(training), Dataset.Of(real?.Holdout.ForJudging ?? none), Dataset.Of(synthetic));
        var options = Options(spec, real is not null) with { Constraints = ConstraintCounts.Of(spec, training) };
        var result = Validator.Measure(evaluation, options, run);
        if (real is null)
            result = result with { NotChecked = [.. result.NotChecked,
                new NotChecked("likeness", "there is no real data to compare with")] };
        var gates = spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows));
        var judgement = new Judgement(result, Validation.Gates.Evaluate(gates, result));
        if (unrefined is null) return judgement;
        var compared = options with { Only = Compared.Where(m => options.Only?.Contains(m) ?? true).ToHashSet(StringComparer.Ordinal) };
        return judgement with
        {
            Unrefined = Validator.Measure(evaluation with { Synthetic = Dataset.Of(unrefined) }, compared, run),
        };
    }

    internal static ValidationOptions Options(Spec spec, bool real)
    {
        var (usual, asked) = (new ValidationOptions(), spec.Measures);
        string[] gated = [.. spec.Gates.Select(g => g.Metric)];
        // Rules alone can be held to what needs no other table.
        IEnumerable<string>? only = real ? asked.Only?.Concat(gated) : [MetricNames.Duplicates, MetricNames.Constraints, .. gated];
        return usual with
        {
            Target = spec.Source?.Target,
            Protect = [.. spec.Protect.Select(p => p.Column)],
            Only = only?.ToHashSet(StringComparer.Ordinal),
            TrendThreshold = asked.TrendThreshold ?? usual.TrendThreshold,
            Replicates = asked.Replicates ?? usual.Replicates,
            MostModelRows = (int)Math.Min(asked.ModelRows ?? usual.MostModelRows, int.MaxValue),
            MostAttackRows = (int)Math.Min(asked.AttackRows ?? usual.MostAttackRows, int.MaxValue),
            LeakTolerance = asked.LeakTolerance ?? usual.LeakTolerance,
            MostNeighbourRows = (int)Math.Min(asked.NeighbourRows ?? usual.MostNeighbourRows, int.MaxValue),
        };
    }
}
