using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Products;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

public class PanelsTests
{
    private static readonly RandomStream Stream = new(4, "panels");

    private static float[] Numbers(int count, int slot, double spread = 1)
    {
        float[] made = new float[count];
        for (int i = 0; i < count; i++) made[i] = (float)(spread * Stream.Normal(i, slot));
        return made;
    }

    private static Panels Filled(float[] values, int rows, int numbers)
    {
        var panels = new Panels(rows, numbers);
        panels.Gather(values, [.. Enumerable.Range(0, rows)]);
        return panels;
    }

    private static float[] Read(Panels panels, int rows, int numbers)
    {
        float[] values = new float[rows * numbers];
        for (int r = 0; r < rows; r++) panels.CopyRow(r, 0, values.AsSpan(r * numbers, numbers));
        return values;
    }

    // Around the edges of tiles (6, 12 units; 16, 32 lanes) and of blocks of inputs (256).
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 5, 6)]
    [InlineData(33, 256, 13)]
    [InlineData(70, 257, 24)]
    [InlineData(97, 600, 146)]
    public void Products_have_the_bits_of_three_loops(int rows, int inputs, int units)
    {
        float[] x = Numbers(rows * inputs, 1), weight = Numbers(inputs * units, 2), onto = Numbers(rows * units, 3), expected = [.. onto];
        MatrixProduct.Multiply(x, false, weight, false, expected, rows, units, inputs, accumulate: true, kernel: ProductKernel.Naive);
        var (from, packed) = (Filled(x, rows, inputs), new PanelWeight(weight, inputs, units));
        var sums = Filled(onto, rows, units);
        packed.Add(from, sums, sums.Count);
        Assert.Equal(expected, Read(sums, rows, units));
        var rectified = Filled(onto, rows, units);
        packed.Add(from, rectified, rectified.Count, rectify: true);
        Assert.Equal(expected.Select(v => Math.Max(v, 0)), Read(rectified, rows, units));
    }

    [Fact]
    public void Rows_are_looked_up_and_read_back()
    {
        float[] table = Numbers(7 * 5, 4);
        var panels = new Panels(40, 5);
        int[] which = [.. Enumerable.Range(0, 40).Select(r => r * 3 % 7)];
        panels.Gather(table, which);
        float[] part = new float[3];
        for (int r = 0; r < which.Length; r++)
        {
            panels.CopyRow(r, 2, part);
            Assert.Equal(table.AsSpan(which[r] * 5 + 2, 3).ToArray(), part);
        }
    }

    [Fact]
    public void Softmax_and_tangent_have_the_bits_they_have_by_rows()
    {
        int[] offsets = [0, 1, 4, 19, 35, 52, 120];
        const int rows = 50, numbers = 123;
        float[] x = Numbers(rows * numbers, 5, spread: 4);
        var panels = Filled(x, rows, numbers);
        for (int q = 0; q < panels.Count; q++)
        {
            panels.Softmax(q, offsets);
            panels.Tanh(q, 120, 3);
        }
        using var tape = new Tape(recording: false);
        var all = tape.Constant(rows, numbers, x);
        var expected = tape.ConcatColumns(tape.Softmax(tape.Columns(all, 0, 120), offsets), tape.Tanh(tape.Columns(all, 120, 3)));
        Assert.Equal(expected.Values.ToArray(), Read(panels, rows, numbers));
    }

    [Fact]
    public void A_number_is_chosen_where_the_sum_passes_the_part()
    {
        int lanes = Panels.Lanes;
        const int numbers = 9;
        float[] shares = [.. Numbers(lanes * numbers, 6).Select((v, i) => i % 4 == 1 ? 0 : Math.Abs(v))];
        shares.AsSpan(numbers, numbers).Clear(); // a row without any
        var panels = Filled(shares, lanes, numbers);
        double[] u = [.. Enumerable.Range(0, lanes).Select(l => l < 3 ? 0 : Stream.Uniform(l, 7))], within = new double[lanes];
        int[] chosen = new int[lanes];
        panels.Choose(0, 0, numbers, u, chosen, within);
        for (int l = 0; l < lanes; l++)
        {
            double[] row = [.. shares.Skip(l * numbers).Take(numbers).Select(s => (double)s)];
            if (row.Sum() == 0)
            {
                Assert.Equal((0, 1 - 1e-12), (chosen[l], within[l]));
                continue;
            }
            double below = row.Take(chosen[l]).Sum(), passed = (u[l] * row.Sum() - below) / row[chosen[l]];
            Assert.InRange(passed, -1e-9, 1);
            Assert.Equal(passed, within[l], 1e-9);
        }
        Assert.True(chosen.Distinct().Count() > 3);
        Assert.Throws<ArgumentException>(() => panels.Choose(0, 0, numbers, u.AsSpan(1), chosen, within));
    }

    [Fact]
    public void Random_numbers_by_lanes_are_those_of_their_addresses()
    {
        long[] items = [.. Enumerable.Range(0, 37).Select(i => i * 1_000_000_007L)];
        int[] draws = [.. Enumerable.Range(0, 37).Select(i => i % 5)];
        double[] uniforms = new double[37];
        UniformLanes.Fill(Stream, items, draws, 9, uniforms);
        for (int r = 0; r < items.Length; r++) Assert.Equal(Stream.Uniform(items[r], 9, draws[r]), uniforms[r]);
        float[] normals = new float[12 * 20];
        NormalLanes.FillDown(Stream, items.AsSpan(0, 13), draws.AsSpan(0, 13), firstSlot: 5, slots: 3, normals, stride: 20);
        for (int r = 0; r < 13; r++)
            for (int s = 0; s < 3; s++)
            {
                var (a, b, c, d) = Stream.Bits(items[r], 5 + s, draws[r]);
                uint[] words = [a, b, c, d];
                for (int w = 0; w < 4; w++) Assert.Equal(NormalLanes.Of(words[w]), normals[(4 * s + w) * 20 + r]);
            }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PanelWeight(new float[5], 2, 3));
        var weight = new PanelWeight(new float[6], 2, 3);
        Panels two = new(8, 2), three = new(8, 3);
        Assert.Throws<ArgumentException>(() => weight.Add(three, three, 1));
        Assert.Throws<ArgumentException>(() => weight.Add(two, two, 1));
        Assert.Throws<ArgumentException>(() => weight.Add(two, three, 2));
        Assert.ThrowsAny<ArgumentException>(() => three.Gather(new float[3], new int[Panels.Lanes + 1]));
    }
}
