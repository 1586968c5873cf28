using Simulant.Validation.Comparison;

namespace Simulant.Validation.Detection;

/// <summary>Judges that try to tell synthetic rows from real ones.</summary>
internal static class DetectionFamily
{
    private const int LeastRows = 20;

    public static IReadOnlyList<DetectionDetail> Measure(Session session)
    {
        var details = new List<DetectionDetail>();
        if (!session.Wants(MetricNames.Detection, MetricNames.DetectionTrain)) return details;
        // Real against real: what the judge says where there is nothing to see.
        double reference = Enough(session, Part.Training, Part.Holdout)
            ? Judge(session, Part.Training, Part.Holdout).Auc
            : double.NaN;
        Boosted(session, MetricNames.Detection, Part.Holdout, "holdout", reference, details);
        Boosted(session, MetricNames.DetectionTrain, Part.Training, "training", reference, details);
        return details;
    }

    private static bool Enough(Session session, Part real, Part other) =>
        session.Tables.Columns.Count > 0 && Math.Min(session.Tables.Rows(real), session.Tables.Rows(other)) >= LeastRows;

    private static JudgeScores Judge(Session session, Part real, Part other)
    {
        var (realRows, otherRows) = EqualRows(session, real, other);
        return BoostedJudge.Judge(session.Tables, real, realRows, other, otherRows, session.Run);
    }

    /// <summary>Both parts cut to equal counts.</summary>
    private static (int[] Real, int[] Other) EqualRows(Session session, Part real, Part other)
    {
        int count = Math.Min(session.Options.MostModelRows, Math.Min(session.Tables.Rows(real), session.Tables.Rows(other)));
        return (Sampling.Rows(session.Tables.Rows(real), count, session.Run.Seed, $"detection/{real}"),
            Sampling.Rows(session.Tables.Rows(other), count, session.Run.Seed, $"detection/{other}"));
    }

    private static void Boosted(
        Session session, string name, Part real, string against, double reference, List<DetectionDetail> details)
    {
        if (!session.Wants(name)) return;
        if (!Enough(session, real, Part.Synthetic))
        {
            session.Missing(name, Direction.Lower, $"needs a column and {LeastRows} rows of each table");
            return;
        }
        var scores = Judge(session, real, Part.Synthetic);
        var interval = scores.Interval(session.Bootstrap(name));
        session.Estimated(name, scores.Auc, reference, interval, Direction.Lower, scores.Rows);
        details.Add(new DetectionDetail("boosted-trees", against, scores.Auc, [.. scores.Folds.Select(f => f.Auc())],
            BoostedJudge.Importance(session.Tables, scores.Gains)));
    }
}
