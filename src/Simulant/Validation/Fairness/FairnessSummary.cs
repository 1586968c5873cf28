using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Fairness;

/// <summary>
/// One figure over all groups: the group that is furthest off. Its interval comes from intervals that hold for all groups together
/// (Bonferroni), since the furthest of many is far by chance alone.
/// </summary>
internal sealed class FairnessSummary(Session session, IReadOnlyList<MeasuredGroup> groups)
{
    private const string TooSmall = "no group has enough rows";

    /// <param name="noOutcome">Why there is no outcome, or empty.</param>
    /// <param name="noModels">Why there are no models, or empty.</param>
    public void Report(string noOutcome, string noModels)
    {
        Figure(MetricNames.FairnessRepresentation, "", g => g.Representation(Part.Synthetic) is not null,
            (g, n) => g.Representation(Part.Synthetic, ShareIntervals.Together(n)), Held((g, n) =>
                session.Holdout == 0 ? null : g.Representation(Part.Holdout, ShareIntervals.Together(n)), GroupEstimates.Least),
            GroupEstimates.Least);
        Figure(MetricNames.FairnessParity, noOutcome, g => g.Parity(Part.Synthetic) is not null,
            (g, n) => g.Parity(Part.Synthetic, ShareIntervals.Together(n)),
            Held((g, n) => g.Parity(Part.Holdout, ShareIntervals.Together(n)), GroupEstimates.Largest), GroupEstimates.Largest);
        Figure(MetricNames.FairnessDownstreamParity, noModels, g => g.PredictedParity(0) is not null,
            (g, n) => g.PredictedParity(0, ShareIntervals.Together(n)),
            Held((g, n) => g.PredictedParity(1, ShareIntervals.Together(n)), GroupEstimates.Largest), GroupEstimates.Largest);
        Figure(MetricNames.FairnessDownstreamOdds, noModels, g => g.Odds(0) is not null, (g, n) => g.Odds(0, n),
            Held((g, n) => g.Odds(1, n), GroupEstimates.Largest), GroupEstimates.Largest);
        Figure(MetricNames.FairnessDownstreamCalibration, noModels, g => g.Calibration(0) is not null,
            (g, n) => g.Calibration(0, ShareIntervals.Together(n)),
            Held((g, n) => g.Calibration(1, ShareIntervals.Together(n)), GroupEstimates.Largest), GroupEstimates.Largest);
        Figure(MetricNames.FairnessTstrGap, noModels, g => g.TstrGap() is not null,
            (g, n) => g.TstrGap(ShareIntervals.Together(n)), _ => new Estimate(0, 0, 0), GroupEstimates.Least);
    }

    /// <summary>The same of the reference, over the groups it can be told of.</summary>
    private Func<int, Estimate?> Held(
        Func<MeasuredGroup, int, Estimate?> estimate, Func<IReadOnlyList<Estimate>, Estimate> worst) => _ =>
    {
        int count = groups.Count(g => estimate(g, 1) is not null);
        return count == 0 ? null : worst([.. groups.Select(g => estimate(g, count)).OfType<Estimate>()]);
    };

    private void Figure(string name, string reason, Func<MeasuredGroup, bool> has, Func<MeasuredGroup, int, Estimate?> estimate,
        Func<int, Estimate?> reference, Func<IReadOnlyList<Estimate>, Estimate> worst)
    {
        int count = groups.Count(has);
        if (reason.Length > 0 || count == 0)
        {
            session.Missing(name, FairnessFamily.Better(name), reason.Length > 0 ? reason : TooSmall);
            return;
        }
        var found = worst([.. groups.Select(g => estimate(g, count)).OfType<Estimate>()]);
        var real = reference(count);
        session.Estimated(name, found.Value, real?.Value ?? double.NaN, (found.Low, found.High), FairnessFamily.Better(name), count,
            real is null ? null : (real.Low, real.High));
    }
}
