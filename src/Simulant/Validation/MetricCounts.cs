using static Simulant.Validation.MetricNames;

namespace Simulant.Validation;

/// <summary>What the number is of that a metric rests on (<see cref="Score.Count"/>), in words.</summary>
public static class MetricCounts
{
    private static readonly Dictionary<string, (string One, string Many)> Words = Pairs(
        (["column", "columns"], [Shapes, Mean, Variance, Quantiles, Missing]),
        (["pair of columns", "pairs of columns"], [Trends]),
        (["rare value", "rare values"], [TailRecall]),
        (["row made", "rows made"], [Mmd, Precision, Recall, Density, Coverage, Duplicates, Copies, CopiesDistinctive, DcrShare, DcrQ02,
            Constraints]),
        (["row, real or made", "rows, real and made"], [MetricNames.Detection, DetectionTrain, DetectionFourier]),
        (["held-out row", "held-out rows"], [Tstr, Trtr, TransferRatio, TstrF1, TstrRmse, Augmented]),
        (["group", "groups"], MetricNames.Fairness),
        (["real row", "real rows"], [MembershipAuc]),
        (["training row", "training rows"], [Leak]),
        (["text", "texts"], MetricNames.Text),
        (["frame", "frames"], [SceneFaults, SceneCoverage, ScenePairs, SceneEmpty]),
        (["object", "objects"], [SceneBalance, ImagesClasses, ImagesTransfer]),
        (["picture", "pictures"], [.. MetricNames.Pictures.Where(m => m is not (ImagesRecall or ImagesCoverage or ImagesClasses))]),
        (["real picture", "real pictures"], [ImagesRecall, ImagesCoverage]),
        (["use of a mechanism", "uses of mechanisms"], MetricNames.Privacy));

    /// <summary>Noun for the metric's count, in the number that the count asks for.</summary>
    public static string Of(string metric, double count) => count == 1 ? Words[metric].One : Words[metric].Many;

    private static Dictionary<string, (string, string)> Pairs(params IEnumerable<(string[] Words, IReadOnlyList<string> Metrics)> all) =>
        all.SelectMany(a => a.Metrics.Select(m => (m, a.Words))).ToDictionary(a => a.m, a => (a.Words[0], a.Words[1]),
            StringComparer.Ordinal);
}
