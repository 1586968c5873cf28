using Simulant.Data;

namespace Simulant.Specs;

/// <summary>A checked specification, see docs/guide/spec.md. Positions point into <see cref="File"/>.</summary>
public sealed record Spec
{
    /// <summary>Path of the spec file as the user gave it.</summary>
    public required string File { get; init; }

    public required string Name { get; init; }

    /// <summary><c>table</c>, <c>text</c> or <c>scene</c>.</summary>
    public string Kind { get; init; } = "table";

    public SourceSpec? Source { get; init; }
    public SplitSpec? Split { get; init; }

    /// <summary>Declared columns in document order; columns of the source that are not named keep what was inferred.</summary>
    public IReadOnlyList<ColumnSpec> Columns { get; init; } = [];

    /// <summary>What makes the items: the engine of a table, the recipe of a text set, the world of scenes.</summary>
    public EngineSpec Engine { get; init; } = new("", null, default);

    /// <summary>The language models that a recipe may ask, by name, as written; or null.</summary>
    public SpecMap? Models { get; init; }

    /// <summary>How parameters of a world are drawn, as written; or null.</summary>
    public SpecMap? Vary { get; init; }

    /// <summary>Changed copies of the pictures; null for none.</summary>
    public AugmentSpec? Augment { get; init; }

    /// <summary>Requested items; null means as many as the training data has.</summary>
    public long? Rows { get; init; }

    /// <summary>Target shares of levels per column; several columns are met together.</summary>
    public IReadOnlyList<BalanceSpec> Balance { get; init; } = [];

    public IReadOnlyList<ConditionSpec> Conditions { get; init; } = [];

    /// <summary>Real rows with made ones beside them; null makes rows alone.</summary>
    public SupplementSpec? Supplement { get; init; }

    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Columns whose groups are measured: those of <c>protect</c>, then other columns of role protected.</summary>
    public IReadOnlyList<ProtectSpec> Protect { get; init; } = [];

    /// <summary>How far the outcome is cut loose from the protected groups in what is made, 0 to 2: 1 is independence.</summary>
    public double Independence { get; init; }

    public IReadOnlyList<GateSpec> Gates { get; init; } = [];

    /// <summary>The <c>validate</c> map as written (gates excepted).</summary>
    public SpecMap? Validate { get; init; }

    /// <summary>What the <c>validate</c> map asks for beside gates.</summary>
    public MeasureSpec Measures { get; init; } = new();

    /// <summary>What the data set is, for its card; or null.</summary>
    public string? Description { get; init; }

    /// <summary>What is claimed of the data set: licence, creator, citation, address, date.</summary>
    public CardSpec Card { get; init; } = new();

    public OutputSpec Output { get; init; } = new("parquet");
    public ulong FitSeed { get; init; }
    public ulong SampleSeed { get; init; }
    /// <summary>How rows are chosen from a larger draw; null takes them as they are drawn.</summary>
    public RefineSpec? Refine { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What is promised about single rows or their owners, and paid for; null promises nothing.</summary>
    public PrivacySpec? Privacy { get; init; }

    /// <summary>Whether data that was itself made may be learned from with no real rows beside it.</summary>
    public bool Unanchored { get; init; }

    /// <summary>What the author declares because nothing computed can know it: key and text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Declared { get; init; } = [];

    /// <summary>The whole document, for engines that read sections of their own.</summary>
    public required SpecMap Root { get; init; }
}

/// <summary>Where real data comes from: files (paths or globs, relative to the spec's folder) or a PostgreSQL query.</summary>
public sealed record SourceSpec
{
    public string? Train { get; init; }
    public string? Holdout { get; init; }
    public string? Target { get; init; }

    /// <summary>A PostgreSQL connection string, or <c>env:NAME</c>; with <see cref="Query"/>.</summary>
    public string? Postgres { get; init; }

    public string? Query { get; init; }

    /// <summary>csv, tsv, json, jsonl, parquet; null means by extension.</summary>
    public string? Format { get; init; }

    public string? Delimiter { get; init; }
    public string? Encoding { get; init; }

    /// <summary>Texts that stand for a missing value, beside the empty field; null means as inferred.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Use at most this many rows of the training source, a seeded uniform sample; null means all.</summary>
    public long? SampleRows { get; init; }

    /// <summary>A schema to read column kinds from: SDV metadata.json or SQL DDL.</summary>
    public string? Schema { get; init; }

    public SourcePosition At { get; init; }
}

/// <summary>How a holdout is split off. Entities never cross; the future never trains the past.</summary>
/// <param name="Holdout">Share in (0, 1).</param>
/// <param name="By">Entity column, or null.</param>
/// <param name="After">Rows at or after this instant are held out (needs a time column); or null.</param>
/// <param name="Stratify">Column whose shares both parts keep, or null.</param>
public sealed record SplitSpec(double Holdout, string? By, string? After, string? Stratify, ulong Seed, SourcePosition At);

/// <summary>What the spec says of one column; null means as inferred.</summary>
public sealed record ColumnSpec(string Name, SourcePosition At)
{
    public ColumnKind? Kind { get; init; }
    public ColumnRole? Role { get; init; }
    public double? Minimum { get; init; }
    public double? Maximum { get; init; }

    /// <summary>Declared levels, in order where <see cref="Ordered"/>.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    public bool? Ordered { get; init; }
    public int? Decimals { get; init; }
    public string? Format { get; init; }
    public PersonalData? Personal { get; init; }

    /// <summary>What the column means, for the data card; or null.</summary>
    public string? Description { get; init; }

