using Simulant.Numerics.Random;

namespace Simulant.Validation.Comparison;

/// <summary>Which rows a metric looks at where a table has more than it needs: seeded, without replacement, ascending.</summary>
internal static class Sampling
{
    /// <summary>All rows where <paramref name="wanted"/> reaches the count; otherwise a uniform sample of them.</summary>
    public static int[] Rows(int count, int wanted, ulong seed, string purpose)
    {
        if (wanted >= count) return [.. Enumerable.Range(0, count)];
        int[] chosen = new RandomStream(seed, "validate/rows/" + purpose).Permutation(count)[..wanted];
        Array.Sort(chosen);
        return chosen;
    }
}
