using Simulant.Data;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Latent;

public class ChainLayoutTests
{
    /// <summary>A column of 900 levels, two digits, beside one of three.</summary>
    private static readonly ModelTable Table = new(
        [new("many", 900, false, 0, false), new("few", 3, false, 0, false)],
        [[.. Enumerable.Range(0, 2000).Select(i => (double)(i % 900))], [.. Enumerable.Range(0, 2000).Select(i => (double)(i % 3))]],
        2000, []);

    [Fact]
    public void Columns_come_by_growing_number_of_codes_and_many_become_two_digits()
    {
        var layout = ChainLayout.Fit(Table, RunContext.Quiet(1));
        Assert.Equal([(1, 0, 3), (0, 0, 30), (0, 1, 30)], layout.Fields.Select(f => (f.Column, f.Part, f.Codes)));
        Assert.Equal([1, 0], layout.FirstField);
        Assert.True(layout.IsSplit(0));
        Assert.False(layout.IsSplit(1));
    }

    [Fact]
    public void Every_row_comes_back_from_its_codes()
    {
        var layout = ChainLayout.Fit(Table, RunContext.Quiet(1));
        int[][] codes = layout.Encode(Table, RunContext.Quiet(1, 2));
        for (int r = 0; r < Table.Rows; r++)
        {
            Assert.Equal(Table.Values[0][r], layout.Bins[0].Draw(layout.Bin(0, codes[1][r], codes[2][r]), 0.5));
            Assert.Equal(Table.Values[1][r], layout.Bins[1].Draw(layout.Bin(1, codes[0][r], 0), 0.5));
        }
    }

    [Fact]
    public void Digits_beyond_the_last_level_have_no_bin()
    {
        double[] levels = [.. Enumerable.Range(0, 1500).Select(i => (double)(i % 899))];
        var table = new ModelTable([new("many", 899, false, 0, false)], [levels], levels.Length, []);
        var layout = ChainLayout.Fit(table, RunContext.Quiet(1));
        Assert.Equal(-1, layout.Bin(0, 29, 29));
        Assert.Equal(899, Enumerable.Range(0, 900).Select(i => layout.Bin(0, i / 30, i % 30)).Where(b => b >= 0).Distinct().Count());
    }
}
