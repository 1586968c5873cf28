using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>Sets of real rows with made ones beside them: what is said of them, and how they are judged.</summary>
internal static class Supplements
{
    /// <summary>Figures of the whole set: what models learn from real and made rows together. All others are of the made rows.</summary>
    private static readonly string[] OfTheWhole =
    [
        MetricNames.Tstr, MetricNames.Trtr, MetricNames.TransferRatio, MetricNames.TstrF1, MetricNames.TstrRmse, .. MetricNames.Fairness,
    ];

    /// <summary>The sampler where it gives real rows out; else null.</summary>
    public static SupplementedSampler? In(ISampler sampler) => AutoSampler.Unwrap(sampler) as SupplementedSampler;

    /// <summary>What a user of the set should know: which rows are real, what was made for what, and what the figures are of.</summary>
    public static IEnumerable<string> Told(Spec spec, Table training)
    {
        if (spec.Supplement is not { } supplement) yield break;
        var plan = SupplementPlan.Of(supplement, training);
        string which = supplement.Mark is { } mark ? $"column '{mark}' tells them apart" : "the real ones come first";
        yield return string.Create(CultureInfo.InvariantCulture, $"The set holds real rows: all {plan.RealRows} training rows as they were "
            + $"read (but keys, personal data and free text, which are made up), and {plan.Made} made ones beside them; {which}. ")
            + "Whoever gets the set gets the real rows.";
        foreach (var one in plan.Conditions)
            yield return string.Create(CultureInfo.InvariantCulture, $"The spec asks for other shares than the data has (supplement): "
                + $"'{one.Reach.Where.Text}' holds for {one.Real} of {plan.RealRows} training rows, {Asked(one.Reach)}, and {one.Made} "
                + $"were made for it.");
        yield return "Utility and groups are measured on the whole set, beside the training rows alone; all other figures are of the made "
            + "rows, beside the real rows that meet the same conditions.";
    }

    private static string Asked(ReachSpec reach) => reach.Share is { } share
        ? string.Create(CultureInfo.InvariantCulture, $"{share:0.####} of all rows was asked for")
        : string.Create(CultureInfo.InvariantCulture, $"{reach.Rows} were asked for");

    /// <param name="rows">The judged rows, real ones first.</param>
    /// <param name="realRows">How many of them are real.</param>
    public static Judgement Judge(Spec spec, RealData real, Table rows, int realRows, RunContext run)
    {
        var training = real.Training;
        var holdout = real.Holdout.ForJudging;
        var set = rows.Select(training.Columns.Select(c => c.Name));
        var options = Judging.Options(spec, true) with { Constraints = ConstraintCounts.Of(spec, training) };
        bool Wanted(string metric) => options.Only?.Contains(metric) ?? true;
        var plan = SupplementPlan.Of(spec.Supplement!, training);
        Expression[] conditions = [.. plan.Conditions.Where(c => c.Made > 0).Select(c => c.Reach.Where)];
        var made = Validator.Measure(new Evaluation(Dataset.Of(Meeting(conditions, training)), Dataset.Of(Meeting(conditions, holdout)),
            Dataset.Of(set.Slice(realRows, set.RowCount - realRows))), options with
            {
                Only = MetricNames.All.Where(m => Wanted(m) && m != MetricNames.Augmented && !OfTheWhole.Contains(m)).ToHashSet(
                    StringComparer.Ordinal),
            }, run);
        var whole = Validator.Measure(new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(set)), options with
        {
            Only = OfTheWhole.Where(m => Wanted(m) || m == MetricNames.Tstr && Wanted(MetricNames.Augmented)).ToHashSet(
                StringComparer.Ordinal),
        }, run);
        var figures = whole.Metrics.Where(m => Wanted(m.Name)).Concat(made.Metrics).ToList();
        // Training and made rows together are what the set is.
        if (Wanted(MetricNames.Augmented) && whole.Find(MetricNames.Tstr) is { } both)
            figures.Add(both with { Name = MetricNames.Augmented });
        var order = MetricNames.All.ToList();
        var result = made with
        {
            Metrics = [.. figures.OrderBy(m => order.IndexOf(m.Name))],
            Utility = whole.Utility,
            Fairness = whole.Fairness,
            NotChecked = [.. made.NotChecked.Concat(whole.NotChecked).Distinct()],
        };
        var gates = spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows));
        return new Judgement(result, Gates.Evaluate(gates, result));
    }

    private static Table Meeting(Expression[] conditions, Table table)
    {
        sbyte[][] tests = [.. conditions.Select(c => c.Test(table))];
        return Tables.DropUnusedLevels(table.Take([.. Enumerable.Range(0, table.RowCount).Where(r => tests.Any(t => t[r] == 1))]));
    }
}
