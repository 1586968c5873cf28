using System.Numerics;

namespace Simulant.Numerics.Random;

/// <summary>
/// A bijection of 0..Count-1 with random access: a Feistel network over the next even power of two, walked until it lands
/// inside (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, cycle walking). Distinct items get
/// distinct numbers that look random, which is how unique keys keep the law of random access.
/// </summary>
public readonly struct IndexPermutation
{
    private const int Rounds = 8;

    private readonly RandomStream _stream;
    private readonly int _slot;
    private readonly int _halfBits;
    private readonly ulong _mask;

    /// <param name="count">Size of the domain, 1 to 2^62.</param>
    /// <param name="slot">Tells permutations of one stream apart.</param>
    public IndexPermutation(RandomStream stream, int slot, long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1L << 62);
        _stream = stream;
        _slot = slot;
        Count = count;
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)(count - 1));
        _halfBits = Math.Max(1, (bits + 1) / 2);
        _mask = (1UL << _halfBits) - 1;
    }

    public long Count { get; }

    /// <summary>Where <paramref name="index"/>, in [0, Count), goes.</summary>
    public long Map(long index)
    {
        if ((ulong)index >= (ulong)Count) throw new ArgumentOutOfRangeException(nameof(index));
        ulong value = (ulong)index;
        // The network's domain is at most four times Count, so about four steps are expected at most.
        do value = Encrypt(value);
        while (value >= (ulong)Count);
        return (long)value;
    }

    private ulong Encrypt(ulong value)
    {
        ulong left = value >> _halfBits, right = value & _mask;
        for (int round = 0; round < Rounds; round++)
        {
            var (a, b, _, _) = _stream.Bits((long)right, _slot, round);
            (left, right) = (right, left ^ (((ulong)a << 32 | b) & _mask));
        }
        return left << _halfBits | right;
    }
}
