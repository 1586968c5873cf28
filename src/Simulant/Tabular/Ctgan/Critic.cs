using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// Judges groups of rows together (PacGAN: Lin and others 2018) with their conditions: two hidden layers, leaky rectifiers, half
/// of the numbers dropped (Xu and others 2019, section 4.4).
/// </summary>
/// <remarks>
/// A group's inputs are the rows one after the other, then their conditions. The first layer is applied in parts, so that drawn
/// rows, which are dense, real rows and conditions, which are sparse, each cost what is not zero in them.
/// </remarks>
internal sealed class Critic
{
    private const float Slope = 0.2f, Rate = 0.5f;

    private readonly int _pac;
    private readonly Tensor _rows, _bias, _last, _lastBias;
    private readonly Tensor? _conditions;
    private readonly LinearLayer _second;

    public Critic(ParameterStore store, int rowWidth, int conditions, int pac, int width)
    {
        _pac = pac;
        var first = Initialisers.FanIn(pac * (rowWidth + conditions));
        _rows = store.Add("critic.0.weight", pac * rowWidth, width, first);
        if (conditions > 0) _conditions = store.Add("critic.0.condition", pac * conditions, width, first);
        _bias = store.Add("critic.0.bias", 1, width, first, decays: false);
        _second = new LinearLayer(store, "critic.1", width, width);
        _last = store.Add("critic.2.weight", 1, width, Initialisers.FanIn(width));
        _lastBias = store.Add("critic.2.bias", 1, 1, Initialisers.FanIn(width), decays: false);
    }

    /// <summary>Where randomness of one pass lies.</summary>
    internal readonly record struct Address(RandomStream Stream, long Item, int Slot);

    /// <summary>The first layer of groups of drawn rows, before its rectifier.</summary>
    /// <param name="rows">[row, number]</param>
    /// <param name="conditions">By row, numbered within its group: place of the row times conditions, plus the condition.</param>
    public Tensor FirstOfDrawn(Tape tape, Tensor rows, int[] conditions)
    {
        var groups = tape.Reshape(rows, rows.Rows / _pac, rows.Columns * _pac);
        return WithConditions(tape, tape.Linear(groups, _rows, _bias), conditions);
    }

    /// <summary>The same of real rows.</summary>
    /// <param name="numbers">Which numbers of a group are not zero.</param>
    /// <param name="factors">What they are.</param>
    /// <param name="each">How many of them a group has.</param>
    public Tensor FirstOfReal(Tape tape, int[] numbers, float[] factors, int each, int[] conditions) =>
        WithConditions(tape, tape.Add(tape.Bag(_rows, numbers, factors, each), _bias), conditions);

    private Tensor WithConditions(Tape tape, Tensor first, int[] conditions) =>
        _conditions is null ? first : tape.Bag(_conditions, conditions, null, _pac, first);

    /// <summary>From the first layer to the verdict: [group, 1].</summary>
    public Tensor Verdict(Tape tape, Tensor first, Address at)
    {
        var x = tape.Dropout(tape.LeakyRelu(first, Slope), Rate, at.Stream, at.Item, at.Slot);
        x = tape.Dropout(tape.LeakyRelu(_second.Apply(tape, x), Slope), Rate, at.Stream, at.Item, at.Slot + 1);
        return tape.Add(tape.MatMul(x, _last, transposeY: true), _lastBias);
    }

    /// <summary>
    /// The gradient penalty (Gulrajani and others 2017, equation 3) at points between drawn and real groups: mean of (|dD/dx| -
    /// 1)^2. The network is linear but for its gates (rectifiers and dropped numbers), which are flat almost everywhere: so its
    /// gradient is its weights' product through the gates, written out here, and the penalty's own derivative is of first order.
    /// </summary>
    /// <param name="between">[group, width]: the first layer at those points, which lies between as the points do.</param>
    public Tensor Penalty(Tape tape, Tensor between, Address at)
    {
        var first = Gate(tape, between, at);
        var second = Gate(tape, tape.Detach(_second.Apply(tape, tape.Multiply(between, first))), at with { Slot = at.Slot + 1 });
        var last = tape.Multiply(tape.Detach(second), _last);
        var back = tape.Multiply(tape.Detach(first), tape.MatMul(last, _second.Weight, transposeY: true));
        var squares = tape.SquaresAcross(tape.MatMul(back, _rows, transposeY: true));
        if (_conditions is not null)
            squares = tape.Add(squares, tape.SquaresAcross(tape.MatMul(back, _conditions, transposeY: true)));
        return tape.Mean(tape.Square(tape.AddScalar(tape.Sqrt(tape.AddScalar(squares, 1e-12f)), -1)));
    }

    /// <summary>A point between each drawn and real group: its first layer lies between theirs.</summary>
    /// <param name="share">By group: how far from the drawn one it lies.</param>
    public static Tensor Between(Tape tape, Tensor drawn, Tensor real, Func<int, float> share)
    {
        var between = tape.New(drawn.Rows, drawn.Columns);
        for (int g = 0; g < drawn.Rows; g++)
        {
            float s = share(g);
            Span<float> a = drawn.Row(g), b = real.Row(g), to = between.Row(g);
            for (int i = 0; i < to.Length; i++) to[i] = s * b[i] + (1 - s) * a[i];
        }
        return between;
    }

    /// <summary>What rectifier and dropout multiply each number by.</summary>
    private static Tensor Gate(Tape tape, Tensor x, Address at)
    {
        var slopes = tape.New(x.Rows, x.Columns);
        Span<float> from = x.Values, to = slopes.Values;
        for (int i = 0; i < from.Length; i++) to[i] = from[i] > 0 ? 1 : Slope;
        return tape.Dropout(slopes, Rate, at.Stream, at.Item, at.Slot);
    }
}
