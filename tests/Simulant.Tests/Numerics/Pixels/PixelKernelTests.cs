using Simulant.Numerics.Kernels;
using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Pixels;

/// <summary>Kernels over pictures against loops that say what they should do, bit for bit, at sizes around every width of a
/// vector.</summary>
public class PixelKernelTests
{
    public static TheoryData<int, int, int> Sizes => new() { { 1, 1, 3 }, { 5, 3, 1 }, { 11, 7, 3 }, { 33, 9, 4 }, { 65, 17, 3 },
        { 40, 40, 2 } };

    private static byte[] Noise(int count, string name = "noise")
    {
        var stream = new RandomStream(3, "pixels/" + name);
        return [.. Enumerable.Range(0, count).Select(i => (byte)stream.Below(256, i, 0))];
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_table_replaces_each_byte(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), table = Noise(256, "table"), to = new byte[from.Length];
        ByteTable.Apply(from, to, table);
        Assert.Equal(from.Select(b => table[b]), to);
        ByteTable.Invert(from, to);
        Assert.Equal(from.Select(b => (byte)(255 - b)), to);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Mirroring_and_transposing_move_pixels(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), mirrored = new byte[from.Length], turned = new byte[from.Length];
        byte[] whole = new byte[from.Length];
        for (int y = 0; y < height; y++)
            Turning.Mirror(from.AsSpan(y * width * channels, width * channels), mirrored.AsSpan(y * width * channels, width * channels),
                channels);
        Turning.Mirror(from, whole, width, height, channels);
        Assert.Equal(mirrored, whole);
        Turning.Transpose(from, turned, width, height, channels);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                {
                    byte pixel = from[(y * width + x) * channels + c];
                    Assert.Equal(pixel, mirrored[(y * width + width - 1 - x) * channels + c]);
                    Assert.Equal(pixel, turned[(x * height + y) * channels + c]);
                }
    }

