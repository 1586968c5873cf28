using System.Buffers.Binary;
using Simulant.Numerics.Random;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Tests.Privacy.Mechanisms;

/// <summary>Repeatable bytes in place of the operating system's: what only tests may do.</summary>
internal sealed class SeededNoise(ulong seed) : INoiseSource
{
    private readonly RandomStream _stream = new(seed, "test noise");
    private readonly byte[] _block = new byte[16];
    private long _next;
    private int _used = 16;

    public void Fill(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (_used == _block.Length)
            {
                var (a, b, c, d) = _stream.Bits(_next++, 0);
                BinaryPrimitives.WriteUInt32LittleEndian(_block, a);
                BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(4), b);
                BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(8), c);
                BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(12), d);
                _used = 0;
            }
            bytes[i] = _block[_used++];
        }
    }
}
