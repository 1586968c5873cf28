namespace Simulant.Tabular.Marginals;

/// <summary>
/// A column under all its codes, or under fewer: neighbouring codes of numbers joined. Of a pair whose fine cells the noise would
/// drown, the coarse ones may still stand out of it.
/// </summary>
/// <param name="Index">Its place among the columns of <see cref="Groundwork.Rows"/>.</param>
/// <param name="Map">From the column's codes.</param>
internal sealed record View(int Index, int[] Map, int Size)
{
    /// <summary>About so many codes, of nearly equal counts each, are left of a column of numbers by each coarser view.</summary>
    public static IReadOnlyList<int> Goals { get; } = [8, 4];

    /// <summary>A view with more than this part of the codes of a finer one is left out.</summary>
    private const double MostOfFiner = 0.8;

    /// <summary>A stretch with less than this part of an equal share is not closed.</summary>
    private const double LeastPart = 0.25;

    /// <summary>All views of a column, the finest first.</summary>
    /// <param name="counts">Of each code, noisy.</param>
    /// <param name="index">Place of the first.</param>
    public static View[] Of(Coarsening column, double[] counts, int index)
    {
        var views = new List<View> { new(index, [.. Enumerable.Range(0, column.Count)], column.Count) };
        if (!column.Cells.IsNumeric) return [.. views];
        foreach (int goal in Goals)
        {
            int[] map = Grouped(column, counts, goal);
            int size = map.Max() + 1;
            if (size >= 2 && size < MostOfFiner * views[^1].Size) views.Add(new View(index + views.Count, map, size));
        }
        return [.. views];
    }

    private static int[] Grouped(Coarsening column, double[] counts, int most)
    {
        int last = column.MissingStandsAlone ? column.Count - 1 : column.Count, code = 0;
        int[] map = new int[column.Count];
        double goal = counts.Take(last).Sum(n => Math.Max(0, n)) / most, sum = 0;
        for (int k = 0; k < last; k++)
        {
            double count = Math.Max(0, counts[k]);
            if (sum > LeastPart * goal && sum + count / 2 > goal)
            {
                code++;
                sum = 0;
            }
            map[k] = code;
            sum += count;
        }
        if (code > 0 && sum < LeastPart * goal)
        {
            code--;
            for (int k = last - 1; k >= 0 && map[k] > code; k--) map[k] = code;
        }
        if (last < map.Length) map[last] = code + 1;
        return map;
    }
}

/// <summary>Two columns' joint table at some resolution.</summary>
/// <param name="Joined">From the cells of the two columns' own codes.</param>
/// <param name="Expected">The estimate's count of each cell.</param>
internal sealed record PairTable(int A, int B, View OfA, View OfB, int[] Joined, double[] Expected);
