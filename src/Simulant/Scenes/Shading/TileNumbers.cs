using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Shading;

/// <summary>
/// The numbers of samples of a tile's sixteen pixels: pair k of a sample is a pure function of (seed, frame, pixel, sample, k), so that
/// pictures depend on neither threads nor tiles. The samples of a pixel share each pair's square evenly. For one thread.
/// </summary>
internal sealed class TileNumbers
{
    // Pairs by their use; those of a path's places begin at Places, and each place has Step of them.
    public const int Pixel = 0, Lens = 1, Places = 2, Step = 4;

    private readonly long[] _items = new long[RayPacket.Count];
    private readonly uint[] _words = new uint[4 * RayPacket.Count];

    // Of each lane at hand.
    private readonly uint[] _first = new uint[RayPacket.Count], _second = new uint[RayPacket.Count], _third = new uint[RayPacket.Count],
        _turned = new uint[RayPacket.Count];

    /// <summary>The pair last asked for, by lane, each uniform in [0, 1).</summary>
    public readonly float[] X = new float[RayPacket.Count], Y = new float[RayPacket.Count];

    /// <param name="pixels">Index of each.</param>
    public void Begin(RandomStream stream, int frame, ReadOnlySpan<int> pixels)
    {
        for (int i = 0; i < RayPacket.Count; i++) _items[i] = (long)frame << 32 | (uint)pixels[i];
        var words = _words.AsSpan();
        UniformLanes.Bits(stream, _items, 0, 0, words[..16], words[16..32], words[32..48], words[48..]);
    }

    /// <summary>All lanes are to be their pixels' samples of one number.</summary>
    public void Sample(int sample)
    {
        _words.AsSpan(0, 16).CopyTo(_first);
        _words.AsSpan(16, 16).CopyTo(_second);
        _words.AsSpan(32, 16).CopyTo(_third);
        _turned.AsSpan().Fill(ScrambledNet.Turn((uint)sample));
    }

    /// <summary>One lane is to be a sample of one of the pixels.</summary>
    public void Set(int lane, int pixel, uint turnedSample)
    {
        (_first[lane], _second[lane], _third[lane]) = (_words[pixel], _words[16 + pixel], _words[32 + pixel]);
        _turned[lane] = turnedSample;
    }

    public void Pair(int pair) => ScrambledNet.Points(_first, _second, _third, _turned, pair, X, Y);
}
