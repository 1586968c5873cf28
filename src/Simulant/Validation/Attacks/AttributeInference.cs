using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Attribute inference: somebody knows all columns of a row but one, and takes that of the nearest synthetic row for the secret.
/// Right is the same level, or a number within 5%. Training rows that are guessed better than held-out ones were learned by heart;
/// what is guessed as well of held-out rows is knowledge of the population. Attack and risk as published by Giomi and others (2023).
/// </summary>
internal static class AttributeInference
{
    private const int Most = 5_000, MostSecrets = 12;
    private const double Within = 0.05;

    /// <summary>A secret column: its name, whether each attacked row was guessed right, and whether the commonest value is right.</summary>
    public sealed record Secret(string Column, bool[] Right, bool[] Guessed);

    public static (int[] Rows, IReadOnlyList<Secret> Secrets) Attack(AttackedRows rows, string? target)
    {
        int[] attacked = rows.Equal(Most, "inference"), synthetic = rows.AllSynthetic;
        int columns = rows.Tables.Columns.Count;
        int first = target is null ? -1 : rows.Tables.IndexOf(target);
        int[] order = new RandomStream(rows.Run.Seed, "audit/secrets").Permutation(columns);
        int[] secrets = [.. order.OrderByDescending(c => c == first).Take(MostSecrets)];
        var found = new List<Secret>();
        foreach (int secret in secrets.Order())
        {
            var known = rows.By(Enumerable.Range(0, columns).Where(c => c != secret));
            int[] nearest = rows.Nearest(Part.Synthetic, synthetic, attacked, 1, false, known).Rows;
            var column = rows.Tables.Columns[secret];
            var guess = Guess(column);
            found.Add(new Secret(column.Name, [.. attacked.Select((r, i) => Same(column, r, nearest[i]))],
                [.. attacked.Select(r => Same(column, r, guess))]));
        }
        return (attacked, found);
    }

    private static bool Same(ComparedColumn column, int real, int synthetic) => column.IsNumeric
        ? Near(column.Values(Part.Training)[real], column.Values(Part.Synthetic)[synthetic])
        : column.Codes(Part.Training)[real] == column.Codes(Part.Synthetic)[synthetic];

    private static bool Near(double truth, double guess) =>
        double.IsNaN(truth) ? double.IsNaN(guess) : Math.Abs(guess - truth) <= Within * Math.Abs(truth);

    /// <summary>The synthetic row to take the secret from where nothing is known: one with the commonest value.</summary>
    private static int Guess(ComparedColumn column) => column.IsNumeric
        ? Commonest(column.Values(Part.Synthetic)) : Commonest(column.Codes(Part.Synthetic));

    private static int Commonest<T>(T[] values) where T : notnull
    {
        var counts = new Dictionary<T, (int First, int Count)>();
        for (int i = 0; i < values.Length; i++)
            counts[values[i]] = counts.TryGetValue(values[i], out var seen) ? (seen.First, seen.Count + 1) : (i, 1);
        return counts.Values.OrderByDescending(c => c.Count).ThenBy(c => c.First).First().First;
    }
}
