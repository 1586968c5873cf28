using Simulant.Privacy.Mechanisms;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tests.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Tabular.Frame;

public class StretchesTests
{
    /// <summary>Noise of a standard deviation far below one.</summary>
    private static readonly Rho Ample = new(64L << Rho.Bits);

    private static Stretch[] Of(IEnumerable<long> values, long? low, long? high)
    {
        var session = new PrivacySession(Ample, new MemoryLog(), null, new SeededNoise(1), null);
        return Stretches.Of("x", new ProtectedNumbers([.. values], 1), low, high, session, Ample);
    }

    [Theory]
    [InlineData(0, 99_999)]
    [InlineData(-700, 1_300)]
    public void A_declared_range_is_covered_once_and_no_cell_lies_in_two_of_its_sixteen_even_parts(long low, long high)
    {
        var cells = Of(Enumerable.Range(0, 500).Select(k => low + k), low, high);
        Assert.Equal(low, cells[0].Low);
        Assert.Equal(high, cells[^1].High);
        for (int k = 1; k < cells.Length; k++) Assert.Equal(cells[k - 1].High + 1, cells[k].Low);
        double part = (high - low + 1) / 16.0;
        foreach (var cell in cells) Assert.Equal(Math.Floor((cell.Low - low) / part), Math.Floor((cell.High - low) / part));
        Assert.Equal(high, cells[^1].Low); // a heap at the greatest value is told from what lies below
    }

    [Fact]
    public void A_heavy_cell_is_cut_into_as_many_parts_as_its_weight_asks_for()
    {
        // Of 2,600 values 2,560 lie below 1,024: far more than 8 parts' worth. 40 are spread thinly, two in a cell at most.
        long[] values = [.. Enumerable.Range(0, 2_560).Select(k => 1024L + k % 1024), .. Enumerable.Range(0, 40).Select(k => 50_000L + 900 * k)];
        var cells = Of(values, 0, 99_999);
        Assert.Equal(16, cells.Where(c => c.Low is >= 1024 and < 2048).Max(c => c.High - c.Low + 1)); // 1024 / 8 / 8
        Assert.Equal(12_500, cells.Single(c => c.Low is 50_000).High - cells.Single(c => c.Low is 50_000).Low + 1
            + cells.Where(c => c.Low > 50_000 && c.High < 56_250).Sum(c => c.High - c.Low + 1) + 6_250);
    }

    [Fact]
    public void An_open_end_closes_behind_the_last_values()
    {
        var cells = Of(Enumerable.Range(0, 3_000).Select(k => (long)k), 0, null);
        Assert.Equal(4_095, cells[^1].High);
        Assert.Equal(0, cells[0].Low);
    }
}
