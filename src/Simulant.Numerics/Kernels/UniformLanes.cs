using System.Runtime.Intrinsics;
using Simulant.Numerics.Random;

namespace Simulant.Numerics.Kernels;

/// <summary>Uniform numbers by address, sixteen items at a time.</summary>
public static class UniformLanes
{
    /// <summary>The 128 bits of sixteen items at (items[r], slot, draw), as <see cref="RandomStream.Bits"/> gives them, word by
    /// word.</summary>
    public static void Bits(RandomStream stream, ReadOnlySpan<long> items, int slot, int draw, Span<uint> first, Span<uint> second,
        Span<uint> third, Span<uint> fourth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(items.Length, 16);
        var (k0, k1) = stream.Key;
        Span<uint> low = stackalloc uint[16], high = stackalloc uint[16];
        for (int i = 0; i < 16; i++) (low[i], high[i]) = ((uint)items[i], (uint)((ulong)items[i] >> 32));
        var (a, b, c, d) = NormalLanes.Block(Vector512.Create<uint>(low), Vector512.Create<uint>(high), Vector512.Create((uint)slot),
            Vector512.Create((uint)draw), k0, k1);
        a.CopyTo(first);
        b.CopyTo(second);
        c.CopyTo(third);
        d.CopyTo(fourth);
    }

    /// <summary>For every item the double that <see cref="RandomStream.Uniform"/> gives at (items[r], slot, draws[r]).</summary>
    public static void Fill(RandomStream stream, ReadOnlySpan<long> items, ReadOnlySpan<int> draws, int slot, Span<double> into)
    {
        var (k0, k1) = stream.Key;
        Span<uint> low = stackalloc uint[16], high = stackalloc uint[16], draw = stackalloc uint[16];
        for (int r = 0; r < items.Length; r += 16)
        {
            int count = Math.Min(16, items.Length - r);
            NormalLanes.Counters(items.Slice(r, count), draws.Slice(r, count), low, high, draw);
            var (a, b, _, _) = NormalLanes.Block(Vector512.Create<uint>(low), Vector512.Create<uint>(high), Vector512.Create((uint)slot),
                Vector512.Create<uint>(draw), k0, k1);
            a.CopyTo(high);
            b.CopyTo(low);
            for (int i = 0; i < count; i++) into[r + i] = RandomStream.ToUniform(high[i], low[i]);
        }
    }
}
