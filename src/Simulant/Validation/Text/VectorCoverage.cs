using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Text;

/// <summary>
/// Coverage by meaning: the share of training texts that have a synthetic one at least as near, by cosine of sentence vectors, as their
/// own fifth nearest training text (Naeem et al., ICML 2020, equation 4). Of texts of one law it is 1 - 2^-5 in the mean.
/// </summary>
internal static class VectorCoverage
{
    /// <summary>Texts of each set that are looked at: some hundred vectors a second are all that a core makes.</summary>
    public const int Texts = 500;

    private const int Neighbours = 5, Fewest = 20;

    public static MetricResult Measure(IReadOnlyList<string> training, IReadOnlyList<string> holdout, IReadOnlyList<string> synthetic,
        SentenceVectors vectors, RunContext run)
    {
        MetricResult None(string why) => MetricResult.Missing(MetricNames.TextCoverage, Direction.Higher, why);
        if (vectors.Lack is { } lack) return None(lack);
        float[][] sets =
        [
            Vectors(training, "training", vectors, run), Vectors(holdout, "holdout", vectors, run),
            Vectors(synthetic, "synthetic", vectors, run),
        ];
        // Coverage grows with the number of texts: as many of each.
        int count = sets.Min(s => s.Length) / vectors.Dimensions;
        if (count < Fewest) return None($"fewer than {Fewest} texts of one kind");
        var loop = new Numerics.ParallelLoop(run.MaxThreads, (pieces, piece) => Work.For(pieces, run, piece));
        int Covered(float[] by) => (int)Math.Round(count * UnitVectors.Coverage(sets[0].AsMemory(0, count * vectors.Dimensions),
            by.AsMemory(0, count * vectors.Dimensions), vectors.Dimensions, Neighbours, loop, run.Cancel));
        return TextMetrics.Share(MetricNames.TextCoverage, Covered(sets[2]), count, Covered(sets[1]), count, Direction.Higher);
    }

    /// <summary>Vectors of a sample of a set, without those of texts that say nothing.</summary>
    private static float[] Vectors(IReadOnlyList<string> texts, string set, SentenceVectors vectors, RunContext run)
    {
        int[] rows = Sampling.Rows(texts.Count, Texts, run.Seed, "text/coverage/" + set);
        float[] made = vectors.Of([.. rows.Select(i => texts[i])], run);
        int width = vectors.Dimensions, kept = 0;
        for (int i = 0; i < made.Length; i += width)
        {
            if (!made.AsSpan(i, width).ContainsAnyExcept(0f)) continue;
            made.AsSpan(i, width).CopyTo(made.AsSpan(kept));
            kept += width;
        }
        return made[..kept];
    }
}
