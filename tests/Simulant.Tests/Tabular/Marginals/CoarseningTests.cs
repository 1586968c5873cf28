using Simulant.Privacy.Mechanisms;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tabular.Marginals;
using Xunit;

namespace Simulant.Tests.Tabular.Marginals;

public class CoarseningTests
{
    private static CellColumn Singles(int count) =>
        CellColumn.OfNumbers("n", [.. Enumerable.Range(0, count).Select(k => new Stretch(k, k))], 1);

    private static double[] Counts(int cells, Func<int, double> count) => [.. Enumerable.Range(0, cells).Select(count), 0];

    [Fact]
    public void Even_counts_are_joined_along_the_sixteen_even_parts_of_the_range()
    {
        var coarse = Coarsening.Of(Singles(100), Counts(100, _ => 1_000), 10, 12);
        Assert.Equal(16, coarse.Count);
        for (int c = 0; c < 100; c++) Assert.Equal((int)(c * 16 / 100.0), coarse.CodeOf[c]);
        Assert.False(coarse.MissingStandsAlone);
    }

    [Fact]
    public void A_heavy_cell_stands_alone_and_thin_ones_are_joined_until_they_stand_out_of_the_noise()
    {
        var coarse = Coarsening.Of(Singles(100), Counts(100, c => c == 40 ? 50_000 : c < 40 ? 500 : 1), 10, 12);
        Assert.Equal([40], Enumerable.Range(0, 100).Where(c => coarse.CodeOf[c] == coarse.CodeOf[40]));
        // 59 values behind it, a count of 1 each: less than three standard deviations in any even part, so they are one stretch.
        Assert.Single(Enumerable.Range(41, 59).Select(c => coarse.CodeOf[c]).Distinct());
    }

    [Fact]
    public void A_part_of_the_range_with_much_in_it_is_divided_evenly()
    {
        // The first 16 of 256 cells hold 96,000 of 120,000, more than three times twice the wanted 15,000: three stretches, each closed
        // by the cell that brings it to 98 % of a third.
        var coarse = Coarsening.Of(Singles(256), Counts(256, c => c < 16 ? 6_000 : 100), 10, 8);
        int[] sizes = [.. Enumerable.Range(0, 16).GroupBy(c => coarse.CodeOf[c]).Select(g => g.Count())];
        Assert.Equal([6, 6, 4], sizes);
    }

    [Fact]
    public void Rare_levels_give_their_values_back_drawn_to_even_shares_as_far_as_noise_explains_their_spread()
    {
        string[] levels = [.. Enumerable.Range(0, 41).Select(k => $"l{k}")];
        var column = CellColumn.OfLevels("c", levels, false);
        // One common level; 40 rare ones around 20 with a spread of 10, under noise of 10: all of the spread is noise.
        double[] noise = Counts(41, c => c == 0 ? 1_000 : c % 2 == 0 ? 10 : 30);
        var even = Shares(Coarsening.Of(column, noise, 11, 8), column);
        Assert.All(even.Skip(1), s => Assert.Equal(1.0 / 40, s, 1e-9));
        // Under noise of 1 nothing is joined; missing values are the only rare ones.
        Assert.Equal(42, Coarsening.Of(column, noise, 1, 8).Count);
        // In between the law of James and Stein: 1 - (40 - 3) sigma^2 / (40 * 100) of each deviation is kept.
        double[] wide = Counts(41, c => c == 0 ? 1_000 : c % 2 == 0 ? 5 : 25), shares = Shares(Coarsening.Of(column, wide, 9, 8), column);
        double kept = 1 - 37 * 81 / 4000.0;
        Assert.Equal((15 + kept * 10) / 600, shares[1], 1e-9);
        Assert.Equal((15 - kept * 10) / 600, shares[2], 1e-9);
    }

    /// <summary>Of each rare level among all rare ones.</summary>
    private static double[] Shares(Coarsening coarse, CellColumn column) => [.. Enumerable.Range(0, 41).Select(k =>
        coarse.Share(coarse.CodeOf[k], new Simulant.Tabular.Frame.Allowed(0, [k], 0, 0)))];

    [Fact]
    public void Views_join_neighbouring_codes_into_about_eight_and_four_equal_stretches()
    {
        var coarse = Coarsening.Of(Singles(16), Counts(16, _ => 1_000), 10, 32);
        var views = View.Of(coarse, [.. Enumerable.Repeat(1_000.0, 16)], 5);
        Assert.Equal([16, 8, 4], views.Select(v => v.Size));
        Assert.Equal([5, 6, 7], views.Select(v => v.Index));
        Assert.Equal(Enumerable.Range(0, 16), views[0].Map);
        for (int k = 0; k < 16; k++) Assert.Equal((k / 2, k / 4), (views[1].Map[k], views[2].Map[k]));
    }

    [Fact]
    public void A_missing_code_stays_alone_in_every_view_and_levels_have_one_view()
    {
        var coarse = Coarsening.Of(Singles(16), [.. Enumerable.Repeat(1_000.0, 16), 900], 10, 32);
        Assert.True(coarse.MissingStandsAlone);
        foreach (var view in View.Of(coarse, [.. Enumerable.Repeat(1_000.0, 16), 900], 0))
            Assert.Equal([16], Enumerable.Range(0, 17).Where(k => view.Map[k] == view.Map[16]));
        var levels = CellColumn.OfLevels("c", ["a", "b", "c", "d"], true);
        Assert.Single(View.Of(Coarsening.Of(levels, [900, 900, 900, 900, 0], 10, 8), [900, 900, 900, 900], 0));
    }
}
