using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Detection;

/// <summary>Judges that try to tell synthetic rows from real ones.</summary>
internal static class DetectionFamily
{
    private const int LeastRows = 20;

    private delegate JudgeScores Judge(
        ComparedTables tables, Part real, int[] realRows, Part other, int[] otherRows, RunContext run);

    public static IReadOnlyList<DetectionDetail> Measure(Session session)
    {
        var details = new List<DetectionDetail>();
        int most = session.ModelRows;
        if (session.Wants(MetricNames.Detection, MetricNames.DetectionTrain))
        {
            double reference = Reference(session, BoostedJudge.Judge, most);
            Ask(session, MetricNames.Detection, "boosted-trees", BoostedJudge.Judge, most, Part.Holdout, reference, details);
            Ask(session, MetricNames.DetectionTrain, "boosted-trees", BoostedJudge.Judge, most, Part.Training, reference, details);
        }
        if (session.Wants(MetricNames.DetectionFourier))
        {
            int few = Math.Min(most, FourierJudge.RowsFor(session.Tables.Columns.Count));
            double reference = Reference(session, FourierJudge.Judge, few);
            Ask(session, MetricNames.DetectionFourier, "fourier", FourierJudge.Judge, few, Part.Holdout, reference, details);
        }
        return details;
    }

    /// <summary>Holdout against training: what the judge says where there is nothing to see.</summary>
    private static double Reference(Session session, Judge judge, int most) =>
        Enough(session, Part.Training, Part.Holdout) ? Scores(session, judge, most, Part.Training, Part.Holdout).Auc : double.NaN;

    private static bool Enough(Session session, Part real, Part other) =>
        session.Tables.Columns.Count > 0 && Math.Min(session.Tables.Rows(real), session.Tables.Rows(other)) >= LeastRows;

    /// <summary>Both parts cut to equal counts.</summary>
    private static JudgeScores Scores(Session session, Judge judge, int most, Part real, Part other)
    {
        int count = Math.Min(most, Math.Min(session.Tables.Rows(real), session.Tables.Rows(other)));
        int[] realRows = Sampling.Rows(session.Tables.Rows(real), count, session.Run.Seed, $"detection/{real}");
        int[] otherRows = Sampling.Rows(session.Tables.Rows(other), count, session.Run.Seed, $"detection/{other}");
        return judge(session.Tables, real, realRows, other, otherRows, session.Run);
    }

    private static void Ask(
        Session session, string name, string title, Judge judge, int most, Part real, double reference, List<DetectionDetail> details)
    {
        if (!session.Wants(name)) return;
        string against = real == Part.Holdout ? "holdout" : "training";
        if (!Enough(session, real, Part.Synthetic))
        {
            session.Missing(name, Direction.Lower, $"needs a column and {LeastRows} rows each of {against} and synthetic table");
            return;
        }
        var scores = Scores(session, judge, most, real, Part.Synthetic);
        var interval = scores.Interval(session.Bootstrap(name));
        session.Estimated(name, scores.Auc, reference, interval, Direction.Lower, scores.Rows);
        details.Add(new DetectionDetail(title, against, scores.Auc, [.. scores.Folds.Select(f => f.Auc())],
            BoostedJudge.Importance(session.Tables, scores.Gains)));
    }
}
