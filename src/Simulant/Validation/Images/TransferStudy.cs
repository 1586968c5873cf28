using System.Globalization;
using Simulant.Data;

namespace Simulant.Validation.Images;

/// <summary>
/// What made pictures of objects teach about real ones: one network's accuracy on held-out real ones after the same number of steps on
/// made ones, on these and a growing number of real ones, and on real ones alone.
/// </summary>
public static class TransferStudy
{
    /// <summary>Least pictures of each origin; what a network says of fewer is chance.</summary>
    public const int Least = 20;

    /// <summary>Of how many real pictures beside the made ones the curve tells, below all of them.</summary>
    private static readonly int[] Sizes = [10, 100, 1000];

    /// <summary>Part of a batch that is real where all real pictures are there.</summary>
    private const double Share = 0.5;

    /// <param name="steps">Batches of 64 that each network is shown.</param>
    /// <returns>The transfer ratio, whose reference is 1, and the curve in words; without a curve where it cannot be measured.</returns>
    public static (MetricResult Ratio, string? Curve) Measure(PictureSet made, PictureSet training, PictureSet holdout, int steps,
        RunContext run)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (made.ClassCount < 2) return (Missing("fewer than two classes are known to both by one name"), null);
        foreach (var (name, set) in new[] { ("made", made), ("training", training), ("held-out", holdout) })
            if (set.Count < Least)
                return (Missing($"{set.Count} {name} objects of shared classes are large enough; it takes {Least}"), null);
        var options = new PictureTrainingOptions(steps);
        int[] order = FeatureDistances.Order(training.Count, run.Seed, "curve");
        int[] sizes = [.. Sizes.Where(s => s < training.Count), training.Count];
        int done = 0;
        int[] Asked(IReadOnlyList<PictureSet> sets, IReadOnlyList<double> shares)
        {
            run.Progress.Report(new StageProgress("validate: transfer", done++, sizes.Length + 2, "networks"));
            return PictureTraining.Predict(PictureTraining.Train(sets, options, run, shares), holdout, run);
        }
        int[] byMade = Asked([made], [1]), byReal = Asked([training], [1]);
        var curve = new List<string> { $"{Right(holdout, byMade)} by made ones alone" };
        foreach (int size in sizes)
        {
            // What is few is shown less, or it is learned by heart.
            double share = Share * Math.Min(1, Math.Log10(size + 1) / 3.6);
            int[] both = Asked([made, training.Take(order[..size])], [1 - share, share]);
            curve.Add(string.Create(CultureInfo.InvariantCulture, $"{Right(holdout, both)} with {size:N0} real"));
        }
        string told = string.Create(CultureInfo.InvariantCulture,
            $"Networks of {steps:N0} steps named this share of {holdout.Count:N0} held-out objects of {made.ClassCount} classes: ")
            + $"{string.Join(", ", curve)}; {Right(holdout, byReal)} by the real ones alone.";
        var figures = Transfer.Measure(holdout.Classes, byMade, byReal, made.ClassCount, run);
        // Where real pictures teach nothing there is nothing to divide by.
        if (figures.Real.Low <= 1.0 / made.ClassCount || !double.IsFinite(figures.Ratio.Low) || !double.IsFinite(figures.Ratio.High))
            return (Missing("the network trained on real objects does no better than chance"), told);
        return (new(MetricNames.ImagesTransfer, new Score(figures.Ratio.Value, 1, figures.Ratio.Low, figures.Ratio.High, Direction.Higher,
            holdout.Count)) { ReferenceLow = 1, ReferenceHigh = 1 }, told);
    }

    private static MetricResult Missing(string why) => MetricResult.Missing(MetricNames.ImagesTransfer, Direction.Higher, why);

    private static string Right(PictureSet set, int[] said) =>
        (set.Classes.Zip(said).Count(p => p.First == p.Second) / (double)set.Count).ToString("0.000", CultureInfo.InvariantCulture);
}
