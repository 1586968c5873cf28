namespace Simulant.Numerics.Trees;

/// <summary>How one column is cut into at most 255 bins; the code after the last bin stands for missing.</summary>
public sealed class BinnedFeature
{
    /// <summary>Most bins of one feature; one more code is kept for missing values.</summary>
    public const int MaxBins = 255;

    private readonly double[] _cuts;

    private BinnedFeature(int bins, bool isOneHot, double[] cuts)
    {
        Bins = bins;
        IsOneHot = isOneHot;
        _cuts = cuts;
    }

    /// <summary>1 to 255.</summary>
    public int Bins { get; }

    /// <summary>
    /// Whether a split sets one bin against all others, which is what splits on one-hot columns do, at the cost of one column.
    /// Otherwise a split sends bins up to some bin left.
    /// </summary>
    public bool IsOneHot { get; }

    /// <summary>Ordered: Bins - 1 ascending values; bin b holds values in [Cuts[b-1], Cuts[b]).</summary>
    public ReadOnlySpan<double> Cuts => _cuts;

    /// <summary>
    /// Cuts at every distinct value where there are at most <paramref name="maxBins"/>, else into bins of about equal counts in
    /// which no value is torn and a frequent value stands alone.
    /// </summary>
    /// <param name="values">Any doubles; NaN is missing, infinities are values.</param>
    public static BinnedFeature Ordered(ReadOnlySpan<double> values, int maxBins = MaxBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBins, MaxBins);
        double[] sorted = values.ToArray();
        int count = 0;
        foreach (double v in values)
            if (!double.IsNaN(v)) sorted[count++] = v;
        Array.Sort(sorted, 0, count);
        var distinct = new List<double>();
        var counts = new List<int>();
        for (int i = 0; i < count; i++)
        {
            if (distinct.Count == 0 || sorted[i] != distinct[^1])
            {
                distinct.Add(sorted[i]);
                counts.Add(0);
            }
            counts[^1]++;
        }
        double[] cuts = distinct.Count <= maxBins ? [.. distinct.Skip(1)] : EqualCounts(distinct, counts, count, maxBins);
        return new BinnedFeature(cuts.Length + 1, false, cuts);
    }

    /// <summary>Codes 0..levels-1, each its own bin; other codes and NaN are none of them.</summary>
    public static BinnedFeature OneHot(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MaxBins);
        return new BinnedFeature(levels, true, []);
    }

    /// <summary>The bin of one value, <see cref="Bins"/> where it is missing or no known level.</summary>
    public byte BinOf(double value)
    {
        if (double.IsNaN(value)) return (byte)Bins;
        if (IsOneHot) return value >= 0 && value < Bins ? (byte)value : (byte)Bins;
        int low = 0, high = _cuts.Length; // the first cut above the value
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_cuts[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return (byte)low;
    }

    /// <summary>Walks the distinct values and closes a bin when it holds its share of what frequent values leave over.</summary>
    private static double[] EqualCounts(List<double> distinct, List<int> counts, int total, int maxBins)
    {
        double share = (double)total / maxBins;
        int frequent = counts.Count(c => c >= share);
        long rest = total - counts.Where(c => c >= share).Sum(c => (long)c);
        double target = frequent >= maxBins ? total : rest / (double)(maxBins - frequent);
        var cuts = new List<double>(maxBins - 1);
        int filled = 0;
        for (int i = 0; i + 1 < distinct.Count && cuts.Count < maxBins - 1; i++)
        {
            filled += counts[i];
            bool alone = counts[i] >= share;
            bool nextAlone = counts[i + 1] >= share && filled >= target / 2;
            if (!alone && !nextAlone && filled < target) continue;
            cuts.Add(distinct[i + 1]);
            filled = 0;
        }
        return [.. cuts];
    }
}

/// <summary>
/// Rows of bytes, one bin code a feature, row after row: a histogram pass reads a row's codes from one or two cache lines and
/// updates as many independent histograms, which hides the latency of repeated bins.
/// </summary>
public sealed class BinnedMatrix
{
    private readonly byte[] _bins;
    private readonly BinnedFeature[] _features;

    private BinnedMatrix(BinnedFeature[] features, byte[] bins, int rows)
    {
        _features = features;
        _bins = bins;
        Rows = rows;
        Offsets = new int[features.Length + 1];
        for (int f = 0; f < features.Length; f++) Offsets[f + 1] = Offsets[f] + features[f].Bins + 1;
    }

    public int Rows { get; }
    public int FeatureCount => _features.Length;
    public IReadOnlyList<BinnedFeature> Features => _features;

    /// <summary>[rows * features], row-major.</summary>
    public ReadOnlySpan<byte> Bins => _bins;

    /// <summary>Where each feature's histogram begins, [features + 1]; each has a slot for missing after its bins.</summary>
    internal int[] Offsets { get; }

    /// <param name="columns">One for each feature, all of equal length.</param>
    public static BinnedMatrix Build(IReadOnlyList<BinnedFeature> features, IReadOnlyList<double[]> columns)
    {
        if (features.Count != columns.Count) throw new ArgumentException("one column a feature", nameof(columns));
        int width = features.Count, rows = width == 0 ? 0 : columns[0].Length;
        byte[] bins = new byte[(long)rows * width];
        for (int f = 0; f < width; f++)
        {
            double[] column = columns[f];
            if (column.Length != rows) throw new ArgumentException("columns of unequal length", nameof(columns));
            BinnedFeature feature = features[f];
            for (int r = 0, at = f; r < rows; r++, at += width) bins[at] = feature.BinOf(column[r]);
        }
        return new BinnedMatrix([.. features], bins, rows);
    }

    /// <summary>Features cut on these very columns.</summary>
    public static BinnedMatrix BuildOrdered(IReadOnlyList<double[]> columns, int maxBins = BinnedFeature.MaxBins) =>
        Build([.. columns.Select(c => BinnedFeature.Ordered(c, maxBins))], columns);
}
