using Simulant.Data;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>Measures records of text. What a table's columns are compared by says nothing of them.</summary>
internal static class TextJudging
{
    public static Judgement Judge(Spec spec, RealData? real, Table synthetic, RunContext run)
    {
        _ = run;
        var result = new ValidationResult
        {
            Metrics = [],
            Rows = new RowCounts(real?.Training.RowCount ?? 0, real?.Holdout.Count ?? 0, synthetic.RowCount),
            NotChecked = real is null ? [new NotChecked("likeness", "there are no real texts to compare with")] : [],
        };
        var gates = spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows));
        return new Judgement(result, Validation.Gates.Evaluate(gates, result));
    }
}
