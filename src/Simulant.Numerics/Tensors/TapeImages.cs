using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// Convolutions. Taking windows out of images and adding windows up into images are each other's derivative; with products
/// between they make convolution and its transpose, differentiable any number of times.
/// </summary>
public sealed partial class Tape
{
    /// <summary>Cross-correlation with a bank of filters.</summary>
    /// <param name="x">[images * height * width, channels]</param>
    /// <param name="weight">[size * size * channels, filters]: rows by line, column, channel of the window.</param>
    /// <param name="bias">[1, filters]</param>
    /// <returns>[images * down * across, filters]</returns>
    public Tensor Convolve(Tensor x, Patches patches, Tensor weight, Tensor bias) => Linear(Unfold(x, patches), weight, bias);

    /// <summary>The transpose of a convolution: every place paints a window, and windows add up.</summary>
    /// <param name="x">[images * down * across, channels]</param>
    /// <param name="patches">Of the convolution that is transposed: its height and width are the result's.</param>
    /// <param name="weight">[channels, size * size * filters]</param>
    /// <param name="bias">[1, filters]</param>
    /// <returns>[images * height * width, filters]</returns>
    public Tensor ConvolveTransposed(Tensor x, Patches patches, Tensor weight, Tensor bias) =>
        Add(Fold(MatMul(x, weight), patches), bias);

    /// <summary>Every window of every image as a row; zeros where it hangs over the edge.</summary>
    /// <param name="x">[images * height * width, channels]</param>
    /// <returns>[images * windows, size * size * channels]</returns>
    public Tensor Unfold(Tensor x, Patches patches)
    {
        patches.Check();
        if (x.Rows % patches.Places != 0) throw new ArgumentException($"{x} does not hold images of {patches.Places} places");
        int channels = x.Columns, images = x.Rows / patches.Places;
        var y = New(images * patches.Count, patches.Size * patches.Size * channels);
        _loop.Run(images, image =>
        {
            var from = x.Values.Slice(image * patches.Places * channels, patches.Places * channels);
            for (int w = 0; w < patches.Count; w++)
            {
                var row = y.Row(image * patches.Count + w);
                row.Clear();
                for (int line = 0; line < patches.Size; line++)
                {
                    var (inWindow, inImage, length) = patches.Run(w, line);
                    from.Slice(inImage * channels, length * channels).CopyTo(row[(inWindow * channels)..]);
                }
            }
        });
        return Record(y, [x], (g, _) => Fold(g, patches));
    }

    /// <summary>Adds windows up into images, in their order.</summary>
    /// <param name="x">[images * windows, size * size * channels]</param>
    /// <returns>[images * height * width, channels]</returns>
    public Tensor Fold(Tensor x, Patches patches)
    {
        patches.Check();
        int area = patches.Size * patches.Size;
        if (x.Rows % patches.Count != 0 || x.Columns % area != 0)
            throw new ArgumentException($"{x} does not hold {patches.Count} windows an image of {area} places");
        int channels = x.Columns / area, images = x.Rows / patches.Count;
        var y = Full(images * patches.Places, channels, 0);
        _loop.Run(images, image =>
        {
            var into = y.Values.Slice(image * patches.Places * channels, patches.Places * channels);
            for (int w = 0; w < patches.Count; w++)
            {
                var row = x.Row(image * patches.Count + w);
                for (int line = 0; line < patches.Size; line++)
                {
                    var (inWindow, inImage, length) = patches.Run(w, line);
                    var to = into.Slice(inImage * channels, length * channels);
                    Map.Run(new AddOf(), to, row.Slice(inWindow * channels, to.Length), to);
                }
            }
        });
        return Record(y, [x], (g, _) => Unfold(g, patches));
    }
}
