using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

/// <summary>Values of operations against .NET's double precision, and the same bits wherever in a tensor they stand.</summary>
public class FunctionTests
{
    private static readonly Dictionary<string, (Func<Tape, Tensor, Tensor> Of, Func<double, double> Exact, double Low, double High)>
        All = new()
        {
            ["exp"] = ((t, x) => t.Exp(x), Math.Exp, -86, 88),
            ["log"] = ((t, x) => t.Log(x), Math.Log, 1e-6, 1000),
            ["tanh"] = ((t, x) => t.Tanh(x), Math.Tanh, -12, 12),
            ["sigmoid"] = ((t, x) => t.Sigmoid(x), x => 1 / (1 + Math.Exp(-x)), -80, 80),
            ["softplus"] = ((t, x) => t.Softplus(x), x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), -15, 90),
            ["silu"] = ((t, x) => t.Silu(x), x => x / (1 + Math.Exp(-x)), -50, 50),
            ["gelu"] = ((t, x) => t.Gelu(x), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
                -3, 10),
            ["sqrt"] = ((t, x) => t.Sqrt(x), Math.Sqrt, 0, 1e9),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Functions_are_right_to_a_few_units_in_the_last_place(string name)
    {
        var (of, exact, low, high) = All[name];
        float[] x = [.. Enumerable.Range(0, 4001).Select(i => (float)(low + (high - low) * i / 4000))];
        using var tape = new Tape(recording: false);
        var y = of(tape, tape.Constant(1, x.Length, x));
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            Assert.True(Math.Abs(y.Values[i] - expected) <= 2e-6 * Math.Abs(expected) + 1e-37,
                $"{name}({x[i]}) = {y.Values[i]}, not {expected}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_number_has_one_result_wherever_it_stands(string name)
    {
        var (of, _, low, high) = All[name];
        float[] x = [.. Enumerable.Range(0, 67).Select(i => (float)(low + (high - low) * i / 66))];
        using var tape = new Tape(recording: false);
        float[] whole = of(tape, tape.Constant(1, 67, x)).Values.ToArray();
        for (int i = 0; i < x.Length; i++) Assert.Equal(whole[i], of(tape, tape.Constant(1, 1, [x[i]])).Scalar);
    }

    /// <summary>Digests of the bits that vectors of sixteen gave before there was a form for processors without them.</summary>
    [Fact]
    public void Every_width_of_vectors_gives_the_same_bits()
    {
        using var tape = new Tape(recording: false);
        var stream = new RandomStream(6, "bits");
        var x = tape.Affine(tape.Uniform(1, 10_007, stream, 0, 0), 180, -90);
        Assert.Equal(0x7C0B770Cu, Digest(tape.Exp(x)));
        Assert.Equal(0xC59EAEA5u, Digest(tape.Log(tape.Square(x))));
        Assert.Equal(0x7365606Fu, Digest(tape.Softplus(x)));
        Assert.Equal(0x73BDBFDCu, Digest(tape.Tanh(x)));
        Assert.Equal(0xDC512227u, Digest(tape.Normal(7, 1001, stream, 0, 1)));
        Assert.Equal(0x259E0115u, Digest(tape.Gumbel(7, 1001, stream, 0, 2)));

        static uint Digest(Tensor y)
        {
            uint digest = 2166136261;
            foreach (float v in y.Values) digest = (digest ^ BitConverter.SingleToUInt32Bits(v)) * 16777619;
            return digest;
        }
    }

    [Fact]
    public void Ends_of_the_range_are_kept()
    {
        using var tape = new Tape(recording: false);
        var x = tape.Constant(1, 5, [float.NegativeInfinity, -1000, float.NaN, 1000, float.PositiveInfinity]);
        const float inf = float.PositiveInfinity, nan = float.NaN;
        Assert.Equal([0, 0, nan, inf, inf], tape.Exp(x).Values.ToArray());
        Assert.Equal([nan, nan, nan, 6.9077554f, inf], tape.Log(x).Values.ToArray());
        Assert.Equal([-1, -1, nan, 1, 1], tape.Tanh(x).Values.ToArray());
        Assert.Equal([0, 0, nan, 1, 1], tape.Sigmoid(x).Values.ToArray());
        Assert.Equal([0, 0, nan, 1000, inf], tape.Softplus(x).Values.ToArray());
        Assert.Equal(float.NegativeInfinity, tape.Log(tape.Full(1, 1, 0)).Scalar);
        Assert.Equal(Math.Log(1e-40), tape.Log(tape.Full(1, 1, 1e-40f)).Scalar, 1e-4);
    }

    [Fact]
    public void Softmax_and_cross_entropy_are_their_definitions_in_every_segment()
    {
        int[] offsets = [0, 2, 3, 30];
        float[] x = [.. Enumerable.Range(0, 90).Select(i => (float)(10 * new RandomStream(2, "logits").Normal(i, 0)))];
        int[] targets = [1, 0, 20, 0, -1, 3, -1, 0, 0];
        using var tape = new Tape();
        var logits = tape.Constant(3, 30, x);
        Tensor shares = tape.Softmax(logits, offsets), losses = tape.CrossEntropy(logits, offsets, targets);
        for (int r = 0; r < 3; r++)
        {
            for (int s = 0; s < 3; s++)
            {
                double[] e = [.. x[(30 * r + offsets[s])..(30 * r + offsets[s + 1])].Select(v => Math.Exp(v))];
                for (int c = 0; c < e.Length; c++) Assert.Equal(e[c] / e.Sum(), shares.Row(r)[offsets[s] + c], 1e-6);
                int target = targets[3 * r + s];
                Assert.Equal(target < 0 ? 0 : -Math.Log(e[target] / e.Sum()), losses.Row(r)[s], 1e-4);
            }
        }
    }

    [Fact]
    public void The_divergence_of_normals_is_the_integral_of_their_density_over_the_standard_one()
    {
        float[] means = [0, 1.5f, -2, 0.25f], logs = [0, 1, -1.5f, 0.5f];
        using var tape = new Tape();
        double expected = 0;
        for (int i = 0; i < means.Length; i++)
        {
            double deviation = Math.Exp(logs[i] / 2.0);
            for (double z = -9; z < 9; z += 0.001)
            {
                double x = means[i] + deviation * z, density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
                expected += 0.001 * density * (-z * z / 2 - logs[i] / 2.0 + x * x / 2);
            }
        }
        Assert.Equal(expected, tape.NormalDivergence(tape.Constant(2, 2, means), tape.Constant(2, 2, logs)).Scalar, 1e-4);
    }

    [Fact]
    public void Random_tensors_follow_their_laws_and_their_rows_do_not_know_the_batch()
    {
        var stream = new RandomStream(3, "noise");
        using var tape = new Tape();
        foreach (var (draw, mean, variance) in ((Func<int, long, Tensor> Draw, double Mean, double Variance)[])
            [((n, at) => tape.Uniform(n, 70, stream, at, 1), 0.5, 1.0 / 12), ((n, at) => tape.Normal(n, 70, stream, at, 1), 0, 1),
                ((n, at) => tape.Gumbel(n, 70, stream, at, 1), 0.5772157, Math.PI * Math.PI / 6),
                ((n, at) => tape.Dropout(tape.Full(n, 70, 1), 0.25f, stream, at, 1), 1, 1.0 / 3)])
        {
            var whole = draw(2000, 100);
            double[] values = [.. whole.Values.ToArray().Select(v => (double)v)];
            double average = values.Average();
            Assert.Equal(mean, average, 5 * Math.Sqrt(variance / values.Length));
            Assert.Equal(variance, values.Average(v => (v - average) * (v - average)), 0.03 * variance);
            Assert.Equal(whole.Row(1234).ToArray(), draw(1, 1334).Values.ToArray());
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var tape = new Tape();
        Tensor x = tape.Full(2, 3, 1), y = tape.Full(3, 2, 1);
        Assert.Throws<ArgumentException>(() => tape.Add(x, y));
        Assert.Throws<ArgumentException>(() => tape.MatMul(x, x));
        Assert.Throws<ArgumentException>(() => tape.Linear(x, y, y));
        Assert.Throws<ArgumentException>(() => tape.ConcatColumns(x, y));
        Assert.Throws<ArgumentException>(() => tape.ConcatRows(x, y));
        Assert.Throws<ArgumentException>(() => tape.Reshape(x, 4, 2));
        Assert.Throws<ArgumentException>(() => tape.BroadcastTo(x, 4, 3));
        Assert.Throws<ArgumentException>(() => tape.Softmax(x, [0, 2]));
        Assert.Throws<ArgumentException>(() => tape.CrossEntropy(x, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.CrossEntropy(x, [0, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Gather(x, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Columns(x, 2, 2));
        Assert.Throws<InvalidOperationException>(() => x.Scalar);
    }

    [Fact]
    public void A_tensor_is_gone_with_its_tape()
    {
        var arena = new Arena();
        var tape = new Tape(arena);
        var x = tape.Full(100, 100, 1);
        long before = arena.Allocated;
        tape.Reset();
        Assert.Throws<InvalidOperationException>(() => x.Values[0]);
        for (int i = 0; i < 10; i++)
        {
            tape.Full(99, 100, 1);
            tape.Reset();
        }
        Assert.Equal(before, arena.Allocated);
    }
}
