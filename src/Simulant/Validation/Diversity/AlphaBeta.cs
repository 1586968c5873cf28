using Simulant.Validation.Comparison;

namespace Simulant.Validation.Diversity;

/// <summary>
/// Integrated alpha-precision (do synthetic rows lie where real rows lie?) and beta-recall (is every kind of real row covered?).
/// Source: Alaa, van Breugel, Saveliev, van der Schaar, "How faithful is your synthetic data?" (ICML 2022), section 3, over 30
/// quantiles; centres are means, distances L2 over one-hot and min-max scaled rows, both tables cut to equal row counts.
/// </summary>
internal sealed class AlphaBeta
{
    private const int Steps = 30;

    private readonly int[] _precisionStep; // of each other row: the first step whose radius holds it
    private readonly int[] _recallStep; // of each training row: the same of its nearest other row; Steps where not covered

    private AlphaBeta(int[] precisionStep, int[] recallStep)
    {
        _precisionStep = precisionStep;
        _recallStep = recallStep;
    }

    /// <summary>Rows that each table was cut to.</summary>
    public int Rows => _recallStep.Length;

    /// <param name="realToReal">Distance of each training row to its nearest other training row.</param>
    /// <param name="realToOther">Distance of each training row to its nearest row of the other table.</param>
    /// <param name="nearest">Which row of <paramref name="otherRows"/> that is.</param>
    public static AlphaBeta Measure(
        Embedding embedding, int[] training, float[] realToReal, Part other, int[] otherRows, float[] realToOther, int[] nearest)
    {
        double[] real = embedding.SquaredToCentre(Part.Training, training, Part.Training, training);
        double[] made = embedding.SquaredToCentre(other, otherRows, Part.Training, training);
        double[] madeToOwn = embedding.SquaredToCentre(other, otherRows, other, otherRows);
        double[] nearestToCentre = [.. nearest.Select(row => madeToOwn[row])];
        int[] recallStep = StepsOf(nearestToCentre, nearestToCentre);
        for (int i = 0; i < recallStep.Length; i++)
            if (!(realToOther[i] <= realToReal[i])) recallStep[i] = Steps;
        return new AlphaBeta(StepsOf(made, real), recallStep);
    }

    /// <summary>1 - sum |alpha - P(alpha)| / sum alpha; other rows may be weighted.</summary>
    public double Precision(byte[]? weights = null) => Integrated(_precisionStep, weights);

    /// <summary>1 - sum |beta - R(beta)| / sum beta; training rows may be weighted.</summary>
    public double Recall(byte[]? weights = null) => Integrated(_recallStep, weights);

    private static double Level(int k) => (double)k / (Steps - 1);

    /// <summary>The first quantile of the spread that each squared distance does not exceed.</summary>
    private static int[] StepsOf(double[] squared, double[] spread)
    {
        double[] sorted = [.. spread.Select(Math.Sqrt).Order()];
        double[] radii = new double[Steps];
        for (int k = 0; k < Steps; k++) radii[k] = Statistics.Quantiles.OfSorted(sorted, Level(k));
        int[] steps = new int[squared.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            double distance = Math.Sqrt(squared[i]);
            int k = 0;
            while (k < Steps && radii[k] < distance) k++;
            steps[i] = k;
        }
        return steps;
    }

    private static double Integrated(int[] steps, byte[]? weights)
    {
        double[] inside = new double[Steps + 1];
        for (int i = 0; i < steps.Length; i++) inside[steps[i]] += weights?[i] ?? 1;
        double total = inside.Sum(), upTo = 0, gap = 0, sum = 0;
        for (int k = 0; k < Steps; k++)
        {
            upTo += inside[k];
            gap += Math.Abs(Level(k) - upTo / total);
            sum += Level(k);
        }
        return 1 - gap / sum;
    }
}
