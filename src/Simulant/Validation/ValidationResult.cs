namespace Simulant.Validation;

/// <summary>
/// Everything one validation found: the figures with their references, and the detail a report draws. Shapes are stated on
/// each record; figures that could not be computed are present, with the reason, so that nothing goes missing silently.
/// </summary>
public sealed record ValidationResult
{
    /// <summary>One entry for each name of <see cref="MetricNames.All"/> that applies, in that order.</summary>
    public required IReadOnlyList<MetricResult> Metrics { get; init; }

    /// <summary>Rows of the three tables.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>One for each compared column, in table order.</summary>
    public IReadOnlyList<ColumnComparison> Columns { get; init; } = [];

    /// <summary>Dependence of every pair of compared columns; null where there are fewer than two.</summary>
    public PairTrends? Trends { get; init; }

    /// <summary>One for each judge and reference part that ran.</summary>
    public IReadOnlyList<DetectionDetail> Detection { get; init; } = [];

    /// <summary>Null where no target is named.</summary>
    public UtilityDetail? Utility { get; init; }

    /// <summary>Null where no column is protected.</summary>
    public FairnessDetail? Fairness { get; init; }

    /// <summary>Null where it was not evaluated.</summary>
    public DcrCurve? Dcr { get; init; }

    /// <summary>The attacks behind <see cref="MetricNames.Leak"/>; null where they were not made.</summary>
    public Attacks.AuditResult? Attacks { get; init; }

    /// <summary>Null where fewer than two rows or no column could be embedded.</summary>
    public Scatter? Scatter { get; init; }

    /// <summary>Recall of rare levels and extreme values, by how often they occur in the training table.</summary>
    public IReadOnlyList<TailBand> Tails { get; init; } = [];

    /// <summary>Rows that broke each rule the caller counted, per table.</summary>
    public IReadOnlyList<ConstraintCheck> Constraints { get; init; } = [];

    /// <summary>What was left out or could not be seen, and why.</summary>
    public IReadOnlyList<NotChecked> NotChecked { get; init; } = [];

    /// <summary>
    /// Figures of memory (<c>memory.*</c> and <c>attack.*</c>, duplicates excepted) that are worse than a fresh real sample's
    /// beyond their intervals. Diagnostics: an empty list proves nothing private.
    /// </summary>
    public IReadOnlyList<MetricResult> SignsOfMemory =>
    [
        .. Metrics.Where(m => m.IsWorseThanReference && m.Name != MetricNames.Duplicates
            && (m.Name.StartsWith("memory.", StringComparison.Ordinal) || m.Name.StartsWith("attack.", StringComparison.Ordinal))),
    ];

    /// <summary>The named metric, or null where it does not apply.</summary>
    public MetricResult? Find(string name) => Metrics.FirstOrDefault(m => m.Name == name);
}

/// <summary>A named figure.</summary>
/// <param name="Name">One of <see cref="MetricNames.All"/>.</param>
/// <param name="Score">All NaN and count 0 where it was not evaluated.</param>
public sealed record MetricResult(string Name, Score Score)
{
    /// <summary>Why there is no figure, one line; null where there is one.</summary>
    public string? NotEvaluated { get; init; }

    /// <summary>95% interval of the reference where that is a share of rows; otherwise the reference itself.</summary>
    public double ReferenceLow { get; init; } = double.NaN;

    /// <inheritdoc cref="ReferenceLow"/>
    public double ReferenceHigh { get; init; } = double.NaN;

    public bool IsEvaluated => NotEvaluated is null;

    /// <summary>
    /// Whether even the favourable end of the interval is worse than the reference (its own unfavourable end, where that is an
    /// interval). False where either is missing.
    /// </summary>
    public bool IsWorseThanReference => Score.Better switch
    {
        Direction.Lower => Score.Low > ReferenceHigh,
        Direction.Higher => Score.High < ReferenceLow,
        _ => Score.Low > ReferenceHigh || Score.High < ReferenceLow,
    };

    /// <summary>A figure that could not be computed.</summary>
    public static MetricResult Missing(string name, Direction better, string reason) =>
        new(name, new Score(double.NaN, double.NaN, double.NaN, double.NaN, better, 0)) { NotEvaluated = reason };
}

public sealed record RowCounts(int Training, int Holdout, int Synthetic);