    [Theory]
    [InlineData(1), InlineData(10), InlineData(11), InlineData(100), InlineData(1000)]
    public void Colours_are_sums_of_colours(int pixels)
    {
        byte[] from = Noise(pixels * 3), to = new byte[from.Length];
        float[] matrix = [0.9f, 0.2f, -0.1f, 0.3f, 0.4f, 0.31f, -0.2f, 0.05f, 1.4f], shift = [3.5f, -20.25f, 0.1f];
        ColourMatrix.Apply(from, to, matrix, shift);
        for (int i = 0; i < from.Length; i++)
        {
            int p = i / 3 * 3, c = i % 3;
            double exact = matrix[3 * c] * (double)from[p] + matrix[3 * c + 1] * (double)from[p + 1] + matrix[3 * c + 2]
                * (double)from[p + 2] + shift[c];
            Assert.True(Math.Abs(Math.Clamp(exact, 0, 255) - to[i]) <= 0.5001, $"{exact} became {to[i]}");
            float sum = matrix[3 * c] * from[p];
            sum += matrix[3 * c + 1] * from[p + 1];
            sum += matrix[3 * c + 2] * from[p + 2];
            Assert.Equal((byte)Math.Clamp(sum + (shift[c] + 0.5f), 0f, 255f), to[i]);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Separable_sums_are_the_nearest_byte_to_the_exact_sum(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), to = new byte[from.Length];
        float[] across = Filters.Gaussian(1.3), down = [0.25f, 0.5f, 0.25f];
        Filters.Separable(from, to, width, height, channels, across, down);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                {
                    double sum = 0;
                    for (int k = 0; k < down.Length; k++)
                        for (int j = 0; j < across.Length; j++)
                            sum += down[k] * across[j] * At(from, width, height, channels, x + j - across.Length / 2, y + k - 1, c);
                    // Weights are whole 256ths, so that the sum is exact.
                    Assert.Equal((byte)Math.Floor(sum + 0.5), to[(y * width + x) * channels + c]);
                }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Separable_sums_of_other_weights_run_in_the_order_of_the_taps(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), to = new byte[from.Length];
        float[] across = [1 / 3f, 1 / 3f, 1 / 3f], down = [0.2f, 0.2f, 0.2f, 0.2f, 0.2f];
        Filters.Separable(from, to, width, height, channels, across, down);
        float Column(int x, int y, int c)
        {
            float sum = At(from, width, height, channels, x, y - 2, c) * down[0];
            for (int k = 1; k < 5; k++) sum += At(from, width, height, channels, x, y + k - 2, c) * down[k];
            return sum;
        }
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                {
                    float sum = 0.5f;
                    for (int j = 0; j < 3; j++) sum += Column(Mirror(x + j - 1, width), y, c) * across[j];
                    Assert.Equal((byte)Math.Clamp(sum, 0f, 255f), to[(y * width + x) * channels + c]);
                }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Halving_takes_means_of_four_and_colours_are_counted_and_replaced_by_channel(int width, int height, int channels)
    {
        (width, height) = (width / 2 * 2 + 2, height / 2 * 2 + 2);
        byte[] from = Noise(width * height * channels), half = new byte[from.Length / 4];
        Turning.Halve(from, half, width, height, channels);
        for (int i = 0; i < half.Length; i++)
        {
            int c = i % channels, x = i / channels % (width / 2) * 2, y = i / channels / (width / 2) * 2, sum = 0;
            for (int k = 0; k < 4; k++) sum += from[((y + k / 2) * width + x + k % 2) * channels + c];
            Assert.Equal((byte)((sum + 2) / 4), half[i]);
        }
        byte[] colours = Noise(3 * width * height), to = new byte[colours.Length];
        byte[][] tables = [.. Enumerable.Range(0, 3).Select(c => Noise(256, $"table {c}"))];
        var counts = Histograms.CountColours(colours);
        ByteTable.ApplyColours(colours, to, tables[0], tables[1], tables[2]);
        for (int c = 0; c < 3; c++) Assert.Equal(Histograms.Count(colours, 3, c), counts[c]);
        Assert.Equal(colours.Select((v, i) => tables[i % 3][v]), to);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Square_sums_are_the_nearest_byte_to_the_exact_sum(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), to = new byte[from.Length];
        float[] kernel = [0, -1, 0.5f, 0, 2, 0, 0.25f, 0, -0.125f];
        Filters.Square(from, to, width, height, channels, kernel, 3, 7);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                {
                    double sum = 7;
                    for (int i = 0; i < 9; i++) sum += kernel[i] * At(from, width, height, channels, x + i % 3 - 1, y + i / 3 - 1, c);
                    Assert.Equal((byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255), to[(y * width + x) * channels + c]);
                }
    }

    [Theory]
    [InlineData(3), InlineData(5)]
    public void Medians_are_the_middle_of_the_sorted(int size)
    {
        foreach (var (width, height, channels) in new[] { (1, 1, 3), (7, 5, 1), (37, 9, 3) })
        {
            byte[] from = Noise(width * height * channels), to = new byte[from.Length];
            Medians.Apply(from, to, width, height, channels, size);
            for (int i = 0; i < from.Length; i++)
            {
                int c = i % channels, x = i / channels % width, y = i / channels / width, reach = size / 2;
                byte[] around = [.. Enumerable.Range(0, size * size).Select(k =>
                    At(from, width, height, channels, x + k % size - reach, y + k / size - reach, c))];
                Array.Sort(around);
                Assert.Equal(around[size * size / 2], to[i]);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_warp_interpolates_between_four_pixels(int width, int height, int channels)
    {
        byte[] from = Noise(width * height * channels), to = new byte[20 * 15 * channels], fill = [1, 2, 3, 4];
        foreach (var border in Enum.GetValues<Border>())
        {
            var map = new AffineMap(0.83, 0.31, -2.7, -0.25, 0.9, 1.4);
            Warping.Bilinear(from, width, height, channels, to, 20, 15, map, border, fill);
            for (int i = 0; i < to.Length; i++)
            {
                int c = i % channels, x = i / channels % 20, y = i / channels / 20;
                double u = map.A * x + map.B * y + map.C, v = map.D * x + map.E * y + map.F;
                double exact = Between(from, (width, height, channels), u, v, c, border, fill);
                // Places are rounded to 256ths: a step of 255 between neighbours is worth at most one each way.
                Assert.True(Math.Abs(exact - to[i]) <= 1.6, $"{border} {x},{y}: {exact} became {to[i]}");
            }
        }
    }

    // Wide enough that eight pixels go at once, in the picture, across its edges and outside.
    [Theory]
    [InlineData(1, Border.Constant), InlineData(2, Border.Nearest), InlineData(3, Border.Constant), InlineData(3, Border.Reflect)]
    [InlineData(4, Border.Constant)]
    public void Warps_of_eight_pixels_at_once_are_those_of_one(int channels, Border border)
    {
        const int Width = 67, Height = 41, Wide = 90, High = 50;
        byte[] from = Noise(Width * Height * channels), to = new byte[Wide * High * channels], fill = [1, 2, 3, 4];
        var map = new AffineMap(0.93, 0.21, -9.7, -0.15, 0.97, 1.4);
        Warping.Bilinear(from, Width, Height, channels, to, Wide, High, map, border, fill);
        int[] across = new int[Wide], down = new int[Wide];
        int At(int x, int y, int c) => border == Border.Constant && ((uint)x >= Width || (uint)y >= Height) ? fill[c]
            : border == Border.Reflect ? from[(Mirror(y, Height) * Width + Mirror(x, Width)) * channels + c]
            : from[(Math.Clamp(y, 0, Height - 1) * Width + Math.Clamp(x, 0, Width - 1)) * channels + c];
        for (int y = 0; y < High; y++)
        {
            map.Row(y, across, down);
            for (int i = 0; i < Wide * channels; i++)
            {
                int c = i % channels, p = i / channels, u = across[p] >> 8, v = down[p] >> 8;
                int over = across[p] & 255, under = down[p] & 255;
                int top = At(u, v, c) * (256 - over) + At(u + 1, v, c) * over;
                int bottom = At(u, v + 1, c) * (256 - over) + At(u + 1, v + 1, c) * over;
                Assert.Equal((byte)(top * (256 - under) + bottom * under + 32768 >> 16), to[y * Wide * channels + i]);
            }
        }
    }

    [Fact]
    public void A_spline_field_is_the_sum_of_its_knots_bumps()
    {
        const int Width = 61, Height = 23;
        const double Spacing = 9.5;
        int columns = SplineField.Knots(Width, Spacing), rows = SplineField.Knots(Height, Spacing);
        float[] knots = [.. Noise(columns * rows).Select(b => b / 64f - 2)], field = new float[Width * Height];
        SplineField.Fill(knots, columns, Width, Height, Spacing, 1.5f, field);
        // The uniform cubic B-spline's bump about knot 0, by the distance in knots.
        static double Bump(double t) => (t = Math.Abs(t)) < 1 ? (4 - 6 * t * t + 3 * t * t * t) / 6 : t < 2 ? Math.Pow(2 - t, 3) / 6 : 0;
        for (int i = 0; i < field.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < knots.Length; k++)
                sum += 1.5 * knots[k] * Bump(i % Width / Spacing + 1 - k % columns) * Bump(i / Width / Spacing + 1 - k / columns);
            Assert.Equal(sum, field[i], 1e-5);
        }
        Assert.Throws<ArgumentException>(() => SplineField.Fill(knots, columns - 1, Width, Height, Spacing, 1, field));
    }

    [Fact]
    public void Perspective_without_perspective_is_affine_and_displacements_may_say_the_same()
    {
        const int Width = 50, Height = 30;
        byte[] from = Noise(Width * Height * 3), a = new byte[from.Length], b = new byte[from.Length], c = new byte[from.Length];
        Warping.Bilinear(from, Width, Height, 3, a, Width, Height, new AffineMap(0.75, 0.25, -2, 0.5, 1.125, 1.5), Border.Reflect, []);
        Warping.Bilinear(from, Width, Height, 3, b, Width, Height, new PerspectiveMap(0.75, 0.25, -2, 0.5, 1.125, 1.5, 0, 0),
            Border.Reflect, []);
        float[] across = new float[Width * Height], down = new float[Width * Height];
        for (int i = 0; i < across.Length; i++)
            (across[i], down[i]) = (-0.25f * (i % Width) + 0.25f * (i / Width) - 2, 0.5f * (i % Width) + 0.125f * (i / Width) + 1.5f);
        Warping.Bilinear(from, Width, Height, 3, c, Width, Height, new DisplacementMap(Width, across, down), Border.Reflect, []);
        Assert.Equal(a, b);
        Assert.Equal(a, c);
    }

    [Fact]
    public void Places_that_are_no_numbers_lie_outside()
    {
        byte[] to = new byte[3];
        var nowhere = new DisplacementMap(1, [float.NaN], [float.PositiveInfinity]);
        Warping.Bilinear(Noise(27), 3, 3, 3, to, 1, 1, nowhere, Border.Constant, [9, 8, 7]);
        Assert.Equal([9, 8, 7], to);
    }

    [Fact]
    public void Equalised_values_are_even_and_clipping_limits_contrast()
    {
        int[] counts = new int[256];
        (counts[10], counts[20], counts[30], counts[40]) = (5, 5, 5, 5);
        byte[] table = Histograms.Equalise(counts);
        Assert.Equal([0, 85, 170, 255], new[] { table[10], table[20], table[30], table[40] });
        byte[] flat = [.. Enumerable.Repeat((byte)77, 256 * 256)], to = new byte[flat.Length];
        Histograms.Clahe(flat, to, 256, 256, 8, 1);
        // At limit 1 the clipped counts are even and the table is the identity but for rounding.
        Assert.All(to, b => Assert.InRange(b, 76, 79));
    }

    [Fact]
    public void Noise_is_addressed_by_place()
    {
        var stream = new RandomStream(5, "noise");
        float[] whole = new float[5001], part = new float[997];
        PixelNoise.Normals(stream, 2, 0, whole);
        PixelNoise.Normals(stream, 2, 500, part);
        Assert.Equal(whole[2000..2997], part);
        Assert.InRange(whole.Average(), -0.05, 0.05);
        Assert.InRange(whole.Average(v => v * v), 0.93, 1.07);
        byte[] from = Noise(5001), to = new byte[5001];
        PixelNoise.Add(from, to, whole, 3, 0.1f);
        for (int i = 0; i < to.Length; i++) Assert.Equal((byte)Math.Clamp(from[i] + (3 + 0.1f * from[i]) * whole[i] + 0.5f, 0f, 255f),
            to[i]);
        byte[] together = new byte[5001];
        PixelNoise.AddNormals(stream, 2, from, together, 3, 0.1f);
        Assert.Equal(to, together);
        // Word by word, by the address.
        for (int i = 0; i < 4; i++)
        {
            var (a, b, c, d) = stream.Bits(1240 + i, 2);
            float[] four = [NormalLanes.Of(a), NormalLanes.Of(b), NormalLanes.Of(c), NormalLanes.Of(d)];
            Assert.Equal(four, whole[(4960 + 4 * i)..(4964 + 4 * i)]);
        }
    }

    private static byte At(byte[] from, int width, int height, int channels, int x, int y, int c) =>
        from[(Mirror(y, height) * width + Mirror(x, width)) * channels + c];

    private static int Mirror(int at, int count)
    {
        while (at < 0 || at >= count) at = count == 1 ? 0 : at < 0 ? -at : 2 * (count - 1) - at;
        return at;
    }

    private static double Between(byte[] from, (int Width, int Height, int Channels) size, double u, double v, int c, Border border,
        byte[] fill)
    {
        int x = (int)Math.Floor(u), y = (int)Math.Floor(v);
        double One(int i, int j) => border switch
        {
            Border.Constant when i < 0 || j < 0 || i >= size.Width || j >= size.Height => fill[c],
            Border.Nearest => from[(Math.Clamp(j, 0, size.Height - 1) * size.Width + Math.Clamp(i, 0, size.Width - 1)) * size.Channels + c],
            _ => At(from, size.Width, size.Height, size.Channels, i, j, c),
        };
        double top = One(x, y) * (1 - u + x) + One(x + 1, y) * (u - x), bottom = One(x, y + 1) * (1 - u + x) + One(x + 1, y + 1) * (u - x);
        return top * (1 - v + y) + bottom * (v - y);
    }
}
