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
        // Of 2,088 values 2,048 lie evenly from 1,024 to 2,047. A cell with more than 1/128 of all, 16.3, is cut by how often it holds
        // that: into eight, cells of 256 into eight again, cells of 32 into two.
        long[] heap = [.. Enumerable.Range(0, 2_048).Select(k => 1024L + k % 1024)], thin = [.. Enumerable.Range(0, 40).Select(k =>
            50_000L + 900 * k)];
        var cells = Of([.. heap, .. thin], 0, 99_999);
        Assert.All(cells.Where(c => c.Low is >= 1024 and < 2048), c => Assert.Equal(8, c.High - c.Low + 1));
        Assert.Equal(128, cells.Count(c => c.Low is >= 1024 and < 2048));
        Assert.Contains(new Stretch(50_000, 56_249), cells); // 7 values: left as it was
    }

    [Fact]
    public void An_open_end_closes_behind_the_last_values()
    {
        var cells = Of(Enumerable.Range(0, 3_000).Select(k => (long)k), 0, null);
        Assert.Equal(4_095, cells[^1].High);
        Assert.Equal(0, cells[0].Low);
    }
}