/// <summary>One column, real against synthetic.</summary>
/// <param name="Shape">1 - KS (numeric storage) or 1 - TV (coded), synthetic against training; 1 is equal.</param>
/// <param name="ShapeReference">The same of holdout against training.</param>
public sealed record ColumnComparison(string Name, bool IsNumeric, double Shape, double ShapeReference)
{
    public required ColumnSummary Training { get; init; }
    public required ColumnSummary Holdout { get; init; }
    public required ColumnSummary Synthetic { get; init; }

    /// <summary>
    /// Numeric: bins + 1 finite edges in storage units; values beyond the first and the last edge
    /// fall into the outer bins. Coded: empty.
    /// </summary>
    public IReadOnlyList<double> Edges { get; init; } = [];

    /// <summary>Coded: the drawn levels, most frequent in training first; null stands for missing. Numeric: empty.</summary>
    public IReadOnlyList<string?> Levels { get; init; } = [];

    /// <summary>How many distinct levels the three tables hold together, where more than <see cref="Levels"/> draws.</summary>
    public int LevelCount { get; init; }

    /// <summary>Share of all rows per bin or level; levels beyond the drawn ones are left out.</summary>
    public required IReadOnlyList<double> TrainingShares { get; init; }

    /// <inheritdoc cref="TrainingShares"/>
    public required IReadOnlyList<double> HoldoutShares { get; init; }

    /// <inheritdoc cref="TrainingShares"/>
    public required IReadOnlyList<double> SyntheticShares { get; init; }
}

/// <summary>One column of one table. Moments are NaN for coded columns and where no finite value is left.</summary>
/// <param name="Count">Rows, missing ones included.</param>
/// <param name="Missing">Share of missing rows in [0, 1]; NaN where there are no rows.</param>
/// <param name="Distinct">Distinct values that are not missing.</param>
/// <param name="Mean">Of the values that are present, in storage units.</param>
/// <param name="Variance">With n - 1.</param>
/// <param name="Quantiles">At <see cref="QuantileLevels"/>, linear interpolation; empty for coded columns.</param>
public sealed record ColumnSummary(
    int Count, double Missing, int Distinct, double Mean, double Variance, IReadOnlyList<double> Quantiles)
{
    /// <summary>0 (minimum), .01, .05, .25, .5, .75, .95, .99, 1 (maximum).</summary>
    public static IReadOnlyList<double> QuantileLevels { get; } = [0, .01, .05, .25, .5, .75, .95, .99, 1];
}

/// <summary>
/// Similarity of dependence over all pairs of columns: what a report shows of them. Its size grows with the columns, not with
/// their pairs.
/// </summary>
public sealed record PairTrends
{
    /// <summary>Pairs that <see cref="Worst"/> holds at most.</summary>
    public const int MostWorst = 1000;

    /// <summary>Columns that <see cref="Drawn"/> holds at most.</summary>
    public const int MostDrawn = 48;

    /// <summary>All columns that were compared.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Pairs that were evaluated.</summary>
    public required int Pairs { get; init; }

    /// <summary>Mean trend of synthetic against training rows over the pairs that were evaluated; NaN where none was.</summary>
    public required double Mean { get; init; }

    /// <summary>The same of holdout against training rows.</summary>
    public required double ReferenceMean { get; init; }

    /// <summary>The evaluated pairs of the lowest trend, worst first; ties in table order.</summary>
    public required IReadOnlyList<PairTrend> Worst { get; init; }

    /// <summary>Indices into <see cref="Names"/>: the columns of the lowest mean trend, lowest first; all where they are few.</summary>
    public required IReadOnlyList<int> Drawn { get; init; }

    /// <summary>
    /// Strength of dependence in training rows, over <see cref="Drawn"/>: |r| for numeric pairs, Cramer's V otherwise; NaN where
    /// undefined. Symmetric, diagonal 1.
    /// </summary>
    public required double[,] Strength { get; init; }

    /// <summary>The same in synthetic rows.</summary>
    public required double[,] SyntheticStrength { get; init; }
}

/// <summary>One pair of columns, as indices, the first before the second.</summary>
/// <param name="Trend">Similarity of dependence, synthetic against training, 1 is equal; NaN where not evaluated.</param>
/// <param name="Reference">Holdout against training.</param>
/// <param name="Strength">Strength of dependence in training rows; NaN where undefined.</param>
/// <param name="SyntheticStrength">The same in synthetic rows.</param>
public readonly record struct PairTrend(
    int First, int Second, double Trend, double Reference, double Strength, double SyntheticStrength);

