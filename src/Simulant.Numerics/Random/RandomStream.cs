using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Simulant.Numerics.Random;

/// <summary>
/// Addressed randomness: every value is a pure function of (seed, stream name, item, slot, draw), so results depend on
/// neither the order nor the number of threads that ask. Streams with different names are independent.
/// </summary>
/// <remarks>
/// The key is the first 64 bits of SHA-256(seed, name); the counter words are (item low, item high, slot, draw).
/// Item: which record. Slot: which decision inside the record (a column, say). Draw: which attempt or repetition.
/// </remarks>
public readonly struct RandomStream
{
    private readonly uint _k0, _k1;

    public RandomStream(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] input = new byte[8 + text.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(input, seed);
        text.CopyTo(input, 8);
        byte[] hash = SHA256.HashData(input);
        _k0 = BinaryPrimitives.ReadUInt32LittleEndian(hash);
        _k1 = BinaryPrimitives.ReadUInt32LittleEndian(hash.AsSpan(4));
    }

    /// <summary>The generator's key, for kernels that run it over many items at once.</summary>
    internal (uint K0, uint K1) Key => (_k0, _k1);

    /// <summary>128 random bits at the address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (uint R0, uint R1, uint R2, uint R3) Bits(long item, int slot, int draw = 0) =>
        Philox.Block((uint)item, (uint)((ulong)item >> 32), (uint)slot, (uint)draw, _k0, _k1);

    /// <summary>A uniform double in [0, 1) with 53 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform(long item, int slot, int draw = 0)
    {
        var (a, b, _, _) = Bits(item, slot, draw);
        return ToUniform(a, b);
    }

    /// <summary>Two independent uniforms in [0, 1), 53 bits each, at one address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double First, double Second) UniformPair(long item, int slot, int draw = 0)
    {
        var (a, b, c, d) = Bits(item, slot, draw);
        return (ToUniform(a, b), ToUniform(c, d));
    }

    /// <summary>A standard normal (Box-Muller over the address's two uniforms).</summary>
    public double Normal(long item, int slot, int draw = 0)
    {
        var (u, v) = UniformPair(item, slot, draw);
        return Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>A uniform integer in [0, bound), bound at least 1, by 64-bit multiply-shift (bias below 2^-32).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int bound, long item, int slot, int draw = 0)
    {
        var (a, b, _, _) = Bits(item, slot, draw);
        return (int)Math.BigMul((ulong)a << 32 | b, (ulong)bound, out _);
    }

    /// <summary>
    /// A sequence of draws at one (item, slot), for decisions that need a number of draws not known beforehand.
    /// </summary>
    public DrawSequence Draws(long item, int slot) => new(this, item, slot);

    /// <summary>
    /// A permutation of 0..count-1 that is a pure function of (stream, item): Fisher-Yates, draw k at (item, k).
    /// </summary>
    public int[] Permutation(int count, long item = 0)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int i = count - 1; i > 0; i--)
        {
            int j = Below(i + 1, item, i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToUniform(uint high, uint low) =>
        (((ulong)high << 32 | low) >> 11) * (1.0 / (1UL << 53));
}

/// <summary>Successive draws at one address; a mutable struct, passed by reference.</summary>
/// <param name="first">Number of the first draw, so that several sequences can share an address.</param>
public struct DrawSequence(RandomStream stream, long item, int slot, int first = 0)
{
    private int _draw = first;

    public double Uniform() => stream.Uniform(item, slot, _draw++);
    public double Normal() => stream.Normal(item, slot, _draw++);
    public int Below(int bound) => stream.Below(bound, item, slot, _draw++);
}
