using System.Numerics;

namespace Simulant.Images;

/// <summary>What the numbers of a picture mean.</summary>
public enum ColourSpace
{
    /// <summary>Grey or red, green, blue under the sRGB transfer curve (IEC 61966-2-1): what files hold unless they say
    /// otherwise.</summary>
    Srgb,

    /// <summary>The same primaries, proportional to light.</summary>
    Linear,

    /// <summary>No colours: depth, normals, class numbers.</summary>
    Data,
}

/// <summary>
/// A picture: <see cref="Height"/> rows of <see cref="Width"/> pixels of <see cref="Channels"/> samples, row after row without gaps. One
/// channel is grey, two grey and alpha, three red, green, blue, four those and alpha; alpha is not multiplied in.
/// </summary>
/// <typeparam name="T">byte (0 to 255), ushort (0 to 65,535) or float (0 to 1 for colours, any number for data).</typeparam>
public sealed class Raster<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>A black picture.</summary>
    public Raster(int width, int height, int channels, ColourSpace space = ColourSpace.Srgb)
        : this(width, height, channels, new T[Length(width, height, channels)], space)
    {
    }

    /// <summary>A picture over samples that are there already; they are not copied.</summary>
    public Raster(int width, int height, int channels, T[] samples, ColourSpace space = ColourSpace.Srgb)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length != Length(width, height, channels))
            throw new ArgumentException($"{samples.Length} samples for {width} x {height} x {channels}", nameof(samples));
        (Width, Height, Channels, Samples, Space) = (width, height, channels, samples, space);
    }

    /// <summary>Pixels of a row, at least 1.</summary>
    public int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    public int Height { get; }

    /// <summary>Samples of a pixel, 1 to 4.</summary>
    public int Channels { get; }

    public ColourSpace Space { get; }

    /// <summary>[height * width * channels], the last running fastest.</summary>
    public T[] Samples { get; }

    /// <summary>Samples of a row.</summary>
    public int Stride => Width * Channels;

    public ref T this[int x, int y, int channel] => ref Samples[(y * Width + x) * Channels + channel];

    public Span<T> Row(int y) => Samples.AsSpan(y * Stride, Stride);

    public Raster<T> Clone() => new(Width, Height, Channels, [.. Samples], Space);

    /// <summary>A picture of the same shape over other samples.</summary>
    public Raster<T> With(T[] samples) => new(Width, Height, Channels, samples, Space);

    private static int Length(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is < 1 or > 4) throw new ArgumentOutOfRangeException(nameof(channels), "a picture has 1 to 4 channels");
        return checked(width * height * channels);
    }
}

/// <summary>How large a file may say that it is.</summary>
public sealed record ImageLimits
{
    public static ImageLimits Usual { get; } = new();

    /// <summary>Pixels of one picture; 100 million unless said otherwise, and never more than 500 million.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Pixels of a side.</summary>
    public int MaxSide { get; init; } = 65_535;
}
