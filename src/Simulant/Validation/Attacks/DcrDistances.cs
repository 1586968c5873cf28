using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>Sorted distances of holdout and synthetic rows to the training table, and shares under the holdout's quantiles.</summary>
internal sealed class DcrDistances
{
    private readonly float[] _holdout, _synthetic;
    private readonly int[] _holdoutOrder, _syntheticOrder; // original places, for weights

    public DcrDistances(float[] holdout, float[] synthetic)
    {
        (_holdout, _holdoutOrder) = Sort(holdout);
        (_synthetic, _syntheticOrder) = Sort(synthetic);
    }

    public int HoldoutRows => _holdout.Length;
    public int SyntheticRows => _synthetic.Length;

    public double Threshold(double level)
    {
        double at = level * (_holdout.Length - 1);
        int low = (int)at, high = Math.Min(low + 1, _holdout.Length - 1);
        return _holdout[low] + (at - low) * ((double)_holdout[high] - _holdout[low]);
    }

    /// <summary>Share of synthetic rows strictly nearer than the threshold.</summary>
    public double SyntheticUnder(double threshold) => Share(_synthetic, threshold);

    /// <inheritdoc cref="SyntheticUnder"/>
    public double HoldoutUnder(double threshold) => Share(_holdout, threshold);

    private static double Share(float[] sorted, double threshold)
    {
        int under = 0;
        while (under < sorted.Length && sorted[under] < threshold) under++;
        return (double)under / sorted.Length;
    }

    /// <summary>95% interval of the share under the level's threshold; both tables are drawn again.</summary>
    public (double Low, double High) Interval(double level, double value, Bootstrap holdout, Bootstrap synthetic)
    {
        double[] found = new double[holdout.Replicates];
        byte[] holdoutWeights = new byte[_holdout.Length], syntheticWeights = new byte[_synthetic.Length];
        for (int r = 0; r < found.Length; r++)
        {
            holdout.Draw(r, holdoutWeights);
            synthetic.Draw(r, syntheticWeights);
            double threshold = WeightedThreshold(level, holdoutWeights);
            double under = 0, total = 0;
            for (int i = 0; i < _synthetic.Length; i++)
            {
                int w = syntheticWeights[_syntheticOrder[i]];
                total += w;
                if (_synthetic[i] < threshold) under += w;
            }
            found[r] = under / total;
        }
        return Bootstrap.Percentiles(found, value);
    }

    private double WeightedThreshold(double level, byte[] weights)
    {
        double total = 0, upTo = 0;
        foreach (byte w in weights) total += w;
        for (int i = 0; i < _holdout.Length; i++)
        {
            upTo += weights[_holdoutOrder[i]];
            if (upTo > level * total) return _holdout[i];
        }
        return _holdout[^1];
    }

    private static (float[] Sorted, int[] Order) Sort(float[] distances)
    {
        float[] sorted = (float[])distances.Clone();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
