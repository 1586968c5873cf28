using System.Globalization;

namespace Simulant.Validation;

/// <summary>
/// A demand on one figure: its interval's unfavourable end against a number, or against the figure's own reference (the same end of
/// the reference's interval, where it has one: none of 500 rows is no proof of a share of 0, on either side).
/// </summary>
/// <param name="Operator"><c>&gt;=</c>, <c>&gt;</c>, <c>&lt;=</c> or <c>&lt;</c>; it also says which end is unfavourable.</param>
/// <param name="Bound">NaN where the bound is the reference.</param>
/// <param name="MinRows">With fewer rows the gate is not evaluated and does not fail; 0 always evaluates.</param>
public sealed record Gate(string Metric, string Operator, double Bound, long MinRows = 0)
{
    public bool AgainstReference => double.IsNaN(Bound);

    /// <summary>As a spec writes it: <c>&gt;= 0.97</c>, <c>&lt;= reference</c>.</summary>
    public string Text =>
        $"{Operator} {(AgainstReference ? "reference" : Bound.ToString("R", CultureInfo.InvariantCulture))}";

    /// <summary>Tests the gate.</summary>
    /// <param name="metric">The gate's figure; null where validation gave none.</param>
    /// <param name="rows">
    /// The tables' sizes; the smallest of those that have rows decides about <see cref="MinRows"/>, because the weakest table
    /// bounds what a figure can show.
    /// </param>
    /// <exception cref="ArgumentException">The figure is another metric's, or the operator is unknown.</exception>
    public GateResult Evaluate(MetricResult? metric, RowCounts rows)
    {
        if (metric is not null && metric.Name != Metric)
            throw new ArgumentException($"the gate is on '{Metric}', the figure is '{metric.Name}'", nameof(metric));
        bool upper = Operator switch
        {
            "<=" or "<" => true,
            ">=" or ">" => false,
            _ => throw new ArgumentException($"unknown operator '{Operator}'"),
        };
        long fewest = Fewest(rows);
        if (fewest < MinRows)
        {
            return new(this, GateOutcome.NotEvaluated, double.NaN, double.NaN, string.Create(CultureInfo.InvariantCulture,
                $"the smallest table has {fewest} rows, fewer than min_rows {MinRows}"));
        }
        // A gate is a demand for evidence: where there is no figure there is none, and the gate fails.
        if (metric is not { IsEvaluated: true } || double.IsNaN(metric.Score.Value))
            return Failed(double.NaN, double.NaN, "there is no figure: " + (metric?.NotEvaluated ?? "the metric does not apply"));
        var score = metric.Score;
        double end = upper ? score.High : score.Low;
        if (double.IsNaN(end)) end = score.Value;
        double bound = AgainstReference ? Reference(metric, upper) : Bound;
        if (double.IsNaN(bound)) return Failed(end, bound, "the figure has no reference to test against");
        bool passed = Operator switch { "<=" => end <= bound, "<" => end < bound, ">=" => end >= bound, _ => end > bound };
        string what = end == score.Value ? "its value" : upper ? "upper end of its interval" : "lower end of its interval";
        return new(this, passed ? GateOutcome.Passed : GateOutcome.Failed, end, bound, what);
    }

    private static double Reference(MetricResult metric, bool upper)
    {
        double end = upper ? metric.ReferenceHigh : metric.ReferenceLow;
        return double.IsNaN(end) ? metric.Score.Reference : end;
    }

    private GateResult Failed(double end, double bound, string reason) => new(this, GateOutcome.Failed, end, bound, reason);

    private static long Fewest(RowCounts rows)
    {
        long fewest = rows.Synthetic;
        if (rows.Training > 0) fewest = Math.Min(fewest, rows.Training);
        if (rows.Holdout > 0) fewest = Math.Min(fewest, rows.Holdout);
        return fewest;
    }
}

public enum GateOutcome { Passed, Failed, NotEvaluated }

/// <summary>A gate and what came of it.</summary>
/// <param name="Tested">The figure's end that was tested; NaN where none was.</param>
/// <param name="Bound">What it was tested against; NaN where there was nothing.</param>
/// <param name="Reason">Which end was tested, or why none was.</param>
public sealed record GateResult(Gate Gate, GateOutcome Outcome, double Tested, double Bound, string Reason);

/// <summary>Gates together.</summary>
public static class Gates
{
    /// <summary>Every gate against a validation, in the order given.</summary>
    public static IReadOnlyList<GateResult> Evaluate(IEnumerable<Gate> gates, ValidationResult result) =>
        [.. gates.Select(g => g.Evaluate(result.Find(g.Metric), result.Rows))];

    /// <summary>Whether none failed.</summary>
    public static bool Hold(IEnumerable<GateResult> results) => results.All(r => r.Outcome != GateOutcome.Failed);
}
