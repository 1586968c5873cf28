using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics;

public class IndexPermutationTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(10), InlineData(257), InlineData(4096), InlineData(10_007)]
    public void It_is_a_bijection(int count)
    {
        var permutation = new IndexPermutation(new RandomStream(1, "keys"), 5, count);
        var seen = new bool[count];
        for (int i = 0; i < count; i++)
        {
            int to = (int)permutation.Map(i);
            Assert.False(seen[to]);
            seen[to] = true;
        }
    }

    [Fact]
    public void Streams_and_slots_give_other_permutations_without_a_trend()
    {
        const int Count = 20_000;
        var a = new IndexPermutation(new RandomStream(1, "keys"), 0, Count);
        var b = new IndexPermutation(new RandomStream(1, "keys"), 1, Count);
        int fixedPoints = 0, agree = 0;
        double cross = 0;
        for (int i = 0; i < Count; i++)
        {
            if (a.Map(i) == i) fixedPoints++;
            if (a.Map(i) == b.Map(i)) agree++;
            cross += (i - (Count - 1) / 2.0) * (a.Map(i) - (Count - 1) / 2.0);
        }
        // A random permutation has Poisson(1) fixed points and a rank correlation of standard deviation 1/sqrt(n - 1).
        Assert.InRange(fixedPoints, 0, 8);
        Assert.InRange(agree, 0, 8);
        double variance = ((double)Count * Count - 1) / 12 * Count;
        Assert.InRange(Math.Abs(cross / variance), 0, 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void Bounds_are_kept()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexPermutation(default, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexPermutation(default, 0, 4).Map(4));
        var wide = new IndexPermutation(new RandomStream(1, "keys"), 0, 1L << 62);
        Assert.InRange(wide.Map((1L << 62) - 1), 0, (1L << 62) - 1);
    }
}
