using Simulant.Data;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Images;

/// <summary>Pictures of one origin, their features, and how often each class is seen in them.</summary>
/// <param name="Classes">Members by name of class; empty where nobody knows.</param>
public sealed record MeasuredPictures(PictureSet Pictures, FeatureSet Features, IReadOnlyDictionary<string, long> Classes);

/// <summary>
/// The figures <c>images.*</c> of made pictures: alone, or beside real ones, of which the held-out part is the reference. Distances are
/// taken to the training part by as many made as held-out pictures, since they depend on how many there are.
/// </summary>
public static class SetFigures
{
    /// <summary>Resampled sets behind the interval of the Frechet distance; neighbours of the manifold's balls; blocks at most.</summary>
    private const int Resamples = 60, Neighbours = 5, MostBlocks = 10;

    /// <param name="shifted">Features of the made pictures moved by one pixel: what lies nearer together is a near duplicate.</param>
    /// <param name="training">Real pictures; null where there are none, and then <paramref name="holdout"/> is null too.</param>
    /// <exception cref="ArgumentException">Features of different extractors.</exception>
    public static IReadOnlyList<MetricResult> Measure(MeasuredPictures made, FeatureSet shifted, MeasuredPictures? training,
        MeasuredPictures? holdout, RunContext run)
    {
        ArgumentNullException.ThrowIfNull(made);
        var metrics = new List<MetricResult> { Spread(made, holdout), NearDuplicates(made, shifted, run) };
        metrics.AddRange(Light(made, holdout));
        if (training is null || holdout is null) return [.. metrics.Select(Referred)];
        int size = Math.Min(made.Features.Count, holdout.Features.Count);
        FeatureSet Some(MeasuredPictures of, string name) =>
            of.Features.Take(FeatureDistances.Order(of.Features.Count, run.Seed, "figures/" + name)[..size]);
        FeatureSet real = training.Features, ours = Some(made, "made"), theirs = Some(holdout, "holdout");
        metrics.AddRange([Frechet(real, ours, theirs, run), Kernel(real, ours, theirs, run), Classes(made, training, holdout)]);
        metrics.AddRange(OfManifold(real, ours, theirs, run));
        metrics.AddRange(Memory(made, training, holdout, run));
        return [.. metrics.Select(Referred)];
    }

    /// <summary>A reference that is no share has no interval: both its ends are itself.</summary>
    private static MetricResult Referred(MetricResult metric) => double.IsNaN(metric.ReferenceHigh)
        ? metric with { ReferenceLow = metric.Score.Reference, ReferenceHigh = metric.Score.Reference } : metric;

    private static MetricResult Frechet(FeatureSet real, FeatureSet ours, FeatureSet theirs, RunContext run)
    {
        if (ours.Count < 2 || real.Count < 2) return MetricResult.Missing(MetricNames.ImagesFrechet, Direction.Lower, Few(2));
        var (value, low, high) = FeatureDistances.Frechet(ours, real, Resamples, run);
        return new(MetricNames.ImagesFrechet, new Score(value, FeatureDistances.Frechet(theirs, real), low, high, Direction.Lower,
            ours.Count));
    }

    private static MetricResult Kernel(FeatureSet real, FeatureSet ours, FeatureSet theirs, RunContext run)
    {
        int blocks = Math.Min(MostBlocks, Math.Min(ours.Count, real.Count) / 4);
        if (blocks < 2) return MetricResult.Missing(MetricNames.ImagesKernel, Direction.Lower, Few(8));
        var (value, low, high) = FeatureDistances.Kernel(ours, real, blocks, run);
        return new(MetricNames.ImagesKernel, new Score(value, FeatureDistances.Kernel(theirs, real, blocks, run).Value, low, high,
            Direction.Lower, ours.Count));
    }

    private static IEnumerable<MetricResult> OfManifold(FeatureSet real, FeatureSet ours, FeatureSet theirs, RunContext run)
    {
        string[] names = [MetricNames.ImagesPrecision, MetricNames.ImagesRecall, MetricNames.ImagesDensity, MetricNames.ImagesCoverage];
        if (ours.Count <= Neighbours || real.Count <= Neighbours)
            return names.Select(n => MetricResult.Missing(n, Direction.Higher, Few(Neighbours + 1)));
        ManifoldFigures m = Manifold.Measure(real, ours, run, Neighbours), h = Manifold.Measure(real, theirs, run, Neighbours);
        return
        [
            Share(names[0], m.Precision, h.Precision, ours.Count, theirs.Count, Direction.Higher),
            Share(names[1], m.Recall, h.Recall, real.Count, real.Count, Direction.Higher),
            new(names[2], new Score(m.Density, h.Density, m.Density, m.Density, Direction.Higher, ours.Count)),
            Share(names[3], m.Coverage, h.Coverage, real.Count, real.Count, Direction.Higher),
        ];
    }

