using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>Replaces every byte by what a table of 256 holds for it.</summary>
public static class ByteTable
{
    /// <param name="from">Any number of bytes; may be <paramref name="to"/>.</param>
    /// <param name="table">256 bytes.</param>
    public static void Apply(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, from.Length);
        int i = Avx2.IsSupported ? Wide(from, to, table) : 0;
        Scalar(from[i..], to[i..], table);
    }

    private static void Scalar(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        for (int i = 0; i < from.Length; i++) to[i] = table[from[i]];
    }

    // Each sixteenth of the table is one shuffle: bytes of that sixteenth keep a clear top bit, all others get a set one and shuffle to 0.
    private static int Wide(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        Span<Vector256<byte>> parts = stackalloc Vector256<byte>[16];
        for (int h = 0; h < 16; h++)
        {
            var part = Vector128.Create(table.Slice(16 * h, 16));
            parts[h] = Vector256.Create(part, part);
        }
        var bias = Vector256.Create((byte)0x70);
        int i = 0;
        for (; i <= from.Length - 32; i += 32)
        {
            var x = Vector256.LoadUnsafe(ref source, (nuint)i);
            var result = Vector256<byte>.Zero;
            for (int h = 0; h < 16; h++)
                result |= Avx2.Shuffle(parts[h], Avx2.AddSaturate(x ^ Vector256.Create((byte)(h << 4)), bias));
            result.StoreUnsafe(ref target, (nuint)i);
        }
        return i;
    }
}
