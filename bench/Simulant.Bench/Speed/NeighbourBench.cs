using System.Runtime.InteropServices;
using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Speed;

/// <summary>Distances to the closest record: 8,000 rows against 32,561, 6 numbers and 9 categories like Adult's.</summary>
internal static class NeighbourBench
{
    public static readonly Benchmark Benchmark = new("neighbours", "nearest of 32,561 rows of 15 columns for 8,000 rows", Run);

    private static readonly int[] Levels = [9, 16, 7, 15, 6, 5, 2, 42, 2];

    private static MixedRows Rows(int count, string name)
    {
        var random = new RandomStream(5, name);
        var numbers = new List<float[]>();
        var codes = new List<int[]>();
        int[] all = [.. Enumerable.Range(0, count)];
        // One hidden number per row ties the columns together, as in real tables.
        for (int c = 0; c < 6; c++)
        {
            int at = c;
            numbers.Add([.. all.Select(i => (float)Math.Pow(0.5 * random.Uniform(i, at) + 0.5 * random.Uniform(i, 99), 1 + 2 * at))]);
        }
        for (int c = 0; c < Levels.Length; c++)
        {
            int at = c;
            codes.Add([.. all.Select(i => (int)(Levels[at] * Math.Pow(random.Uniform(i, 10 + at), 3) * random.Uniform(i, 99)))]);
        }
        return MixedRows.Of(count, numbers, codes, Levels);
    }

    private static void Run(BenchContext context)
    {
        int references = context.Tiny ? 1_000 : 32_561, queries = context.Tiny ? 200 : 8_000;
        MixedRows reference = Rows(references, "bench/references"), query = Rows(queries, "bench/queries");
        foreach (var metric in Enum.GetValues<MixedMetric>())
        {
            float[] distances = [];
            double nearest = context.CpuSeconds(() => distances = NearestRows.Find(reference, query, metric).Distances, 3);
            for (int q = 0; q < queries; q += Math.Max(1, queries / 50))
            {
                double best = double.PositiveInfinity;
                for (int r = 0; r < references; r++) best = Math.Min(best, MixedRows.Distance(query, q, reference, r, metric));
                context.Check(Math.Abs(best - distances[q]) < 1e-5 * (1 + best), "nearest distance by brute force");
            }
            context.Result(MemoryMarshal.AsBytes<float>(distances));
            context.Figure($"nearest, {metric}", nearest, "CPU s");
        }
        float[] five = [];
        double self = context.CpuSeconds(
            () => five = NearestRows.Find(query, query, MixedMetric.SquaredEuclidean, 5, sameRows: true).Distances, 3);
        context.Result(MemoryMarshal.AsBytes<float>(five));
        context.Figure("five nearest among themselves", self, "CPU s");
    }
}
