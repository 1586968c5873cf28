using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Optics;

/// <summary>From counts to bytes.</summary>
internal static class Rendition
{
    private const int Steps = 4096;

    /// <summary>Factors of the colours; those of grey worlds and of the sensor have 1 as their least, so that white stays white.</summary>
    public static Vector3 Gains(RawFrame raw, SensorOptions options)
    {
        if (options.WhiteBalance.Gains is { } given) return given;
        var relative = options.Photosites.Relative;
        var gains = new Vector3(1 / relative.X, 1 / relative.Y, 1 / relative.Z);
        if (options.WhiteBalance.GreyWorld && Means(raw) is { X: > 0, Y: > 0, Z: > 0 } means)
            gains = new(1 / means.X, 1 / means.Y, 1 / means.Z);
        return gains * (1 / MathF.Min(gains.X, MathF.Min(gains.Y, gains.Z)));
    }

    public static byte[] Bytes(Planes colours, SensorOptions options, RunContext run)
    {
        float[] curve = new float[Steps + 2];
        for (int i = 0; i <= Steps; i++) curve[i] = options.Tone.At((float)i / Steps);
        curve[Steps + 1] = curve[Steps];
        Planes.EachRow(colours.Height, run, y => Tone(colours, y, options.Matrix, curve));
        byte[] bytes = new byte[3 * colours.Width * colours.Height];
        float[]? bright = options.Sharpening is { Amount: > 0 } ? Brightness(colours, run) : null;
        Planes.EachRow(colours.Height, run, y =>
        {
            int width = colours.Width;
            float[] detail = new float[width];
            if (bright is not null) Detail(bright, width, colours.Height, y, options.Sharpening!.Amount, detail);
            for (int c = 0; c < 3; c++)
            {
                var row = colours.Row(c, y);
                for (int x = 0; x < width; x++)
                    bytes[3 * (y * width + x) + c] = (byte)(255 * Math.Clamp(row[x] + detail[x], 0, 1) + 0.5f);
            }
        });
        return bytes;
    }

    private static Vector3 Means(RawFrame raw)
    {
        Span<long> sums = stackalloc long[3], numbers = stackalloc long[3];
        bool mosaic = raw.Bayer != BayerPattern.None;
        for (int i = 0; i < raw.Counts.Length; i++)
        {
            int colour = mosaic ? RawFrame.Colour(raw.Bayer, i % raw.Width, i / raw.Width) : i % 3;
            sums[colour] += raw.Counts[i] - raw.Black;
            numbers[colour]++;
        }
        float Mean(long sum, long number) => number == 0 ? 0 : (float)((double)sum / number);
        return new(Mean(sums[0], numbers[0]), Mean(sums[1], numbers[1]), Mean(sums[2], numbers[2]));
    }

    private static void Tone(Planes colours, int y, ColourMatrix? matrix, float[] curve)
    {
        Span<float> red = colours.Row(0, y), green = colours.Row(1, y), blue = colours.Row(2, y);
        for (int x = 0; x < red.Length && matrix is { } m; x++)
        {
            float r = red[x], g = green[x], b = blue[x];
            red[x] = m.Red.X * r + m.Red.Y * g + m.Red.Z * b;
            green[x] = m.Green.X * r + m.Green.Y * g + m.Green.Z * b;
            blue[x] = m.Blue.X * r + m.Blue.Y * g + m.Blue.Z * b;
        }
        Bend(red, curve);
        Bend(green, curve);
        Bend(blue, curve);
    }

    private static void Bend(Span<float> row, float[] curve)
    {
        for (int x = 0; x < row.Length; x++)
        {
            float at = Math.Clamp(row[x], 0, 1) * Steps;
            int step = (int)at;
            row[x] = curve[step] + (curve[step + 1] - curve[step]) * (at - step);
        }
    }

    private static float[] Brightness(Planes colours, RunContext run)
    {
        float[] bright = new float[colours.Width * colours.Height];
        Planes.EachRow(colours.Height, run, y =>
        {
            Span<float> red = colours.Row(0, y), green = colours.Row(1, y), blue = colours.Row(2, y);
            for (int x = 0; x < red.Length; x++) bright[y * colours.Width + x] = Brdf.Brightness(new(red[x], green[x], blue[x]));
        });
        return bright;
    }

    private static void Detail(float[] bright, int width, int height, int y, float amount, Span<float> detail)
    {
        ReadOnlySpan<float> above = bright.AsSpan(Filters.Reflect(y - 1, height) * width, width), own = bright.AsSpan(y * width, width),
            below = bright.AsSpan(Filters.Reflect(y + 1, height) * width, width);
        for (int x = 0; x < width; x++)
        {
            int left = x > 0 ? x - 1 : Filters.Reflect(-1, width), right = x < width - 1 ? x + 1 : Filters.Reflect(width, width);
            float ends = above[left] + above[right] + below[left] + below[right], sides = above[x] + below[x] + own[left] + own[right];
            detail[x] = amount * (own[x] - (ends * 0.0625f + sides * 0.125f + own[x] * 0.25f));
        }
    }
}
