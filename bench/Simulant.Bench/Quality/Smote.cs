using Simulant.Numerics.Random;

namespace Simulant.Bench.Quality;

/// <summary>
/// SMOTE as published: a row of the minority, one of its k nearest minority rows (Euclidean), and a point drawn evenly on the line
/// between them; every row serves equally often. Source: Chawla, Bowyer, Hall, Kegelmeyer, Journal of Artificial Intelligence Research
/// 16, 2002, section 4. For numbers only.
/// </summary>
internal static class Smote
{
    /// <param name="minority">[row][column], at least two rows.</param>
    public static double[][] Rows(double[][] minority, int count, RandomStream stream, int k = 5)
    {
        int[][] nearest = [.. minority.Select((row, i) => Enumerable.Range(0, minority.Length).Where(j => j != i)
            .OrderBy(j => Squared(row, minority[j])).ThenBy(j => j).Take(k).ToArray())];
        int[] order = stream.Permutation(minority.Length);
        double[][] made = new double[count][];
        for (int n = 0; n < count; n++)
        {
            int at = order[n % order.Length];
            double[] from = minority[at], to = minority[nearest[at][stream.Below(nearest[at].Length, n, 1)]];
            double gap = stream.Uniform(n, 2);
            made[n] = [.. from.Select((v, c) => v + gap * (to[c] - v))];
        }
        return made;
    }

    private static double Squared(double[] a, double[] b)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }
}
