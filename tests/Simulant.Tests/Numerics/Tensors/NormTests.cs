using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

public class NormTests
{
    private static Tensor Numbers(Tape tape, int rows, int columns) =>
        tape.Affine(tape.Normal(rows, columns, new RandomStream(6, "norms"), 0, 0), 2, 3);

    private static double[] Standard(IEnumerable<float> numbers)
    {
        double[] x = [.. numbers.Select(v => (double)v)];
        double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
        return [.. x.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5))];
    }

    [Fact]
    public void Norms_are_their_definitions()
    {
        using var tape = new Tape();
        var x = Numbers(tape, 6, 40);
        Tensor gain = tape.Full(1, 40, 2), bias = tape.Full(1, 40, -1);
        Tensor layer = tape.LayerNorm(x, gain, bias), batch = tape.BatchNorm(x, gain, bias, out var mean, out var variance);
        var group = tape.GroupNorm(x, 3, 2, gain, bias);
        for (int r = 0; r < 6; r++)
        {
            double[] row = Standard(x.Row(r).ToArray());
            for (int c = 0; c < 40; c++) Assert.Equal(2 * row[c] - 1, layer.Row(r)[c], 1e-5);
        }
        for (int i = 0; i < 4; i++)
        {
            int first = i / 2 * 3, from = i % 2 * 20;
            double[] expected = Standard(Enumerable.Range(first, 3).SelectMany(r => x.Row(r).Slice(from, 20).ToArray()));
            for (int k = 0; k < 60; k++) Assert.Equal(2 * expected[k] - 1, group.Row(first + k / 20)[from + k % 20], 1e-5);
        }
        for (int c = 0; c < 40; c++)
        {
            float[] column = [.. Enumerable.Range(0, 6).Select(r => x.Row(r)[c])];
            double[] expected = Standard(column);
            for (int r = 0; r < 6; r++) Assert.Equal(2 * expected[r] - 1, batch.Row(r)[c], 1e-5);
            Assert.Equal(column.Average(), mean.Values[c], 1e-5);
            Assert.Equal(column.Select(v => (v - column.Average()) * (v - column.Average())).Average(), variance.Values[c], 1e-4);
        }
    }

    [Fact]
    public void A_row_of_layer_norm_does_not_know_its_batch()
    {
        using var tape = new Tape();
        var x = Numbers(tape, 6, 37);
        Tensor gain = tape.Full(1, 37, 2), bias = tape.Full(1, 37, -1);
        Assert.Equal(tape.LayerNorm(x, gain, bias).Row(4).ToArray(),
            tape.LayerNorm(tape.Rows(x, 4, 1), gain, bias).Values.ToArray());
    }

    [Fact]
    public void Running_statistics_approach_those_of_the_data_and_serve_after_training()
    {
        var store = new ParameterStore(new RandomStream(1, "net"));
        var layer = new BatchNormLayer(store, "norm", 3);
        using var tape = new Tape();
        for (int step = 0; step < 100; step++)
        {
            layer.Apply(tape, tape.Affine(tape.Normal(400, 3, new RandomStream(6, "rows"), step * 400, 0), 2, 3), true);
            tape.Reset();
        }
        Assert.All(store.Parameters[2].Tensor.Values.ToArray(), mean => Assert.Equal(3, mean, 0.1f));
        Assert.All(store.Parameters[3].Tensor.Values.ToArray(), variance => Assert.Equal(4, variance, 0.25f));
        Assert.Equal([1, 1, 1], layer.Apply(tape, tape.Full(1, 3, 5), false).Values.ToArray().Select(y => MathF.Round(y)));
        Assert.Throws<ArgumentException>(() => layer.Apply(tape, tape.Full(1, 3, 5), true));
    }

    [Fact]
    public void A_residual_block_keeps_its_shape()
    {
        var store = new ParameterStore(new RandomStream(1, "net"));
        var block = new ResidualBlock(store, "block", 8, 16);
        using var tape = new Tape();
        var x = Numbers(tape, 5, 8);
        var y = block.Apply(tape, x);
        Assert.Equal((5, 8), (y.Rows, y.Columns));
        store.Parameters.Single(p => p.Name == "block.out.weight").Tensor.Values.Clear();
        store.Parameters.Single(p => p.Name == "block.out.bias").Tensor.Values.Clear();
        Assert.Equal(x.Values.ToArray(), block.Apply(tape, x).Values.ToArray());
    }

    [Fact]
    public void Groups_that_do_not_divide_are_refused()
    {
        using var tape = new Tape();
        var x = tape.Full(2, 12, 1);
        Tensor row = tape.Full(1, 12, 1), four = tape.Full(1, 4, 1);
        Assert.Throws<ArgumentException>(() => tape.GroupNorm(x, 1, 5, row, row));
        Assert.Throws<ArgumentException>(() => tape.GroupNorm(x, 3, 1, row, row));
        Assert.Throws<ArgumentException>(() => tape.LayerNorm(x, four, four));
        Assert.Throws<ArgumentException>(() => tape.BatchNorm(tape.New(0, 4), four, four, out _, out _));
    }
}
