using Simulant.Text.Embeddings;

namespace Simulant.Runs;

/// <param name="Data">Records of text: JSON lines, JSON, CSV, TSV or Parquet.</param>
/// <param name="Output">What is kept; beside it, under the same name and .removed.jsonl, what was removed, by what rule and why.</param>
public sealed record FilterRequest(string Data, string Output)
{
    /// <summary>The field that is judged; null for the first of text, instruction, question, prompt, content.</summary>
    public string? TextField { get; init; }

    /// <summary>The field of the instance's input; null for input, where there is one.</summary>
    public string? InputField { get; init; }

    /// <summary>The field of the instance's output; null for the first of output, answer, response, completion.</summary>
    public string? OutputField { get; init; }

    /// <summary>Names of rules and groups, with their options, or YAML files that list them.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>exact, minhash, embedding.</summary>
    public IReadOnlyList<string> Dedup { get; init; } = [];

    /// <summary>The cosine of sentence vectors from which texts mean the same, above 0 and at most 1.</summary>
    public double Cosine { get; init; } = TextEmbeddings.DefaultThreshold;

    /// <summary>Files of texts; a record too like one of them, or a record that was kept before, is removed.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>The ROUGE-L F above which that is so.</summary>
    public double Similarity { get; init; } = 0.7;

    /// <summary>Files of benchmark items that must not be given away.</summary>
    public IReadOnlyList<string> Decontaminate { get; init; } = [];

    /// <summary>A table of facts, or triples; records that contradict it are removed. Null for none.</summary>
    public string? Facts { get; init; }

    /// <summary>Examples of good texts, of bad ones, and the fraction of records to keep by what tells them apart.</summary>
    public string? Good { get; init; }

    /// <inheritdoc cref="Good"/>
    public string? Bad { get; init; }

    /// <inheritdoc cref="Good"/>
    public double? Top { get; init; }

    /// <summary>Of the hash functions and of the classifier.</summary>
    public ulong Seed { get; init; } = 1;

    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <param name="Removed">How many fell to each rule; with <paramref name="Kept"/> they sum to <paramref name="Records"/>.</param>
/// <param name="RemovedFile">Every one of them.</param>
/// <param name="Notes">What else there is to know, a line each.</param>
public sealed record FilterOutcomes(long Records, long Kept, IReadOnlyList<KeyValuePair<string, long>> Removed, string RemovedFile,
    IReadOnlyList<string> Notes);
