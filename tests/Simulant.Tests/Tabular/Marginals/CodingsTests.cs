using Simulant.Privacy.Mechanisms;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tabular.Marginals;
using Simulant.Tabular.Marginals.Inference;
using Xunit;

namespace Simulant.Tests.Tabular.Marginals;

public class CodingsTests
{
    /// <summary>Codes 0 and 2 of the first column are alike in the second one, and 1 and 3.</summary>
    private static readonly double[][][] Pairs = [[null!, [90, 10, 20, 80, 45, 5, 10, 40]], [null!, null!]];

    [Fact]
    public void Codes_that_look_alike_elsewhere_are_joined()
    {
        var codings = Codings.Of(new Nodes([4, 2]), [false, false], Pairs);
        var coding = Assert.Single(codings);
        Assert.Equal((0, 2), (coding.Column, coding.Size));
        Assert.Equal([0, 1, 0, 1], coding.Codes);
    }

    [Fact]
    public void Of_an_ordered_column_only_neighbours_are()
    {
        var coding = Assert.Single(Codings.Of(new Nodes([4, 2]), [true, false], Pairs));
        Assert.Equal(coding.Codes.Order(), coding.Codes);
        // Of the three cuts in two it is the one that leaves the greatest chi-square between the parts.
        double best = Enumerable.Range(1, 3).Max(ChiSquare);
        Assert.Equal(best, ChiSquare(coding.Codes.Count(c => c == 0)), 1e-9);
    }

    [Fact]
    public void Each_coding_has_half_the_codes_of_the_one_before_and_nests_in_it()
    {
        double[] pair = [.. Enumerable.Range(0, 17 * 3).Select(k => 5.0 + k * 7 % 11)];
        var nodes = new Nodes([17, 3]);
        var codings = Codings.Of(nodes, [false, false], [[null!, pair], [null!, null!]]);
        Assert.Equal([9, 5, 3, 2], codings.Where(c => c.Column == 0).Select(c => c.Size));
        Assert.Equal([2], codings.Where(c => c.Column == 1).Select(c => c.Size));
        foreach (var coding in codings) nodes.Add(coding.Column, coding.Codes, coding.Size); // refuses what does not nest
        Assert.Equal(7, nodes.Count);
    }

    [Fact]
    public void Counts_under_further_columns_are_those_of_the_rows()
    {
        int[][] codes = [[0, 1, 2, 3, 2, 1, 3], [1, 0, 1, 2, 2, 0, 1], [0, 0, 1, 1, 0, 1, 0]];
        int[] coarse = [0, 1, 1, 0], other = [0, 0, 1];
        var rows = new ProtectedRows(codes, [4, 3, 2], 7, 1).Extended([0, 1], [coarse, other], [2, 2]);
        int[][] all = [.. codes, [.. codes[0].Select(c => coarse[c])], [.. codes[1].Select(c => other[c])]];
        int[] sizes = [4, 3, 2, 2, 2];
        Assert.Equal(sizes, rows.Sizes);
        for (int a = 0; a < all.Length; a++)
            for (int b = 0; b < all.Length; b++)
                for (int again = 0; again < 2; again++)
                {
                    long[] expected = new long[sizes[a] * sizes[b]];
                    for (int r = 0; r < 7; r++) expected[all[a][r] * sizes[b] + all[b][r]]++;
                    long[] counted = rows.Count([a, b]);
                    Assert.Equal(expected, counted);
                    counted[0] += 5; // what was given out is the caller's own
                }
        Assert.Equal(7, rows.Count([3, 4, 2]).Sum());
    }

    [Fact]
    public void Few_values_are_kept_apart_where_each_stands_out_of_the_noise()
    {
        var cells = CellColumn.OfNumbers("grade", [.. Enumerable.Range(1, 6).Select(k => new Stretch(k, k))], 1);
        double[] noisy = [40, 900, 35, 300, 5, 60, 0];
        Assert.Equal([0, 1, 2, 3, 4, 4, 1], Coarsening.Of(cells, noisy, 10, 6).CodeOf);
        Assert.True(Coarsening.Of(cells, noisy, 10, 3).Count < 5); // more values than bins: stretches of nearly equal counts
    }

    [Fact]
    public void Shares_below_zero_are_taken_off_the_others()
    {
        double[] numbers = [50, -8, 3, 20, -1, 7];
        double excess = Coarsening.Excess(numbers), low = -100, high = 100;
        for (int step = 0; step < 200; step++) // by halving
        {
            double middle = (low + high) / 2;
            if (numbers.Sum(n => Math.Max(0, n - middle)) > numbers.Sum()) low = middle;
            else high = middle;
        }
        Assert.Equal(low, excess, 1e-9);
        Assert.Equal(0, Coarsening.Excess([1, 2, 3]), 1e-12);
    }

    private static double ChiSquare(int cut)
    {
        double[] pair = Pairs[0][1];
        double sum = 0, rows = pair.Sum();
        for (int y = 0; y < 2; y++)
        {
            double whole = pair.Where((_, k) => k % 2 == y).Sum();
            foreach (bool first in (ReadOnlySpan<bool>)[true, false])
            {
                double part = pair.Where((_, k) => k / 2 < cut == first).Sum();
                double seen = pair.Where((_, k) => k / 2 < cut == first && k % 2 == y).Sum(), expected = part * whole / rows;
                sum += (seen - expected) * (seen - expected) / expected;
            }
        }
        return sum;
    }
}