/// <summary>How well one judge tells real from synthetic.</summary>
/// <param name="Judge"><c>boosted-trees</c> or <c>fourier</c> (random Fourier features and ridge).</param>
/// <param name="Against"><c>holdout</c> or <c>training</c>: the real rows it was shown.</param>
/// <param name="FoldAucs">One for each fold.</param>
/// <param name="Columns">Most telling column first; empty for judges that have no importance.</param>
public sealed record DetectionDetail(
    string Judge, string Against, double Auc, IReadOnlyList<double> FoldAucs, IReadOnlyList<ColumnImportance> Columns);

/// <summary>Share of the judge's total gain that splits on this column made.</summary>
public sealed record ColumnImportance(string Column, double GainShare);

/// <summary>Models trained on synthetic and on real rows, both scored on the holdout.</summary>
public sealed record UtilityDetail(string Target, UtilityTask Task)
{
    /// <summary>Trained on synthetic rows.</summary>
    public required ModelScores Synthetic { get; init; }

    /// <summary>Trained on training rows.</summary>
    public required ModelScores Real { get; init; }

    /// <summary>Trained on both; null where it was not run.</summary>
    public ModelScores? Both { get; init; }
}

public enum UtilityTask { Binary, Multiclass, Regression }

/// <summary>Scores on the holdout; those of the other task are NaN.</summary>
public sealed record ModelScores
{
    /// <summary>Binary: of the positive class (last label in order); multi-class: macro mean of one against the rest.</summary>
    public double Auc { get; init; } = double.NaN;

    public double MacroF1 { get; init; } = double.NaN;
    public double R2 { get; init; } = double.NaN;

    /// <summary>In units of the target.</summary>
    public double Rmse { get; init; } = double.NaN;

    public IReadOnlyList<ClassScores> Classes { get; init; } = [];
}

/// <summary>One class against the rest. Curves hold at most 201 points, from (0, 0) to (1, 1) for ROC.</summary>
public sealed record ClassScores(string Label, int HoldoutCount, double Auc, double F1, double Precision, double Recall)
{
    /// <summary>X false positive rate, Y true positive rate.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>X recall, Y precision.</summary>
    public IReadOnlyList<CurvePoint> PrecisionRecall { get; init; } = [];
}

public readonly record struct CurvePoint(double X, double Y);

/// <summary>
/// Share of rows nearer to the training table than the q-quantile of the holdout's own distances, for each q: a fresh sample
/// shows q itself; more is memory.
/// </summary>
/// <param name="Levels">.01, .02, .05, .1, .5.</param>
/// <param name="Thresholds">The holdout's distance at each level.</param>
/// <param name="Synthetic">Share of synthetic rows strictly under the threshold; NaN where the threshold is 0.</param>
/// <param name="Holdout">The same share of holdout rows: below the level where distances tie.</param>
public sealed record DcrCurve(
    IReadOnlyList<double> Levels, IReadOnlyList<double> Thresholds, IReadOnlyList<double> Synthetic,
    IReadOnlyList<double> Holdout);

/// <summary>The first two principal components of all compared columns, fitted on training rows.</summary>
/// <param name="Explained">Share of variance that each of the two carries.</param>
public sealed record Scatter(
    IReadOnlyList<CurvePoint> Training, IReadOnlyList<CurvePoint> Holdout, IReadOnlyList<CurvePoint> Synthetic,
    IReadOnlyList<double> Explained);

/// <summary>
/// Values (levels of coded columns, rare or extreme values of numeric ones) that occur From..To times in the training table.
/// </summary>
/// <param name="Values">How many such values there are.</param>
/// <param name="Synthetic">Share of them that occur in the synthetic table, cut to the rows of the holdout where it has more.</param>
/// <param name="Holdout">Share of them that occur in the holdout.</param>
public sealed record TailBand(int From, int To, int Values, double Synthetic, double Holdout);

/// <summary>Rows that broke one rule; -1 where it was not counted.</summary>
public sealed record ConstraintCheck(string Rule, long Training, long Holdout, long Synthetic);

/// <summary>Something validation did not see.</summary>
/// <param name="What">A column's name, or a metric's.</param>
/// <param name="Reason">One line.</param>
public sealed record NotChecked(string What, string Reason);
