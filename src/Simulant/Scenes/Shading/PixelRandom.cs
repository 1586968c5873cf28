using System.Numerics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Shading;

/// <summary>
/// The numbers of one sample of one pixel: number k is a pure function of (seed, frame, pixel, sample, k), so that pictures depend on
/// neither threads nor tiles. Numbers are asked for in a fixed order along a path; a mutable struct, passed by reference.
/// </summary>
public struct PixelRandom(RandomStream stream, int frame, int pixel, int sample)
{
    private readonly long _item = Item(frame, pixel);

    // Of the newest block, of two pairs, how many are left; the second is kept.
    private int _block, _left;
    private uint _first0, _first1, _kept0, _kept1;

    /// <summary>Two numbers uniform in [0, 1).</summary>
    public Vector2 Pair()
    {
        const float Unit = 1f / (1 << 24);
        if (_left == 0)
        {
            (_first0, _first1, _kept0, _kept1) = stream.Bits(_item, sample, _block++);
            _left = 2;
        }
        var (a, b) = _left-- == 2 ? (_first0, _first1) : (_kept0, _kept1);
        return new((a >> 8) * Unit, (b >> 8) * Unit);
    }

    /// <summary>One sample of sixteen pixels, their first numbers made at once.</summary>
    internal static void Fill(RandomStream stream, int frame, ReadOnlySpan<int> pixels, int sample, Span<PixelRandom> into)
    {
        Span<long> items = stackalloc long[16];
        Span<uint> a = stackalloc uint[16], b = stackalloc uint[16], c = stackalloc uint[16], d = stackalloc uint[16];
        for (int i = 0; i < 16; i++) items[i] = Item(frame, pixels[i]);
        UniformLanes.Bits(stream, items, sample, 0, a, b, c, d);
        for (int i = 0; i < 16; i++)
            into[i] = new(stream, frame, pixels[i], sample)
            {
                _block = 1, _left = 2, _first0 = a[i], _first1 = b[i], _kept0 = c[i], _kept1 = d[i],
            };
    }

    private static long Item(int frame, int pixel) => (long)frame << 32 | (uint)pixel;
}
