using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Distances to the closest record (DCR): L1 over range-scaled numerics plus category mismatches. They are diagnostics of memory,
/// not a proof of privacy: what they do not see, another attack may (Yao et al., "The DCR delusion", 2025).
/// </summary>
internal static class NearestDistances
{
    private static float[] Nearest(Embedding embedding, Part to, int[] toRows, Part from, int[] fromRows, RunContext run) =>
        NearestRows.Find(embedding.Rows(to, toRows), embedding.Rows(from, fromRows), MixedMetric.Manhattan,
            1, false, Work.Loop(run), run.Cancel).Distances;

    /// <summary>
    /// For each of <paramref name="synthetic"/> rows: 1 where the nearest training row is nearer than the nearest holdout row,
    /// 1/2 where they tie, 0 otherwise; training and holdout are cut to equally many rows.
    /// </summary>
    public static double[] NearerToTraining(
        ComparedTables tables, Embedding embedding, int mostReal, int mostSynthetic, RunContext run)
    {
        int real = Math.Min(mostReal, Math.Min(tables.Rows(Part.Training), tables.Rows(Part.Holdout)));
        int[] training = Sampling.Rows(tables.Rows(Part.Training), real, run.Seed, "dcr-share/training");
        int[] holdout = Sampling.Rows(tables.Rows(Part.Holdout), real, run.Seed, "dcr-share/holdout");
        int[] synthetic = Sampling.Rows(tables.Rows(Part.Synthetic), mostSynthetic, run.Seed, "dcr-share/synthetic");
        float[] toTraining = Nearest(embedding, Part.Training, training, Part.Synthetic, synthetic, run);
        float[] toHoldout = Nearest(embedding, Part.Holdout, holdout, Part.Synthetic, synthetic, run);
        double[] nearer = new double[synthetic.Length];
        for (int i = 0; i < nearer.Length; i++)
            nearer[i] = toTraining[i] < toHoldout[i] ? 1 : toTraining[i] > toHoldout[i] ? 0 : 0.5;
        return nearer;
    }

    /// <summary>Distances of holdout rows and of synthetic rows to all training rows, each in a seeded order of its own.</summary>
    public static (float[] Holdout, float[] Synthetic) ToTraining(
        ComparedTables tables, Embedding embedding, int mostHoldout, int mostSynthetic, int mostTraining, RunContext run)
    {
        int[] training = Sampling.Rows(tables.Rows(Part.Training), mostTraining, run.Seed, "dcr/training");
        int[] holdout = Sampling.Rows(tables.Rows(Part.Holdout), mostHoldout, run.Seed, "dcr/holdout");
        int[] synthetic = Sampling.Rows(tables.Rows(Part.Synthetic), mostSynthetic, run.Seed, "dcr/synthetic");
        return (Nearest(embedding, Part.Training, training, Part.Holdout, holdout, run),
            Nearest(embedding, Part.Training, training, Part.Synthetic, synthetic, run));
    }

    /// <summary>
    /// A membership attack: a record whose nearest synthetic row is nearer is called a training row. Scores (higher: member) of
    /// equally many training and holdout rows.
    /// </summary>
    public static RankedScores Membership(
        ComparedTables tables, Embedding embedding, int mostReal, int mostSynthetic, RunContext run)
    {
        int real = Math.Min(mostReal, Math.Min(tables.Rows(Part.Training), tables.Rows(Part.Holdout)));
        int[] training = Sampling.Rows(tables.Rows(Part.Training), real, run.Seed, "membership/training");
        int[] holdout = Sampling.Rows(tables.Rows(Part.Holdout), real, run.Seed, "membership/holdout");
        int[] synthetic = Sampling.Rows(tables.Rows(Part.Synthetic), mostSynthetic, run.Seed, "membership/synthetic");
        float[] members = Nearest(embedding, Part.Synthetic, synthetic, Part.Training, training, run);
        float[] others = Nearest(embedding, Part.Synthetic, synthetic, Part.Holdout, holdout, run);
        double[] scores = [.. members.Concat(others).Select(d => -(double)d)];
        return new RankedScores(scores, [.. scores.Select((_, i) => i < real)]);
    }
}
