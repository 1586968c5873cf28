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
        Add(Multiply(Standardise(x, epsilon: epsilon), gain), bias);

    /// <summary>
    /// Each group of channels of an image to mean 0 and variance 1, then each channel's gain and bias (Wu and He 2018). First order.
    /// </summary>
    /// <param name="x">[images * places, channels]</param>
    /// <param name="places">Rows of one image.</param>
    /// <param name="groups">Divides the channels.</param>
    /// <param name="gain">[1, channels]</param>
    /// <param name="bias">[1, channels]</param>
    public Tensor GroupNorm(Tensor x, int places, int groups, Tensor gain, Tensor bias, float epsilon = 1e-5f) =>
        Add(Multiply(Standardise(x, places, groups, epsilon), gain), bias);

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
        return Add(Multiply(y, gain), bias);
    }

    /// <summary>Each group of columns to mean 0 and variance 1, over so many rows at a time. First order.</summary>
    /// <param name="places">Divides the rows.</param>
    /// <param name="groups">Divides the columns.</param>
    public Tensor Standardise(Tensor x, int places = 1, int groups = 1, float epsilon = 1e-5f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (x.Columns % groups != 0 || x.Rows % places != 0 || x.Columns == 0)
            throw new ArgumentException($"{x} does not fall into {groups} groups of columns and {places} rows at a time");
        int width = x.Columns / groups;
        Tensor y = New(x.Rows, x.Columns), inverse = New(x.Rows / places, groups);
        Standardising.Block GroupAt(int i) => new(i / groups * places, places, i % groups * width, width);
        for (int i = 0; i < inverse.Length; i++) inverse.Values[i] = Standardising.Forward(x, GroupAt(i), epsilon, y);
        return Record(y, [x], (g, _) =>
        {
            FirstOrder("standardising rows");
            var into = New(x.Rows, x.Columns);
            for (int i = 0; i < inverse.Length; i++) Standardising.Backward(g, y, GroupAt(i), inverse.Values[i], into);
            return into;
        });
    }
}
