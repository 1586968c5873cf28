using Simulant.Data;
using Simulant.Validation.Attacks;
using Simulant.Validation.Comparison;
using Simulant.Validation.Detection;
using Simulant.Validation.Diversity;
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
        string[] stages = ["fidelity", "diversity", "detection", "utility", "memory"];
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
        var dcr = Stage(MemoryFamily.Measure);
        return new ValidationResult
        {
            Metrics = session.Metrics,
            Rows = new RowCounts(session.Training, session.Holdout, session.Synthetic),
            Trends = fidelity,
            Detection = detection,
            Utility = utility,
            Dcr = dcr,
            NotChecked = session.NotChecked,
        };
    }
}
