using System.Globalization;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Validation;

namespace Simulant.Reports;

/// <summary>How figures are named, written and judged in words, the same in every report.</summary>
public static class Words
{
    private static readonly Dictionary<string, (string Label, bool Percent)> Known = new(StringComparer.Ordinal)
    {
        [MetricNames.Shapes] = ("Column shapes", false),
        [MetricNames.Trends] = ("Pair trends", false),
        [MetricNames.Mean] = ("Means", false),
        [MetricNames.Variance] = ("Variances", false),
        [MetricNames.Quantiles] = ("Quantiles", false),
        [MetricNames.Missing] = ("Missing values", false),
        [MetricNames.Mmd] = ("Maximum mean discrepancy", false),
        [MetricNames.TailRecall] = ("Tail recall", false),
        [MetricNames.Precision] = ("Alpha-precision", false),
        [MetricNames.Recall] = ("Beta-recall", false),
        [MetricNames.Density] = ("Density", false),
        [MetricNames.Coverage] = ("Coverage", false),
        [MetricNames.Detection] = ("Detection AUC, held-out rows", false),
        [MetricNames.DetectionTrain] = ("Detection AUC, training rows", false),
        [MetricNames.DetectionFourier] = ("Detection AUC, second judge", false),
        [MetricNames.Tstr] = ("Train on synthetic, test on real", false),
        [MetricNames.Trtr] = ("Train on real, test on real", false),
        [MetricNames.TransferRatio] = ("Transfer ratio", false),
        [MetricNames.TstrF1] = ("TSTR macro F1", false),
        [MetricNames.TstrRmse] = ("TSTR RMSE", false),
        [MetricNames.Augmented] = ("Trained on real and synthetic", false),
        [MetricNames.FairnessRepresentation] = ("Representation, least of all groups", false),
        [MetricNames.FairnessParity] = ("Parity gap of the outcome, largest", false),
        [MetricNames.FairnessDownstreamParity] = ("Parity gap of predictions, largest", false),
        [MetricNames.FairnessDownstreamOdds] = ("Equalised-odds gap, largest", false),
        [MetricNames.FairnessDownstreamCalibration] = ("Calibration, furthest off", false),
        [MetricNames.FairnessTstrGap] = ("TSTR gap, worst group", false),
        [MetricNames.Duplicates] = ("Duplicate rows", true),
        [MetricNames.Copies] = ("Copies of training rows", true),
        [MetricNames.CopiesDistinctive] = ("Copies, distinctive columns", true),
        [MetricNames.DcrShare] = ("DCR share", false),
        [MetricNames.DcrQ02] = ("Rows under the 2% DCR quantile", true),
        [MetricNames.MembershipAuc] = ("Membership AUC", false),
        [MetricNames.Leak] = ("Leak that attacks show (epsilon)", false),
        [MetricNames.TextDistinct1] = ("Distinct words", false),
        [MetricNames.TextDistinct2] = ("Distinct word pairs", false),
        [MetricNames.TextDistinct3] = ("Distinct runs of 3 words", false),
        [MetricNames.TextDistinct4] = ("Distinct runs of 4 words", false),
        [MetricNames.TextTypeToken] = ("Type-token ratio", false),
        [MetricNames.TextSelfBleu] = ("Self-BLEU", false),
        [MetricNames.TextOpenings] = ("Texts that open alike", true),
        [MetricNames.TextLength] = ("Lengths, largest gap", false),
        [MetricNames.TextVocabulary] = ("Vocabulary covered", true),
        [MetricNames.TextOverlap] = ("Runs of 8 words of the training texts", true),
        [MetricNames.TextCopies] = ("Copies of training texts", true),
        [MetricNames.TextMauve] = ("Divergence frontier (MAUVE)", false),
        [MetricNames.TextCoverage] = ("Meanings covered", true),
        [MetricNames.TextStudentBits] = ("Bits a word, student of the texts", false),
        [MetricNames.TextTstr] = ("Train on synthetic text, test on real", false),
        [MetricNames.Constraints] = ("Constraint violations", true),
        [MetricNames.SceneFaults] = ("Faults of labels", false),
        [MetricNames.SceneCoverage] = ("Parts of parameters reached", true),
        [MetricNames.ScenePairs] = ("Parts of pairs of parameters reached", true),
        [MetricNames.SceneBalance] = ("Balance of classes", false),
        [MetricNames.SceneEmpty] = ("Frames that show nothing", true),
        [MetricNames.ImagesFrechet] = ("Frechet distance", false),
        [MetricNames.ImagesKernel] = ("Kernel distance", false),
        [MetricNames.ImagesPrecision] = ("Pictures that look real", true),
        [MetricNames.ImagesRecall] = ("Real pictures within reach", true),
        [MetricNames.ImagesDensity] = ("Density about real pictures", false),
        [MetricNames.ImagesCoverage] = ("Real pictures with a made one near", true),
        [MetricNames.ImagesSpread] = ("Spread of features", false),
        [MetricNames.ImagesNearDuplicates] = ("Near duplicates", true),
        [MetricNames.ImagesCopies] = ("Copies of training pictures", true),
        [MetricNames.ImagesNearer] = ("Nearer to training pictures", true),
        [MetricNames.ImagesClasses] = ("Shares of classes, apart by", false),
        [MetricNames.ImagesBrightness] = ("Brightness", false),
        [MetricNames.ImagesContrast] = ("Contrast", false),
        [MetricNames.ImagesColour] = ("Colourfulness", false),
        [MetricNames.ImagesSpectrum] = ("Slope of the spectrum", false),
        [MetricNames.ImagesTransfer] = ("Transfer ratio, objects", false),
        [MetricNames.PrivacyEpsilon] = ("Epsilon promised", false),
        [MetricNames.PrivacyDelta] = ("Delta promised", false),
        [MetricNames.PrivacyRho] = ("Rho reserved (zCDP)", false),
        [MetricNames.PrivacySourceEpsilon] = ("Epsilon of all runs on the source", false),
    };

