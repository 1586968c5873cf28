using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Linkability (Article 29 Working Party, Opinion 05/2014): somebody holds two halves of the columns, without knowing which belong
/// together. The halves are linked where among the ten synthetic rows nearest to the one and the ten nearest to the other some are the
/// same. Attack and risk as published by Giomi, Boenisch, Wehmeyer and Tasnádi (2023).
/// </summary>
internal static class Linkability
{
    private const int Most = 5_000, Neighbours = 10;

    /// <summary>The rows attacked, how many neighbours the halves of each share, and the chance that blind guesses share one.</summary>
    public static (int[] Rows, double[] Scores, double Baseline) Attack(AttackedRows rows)
    {
        int[] attacked = rows.Equal(Most, "linkability"), synthetic = rows.AllSynthetic;
        int[] order = new RandomStream(rows.Run.Seed, "audit/linkability").Permutation(rows.Tables.Columns.Count);
        int half = (order.Length + 1) / 2;
        int[] Near(int[] columns) => rows.Nearest(Part.Synthetic, synthetic, attacked, Neighbours, false, rows.By(columns.Order())).Rows;
        int[] first = Near(order[..half]), second = Near(order[half..]);
        double[] scores = new double[attacked.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            var one = first.AsSpan(i * Neighbours, Neighbours);
            foreach (int row in second.AsSpan(i * Neighbours, Neighbours))
                if (row >= 0 && one.Contains(row)) scores[i]++;
        }
        double apart = 1;
        int of = Math.Min(Neighbours, synthetic.Length);
        for (int k = 0; k < of; k++) apart *= Math.Max(0, (double)(synthetic.Length - of - k) / (synthetic.Length - k));
        return (attacked, scores, 1 - apart);
    }
}
