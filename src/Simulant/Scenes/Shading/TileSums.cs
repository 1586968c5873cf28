using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Shading;

/// <summary>What a tile's pixels have gathered, sample after sample. Taken up again tile after tile.</summary>
internal sealed class TileSums
{
    private readonly Vector3[] _light = new Vector3[RayPacket.Count], _albedo = new Vector3[RayPacket.Count];
    private readonly float[] _block = new float[RayPacket.Count], _sum = new float[RayPacket.Count], _squares = new float[RayPacket.Count];
    private readonly int _blocks, _size;
    private int _samples;

    /// <param name="samples">How many each pixel will have.</param>
    public TileSums(int samples)
    {
        // Samples in a row fill their squares evenly, so that a mean of many errs far less than single ones' spread says. Blocks of them
        // differ as their means do.
        _blocks = samples < 8 ? samples : samples % 4 == 0 ? 4 : samples % 3 == 0 ? 3 : samples % 2 == 0 ? 2 : samples;
        _size = samples / _blocks;
    }

    public void Begin()
    {
        Array.Clear(_light);
        Array.Clear(_albedo);
        Array.Clear(_block);
        Array.Clear(_sum);
        Array.Clear(_squares);
        _samples = 0;
    }

    public void Add(int lane, Vector3 light, Vector3 albedo)
    {
        _light[lane] += light;
        _albedo[lane] += albedo;
        _block[lane] += Brdf.Brightness(light);
    }

    /// <summary>All pixels have had one sample more.</summary>
    public void Next()
    {
        if (++_samples % _size != 0) return;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            float mean = _block[lane] / _size;
            _sum[lane] += mean;
            _squares[lane] += mean * mean;
            _block[lane] = 0;
        }
    }

    public void Put(ColourImage image, int at, int lane)
    {
        float part = 1f / _samples, mean = _sum[lane] / _blocks;
        image.Pixels[at] = _light[lane] * part;
        image.Albedo[at] = _albedo[lane] * part;
        image.Variance[at] = _blocks > 1 ? MathF.Max(0, _squares[lane] / _blocks - mean * mean) / (_blocks - 1) : 0;
    }
}
