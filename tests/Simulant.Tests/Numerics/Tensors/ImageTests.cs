using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

/// <summary>Convolution and attention against their definitions, written as plain loops in double precision.</summary>
public class ImageTests
{
    private static Tensor Numbers(Tape tape, int rows, int columns, int slot) =>
        tape.Normal(rows, columns, new RandomStream(6, "images"), 0, slot);

    [Theory]
    [InlineData(7, 5, 3, 1, 1)]
    [InlineData(8, 8, 4, 2, 1)]
    [InlineData(5, 6, 1, 1, 0)]
    [InlineData(9, 4, 3, 3, 2)]
    public void Convolution_and_its_transpose_are_their_definitions(int height, int width, int size, int stride, int padding)
    {
        const int images = 2, channels = 3, filters = 4;
        var patches = new Patches(height, width, size, stride, padding);
        using var tape = new Tape();
        Tensor x = Numbers(tape, images * patches.Places, channels, 0), bias = Numbers(tape, 1, filters, 2);
        var weight = Numbers(tape, size * size * channels, filters, 1);
        var y = tape.Convolve(x, patches, weight, bias);
        Assert.Equal(images * patches.Down * patches.Across, y.Rows);
        // The transpose, from the adjoint's definition: the sum of y u over all places equals that of x by the transpose of u.
        var u = Numbers(tape, y.Rows, filters, 3);
        var back = tape.ConvolveTransposed(u, patches, tape.Constant(filters, size * size * channels, Turned(weight)),
            tape.Full(1, channels, 0));
        double left = 0, right = 0;
        for (int row = 0; row < y.Rows; row++)
        {
            int image = row / patches.Count, top = row % patches.Count / patches.Across, at = row % patches.Across;
            for (int f = 0; f < filters; f++)
            {
                double sum = 0;
                for (int i = 0; i < size * size; i++)
                {
                    int v = top * stride - padding + i / size, h = at * stride - padding + i % size;
                    if (v < 0 || v >= height || h < 0 || h >= width) continue;
                    for (int c = 0; c < channels; c++)
                        sum += (double)x.Row((image * height + v) * width + h)[c] * weight.Row(i * channels + c)[f];
                }
                Assert.Equal(sum + bias.Values[f], y.Row(row)[f], 1e-5);
                left += sum * u.Row(row)[f];
            }
        }
        for (int i = 0; i < x.Length; i++) right += (double)x.Values[i] * back.Values[i];
        Assert.Equal(left, right, 1e-3);
    }

    private static float[] Turned(Tensor x)
    {
        float[] made = new float[x.Length];
        for (int r = 0; r < x.Rows; r++)
            for (int c = 0; c < x.Columns; c++) made[c * x.Rows + r] = x.Row(r)[c];
        return made;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attention_is_its_definition(bool causal)
    {
        const int sequences = 2, length = 5, heads = 3, width = 4;
        using var tape = new Tape();
        Tensor[] qkv = [.. Enumerable.Range(0, 3).Select(i => Numbers(tape, sequences * length, heads * width, i))];
        var y = tape.Attention(qkv[0], qkv[1], qkv[2], length, heads, causal);
        for (int s = 0; s < sequences; s++)
        {
            for (int i = 0; i < length; i++)
            {
                for (int c = 0; c < heads * width; c++)
                {
                    int head = c / width * width, seen = causal ? i + 1 : length;
                    double[] e = new double[seen];
                    for (int j = 0; j < seen; j++)
                    {
                        for (int w = head; w < head + width; w++)
                            e[j] += (double)qkv[0].Row(s * length + i)[w] * qkv[1].Row(s * length + j)[w] / Math.Sqrt(width);
                        e[j] = Math.Exp(e[j]);
                    }
                    double expected = Enumerable.Range(0, seen).Sum(j => e[j] / e.Sum() * qkv[2].Row(s * length + j)[c]);
                    Assert.Equal(expected, y.Row(s * length + i)[c], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        static float[] Make(int threads)
        {
            using var tape = new Tape(loop: Work.Loop(RunContext.Quiet(0, threads)));
            Tensor x = Numbers(tape, 9 * 16, 8, 0), weight = Numbers(tape, 72, 8, 1);
            var y = tape.Convolve(x, new Patches(4, 4, 3, 1, 1), weight, tape.Full(1, 8, 0.5f));
            var loss = tape.Sum(tape.Square(tape.Attention(y, x, y, 16, 2)));
            return [.. tape.Gradient(loss, [x, weight]).SelectMany(g => g.Values.ToArray())];
        }
        Assert.Equal(Make(1), Make(2));
        Assert.Equal(Make(1), Make(8));
    }

    [Fact]
    public void Windows_that_do_not_fit_are_refused()
    {
        using var tape = new Tape();
        var x = tape.Full(12, 4, 1);
        foreach (var patches in (Patches[])[new(3, 4, 5), new(3, 4, 2, 0), new(3, 4, 2, 1, 2), new(5, 5, 3), new(0, 4, 1)])
            Assert.Throws<ArgumentException>(() => tape.Unfold(x, patches));
        Assert.Throws<ArgumentException>(() => tape.Fold(x, new Patches(4, 4, 3)));
        Assert.Throws<ArgumentException>(() => tape.Attention(x, x, x, 5, 2));
        Assert.Throws<ArgumentException>(() => tape.Attention(x, x, tape.Full(12, 2, 1), 4, 2));
    }
}
