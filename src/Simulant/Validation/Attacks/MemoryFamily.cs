using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>Copies, duplicates, distances to the closest record, and a membership attack.</summary>
internal static class MemoryFamily
{
    // Fixed by definition, so that figures of different tools compare.
    private const int ShareReal = 8_000, ShareSynthetic = 4_000, QuantileHoldout = 12_000, QuantileSynthetic = 8_000;
    private const int MostTraining = 200_000;

    private static readonly double[] Levels = [0.01, 0.02, 0.05, 0.1, 0.5];

    public static DcrCurve? Measure(Session session)
    {
        MeasureCopies(session);
        string[] distances = [MetricNames.DcrShare, MetricNames.DcrQ02, MetricNames.MembershipAuc];
        if (!session.Wants(distances)) return null;
        string? reason = session.Tables.Columns.Count == 0 ? "no column can be compared"
            : session.Training == 0 || session.Synthetic == 0 ? "a table has no rows"
            : session.Holdout == 0 ? "there is no holdout to compare with" : null;
        if (reason is not null)
        {
            foreach (string name in distances) session.Missing(name, Direction.Lower, reason);
            return null;
        }
        var embedding = new Embedding(session.Tables, flagMissing: true);
        MeasureShare(session, embedding);
        MeasureMembership(session, embedding);
        return MeasureCurve(session, embedding);
    }

    private static void MeasureCopies(Session session)
    {
        if (!session.Wants(MetricNames.Copies, MetricNames.CopiesDistinctive, MetricNames.Duplicates)) return;
        var all = Copies.Of(session.Tables, distinctiveOnly: false);
        var distinctive = Copies.Of(session.Tables, distinctiveOnly: true);
        if (all.Columns == 0 || session.Synthetic == 0)
        {
            foreach (string name in (string[])[MetricNames.Duplicates, MetricNames.Copies, MetricNames.CopiesDistinctive])
                session.Missing(name, Direction.Lower, "no column can be compared, or there are no synthetic rows");
            return;
        }
        Share(session, MetricNames.Duplicates, all.Repeated(Part.Synthetic), all.Repeated(Part.Holdout), Direction.Reference);
        Share(session, MetricNames.Copies, all.InTraining(Part.Synthetic), all.InTraining(Part.Holdout), Direction.Lower);
        if (distinctive.Columns == 0)
            session.Missing(MetricNames.CopiesDistinctive, Direction.Lower, "every column is near-unique");
        else
            Share(session, MetricNames.CopiesDistinctive, distinctive.InTraining(Part.Synthetic),
                distinctive.InTraining(Part.Holdout), Direction.Lower);
    }

    private static void Share(Session session, string name, int synthetic, int holdout, Direction better) => session.Estimated(
        name, (double)synthetic / session.Synthetic, session.Holdout == 0 ? double.NaN : (double)holdout / session.Holdout,
        Wilson.Interval(synthetic, session.Synthetic), better, session.Synthetic, Wilson.Interval(holdout, session.Holdout));

    private static void MeasureShare(Session session, Embedding embedding)
    {
        if (!session.Wants(MetricNames.DcrShare)) return;
        double[] nearer = NearestDistances.NearerToTraining(session.Tables, embedding, ShareReal, ShareSynthetic, session.Run);
        double share = nearer.Average();
        var interval = session.Bootstrap(MetricNames.DcrShare).Interval(nearer.Length, share, weights =>
        {
            double sum = 0, total = 0;
            for (int i = 0; i < nearer.Length; i++)
            {
                sum += weights[i] * nearer[i];
                total += weights[i];
            }
            return sum / total;
        });
        session.Estimated(MetricNames.DcrShare, share, 0.5, interval, Direction.Lower, nearer.Length);
    }

    private static void MeasureMembership(Session session, Embedding embedding)
    {
        if (!session.Wants(MetricNames.MembershipAuc)) return;
        int most = session.NeighbourRows;
        var scores = NearestDistances.Membership(session.Tables, embedding, most, most, session.Run);
        double auc = scores.Auc();
        var interval = session.Bootstrap(MetricNames.MembershipAuc).Interval(scores.Count, auc, w => scores.Auc(w));
        session.Estimated(MetricNames.MembershipAuc, auc, 0.5, interval, Direction.Lower, scores.Count);
    }

    /// <summary>All of the training table, but for very long or very wide ones.</summary>
    private static int TrainingRows(Session session) =>
        Math.Min(MostTraining, Math.Max(ShareReal, (int)(1.5e7 / Math.Max(1, session.Tables.Columns.Count))));

    private static DcrCurve? MeasureCurve(Session session, Embedding embedding)
    {
        if (!session.Wants(MetricNames.DcrQ02)) return null;
        var (holdout, synthetic) = NearestDistances.ToTraining(
            session.Tables, embedding, QuantileHoldout, QuantileSynthetic, TrainingRows(session), session.Run);
        var distances = new DcrDistances(holdout, synthetic);
        double[] thresholds = [.. Levels.Select(distances.Threshold)];
        double threshold = distances.Threshold(0.02);
        if (threshold > 0)
        {
            double value = distances.SyntheticUnder(threshold);
            var interval = distances.Interval(0.02, value, session.Bootstrap("dcr/holdout"), session.Bootstrap("dcr/synthetic"));
            session.Estimated(MetricNames.DcrQ02, value, distances.HoldoutUnder(threshold), interval, Direction.Lower,
                distances.SyntheticRows);
        }
        else
        {
            session.Missing(MetricNames.DcrQ02, Direction.Lower,
                "not applicable: 2% or more of the holdout rows repeat a training row");
        }
        return new DcrCurve(Levels, thresholds,
            [.. thresholds.Select(t => t > 0 ? distances.SyntheticUnder(t) : double.NaN)],
            [.. thresholds.Select(t => t > 0 ? distances.HoldoutUnder(t) : double.NaN)]);
    }
}
