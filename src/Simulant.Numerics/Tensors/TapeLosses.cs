using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Softmax and its loss, over segments of each row, each beside its derivative.</summary>
public sealed partial class Tape
{
    /// <summary>Softmax of each row.</summary>
    public Tensor Softmax(Tensor x)
    {
        int[] offsets = [0, x.Columns];
        var y = SoftmaxValues(x, offsets);
        return Record(y, [x], (g, _) => _recording
            ? Multiply(y, Subtract(g, SumAcross(Multiply(g, y))))
            : SoftmaxGradient(g, y, offsets));
    }

    /// <summary>Softmax of each segment of each row. First order.</summary>
    /// <param name="offsets">Segment s holds columns offsets[s] to offsets[s + 1] - 1; rises from 0 to the columns of x.</param>
    public Tensor Softmax(Tensor x, int[] offsets)
    {
        Segments.Check(offsets, x.Columns);
        var y = SoftmaxValues(x, offsets);
        return Record(y, [x], (g, _) =>
        {
            FirstOrder("softmax over segments");
            return SoftmaxGradient(g, y, offsets);
        });
    }

    private Tensor SoftmaxValues(Tensor x, int[] offsets)
    {
        var y = New(x.Rows, x.Columns);
        for (int r = 0; r < x.Rows; r++) Segments.Softmax(x.Row(r), offsets, y.Row(r), []);
        return y;
    }

    private Tensor SoftmaxGradient(Tensor g, Tensor y, int[] offsets)
    {
        var made = New(y.Rows, y.Columns);
        for (int r = 0; r < y.Rows; r++) Segments.SoftmaxGradient(g.Row(r), y.Row(r), offsets, made.Row(r));
        return made;
    }

    /// <summary>Minus the log probability of each row's class: rows x 1. First order.</summary>
    /// <param name="targets">[row]; -1 where there is none, which costs 0.</param>
    public Tensor CrossEntropy(Tensor logits, int[] targets) => CrossEntropy(logits, [0, logits.Columns], targets);

    /// <summary>
    /// Minus the log probability of each segment's class, softmax and loss in one: rows x segments, for the caller to weight and
    /// sum. First order.
    /// </summary>
    /// <param name="offsets">As of <see cref="Softmax(Tensor, int[])"/>, but columns after the last segment cost nothing.</param>
    /// <param name="targets">
    /// [row * segments + segment], counted within the segment; -1 where there is none, which costs 0. Not to be changed while
    /// the tape lives.
    /// </param>
    public Tensor CrossEntropy(Tensor logits, int[] offsets, int[] targets)
    {
        Segments.Check(offsets, offsets is [.., var end] ? Math.Min(end, logits.Columns) : logits.Columns);
        int segments = offsets.Length - 1, columns = offsets[^1];
        if (targets.Length != (long)logits.Rows * segments)
            throw new ArgumentException($"{targets.Length} targets for {logits.Rows} rows of {segments} segments", nameof(targets));
        Tensor loss = New(logits.Rows, segments), shares = New(logits.Rows, columns);
        for (int r = 0; r < logits.Rows; r++)
        {
            Span<float> x = logits.Row(r)[..columns], losses = loss.Row(r);
            Segments.Softmax(x, offsets, shares.Row(r), losses);
            for (int s = 0; s < segments; s++)
            {
                int target = targets[r * segments + s];
                if (target < -1 || target >= offsets[s + 1] - offsets[s])
                    throw new ArgumentOutOfRangeException(nameof(targets), $"class {target} of {offsets[s + 1] - offsets[s]}");
                losses[s] = target < 0 ? 0 : losses[s] - x[offsets[s] + target];
            }
        }
        return Record(loss, [logits], (g, _) =>
        {
            FirstOrder("cross entropy");
            return CrossEntropyGradient(g, shares, logits.Columns, offsets, targets);
        });
    }

    /// <summary>
    /// Divergence of normals from the standard normal, summed over everything: -1/2 sum(1 + log v - m^2 - v) (Kingma and Welling
    /// 2014, appendix B). First order.
    /// </summary>
    public Tensor NormalDivergence(Tensor mean, Tensor logVariance)
    {
        SameShape(mean, logVariance);
        var terms = Binary(mean, logVariance, new DivergenceOf());
        return Record(Full(1, 1, Reduce.Sum(terms.Values)), [mean, logVariance], (g, i) =>
        {
            FirstOrder("the divergence of normals");
            return i == 0 ? Scale(mean, g.Scalar) : Affine(Exp(logVariance), g.Scalar / 2, -g.Scalar / 2);
        });
    }

    private Tensor CrossEntropyGradient(Tensor g, Tensor shares, int columns, int[] offsets, int[] targets)
    {
        int segments = offsets.Length - 1;
        var made = New(shares.Rows, columns);
        for (int r = 0; r < shares.Rows; r++)
        {
            Span<float> to = made.Row(r), from = shares.Row(r), gradient = g.Row(r);
            for (int s = 0; s < segments; s++)
            {
                int target = targets[r * segments + s], start = offsets[s], end = offsets[s + 1];
                if (target < 0)
                {
                    to[start..end].Clear();
                    continue;
                }
                float weight = gradient[s];
                for (int c = start; c < end; c++) to[c] = from[c] * weight;
                to[start + target] -= weight;
            }
            to[shares.Columns..].Clear();
        }
        return made;
    }
}
