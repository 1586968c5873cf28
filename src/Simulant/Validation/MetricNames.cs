namespace Simulant.Validation;

/// <summary>Every metric's dotted name; each has one entry in docs/guide/metrics.md, and gates may name any of them.</summary>
public static class MetricNames
{
    public const string Shapes = "fidelity.shapes";
    public const string Trends = "fidelity.trends";
    public const string Mean = "fidelity.mean";
    public const string Variance = "fidelity.variance";
    public const string Quantiles = "fidelity.quantiles";
    public const string Missing = "fidelity.missing";
    public const string Mmd = "fidelity.mmd";
    public const string TailRecall = "tails.recall";
    public const string Precision = "diversity.precision";
    public const string Recall = "diversity.recall";
    public const string Density = "diversity.density";
    public const string Coverage = "diversity.coverage";
    public const string Detection = "detection.auc";
    public const string DetectionTrain = "detection.auc-train";
    public const string DetectionFourier = "detection.auc-fourier";
    public const string Tstr = "utility.tstr";
    public const string Trtr = "utility.trtr";
    public const string TransferRatio = "utility.transfer-ratio";
    public const string TstrF1 = "utility.tstr-f1";
    public const string TstrRmse = "utility.tstr-rmse";
    public const string Augmented = "utility.augmented";
    public const string FairnessRepresentation = "fairness.representation";
    public const string FairnessParity = "fairness.parity";
    public const string FairnessDownstreamParity = "fairness.downstream-parity";
    public const string FairnessDownstreamOdds = "fairness.downstream-odds";
    public const string FairnessDownstreamCalibration = "fairness.downstream-calibration";
    public const string FairnessTstrGap = "fairness.tstr-gap";
    public const string Duplicates = "memory.duplicates";
    public const string Copies = "memory.copies";
    public const string CopiesDistinctive = "memory.copies-distinctive";
    public const string DcrShare = "memory.dcr-share";
    public const string DcrQ02 = "memory.dcr-q02";
    public const string MembershipAuc = "attack.membership-auc";
    public const string Leak = "attack.leak";
    public const string Constraints = "constraints.violations";

    public const string TextDistinct1 = "text.distinct-1";
    public const string TextDistinct2 = "text.distinct-2";
    public const string TextDistinct3 = "text.distinct-3";
    public const string TextDistinct4 = "text.distinct-4";
    public const string TextTypeToken = "text.type-token";
    public const string TextSelfBleu = "text.self-bleu";
    public const string TextOpenings = "text.openings";
    public const string TextLength = "text.length";
    public const string TextVocabulary = "text.vocabulary";
    public const string TextOverlap = "text.overlap";
    public const string TextCopies = "text.copies";
    public const string TextMauve = "text.mauve";
    public const string TextCoverage = "text.coverage";
    public const string TextStudentBits = "text.student-bits";
    public const string TextTstr = "text.tstr";

    public const string SceneFaults = "scenes.label-faults";
    public const string SceneCoverage = "scenes.coverage";
    public const string ScenePairs = "scenes.coverage-pairs";
    public const string SceneBalance = "scenes.class-balance";
    public const string SceneEmpty = "scenes.empty";

    public const string ImagesFrechet = "images.frechet";
    public const string ImagesKernel = "images.kernel";
    public const string ImagesPrecision = "images.precision";
    public const string ImagesRecall = "images.recall";
    public const string ImagesDensity = "images.density";
    public const string ImagesCoverage = "images.coverage";
    public const string ImagesSpread = "images.spread";
    public const string ImagesNearDuplicates = "images.near-duplicates";
    public const string ImagesCopies = "images.copies";
    public const string ImagesNearer = "images.nearer";
    public const string ImagesClasses = "images.classes";
    public const string ImagesBrightness = "images.brightness";
    public const string ImagesContrast = "images.contrast";
    public const string ImagesColour = "images.colour";
    public const string ImagesSpectrum = "images.spectrum";
    public const string ImagesTransfer = "images.transfer";

    public const string PrivacyEpsilon = "privacy.epsilon";
    public const string PrivacyDelta = "privacy.delta";
    public const string PrivacyRho = "privacy.rho";
    public const string PrivacySourceEpsilon = "privacy.source-epsilon";

    /// <summary>Figures of the ledger: known before any row is drawn, and free to publish.</summary>
    public static IReadOnlyList<string> Privacy { get; } = [PrivacyEpsilon, PrivacyDelta, PrivacyRho, PrivacySourceEpsilon];

    /// <summary>Figures of groups; they need protected columns.</summary>
    public static IReadOnlyList<string> Fairness { get; } =
    [
        FairnessRepresentation, FairnessParity, FairnessDownstreamParity, FairnessDownstreamOdds, FairnessDownstreamCalibration,
        FairnessTstrGap,
    ];

    /// <summary>Figures of texts; they need a column of text.</summary>
    public static IReadOnlyList<string> Text { get; } =
    [
        TextDistinct1, TextDistinct2, TextDistinct3, TextDistinct4, TextTypeToken, TextSelfBleu, TextOpenings, TextLength, TextVocabulary,
        TextOverlap, TextCopies, TextMauve, TextCoverage, TextStudentBits, TextTstr,
    ];

    /// <summary>Figures of scenes; they need the table of frames.</summary>
    public static IReadOnlyList<string> Scenes =>
        [SceneFaults, SceneCoverage, ScenePairs, SceneBalance, SceneEmpty, .. Pictures, ImagesTransfer];

    /// <summary>Figures of scenes' pictures that need real ones to compare with.</summary>
    public static IReadOnlyList<string> RealPictures { get; } =
    [
        ImagesFrechet, ImagesKernel, ImagesPrecision, ImagesRecall, ImagesDensity, ImagesCoverage, ImagesCopies, ImagesNearer,
        ImagesClasses,
    ];

    /// <summary>Figures of scenes' pictures.</summary>
    public static IReadOnlyList<string> Pictures { get; } =
    [
        .. RealPictures, ImagesSpread, ImagesNearDuplicates, ImagesBrightness, ImagesContrast, ImagesColour, ImagesSpectrum,
    ];

    /// <summary>In the order reports show them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Shapes, Trends, Mean, Variance, Quantiles, Missing, Mmd, TailRecall, Precision, Recall, Density, Coverage,
        Detection, DetectionTrain, DetectionFourier, Tstr, Trtr, TransferRatio, TstrF1, TstrRmse, Augmented,
        FairnessRepresentation, FairnessParity, FairnessDownstreamParity, FairnessDownstreamOdds, FairnessDownstreamCalibration,
        FairnessTstrGap, Duplicates, Copies, CopiesDistinctive, DcrShare, DcrQ02, MembershipAuc, Leak, Constraints,
        TextDistinct1, TextDistinct2, TextDistinct3, TextDistinct4, TextTypeToken, TextSelfBleu, TextOpenings, TextLength, TextVocabulary,
        TextOverlap, TextCopies, TextMauve, TextCoverage, TextStudentBits, TextTstr,
        SceneFaults, SceneCoverage, ScenePairs, SceneBalance, SceneEmpty,
        ImagesFrechet, ImagesKernel, ImagesPrecision, ImagesRecall, ImagesDensity, ImagesCoverage, ImagesSpread, ImagesNearDuplicates,
        ImagesCopies, ImagesNearer, ImagesClasses, ImagesBrightness, ImagesContrast, ImagesColour, ImagesSpectrum, ImagesTransfer,
        PrivacyEpsilon, PrivacyDelta, PrivacyRho, PrivacySourceEpsilon,
    ];
}
