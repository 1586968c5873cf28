using System.Collections.Concurrent;

namespace Simulant.Data;

/// <summary>Items [Start, Start + Count): rows of a table, frames of a scene, records of a text set.</summary>
public readonly record struct ItemRange(long Start, int Count)
{
    public long End => Start + Count;
}

/// <summary>Where long work stands. <paramref name="Total"/> is 0 where the end is not known.</summary>
public readonly record struct StageProgress(string Stage, long Done, long Total, string Unit)
{
    /// <summary>What else there is to say of the moment: losses, say. Null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>What a run hands to everything it calls: its seed, its threads, its progress, its stop.</summary>
/// <param name="Seed">Fit seed while fitting, sample seed while sampling.</param>
/// <param name="MaxThreads">At least 1. Results never depend on it.</param>
public sealed record RunContext(ulong Seed, int MaxThreads, IProgress<StageProgress> Progress, CancellationToken Cancel)
{
    /// <summary>Candidates that were drawn and rejected, by rule; every one is accounted for in the report.</summary>
    public RejectionTally Rejections { get; init; } = new();

    /// <summary>Where training leaves its state; nowhere by default.</summary>
    public ICheckpoints Checkpoints { get; init; } = ICheckpoints.None;

    /// <summary>A quiet context on one thread, never cancelled.</summary>
    public static RunContext Quiet(ulong seed, int threads = 1) =>
        new(seed, threads, NoProgress.Instance, CancellationToken.None);

    private sealed class NoProgress : IProgress<StageProgress>
    {
        public static readonly NoProgress Instance = new();
        public void Report(StageProgress value) { }
    }
}

/// <summary>Counts of rejected candidates by the rule that rejected them; addition commutes, so threads do not matter.</summary>
public sealed class RejectionTally
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string rule, long count) => _counts.AddOrUpdate(rule, count, (_, before) => before + count);

    /// <summary>Rule to count, in ordinal order of the rules.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts =>
        [.. _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
}

/// <summary>Learns a sampler from training data. Held-out data never reaches it.</summary>
public interface IGenerator<in TSpec>
{
    ISampler Fit(TSpec spec, Dataset training, RunContext run);
}

/// <summary>
/// A fitted sampler: a pure function of (model, seed, item index). Sample(0..100) equals Sample(0..50) followed by
/// Sample(50..100), bit for bit, at any thread count.
/// </summary>
public interface ISampler
{
    DatasetSchema Schema { get; }

    Dataset Sample(ItemRange items, RunContext run);

    /// <summary>Writes the whole model; the engine's own loader reads it back to an equal sampler.</summary>
    void Save(Stream to);
}
