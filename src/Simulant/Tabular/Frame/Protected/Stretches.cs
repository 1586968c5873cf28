using Simulant.Privacy.Mechanisms;

namespace Simulant.Tabular.Frame.Protected;

/// <summary>
/// Cuts a column of numbers into cells, fine where there are many values: first by powers of two away from zero, which needs no
/// knowledge of the data, then cells that hold many are cut into eight, three times. Every count is measured with noise; in the
/// manner of PrivTree (Zhang, Xiao and Xie 2016), with zCDP's Gaussian noise.
/// </summary>
internal static class Stretches
{
    /// <summary>A declared range of at most so many values has a cell for each, and costs nothing.</summary>
    public const int MostSingles = 128;

    private const int Rounds = 3, Parts = 8;

    /// <summary>A cell is cut where it holds more than this part of the column, and more than its noise explains.</summary>
    private const int Heavy = 40, Sigmas = 4;

    private const long Farthest = 1L << 53;

    public static bool Pays(long? low, long? high) =>
        low is not { } l || high is not { } h || (Int128)h - l + 1 > MostSingles;

    /// <param name="low">Declared least value on the grid, or null.</param>
    /// <param name="amount">For all measurements together.</param>
    public static Stretch[] Of(string name, ProtectedNumbers numbers, long? low, long? high, PrivacySession session, Rho amount)
    {
        if (!Pays(low, high)) return [.. Enumerable.Range(0, (int)(high!.Value - low!.Value + 1)).Select(k => Single(low.Value + k))];
        var each = amount.Part(1, Rounds + 1);
        var cells = ByPowers(low ?? -Farthest, high ?? Farthest);
        var noisy = session.Measure($"bins of '{name}'", numbers, cells, each);
        double sigma = SigmaOf(noisy);
        double total = Math.Max(1, noisy.Counts.Sum(n => Math.Max(0, n)));
        var counted = cells.Zip(noisy.Counts, (cell, count) => (Cell: cell, Count: (double)count)).ToList();
        if (low is null || high is null) counted = Inhabited(counted, sigma, low is not null, high is not null);
        for (int round = 0; round < Rounds; round++)
        {
            var heavy = counted.Where(c => c.Cell.High > c.Cell.Low && c.Count > Math.Max(total / Heavy, Sigmas * sigma)).ToList();
            if (heavy.Count == 0) break;
            Stretch[] parts = [.. heavy.SelectMany(c => Cut(c.Cell))];
            var measured = session.Measure($"bins of '{name}'", numbers, parts, each);
            counted = [.. counted.Except(heavy).Concat(parts.Zip(measured.Counts, (cell, count) => (cell, (double)count)))
                .OrderBy(c => c.Item1.Low)];
        }
        return [.. counted.Select(c => c.Cell)];
    }

    private static double SigmaOf(NoisyCounts noisy) => Math.Sqrt(Math.ScaleB(noisy.Variance.Numerator, -noisy.Variance.Shift));

    private static Stretch Single(long value) => new(value, value);

    /// <summary>One value, then stretches that double in length away from it.</summary>
    private static List<Stretch> ByPowers(long low, long high)
    {
        long origin = Math.Clamp(0, low, high);
        var cells = new List<Stretch> { Single(origin) };
        for (long reach = 1; reach <= Farthest; reach *= 2)
        {
            if (reach <= high - origin) cells.Add(new Stretch(origin + reach, Math.Min(high, origin + 2 * reach - 1)));
            if (reach <= origin - low) cells.Add(new Stretch(Math.Max(low, origin - 2 * reach + 1), origin - reach));
        }
        return [.. cells.OrderBy(c => c.Low)];
    }

    /// <summary>An open end closes behind the last cell that surely holds values.</summary>
    private static List<(Stretch Cell, double Count)> Inhabited(
        List<(Stretch Cell, double Count)> cells, double sigma, bool keepLow, bool keepHigh)
    {
        int first = cells.FindIndex(c => c.Count > Sigmas * sigma), last = cells.FindLastIndex(c => c.Count > Sigmas * sigma);
        if (first < 0) return keepLow || keepHigh ? cells : [cells[cells.Count / 2]];
        if (keepLow) first = 0;
        if (keepHigh) last = cells.Count - 1;
        return cells.GetRange(first, last - first + 1);
    }

    private static IEnumerable<Stretch> Cut(Stretch cell)
    {
        Int128 width = (Int128)cell.High - cell.Low + 1;
        int parts = width < Parts ? (int)width : Parts;
        for (int k = 0; k < parts; k++)
            yield return new Stretch((long)(cell.Low + width * k / parts), (long)(cell.Low + width * (k + 1) / parts) - 1);
    }
}
