using System.Numerics;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Shading;

/// <summary>
/// The numbers of one sample of one pixel: number k is a pure function of (seed, frame, pixel, sample, k), so that pictures depend on
/// neither threads nor tiles. Numbers are asked for in a fixed order along a path; a mutable struct, passed by reference.
/// </summary>
public struct PixelRandom(RandomStream stream, int frame, int pixel, int sample)
{
    private readonly long _item = (long)frame << 32 | (uint)pixel;
    private int _block;
    private uint _kept0, _kept1;
    private bool _half;

    /// <summary>Two numbers uniform in [0, 1).</summary>
    public Vector2 Pair()
    {
        const float Unit = 1f / (1 << 24);
        if (_half)
        {
            _half = false;
            return new((_kept0 >> 8) * Unit, (_kept1 >> 8) * Unit);
        }
        var (a, b, c, d) = stream.Bits(_item, sample, _block++);
        (_kept0, _kept1, _half) = (c, d, true);
        return new((a >> 8) * Unit, (b >> 8) * Unit);
    }
}
