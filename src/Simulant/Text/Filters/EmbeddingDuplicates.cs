using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Text.Embeddings;

namespace Simulant.Text.Filters;

/// <summary>
/// Texts of the same meaning: one whose sentence vector has a cosine of at least the threshold to that of a text kept before it falls
/// to the first such. 2 KB a text stay in memory; an empty text is like no other.
/// </summary>
/// <param name="encoder">Makes the vectors.</param>
/// <param name="threshold">Above 0, at most 1.</param>
internal sealed class EmbeddingDuplicateFilter(SentenceEncoder encoder, float threshold) : ITextFilter
{
    public const string Name = "like-meaning";

    private static readonly int Most = Array.MaxLength / SentenceEncoder.Dimensions;

    private readonly List<float> _vectors = [];
    private readonly List<long> _rows = [];

    public bool Whole => true;

    public void Look(TextBatch batch, RunContext run)
    {
        int[] standing = [.. Enumerable.Range(0, batch.Items.Count).Where(i => batch.Found[i] is null)];
        if (standing.Length > Most - _rows.Count)
            throw new DataException($"more than {Most:N0} texts are too many to compare by meaning; remove duplicates by minhash first");
        _vectors.AddRange(encoder.Embed([.. standing.Select(i => batch.Items[i].Text)], run.MaxThreads, run.Cancel));
        _rows.AddRange(standing.Select(i => batch.First + i));
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run)
    {
        float[] vectors = [.. _vectors];
        _vectors.Clear();
        int[] like = UnitVectors.FirstLike(vectors, SentenceEncoder.Dimensions, threshold, Work.Loop(run), run.Cancel);
        for (int i = 0; i < like.Length; i++)
            if (like[i] >= 0)
                yield return KeyValuePair.Create(_rows[i], new Finding(Name, string.Create(CultureInfo.InvariantCulture,
                    $"means the same as record {_rows[like[i]] + 1}, by a cosine of {Cosine(vectors, i, like[i]):0.000}")));
    }

    private static double Cosine(float[] vectors, int a, int b)
    {
        double sum = 0;
        for (int d = 0; d < SentenceEncoder.Dimensions; d++)
            sum += (double)vectors[a * SentenceEncoder.Dimensions + d] * vectors[b * SentenceEncoder.Dimensions + d];
        return sum;
    }
}
