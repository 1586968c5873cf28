using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;

namespace Simulant.Numerics.Pixels;

/// <summary>Noise whose number for each sample is a pure function of (stream, place, slot).</summary>
public static class PixelNoise
{
    private const int Run = 256;

    /// <summary>Standard normals: number i is word i mod 4 at (item i / 4, slot).</summary>
    public static void Normals(RandomStream stream, int slot, long first, Span<float> into)
    {
        Span<long> items = stackalloc long[Run];
        Span<int> draws = stackalloc int[Run];
        Span<float> words = stackalloc float[4 * Run];
        draws.Clear();
        for (int at = 0; at < into.Length; at += 4 * Run)
        {
            int count = Math.Min(Run, (into.Length - at + 3) / 4);
            for (int i = 0; i < count; i++) items[i] = first + at / 4 + i;
            NormalLanes.Fill(stream, items[..count], draws[..count], slot, words[..count], words[Run..], words[(2 * Run)..],
                words[(3 * Run)..]);
            Weave(words, into[at..Math.Min(into.Length, at + 4 * count)]);
        }
    }

    // Number i of four rows of Run each, for every i: rows of four.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Weave(ReadOnlySpan<float> words, Span<float> into)
    {
        ref float source = ref MemoryMarshal.GetReference(words);
        ref float target = ref MemoryMarshal.GetReference(into);
        int i = 0;
        for (; Avx.IsSupported && 4 * i <= into.Length - 32; i += 8)
        {
            ref float at = ref Unsafe.Add(ref source, i);
            Vector256<float> a = Vector256.LoadUnsafe(ref at), b = Vector256.LoadUnsafe(ref at, Run),
                c = Vector256.LoadUnsafe(ref at, 2 * Run), d = Vector256.LoadUnsafe(ref at, 3 * Run);
            var ab = Avx.UnpackLow(a, b).AsDouble();
            var cd = Avx.UnpackLow(c, d).AsDouble();
            var ab2 = Avx.UnpackHigh(a, b).AsDouble();
            var cd2 = Avx.UnpackHigh(c, d).AsDouble();
            Vector256<float> first = Avx.UnpackLow(ab, cd).AsSingle(), second = Avx.UnpackHigh(ab, cd).AsSingle(),
                third = Avx.UnpackLow(ab2, cd2).AsSingle(), fourth = Avx.UnpackHigh(ab2, cd2).AsSingle();
            ref float to = ref Unsafe.Add(ref target, 4 * i);
            Avx.Permute2x128(first, second, 0x20).StoreUnsafe(ref to);
            Avx.Permute2x128(third, fourth, 0x20).StoreUnsafe(ref to, 8);
            Avx.Permute2x128(first, second, 0x31).StoreUnsafe(ref to, 16);
            Avx.Permute2x128(third, fourth, 0x31).StoreUnsafe(ref to, 24);
        }
        for (i *= 4; i < into.Length; i++) into[i] = words[i % 4 * Run + i / 4];
    }

    /// <summary><see cref="Add"/> of the <see cref="Normals"/> from item 0 on, piece by piece, so that they stay in the nearest
    /// cache.</summary>
    public static void AddNormals(RandomStream stream, int slot, ReadOnlySpan<byte> from, Span<byte> to, float shift, float slope)
    {
        Span<float> normals = stackalloc float[4 * Run];
        for (int at = 0; at < from.Length; at += 4 * Run)
        {
            int count = Math.Min(4 * Run, from.Length - at);
            Normals(stream, slot, at / 4, normals[..count]);
            Add(from.Slice(at, count), to[at..], normals[..count], shift, slope);
        }
    }

    /// <summary>Thirty-two random bits for each place: number i is word i mod 4 at (item i / 4, slot).</summary>
    public static void Bits(RandomStream stream, int slot, Span<uint> into)
    {
        for (int at = 0; at < into.Length; at += 4)
        {
            var (a, b, c, d) = stream.Bits(at / 4, slot);
            into[at] = a;
            if (at + 1 < into.Length) into[at + 1] = b;
            if (at + 2 < into.Length) into[at + 2] = c;
            if (at + 3 < into.Length) into[at + 3] = d;
        }
    }

    /// <summary>Sample + (shift + slope * sample) * normal, rounded, held in 0 to 255.</summary>
    /// <param name="normals">One for each sample.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<float> normals, float shift, float slope)
    {
        ref byte source = ref MemoryMarshal.GetReference(from);
        ref byte target = ref MemoryMarshal.GetReference(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, from.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(normals.Length, from.Length);
        ref float chance = ref MemoryMarshal.GetReference(normals);
        Vector256<float> least = Vector256.Create(shift), more = Vector256.Create(slope), half = Vector256.Create(0.5f);
        int i = 0;
        for (; i <= from.Length - 8; i += 8)
        {
            var value = PixelLanes.Load(ref source, i);
            var scale = least + more * value;
            PixelLanes.StoreBytes(value + scale * Vector256.LoadUnsafe(ref chance, (nuint)i) + half, ref Unsafe.Add(ref target, i));
        }
        for (; i < from.Length; i++)
            to[i] = (byte)Math.Clamp(from[i] + (shift + slope * from[i]) * normals[i] + 0.5f, 0f, 255f);
    }
}
