using System.Globalization;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>What a metric's mean over splits is to reach.</summary>
/// <param name="Bound">NaN: the upper end of the holdout's own 95% interval, its mean over splits.</param>
/// <param name="Fresh">Reached as well where the interval of the mean holds this, a fresh sample's figure; NaN: no such way.</param>
internal sealed record Goal(string Metric, bool AtMost, double Bound, double Fresh = double.NaN)
{
    /// <summary>Of every table: no more memory than a fresh sample of the same population would show.</summary>
    private static readonly Goal[] Memory =
    [
        new(MetricNames.DcrShare, true, 0.512, 0.5),
        new(MetricNames.DcrQ02, true, 0.024, 0.02),
        new(MetricNames.MembershipAuc, true, 0.52),
        new(MetricNames.Copies, true, double.NaN),
    ];

    public static IReadOnlyList<Goal> Of(double detection, double transfer) =>
    [
        new(MetricNames.DetectionTrain, true, detection), new(MetricNames.TransferRatio, false, transfer), .. Memory,
    ];

    /// <summary>For tables that nobody set a mark for.</summary>
    public static IReadOnlyList<Goal> Default => Memory;

    /// <param name="holdoutHigh">Upper end of the holdout's own interval.</param>
    public bool Met(Spread spread, double holdoutHigh)
    {
        double bound = double.IsNaN(Bound) ? holdoutHigh : Bound;
        return (AtMost ? spread.Mean <= bound : spread.Mean >= bound) || spread.Holds(Fresh);
    }

    public string Text(double holdoutHigh)
    {
        double bound = double.IsNaN(Bound) ? holdoutHigh : Bound;
        string text = string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "<=" : ">=")} {bound:0.####}");
        if (double.IsNaN(Bound)) text += " (holdout's interval)";
        return double.IsNaN(Fresh) ? text : text + string.Create(CultureInfo.InvariantCulture, $" or interval holds {Fresh:0.###}");
    }
}

/// <summary>A public table, what predicts what in it, and the marks set for it.</summary>
/// <param name="Target">Null: it has none, and utility is left out.</param>
internal sealed record BenchTable(string Name, string File, string? Target, int Splits, IReadOnlyList<Goal> Goals)
{
    public string? Delimiter { get; init; }

    /// <summary>The five that have marks of their own, then others to try the defaults on.</summary>
    public static IReadOnlyList<BenchTable> Public { get; } =
    [
        new("california", "california.csv", "median_house_value", 5, Goal.Of(0.58, 0.955)),
        new("bank", "bank.csv", "y", 5, Goal.Of(0.54, 0.985)),
        new("telco_churn", "telco_churn.csv", "Churn", 5, Goal.Of(0.62, 0.97)),
        new("credit_g", "credit_g.csv", "class", 20, Goal.Of(0.55, 0.85)),
        new("mammography", "mammography.csv", "class", 20, Goal.Of(0.53, 0.94)),
        new("insurance", "insurance.csv", "charges", 20, Goal.Default),
        new("penguins", "penguins.csv", "species", 20, Goal.Default),
        new("titanic", "titanic.csv", "survived", 20, Goal.Default),
        new("sd2011", "sd2011.csv", "ls", 5, Goal.Default),
    ];
}
