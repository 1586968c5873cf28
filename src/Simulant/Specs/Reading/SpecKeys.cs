using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>Every key of a spec, in the order the guide lists them.</summary>
internal static class SpecKeys
{
    public const int Version = 1;
    public const double MostRows = 1e12;

    public const string Table = "table", Text = "text", Scene = "scene";

    public static IReadOnlyList<string> Kinds { get; } = [Table, Text, Scene];

    /// <summary>Kinds of later versions, refused by name.</summary>
    public static IReadOnlyList<string> LaterKinds { get; } = ["tables", "sequence", "image"];

    /// <summary>Top-level keys of later versions, refused by name.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
        ["tables", "sequence"];

    /// <summary>Top-level keys that other kinds than tables have no use for: what they ask of rows of a table.</summary>
    public static IReadOnlyList<string> TableOnly { get; } =
    [
        "columns", "engine", "balance", "conditions", "supplement", "constraints", "protect", "refine", "time_limit", "privacy",
    ];

    /// <summary>Top-level keys that only a spec of kind <c>text</c> has.</summary>
    public static IReadOnlyList<string> TextOnly { get; } = ["recipe", "models"];

    /// <summary>Top-level keys that only a spec of kind <c>scene</c> has.</summary>
    public static IReadOnlyList<string> SceneOnly { get; } = ["world", "vary", "augment"];

    /// <summary>The value of <c>lineage</c> that allows training on made data alone.</summary>
    public const string Unanchored = "unanchored";

    public static IReadOnlyList<string> SourceFormats { get; } = ["csv", "tsv", "json", "jsonl", "parquet"];
    public static IReadOnlyList<string> OutputFormats { get; } = ["csv", "jsonl", "parquet"];
    public static IReadOnlyList<string> OutputShapes { get; } = [OutputSpec.Plain, "chat", "sharegpt", "alpaca", "preference"];

    public static Section Source { get; } = new("source",
    [
        new("train", Shape.Text, "File to learn from: a path or glob, relative to the spec. csv, tsv, json, jsonl or parquet, "
            + "gzip too."),
        new("holdout", Shape.Text, "File of real rows that no engine ever sees; what the result is judged by.")
            { Default = "split off from `train`" },
        new("target", Shape.Text, "Column that models are to predict; utility is measured on it.") { Default = "none" },
        new("postgres", Shape.Text, "PostgreSQL connection string, or `env:NAME` to take it from the environment; with `query`."),
        new("query", Shape.Text, "SQL query whose rows are the training data; with `postgres`."),
        new("format", Shape.Text, "Format of the files.") { Values = SourceFormats, Default = "by the file's extension" },
        new("delimiter", Shape.Text, "Field separator of delimited text; one character, or `tab`.") { Default = "sniffed" },
        new("encoding", Shape.Text, "Text encoding, such as `utf-8` or `latin-1`.") { Default = "sniffed" },
        new("missing", Shape.Text | Shape.Texts, "Texts that stand for a missing value, beside the empty field.")
            { Default = "as inferred" },
        new("sample_rows", Shape.Count, "Learn from at most this many rows, a uniform sample by seed.")
            { Minimum = 1, Maximum = MostRows, Default = "all rows" },
        new("schema", Shape.Text, "A file to take column types from: SDV `metadata.json`, or SQL with `CREATE TABLE`.")
            { Default = "none" },
    ]);

    public static Section Split { get; } = new("split",
    [
        new("holdout", Shape.Number, "Share of the rows to hold out.") { Minimum = 0, Maximum = 1, Default = "0.2" },
        new("by", Shape.Text, "Entity column (patient, customer): all rows of an entity fall on one side.")
            { Default = "each row alone" },
        new("after", Shape.Text, "Hold out the rows at or after this date or instant; needs a column of role `time`.")
            { Default = "no split by time" },
        new("stratify", Shape.Text, "Column whose shares both sides keep.") { Default = "none" },
        new("seed", Shape.Integer, "Seed of the split.") { Minimum = 0, Default = "0" },
    ]);

