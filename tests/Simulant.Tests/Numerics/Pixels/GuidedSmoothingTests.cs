using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Pixels;

public class GuidedSmoothingTests
{
    private static readonly RandomStream Chance = new(3, "tests/smoothing");

    /// <summary>Planes by <see cref="SmoothingPlane"/>: two slanted things before nothing, noisy.</summary>
    private static double[][] Picture(int width, int height)
    {
        double[][] planes = [.. Enumerable.Range(0, 9).Select(_ => new double[width * height])];
        for (int at = 0; at < width * height; at++)
        {
            int x = at % width, y = at / width, thing = x + y < 9 ? 0 : x > width / 2 ? 1 : 2;
            for (int c = 0; c < 3; c++) planes[c][at] = (float)(thing + Chance.Uniform(at, c));
            planes[3][at] = (float)(Chance.Uniform(at, 3) * .2);
            planes[4][at] = thing;
            planes[5][at] = thing == 0 ? double.PositiveInfinity : (float)(3 + thing * x * .05 + y * .02);
            double slant = Chance.Uniform(at, 4) * .2, upright = Math.Sqrt(1 - slant * slant);
            (planes[6][at], planes[8][at]) = thing == 0 ? (0, 0) : ((float)slant, (float)upright);
        }
        return planes;
    }

    /// <summary>One level, pixel by pixel in double precision.</summary>
    private static double[][] Level(double[][] from, int width, int height, int step)
    {
        double Bright(int at) => .2126 * from[0][at] + .7152 * from[1][at] + .0722 * from[2][at];
        double Falling(double x) => Math.Pow(1 + x * (.25 + x * .03125), -4);
        double Gap(int a, int b) => double.IsFinite(from[5][a] - from[5][b]) ? Math.Abs(from[5][a] - from[5][b]) : 0;
        double[][] to = [.. from.Select(p => p.ToArray())];
        double[] kernel = [.0625, .25, .375, .25, .0625];
        for (int at = 0; at < width * height; at++)
        {
            int x = at % width, y = at / width;
            var around = from[3].Where((_, i) => Math.Abs(i % width - x) <= 1 && Math.Abs(i / width - y) <= 1);
            double slope = 0;
            if (x > 0 && x < width - 1) slope = Math.Min(Gap(at - 1, at), Gap(at + 1, at));
            if (y > 0 && y < height - 1) slope = Math.Max(slope, Math.Min(Gap(at - width, at), Gap(at + width, at)));
            double weights = 0;
            double[] sums = new double[4];
            for (int j = -2; j <= 2; j++)
                for (int i = -2; i <= 2; i++)
                {
                    int column = x + i * step, row = y + j * step, other = row * width + column;
                    if (column < 0 || row < 0 || column >= width || row >= height || from[4][other] != from[4][at]) continue;
                    double weight = kernel[i + 2] * kernel[j + 2];
                    if (other != at) weight *= Falling(Math.Abs(Bright(at) - Bright(other)) / (2.5 * Math.Sqrt(around.Average()) + 1e-3));
                    if (from[4][at] != 0 && other != at)
                        weight *= Math.Pow(Math.Max(0, from[6][at] * from[6][other] + from[8][at] * from[8][other]), 32)
                            * Falling(Math.Abs(from[5][at] - from[5][other])
                                / (slope * step * (Math.Abs(i) + Math.Abs(j)) + 1e-3 * from[5][at]));
                    for (int c = 0; c < 3; c++) sums[c] += from[c][other] * weight;
                    sums[3] += from[3][other] * weight * weight;
                    weights += weight;
                }
            for (int c = 0; c < 3; c++) to[c][at] = sums[c] / weights;
            to[3][at] = sums[3] / (weights * weights);
        }
        return to;
    }

    [Theory]
    [InlineData(37, 29)]
    [InlineData(16, 9)]
    [InlineData(1, 5)]
    public void Eight_at_a_time_are_smoothed_as_one_by_one(int width, int height)
    {
        var planes = Picture(width, height);
        float[] memory = new float[GuidedSmoothing.Floats(width, height)];
        memory.AsSpan().Fill(float.NaN);
        var smoothing = new GuidedSmoothing(width, height, memory);
        for (int y = 0; y < height; y++)
            for (int plane = 0; plane < 9; plane++)
                for (int x = 0; x < width; x++) smoothing.Row((SmoothingPlane)plane, y)[x] = (float)planes[plane][y * width + x];
        for (int y = 0; y < height; y++) smoothing.Prepare(y);
        for (int level = 0; level < GuidedSmoothing.Levels; level++)
        {
            for (int y = 0; y < height; y++) smoothing.Pass(y, level);
            smoothing.Turn();
            planes = Level(planes, width, height, 1 << level);
            for (int plane = 0; plane < 4; plane++)
                for (int at = 0; at < width * height; at++)
                    Assert.Equal(planes[plane][at], smoothing.Row((SmoothingPlane)plane, at / width)[at % width], 1e-4);
        }
    }

    [Fact]
    public void Sizes_and_levels_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GuidedSmoothing(0, 4, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GuidedSmoothing(4, 4, new float[10]));
        var smoothing = new GuidedSmoothing(4, 4, new float[GuidedSmoothing.Floats(4, 4)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => smoothing.Pass(0, GuidedSmoothing.Levels));
        Assert.Throws<ArgumentOutOfRangeException>(() => smoothing.Prepare(4));
    }
}