    /// <summary>The column's map as written, for engines with options of their own (rules).</summary>
    public SpecMap? Options { get; init; }
}

/// <param name="Name">Empty means the default: trees where there is data, rules where there is none.</param>
/// <param name="Options">The engine's own options as written, or null.</param>
public sealed record EngineSpec(string Name, SpecMap? Options, SourcePosition At);

/// <param name="Shares">Level to share; shares of named levels sum to at most 1, the rest keep their proportions.</param>
public sealed record BalanceSpec(string Column, IReadOnlyList<KeyValuePair<string, double>> Shares, SourcePosition At);

/// <summary>A column whose groups are measured.</summary>
public sealed record ProtectSpec(string Column, SourcePosition At)
{
    /// <summary>Columns at most: four of them have fifteen intersections.</summary>
    public const int Most = 4;
}

/// <summary>Exactly <paramref name="Rows"/> rows for which <paramref name="Where"/> holds.</summary>
public sealed record ConditionSpec(Expression Where, long Rows, SourcePosition At);

/// <summary>The training rows as they are, and as many made rows as it takes for each condition to have enough.</summary>
/// <param name="Mark">A column that says which rows were made, or null.</param>
public sealed record SupplementSpec(IReadOnlyList<ReachSpec> Reach, string? Mark, SourcePosition At)
{
    public const string Real = "real", Made = "made";
}

/// <summary>How much of the whole, real and made rows together, shall meet a condition: one of the two is set.</summary>
/// <param name="Share">In (0, 1).</param>
public sealed record ReachSpec(Expression Where, double? Share, long? Rows, SourcePosition At);

/// <summary>A gate tests the interval's unfavourable end against a number or the reference.</summary>
/// <param name="Bound">NaN where the bound is the reference.</param>
/// <param name="MinRows">Below this many rows the gate reads "not evaluated" and does not fail.</param>
public sealed record GateSpec(string Metric, string Operator, double Bound, long MinRows, SourcePosition At)
{
    public bool AgainstReference => double.IsNaN(Bound);
}

/// <summary>What is measured and how much of it; null means the default of docs/guide/metrics.md.</summary>
public sealed record MeasureSpec
{
    /// <summary>Names of the only metrics to measure; null measures all that apply.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>In [0, 1]: pairs of columns with a weaker association in the real data are left out of trends.</summary>
    public double? TrendThreshold { get; init; }

    /// <summary>Bootstrap replicates behind each interval, at least 20.</summary>
    public int? Replicates { get; init; }

    /// <summary>Most rows of each table for detection and utility.</summary>
    public long? ModelRows { get; init; }

    /// <summary>Most rows of each table for metrics of nearest neighbours.</summary>
    public long? NeighbourRows { get; init; }

    /// <summary>Most rows of each table for attacks.</summary>
    public long? AttackRows { get; init; }

    /// <summary>The largest leak, as an epsilon, that attacks tell of and do not call one.</summary>
    public double? LeakTolerance { get; init; }

    /// <summary>For kind scene: an ONNX file whose features pictures are compared by; null means random convolutions.</summary>
    public string? Extractor { get; init; }

    /// <summary>For kind scene: steps of each network that tells what made objects teach about real ones; null for none.</summary>
    public int? Transfer { get; init; }

    /// <summary>Of records of text: the field that is measured; null for the first that the real data has too.</summary>
    public SpecScalar? Field { get; init; }
}

/// <param name="Format">csv, jsonl or parquet.</param>
/// <param name="Shape">For text: plain, chat, sharegpt, alpaca or preference.</param>
public sealed record OutputSpec(string Format, string Shape = OutputSpec.Plain)
{
    /// <summary>The layout that leaves fields as they are.</summary>
    public const string Plain = "plain";

    public SourcePosition At { get; init; }
}

/// <summary>Choose the rows that match the training counts best from a larger draw.</summary>
/// <param name="Pool">Rows that are drawn for each that is kept, 2 to 20.</param>
/// <param name="Margin">Standard errors, 0 to 10, that a training count must lie from the engine's before it is followed.</param>
/// <param name="Regions">Regression trees in whose leaves the target is counted, 0 to 64.</param>
public sealed record RefineSpec(int Pool, double Margin, int Regions, SourcePosition At)
{
    public const int DefaultPool = 4;
    public const double DefaultMargin = 2;

    /// <summary>Rows of a pool at most: what they count for is held in memory.</summary>
    public const long MostPoolRows = 20_000_000;

    /// <summary>What is said of more rows than a pool can serve.</summary>
    public Diagnostic TooLarge(long rows, long most) => new(Severity.Error, Codes.Contradiction, At,
        $"'refine' would choose from {Pool} times {rows} rows, and can from {most} at most; lower its pool or 'rows', or remove it");
}

/// <summary>A promise of (epsilon, delta)-differential privacy: what the release as a whole tells of any one unit.</summary>
/// <param name="Epsilon">Above 0, at most 100.</param>
/// <param name="Delta">Above 0, below 0.1.</param>
public sealed record PrivacySpec(double Epsilon, double Delta, SourcePosition At)
{
    public const string Row = "row";
    public const string DefaultLedger = "simulant.ledger";

    /// <summary>Whose presence is hidden: <see cref="Row"/>, or the column that names the owner of rows.</summary>
    public string Unit { get; init; } = Row;

    /// <summary>Rows of one unit at most; of more, so many are taken at random.</summary>
    public int MaxRows { get; init; } = 1;

    /// <summary>The ledger's file, relative to the spec's folder.</summary>
    public string Ledger { get; init; } = DefaultLedger;

    /// <summary>Whether what is published may say that the set passed the attack audit, which is not paid for.</summary>
    public bool TellAudit { get; init; }

    /// <summary>What all runs on the same source may spend together; null records and totals.</summary>
    public (double Epsilon, double Delta)? Budget { get; init; }
}
