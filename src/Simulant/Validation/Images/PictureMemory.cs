using System.Security.Cryptography;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Validation.Images;

/// <summary>Whether made pictures are training pictures.</summary>
/// <param name="Copies">Part of the made that equal a training picture byte by byte.</param>
/// <param name="HoldoutCopies">The same of held-out pictures: what equals by chance or by near-duplicate shots.</param>
/// <param name="Nearer">
/// Part of the made that lie nearer to a training picture than to any of as many held-out ones; about a half where nothing is remembered.
/// </param>
/// <param name="Close">Part of the made nearer to training than all but 1 in 20 held-out pictures are: about .05 without memory.</param>
public sealed record MemoryFigures(double Copies, double HoldoutCopies, Interval Nearer, double Close);

/// <summary>Pictures twice in a set, and pictures of the training set in the made one.</summary>
public static class PictureMemory
{
    /// <summary>Part of the pictures that equal an earlier one of the set byte by byte.</summary>
    public static double Duplicates(PictureSet set)
    {
        var seen = new HashSet<string>();
        return Enumerable.Range(0, set.Count).Count(i => !seen.Add(Key(set, i))) / (double)Math.Max(1, set.Count);
    }

    /// <summary>Pairs of pictures whose features lie nearer than a distance, each with the first picture it resembles.</summary>
    /// <param name="distance">Euclidean; about what shots of one scene lie apart.</param>
    public static IReadOnlyList<(int Picture, int Like)> NearDuplicates(FeatureSet features, double distance, RunContext run)
    {
        int[] like = new int[features.Count];
        Work.For(features.Count, run, i =>
        {
            like[i] = -1;
            for (int j = 0; j < i && like[i] < 0; j++)
                if (Manifold.Distance(features.Row(i), features.Row(j)) <= distance * distance) like[i] = j;
        });
        return [.. Enumerable.Range(0, like.Length).Where(i => like[i] >= 0).Select(i => (i, like[i]))];
    }

    /// <summary>The nearest-neighbour test, held-out pictures being the reference of what is merely alike.</summary>
    public static MemoryFigures Measure(PictureSet training, PictureSet holdout, PictureSet made, FeatureExtractor extractor,
        RunContext run)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        return Measure(training, holdout, made, extractor.Extract(training, run), extractor.Extract(holdout, run),
            extractor.Extract(made, run), run);
    }

    /// <summary>The same of pictures whose features are known: of training, held-out and made ones.</summary>
    /// <exception cref="ArgumentException">Different extractors.</exception>
    public static MemoryFigures Measure(PictureSet training, PictureSet holdout, PictureSet made, FeatureSet train, FeatureSet held,
        FeatureSet synthetic, RunContext run)
    {
        FeatureSet.Comparable(train, held);
        FeatureSet.Comparable(train, synthetic);
        var known = Enumerable.Range(0, training.Count).Select(i => Key(training, i)).ToHashSet();
        double Copies(PictureSet set) => Enumerable.Range(0, set.Count).Count(i => known.Contains(Key(set, i))) / (double)set.Count;
        // As many of each, or the larger set would be nearer for its size alone.
        int size = Math.Min(train.Count, held.Count);
        var half = train.Take(FeatureDistances.Order(train.Count, run.Seed, "memory/train")[..size]);
        var rest = held.Take(FeatureDistances.Order(held.Count, run.Seed, "memory/holdout")[..size]);
        float[] toTrain = Nearest(half, synthetic, run), toHeld = Nearest(rest, synthetic, run);
        double[] nearer = [.. toTrain.Zip(toHeld, (t, h) => t < h ? 1 : t > h ? 0 : 0.5)];
        double limit = FeatureDistances.Quantile(Nearest(train, held, run).Select(v => (double)v), 0.05);
        double close = Nearest(train, synthetic, run).Count(v => v < limit) / (double)synthetic.Count;
        return new(Copies(made), Copies(holdout), Bootstrapped(nearer, run), close);
    }

    private static Interval Bootstrapped(double[] values, RunContext run, int resamples = 1000)
    {
        var stream = new RandomStream(run.Seed, "images/memory");
        double[] means = new double[resamples];
        Work.For(resamples, run, r =>
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++) sum += values[stream.Below(values.Length, i, 0, r)];
            means[r] = sum / values.Length;
        });
        return new(values.Average(), FeatureDistances.Quantile(means, 0.025), FeatureDistances.Quantile(means, 0.975));
    }

    private static float[] Nearest(FeatureSet references, FeatureSet queries, RunContext run)
    {
        float[] nearest = new float[queries.Count];
        Work.For(queries.Count, run, q =>
        {
            nearest[q] = float.PositiveInfinity;
            for (int r = 0; r < references.Count; r++)
                nearest[q] = MathF.Min(nearest[q], Manifold.Distance(queries.Row(q), references.Row(r)));
        });
        return nearest;
    }

    private static string Key(PictureSet set, int i) => Convert.ToBase64String(SHA256.HashData(set.Picture(i)));
}
