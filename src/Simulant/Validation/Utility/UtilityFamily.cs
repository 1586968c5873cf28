using Simulant.Data;
using Simulant.Validation.Comparison;
using Simulant.Validation.Fairness;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Utility;

/// <summary>Does a model trained on synthetic rows predict real ones as well as a model trained on real rows?</summary>
internal static class UtilityFamily
{
    private static readonly string[] Names =
    [
        MetricNames.Tstr, MetricNames.Trtr, MetricNames.TransferRatio, MetricNames.TstrF1, MetricNames.TstrRmse,
        MetricNames.Augmented,
    ];

    public static UtilityDetail? Measure(Session session)
    {
        if (!session.Wants(Names) && !FairnessFamily.NeedsModels(session)) return null;
        if (session.Target is not { } target) return null;
        int column = session.Tables.IndexOf(target);
        string reason = $"the target '{target}' cannot be compared";
        var data = column < 0
            ? null
            : UtilityData.Of(session.Tables, column, session.ModelRows, session.Run.Seed, out reason);
        if (data is null)
        {
            session.NoModels = reason;
            foreach (string name in Names.Take(3)) session.Missing(name, Direction.Higher, reason);
            return null;
        }
        int[] real = data.Rows(Part.Training), made = data.Rows(Part.Synthetic);
        var sources = new List<int[]> { made, real };
        if (session.Wants(MetricNames.Augmented)) sources.Add([.. real, .. made]);
        var models = new UtilityModel[sources.Count];
        // The longest fit first, so that two threads end together.
        Work.For(sources.Count, session.Run, i =>
            models[^(i + 1)] = UtilityModel.Fit(data, sources[^(i + 1)], session.Run.Cancel));
        session.Models = data.Task == UtilityTask.Binary ? new UtilityModels(data, models[0], models[1]) : null;
        if (!session.Wants(Names)) return null;
        Report(session, data, models);
        return new UtilityDetail(target, data.Task)
        {
            Synthetic = models[0].Scores(),
            Real = models[1].Scores(),
            Both = models.Length > 2 ? models[2].Scores() : null,
        };
    }

    private static void Report(Session session, UtilityData data, UtilityModel[] models)
    {
        // Chance is .5 for an AUC and 0 for R2.
        double chance = data.Task == UtilityTask.Regression ? 0 : 0.5;
        double Ratio(byte[]? w)
        {
            double own = models[1].Main(w) - chance;
            return own > 0 ? (models[0].Main(w) - chance) / own : double.NaN;
        }
        var bootstrap = session.Bootstrap("utility"); // the same holdout rows for every figure: the ratio is paired
        int rows = models[0].HoldoutRows;
        double tstr = models[0].Main(), trtr = models[1].Main(), ratio = Ratio(null);
        session.Estimated(MetricNames.Tstr, tstr, trtr, bootstrap.Interval(rows, tstr, models[0].Main), Direction.Higher, rows);
        session.Estimated(MetricNames.Trtr, trtr, trtr, bootstrap.Interval(rows, trtr, models[1].Main), Direction.Higher, rows);
        if (double.IsNaN(ratio))
            session.Missing(MetricNames.TransferRatio, Direction.Higher, "the model trained on real rows is no better than chance");
        else
            session.Estimated(MetricNames.TransferRatio, ratio, 1, bootstrap.Interval(rows, ratio, Ratio), Direction.Higher, rows);
        if (data.Task == UtilityTask.Regression)
        {
            double rmse = models[0].Rmse();
            session.Estimated(MetricNames.TstrRmse, rmse, models[1].Rmse(),
                bootstrap.Interval(rows, rmse, models[0].Rmse), Direction.Lower, rows);
        }
        else
        {
            double f1 = models[0].MacroF1();
            session.Estimated(MetricNames.TstrF1, f1, models[1].MacroF1(),
                bootstrap.Interval(rows, f1, models[0].MacroF1), Direction.Higher, rows);
        }
        if (models.Length < 3) return;
        double both = models[2].Main();
        session.Estimated(MetricNames.Augmented, both, trtr, bootstrap.Interval(rows, both, models[2].Main), Direction.Higher, rows);
    }
}

/// <summary>Two models of a binary target, judged on the same held-out rows.</summary>
/// <param name="Synthetic">Trained on synthetic rows.</param>
/// <param name="Real">Trained on training rows.</param>
internal sealed record UtilityModels(UtilityData Data, UtilityModel Synthetic, UtilityModel Real);
