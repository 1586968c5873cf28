using System.Numerics;
using Simulant.Images;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Signs;

/// <summary>
/// From light to the bytes of a small picture, as a camera in a moving car makes them: spread of the lens, motion, exposure set for the
/// scene, white balance, photon and reading noise, veiling glare, tone curve, now and then compression, and the change to one size.
/// </summary>
/// <remarks>
/// Ranges: a spread of .3 to .7 pixels covers sharp to soft lenses before a Bayer mosaic; at 1/200 s, 14 m/s and f = 1,000 pixels a sign
/// 10 m off and 3 m aside moves by some 2 pixels; exposure, contrast and sharpness were set by the light and detail of the real training
/// pictures; small sensors hold 5,000 to 20,000 electrons and read with up to 20 of noise, more at dusk.
/// </remarks>
internal sealed class SignPhotograph(ulong seed)
{
    private readonly Dial _spread = new(seed, "camera/spread", 0.3, 0.6), _motion = new(seed, "camera/motion", 0, 1.7),
        _moving = new(seed, "camera/moving", 0, 1), _direction = new(seed, "camera/direction", -0.35, 0.35),
        _stops = new(seed, "camera/stops", -4.4, 1.8, Law.Normal), _balance = new(seed, "camera/balance", 0.88, 1.12, Law.Normal),
        _noise = new(seed, "camera/noise", 0.002, 0.03, Law.LogUniform), _reading = new(seed, "camera/reading", 0.0006, 0.008,
            Law.LogUniform),
        _veil = new(seed, "camera/veil", 0, 0.04), _gamma = new(seed, "camera/gamma", 0.85, 1.2, Law.Normal),
        _quality = new(seed, "camera/quality", 40, 95), _packed = new(seed, "camera/packed", 0, 1),
        _saturation = new(seed, "camera/saturation", 0.8, 1.5),
        _contrast = new(seed, "camera/contrast", 1.1, 1.8), _sharp = new(seed, "camera/sharp", 0, 1.2);

    private readonly RandomStream _grain = new(seed, "signs/camera/grain");

    // What contrast leaves alone: dark parts lose less than bright ones win.
    private const float Middle = 0.25f;

    /// <summary>Pixels about the crop that blur needs.</summary>
    public const int Margin = 3;

    /// <param name="image">The crop with its margin.</param>
    /// <param name="metered">Brightness that the meter makes a mid grey.</param>
    /// <param name="illuminant">Colour of the light, brightness 1.</param>
    /// <returns>[side][side][3].</returns>
    public byte[] Take(ColourImage image, long item, float metered, Vector3 illuminant, int side)
    {
        int wide = image.Width, crop = wide - 2 * Margin;
        var light = Blurred(image.Pixels, wide, item);
        float exposure = 0.18f / MathF.Max(metered, 1e-6f) * MathF.Pow(2, _stops.Single(item));
        var gain = new Vector3(_balance.Single(item, 0) / illuminant.X, _balance.Single(item, 1) / illuminant.Y,
            _balance.Single(item, 2) / illuminant.Z) * exposure;
        float shot = _noise.Single(item), reading = _reading.Single(item), veil = _veil.Single(item), gamma = _gamma.Single(item);
        float saturation = _saturation.Single(item), contrast = _contrast.Single(item);
        float[] raw = new float[crop * crop];
        PixelNoise.Normals(_grain, 0, item << 14, raw);
        for (int i = 0; i < raw.Length; i++)
        {
            var c = light[(i / crop + Margin) * wide + i % crop + Margin] * gain + new Vector3(veil);
            float v = Mosaic(i % crop, i / crop) switch { 0 => c.X, 1 => c.Y, _ => c.Z };
            raw[i] = Math.Clamp(v + raw[i] * MathF.Sqrt(shot * shot * MathF.Max(v, 0) + reading * reading), 0, 1);
        }
        var bytes = new Raster<byte>(crop, crop, 3);
        for (int i = 0; i < raw.Length; i++)
        {
            var c = Demosaiced(raw, crop, i % crop, i / crop);
            float grey = 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;
            c = new Vector3(grey) + (c - new Vector3(grey)) * saturation;
            for (int channel = 0; channel < 3; channel++)
            {
                float v = Math.Clamp(channel == 0 ? c.X : channel == 1 ? c.Y : c.Z, 0, 1);
                v = v <= 0.0031308f ? 12.92f * v : 1.055f * MathF.Pow(v, 1 / 2.4f) - 0.055f;
                v = Math.Clamp(Middle + contrast * (MathF.Pow(v, gamma) - Middle), 0, 1);
                bytes.Samples[3 * i + channel] = (byte)(255 * v + 0.5f);
            }
        }
        bytes = Sharpened(bytes, _sharp.Single(item));
        if (_packed.Happens(0.3, item))
            bytes = JpegReader.Read(JpegWriter.Write(bytes, (int)_quality.At(item)), "picture");
        return Sized(bytes, side);
    }