    public static Section Column { get; } = new("column",
    [
        new("type", Shape.Text, "What the values are.") { Values = Names<ColumnKind>(), Default = "as inferred" },
        new("role", Shape.Text, "What the column is for.") { Values = Names<ColumnRole>(),
            Default = "`feature`, or as inferred" },
        new("domain", Shape.Range, "Closed range `[low, high]` of numbers, dates or times; `null` leaves an end open.")
            { Default = "as observed" },
        new("levels", Shape.Texts, "The values allowed, in order where `ordered`.") { Default = "as observed" },
        new("ordered", Shape.Boolean, "Whether the levels have an order.") { Default = "as inferred" },
        new("decimals", Shape.Integer, "Digits after the point.") { Minimum = 0, Maximum = 15, Default = "as observed" },
        new("format", Shape.Text, "How dates and times are written, such as `dd/MM/yyyy`; numbers with commas: `0,#`, `#,##0`.")
            { Default = "ISO 8601" },
        new("personal", Shape.Text | Shape.Boolean,
            "Personal data the column holds; such values are generated, never learned. `false` or `none` learns it.")
            { Values = Names<PersonalData>(), Default = "as inferred" },
        new("description", Shape.Text, "What the column means; goes into the data card.") { Default = "none" },
    ], Open: true);

    public static Section Engine { get; } = new("engine",
    [
        new("name", Shape.Text, "Which engine makes the data; the other keys are its own options.") { Required = true },
    ], Open: true);

    public static Section Recipe { get; } = new("recipe",
    [
        new("name", Shape.Text, "Which recipe makes the records; the other keys are its own options.") { Required = true },
    ], Open: true);

    public static Section World { get; } = new("world",
    [
        new("name", Shape.Text, "Which world is shown; the other keys are its own options.") { Required = true },
    ], Open: true);

    public static Section Vary { get; } = new("vary", [], Open: true);

    public static Section Augment { get; } = new("augment",
    [
        new("steps", Shape.Steps, "Operations and groups, see the guide to augmenting.") { Required = true },
        new("copies", Shape.Integer, "Changed copies of each frame.") { Minimum = 1, Maximum = 1000, Default = "1" },
        new("layout", Shape.Text, "Layout of the set of copies: " + string.Join(", ", AugmentSpec.Layouts.Select(l => $"`{l}`")) + ".")
            { Default = "the first of `world.formats` that is one of these, else `coco`" },
    ]);

    public static Section Models { get; } = new("models", [], Open: true);

    public static Section Condition { get; } = new("condition",
    [
        new("where", Shape.Text, "A condition, see the guide to expressions.") { Required = true },
        new("rows", Shape.Count, "Exactly this many rows for which it holds.") { Required = true, Minimum = 1,
            Maximum = MostRows },
    ]);

    public static Section Reach { get; } = new("reach",
    [
        new("where", Shape.Text, "Which rows are too few: a condition, see the guide to expressions.") { Required = true },
        new("share", Shape.Number | Shape.Text, "Their least share of all rows, real and made: a number below 1, or a percentage.")
            { Minimum = 0, Maximum = 1, Default = "none: `rows` says how many" },
        new("rows", Shape.Count, "Their least number among all rows, real and made.") { Minimum = 1, Maximum = MostRows,
            Default = "none: `share` says how many" },
    ]);

    public static Section Supplement { get; } = new("supplement",
    [
        new("reach", Shape.Maps, "What the set is to have enough of; real rows that meet a condition count.") { Child = Reach,
            Required = true },
        new("mark", Shape.Text, "A column to add that says of each row whether it is `real` or `made`.") { Default =
            "none: real rows come first" },
    ]);

    public static Section Gate { get; } = new("gate",
    [
        new("require", Shape.Text | Shape.Texts,
            "The bound or bounds, as `\">= 0.97\"` or `\"<= reference\"`.") { Required = true },
        new("min_rows", Shape.Count, "With fewer rows to measure on, the gate is not evaluated.")
            { Minimum = 0, Maximum = MostRows, Default = "0" },
    ]);

