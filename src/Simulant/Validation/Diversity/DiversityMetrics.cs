using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Diversity;

/// <summary>
/// Alpha-precision and beta-recall (<see cref="AlphaBeta"/>), density and coverage of one table against the training table.
/// Density: how many of the training rows' neighbourhoods (radius: their 5th nearest training row) a row lies in, over 5;
/// coverage: the share of those neighbourhoods that hold a row. Source: Naeem, Oh, Uh, Choi, Yoo, "Reliable fidelity and
/// diversity metrics for generative models" (ICML 2020), equations 3 and 4.
/// </summary>
internal sealed record DiversityMetrics(AlphaBeta AlphaBeta, int[] Inside, bool[] Covered)
{
    public const int Neighbours = 5;

    public int Rows => Covered.Length;

    public double Density(byte[]? weights = null) => Mean(weights, i => (double)Inside[i] / Neighbours);

    public double Coverage(byte[]? weights = null) => Mean(weights, i => Covered[i] ? 1 : 0);

    private double Mean(byte[]? weights, Func<int, double> value)
    {
        double sum = 0, total = 0;
        for (int i = 0; i < Rows; i++)
        {
            double w = weights?[i] ?? 1;
            sum += w * value(i);
            total += w;
        }
        return sum / total;
    }

    /// <param name="most">Both tables are cut to equal row counts, at most this many.</param>
    /// <returns>Null where fewer than <see cref="Neighbours"/> + 1 rows are left.</returns>
    public static DiversityMetrics? Measure(ComparedTables tables, Embedding embedding, Part other, int most, RunContext run)
    {
        int count = Math.Min(most, Math.Min(tables.Rows(Part.Training), tables.Rows(other)));
        if (count <= Neighbours || tables.Columns.Count == 0) return null;
        int[] trainingRows = Sampling.Rows(tables.Rows(Part.Training), count, run.Seed, "diversity/training");
        int[] otherRows = Sampling.Rows(tables.Rows(other), count, run.Seed, $"diversity/{other}");
        var training = embedding.Rows(Part.Training, trainingRows);
        var others = embedding.Rows(other, otherRows);
        var loop = Work.Loop(run);
        var (near, _) = NearestRows.Find(
            training, training, MixedMetric.SquaredEuclidean, Neighbours, sameRows: true, loop, run.Cancel);
        float[] first = new float[count], radii = new float[count];
        for (int i = 0; i < count; i++)
        {
            first[i] = near[i * Neighbours];
            radii[i] = near[i * Neighbours + Neighbours - 1];
        }
        var (toOther, nearest) = NearestRows.Find(others, training, MixedMetric.SquaredEuclidean, 1, false, loop, run.Cancel);
        int[] inside = NearestRows.CountWithin(others, training, MixedMetric.SquaredEuclidean, radii, loop, run.Cancel);
        var alphaBeta = AlphaBeta.Measure(embedding, trainingRows, first, other, otherRows, toOther, nearest);
        return new DiversityMetrics(alphaBeta, inside, [.. inside.Select(n => n > 0)]);
    }
}
