using Simulant.Validation;

namespace Simulant.Reports.Dossiers;

/// <summary>
/// A datasheet in the seven sections of Gebru, Morgenstern, Vecchione, Wortman Vaughan, Wallach, Daumé III and Crawford, "Datasheets for
/// Datasets", Communications of the ACM 64(12), 2021; the questions are ours, after theirs.
/// </summary>
internal static class DatasheetPart
{
    public static DossierPart Of(Facts f) => new("datasheet", "Datasheet",
        "In the sections of Gebru and others, Datasheets for Datasets (2021).",
        [Motivation(f), Composition(f), Confidentiality(f), Collection(f), Preprocessing(f), Uses(f), Distribution(f), Maintenance(f)]);

    private static DossierTopic Motivation(Facts f) => new Topic(f, "datasheet.motivation", "Motivation")
        .Declared("purpose", "For what was the set made?", "purpose")
        .Ask("description", "What is it said to be?", "give the spec a 'description'", f.Claimed("description"))
        .Ask("creator", "Who made it, for whom?", "give the spec a 'creator'", f.Claimed("creator"))
        .Declared("funding", "Who paid for it?", "funding");

    private static DossierTopic Composition(Facts f) => new Topic(f, "datasheet.composition", "Composition")
        .Declared("instances", "What does a row stand for?", "population")
        .Ask("count", "How many rows are there?", "", f.Rows())
        .Ask("sample", "What are the rows drawn from?", "", f.Engine(), f.Lineage())
        .Ask("fields", "What does a row hold?", "", f.Columns())
        .Ask("label", "Is there a target?", Topic.Target, f.Target())
        .Ask("missing", "What is missing from rows?", Topic.Measure, f.MissingValues())
        .Ask("relations", "Which columns tie rows to each other or identify them?", "", f.Identifiers())
        .Ask("splits", "Which parts are recommended?", "give the spec a source, and hold rows out", f.Holdout())
        .Declared("errors", "Which errors and noise are in the real rows?", "errors")
        .Ask("redundant", "Are rows repeated, or rules broken?", "", f.Metrics(MetricNames.Duplicates), f.Rules())
        .Ask("self-contained", "Does it stand alone, and which files are it?", "", f.Files());

    private static DossierTopic Confidentiality(Facts f) => new Topic(f, "datasheet.people", "Composition: people in it")
        .Ask("personal", "Which columns held personal data?", "", f.Personal())
        .Ask("identify", "Do rows tell which people the real rows are about? These are diagnostics: they can show memory, and cannot show "
            + "its absence.", Topic.Measure, f.Family("memory."), f.Family("attack."),
            f.Promise())
        .Ask("groups", "Which groups are in it, and in what shares?", Topic.Protect, f.Groups())
        .Declared("sensitive", "What in it is confidential, offensive or sensitive?", "sensitive");

    private static DossierTopic Collection(Facts f) => new Topic(f, "datasheet.collection", "Collection")
        .Ask("acquired", "How did these rows come about?", "", f.Program())
        .Declared("how", "How were the real rows behind them collected, and by whom?", "collection")
        .Declared("sampling", "By what rule were they chosen?", "selection")
        .Declared("when", "When?", "collection_time")
        .Declared("review", "Who reviewed the ethics of it?", "ethics_review")
        .Declared("notice", "Were the people told?", "notice")
        .Declared("consent", "Did they consent, and how can they withdraw?", "consent");

    private static DossierTopic Preprocessing(Facts f) => new Topic(f, "datasheet.preprocessing", "Preprocessing, cleaning, labelling")
        .Declared("before", "What was done to the real rows before this program read them?", "preparation")
        .Declared("labelled", "Who labelled them?", "annotation")
        .Ask("here", "What did this program note as it read them?", "", f.Notes())
        .Ask("raw", "Which raw files were read, so that they can be told again?", "", f.Inputs());

    private static DossierTopic Uses(Facts f) => new Topic(f, "datasheet.uses", "Uses")
        .Declared("so-far", "What was it used for already?", "prior_uses")
        .Ask("tested", "For which task was it tested, with what result?", Topic.Target, f.Family("utility."))
        .Declared("affects", "What in how it was collected affects later uses?", "biases")
        .Ask("lost", "What was lost as it was made, or could not be seen?", "", f.Metrics(MetricNames.TailRecall), f.NotSeen())
        .Declared("not-for", "What must it not be used for?", "unsuitable");

    private static DossierTopic Distribution(Facts f) => new Topic(f, "datasheet.distribution", "Distribution")
        .Declared("whom", "To whom does it go, and how?", "distribution")
        .Ask("where", "Where is its page?", "give the spec a 'url'", f.Claimed("url"))
        .Ask("when", "When is it published?", "give the spec a 'published' day", f.Claimed("published"))
        .Ask("licence", "Under which licence?", "give the spec a 'license'", f.Claimed("license"))
        .Ask("cite", "How is it cited?", "give the spec a 'citation'", f.Claimed("citation"))
        .Declared("third-parties", "Which rights of others and which rules bind those who have it?", "restrictions");

    private static DossierTopic Maintenance(Facts f) => new Topic(f, "datasheet.maintenance", "Maintenance")
        .Declared("who", "Who keeps it up, and what happens to older versions?", "maintenance")
        .Declared("contact", "Whom can one ask?", "contact")
        .Declared("retention", "How long may it be kept?", "retention")
        .Ask("extend", "Can others make it again or make more of it?", "", f.Program(), f.Model());
}
