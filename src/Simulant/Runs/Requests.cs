using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>What <c>make</c>, <c>fit</c> and a preview are asked for; null means as the spec says.</summary>
/// <param name="Spec">A spec file, or a folder that holds <c>spec.yaml</c>.</param>
public sealed record MakeRequest(string Spec)
{
    /// <summary>The folder to publish; null means <c>out/NAME</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Items to make, at least 0.</summary>
    public long? Rows { get; init; }

    /// <summary>Replaces both seeds, that of fitting and that of sampling.</summary>
    public ulong? Seed { get; init; }

    /// <summary>At least 1; results never depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>This process's share of the rows, 1 to <see cref="Shards"/>.</summary>
    public int Shard { get; init; } = 1;

    /// <inheritdoc cref="Shard"/>
    public int Shards { get; init; } = 1;

    /// <summary>Start, continue or confirm.</summary>
    public bool Resume { get; init; }

    /// <summary>Replace whatever stands where the result goes.</summary>
    public bool Force { get; init; }
}

public enum MakeState
{
    /// <summary>Published now.</summary>
    Made,

    /// <summary>Was there already, of the same spec, inputs and seed; left alone.</summary>
    Confirmed,

    /// <summary>A gate failed; the data is kept aside, marked.</summary>
    Rejected,

    /// <summary>This shard is done; others are not yet.</summary>
    ShardDone,
}

/// <summary>How a run ended.</summary>
/// <param name="Folder">Where the result is.</param>
/// <param name="Summary">Null while other shards are at work.</param>
public sealed record MakeOutcome(MakeState State, string Folder, RunSummary? Summary)
{
    /// <summary>What the spec's author should look at.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>What happened to checkpoints of the fit, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Shards that have finished, of all.</summary>
    public int ShardsDone { get; init; } = 1;
}

/// <summary>A published folder at a glance.</summary>
public sealed record RunSummary
{
    public required string Name { get; init; }
    public required string Engine { get; init; }

    /// <summary>What one item is called: row, record, frame.</summary>
    public string Item { get; init; } = "row";

    public required long Rows { get; init; }
    public required long RequestedRows { get; init; }
    public required int Columns { get; init; }
    public required long TrainingRows { get; init; }
    public required long HoldoutRows { get; init; }
    public required ulong FitSeed { get; init; }
    public required ulong SampleSeed { get; init; }

    /// <summary>The digest of what the rows say, equal for equal rows in any format.</summary>
    public required string Digest { get; init; }

    /// <summary><c>no gates</c>, <c>passed</c> or <c>rejected</c>.</summary>
    public required string Verdict { get; init; }

    public required string Command { get; init; }
    public required IReadOnlyList<FigureLine> Figures { get; init; }
    public required IReadOnlyList<KeyValuePair<string, long>> Rejections { get; init; }

