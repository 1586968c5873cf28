using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>
/// Everything that is said of a finished run, once: the manifest records it, the dataset card, Croissant file and report show it.
/// It holds no clock and no machine, so the same spec, inputs and seed give an equal record.
/// </summary>
public sealed record PublishedRun
{
    public required string Name { get; init; }

    /// <summary><c>table</c>, <c>text</c> or <c>scene</c>.</summary>
    public string Kind { get; init; } = "table";

    public bool IsText => Kind == "text";

    public bool IsScene => Kind == "scene";

    /// <summary>What the maker of the items is called: an engine makes rows, a recipe texts, a world frames.</summary>
    public string MakerWord => IsText ? "recipe" : IsScene ? "world" : "engine";

    public string? Description { get; init; }

    /// <summary>An SPDX identifier, a web address or other words; null where the spec names none, and then no licence is claimed.</summary>
    public string? License { get; init; }

    public string? Creator { get; init; }

    /// <summary>How to cite the set.</summary>
    public string? Citation { get; init; }

    public string? Url { get; init; }

    /// <summary>A date the spec declares; never the clock's.</summary>
    public DateOnly? Published { get; init; }

    public required string ProgramVersion { get; init; }

    /// <summary>The command that makes the data again.</summary>
    public required string Command { get; init; }

    public required string SpecSha256 { get; init; }
    public required string Engine { get; init; }

    /// <summary>The engine's options as used, defaults included, in ordinal order of the names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> EngineOptions { get; init; } = [];

    /// <summary>What the engine <c>auto</c> tried, in the order of its list; empty under any other engine.</summary>
    public IReadOnlyList<EngineTry> Tries { get; init; } = [];

    /// <summary>What was asked of language models; null where none was.</summary>
    public AskedModels? Asked { get; init; }

    /// <summary>Whether a trained model wrote the items: one of the engine's, or a language model that was asked.</summary>
    public bool MadeByTrained => FittedOnData
        || Asked is { } asked && asked.Models.Any(m => m is { Answers: > 0, Provider: not "embedded" });

    /// <summary>Whether the engine learned from data (trained media) or worked from rules alone (algorithmic media).</summary>
    public required bool FittedOnData { get; init; }

    public required ulong FitSeed { get; init; }
    public required ulong SampleSeed { get; init; }

    /// <summary>Items asked for; <see cref="Rows"/> are delivered, and <see cref="Rejections"/> accounts for the rest.</summary>
    public required long RequestedRows { get; init; }

    public required long Rows { get; init; }

    /// <summary>How many of the delivered rows are real ones, given out as they were read; 0 where all were made.</summary>
    public long RealRows { get; init; }

    public long TrainingRows { get; init; }
    public long HoldoutRows { get; init; }
    public required TableSchema Schema { get; init; }

    /// <summary>The <see cref="LogicalDigest"/> of the delivered data.</summary>
    public required string Digest { get; init; }

    public IReadOnlyList<InputFile> Inputs { get; init; } = [];
    public IReadOnlyList<OutputFile> Outputs { get; init; } = [];
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Candidates drawn and rejected, by rule.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Rejections { get; init; } = [];

    /// <summary>Data sets this one was made from, by their manifests; empty for a set made from real data or rules.</summary>
    public IReadOnlyList<ParentSet> Parents { get; init; } = [];

    /// <summary>1 for data made from real data or rules; one more than the oldest parent's otherwise.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Vector instructions of the run; results are promised equal on equal instruction sets.</summary>
    public string InstructionSet { get; init; } = "";

    /// <summary>What validation could not see, one sentence each.</summary>
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>What a user of the data should know beside: replaced personal columns, sampled sources.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public Verdict Verdict { get; init; } = Verdict.NoGates;

    /// <summary>What was promised about each unit and paid for; null where nothing was.</summary>
    public PaidPrivacy? Privacy { get; init; }

    /// <summary>What the spec's author declares of the set beside what was computed, by key; nothing is concluded from it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Declared { get; init; } = [];
}

/// <summary>What the gates said. A rejected set is kept aside, marked.</summary>
public enum Verdict { NoGates, Passed, Rejected }

/// <summary>A file the run read.</summary>
/// <param name="Role">train, holdout, schema …</param>
/// <param name="Name">File name without its folder: paths belong to a machine.</param>
/// <param name="Digest">Logical digest of its content, or null where it is not a table.</param>
public sealed record InputFile(string Role, string Name, string Sha256, long Bytes, long? Rows, string? Digest);

/// <summary>A file of the published directory.</summary>
/// <param name="Path">Relative to the directory, with forward slashes.</param>
/// <param name="Rows">For data files; null elsewhere.</param>
public sealed record OutputFile(string Path, string Sha256, long Bytes, long? Rows = null)
{
    public bool IsData => Path.StartsWith("data/", StringComparison.Ordinal);
}

/// <summary>An engine that was tried on a part of the training rows, judged by the rest of them.</summary>
/// <param name="Outcome">In a few words: judged, what stood against it, or why it was not judged.</param>
/// <param name="Figures">By metric; empty where it was not judged.</param>
public sealed record EngineTry(string Engine, bool Chosen, string Outcome, IReadOnlyList<KeyValuePair<string, double>> Figures);

/// <summary>A parent by name and by the hash of its manifest's content.</summary>
public sealed record ParentSet(string Name, string ManifestSha256);

/// <summary>One metric beside its reference, as report.json, manifest and card give it. NaN means not evaluated.</summary>
/// <param name="Direction">higher, lower or reference: which way is better.</param>
/// <param name="Count">What the figure rests on: rows, pairs or columns.</param>
/// <param name="Gate">The gate as the spec wrote it, or null where there is none.</param>
/// <param name="Passed">Null where there is no gate or it was not evaluated.</param>
public sealed record Figure(
    string Name, double Value, double Reference, double Low, double High, string Direction, long Count,
    string? Gate = null, bool? Passed = null);
