using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Normalisation by layer, group and batch, each beside its derivative.</summary>
public sealed partial class Tape
{
    /// <summary>
    /// Each row to mean 0 and variance 1, then gain and bias (Ba, Kiros and Hinton 2016, equation 4). First order.
    /// </summary>
    /// <param name="gain">[1, columns]</param>
    /// <param name="bias">[1, columns]</param>
    public Tensor LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon = 1e-5f) =>
        ChannelAffine(Standardise(x, 1, epsilon), gain, bias);

    /// <summary>
    /// Each group of channels of a row to mean 0 and variance 1, then each channel's gain and bias (Wu and He 2018). First order.
    /// </summary>
    /// <param name="x">A row holds channel by channel, each of columns / channels places.</param>
    /// <param name="gain">[1, channels]</param>
    /// <param name="bias">[1, channels]</param>
    /// <param name="groups">Divides the channels.</param>
    public Tensor GroupNorm(Tensor x, int groups, Tensor gain, Tensor bias, float epsilon = 1e-5f) =>
        gain.Columns % Math.Max(1, groups) != 0
            ? throw new ArgumentException($"{groups} groups do not divide {gain.Columns} channels", nameof(groups))
            : ChannelAffine(Standardise(x, groups, epsilon), gain, bias);

    /// <summary>
    /// Each column to mean 0 and variance 1 over the batch, then gain and bias (Ioffe and Szegedy 2015, algorithm 1). First order.
    /// </summary>
    /// <param name="gain">[1, columns]</param>
    /// <param name="bias">[1, columns]</param>
    /// <param name="mean">[1, columns], for running statistics; no derivative is taken through it.</param>
    /// <param name="variance">[1, columns], divided by the rows; likewise.</param>
    public Tensor BatchNorm(Tensor x, Tensor gain, Tensor bias, out Tensor mean, out Tensor variance, float epsilon = 1e-5f)
    {
        if (x.Rows == 0) throw new ArgumentException("a batch of no rows has no mean", nameof(x));
        Tensor y = New(x.Rows, x.Columns), inverse = New(1, x.Columns);
        (mean, variance) = (New(1, x.Columns), New(1, x.Columns));
        Standardising.ForwardDown(x, epsilon, y, mean.Values, variance.Values, inverse.Values);
        Record(y, [x], (g, _) =>
        {
            FirstOrder("batch norm");
            Tensor into = New(x.Rows, x.Columns), means = New(1, x.Columns), slopes = New(1, x.Columns);
            Standardising.BackwardDown(g, y, inverse.Values, means.Values, slopes.Values, into);
            return into;
        });
        return ChannelAffine(y, gain, bias);
    }

    /// <summary>Each of the row's equal groups of columns to mean 0 and variance 1. First order.</summary>
    public Tensor Standardise(Tensor x, int groups = 1, float epsilon = 1e-5f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (x.Columns % groups != 0 || x.Columns == 0)
            throw new ArgumentException($"{groups} groups do not divide {x.Columns} columns", nameof(groups));
        int width = x.Columns / groups;
        Tensor y = New(x.Rows, x.Columns), inverse = New(x.Rows, groups);
        for (int i = 0; i < inverse.Length; i++)
            inverse.Values[i] = Standardising.Forward(x.Values.Slice(i * width, width), epsilon, y.Values.Slice(i * width, width));
        return Record(y, [x], (g, _) =>
        {
            FirstOrder("standardising rows");
            var into = New(x.Rows, x.Columns);
            for (int i = 0; i < inverse.Length; i++)
            {
                int at = i * width;
                Standardising.Backward(g.Values.Slice(at, width), y.Values.Slice(at, width), inverse.Values[i],
                    into.Values.Slice(at, width));
            }
            return into;
        });
    }

    /// <summary>Each channel times its gain plus its bias; a row holds channel by channel.</summary>
    /// <param name="gain">[1, channels]</param>
    /// <param name="bias">[1, channels]</param>
    public Tensor ChannelAffine(Tensor x, Tensor gain, Tensor bias)
    {
        if (gain.Rows != 1 || bias.Rows != 1 || bias.Columns != gain.Columns || x.Columns % gain.Columns != 0)
            throw new ArgumentException($"{x} does not hold {gain.Columns} channels of gain {gain} and bias {bias}");
        return Add(Multiply(x, PerPlace(gain, x.Columns)), PerPlace(bias, x.Columns));
    }

    /// <summary>Repeats each channel's number over its places: [1, channels] to [1, columns].</summary>
    private Tensor PerPlace(Tensor perChannel, int columns)
    {
        if (perChannel.Columns == columns) return perChannel;
        int channels = perChannel.Columns, places = columns / channels;
        return Reshape(BroadcastTo(Reshape(perChannel, channels, 1), channels, places), 1, columns);
    }
}
