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
/// <param name="Sharpness">Greatest part by which a sample moves to the mean of its neighbourhood, or from it, by three quarters of
/// that.</param>
/// <param name="Tone">Greatest change of the exponent of the tone curve, as a power of e.</param>
/// <param name="Shade">Greatest change of strength from the middle to an edge, as a part, along a direction that is drawn too.</param>
/// <param name="Cover">Greatest side of a rectangle of one colour laid over every third picture, as a part of the picture's.</param>
public sealed record PictureJitter(double Turn = 10, double Scale = 0.12, double Stretch = 0.12, double Shear = 0.1, double Shift = 0.07,
    double Colour = 0.15, double Noise = 6, double Sharpness = 0.6, double Tone = 0.25, double Shade = 0.3, double Cover = 0.25)
{
    public static PictureJitter Usual { get; } = new();

    public static PictureJitter None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

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
        float[] toned = Toned(moved, channels, Math.Exp(Either(11, Tone)), Either);
        double sharp = Either(12, Sharpness);
        if (Sharpness > 0) Soften(toned, width, height, channels, (float)(sharp < 0 ? 0.75 * sharp : sharp));
        var (down, across) = Math.SinCos(Math.PI * Either(13, 1));
        double shade = Either(14, Shade);
        for (int i = 0; i < into.Length; i++)
        {
            int pixel = i / channels;
            double along = across * (pixel % width - mx) / width + down * (pixel / width - my) / height;
            into[i] = Math.Clamp(toned[i] * (float)(1 + 2 * shade * along) + noise * into[i], 0, 255);
        }
        if (Cover > 0 && stream.Uniform(item, 1, 0) < 0.33) Lay(into, width, height, channels, draw => stream.Uniform(item, 1, draw));
    }

    private float[] Toned(byte[] picture, int channels, double exponent, Func<int, double, double> either)
    {
        float[] table = new float[channels * 256], toned = new float[picture.Length];
        for (int c = 0; c < channels; c++)
        {
            double strength = 1 + either(7 + c, Colour);
            for (int v = 0; v < 256; v++) table[c * 256 + v] = (float)(255 * strength * Math.Pow(v / 255.0, exponent));
        }
        for (int i = 0; i < toned.Length; i++) toned[i] = table[i % channels * 256 + picture[i]];
        return toned;
    }

    // Means of 1 2 1 by 1 2 1; the outermost pixels stay.
    private static void Soften(float[] samples, int width, int height, int channels, float by)
    {
        float[] from = [.. samples];
        int row = width * channels;
        for (int y = 1; y < height - 1; y++)
            for (int i = y * row + channels; i < (y + 1) * row - channels; i++)
            {
                float Across(int at) => from[at - channels] + 2 * from[at] + from[at + channels];
                float mean = (Across(i - row) + 2 * Across(i) + Across(i + row)) / 16;
                samples[i] += by * (mean - samples[i]);
            }
    }

    private void Lay(Span<float> samples, int width, int height, int channels, Func<int, double> drawn)
    {
        int wide = (int)(drawn(1) * Cover * width), high = (int)(drawn(2) * Cover * height);
        int left = (int)(drawn(3) * (width - wide + 1)), top = (int)(drawn(4) * (height - high + 1));
        Span<float> colour = stackalloc float[4];
        for (int c = 0; c < channels; c++) colour[c] = (float)(255 * drawn(5 + c));
        for (int y = top; y < top + high; y++)
            for (int i = (y * width + left) * channels; i < (y * width + left + wide) * channels; i++) samples[i] = colour[i % channels];
    }
}
