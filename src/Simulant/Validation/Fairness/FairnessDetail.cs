namespace Simulant.Validation;

/// <summary>
/// How the groups of the protected columns fare: in real rows, in synthetic rows, and under models trained on either and tested on
/// real held-out rows. It states figures and judges nobody: which gap matters is for those to say who know what the data is for.
/// </summary>
/// <param name="Columns">The protected columns.</param>
public sealed record FairnessDetail(IReadOnlyList<string> Columns)
{
    /// <summary>Fewest rows of a group for any figure of it.</summary>
    public const int LeastRows = 30;

    /// <summary>Fewest rows of each outcome in a group for its AUC and its odds.</summary>
    public const int LeastOfOutcome = 10;

    /// <summary>The column that is predicted; null where none is named or it has not two values.</summary>
    public string? Outcome { get; init; }

    /// <summary>The level of it that shares and predictions are of: its last in order.</summary>
    public string? Positive { get; init; }

    /// <summary>Groups of single columns first, then their intersections; each has <see cref="LeastRows"/> training rows.</summary>
    public required IReadOnlyList<GroupFigures> Groups { get; init; }

    /// <summary>Groups that occur in training rows, too rarely for any figure.</summary>
    public int TooSmall { get; init; }
}

/// <summary>One group, or one intersection of groups. What could not be estimated is null.</summary>
/// <param name="Columns">Protected columns that define it.</param>
public sealed record GroupFigures(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>Share of the synthetic rows over share of the training rows.</summary>
    public Estimate? Representation { get; init; }

    /// <summary>The same of held-out rows: what a fresh sample shows.</summary>
    public Estimate? RepresentationHeldOut { get; init; }

    public required GroupOutcome Training { get; init; }
    public required GroupOutcome Holdout { get; init; }
    public required GroupOutcome Synthetic { get; init; }

    /// <summary>Of a model trained on synthetic rows, on real held-out rows; null where there is none.</summary>
    public GroupPredictions? TrainedOnSynthetic { get; init; }

    /// <summary>Of the same model trained on training rows.</summary>
    public GroupPredictions? TrainedOnReal { get; init; }

    /// <summary>AUC in the group of the model trained on synthetic rows less that of the one trained on real rows.</summary>
    public Estimate? TstrGap { get; init; }
}

/// <summary>A group in one table.</summary>
/// <param name="Rows">Rows of the group.</param>
/// <param name="Positive">Share of positive outcomes in it; NaN where there is no outcome or fewer than thirty rows.</param>
/// <param name="ParityGap">That share less the share among all other rows.</param>
public sealed record GroupOutcome(int Rows, double Positive, Estimate? ParityGap);

/// <summary>What a model says of a group's real held-out rows. Gaps are to all other rows; positive is a probability above .5.</summary>
/// <param name="Rows">Held-out rows of the group that have an outcome.</param>
/// <param name="Positive">Share of them predicted positive; NaN with fewer than thirty rows.</param>
/// <param name="Auc">NaN with fewer than <see cref="FairnessDetail.LeastOfOutcome"/> rows of an outcome.</param>
public sealed record GroupPredictions(int Rows, double Positive, double Auc)
{
    /// <summary>Share predicted positive less that among all other rows.</summary>
    public Estimate? ParityGap { get; init; }

    /// <summary>The same among rows whose outcome is positive; this and the next are null with fewer than ten rows of an outcome.</summary>
    public Estimate? TruePositiveGap { get; init; }

    /// <summary>The same among rows whose outcome is not.</summary>
    public Estimate? FalsePositiveGap { get; init; }

    /// <summary>The larger size of these two.</summary>
    public Estimate? OddsGap { get; init; }

    /// <summary>Share of positive outcomes less the mean probability predicted.</summary>
    public Estimate? Calibration { get; init; }
}

/// <summary>A figure with its 95% interval.</summary>
public sealed record Estimate(double Value, double Low, double High);
