namespace Simulant.Validation.Images;

/// <summary>How evenly codes (classes, or the levels of an attribute) come.</summary>
/// <param name="Shares">[code].</param>
/// <param name="Entropy">In bits.</param>
/// <param name="Evenness">Entropy over that of equal shares: 1 is even, 0 is one code alone.</param>
/// <param name="Least">The smallest share.</param>
/// <param name="Distance">Total variation from the reference's shares; NaN without one.</param>
public sealed record BalanceFigures(IReadOnlyList<double> Shares, double Entropy, double Evenness, double Least, double Distance);

/// <summary>Whether a set has lost classes, or variety within them.</summary>
public static class PictureBalance
{
    /// <param name="codes">Each 0 to count - 1.</param>
    /// <param name="reference">Codes of real pictures, where there are such.</param>
    public static BalanceFigures Of(IReadOnlyList<int> codes, int count, IReadOnlyList<int>? reference = null)
    {
        double[] shares = Shares(codes, count);
        double entropy = -shares.Where(s => s > 0).Sum(s => s * Math.Log2(s));
        double distance = reference is null ? double.NaN : Shares(reference, count).Zip(shares, (a, b) => Math.Abs(a - b)).Sum() / 2;
        return new(shares, entropy, count > 1 ? entropy / Math.Log2(count) : 1, shares.Min(), distance);
    }

    /// <summary>
    /// Spread of each class's features (mean squared distance from their mean) over that of real pictures of the class: near 0 where a
    /// class has collapsed to one picture. NaN for classes with fewer than two pictures in either set.
    /// </summary>
    public static double[] Spread(FeatureSet real, IReadOnlyList<int> realClasses, FeatureSet made, IReadOnlyList<int> madeClasses,
        int count)
    {
        FeatureSet.Comparable(real, made);
        return [.. Enumerable.Range(0, count).Select(c => Variance(made, madeClasses, c) / Variance(real, realClasses, c))];
    }

    private static double Variance(FeatureSet set, IReadOnlyList<int> classes, int wanted)
    {
        int[] rows = [.. Enumerable.Range(0, set.Count).Where(i => classes[i] == wanted)];
        if (rows.Length < 2) return double.NaN;
        double sum = 0;
        for (int c = 0; c < set.Id.Dimension; c++)
        {
            double mean = rows.Average(i => (double)set.Row(i)[c]);
            sum += rows.Sum(i => (set.Row(i)[c] - mean) * (set.Row(i)[c] - mean));
        }
        return sum / (rows.Length - 1);
    }

    private static double[] Shares(IReadOnlyList<int> codes, int count)
    {
        if (codes.Count == 0 || codes.Any(c => c < 0 || c >= count)) throw new ArgumentException($"codes lie within 0 to {count - 1}");
        double[] shares = new double[count];
        foreach (int code in codes) shares[code] += 1.0 / codes.Count;
        return shares;
    }
}
