using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Kernels;

/// <summary>
/// Points of the unit square that lie more evenly than by chance: the first two dimensions of Sobol's sequence, in an order and under a
/// scrambling of their own for every key (Owen 1995), both by hashing as Laine and Karras (2011) and Burley ("Practical hash-based Owen
/// scrambling", JCGT 9(4), 2020) do. Of the first 2^k points one lies in each of 2^k equal cells of every shape, and each alone is uniform.
/// Sixteen at a time.
/// </summary>
public static class ScrambledNet
{
    public const int Count = 16;

    private static readonly Vector256<byte> Turned = Vector256.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
        19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28);

    /// <summary>Point <c>indices</c> of sequence <paramref name="sequence"/> of each key.</summary>
    /// <param name="first">Of each key a random word; likewise the two others.</param>
    /// <param name="turnedIndices">Numbers of the points, their 32 bits in the opposite order.</param>
    /// <param name="x">Multiples of 2^-24 in [0, 1).</param>
    public static void Points(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second, ReadOnlySpan<uint> third,
        ReadOnlySpan<uint> turnedIndices, int sequence, Span<float> x, Span<float> y)
    {
        // A stride that no small number divides keeps sequences' keys apart.
        var apart = Vector256.Create((uint)sequence * 0x9E3779B9u);
        for (int h = 0; h < Count; h += 8)
        {
            var key = Mixed(Vector256.Create(first.Slice(h, 8)) ^ apart);
            var index = Turn(Permuted(Vector256.Create(turnedIndices.Slice(h, 8)), key));
            var across = Permuted(index, Vector256.Create(second.Slice(h, 8)) + key * Vector256.Create(0x2545F491u));
            var along = Permuted(Above(index), Vector256.Create(third.Slice(h, 8)) + key * Vector256.Create(0xDA942043u));
            Unit(Turn(across)).CopyTo(x[h..]);
            Unit(Turn(along)).CopyTo(y[h..]);
        }
    }

    /// <summary>A word's bits in the opposite order.</summary>
    public static uint Turn(uint word)
    {
        uint turned = 0;
        for (int bit = 0; bit < 32; bit++) turned |= (word >> bit & 1) << (31 - bit);
        return turned;
    }

    // Bits that are changed by those below them alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Permuted(Vector256<uint> v, Vector256<uint> key)
    {
        v += key;
        v ^= v * Vector256.Create(0x6C50B47Cu);
        v ^= v * Vector256.Create(0xB82F1E52u);
        v ^= v * Vector256.Create(0xC7AFE638u);
        return v ^ (v * Vector256.Create(0x8D22F6E6u));
    }

    // MurmurHash3's last step (Appleby 2008): every bit in changes every bit out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mixed(Vector256<uint> v)
    {
        v = (v ^ (v >> 16)) * Vector256.Create(0x85EBCA6Bu);
        v = (v ^ (v >> 13)) * Vector256.Create(0xC2B2AE35u);
        return v ^ (v >> 16);
    }

    // The second dimension's matrix is Pascal's triangle by twos: bit k is the parity of the bits at places whose number holds k's bits.
    // Its result in the opposite order is what is wanted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Above(Vector256<uint> v)
    {
        v ^= (v >> 1) & Vector256.Create(0x55555555u);
        v ^= (v >> 2) & Vector256.Create(0x33333333u);
        v ^= (v >> 4) & Vector256.Create(0x0F0F0F0Fu);
        v ^= (v >> 8) & Vector256.Create(0x00FF00FFu);
        return v ^ (v >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn(Vector256<uint> v)
    {
        v = Vector256.Shuffle(v.AsByte(), Turned).AsUInt32();
        v = ((v >> 4) & Vector256.Create(0x0F0F0F0Fu)) | ((v & Vector256.Create(0x0F0F0F0Fu)) << 4);
        v = ((v >> 2) & Vector256.Create(0x33333333u)) | ((v & Vector256.Create(0x33333333u)) << 2);
        return ((v >> 1) & Vector256.Create(0x55555555u)) | ((v & Vector256.Create(0x55555555u)) << 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Unit(Vector256<uint> v) =>
        Vector256.ConvertToSingle((v >> 8).AsInt32()) * Vector256.Create(1f / (1 << 24));
}