    public static Section Validate { get; } = new("validate",
    [
        new("gates", Shape.Entries, "Metrics that must reach a bound, or the data is rejected (exit code 1).")
        {
            Each = new("metric", Shape.Text | Shape.Texts | Shape.Map,
                "A bound such as `\">= 0.97\"` or `\"<= reference\"`.") { Child = Gate },
            Default = "none",
        },
        new("only", Shape.Texts, "Names of the only metrics to measure.") { Default = "all that apply" },
        new("trend_threshold", Shape.Number, "Leave pairs of columns with a weaker association in the real data out of trends.")
            { Minimum = 0, Maximum = 1, Default = "0, all pairs" },
        new("replicates", Shape.Integer, "Bootstrap replicates behind each interval.") { Minimum = 20, Maximum = 100_000,
            Default = "200" },
        new("model_rows", Shape.Count, "Most rows of each table for detection and utility.")
            { Minimum = 100, Maximum = MostRows, Default = "50000" },
        new("neighbour_rows", Shape.Count, "Most rows of each table for metrics of nearest neighbours.")
            { Minimum = 100, Maximum = MostRows, Default = "40000" },
        new("attack_rows", Shape.Count, "Most rows of each table for attacks.")
            { Minimum = 100, Maximum = MostRows, Default = "10000" },
        new("leak_tolerance", Shape.Number, "Smaller leaks, as an epsilon, are traces.") { Minimum = 0, Maximum = 100, Default = "0.1" },
        new("field", Shape.Text, "For kind `text`: the field that figures are of.")
            { Default = "the first one that the real data has too" },
        new("extractor", Shape.Text, "For kind `scene`: an ONNX file whose first output pictures are compared by.")
            { Default = "random convolutions" },
        new("transfer", Shape.Integer, "For kind `scene`: steps of each network that tells what made objects teach about real ones.")
            { Minimum = 20, Maximum = 100_000, Default = "not measured" },
    ]);

    public static Section Output { get; } = new("output",
    [
        new("format", Shape.Text, "Format of the data files.") { Values = OutputFormats, Default = "parquet" },
        new("shape", Shape.Text, "For kind `text`: how records are laid out for training.") { Values = OutputShapes, Default = "plain" },
    ]);

    public static Section Seed { get; } = new("seed",
    [
        new("fit", Shape.Integer, "Seed of learning.") { Minimum = 0, Default = "0" },
        new("sample", Shape.Integer, "Seed of sampling.") { Minimum = 0, Default = "the seed of learning" },
    ]);

    public static Section Refine { get; } = new("refine",
    [
        new("pool", Shape.Integer, "Rows to draw for each that is kept.") { Minimum = 2, Maximum = 20,
            Default = $"{RefineSpec.DefaultPool}" },
        new("margin", Shape.Number, "Standard errors that a training count must lie from the engine's before it is followed; "
            + "0 follows every count, and remembers more.") { Minimum = 0, Maximum = 10, Default = $"{RefineSpec.DefaultMargin}" },
        new("regions", Shape.Integer, "Regression trees in whose leaves the target is counted too, so that it follows from all "
            + "other columns more nearly; what that remembers grows with them.") { Minimum = 0, Maximum = 64, Default = "0" },
    ]);

    public static Section Budget { get; } = new("budget",
    [
        new("epsilon", Shape.Number, "What all runs on the same source may spend together.") { Required = true, Minimum = 0,
            Maximum = 100 },
        new("delta", Shape.Number, "At which that epsilon is told.") { Minimum = 0, Maximum = 0.1, Default = "`privacy.delta`" },
    ]);

    public static Section Privacy { get; } = new("privacy",
    [
        new("epsilon", Shape.Number, "The most that all that is released tells of one unit.") { Required = true, Minimum = 0,
            Maximum = 100 },
        new("delta", Shape.Number, "Probability that it tells more; well below one over the number of units.") { Required = true,
            Minimum = 0, Maximum = 0.1 },
        new("unit", Shape.Text, "Whose presence is hidden: `row`, or the column that names the owner of rows.") { Default = "`row`" },
        new("max_rows", Shape.Integer, "Rows of one unit that are learned from at most; the noise grows with it.")
            { Minimum = 1, Maximum = 10_000, Default = "1" },
        new("ledger", Shape.Text, "File that records every spend, relative to the spec.") { Default = "`simulant.ledger`" },
        new("tell_audit", Shape.Boolean, "Whether manifest, report and card say so where the set passes the attack audit; that it passed "
            + "is told without being paid for.") { Default = "false" },
        new("budget", Shape.Number | Shape.Map, "What all runs on the same source may spend together; a number alone is its `epsilon`.")
            { Child = Budget, Minimum = 0, Maximum = 100, Default = "none: spends are recorded and totalled" },
    ]);

