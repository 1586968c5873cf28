using Simulant.Validation;

namespace Simulant.Reports.Dossiers;

/// <summary>
/// The seven steps by which the FDA would have the credibility of a model shown (draft guidance "Considerations for the Use of
/// Artificial Intelligence to Support Regulatory Decision-Making for Drug and Biological Products", January 2025), as far as they ask
/// about data, in questions of our own.
/// </summary>
internal static class FdaPart
{
    public static DossierPart Of(Facts f) => new("fda", "FDA: credibility of a model, seven steps",
        "From the draft guidance of January 2025 on artificial intelligence in regulatory decisions about drugs and biologics. The model "
        + "is the one that will be trained on this data; what the steps ask about data is asked here, and of the generator too.",
        [Question(f), Context(f), Risk(f), Generator(f), Data(f), Evaluation(f), Execution(f), Results(f), Adequacy(f)]);

    private static DossierTopic Question(Facts f) => new Topic(f, "fda.1", "Step 1: the question of interest")
        .Declared("question", "Which question is the model to answer?", "question");

    private static DossierTopic Context(Facts f) => new Topic(f, "fda.2", "Step 2: the context of use")
        .Declared("role", "How is its answer used, and beside what other evidence?", "context_of_use")
        .Declared("limits", "What must the data not be used for?", "unsuitable");

    private static DossierTopic Risk(Facts f) => new Topic(f, "fda.3", "Step 3: the model's risk")
        .Declared("risk", "How much does the decision rest on the model, and what does a wrong answer cost?", "model_risk");

    private static DossierTopic Generator(Facts f) => new Topic(f, "fda.4a", "Step 4: the generator of the data")
        .Ask("kind", "What makes the rows, from which inputs, with which settings?", "", f.Engine(), f.Inputs())
        .Ask("training", "How was it trained, and when did that end?", "the report holds no curve of a training in epochs", f.Training())
        .Ask("compared", "What was it compared with?", "", f.Tries())
        .Declared("choice", "Why this one?", "reasons")
        .Ask("columns", "What are its outputs?", "", f.Columns());

    private static DossierTopic Data(Facts f) => new Topic(f, "fda.4b", "Step 4: the data that models are developed with")
        .Ask("made", "Which part of the data is made rather than measured?", "", f.Rows(), f.Lineage())
        .Declared("collection", "How were the real rows collected?", "collection")
        .Declared("annotation", "How were they labelled, and how reliably?", "annotation")
        .Declared("relevant", "Whom do they represent, in view of the context of use?", "population")
        .Declared("reliable", "Which errors do they hold?", "errors")
        .Ask("missing", "Which values are missing?", Topic.Measure, f.MissingValues())
        .Ask("traceable", "Can each file be traced?", "", f.Inputs(), f.Files())
        .Ask("groups", "Are all groups there?", Topic.Protect,
            f.Metrics(MetricNames.FairnessRepresentation));

    private static DossierTopic Evaluation(Facts f) => new Topic(f, "fda.4c", "Step 4: how it is evaluated")
        .Ask("independence", "Which rows test it, and did anything learn from them?", "give the spec a source, and hold rows out",
            f.Holdout())
        .Ask("agreement", "How do models trained on it do on real rows, with what uncertainty?", Topic.Target,
            f.Metrics(MetricNames.Tstr, MetricNames.Trtr, MetricNames.TransferRatio, MetricNames.TstrF1, MetricNames.TstrRmse))
        .Ask("likeness", "How like real rows is it, with what uncertainty?", Topic.Measure, f.Family("fidelity."), f.Family("detection."))
        .Ask("groups", "Does that hold in each group?", "name protected columns in the spec's 'protect', and a target",
            f.Metrics(MetricNames.FairnessTstrGap, MetricNames.FairnessDownstreamOdds, MetricNames.FairnessDownstreamCalibration))
        .Ask("limits", "What could not be seen?", "", f.NotSeen());

    private static DossierTopic Execution(Facts f) => new Topic(f, "fda.5", "Step 5: the plan carried out")
        .Ask("again", "Can all of it be done again, and how?", "", f.Program(), f.Model());

    private static DossierTopic Results(Facts f) => new Topic(f, "fda.6", "Step 6: results, and what deviates")
        .Ask("verdict", "Was what was set out reached?", "", f.Gates())
        .Ask("notes", "What deviates or should be known?", "", f.Notes())
        .Ask("confidentiality", "Do rows tell which real rows were learned from? These are diagnostics: they can show memory, and "
            + "cannot show its absence.", Topic.Measure, f.Family("memory."), f.Family("attack."), f.Promise());

    private static DossierTopic Adequacy(Facts f) => new Topic(f, "fda.7", "Step 7: adequacy, and keeping it")
        .Declared("adequate", "Who judged it adequate for the context of use, and on what grounds?", "adequacy")
        .Declared("kept", "How is it kept adequate as the world changes?", "maintenance");
}
