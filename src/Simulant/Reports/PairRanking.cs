using Simulant.Validation;

namespace Simulant.Reports;

/// <summary>Pairs in order of how badly their dependence is kept.</summary>
internal static class PairRanking
{
    /// <summary>The pairs (I before J) of the lowest trend, worst first; those not evaluated are left out.</summary>
    public static IReadOnlyList<(int I, int J)> Worst(PairTrends trends, int most)
    {
        // A bounded heap: 5,000 columns have 12 million pairs.
        var heap = new PriorityQueue<(int I, int J), (double, long)>(most + 1);
        int n = trends.Names.Count;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double trend = trends.Synthetic[i, j];
                if (double.IsNaN(trend)) continue;
                // The queue gives up its least, so the best of those kept goes first; ties go by place.
                var priority = (-trend, -((long)i * n + j));
                if (heap.Count < most) heap.Enqueue((i, j), priority);
                else heap.EnqueueDequeue((i, j), priority);
            }
        }
        var worst = new List<(int, int)>(heap.Count);
        while (heap.Count > 0) worst.Add(heap.Dequeue());
        worst.Reverse();
        return worst;
    }
}