    /// <summary>What was asked of language models and what became of it, a line each; empty where none was asked.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
    public required IReadOnlyList<string> NotChecked { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required TableSchema Schema { get; init; }

    /// <summary>The engines that <c>auto</c> tried, a line each; empty under any other engine.</summary>
    public IReadOnlyList<string> Tries { get; init; } = [];
}

/// <summary>A metric beside its reference. NaN means not evaluated.</summary>
/// <param name="Direction">higher, lower or reference: which way is better.</param>
/// <param name="Gate">As the spec wrote it, or null.</param>
/// <param name="Passed">Null where there is no gate or it was not evaluated.</param>
public sealed record FigureLine(
    string Name, double Value, double Reference, double Low, double High, string Direction, long Count, string? Gate,
        bool? Passed);

/// <param name="Data">A data file or glob, SDV metadata.json, or SQL DDL.</param>
public sealed record InitRequest(string Data)
{
    /// <summary>Where the spec will stand, so that its paths are relative to it; null for standard output.</summary>
    public string? Output { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <param name="Text">The spec.</param>
/// <param name="Rows">Rows that were read to infer it; 0 where it came from a schema.</param>
public sealed record InitOutcome(string Text, long Rows, int Columns, IReadOnlyList<string> Warnings);

/// <summary>Rows [From, To), counted from 0.</summary>
public sealed record RowSpan(long From, long To);

/// <param name="Folder">A published folder.</param>
public sealed record VerifyRequest(string Folder)
{
    public string? Train { get; init; }
    public string? Holdout { get; init; }

    /// <summary>Whether a source's query may be run again on the database that the spec names.</summary>
    public bool Query { get; init; }

    /// <summary>Null means all rows up to a million, else blocks spread over them.</summary>
    public RowSpan? Rows { get; init; }

    /// <summary>Whether only the folder is looked at: figures, which need real rows, are not measured again.</summary>
    public bool FolderOnly { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <param name="Difference">The first difference found, or null.</param>
/// <param name="Proved">What was checked and holds, a sentence each.</param>
/// <param name="NotChecked">What could not be checked, and why.</param>
public sealed record VerifyOutcome(string? Difference, IReadOnlyList<string> Proved, IReadOnlyList<string> NotChecked);

public sealed record FitOutcome(string Engine, long TrainingRows, int Columns, long Bytes)
{
    /// <summary>What happened to checkpoints of the fit, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <param name="Model">A model file, or a published folder that holds one.</param>
public sealed record SampleRequest(string Model, string Output)
{
    /// <summary>Null means as many as the model was laid out for.</summary>
    public long? Rows { get; init; }

    /// <summary>Conditions that every row meets.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>A table of known columns; each of its rows is completed.</summary>
    public string? Given { get; init; }

    /// <summary>Whether empty cells of <see cref="Given"/> are drawn; otherwise they are known to be missing.</summary>
    public bool Fill { get; init; }

    /// <summary>With <see cref="Fill"/>: each cell gets the mean, or the commonest level, of so many draws; at least 1.</summary>
    public int Draws { get; init; } = 1;

    public ulong? Seed { get; init; }
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

public sealed record SampleOutcome(long Rows, ulong Seed, IReadOnlyList<KeyValuePair<string, long>> Rejections);

/// <param name="Model">A model file, or a published folder that holds one.</param>
/// <param name="Data">Rows of the model's columns.</param>
public sealed record ScoreRequest(string Model, string Data)
{
    /// <summary>A file for every row's score; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>Column orders whose log-likelihoods are averaged, at least 1.</summary>
    public int Orders { get; init; } = 8;

    /// <summary>Whether the rows whose cells least belong together are told, rather than the least likely ones.</summary>
    public bool ByFit { get; init; }

    /// <summary>How many of the least likely rows to tell.</summary>
    public int Top { get; init; } = 10;

    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <param name="Columns">Those that were scored.</param>
/// <param name="Mean">Mean log-likelihood; NaN of no rows.</param>
/// <param name="Least">The least likely rows, the least first.</param>
public sealed record ScoreOutcome(long Rows, IReadOnlyList<string> Columns, double Mean, IReadOnlyList<ScoredRow> Least);

/// <param name="Row">Counted from 0.</param>
/// <param name="Fit">The log of how much likelier its cells are together than apart.</param>
/// <param name="Worst">The columns that add least to what was asked for, the least first.</param>
public sealed record ScoredRow(long Row, double LogLikelihood, double Fit, IReadOnlyList<KeyValuePair<string, double>> Worst);

public sealed record NamedFile(string Name, string Path);

public sealed record EvaluateRequest(string Train, string Holdout)
{
    public required IReadOnlyList<NamedFile> Synthetic { get; init; }
    public string? Target { get; init; }

    /// <summary>Columns whose groups are measured.</summary>
    public IReadOnlyList<string> Protect { get; init; } = [];

    public string? Output { get; init; }
    public ulong Seed { get; init; } = 1;
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <summary>The figures of each synthetic set, in the order given.</summary>
public sealed record EvaluateOutcome(IReadOnlyList<EvaluatedSet> Sets);

/// <param name="Memory">Figures that plainly show memorised training rows, each with by how much.</param>
public sealed record EvaluatedSet(
    string Name, long Rows, IReadOnlyList<FigureLine> Figures, IReadOnlyList<string> Memory, IReadOnlyList<string> NotChecked);

/// <summary>What a path is. Exactly one of the parts is there.</summary>
public sealed record Overview(string Path)
{
    /// <summary>Of a published folder.</summary>
    public RunSummary? Run { get; init; }

    /// <summary>Of a model file.</summary>
    public ModelOverview? Model { get; init; }

    /// <summary>Of a data file.</summary>
    public InferredTable? Data { get; init; }

    /// <summary>How the model of the folder or file was trained; null where it was not.</summary>
    public TrainingCurve? Training { get; init; }
}

public sealed record ModelOverview(
    string Engine, string Program, string Spec, long TrainingRows, long Rows, ulong FitSeed, ulong SampleSeed, long Bytes,
        TableSchema Schema);
