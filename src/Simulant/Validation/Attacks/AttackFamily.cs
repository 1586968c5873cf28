using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>The audit inside every validation, on fewer rows: its verdict as one figure, its attacks for the report.</summary>
internal static class AttackFamily
{
    public static AuditResult? Measure(Session session)
    {
        if (!session.Wants(MetricNames.Leak)) return null;
        int fewest = Math.Min(Math.Min(session.Training, session.Holdout), session.Synthetic);
        string? reason = session.Tables.Columns.Count == 0 ? "no column can be compared"
            : session.Holdout == 0 ? "there is no holdout to compare with"
            : fewest < Audit.LeastRows ? $"attacks need at least {Audit.LeastRows} rows of each table" : null;
        if (reason is not null)
        {
            session.Missing(MetricNames.Leak, Direction.Lower, reason);
            return null;
        }
        var options = new AuditOptions
        {
            Target = session.Target is { } target && session.Tables.IndexOf(target) >= 0 ? target : null,
            MostRows = session.Options.MostAttackRows,
            Tolerance = session.Options.LeakTolerance,
        };
        var found = Audit.Run(session.Data, session.Tables, options, session.Run);
        // A lower bound is no estimate with an interval; what is tolerated is the far end of the reference's.
        session.Estimated(MetricNames.Leak, found.Leak, 0, (found.Leak, found.Leak), Direction.Lower, found.Audited.Training,
            (0, options.Tolerance));
        return found;
    }
}
