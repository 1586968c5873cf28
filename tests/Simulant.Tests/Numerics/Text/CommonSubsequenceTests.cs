using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Xunit;

namespace Simulant.Tests.Numerics.Text;

public class CommonSubsequenceTests
{
    /// <summary>The table of Wagner and Fischer, row by row.</summary>
    internal static int ByTable(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var before = new int[b.Length + 1];
        var now = new int[b.Length + 1];
        foreach (int token in a)
        {
            for (int j = 0; j < b.Length; j++) now[j + 1] = token == b[j] ? before[j] + 1 : Math.Max(before[j + 1], now[j]);
            (before, now) = (now, before);
        }
        return before[b.Length];
    }

    private static int[] Tokens(int count, int kinds, int item)
    {
        var stream = new RandomStream(9, "test/lcs");
        return [.. Enumerable.Range(0, count).Select(i => stream.Below(kinds, item, i))];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void It_is_what_the_table_gives(int kinds)
    {
        var lcs = new CommonSubsequence();
        int[] lengths = [0, 1, 2, 31, 63, 64, 65, 127, 128, 129, 200, 400];
        for (int i = 0; i < lengths.Length; i++)
        {
            int[] a = Tokens(lengths[i], kinds, i);
            lcs.SetPattern(a, kinds);
            for (int j = 0; j < lengths.Length; j++)
            {
                int[] b = Tokens(lengths[j], kinds, 100 + j);
                Assert.Equal(ByTable(a, b), lcs.With(b));
            }
        }
    }

    [Fact]
    public void Long_patterns_are_taken_in_passes()
    {
        int[] a = Tokens(4096 + 700, 6, 1), b = Tokens(900, 6, 2);
        var lcs = new CommonSubsequence();
        lcs.SetPattern(a, 6);
        Assert.Equal(ByTable(a, b), lcs.With(b));
        Assert.Equal(a.Length, lcs.With(a));
        lcs.SetPattern(b, 6);
        Assert.Equal(ByTable(a, b), lcs.With(a));
    }

    [Fact]
    public void Tokens_that_the_pattern_lacks_match_nothing()
    {
        var lcs = new CommonSubsequence();
        lcs.SetPattern([0, 1], 2);
        Assert.Equal(1, lcs.With([7, 1, 9, 0]));
        lcs.SetPattern([2], 3);
        Assert.Equal(0, lcs.With([0, 1]));
    }

    [Fact]
    public void Sets_are_known_by_their_least_whatever_the_order()
    {
        var stream = new RandomStream(4, "test/joins");
        (int A, int B)[] pairs = [.. Enumerable.Range(0, 300).Select(i => (stream.Below(500, i, 0), stream.Below(500, i, 1)))];
        int[] first = Least(pairs), second = Least([.. pairs.Reverse().Select(p => (p.B, p.A))]);
        Assert.Equal(first, second);
        Assert.Equal(ByFlooding(pairs), first);
    }

    private static int[] Least((int A, int B)[] pairs)
    {
        var sets = new DisjointSets();
        for (int i = 0; i < 500; i++) Assert.Equal(i, sets.Add());
        foreach (var (a, b) in pairs) sets.Join(a, b);
        return [.. Enumerable.Range(0, 500).Select(sets.Least)];
    }

    private static int[] ByFlooding((int A, int B)[] pairs)
    {
        int[] least = [.. Enumerable.Range(0, 500)];
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (var (a, b) in pairs)
            {
                int low = Math.Min(least[a], least[b]);
                moved |= least[a] != low || least[b] != low;
                least[a] = least[b] = low;
            }
        }
        return least;
    }
}
