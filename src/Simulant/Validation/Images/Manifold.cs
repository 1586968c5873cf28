using Simulant.Data;

namespace Simulant.Validation.Images;

/// <summary>Whether made pictures look real, and whether all that is real is made.</summary>
/// <param name="Precision">Part of the made within the real manifold (Kynkaanniemi et al. 2019).</param>
/// <param name="Recall">Part of the real within the made manifold.</param>
/// <param name="Density">Real neighbourhoods about a made picture, in units of what k leads to expect (Naeem et al. 2020).</param>
/// <param name="Coverage">Part of the real with a made picture among its k nearest real ones.</param>
public sealed record ManifoldFigures(double Precision, double Recall, double Density, double Coverage);

/// <summary>Precision, recall, density and coverage by balls that reach each picture's k-th neighbour of its own set.</summary>
public static class Manifold
{
    /// <param name="k">Neighbours that a ball reaches, itself not counted; less than either set.</param>
    public static ManifoldFigures Measure(FeatureSet real, FeatureSet made, RunContext run, int k = 5)
    {
        FeatureSet.Comparable(real, made);
        if (k < 1 || real.Count <= k || made.Count <= k)
            throw new ArgumentException($"{real.Count} real and {made.Count} made pictures have no {k} neighbours each");
        float[] realReach = Reach(real, k, run), madeReach = Reach(made, k, run);
        int[] within = new int[made.Count];
        bool[] recalled = new bool[real.Count], covered = new bool[real.Count];
        Work.For(made.Count, run, j =>
        {
            for (int i = 0; i < real.Count; i++)
                if (Distance(real.Row(i), made.Row(j)) <= realReach[i]) within[j]++;
        });
        Work.For(real.Count, run, i =>
        {
            for (int j = 0; j < made.Count; j++)
            {
                float distance = Distance(real.Row(i), made.Row(j));
                recalled[i] |= distance <= madeReach[j];
                covered[i] |= distance <= realReach[i];
            }
        });
        return new(within.Count(w => w > 0) / (double)made.Count, recalled.Count(r => r) / (double)real.Count,
            within.Sum(w => (long)w) / ((double)k * made.Count), covered.Count(c => c) / (double)real.Count);
    }

    private static float[] Reach(FeatureSet set, int k, RunContext run)
    {
        float[] reach = new float[set.Count];
        Work.For(set.Count, run, i =>
        {
            float[] distances = new float[set.Count - 1];
            for (int j = 0; j < set.Count; j++)
                if (j != i) distances[j < i ? j : j - 1] = Distance(set.Row(i), set.Row(j));
            Array.Sort(distances);
            reach[i] = distances[k - 1];
        });
        return reach;
    }

    /// <summary>Squared: only the order matters. Sums run in one order on every processor.</summary>
    internal static float Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<float> lanes = stackalloc float[8];
        lanes.Clear();
        int c = 0;
        for (; c + 8 <= x.Length; c += 8)
            for (int l = 0; l < 8; l++)
            {
                float apart = x[c + l] - y[c + l];
                lanes[l] += apart * apart;
            }
        float sum = lanes[0] + lanes[4] + (lanes[1] + lanes[5]) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
        for (; c < x.Length; c++) sum += (x[c] - y[c]) * (x[c] - y[c]);
        return sum;
    }
}
