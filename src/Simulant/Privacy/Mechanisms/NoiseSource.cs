using System.Security.Cryptography;

namespace Simulant.Privacy.Mechanisms;

/// <summary>Where the random bytes of privacy noise come from: the seam that only tests replace.</summary>
internal interface INoiseSource
{
    void Fill(Span<byte> bytes);
}

/// <summary>The operating system's generator, asked for blocks at a time. It takes no seed, and nothing of it is stored.</summary>
internal sealed class SystemNoise : INoiseSource
{
    private readonly byte[] _block = new byte[4096];
    private int _used = 4096;

    public void Fill(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_used == _block.Length)
            {
                RandomNumberGenerator.Fill(_block);
                _used = 0;
            }
            int take = Math.Min(bytes.Length, _block.Length - _used);
            _block.AsSpan(_used, take).CopyTo(bytes);
            _block.AsSpan(_used, take).Clear(); // noise that was used is not left in memory
            _used += take;
            bytes = bytes[take..];
        }
    }
}
