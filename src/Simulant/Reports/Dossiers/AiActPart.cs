using Simulant.Validation;

namespace Simulant.Reports.Dossiers;

/// <summary>
/// The eight topics of data governance that Article 10(2) of Regulation (EU) 2024/1689 names for training, validation and testing data
/// of high-risk systems, in questions of our own that figures can answer.
/// </summary>
internal static class AiActPart
{
    public static DossierPart Of(Facts f) => new("ai-act", "EU AI Act, Article 10(2)",
        "Data governance of training, validation and testing data, topics (a) to (h). Asked of this data set; the system that is trained "
        + "on it has a provider, whose duties no file meets.",
        [Design(f), Origin(f), Preparation(f), Assumptions(f), Suitability(f), Bias(f), Mitigation(f), Gaps(f)]);

    private static DossierTopic Design(Facts f) => new Topic(f, "ai-act.a", "(a) Design choices")
        .Ask("engine", "Which engine makes the rows, and with which options?", "", f.Engine(), f.Training())
        .Ask("amount", "How many rows were asked for, learned from and made?", "", f.Rows())
        .Ask("target", "Which column is to be predicted?", Topic.Target, f.Target())
        .Ask("rules", "Which rules must every row keep?", "", f.Rules())
        .Ask("acceptance", "What had to be reached for the set to be published?", "", f.Gates())
        .Ask("compared", "Which engines were compared?", "", f.Tries())
        .Declared("reasons", "Why were these choices made?", "reasons");

    private static DossierTopic Origin(Facts f) => new Topic(f, "ai-act.b", "(b) Collection and origin")
        .Ask("files", "Which files was it made from?", "", f.Inputs())
        .Ask("lineage", "Was any of them itself made, and in which generation?", "", f.Lineage())
        .Ask("personal", "Which columns hold personal data in the source?", "", f.Personal())
        .Declared("collection", "How were the real rows collected?", "collection")
        .Declared("first-purpose", "What were they collected for in the first place?", "collection_purpose")
        .Declared("ground", "On what legal ground are they used?", "legal_basis");

    private static DossierTopic Preparation(Facts f) => new Topic(f, "ai-act.c", "(c) Preparation")
        .Ask("holdout", "Which rows were kept apart for judging?", "give the spec a source, and hold rows out", f.Holdout())
        .Ask("notes", "What did the program note as it read, parted and made rows?", "", f.Notes())
        .Ask("thrown-away", "Which candidates were thrown away?", "", f.Rejections())
        .Declared("labels", "Who labelled or annotated the real rows, and how?", "annotation")
        .Declared("cleaning", "How were they cleaned, joined and enriched before?", "preparation");

    private static DossierTopic Assumptions(Facts f) => new Topic(f, "ai-act.d", "(d) Assumptions")
        .Ask("values", "Which columns and values are taken to be possible?", "", f.Columns())
        .Declared("meaning", "What are the columns taken to measure and to stand for?", "assumptions")
        .Ask("description", "What is the set said to be?", "give the spec a 'description'", f.Claimed("description"));

    private static DossierTopic Suitability(Facts f) => new Topic(f, "ai-act.e", "(e) Availability, quantity and suitability")
        .Ask("quantity", "How many rows are there to learn from?", "", f.Rows())
        .Ask("likeness", "How like the real rows are they?", Topic.Measure,
            f.Metrics(MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection))
        .Ask("range", "Is the whole range of the real rows covered?", Topic.Measure,
            f.Metrics(MetricNames.Precision, MetricNames.Recall, MetricNames.Coverage))
        .Ask("use", "Does a model trained on them work on real rows?", Topic.Target,
            f.Metrics(MetricNames.Tstr, MetricNames.TransferRatio))
        .Declared("purpose", "What is the set for, and for whom?", "purpose")
        .Declared("population", "Whom or what do the real rows describe, where and when?", "population");

    private static DossierTopic Bias(Facts f) => new Topic(f, "ai-act.f", "(f) Examination of biases")
        .Ask("groups", "Which groups were looked at?", Topic.Protect, f.Protected())
        .Ask("representation", "Is each group there as it is in the real rows?", Topic.Protect,
            f.Metrics(MetricNames.FairnessRepresentation), f.Groups())
        .Ask("outcome", "Does the outcome differ between groups in the rows made?", Topic.Protect + " and a target of two values",
            f.Metrics(MetricNames.FairnessParity))
        .Ask("predictions", "Do predictions differ between groups, for a model trained on the rows made?",
            Topic.Protect + " and a target of two values",
            f.Metrics(MetricNames.FairnessDownstreamParity, MetricNames.FairnessDownstreamOdds, MetricNames.FairnessDownstreamCalibration,
                MetricNames.FairnessTstrGap))
        .Ask("feedback", "Do rows that were made feed into the source?", "", f.Lineage())
        .Declared("harm", "Which biases could harm whom, in the use that is meant?", "biases");

    private static DossierTopic Mitigation(Facts f) => new Topic(f, "ai-act.g", "(g) Measures against biases")
        .Ask("detection", "Which gates stop a set whose groups fare worse?", "gate figures of the family 'fairness' in the spec",
            f.GatesOn("fairness."))
        .Ask("shares", "Were shares or dependences changed on purpose?",
            "nothing is recorded; 'balance', 'conditions', 'supplement' and protect.independence would be",
            f.Noted("asks for other shares"))
        .Declared("other", "What else was done?", "mitigation");

    private static DossierTopic Gaps(Facts f) => new Topic(f, "ai-act.h", "(h) Gaps and shortcomings")
        .Ask("not-seen", "What could validation not see?", "", f.NotSeen())
        .Ask("rare", "Which rare values are lost?", Topic.Measure,
            f.Metrics(MetricNames.TailRecall), f.Tails())
        .Ask("missing", "Which values are missing?", Topic.Measure, f.MissingValues())
        .Declared("lacks", "What does the set lack for its purpose, and how is that to be met?", "gaps");
}
