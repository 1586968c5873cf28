using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Attacks that tell training rows from others by where the synthetic rows lie: each gives every attacked row a score, higher for more
/// likely a training row. Distances are L1 over range-scaled numbers plus category mismatches.
/// </summary>
internal static class MembershipAttacks
{
    public const string CopiedOutliers = "membership: copied outliers", DistinctiveAgreement = "membership: distinctive agreement",
        ShadowModels = "membership: shadow models";

    private const int Neighbours = 5;

    /// <summary>Stands for no neighbour.</summary>
    private const double Farthest = 1e9;

    /// <summary>Its name, what it scores, and the score of each.</summary>
    public delegate (int[] Rows, double[] Scores) Attack();

    public static IEnumerable<(string Name, Attack Attack)> Of(AttackedRows rows)
    {
        int[] all = rows.All, synthetic = rows.AllSynthetic;
        var toSynthetic = new Lazy<float[]>(() => rows.Nearest(Part.Synthetic, synthetic, all, Neighbours).Distances);
        yield return ("membership: closest distance", () => (all, [.. all.Select(r => -(double)toSynthetic.Value[r * Neighbours])]));
        yield return ("membership: density ratio", () => DensityRatio(rows, toSynthetic.Value));
        yield return ("membership: local neighbourhood", () =>
        {
            float[] radii = [.. all.Select(r => rows.ToReal[r * AttackedRows.Around + AttackedRows.Around - 1])];
            int[] counts = NearestRows.CountWithin(rows.Embedding.Rows(Part.Synthetic, synthetic),
                rows.Embedding.Rows(Part.Training, all), MixedMetric.Manhattan, radii, Work.Loop(rows.Run), rows.Run.Cancel);
            return (all, [.. counts.Select(c => (double)c)]);
        });
        // An outlier lies far from every other real row, and its copy does not.
        yield return (CopiedOutliers, () => (all, Ratio(
            [.. all.Select(r => (double)rows.ToReal[r * AttackedRows.Around])],
            [.. all.Select(r => (double)toSynthetic.Value[r * Neighbours])])));
        yield return (DistinctiveAgreement, () => (all, Agreement.Scores(rows)));
    }

    /// <summary>
    /// Density of synthetic rows over density of real ones, both from the distance to the fifth neighbour. The real ones are every other
    /// held-out row, which is then not attacked. Source: DOMIAS (van Breugel, Sun, Qian, van der Schaar 2023).
    /// </summary>
    private static (int[] Rows, double[] Scores) DensityRatio(AttackedRows rows, float[] toSynthetic)
    {
        int[] reference = [.. rows.All.Where(r => !rows.IsMember(r) && (r - rows.Training) % 2 == 0)];
        int[] attacked = [.. rows.All.Where(r => rows.IsMember(r) || (r - rows.Training) % 2 == 1)];
        float[] toReference = rows.Nearest(Part.Training, reference, attacked, Neighbours).Distances;
        return (attacked, Ratio([.. attacked.Select((_, i) => (double)toReference[i * Neighbours + Neighbours - 1])],
            [.. attacked.Select(r => (double)toSynthetic[r * Neighbours + Neighbours - 1])]));
    }

    /// <summary>
    /// Log of a distance to real rows over one to synthetic rows. A hundredth of the usual distance to real rows is added to both, which
    /// keeps distances of 0 apart from those that are small, and no more.
    /// </summary>
    private static double[] Ratio(double[] toReal, double[] toSynthetic)
    {
        double[] positive = [.. toReal.Where(d => d > 0 && double.IsFinite(d)).Order()];
        double least = positive.Length == 0 ? 1 : positive[positive.Length / 2] / 100;
        double Log(double distance) => Math.Log(Math.Min(distance, Farthest) + least);
        return [.. toReal.Zip(toSynthetic, (real, made) => Log(real) - Log(made))];
    }
}
