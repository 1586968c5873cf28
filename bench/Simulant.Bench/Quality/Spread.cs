using MathNet.Numerics.Distributions;

namespace Simulant.Bench.Quality;

/// <summary>A figure over several splits: its mean, and the interval of that mean (95% unless named) by Student's t.</summary>
/// <param name="Low">NaN, as High, where there is one split only.</param>
/// <param name="Count">Splits in which it was evaluated.</param>
internal readonly record struct Spread(double Mean, double Low, double High, int Count)
{
    /// <param name="confidence">Of the interval.</param>
    public static Spread Of(IReadOnlyCollection<double> figures, double confidence = 0.95) => Of(figures, confidence, 0);

    /// <summary>
    /// For splits of one table, which share its rows: the variance of the mean is (1 / splits + held-out rows / learned rows)
    /// times that of the figures (Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52, 2003, eq. 9).
    /// </summary>
    /// <param name="heldOutToLearned">Held-out rows over rows learned from.</param>
    public static Spread OfSplits(IReadOnlyCollection<double> figures, double heldOutToLearned) => Of(figures, 0.95, heldOutToLearned);

    private static Spread Of(IReadOnlyCollection<double> figures, double confidence, double shared)
    {
        double[] known = [.. figures.Where(f => !double.IsNaN(f))];
        if (known.Length == 0) return new Spread(double.NaN, double.NaN, double.NaN, 0);
        double mean = known.Average();
        if (known.Length == 1) return new Spread(mean, double.NaN, double.NaN, 1);
        double variance = known.Sum(f => (f - mean) * (f - mean)) / (known.Length - 1);
        double half = StudentT.InvCDF(0, 1, known.Length - 1, (1 + confidence) / 2) * Math.Sqrt(variance * (1.0 / known.Length + shared));
        return new Spread(mean, mean - half, mean + half, known.Length);
    }

    public bool Holds(double value) => Low <= value && value <= High;
}
