using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

public class DerivativeTests
{
    private static readonly (int, int)[] One = [(5, 19)], Two = [(5, 19), (5, 19)], Row = [(5, 19), (1, 19)];
    private static readonly int[] Offsets = [0, 3, 4, 19], Codes = [2, 0, -1, 2, 1, 2];
    private static readonly int[] BagRows = [0, 3, 3, -1, 1, 0, 2, 2, -1, 0, 1, 3];
    private static readonly float[] BagFactors = [1, -0.5f, 2, 1, 0.25f, 1, -1, 3, 1, 0, 1, 0.125f];
    private static readonly int[] Targets = [0, 0, 14, 2, -1, 3, 1, 0, 0, -1, 0, 7, 2, 0, -1];

    private static readonly Operation[] All =
    [
        new("add", Two, (t, x) => t.Add(x[0], x[1])),
        new("add a row", Row, (t, x) => t.Add(x[0], x[1])),
        new("add a column to a row", [(5, 1), (1, 19)], (t, x) => t.Add(x[0], x[1])),
        new("subtract from a number", [(1, 1), (5, 19)], (t, x) => t.Subtract(x[0], x[1])),
        new("multiply", Two, (t, x) => t.Multiply(x[0], x[1])),
        new("multiply by a column", [(5, 19), (5, 1)], (t, x) => t.Multiply(x[0], x[1])),
        new("divide", Two, (t, x) => t.Divide(x[0], x[1]), true),
        new("divide a row by a matrix", [(1, 19), (5, 19)], (t, x) => t.Divide(x[0], x[1]), true),
        new("affine", One, (t, x) => t.Affine(x[0], -1.5f, 3)),
        new("same input twice", One, (t, x) => t.Multiply(x[0], t.Exp(x[0]))),
        new("relu", One, (t, x) => t.Relu(x[0])),
        new("leaky relu", One, (t, x) => t.LeakyRelu(x[0], 0.2f)),
        new("tanh", One, (t, x) => t.Tanh(x[0])),
        new("sigmoid", One, (t, x) => t.Sigmoid(x[0])),
        new("softplus", One, (t, x) => t.Softplus(x[0])),
        new("silu", One, (t, x) => t.Silu(x[0])),
        new("gelu", One, (t, x) => t.Gelu(x[0])),
        new("exp", One, (t, x) => t.Exp(t.Scale(x[0], 0.5f))),
        new("log", One, (t, x) => t.Log(x[0]), true),
        new("square", One, (t, x) => t.Square(x[0])),
        new("sqrt", One, (t, x) => t.Sqrt(x[0]), true),
        new("abs", One, (t, x) => t.Abs(x[0])),
        new("sum down", One, (t, x) => t.SumDown(x[0])),
        new("mean across", One, (t, x) => t.MeanAcross(x[0])),
        new("mean", One, (t, x) => t.Mean(x[0])),
        new("norm of rows", One, (t, x) => t.Sqrt(t.SumAcross(t.Square(x[0])))),
        new("squares across", One, (t, x) => t.SquaresAcross(x[0])),
        new("broadcast", [(1, 19)], (t, x) => t.BroadcastTo(x[0], 4, 19)),
        new("product", [(5, 7), (7, 9)], (t, x) => t.MatMul(x[0], x[1])),
        new("product, first transposed", [(7, 5), (7, 9)], (t, x) => t.MatMul(x[0], x[1], true)),
        new("product, second transposed", [(5, 7), (9, 7)], (t, x) => t.MatMul(x[0], x[1], false, true)),
        new("product, both transposed", [(7, 5), (9, 7)], (t, x) => t.MatMul(x[0], x[1], true, true)),
        new("linear", [(5, 7), (7, 9), (1, 9)], (t, x) => t.Linear(x[0], x[1], x[2])),
        new("linear of parts", [(5, 3), (5, 4), (7, 9), (1, 9)], (t, x) => t.Linear([x[0], t.Square(x[1])], x[2], x[3])),
        new("reshape", One, (t, x) => t.MatMul(t.Reshape(x[0], 19, 5), x[0])),
        new("columns", One, (t, x) => t.Columns(x[0], 3, 8)),
        new("rows", One, (t, x) => t.Rows(x[0], 1, 3)),
        new("beside", [(5, 3), (5, 4)], (t, x) => t.ConcatColumns(x[0], t.Square(x[1]), x[0])),
        new("below", [(5, 3), (2, 3)], (t, x) => t.ConcatRows(x[0], t.Square(x[1]), x[0])),
        new("gather", [(3, 20)], (t, x) => t.Gather(x[0], Codes)),
        new("scatter", [(6, 20)], (t, x) => t.ScatterAdd(x[0], Codes, 4)),
        new("bag", [(4, 20)], (t, x) => t.Bag(x[0], BagRows, BagFactors, 3)),
        new("bag without factors", [(4, 20)], (t, x) => t.Bag(x[0], BagRows, null, 2)),
        new("bag onto a tensor", [(4, 20), (6, 20)], (t, x) => t.Bag(x[0], BagRows, null, 2, x[1])),
        new("softmax", One, (t, x) => t.Softmax(x[0])),
        new("softmax by segments", One, (t, x) => t.Softmax(x[0], Offsets), FirstOrder: true),
        new("cross entropy beside other columns", [(5, 23)], (t, x) => t.CrossEntropy(x[0], Offsets, Targets), FirstOrder: true),
        new("divergence of normals", Two, (t, x) => t.NormalDivergence(x[0], x[1]), FirstOrder: true),
        new("cross entropy", One, (t, x) => t.CrossEntropy(x[0], Offsets, Targets), FirstOrder: true),
        new("dropout", One, (t, x) => t.Dropout(x[0], 0.3f, new RandomStream(1, "drop"), 7, 2)),
        new("layer norm", [(5, 19), (1, 19), (1, 19)], (t, x) => t.LayerNorm(x[0], x[1], x[2]), FirstOrder: true),
        new("group norm", [(6, 24), (1, 24), (1, 24)], (t, x) => t.GroupNorm(x[0], 2, 3, x[1], x[2]), FirstOrder: true),
        new("batch norm", [(7, 19), (1, 19), (1, 19)], (t, x) => t.BatchNorm(x[0], x[1], x[2], out _, out _), FirstOrder: true),
        new("convolution", [(2 * 30, 2), (18, 3), (1, 3)],
            (t, x) => t.Convolve(x[0], new Patches(6, 5, 3, 2, 1), x[1], x[2])),
        new("transposed convolution", [(2 * 9, 2), (2, 48), (1, 3)],
            (t, x) => t.ConvolveTransposed(x[0], new Patches(6, 6, 4, 2, 1), x[1], x[2])),
        new("attention", [(8, 12), (8, 12), (8, 12)], (t, x) => t.Attention(x[0], x[1], x[2], 4, 3), FirstOrder: true),
        new("causal attention", [(6, 40), (6, 40), (6, 40)], (t, x) => t.Attention(x[0], x[1], x[2], 3, 2, true),
            FirstOrder: true),
        new("two layers", [(5, 7), (7, 9), (1, 9), (9, 1)], (t, x) => t.MatMul(t.Tanh(t.Linear(x[0], x[1], x[2])), x[3])),
    ];

