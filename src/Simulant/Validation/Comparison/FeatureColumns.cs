using Simulant.Numerics.Trees;

namespace Simulant.Validation.Comparison;

/// <summary>Chosen rows of chosen parts, stacked, as feature columns for trees.</summary>
internal static class FeatureColumns
{
    /// <summary>
    /// Numbers as they are (missing stays missing); categories as their codes in ordinal order of the levels, missing as -1.
    /// </summary>
    public static double[] SortedCodes(ComparedColumn column, params ReadOnlySpan<(Part Part, int[] Rows)> pieces)
    {
        int total = 0, at = 0;
        foreach (var (_, rows) in pieces) total += rows.Length;
        double[] stacked = new double[total];
        foreach (var (part, rows) in pieces)
        {
            if (column.IsNumeric)
            {
                double[] values = column.Values(part);
                foreach (int row in rows) stacked[at++] = values[row];
            }
            else
            {
                int[] codes = column.Codes(part);
                foreach (int row in rows) stacked[at++] = codes[row];
            }
        }
        return stacked;
    }

    /// <summary>
    /// A feature whose splits are those of one-hot columns. The most frequent levels of the training table have a column each,
    /// at most 254; missing has one; further levels have none.
    /// </summary>
    public static (BinnedFeature Feature, double[] Codes) OneHot(
        ComparedColumn column, params ReadOnlySpan<(Part Part, int[] Rows)> pieces)
    {
        double[] codes = SortedCodes(column, pieces);
        int levels = column.Levels.Count, most = BinnedFeature.MaxBins - 1;
        double[] slot = new double[levels + 1]; // by code + 1
        if (levels <= most)
        {
            for (int i = 0; i <= levels; i++) slot[i] = i;
        }
        else
        {
            int[] counts = new int[levels];
            foreach (int code in column.Codes(Part.Training))
                if (code >= 0) counts[code]++;
            Array.Fill(slot, double.NaN);
            slot[0] = 0;
            int next = 1;
            foreach (int level in Enumerable.Range(0, levels).OrderByDescending(l => counts[l]).Take(most).Order())
                slot[level + 1] = next++;
        }
        for (int i = 0; i < codes.Length; i++) codes[i] = slot[(int)codes[i] + 1];
        return (BinnedFeature.OneHot(Math.Min(levels, most) + 1), codes);
    }
}
