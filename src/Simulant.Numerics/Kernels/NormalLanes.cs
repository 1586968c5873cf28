using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Kernels;

/// <summary>
/// Standard normals by address, sixteen items at a time, in single precision: Philox4x32-10 gives four 32-bit uniforms an item
/// and slot, and Giles' branch-free inverse error function (GPU Computing Gems 2, 2011, chapter 10, single precision) turns
/// each into a normal. Only exactly rounded operations are used, so that every machine gives the same bits.
/// </summary>
public static class NormalLanes
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>
    /// Four normals for every item, into[0..3][r] from the bits at (items[r], slot, draws[r]); equal to <see cref="Of"/> of each.
    /// </summary>
    public static void Fill(RandomStream stream, ReadOnlySpan<long> items, ReadOnlySpan<int> draws, int slot,
        Span<float> first, Span<float> second, Span<float> third, Span<float> fourth)
    {
        var (k0, k1) = stream.Key;
        Span<uint> low = stackalloc uint[16], high = stackalloc uint[16], draw = stackalloc uint[16];
        Span<float> spare = stackalloc float[16];
        for (int r = 0; r < items.Length; r += 16)
        {
            int count = Math.Min(16, items.Length - r);
            Counters(items.Slice(r, count), draws.Slice(r, count), low, high, draw);
            var (a, b, c, d) = Block(Vector512.Create<uint>(low), Vector512.Create<uint>(high),
                Vector512.Create((uint)slot), Vector512.Create<uint>(draw), k0, k1);
            Store(Normal(a), first, r, count, spare);
            Store(Normal(b), second, r, count, spare);
            Store(Normal(c), third, r, count, spare);
            Store(Normal(d), fourth, r, count, spare);
        }
    }

    /// <summary>
    /// Normals of at most sixteen items, one a lane: into[(4 s + w) stride + lane] is word w at (items[lane], first slot + s,
    /// draws[lane]), as <see cref="Of"/> makes it. Sixteen lanes are written always.
    /// </summary>
    public static void FillDown(RandomStream stream, ReadOnlySpan<long> items, ReadOnlySpan<int> draws, int firstSlot, int slots,
        Span<float> into, int stride)
    {
        var (k0, k1) = stream.Key;
        Span<uint> low = stackalloc uint[16], high = stackalloc uint[16], draw = stackalloc uint[16];
        Counters(items, draws, low, high, draw);
        Vector512<uint> c0 = Vector512.Create<uint>(low), c1 = Vector512.Create<uint>(high), c3 = Vector512.Create<uint>(draw);
        for (int s = 0; s < slots; s++)
        {
            var (a, b, c, d) = Block(c0, c1, Vector512.Create((uint)(firstSlot + s)), c3, k0, k1);
            Normal(a).CopyTo(into[(4 * s * stride)..]);
            Normal(b).CopyTo(into[((4 * s + 1) * stride)..]);
            Normal(c).CopyTo(into[((4 * s + 2) * stride)..]);
            Normal(d).CopyTo(into[((4 * s + 3) * stride)..]);
        }
    }

    /// <summary>Counter words of items: low and high half, and draw.</summary>
    internal static void Counters(ReadOnlySpan<long> items, ReadOnlySpan<int> draws, Span<uint> low, Span<uint> high, Span<uint> draw)
    {
        for (int i = 0; i < items.Length; i++)
            (low[i], high[i], draw[i]) = ((uint)items[i], (uint)((ulong)items[i] >> 32), (uint)draws[i]);
    }

    /// <summary>The normal of 32 random bits; the vectors' oracle.</summary>
    public static float Of(uint bits) => Normal(Vector512.Create(bits)).GetElement(0);

    private static void Store(Vector512<float> normals, Span<float> into, int at, int count, Span<float> spare)
    {
        if (count == 16)
        {
            normals.StoreUnsafe(ref MemoryMarshal.GetReference(into), (nuint)at);
            return;
        }
        normals.CopyTo(spare);
        spare[..count].CopyTo(into[at..]);
    }

    /// <summary>Philox4x32-10 of sixteen counters.</summary>
    internal static (Vector512<uint>, Vector512<uint>, Vector512<uint>, Vector512<uint>) Block(
        Vector512<uint> c0, Vector512<uint> c1, Vector512<uint> c2, Vector512<uint> c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            var (high0, low0) = Multiply(c0, M0);
            var (high1, low1) = Multiply(c2, M1);
            c0 = high1 ^ c1 ^ Vector512.Create(k0);
            c2 = high0 ^ c3 ^ Vector512.Create(k1);
            c1 = low1;
            c3 = low0;
            k0 += W0;
            k1 += W1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>High and low halves of the 64-bit products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<uint> High, Vector512<uint> Low) Multiply(Vector512<uint> value, uint by)
    {
        var factor = Vector512.Create((ulong)by);
        var mask = Vector512.Create(0xFFFFFFFFUL);
        // Where 64-bit products of vectors are slow, those of 32-bit halves are one instruction each.
        var (even, odd) = Avx2.IsSupported && !Vector512.IsHardwareAccelerated
            ? (Halves(value, factor), Halves((value.AsUInt64() >>> 32).AsUInt32(), factor))
            : ((value.AsUInt64() & mask) * factor, (value.AsUInt64() >>> 32) * factor);
        var high = (even >>> 32) | (odd & ~mask);
        var low = (even & mask) | (odd << 32);
        return (high.AsUInt32(), low.AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Halves(Vector512<uint> value, Vector512<ulong> factor) => Vector512.Create(
        Avx2.Multiply(value.GetLower(), factor.GetLower().AsUInt32()), Avx2.Multiply(value.GetUpper(), factor.GetUpper().AsUInt32()));

    internal static Vector512<float> Normal(Vector512<uint> bits) => Vector512.IsHardwareAccelerated
        ? NormalWide(bits) : Vector512.Create(HalfLanes.Normal(bits.GetLower()), HalfLanes.Normal(bits.GetUpper()));

    internal static Vector512<float> NormalWide(Vector512<uint> bits)
    {
        // x on the odd points of a grid of 2^-23 in (-1, 1): symmetric, and never at the ends.
        var x = Vector512.ConvertToSingle((bits >>> 8).AsInt32()) * (1f / (1 << 23)) + Vector512.Create(0.5f / (1 << 23) - 1);
        var w = -Lanes.LogNormalWide((Vector512<float>.One - x) * (Vector512<float>.One + x));
        var near = w - Vector512.Create(2.5f);
        var p = Vector512.Create(2.81022636e-08f);
        p = Step(p, near, 3.43273939e-07f);
        p = Step(p, near, -3.5233877e-06f);
        p = Step(p, near, -4.39150654e-06f);
        p = Step(p, near, 0.00021858087f);
        p = Step(p, near, -0.00125372503f);
        p = Step(p, near, -0.00417768164f);
        p = Step(p, near, 0.246640727f);
        p = Step(p, near, 1.50140941f);
        var far = Vector512.Sqrt(w) - Vector512.Create(3f);
        var q = Vector512.Create(-0.000200214257f);
        q = Step(q, far, 0.000100950558f);
        q = Step(q, far, 0.00134934322f);
        q = Step(q, far, -0.00367342844f);
        q = Step(q, far, 0.00573950773f);
        q = Step(q, far, -0.0076224613f);
        q = Step(q, far, 0.00943887047f);
        q = Step(q, far, 1.00167406f);
        q = Step(q, far, 2.83297682f);
        return Vector512.ConditionalSelect(Vector512.LessThan(w, Vector512.Create(5f)), p, q) * x * 1.41421356f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Step(Vector512<float> sum, Vector512<float> x, float next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
