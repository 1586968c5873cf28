using Simulant.Data;
using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Optics;

/// <summary>What a sensor reads out.</summary>
/// <param name="Counts">One count a photosite, rows from the top; where there is no mosaic three a pixel, red, green, blue.</param>
public sealed record RawFrame(int Width, int Height, BayerPattern Bayer, int Bits, int Black, ushort[] Counts)
{
    internal int Each => Bayer == BayerPattern.None ? 3 : 1;

    /// <summary>Colour 0 to 2 of a photosite.</summary>
    public static int Colour(BayerPattern bayer, int x, int y)
    {
        // Where red stands in its square of two by two; blue is across from it.
        var (redX, redY) = bayer switch
        {
            BayerPattern.Rggb => (0, 0),
            BayerPattern.Bggr => (1, 1),
            BayerPattern.Grbg => (1, 0),
            BayerPattern.Gbrg => (0, 1),
            _ => throw new ArgumentException($"{bayer} is no mosaic"),
        };
        bool red = (x & 1) == redX, row = (y & 1) == redY;
        return red == row ? (red ? 0 : 2) : 1;
    }
}

/// <summary>Light to counts.</summary>
internal sealed class Converter
{
    private readonly Planes _light;
    private readonly SensorOptions _options;
    private readonly RandomStream _stream, _pattern;
    private readonly RawFrame _raw;

    private Converter(Planes light, SensorOptions options, ulong seed)
    {
        (_light, _options) = (light, options);
        (_stream, _pattern) = (new(seed, "scenes/photosites"), new(seed, "scenes/photosites/own"));
        var sites = options.Photosites;
        int each = options.Bayer == BayerPattern.None ? 3 : 1;
        _raw = new(light.Width, light.Height, options.Bayer, sites.Bits, sites.Black, new ushort[light.Width * light.Height * each]);
    }

    /// <param name="light">1 fills the wells that take most.</param>
    public static RawFrame Read(Planes light, SensorOptions options, RunContext run)
    {
        var converter = new Converter(light, options, run.Seed);
        Planes.EachRow(light.Height, run, converter.Row);
        return converter._raw;
    }

    private void Row(int y)
    {
        var sites = _options.Photosites;
        int count = _light.Width * _raw.Each;
        // Four numbers to an address, and rows begin at whole addresses.
        long row = (long)y * ((count + 3) / 4), frame = (long)_options.Frame << 32;
        Span<float> electrons = new float[count], noise = new float[count];
        Expected(y, electrons);
        if (sites.Unevenness > 0 || sites.DarkUnevenness > 0) Own(row, electrons, noise);
        if (sites.Shot)
            for (int i = 0; i < count; i++)
                electrons[i] = Poisson.At(_stream, frame | (long)y * count + i, 1, electrons[i]);
        if (sites.ReadNoise > 0) PixelNoise.Normals(_stream, 0, frame | row, noise);
        else noise.Clear();
        float scale = 1 / sites.Step, white = sites.White;
        var counts = _raw.Counts.AsSpan(y * count, count);
        for (int i = 0; i < count; i++)
        {
            float held = MathF.Min(electrons[i], sites.FullWell) + noise[i] * sites.ReadNoise;
            counts[i] = (ushort)Math.Clamp(sites.Black + held * scale + 0.5f, 0f, white);
        }
    }

    private void Expected(int y, Span<float> electrons)
    {
        var sites = _options.Photosites;
        var full = sites.Relative * sites.FullWell;
        Span<float> red = _light.Row(0, y), green = _light.Row(1, y), blue = _light.Row(2, y);
        // Light that overfills a well many times is cut before it is counted.
        float most = 4 * sites.FullWell;
        if (_raw.Each == 3)
        {
            for (int x = 0; x < red.Length; x++)
            {
                electrons[3 * x] = MathF.Min(red[x] * full.X, most) + sites.Dark;
                electrons[3 * x + 1] = MathF.Min(green[x] * full.Y, most) + sites.Dark;
                electrons[3 * x + 2] = MathF.Min(blue[x] * full.Z, most) + sites.Dark;
            }
            return;
        }
        for (int phase = 0; phase < 2; phase++)
        {
            int colour = RawFrame.Colour(_options.Bayer, phase, y);
            var from = colour == 0 ? red : colour == 1 ? green : blue;
            float gain = colour == 0 ? full.X : colour == 1 ? full.Y : full.Z;
            for (int x = phase; x < red.Length; x += 2) electrons[x] = MathF.Min(from[x] * gain, most) + sites.Dark;
        }
    }

    private void Own(long row, Span<float> electrons, Span<float> spare)
    {
        var sites = _options.Photosites;
        PixelNoise.Normals(_pattern, 0, row, spare);
        for (int i = 0; i < electrons.Length; i++) electrons[i] *= MathF.Max(0, 1 + sites.Unevenness * spare[i]);
        PixelNoise.Normals(_pattern, 1, row, spare);
        for (int i = 0; i < electrons.Length; i++) electrons[i] = MathF.Max(0, electrons[i] + sites.DarkUnevenness * spare[i]);
    }
}
