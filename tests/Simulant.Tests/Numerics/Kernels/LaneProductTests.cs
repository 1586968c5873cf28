using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Kernels;

/// <summary>Against sums in double, one by one.</summary>
public class LaneProductTests
{
    private const int Lanes = LaneProduct.Lanes;

    private static float[] Numbers(int count, int slot) =>
        [.. Enumerable.Range(0, count).Select(i => (float)new RandomStream(3, "lanes").Normal(i, slot))];

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(6, 5, false)]
    [InlineData(13, 40, true)]
    [InlineData(16, 0, false)]
    public void Gathered_products(int m, int k, bool accumulate)
    {
        int[] rows = [.. Enumerable.Range(0, k).Select(i => (i * 7 + 3) % Math.Max(1, k) + (i % 2 == 0 ? k : 0))];
        float[] a = Numbers(m * 2 * k, 0), b = Numbers(2 * k * Lanes, 1), c = Numbers(m * Lanes, 2), before = [.. c];
        LaneProduct.Gather(a, 2 * k, 1, rows, b, c, m, accumulate);
        for (int i = 0; i < m; i++)
            for (int lane = 0; lane < Lanes; lane++)
            {
                double sum = accumulate ? before[i * Lanes + lane] : 0;
                foreach (int r in rows) sum += (double)a[i * 2 * k + r] * b[r * Lanes + lane];
                Assert.Equal(sum, c[i * Lanes + lane], 1e-4);
            }
        float[] turned = new float[a.Length], again = [.. before];
        for (int i = 0; i < m; i++)
            for (int r = 0; r < 2 * k; r++) turned[r * m + i] = a[i * 2 * k + r];
        LaneProduct.Gather(turned, 1, m, rows, b, again, m, accumulate);
        Assert.Equal(c, again);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(7, 32)]
    [InlineData(12, 80)]
    public void Products_over_the_lanes(int m, int n)
    {
        float[] a = Numbers(m * Lanes, 3), b = Numbers(Lanes * n, 4), c = new float[m * n];
        LaneProduct.Outer(a, m, b, n, c);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                Assert.Equal(Enumerable.Range(0, Lanes).Sum(l => (double)a[i * Lanes + l] * b[l * n + j]), c[i * n + j], 1e-4);
    }

    [Fact]
    public void A_lane_knows_nothing_of_the_others()
    {
        int[] rows = [.. Enumerable.Range(0, 20)];
        float[] a = Numbers(9 * 20, 5), b = Numbers(20 * Lanes, 6), c = new float[9 * Lanes], alone = new float[9 * Lanes];
        LaneProduct.Gather(a, 20, 1, rows, b, c, 9, false);
        for (int i = 0; i < b.Length; i++)
            if (i % Lanes != 37) b[i] = float.NaN;
        LaneProduct.Gather(a, 20, 1, rows, b, alone, 9, false);
        for (int i = 0; i < 9; i++) Assert.Equal(c[i * Lanes + 37], alone[i * Lanes + 37]);
    }

    [Fact]
    public void Blocks_are_turned()
    {
        float[] from = Numbers(21 * Lanes, 7), into = new float[21 * Lanes];
        LaneProduct.Transpose(from, 21, into);
        for (int k = 0; k < 21; k++)
            for (int lane = 0; lane < Lanes; lane++) Assert.Equal(from[k * Lanes + lane], into[lane * 21 + k]);
    }

    [Fact]
    public void Blocks_too_short_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LaneProduct.Gather(new float[5], 6, 1, [0], new float[64], new float[64], 2, false));
        Assert.Throws<ArgumentException>(() => LaneProduct.Gather(new float[6], 6, 1, [1], new float[64], new float[64], 1, false));
        Assert.Throws<ArgumentException>(() => LaneProduct.Gather(new float[6], 6, 1, [0], new float[64], new float[63], 1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            LaneProduct.Gather(new float[6], 6, 1, [-1], new float[64], new float[64], 1, false));
        Assert.Throws<ArgumentException>(() => LaneProduct.Outer(new float[64], 1, new float[64 * 8], 8, new float[8]));
        Assert.Throws<ArgumentException>(() => LaneProduct.Outer(new float[63], 1, new float[64 * 16], 16, new float[16]));
    }
}
