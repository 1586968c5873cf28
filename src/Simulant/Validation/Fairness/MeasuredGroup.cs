using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;
using Simulant.Validation.Utility;

namespace Simulant.Validation.Fairness;

/// <summary>The same counts of everyone.</summary>
internal sealed class Everyone
{
    public Everyone(Outcomes? outcomes, UtilityModels? models)
    {
        (Outcomes, Models) = (outcomes, models);
        if (outcomes is null) return;
        for (int p = 0; p < 3; p++) Shares[p] = outcomes.Count((Part)p, Enumerable.Range(0, outcomes.Values[p].Length));
        if (models is null) return;
        Truth = models.Synthetic.Positive;
        Probability = [models.Synthetic.Probabilities, models.Real.Probabilities];
        for (int m = 0; m < 2; m++)
            for (int r = 0; r < Truth.Length; r++) Counts[m].Add(Truth[r], Probability[m][r]);
    }

    public Outcomes? Outcomes { get; }
    public UtilityModels? Models { get; }

    /// <summary>By part: rows with an outcome, and with the positive one.</summary>
    public (double Rows, double Positive)[] Shares { get; } = new (double, double)[3];

    /// <summary>By model: 0 trained on synthetic rows, 1 on real ones.</summary>
    public GroupCounts[] Counts { get; } = new GroupCounts[2];

    public bool[] Truth { get; } = [];
    public double[][] Probability { get; } = [];
}

/// <summary>All counts of one group, from which its figures follow at any level.</summary>
internal sealed class MeasuredGroup
{
    private readonly ProtectedGroup _group;
    private readonly Session _session;
    private readonly (double Rows, double Positive)[] _own = new (double, double)[3], _rest = new (double, double)[3];
    private readonly GroupCounts[] _counts = new GroupCounts[2], _others = new GroupCounts[2]; // synthetic, real
    private readonly bool _hasModels;
    private readonly PairedAuc? _auc;

    public MeasuredGroup(ProtectedGroup group, Session session, Everyone everyone)
    {
        (_group, _session) = (group, session);
        if (everyone.Outcomes is not { } outcomes) return;
        for (int p = 0; p < 3; p++)
        {
            var all = everyone.Shares[p];
            _own[p] = outcomes.Count((Part)p, group.Rows[p]);
            _rest[p] = (all.Rows - _own[p].Rows, all.Positive - _own[p].Positive);
        }
        if (everyone.Models is not { } models) return;
        _hasModels = true;
        int[] rows = Judged(group.In(Part.Holdout), models.Data.TableRows(Part.Holdout));
        bool[] own = [.. rows.Select(r => everyone.Truth[r])];
        double[][] probability = [.. everyone.Probability.Select(p => rows.Select(r => p[r]).ToArray())];
        for (int m = 0; m < 2; m++)
        {
            for (int r = 0; r < own.Length; r++) _counts[m].Add(own[r], probability[m][r]);
            _others[m] = _counts[m].From(everyone.Counts[m]);
        }
        int positives = own.Count(p => p);
        if (rows.Length >= FairnessDetail.LeastRows && Math.Min(positives, own.Length - positives) >= FairnessDetail.LeastOfOutcome)
            _auc = PairedAuc.Of(probability[0], probability[1], own);
    }

    /// <summary>Places among the judged rows, of those of the group that are among them; both lists ascend.</summary>
    private static int[] Judged(int[] rows, int[] judged)
    {
        var places = new List<int>();
        int at = 0;
        foreach (int row in rows)
        {
            while (at < judged.Length && judged[at] < row) at++;
            if (at < judged.Length && judged[at] == row) places.Add(at);
        }
        return [.. places];
    }

    public Estimate? Representation(Part part, double z = Wilson.Z) => GroupEstimates.Representation(
        _group.In(part).Length, _session.Tables.Rows(part), _group.In(Part.Training).Length, _session.Training, z);

    public Estimate? Parity(Part part, double z = Wilson.Z)
    {
        var (own, rest) = (_own[(int)part], _rest[(int)part]);
        return Enough(own.Rows) && Enough(rest.Rows) ? GroupEstimates.Gap(own.Positive, own.Rows, rest.Positive, rest.Rows, z) : null;
    }

    /// <param name="model">0 trained on synthetic rows, 1 on real ones.</param>
    public Estimate? PredictedParity(int model, double z = Wilson.Z) =>
        Judgeable(model) ? GroupEstimates.Parity(_counts[model], _others[model], z) : null;

    public Estimate? Odds(int model, int figures = 1) =>
        HasOdds(model) ? GroupEstimates.Odds(_counts[model], _others[model], figures) : null;

    public Estimate? Calibration(int model, double z = Wilson.Z) =>
        _hasModels && Enough(_counts[model].Rows) ? GroupEstimates.Calibration(_counts[model], z) : null;

    public Estimate? TstrGap(double z = Wilson.Z) => GroupEstimates.TstrGap(_auc, z);

    public GroupFigures Figures() => new(_group.Name, _group.Columns)
    {
        Representation = Representation(Part.Synthetic),
        RepresentationHeldOut = _session.Holdout == 0 ? null : Representation(Part.Holdout),
        Training = Outcome(Part.Training),
        Holdout = Outcome(Part.Holdout),
        Synthetic = Outcome(Part.Synthetic),
        TrainedOnSynthetic = Predictions(0),
        TrainedOnReal = Predictions(1),
        TstrGap = TstrGap(),
    };

    private GroupOutcome Outcome(Part part)
    {
        var (rows, positive) = _own[(int)part];
        return new GroupOutcome(_group.In(part).Length, Enough(rows) ? positive / rows : double.NaN, Parity(part));
    }

    private GroupPredictions? Predictions(int model)
    {
        if (!_hasModels) return null;
        var own = _counts[model];
        double auc = _auc is null ? double.NaN : model == 0 ? _auc.First : _auc.Second;
        bool judged = HasOdds(model);
        return new GroupPredictions((int)own.Rows, Enough(own.Rows) ? own.Predicted / own.Rows : double.NaN, auc)
        {
            ParityGap = PredictedParity(model),
            TruePositiveGap = judged ? GroupEstimates.TruePositive(own, _others[model]) : null,
            FalsePositiveGap = judged ? GroupEstimates.FalsePositive(own, _others[model]) : null,
            OddsGap = Odds(model),
            Calibration = Calibration(model),
        };
    }

    private bool Judgeable(int model) => _hasModels && Enough(_counts[model].Rows) && Enough(_others[model].Rows);

    private bool HasOdds(int model) => Judgeable(model) && Math.Min(_counts[model].Positive, _counts[model].Negative)
        >= FairnessDetail.LeastOfOutcome;

    private static bool Enough(double rows) => rows >= FairnessDetail.LeastRows;
}
