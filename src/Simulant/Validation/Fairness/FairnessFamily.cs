using Simulant.Data;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;
using Simulant.Validation.Utility;

namespace Simulant.Validation.Fairness;

/// <summary>
/// Groups of the protected columns: how they are represented, how the outcome is shared among them in real and in synthetic rows,
/// and what models trained on either say of them in real held-out rows.
/// </summary>
internal static class FairnessFamily
{
    private static readonly string[] OfModels =
    [
        MetricNames.FairnessDownstreamParity, MetricNames.FairnessDownstreamOdds, MetricNames.FairnessDownstreamCalibration,
        MetricNames.FairnessTstrGap,
    ];

    private static readonly string[] Names = [MetricNames.FairnessRepresentation, MetricNames.FairnessParity, .. OfModels];

    /// <summary>Whether models are to be trained for it.</summary>
    public static bool NeedsModels(Session session) => session.Options.Protect.Count > 0 && session.Wants(OfModels);

    public static FairnessDetail? Measure(Session session)
    {
        if (session.Options.Protect.Count == 0 || !session.Wants(Names)) return null;
        var columns = new List<int>();
        foreach (string name in session.Options.Protect)
        {
            if (session.Tables.IndexOf(name) is >= 0 and var at) columns.Add(at);
            else session.NotChecked.Add(new NotChecked(name, "protected, and cannot be compared"));
        }
        if (columns.Count == 0 || session.Synthetic == 0)
        {
            string reason = columns.Count == 0 ? "no protected column can be compared" : "there are no synthetic rows";
            foreach (string name in Names) session.Missing(name, Better(name), reason);
            return null;
        }
        var (groups, small) = ProtectedGroups.Of(session.Tables, columns);
        var outcomes = Outcomes.Of(session, columns, out string noOutcome);
        var models = outcomes is null ? null : session.Models;
        var everyone = new Everyone(outcomes, models);
        var all = groups.ConvertAll(group => new MeasuredGroup(group, session, everyone));
        new FairnessSummary(session, all).Report(noOutcome, models is null ? session.NoModels ?? noOutcome : "");
        return new FairnessDetail([.. columns.Select(c => session.Tables.Columns[c].Name)])
        {
            Outcome = outcomes?.Column,
            Positive = outcomes?.Positive,
            Groups = [.. all.Select(g => g.Figures())],
            TooSmall = small,
        };
    }

    public static Direction Better(string name) =>
        name is MetricNames.FairnessRepresentation or MetricNames.FairnessTstrGap ? Direction.Higher : Direction.Lower;
}

/// <summary>Which rows of each table have the positive outcome: 1, 0, or NaN where it is missing.</summary>
internal sealed record Outcomes(string Column, string Positive, double[][] Values)
{
    public static Outcomes? Of(Session session, List<int> columns, out string reason)
    {
        reason = "no target is named";
        if (session.Target is not { } target) return null;
        int at = session.Tables.IndexOf(target);
        reason = $"the target '{target}' cannot be compared";
        if (at < 0) return null;
        reason = $"the target '{target}' is a protected column";
        if (columns.Contains(at)) return null;
        var (labels, classes) = UtilityData.Label(session.Tables.Columns[at]);
        reason = $"the target '{target}' has not two values";
        if (classes.Length != 2) return null;
        reason = "";
        return new Outcomes(target, classes[1], labels);
    }

    /// <summary>Rows with an outcome, and with the positive one.</summary>
    public (double Rows, double Positive) Count(Part part, IEnumerable<int> rows)
    {
        double count = 0, positive = 0;
        foreach (int row in rows)
        {
            double y = Values[(int)part][row];
            if (double.IsNaN(y)) continue;
            count++;
            positive += y;
        }
        return (count, positive);
    }
}