    public static Section Protect { get; } = new("protect",
    [
        new("columns", Shape.Text | Shape.Texts, "Columns whose groups are measured, and their intersections.") { Default =
            "those of role `protected`" },
        new("independence", Shape.Number, "How far the target is cut loose from the groups in the rows made: 1 makes it independent of "
            + "them, more reverses the dependence, 0 leaves it.") { Minimum = 0, Maximum = 2, Default = "0" },
    ]);

    public static Section Declare { get; } = new("declare",
    [
        Fact("purpose", "What the data is for, and for whom."),
        Fact("unsuitable", "What it must not be used for, and why."),
        Fact("prior_uses", "What it was used for already."),
        Fact("funding", "Who paid for it."),
        Fact("reasons", "Why engine, columns and rules were chosen as they are."),
        Fact("population", "Whom or what the real rows describe: which people, places, years."),
        Fact("collection", "How the real rows were collected, and by whom."),
        Fact("collection_time", "When they were collected."),
        Fact("collection_purpose", "What they were collected for in the first place."),
        Fact("selection", "How those in the real rows were chosen from all there are."),
        Fact("notice", "Whether the people in the real rows were told."),
        Fact("consent", "What they consented to, and how they can withdraw it."),
        Fact("legal_basis", "The legal ground on which the real rows are used."),
        Fact("ethics_review", "Who reviewed that, and with what outcome."),
        Fact("annotation", "Who labelled the real rows, by what instructions, and how well they agreed."),
        Fact("preparation", "What was done to the real rows before this program read them: cleaning, joining, leaving out."),
        Fact("errors", "Known errors and noise in the real rows."),
        Fact("assumptions", "What the columns are taken to measure, and what they stand for."),
        Fact("sensitive", "What in the data is confidential, offensive or sensitive."),
        Fact("biases", "Biases known or feared, and whom they could harm."),
        Fact("mitigation", "What was done about them before or beside this program."),
        Fact("gaps", "What the data lacks for its purpose, and how that is to be met."),
        Fact("question", "The question that a model trained on the data is to answer."),
        Fact("context_of_use", "How the model's answer is used, and what else is known when it is."),
        Fact("model_risk", "How much the decision rests on the model, and what a wrong answer costs."),
        Fact("adequacy", "Who judged the data adequate for that, and on what grounds."),
        Fact("distribution", "To whom the data goes, and how."),
        Fact("restrictions", "Rights of others, and rules that bind whoever has the data."),
        Fact("maintenance", "Who keeps the data up, when it is made again, and what happens to older versions."),
        Fact("retention", "How long it may be kept."),
        Fact("contact", "Whom to ask, and where to report errors."),
    ]);

