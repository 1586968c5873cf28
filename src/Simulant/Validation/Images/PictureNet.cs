using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;

namespace Simulant.Validation.Images;

/// <summary>Size of a <see cref="PictureNet"/>.</summary>
/// <param name="Widths">Channels of the five convolutions, each a multiple of 32.</param>
/// <param name="Features">Width of the layer before the classes.</param>
public sealed record PictureNetShape(IReadOnlyList<int> Widths, int Features)
{
    public static PictureNetShape Usual { get; } = new([32, 32, 64, 64, 96], 128);
}

/// <summary>
/// A small convolutional network for pictures of some 32 by 32 pixels: five convolutions (the first 5 x 5, the others 3 x 3; the first,
/// third and fifth halve the sides), each with group norm (Wu and He 2018) and rectifier, then a layer of features and one of classes.
/// Groups are normalised picture by picture, so that what a picture is given does not depend on others, nor on how bright and rich in
/// contrast the training pictures were.
/// </summary>
public sealed class PictureNet
{
    /// <summary>Channels normalised together.</summary>
    private const int Group = 32;

    private readonly Convolution[] _layers;
    private readonly LinearLayer _features, _classes;

    private sealed record Convolution(Patches Patches, LinearLayer Linear, Tensor Gain, Tensor Bias);

    /// <param name="seed">Of the first weights.</param>
    public PictureNet(int width, int height, int channels, int classes, ulong seed, PictureNetShape? shape = null)
    {
        shape ??= PictureNetShape.Usual;
        if (shape.Widths.Count != 5 || shape.Widths.Any(w => w < Group || w % Group != 0))
            throw new ArgumentException($"five widths, each a multiple of {Group}, make the network", nameof(shape));
        (Width, Height, Channels, Classes, Shape) = (width, height, channels, classes, shape);
        Store = new(new RandomStream(seed, "images/net"));
        _layers = new Convolution[5];
        int from = channels;
        for (int i = 0; i < 5; i++)
        {
            var patches = new Patches(height, width, i == 0 ? 5 : 3, i % 2 == 0 ? 2 : 1, i == 0 ? 2 : 1);
            int to = shape.Widths[i], inputs = patches.Size * patches.Size * from;
            _layers[i] = new(patches, new(Store, $"conv{i}", inputs, to, Initialisers.He, Initialisers.Zeros),
                Store.Add($"conv{i}.gain", 1, to, Initialisers.Ones, decays: false),
                Store.Add($"conv{i}.shift", 1, to, Initialisers.Zeros, decays: false));
            (height, width, from) = (patches.Down, patches.Across, to);
        }
        _features = new(Store, "features", height * width * from, shape.Features, Initialisers.He, Initialisers.Zeros);
        _classes = new(Store, "classes", shape.Features, classes, Initialisers.Glorot, Initialisers.Zeros);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public int Classes { get; }

    public PictureNetShape Shape { get; }

    /// <summary>All weights.</summary>
    public ParameterStore Store { get; }

    /// <summary>The layer before the classes: [pictures, features], each 0 or more.</summary>
    /// <param name="x">[pictures * height * width, channels], standardised (<see cref="Standardise"/>).</param>
    public Tensor Features(Tape tape, Tensor x)
    {
        foreach (var layer in _layers)
        {
            x = tape.Convolve(x, layer.Patches, layer.Linear.Weight, layer.Linear.Bias);
            x = tape.Relu(tape.GroupNorm(x, layer.Patches.Count, x.Columns / Group, layer.Gain, layer.Bias));
        }
        var last = _layers[^1];
        int width = last.Patches.Count * x.Columns;
        return tape.Relu(_features.Apply(tape, tape.Reshape(x, x.Length / width, width)));
    }

    /// <summary>Scores of the classes from features: [pictures, classes].</summary>
    public Tensor Logits(Tape tape, Tensor features) => _classes.Apply(tape, features);

    /// <summary>Samples as the network takes them: mean 0 and variance 1 over the whole picture.</summary>
    public static void Standardise(ReadOnlySpan<float> picture, Span<float> into)
    {
        double sum = 0, squares = 0;
        foreach (float v in picture)
        {
            sum += v;
            squares += (double)v * v;
        }
        double mean = sum / picture.Length, deviation = Math.Sqrt(Math.Max(0, squares / picture.Length - mean * mean));
        // A picture of one colour has no contrast to enlarge.
        float scale = (float)(1 / Math.Max(deviation, 4)), shift = (float)mean;
        for (int i = 0; i < into.Length; i++) into[i] = (picture[i] - shift) * scale;
    }
}
