using Simulant.Data;
using Simulant.Validation.Attacks;
using Simulant.Validation.Comparison;
using Simulant.Validation.Detection;
using Simulant.Validation.Diversity;
using Simulant.Validation.Fairness;
using Simulant.Validation.Fidelity;
using Simulant.Validation.Utility;

namespace Simulant.Validation;

/// <summary>
/// Measures synthetic rows against real ones: every figure of <see cref="MetricNames"/> beside the same figure of the holdout.
/// Knows no engine. Deterministic in (tables, options, seed) at any thread count; ugly tables give figures "not evaluated"
/// with the reason, never an exception.
/// </summary>
public static class Validator
{
    /// <param name="data">One table a part. A holdout of no rows leaves references and what needs them out.</param>
    public static ValidationResult Measure(Evaluation data, ValidationOptions options, RunContext run)
    {
        var tables = ComparedTables.Of(data);
        var session = new Session(data, tables, options, run);
        string[] stages = ["fidelity", "diversity", "detection", "utility", "fairness", "memory", "attacks", "constraints"];
        int done = 0;
        T Stage<T>(Func<Session, T> measure)
        {
            run.Cancel.ThrowIfCancellationRequested();
            run.Progress.Report(new StageProgress("validate: " + stages[done], done, stages.Length, "families"));
            done++;
            return measure(session);
        }
        var fidelity = Stage(FidelityFamily.Measure);
        Stage(DiversityFamily.Measure);
        var detection = Stage(DetectionFamily.Measure);
        var utility = Stage(UtilityFamily.Measure);
        var fairness = Stage(FairnessFamily.Measure);
        var dcr = Stage(MemoryFamily.Measure);
        var attacks = Stage(AttackFamily.Measure);
        var constraints = Stage(MeasureConstraints);
        return new ValidationResult
        {
            Metrics = session.Metrics,
            Rows = new RowCounts(session.Training, session.Holdout, session.Synthetic),
            Columns = fidelity.Columns,
            Trends = fidelity.Trends,
            Tails = fidelity.Tails,
            Detection = detection,
            Utility = utility,
            Fairness = fairness,
            Dcr = dcr,
            Attacks = attacks,
            Scatter = options.Only is null ? PrincipalPlane.Of(tables, run.Seed) : null,
            Constraints = constraints,
            NotChecked = session.NotChecked,
        };
    }

    /// <summary>Broken rules per synthetic row; a row that breaks two rules counts twice.</summary>
    private static List<ConstraintCheck> MeasureConstraints(Session session)
    {
        var checks = new List<ConstraintCheck>();
        if (session.Options.Constraints.Count == 0 || !session.Wants(MetricNames.Constraints)) return checks;
        Table training = session.Data.Training.Single, holdout = session.Data.Holdout.Single;
        var synthetic = session.Data.Synthetic.Single;
        foreach (var (rule, count) in session.Options.Constraints)
            checks.Add(new ConstraintCheck(rule, count(training), session.Holdout == 0 ? -1 : count(holdout), count(synthetic)));
        if (session.Synthetic == 0)
        {
            session.Missing(MetricNames.Constraints, Direction.Lower, "there are no synthetic rows");
            return checks;
        }
        double reference = session.Holdout == 0 ? double.NaN : (double)checks.Sum(c => c.Holdout) / session.Holdout;
        session.Exact(MetricNames.Constraints, (double)checks.Sum(c => c.Synthetic) / session.Synthetic, reference,
            Direction.Lower, session.Synthetic);
        return checks;
    }
}