    public static Section Root { get; } = new("the spec",
    [
        new("simulant", Shape.Integer, "Version of the spec's format: 1.") { Required = true },
        new("name", Shape.Text, "Name of the data set: letters, digits, `.`, `_` and `-`.")
            { Default = "from the file or folder" },
        new("kind", Shape.Text, "Kind of data.") { Values = Kinds, Default = "table" },
        new("description", Shape.Text, "What the data set is; goes into the data card.") { Default = "none" },
        new("license", Shape.Text, "Licence of the result: an SPDX identifier such as `CC-BY-4.0`, an address, or other words.")
            { Default = "not stated" },
        new("creator", Shape.Text, "Who publishes the result: a person or an organisation.") { Default = "not stated" },
        new("citation", Shape.Text, "How to cite the result, ideally as BibTeX.") { Default = "none" },
        new("url", Shape.Text, "Web address of the data set's page.") { Default = "none" },
        new("published", Shape.Text, "Day of publication, such as `2024-01-31`; never taken from the clock.")
            { Default = "none" },
        new("source", Shape.Text | Shape.Map, "Where the real data is; text alone is its `train`.")
            { Child = Source, Default = "none: the engine is `rules`" },
        new("split", Shape.Number | Shape.Map,
            "How rows are held out where `source` names no holdout; a number alone is its `holdout`.")
            { Child = Split, Default = "a fifth of the rows" },
        new("columns", Shape.Entries, "Columns by name. Columns of the source that are not named keep what was inferred.")
        {
            Each = new("column", Shape.Text | Shape.Map, "Text alone is its `type`.") { Child = Column, ShortFor = "type",
                Nullable = true },
            Default = "as inferred",
        },
        new("engine", Shape.Text | Shape.Map, "The engine; text alone is its `name`.")
            { Child = Engine, Default = "`trees` where there is data, `rules` where there is none" },
        new("recipe", Shape.Text | Shape.Map, "For kind `text`: the recipe that makes the records; text alone is its `name`.")
            { Child = Recipe, Default = "none" },
        new("models", Shape.Map, "For kind `text`: the language models that a recipe may ask, by name.") { Child = Models,
            Default = "none: nothing leaves the machine" },
        new("world", Shape.Text | Shape.Map, "For kind `scene`: the world that frames show; text alone is its `name`.")
            { Child = World, Default = "none" },
        new("vary", Shape.Map, "For kind `scene`: how parameters of the world are drawn, by name: a value, or a distribution.")
            { Child = Vary, Default = "as the world draws them" },
        new("augment", Shape.Steps | Shape.Map, "For kind `scene`: what is done to changed copies of the frames; a list alone is its "
            + "`steps`.") { Child = Augment, Default = "no copies" },
        new("rows", Shape.Count, "Rows to make.") { Minimum = 1, Maximum = MostRows,
            Default = "as many as the training data has" },
        new("balance", Shape.Entries, "Target shares of levels, by column; levels not named keep their proportions in the rest.")
        {
            Each = new("column", Shape.Entries, "Level to share.")
            {
                Each = new("level", Shape.Number | Shape.Text, "A share from 0 to 1, or a percentage as text.") { Minimum = 0,
                    Maximum = 1 },
            },
            Default = "as in the data",
        },
        new("conditions", Shape.Maps, "Exact numbers of rows for which a condition holds.") { Child = Condition,
            Default = "none" },
        new("supplement", Shape.Map, "The training rows themselves, with rows made for what they have too few of.") { Child = Supplement,
            Default = "made rows alone" },
        new("constraints", Shape.Texts, "Rules that every row satisfies.") { Default = "none" },
        new("protect", Shape.Text | Shape.Texts | Shape.Map, "Columns whose groups are measured one by one, and every intersection of "
            + "them; columns of role `protected` are among them. A text or list alone is its `columns`.") { Child = Protect,
            Default = "none" },
        new("validate", Shape.Map, "What is measured, and what must be reached.") { Child = Validate,
            Default = "measure all, no gates" },
        new("output", Shape.Text | Shape.Map, "How the data is written; text alone is its `format`.") { Child = Output,
            ShortFor = "format", Default = "parquet" },
        new("seed", Shape.Integer | Shape.Map, "Seed of the whole run; equal seeds give equal bytes.")
            { Child = Seed, Minimum = 0, Default = "0" },
        new("refine", Shape.Boolean | Shape.Map,
            "Choose the rows that match the training counts best from a larger draw.") { Child = Refine, Default = "false" },
        new("time_limit", Shape.Duration,
            "Time in which the engine `auto` tries engines: seconds, or `30s`, `5m`, `2h`.") { Default = "none: all are tried" },
        new("privacy", Shape.Map, "Promise differential privacy, and pay for it; engines `mst` and `aim`.") { Child = Privacy,
            Default = "nothing is promised" },
        new("lineage", Shape.Text, "Whether training rows that this program made need real rows beside them; `unanchored` lets them stand "
            + "alone.") { Values = ["anchored", Unanchored], Default = "`anchored`" },
        new("declare", Shape.Map, "Facts for the dossier that no computation can know; they are shown as declared.") { Child = Declare,
            Default = "nothing is declared" },
    ]);

    private static Key Fact(string name, string meaning) => new(name, Shape.Text, meaning) { Default = "unknown" };

    /// <summary>Members as specs write them: <c>FullName</c> is <c>full_name</c>.</summary>
    public static IReadOnlyList<string> Names<TEnum>() where TEnum : struct, Enum =>
        [.. Enum.GetNames<TEnum>().Select(Snake)];

    public static string Snake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c)
            : char.ToLowerInvariant(c).ToString()));
}
