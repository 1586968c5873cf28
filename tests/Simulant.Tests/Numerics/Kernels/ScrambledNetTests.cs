using System.Numerics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Scenes.Shading;
using Simulant.Tests.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Numerics.Kernels;

public class ScrambledNetTests
{
    private static readonly RandomStream Chance = new(3, "tests/net");

    private static Vector2[][] Points(int count, int pair)
    {
        var numbers = new TileNumbers();
        numbers.Begin(Chance, 7, [.. Enumerable.Range(0, 16).Select(i => 977 * i)]);
        var points = Enumerable.Range(0, 16).Select(_ => new Vector2[count]).ToArray();
        for (int sample = 0; sample < count; sample++)
        {
            numbers.Sample(sample);
            numbers.Pair(pair);
            for (int lane = 0; lane < 16; lane++) points[lane][sample] = new(numbers.X[lane], numbers.Y[lane]);
        }
        return points;
    }

    [Fact]
    public void Sixteen_at_once_are_what_the_definitions_give()
    {
        foreach (int pair in (int[])[0, 1, 5, 77])
        {
            var points = Points(100, pair);
            for (int lane = 0; lane < 16; lane++)
                for (int sample = 0; sample < 100; sample += 7)
                    Assert.Equal(new OnePathsNumbers(Chance, 7, 977 * lane, sample).Pair(pair), points[lane][sample]);
        }
    }

    [Fact]
    public void Single_lanes_are_those_of_their_pixels()
    {
        var numbers = new TileNumbers();
        numbers.Begin(Chance, 7, [.. Enumerable.Range(0, 16).Select(i => 977 * i)]);
        numbers.Sample(0);
        for (int lane = 0; lane < 16; lane++) numbers.Set(lane, (lane * 5 + 3) % 16, ScrambledNet.Turn((uint)(100 + lane)));
        numbers.Pair(9);
        for (int lane = 0; lane < 16; lane++)
            Assert.Equal(new OnePathsNumbers(Chance, 7, 977 * ((lane * 5 + 3) % 16), 100 + lane).Pair(9),
                new(numbers.X[lane], numbers.Y[lane]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    public void Every_cell_of_every_shape_has_one_point_of_the_first(int power)
    {
        int count = 1 << power;
        foreach (var points in Points(count, 3))
            for (int wide = 0; wide <= power; wide++)
            {
                var cells = points.Select(p => ((int)(p.X * (1 << wide)), (int)(p.Y * (1 << (power - wide))))).Distinct();
                Assert.Equal(count, cells.Count());
            }
    }

    [Fact]
    public void Single_points_are_uniform_and_pairs_of_one_sample_have_nothing_to_do_with_each_other()
    {
        // 4,096 pixels' first points of two pairs: 4 x 4 x 4 x 4 cells, and their count by chi-square with 255 degrees of freedom.
        var numbers = new TileNumbers();
        int[] cells = new int[256];
        for (int tile = 0; tile < 1024; tile++)
        {
            numbers.Begin(Chance, 0, [.. Enumerable.Range(16 * tile, 16)]);
            numbers.Sample(5);
            numbers.Pair(2);
            int[] first = [.. numbers.X.Zip(numbers.Y, (x, y) => (int)(x * 4) * 4 + (int)(y * 4))];
            numbers.Pair(4);
            for (int lane = 0; lane < 16; lane++) cells[first[lane] * 16 + (int)(numbers.X[lane] * 4) * 4 + (int)(numbers.Y[lane] * 4)]++;
        }
        double chi = cells.Sum(c => (c - 64.0) * (c - 64) / 64);
        Assert.InRange(chi, 255 - 5 * Math.Sqrt(510), 255 + 5 * Math.Sqrt(510));
    }
}
