using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;

namespace Simulant.Validation.Images;

/// <summary>How training pictures are changed each time they are shown; every range is uniform and symmetric about no change.</summary>
/// <param name="Turn">Greatest angle, degrees.</param>
/// <param name="Scale">Greatest change of size, as a part.</param>
/// <param name="Stretch">Greatest change of the sides' quotient, as a part.</param>
/// <param name="Shear">Greatest slant, as a part of the side.</param>
/// <param name="Shift">Greatest movement, as a part of the side.</param>
/// <param name="Colour">Greatest change of each channel's strength, as a part.</param>
/// <param name="Noise">Greatest standard deviation of added noise, of 255.</param>
public sealed record PictureJitter(double Turn = 10, double Scale = 0.12, double Stretch = 0.1, double Shear = 0.08, double Shift = 0.07,
    double Colour = 0.15, double Noise = 6)
{
    public static PictureJitter Usual { get; } = new();

    public static PictureJitter None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>One picture, changed by the numbers at (item, slot 0 and 1).</summary>
    /// <param name="picture">[row][column][channel].</param>
    /// <param name="into">As many samples, 0 to 255, not rounded.</param>
    public void Apply(ReadOnlySpan<byte> picture, int width, int height, int channels, RandomStream stream, long item, Span<float> into)
    {
        double Either(int draw, double limit) => limit * (2 * stream.Uniform(item, 0, draw) - 1);
        double turn = Either(0, Turn) * Math.PI / 180, scale = 1 + Either(1, Scale), stretch = 1 + Either(2, Stretch / 2);
        double shear = Either(3, Shear), x = Either(4, Shift) * width, y = Either(5, Shift) * height;
        var (sin, cos) = Math.SinCos(turn);
        // The map back: new middle to old, then turned, slanted and scaled.
        double sx = stretch / scale, sy = 1 / (stretch * scale);
        double a = cos * sx, b = (cos * shear - sin) * sy, d = sin * sx, e = (sin * shear + cos) * sy;
        double mx = (width - 1) / 2.0, my = (height - 1) / 2.0;
        var map = new AffineMap(a, b, mx + x - a * mx - b * my, d, e, my + y - d * mx - e * my);
        byte[] moved = new byte[picture.Length];
        Warping.Bilinear(picture, width, height, channels, moved, width, height, map, Border.Nearest, new byte[4]);
        float noise = (float)(Noise * stream.Uniform(item, 0, 6));
        if (noise > 0) PixelNoise.Normals(stream, 1, item << 12, into);
        else into.Clear();
        Span<float> strength = stackalloc float[4];
        for (int c = 0; c < channels; c++) strength[c] = (float)(1 + Either(7 + c, Colour));
        for (int i = 0; i < into.Length; i++) into[i] = Math.Clamp(moved[i] * strength[i % channels] + noise * into[i], 0, 255);
    }
}