    public static TheoryData<string> Names => [.. All.Select(o => o.Name)];
    public static TheoryData<string> FirstOrderNames => [.. All.Where(o => o.FirstOrder).Select(o => o.Name)];
    public static TheoryData<string> SecondOrderNames => [.. All.Where(o => !o.FirstOrder).Select(o => o.Name)];

    private static Operation Named(string name) => All.Single(o => o.Name == name);

    [Theory, MemberData(nameof(Names))]
    public void A_derivative_is_the_limit_of_differences(string name) => Slopes.CheckFirst(Named(name));

    [Theory, MemberData(nameof(SecondOrderNames))]
    public void A_derivative_can_be_differentiated_again(string name) => Slopes.CheckSecond(Named(name));

    [Theory, MemberData(nameof(FirstOrderNames))]
    public void An_operation_of_first_order_says_so(string name) =>
        Assert.Throws<InvalidOperationException>(() => Slopes.CheckSecond(Named(name)));

    [Fact]
    public void A_third_derivative_comes_of_itself()
    {
        using var tape = new Tape();
        var x = tape.Full(1, 1, 1.5f);
        var y = tape.Multiply(tape.Square(x), tape.Square(x));
        for (int order = 0; order < 3; order++) y = tape.Gradient(y, [x], createGraph: true)[0];
        Assert.Equal(24 * 1.5f, y.Scalar, 1e-4f);
    }

    [Fact]
    public void What_nothing_depends_on_has_a_derivative_of_zero()
    {
        using var tape = new Tape();
        Tensor x = tape.Full(2, 2, 1), other = tape.Full(1, 3, 1);
        var slopes = tape.Gradient(tape.Sum(tape.Multiply(x, tape.Detach(x))), [x, other]);
        Assert.Equal([1, 1, 1, 1], slopes[0].Values.ToArray());
        Assert.Equal([0, 0, 0], slopes[1].Values.ToArray());
    }

    [Fact]
    public void A_derivative_by_a_result_on_the_way_is_given()
    {
        using var tape = new Tape();
        var x = tape.Full(1, 2, 3);
        var half = tape.Square(x);
        var slopes = tape.Gradient(tape.Scale(half, 5), [half, x]);
        Assert.Equal([5, 5], slopes[0].Values.ToArray());
        Assert.Equal([30, 30], slopes[1].Values.ToArray());
    }

    // Wasserstein critics are held to a slope of 1 by such a penalty: for a linear critic it is (|w| - 1)^2, in closed form.
    [Fact]
    public void The_gradient_penalty_of_a_linear_critic_is_known()
    {
        using var tape = new Tape();
        Tensor x = tape.Full(4, 2, 0.5f), w = tape.Constant(2, 1, [3, 4]);
        var slope = tape.Gradient(tape.MatMul(x, w), [x], createGraph: true)[0];
        var norms = tape.Sqrt(tape.SumAcross(tape.Square(slope)));
        var penalty = tape.Mean(tape.Square(tape.AddScalar(norms, -1)));
        Assert.Equal(16, penalty.Scalar, 1e-4f);
        // d/dw (|w| - 1)^2 = 2 (|w| - 1) w / |w|
        Assert.Equal([4.8f, 6.4f], tape.Gradient(penalty, [w])[0].Values.ToArray().Select(v => MathF.Round(v, 4)));
    }
}
