using System.Runtime.Intrinsics;
using Simulant.Numerics.Random;

namespace Simulant.Numerics.Text;

/// <summary>
/// MinHash signatures of sets: slot i holds the least value of the i-th hash function over the set's elements, so two sets agree in a
/// slot with probability their Jaccard similarity. Source: Broder, SEQUENCES 1997.
/// </summary>
/// <remarks>
/// Function i of an element x (the upper half of its 64-bit hash) is a finaliser of a_i x + b_i modulo 2^32, a_i odd: a
/// permutation of 32-bit numbers, so that functions differ in more than a scale. Slots are 32 bits wide; 16 of them are held in
/// registers while the elements pass.
/// </remarks>
public sealed class MinHash
{
    private const uint Spread = 0x2C1B3C6D;

    private readonly uint[] _scale, _shift;

    /// <param name="hashes">Slots of a signature, at least 1.</param>
    public MinHash(int hashes, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashes, 1);
        Hashes = hashes;
        // Filled up to whole registers; what lies beyond is computed and dropped.
        int padded = (hashes + 15) / 16 * 16;
        (_scale, _shift) = (new uint[padded], new uint[padded]);
        var stream = new RandomStream(seed, "text/minhash");
        for (int i = 0; i < padded; i++)
        {
            var (a, b, _, _) = stream.Bits(i, 0);
            (_scale[i], _shift[i]) = (a | 1, b);
        }
    }

    /// <summary>Slots of a signature.</summary>
    public int Hashes { get; }

    /// <summary>Function <paramref name="slot"/> of an element: what the vectors compute, one at a time.</summary>
    public uint Hash(ulong element, int slot)
    {
        uint t = (uint)(element >> 32) * _scale[slot] + _shift[slot];
        return (t ^ t >> 15) * Spread;
    }

    /// <summary>The signature of a set of 64-bit hashes; repeats do not matter. All ones where the set is empty.</summary>
    /// <param name="signature"><see cref="Hashes"/> long.</param>
    public void Sign(ReadOnlySpan<ulong> elements, Span<uint> signature)
    {
        if (signature.Length != Hashes) throw new ArgumentException($"{Hashes} slots are needed", nameof(signature));
        Span<uint> block = stackalloc uint[16];
        for (int from = 0; from < Hashes; from += 16)
        {
            Least(elements, from, block);
            block[..Math.Min(16, Hashes - from)].CopyTo(signature[from..]);
        }
    }

    private void Least(ReadOnlySpan<ulong> elements, int from, Span<uint> to)
    {
        Vector256<uint> a0 = Vector256.Create<uint>(_scale.AsSpan(from)), a1 = Vector256.Create<uint>(_scale.AsSpan(from + 8));
        Vector256<uint> b0 = Vector256.Create<uint>(_shift.AsSpan(from)), b1 = Vector256.Create<uint>(_shift.AsSpan(from + 8));
        Vector256<uint> m0 = Vector256<uint>.AllBitsSet, m1 = m0, spread = Vector256.Create(Spread);
        foreach (ulong element in elements)
        {
            var x = Vector256.Create((uint)(element >> 32));
            var t0 = x * a0 + b0;
            var t1 = x * a1 + b1;
            t0 = (t0 ^ Vector256.ShiftRightLogical(t0, 15)) * spread;
            t1 = (t1 ^ Vector256.ShiftRightLogical(t1, 15)) * spread;
            m0 = Vector256.Min(m0, t0);
            m1 = Vector256.Min(m1, t1);
        }
        m0.CopyTo(to);
        m1.CopyTo(to[8..]);
    }

    /// <summary>
    /// One 64-bit key a band of a signature: bands agree where all their rows do (Leskovec, Rajaraman, Ullman, chapter 3). Keys of
    /// different bands differ by their number.
    /// </summary>
    /// <param name="keys">As many as bands; the signature is cut into as many equal parts.</param>
    public static void BandKeys(ReadOnlySpan<uint> signature, Span<ulong> keys)
    {
        if (keys.Length == 0 || signature.Length % keys.Length != 0)
            throw new ArgumentException($"{signature.Length} slots do not make {keys.Length} equal bands", nameof(keys));
        int rows = signature.Length / keys.Length;
        for (int band = 0; band < keys.Length; band++)
        {
            ulong key = (ulong)band + 1;
            foreach (uint slot in signature.Slice(band * rows, rows)) key = WordScanner.Mix(key ^ slot) + 0x9E3779B97F4A7C15;
            keys[band] = key;
        }
    }

    /// <summary>The probability that two sets of this similarity share a band: 1 - (1 - s^rows)^bands.</summary>
    public static double MatchProbability(double similarity, int bands, int rows) =>
        1 - Math.Pow(1 - Math.Pow(similarity, rows), bands);

    /// <summary>The share of slots in which two signatures agree: an unbiased estimate of the Jaccard similarity.</summary>
    public static double Agreement(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int equal = 0;
        for (int i = 0; i < a.Length; i++)
            if (a[i] == b[i]) equal++;
        return (double)equal / a.Length;
    }
}
