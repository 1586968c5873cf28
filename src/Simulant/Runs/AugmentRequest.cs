namespace Simulant.Runs;

/// <param name="Data">Records of text: JSON lines, JSON, CSV, TSV or Parquet.</param>
/// <param name="Output">Changed copies; beside it, under the same name and .rejected.jsonl, every copy that was rejected, and why.</param>
public sealed record AugmentRequest(string Data, string Output)
{
    /// <summary>The names of the ways to change a text.</summary>
    public static IReadOnlyList<string> Ways { get; } =
        [.. Enum.GetValues<Text.Augmentation.TextChanges>().Where(c => c != 0).Select(c => c.ToString().ToLowerInvariant())];

    /// <summary>Names of <see cref="Ways"/>, done in their order.</summary>
    public IReadOnlyList<string> By { get; init; } = ["paraphrase", "synonyms"];

    /// <summary>Copies of every record, from 1.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Share of the words that each way changes, in expectation; above 0, at most 1.</summary>
    public double Rate { get; init; } = .1;

    /// <summary>Share of the words that may differ; a copy beyond it is rejected.</summary>
    public double MostChanged { get; init; } = .5;

    /// <summary>The field that is changed; null for the first of text, instruction, question, prompt, content.</summary>
    public string? TextField { get; init; }

    /// <summary>A field whose value is left alone wherever it stands in the text; null for none.</summary>
    public string? LabelField { get; init; }

    /// <summary>Whether records stand before their copies.</summary>
    public bool Originals { get; init; }

    public ulong Seed { get; init; } = 1;
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <param name="Records">Records read.</param>
/// <param name="Made">Copies delivered; with <paramref name="Rejected"/> they sum to records times copies.</param>
/// <param name="Rejected">How many fell to each rule, in ordinal order of the rules.</param>
/// <param name="RejectedFile">Every one of them.</param>
public sealed record AugmentOutcome(long Records, long Made, IReadOnlyList<KeyValuePair<string, long>> Rejected, string RejectedFile);
