using Simulant.Data;
using Simulant.Numerics.Neighbours;

namespace Simulant.Text.Embeddings;

/// <summary>What is done with the vectors of a column of texts.</summary>
public static class TextEmbeddings
{
    /// <summary>Cosine from which two texts count as the same where nothing else is said; .95 keeps paraphrases and drops copies.</summary>
    public const float DefaultThreshold = .95f;

    /// <summary>
    /// Goes through texts in order and keeps each that is not like one kept before: entry i is -1 for a text that is kept, else the
    /// lowest kept index it is like. An empty text is like no other.
    /// </summary>
    public static int[] Duplicates(SentenceEncoder encoder, IReadOnlyList<string> texts, float threshold = DefaultThreshold,
        int maxThreads = 1, CancellationToken cancel = default) =>
        UnitVectors.FirstLike(encoder.Embed(texts, maxThreads, cancel), SentenceEncoder.Dimensions, threshold,
            Loop(maxThreads, cancel), cancel);

    /// <summary>Share of real texts that have a made one at least as near as their own k-th nearest real one; see
    /// <see cref="UnitVectors.Coverage"/>.</summary>
    public static double Coverage(SentenceEncoder encoder, IReadOnlyList<string> real, IReadOnlyList<string> made, int k = 5,
        int maxThreads = 1, CancellationToken cancel = default) =>
        UnitVectors.Coverage(encoder.Embed(real, maxThreads, cancel), encoder.Embed(made, maxThreads, cancel),
            SentenceEncoder.Dimensions, k, Loop(maxThreads, cancel), cancel);

    private static Numerics.ParallelLoop Loop(int maxThreads, CancellationToken cancel) =>
        new(maxThreads, (count, piece) => Work.For(count, maxThreads, piece, cancel));
}
