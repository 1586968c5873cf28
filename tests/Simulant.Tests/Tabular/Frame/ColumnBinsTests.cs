using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Frame;

public class ColumnBinsTests
{
    private static readonly ModelColumn Whole = new("x", 0, false, 1, false);

    [Fact]
    public void Frequent_values_and_extremes_are_kept_rare_ones_are_spread_between_their_neighbours()
    {
        // 0 a thousand times; 10, 20 … 5000 once each.
        double[] values = [.. Enumerable.Repeat(0.0, 1000), .. Enumerable.Range(1, 500).Select(i => 10.0 * i)];
        var bins = ColumnBins.Fit(Whole, values);
        var drawn = Draw(bins, values.Length * 4);
        Assert.Equal(2.0 / 3, drawn.Count(v => v == 0) / (double)drawn.Length, 0.01);
        Assert.InRange(drawn.Max(), 4900, 5000);
        Assert.All(drawn, v => Assert.InRange(v, 0, 5000));
        double off = drawn.Count(v => v > 0 && v % 10 != 0) / (double)drawn.Count(v => v > 0);
        Assert.InRange(off, 0.8, 1); // whole numbers that no record has
    }

    [Fact]
    public void Missing_and_infinite_values_come_back_as_often_as_they_were()
    {
        double[] values = [.. Enumerable.Range(0, 900).Select(i => i % 3 == 0 ? double.NaN : i % 3 == 1 ? double.PositiveInfinity : i)];
        var drawn = Draw(ColumnBins.Fit(Whole, values), 9000);
        Assert.Equal(1.0 / 3, drawn.Count(double.IsNaN) / 9000.0, 0.01);
        Assert.Equal(1.0 / 3, drawn.Count(double.IsPositiveInfinity) / 9000.0, 0.01);
        Assert.DoesNotContain(double.NegativeInfinity, drawn);
    }

    [Fact]
    public void A_column_that_decides_others_gives_only_values_that_were_seen()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => 3.5 * i)];
        var seen = values.ToHashSet();
        Assert.All(Draw(ColumnBins.Fit(Whole with { AtomsOnly = true, Step = 0 }, values), 2000), v => Assert.Contains(v, seen));
    }

    [Fact]
    public void Every_value_lies_in_its_bin_and_draws_stay_in_theirs()
    {
        var stream = new RandomStream(1, "bins");
        double[] values = [.. Enumerable.Range(0, 5000).Select(i => Math.Round(1000 * stream.Normal(i, 0)))];
        var bins = ColumnBins.Fit(Whole, values);
        int[] counts = new int[bins.Count];
        foreach (double v in values) counts[bins.BinOf(v)]++;
        Assert.Equal(bins.Counts, counts);
        for (int b = 0; b + 1 < bins.Count; b++)
            Assert.InRange(bins.Draw(b, 0.999999), bins.Draw(b, 0), bins.Draw(b + 1, 0.999999));
    }

    [Fact]
    public void Restricted_shares_are_the_shares_of_the_data()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (double)(i % 100))];
        var bins = ColumnBins.Fit(Whole, values);
        var allowed = new Allowed(0, null, 25, 49);
        double mass = 0;
        for (int b = 0; b < bins.Count; b++)
        {
            var (low, high) = bins.AllowedShare(b, allowed);
            mass += (high - low) * bins.Counts[b];
        }
        Assert.Equal(250, mass, 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Feature_codes_are_few_and_follow_the_order(bool nominal)
    {
        var column = new ModelColumn("x", 1000, !nominal, 0, false);
        double[] values = [.. Enumerable.Range(0, 50_000).Select(i => (double)(i * 31L % 1000 * (i * 17L % 1000) / 1000))];
        var (codes, count) = ColumnBins.Fit(column, values).FeatureCodes(64);
        Assert.InRange(count, 32, 64);
        Assert.All(codes, c => Assert.InRange(c, 0, count - 1));
        if (!nominal) Assert.Equal(codes.Order(), codes);
    }

    private static double[] Draw(ColumnBins bins, int count)
    {
        // Systematic draws over bins in proportion to their counts, then evenly inside each.
        var drawn = new List<double>();
        int total = bins.Counts.Sum();
        for (int b = 0; b < bins.Count; b++)
        {
            int n = (int)Math.Round((double)bins.Counts[b] * count / total);
            for (int k = 0; k < n; k++) drawn.Add(bins.Draw(b, (k + 0.5) / n));
        }
        return [.. drawn];
    }
}