    /// <summary>A metric's name for readers; the dotted name where none is known.</summary>
    public static string Label(string metric) => Known.TryGetValue(metric, out var known) ? known.Label : metric;

    /// <summary>A figure of a metric as text: shares of rows in percent, others with four decimals.</summary>
    public static string Value(string metric, double value)
    {
        if (double.IsNaN(value)) return "–";
        return Known.TryGetValue(metric, out var known) && known.Percent ? Percent(value) : Number(value);
    }

    public static string Percent(double share) => double.IsNaN(share) ? "–"
        : (share * 100).ToString(Math.Abs(share) >= .1 ? "0.0" : "0.00", CultureInfo.InvariantCulture).Replace('-', '−') + " %";

    /// <summary>Four decimals up to ten, then five significant digits.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "–";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        double size = Math.Abs(value);
        string text = size switch
        {
            0 => "0",
            < 1e-4 or >= 1e9 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
            < 10 => value.ToString("0.0000", CultureInfo.InvariantCulture),
            < 1000 => value.ToString("0.00", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0.#", CultureInfo.InvariantCulture),
        };
        return text.Replace('-', '−');
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"95 % interval" of a score, or an empty text where the figure is exact.</summary>
    public static string Interval(MetricResult metric)
    {
        var s = metric.Score;
        return double.IsNaN(s.Low) || double.IsNaN(s.High) || s.Low == s.High ? ""
            : $"{Value(metric.Name, s.Low)} to {Value(metric.Name, s.High)}";
    }

    /// <summary>A stored number of a column as its kind writes it: dates as dates, integers without a point.</summary>
    public static string Stored(ColumnKind kind, double value)
    {
        if (double.IsNaN(value)) return "–";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        const double microsPerDay = 86_400e6;
        var culture = CultureInfo.InvariantCulture;
        double days = kind == ColumnKind.Date ? value : value / microsPerDay;
        bool inRange = Math.Abs(days + 719_162) < 3_652_058 && days > -719_162;
        if (kind == ColumnKind.Time && value is >= 0 and < microsPerDay)
            return TimeOnly.MinValue.Add(TimeSpan.FromMicroseconds(value)).ToString("HH:mm:ss", culture);
        if (kind == ColumnKind.Date && inRange) return DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", culture);
        if (kind == ColumnKind.Timestamp && inRange)
            return DateTime.UnixEpoch.AddDays(Math.Floor(days)).AddMicroseconds(value - Math.Floor(days) * microsPerDay)
                .ToString("yyyy-MM-dd HH:mm", culture);
        return Short(value);
    }

    /// <summary>Five significant digits, thousands apart.</summary>
    public static string Short(double value)
    {
        if (double.IsNaN(value)) return "–";
        double size = Math.Abs(value);
        if (size >= 1e12 || (size < 1e-4 && size > 0)) return value.ToString("0.###e0", CultureInfo.InvariantCulture).Replace('-', '−');
        return value.ToString(size >= 10_000 ? "#,0" : size >= 100 ? "0.#" : "0.####", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>How a figure stands to its reference, in one phrase that needs no colour.</summary>
    public static Standing StandingOf(MetricResult metric)
    {
        var s = metric.Score;
        if (!metric.IsEvaluated || double.IsNaN(s.Value)) return new("none", "not evaluated");
        if (double.IsNaN(s.Reference)) return new("none", "no reference");
        if (SignOfMemory(metric) is { } sign) return new("worse", sign);
        if (s.Reference >= s.Low && s.Reference <= s.High && s.Low < s.High) return new("same", "not told apart from real");
        double gap = s.Value - s.Reference;
        // Nothing real stands behind figures of frames: they are held against what was to be expected.
        string than = metric.Name.StartsWith("scenes.", StringComparison.Ordinal) ? "expected" : "real";
        if (Math.Abs(gap) <= 1e-12) return new("same", than == "real" ? "equal to real" : "as expected");
        string by = Value(metric.Name, Math.Abs(gap));
        // A gap that prints as nothing is none to speak of.
        if (by == Value(metric.Name, 0)) return new("same", than == "real" ? "equal to real, to the places shown" : "as expected");
        if (s.Better == Direction.Reference) return new("worse", $"{by} {(gap > 0 ? "above" : "below")} {than}");
        bool better = s.Better == Direction.Higher == gap > 0;
        return better ? new("better", $"better than {than} by {by}")
            : new("worse", than == "real" ? $"behind real by {by}" : $"worse than expected by {by}");
    }

    /// <summary>
    /// Where a figure says that training rows were memorised beyond its interval: more copies, nearer rows or an easier attack than
    /// for held-out rows, or synthetic rows that a judge finds more like the training rows than those are like each other. Null
    /// where it says nothing of the kind.
    /// </summary>
    public static string? SignOfMemory(MetricResult metric)
    {
        var s = metric.Score;
        if (!metric.IsEvaluated || double.IsNaN(s.Value) || double.IsNaN(s.Reference)) return null;
        if (metric.Name == MetricNames.DetectionTrain)
            return s.High < .49 && s.High < s.Reference ? $"{Number(s.Reference - s.Value)} below real: a sign of memory" : null;
        if (metric.Name == MetricNames.Leak)
            return s.Value <= 0 ? null : s.Low > metric.ReferenceHigh ? $"more than {Number(metric.ReferenceHigh)}: a sign of memory"
                : "a trace: a slight sign of memory";
        // With many rows an interval shows excesses too small to matter: those are called slight.
        bool share = Known.TryGetValue(metric.Name, out var known) && known.Percent;
        bool slight = share ? s.Low < 1.25 * s.Reference : s.Low < s.Reference + .02;
        bool diagnostic = metric.Name.StartsWith("memory.", StringComparison.Ordinal)
            || metric.Name.StartsWith("attack.", StringComparison.Ordinal);
        return diagnostic && s.Better == Direction.Lower && s.Low > s.Reference
            ? $"{Value(metric.Name, s.Value - s.Reference)} above real: a {(slight ? "slight " : "")}sign of memory" : null;
    }

    /// <summary>Whether the figure shows a sign of memory that is not called slight.</summary>
    public static bool IsPlainSignOfMemory(MetricResult metric) =>
        SignOfMemory(metric) is { } sign && !sign.Contains("slight", StringComparison.Ordinal);

    public static string VerdictText(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "Passed",
        Verdict.Rejected => "Rejected",
        _ => "No gates set",
    };

    public static string DirectionText(Direction direction) => direction switch
    {
        Direction.Higher => "higher is better",
        Direction.Lower => "lower is better",
        _ => "nearer to the reference is better",
    };
}

/// <param name="Kind">same, better, worse or none.</param>
/// <param name="Text">For readers.</param>
public sealed record Standing(string Kind, string Text);