    private static IEnumerable<MetricResult> Memory(MeasuredPictures made, MeasuredPictures training, MeasuredPictures holdout,
        RunContext run)
    {
        var figures = PictureMemory.Measure(training.Pictures, holdout.Pictures, made.Pictures, training.Features, holdout.Features,
            made.Features, run);
        int count = made.Pictures.Count;
        yield return Share(MetricNames.ImagesCopies, figures.Copies, figures.HoldoutCopies, count, holdout.Pictures.Count,
            Direction.Lower);
        var (value, low, high) = figures.Nearer;
        yield return new(MetricNames.ImagesNearer, new Score(value, 0.5, low, high, Direction.Lower, count));
    }

    private static MetricResult Spread(MeasuredPictures made, MeasuredPictures? holdout)
    {
        if (made.Features.Count < 2) return MetricResult.Missing(MetricNames.ImagesSpread, Direction.Reference, Few(2));
        double value = SpreadOf(made.Features), reference = holdout is { Features.Count: >= 2 } ? SpreadOf(holdout.Features) : double.NaN;
        return new(MetricNames.ImagesSpread, new Score(value, reference, value, value, Direction.Reference, made.Features.Count));
    }

    /// <summary>Root of the mean squared distance of features from their mean.</summary>
    private static double SpreadOf(FeatureSet set)
    {
        double sum = 0;
        for (int c = 0; c < set.Id.Dimension; c++)
        {
            double mean = 0, squares = 0;
            for (int i = 0; i < set.Count; i++) mean += set.Row(i)[c];
            mean /= set.Count;
            for (int i = 0; i < set.Count; i++) squares += (set.Row(i)[c] - mean) * (set.Row(i)[c] - mean);
            sum += squares / (set.Count - 1);
        }
        return Math.Sqrt(sum);
    }

    private static MetricResult NearDuplicates(MeasuredPictures made, FeatureSet shifted, RunContext run)
    {
        FeatureSet.Comparable(made.Features, shifted);
        int count = made.Features.Count;
        if (count < 2) return MetricResult.Missing(MetricNames.ImagesNearDuplicates, Direction.Lower, Few(2));
        double distance = Math.Sqrt(FeatureDistances.Quantile(Enumerable.Range(0, count)
            .Select(i => (double)Manifold.Distance(made.Features.Row(i), shifted.Row(i))), 0.5));
        int near = PictureMemory.NearDuplicates(made.Features, distance, run).Count;
        return Share(MetricNames.ImagesNearDuplicates, near / (double)count, double.NaN, count, 0, Direction.Lower);
    }

    private static IEnumerable<MetricResult> Light(MeasuredPictures made, MeasuredPictures? holdout)
    {
        var ours = PictureStatistics.Of(made.Pictures);
        var theirs = holdout is { Pictures.Count: > 0 } ? PictureStatistics.Of(holdout.Pictures) : null;
        MetricResult Of(string name, Func<StatisticsFigures, (double Mean, double Deviation)> figure)
        {
            var (mean, deviation) = figure(ours);
            if (!double.IsFinite(mean)) return MetricResult.Missing(name, Direction.Reference, "every picture is of one colour");
            double reach = Wilson.Z * deviation / Math.Sqrt(made.Pictures.Count);
            return new(name, new Score(mean, theirs is null ? double.NaN : figure(theirs).Mean, mean - reach, mean + reach,
                Direction.Reference, made.Pictures.Count));
        }
        yield return Of(MetricNames.ImagesBrightness, s => s.Brightness);
        yield return Of(MetricNames.ImagesContrast, s => s.Contrast);
        yield return Of(MetricNames.ImagesColour, s => s.Colour);
        yield return Of(MetricNames.ImagesSpectrum, s => s.Slope);
    }

    /// <summary>Total variation of the classes' shares from those of the training pictures.</summary>
    private static MetricResult Classes(MeasuredPictures made, MeasuredPictures training, MeasuredPictures holdout)
    {
        string[] shared = [.. made.Classes.Keys.Intersect(training.Classes.Keys).Order(StringComparer.Ordinal)];
        long Sum(MeasuredPictures of) => shared.Sum(name => of.Classes.GetValueOrDefault(name));
        if (shared.Length == 0 || Sum(made) == 0 || Sum(training) == 0)
            return MetricResult.Missing(MetricNames.ImagesClasses, Direction.Lower, "no class that both know by one name is seen in both");
        double Apart(MeasuredPictures of) => Sum(of) == 0 ? double.NaN : shared.Sum(name => Math.Abs(
            of.Classes.GetValueOrDefault(name) / (double)Sum(of) - training.Classes.GetValueOrDefault(name) / (double)Sum(training))) / 2;
        double value = Apart(made);
        return new(MetricNames.ImagesClasses, new Score(value, Apart(holdout), value, value, Direction.Lower, (int)Sum(made)));
    }

    /// <param name="references">Of how many pictures the reference is a share.</param>
    private static MetricResult Share(string name, double share, double reference, int count, int references, Direction better)
    {
        var (low, high) = Wilson.Interval(share * count, count);
        var (referenceLow, referenceHigh) = Wilson.Interval(reference * references, references);
        return new(name, new Score(share, reference, low, high, better, count))
        {
            ReferenceLow = referenceLow, ReferenceHigh = referenceHigh,
        };
    }

    private static string Few(int least) => $"it takes {least} pictures of each set at least";
}
