using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;

namespace Simulant.Validation.Images;

/// <summary>
/// What numbers were made with. Figures of two sets mean nothing beside each other unless all of this agrees.
/// </summary>
/// <param name="Name">Of the kind: "random-convolutions", "picture-net", "onnx".</param>
/// <param name="Weights">First 16 hexadecimal digits of the SHA-256 of the weights.</param>
/// <param name="Resize">How pictures come to its input: "none 32x32x3" takes that size alone.</param>
/// <param name="Dimension">Numbers a picture.</param>
public sealed record ExtractorId(string Name, string Weights, string Resize, int Dimension)
{
    public override string ToString() => $"{Name}/{Weights}/{Resize}/{Dimension}";
}

/// <summary>Features of a set of pictures: [picture][dimension].</summary>
public sealed record FeatureSet(ExtractorId Id, float[] Values)
{
    public int Count => Values.Length / Id.Dimension;

    public ReadOnlySpan<float> Row(int i) => Values.AsSpan(i * Id.Dimension, Id.Dimension);

    /// <summary>Some of the rows, in the order given.</summary>
    public FeatureSet Take(IReadOnlyList<int> rows)
    {
        float[] values = new float[rows.Count * Id.Dimension];
        for (int i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(values.AsSpan(i * Id.Dimension));
        return new(Id, values);
    }

    /// <exception cref="ArgumentException">The two were made by different extractors.</exception>
    internal static void Comparable(FeatureSet a, FeatureSet b)
    {
        if (a.Id != b.Id) throw new ArgumentException($"features of {a.Id} are not compared with those of {b.Id}; extract both by one");
    }
}

/// <summary>Turns pictures into numbers by which sets are compared.</summary>
public abstract class FeatureExtractor
{
    public abstract ExtractorId Id { get; }

    /// <exception cref="ArgumentException">The pictures are not of its size.</exception>
    public abstract FeatureSet Extract(PictureSet set, RunContext run);

    private protected static string Hash(ReadOnlySpan<float> weights) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(weights)).AsSpan(0, 8));

    private protected static string Rule(int width, int height, int channels) =>
        string.Create(CultureInfo.InvariantCulture, $"none {width}x{height}x{channels}");
}

/// <summary>The layer before the classes of a network trained on the task.</summary>
public sealed class NetExtractor(PictureNet net) : FeatureExtractor
{
    public override ExtractorId Id { get; } =
        new("picture-net", Hash(net.Store.Values), Rule(net.Width, net.Height, net.Channels), net.Shape.Features);

    public override FeatureSet Extract(PictureSet set, RunContext run) => new(Id, PictureTraining.Features(net, set, run));
}

/// <summary>
/// Filters that learned nothing: 5 x 5 and 3 x 3 convolutions of normal weights with rectifiers, of whose second layer the means over
/// quarters of the picture are kept. They see colours and textures of any task, and no real picture shaped them.
/// </summary>
public sealed class RandomConvolutions : FeatureExtractor
{
    private const int First = 32, Second = 32;

    private readonly int _width, _height, _channels;
    private readonly ParameterStore _store;
    private readonly Tensor _first, _second, _none;

    /// <param name="seed">Of the weights.</param>
    public RandomConvolutions(int width, int height, int channels, ulong seed = 1)
    {
        if (width < 8 || height < 8) throw new ArgumentException($"pictures of {width} x {height} are too small; 8 a side is the least");
        (_width, _height, _channels) = (width, height, channels);
        _store = new(new RandomStream(seed, "images/random-convolutions"));
        _first = _store.Add("first", 25 * channels, First, Initialisers.He);
        _second = _store.Add("second", 9 * First, Second, Initialisers.He);
        _none = _store.Add("none", 1, Math.Max(First, Second), Initialisers.Zeros);
        Id = new("random-convolutions", Hash(_store.Values), Rule(width, height, channels), 4 * Second);
    }

    public override ExtractorId Id { get; }

    public override FeatureSet Extract(PictureSet set, RunContext run)
    {
        if ((set.Width, set.Height, set.Channels) != (_width, _height, _channels))
            throw new ArgumentException($"the filters take {_width} x {_height} x {_channels}", nameof(set));
        float[] all = new float[set.Count * Id.Dimension];
        Work.For(set.Count, run, i =>
        {
            using var tape = new Tape(recording: false);
            var x = tape.New(_width * _height, _channels);
            var bytes = set.Picture(i);
            for (int s = 0; s < bytes.Length; s++) x.Values[s] = bytes[s] / 127.5f - 1;
            var wide = new Patches(_height, _width, 5, 2, 2);
            x = tape.Relu(tape.Convolve(x, wide, _first, _none));
            var narrow = new Patches(wide.Down, wide.Across, 3, 2, 1);
            x = tape.Relu(tape.Convolve(x, narrow, _second, _none));
            Pool(x, narrow.Down, narrow.Across, all.AsSpan(i * Id.Dimension, Id.Dimension));
        });
        return new(Id, all);
    }

    private static void Pool(Tensor x, int down, int across, Span<float> into)
    {
        Span<int> counts = stackalloc int[4];
        for (int place = 0; place < down * across; place++)
        {
            int quarter = (place / across * 2 >= down ? 2 : 0) + (place % across * 2 >= across ? 1 : 0);
            counts[quarter]++;
            for (int c = 0; c < Second; c++) into[quarter * Second + c] += x.Row(place)[c];
        }
        for (int i = 0; i < into.Length; i++) into[i] /= Math.Max(1, counts[i / Second]);
    }
}
