using Simulant.Images;
using Simulant.Images.Sets;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Images.Sets;

/// <summary>Masks as runs and as outlines, against the pixels themselves.</summary>
public class RunLengthsTests
{
    /// <summary>Random masks of many shapes: sparse, dense, whole, empty.</summary>
    internal static IEnumerable<(int Width, int Height, bool[] Rows)> Masks()
    {
        var stream = new RandomStream(3, "masks");
        for (int i = 0; i < 60; i++)
        {
            int width = 1 + stream.Below(17, i, 0), height = 1 + stream.Below(13, i, 1);
            double part = i % 5 / 4.0;
            yield return (width, height, [.. Enumerable.Range(0, width * height).Select(p => stream.Uniform(i, 2 + p) < part)]);
        }
    }

    [Fact]
    public void Runs_are_those_of_the_columns_and_read_back()
    {
        foreach (var (width, height, rows) in Masks())
        {
            var runs = RunLengths.Of(width, height, 0, 0, width, rows);
            // By brute force: the columns in a row, cut where they change.
            var expected = new List<int> { 0 };
            bool inside = false;
            for (int p = 0; p < rows.Length; p++)
            {
                bool at = rows[p % height * width + p / height];
                if (at != inside) expected.Add(0);
                expected[^1]++;
                inside = at;
            }
            Assert.Equal(expected, runs.Counts);
            Assert.Equal(rows, runs.Pixels());
            Assert.Equal(rows.Count(r => r), runs.Area);
            var back = RunLengths.Unpack(width, height, runs.Pack(), out string fault);
            Assert.Equal("", fault);
            Assert.Equal(runs.Counts, back!.Counts);
        }
    }

    [Fact]
    public void A_piece_is_placed()
    {
        foreach (var (width, height, rows) in Masks())
            for (int right = 0; right < 2; right++)
            {
                var runs = RunLengths.Of(width + 3 + right, height + 2 + right, 3, 2, width, rows);
                bool[] all = runs.Pixels();
                for (int y = 0; y < runs.Height; y++)
                    for (int x = 0; x < runs.Width; x++)
                        Assert.Equal(x >= 3 && y >= 2 && x < 3 + width && y < 2 + height && rows[(y - 2) * width + x - 3],
                            all[y * runs.Width + x]);
                Assert.True(runs.Counts.Skip(1).All(c => c > 0));
            }
        Assert.Throws<ArgumentException>(() => RunLengths.Of(4, 4, 3, 0, 2, new bool[2]));
    }

    [Theory]
    // Packed by hand after the rule: five bits a character from '0' on, the lowest first, 32 for more to come.
    [InlineData(new[] { 6, 1, 40, 4, 2 }, "61X13jN")]
    [InlineData(new[] { 53 }, "e1")]
    public void Runs_pack_as_the_rule_says(int[] counts, string packed)
    {
        var runs = RunLengths.Of(1, counts.Sum(), [.. counts.Select(c => (long)c)], out _)!;
        Assert.Equal(counts, RunLengths.Unpack(1, counts.Sum(), runs.Pack(), out _)!.Counts);
        Assert.Equal(packed, runs.Pack());
    }

    [Theory]
    [InlineData("", "runs of 0 pixels"), InlineData("1", "runs of 1 pixels"), InlineData("P", "character 1"),
        InlineData("\u00ff", "character 1")]
    [InlineData("oooooooooo", "character 9"), InlineData("O0", "length -1"), InlineData("!", "character 1")]
    public void What_is_no_mask_is_refused(string packed, string message)
    {
        Assert.Null(RunLengths.Unpack(2, 2, packed, out string fault));
        Assert.Contains(message, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_nothing_join_their_neighbours()
    {
        Assert.Equal([2, 2], RunLengths.Of(2, 2, [1, 0, 1, 2], out _)!.Counts);
        Assert.Equal([0, 4], RunLengths.Of(2, 2, [0, 1, 0, 3], out _)!.Counts);
        Assert.Null(RunLengths.Of(2, 2, [long.MaxValue, long.MaxValue], out _));
    }

    [Fact]
    public void Outlines_hold_exactly_the_mask()
    {
        foreach (var (width, height, rows) in Masks())
        {
            var outlines = MaskOutlines.Trace(rows, width, height);
            Assert.Equal(rows, RunLengths.Of(width, height, outlines).Pixels());
            Assert.All(outlines, o => Assert.True(o.Length >= 4 && o.Length % 2 == 0));
            // Outlines go round their pixels clockwise, holes the other way: signed areas sum to the count.
            double sum = outlines.Sum(o => Enumerable.Range(0, o.Length).Sum(i =>
                o[i].X * o[(i + 1) % o.Length].Y - o[(i + 1) % o.Length].X * o[i].Y) / 2);
            Assert.Equal(rows.Count(r => r), sum);
        }
        Assert.Equal([new(1, 1), new(3, 1), new(3, 2), new(1, 2)],
            Assert.Single(MaskOutlines.Trace([false, false, false, false, true, true, false, false, false], 3, 3)));
    }
}
