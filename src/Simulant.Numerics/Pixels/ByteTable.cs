using System.Runtime.CompilerServices;
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

    /// <summary>255 less every byte.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Invert(ReadOnlySpan<byte> from, Span<byte> to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, from.Length);
        ref byte source = ref MemoryMarshal.GetReference(from);
        ref byte target = ref MemoryMarshal.GetReference(to);
        // Ordinary stores: pictures mostly fit a cache, which stores past it would go round.
        nint i = 0;
        for (; i <= from.Length - 64; i += 64)
        {
            var first = ~Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i));
            var second = ~Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i + 32));
            first.StoreUnsafe(ref Unsafe.Add(ref target, i));
            second.StoreUnsafe(ref Unsafe.Add(ref target, i + 32));
        }
        for (; i < from.Length; i++) to[(int)i] = (byte)~from[(int)i];
    }

    /// <summary>A table for each of three channels.</summary>
    public static void ApplyColours(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> red, ReadOnlySpan<byte> green,
        ReadOnlySpan<byte> blue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(red.Length, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(green.Length, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(blue.Length, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, from.Length);
        // A byte cannot lead out of 256 entries: no look-up needs a check of its own.
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        ref byte r = ref MemoryMarshal.GetReference(red), g = ref MemoryMarshal.GetReference(green),
            b = ref MemoryMarshal.GetReference(blue);
        for (nint i = 0; i + 2 < from.Length; i += 3)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref r, (nint)Unsafe.Add(ref source, i));
            Unsafe.Add(ref target, i + 1) = Unsafe.Add(ref g, (nint)Unsafe.Add(ref source, i + 1));
            Unsafe.Add(ref target, i + 2) = Unsafe.Add(ref b, (nint)Unsafe.Add(ref source, i + 2));
        }
    }

    private static void Scalar(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        for (int i = 0; i < from.Length; i++) to[i] = table[from[i]];
    }

    // Bytes below 128 first. A shuffle looks the lower half of a byte up in sixteen entries, and gives 0 where the top bit is set. Entries
    // of each sixteenth are what differs from the one before: a byte meets one after another until it has been lowered below 0, where it
    // stays, and what it met adds up to its own entry. Then the same for the others.
    private static int Wide(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        Span<Vector256<byte>> parts = stackalloc Vector256<byte>[16];
        for (int h = 0; h < 16; h++)
        {
            var part = Vector128.Create(table.Slice(16 * h, 16));
            if ((h & 7) != 0) part ^= Vector128.Create(table.Slice(16 * h - 16, 16));
            parts[h] = Vector256.Create(part, part);
        }
        var top = Vector256.Create((byte)0x80);
        int i = 0;
        for (; i <= from.Length - 64; i += 64)
        {
            var first = Vector256.LoadUnsafe(ref source, (nuint)i);
            var second = Vector256.LoadUnsafe(ref source, (nuint)(i + 32));
            var a = Half(ref parts[0], first) ^ Half(ref parts[8], first ^ top);
            var b = Half(ref parts[0], second) ^ Half(ref parts[8], second ^ top);
            a.StoreUnsafe(ref target, (nuint)i);
            b.StoreUnsafe(ref target, (nuint)(i + 32));
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Half(ref Vector256<byte> parts, Vector256<byte> bytes)
    {
        var x = bytes.AsSByte();
        var step = Vector256.Create((sbyte)16);
        var met = Avx2.Shuffle(parts, x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 1), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 2), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 3), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 4), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 5), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        met ^= Avx2.Shuffle(Unsafe.Add(ref parts, 6), x.AsByte());
        x = Avx2.SubtractSaturate(x, step);
        return met ^ Avx2.Shuffle(Unsafe.Add(ref parts, 7), x.AsByte());
    }
}