    // What cameras add to edges: the part by which a place differs from its neighbours, once more.
    private static Raster<byte> Sharpened(Raster<byte> from, float by)
    {
        var to = new Raster<byte>(from.Width, from.Height, 3);
        for (int y = 0; y < from.Height; y++)
            for (int x = 0; x < from.Width; x++)
                for (int c = 0; c < 3; c++)
                {
                    int At(int u, int v) => from[Math.Clamp(u, 0, from.Width - 1), Math.Clamp(v, 0, from.Height - 1), c];
                    float mean = (4 * At(x, y) + 2 * (At(x - 1, y) + At(x + 1, y) + At(x, y - 1) + At(x, y + 1))
                        + At(x - 1, y - 1) + At(x + 1, y - 1) + At(x - 1, y + 1) + At(x + 1, y + 1)) / 16f;
                    to[x, y, c] = (byte)Math.Clamp(At(x, y) + by * (At(x, y) - mean) + 0.5f, 0, 255);
                }
        return to;
    }

    // Red and green, green and blue by turns, as a sensor has them.
    internal static int Mosaic(int x, int y) => (x & 1) + (y & 1);

    /// <summary>Each colour from the mean of its nearest places: what fringes edges in small pictures.</summary>
    internal static Vector3 Demosaiced(float[] raw, int side, int x, int y)
    {
        Vector3 sum = default, count = default;
        for (int v = Math.Max(0, y - 1); v <= Math.Min(side - 1, y + 1); v++)
            for (int u = Math.Max(0, x - 1); u <= Math.Min(side - 1, x + 1); u++)
            {
                int colour = Mosaic(u, v);
                // A place's own colour is its own; of green's neighbours those by the side count.
                if (colour == Mosaic(x, y) && (u != x || v != y)) continue;
                if (colour == 1 && u != x && v != y) continue;
                var one = colour == 0 ? Vector3.UnitX : colour == 1 ? Vector3.UnitY : Vector3.UnitZ;
                sum += one * raw[v * side + u];
                count += one;
            }
        return new(sum.X / count.X, sum.Y / count.Y, sum.Z / count.Z);
    }

    /// <summary>To a square of a side: averages where it shrinks, bilinear where it grows.</summary>
    public static byte[] Sized(Raster<byte> from, int side)
    {
        byte[] to = new byte[side * side * 3];
        double step = from.Width / (double)side;
        if (step > 1)
        {
            for (int y = 0; y < side; y++)
                for (int x = 0; x < side; x++)
                    for (int c = 0; c < 3; c++) to[(y * side + x) * 3 + c] = (byte)(Mean(from, x * step, y * step, step, c) + 0.5);
            return to;
        }
        var map = new AffineMap(step, 0, step / 2 - 0.5, 0, step, step / 2 - 0.5);
        Warping.Bilinear(from.Samples, from.Width, from.Height, 3, to, side, side, map, Border.Nearest, new byte[4]);
        return to;
    }

    private static double Mean(Raster<byte> from, double x, double y, double step, int channel)
    {
        double sum = 0;
        for (int v = (int)y; v < Math.Min(from.Height, Math.Ceiling(y + step)); v++)
            for (int u = (int)x; u < Math.Min(from.Width, Math.Ceiling(x + step)); u++)
                sum += from[u, v, channel] * (Math.Min(u + 1, x + step) - Math.Max(u, x)) * (Math.Min(v + 1, y + step) - Math.Max(v, y));
        return sum / (step * step);
    }

    // The lens's spread as a normal, then the way of the picture during exposure as a mean along it.
    private Vector3[] Blurred(Vector3[] pixels, int wide, long item)
    {
        double sigma = _spread.At(item);
        int reach = Margin - 1;
        float[] weights = new float[2 * reach + 1];
        for (int i = -reach; i <= reach; i++) weights[i + reach] = (float)Math.Exp(-i * i / (2 * sigma * sigma));
        float all = weights.Sum();
        for (int i = 0; i < weights.Length; i++) weights[i] /= all;
        var across = Along(pixels, wide, 1, 0, weights);
        var both = Along(across, wide, 0, 1, weights);
        if (!_moving.Happens(0.4, item)) return both;
        double length = _motion.At(item), angle = _direction.At(item);
        var moved = new Vector3[both.Length];
        const int Steps = 7;
        for (int s = 0; s < Steps; s++)
        {
            double t = ((s + 0.5) / Steps - 0.5) * length;
            Shifted(both, moved, wide, t * Math.Cos(angle), t * Math.Sin(angle), 1f / Steps);
        }
        return moved;
    }

    private static Vector3[] Along(Vector3[] from, int wide, int dx, int dy, float[] weights)
    {
        var to = new Vector3[from.Length];
        int reach = weights.Length / 2;
        for (int y = 0; y < wide; y++)
            for (int x = 0; x < wide; x++)
            {
                Vector3 sum = default;
                for (int i = -reach; i <= reach; i++)
                    sum += from[Math.Clamp(y + i * dy, 0, wide - 1) * wide + Math.Clamp(x + i * dx, 0, wide - 1)] * weights[i + reach];
                to[y * wide + x] = sum;
            }
        return to;
    }

    private static void Shifted(Vector3[] from, Vector3[] into, int wide, double dx, double dy, float part)
    {
        int left = (int)Math.Floor(dx), top = (int)Math.Floor(dy);
        float u = (float)(dx - left), v = (float)(dy - top);
        Vector3 At(int x, int y) => from[Math.Clamp(y, 0, wide - 1) * wide + Math.Clamp(x, 0, wide - 1)];
        for (int y = 0; y < wide; y++)
            for (int x = 0; x < wide; x++)
                into[y * wide + x] += ((At(x + left, y + top) * (1 - u) + At(x + left + 1, y + top) * u) * (1 - v)
                    + (At(x + left, y + top + 1) * (1 - u) + At(x + left + 1, y + top + 1) * u) * v) * part;
    }
}
