using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
            for (int i = 0; i < count; i++)
                for (int w = 0; w < 4 && at + 4 * i + w < into.Length; w++) into[at + 4 * i + w] = words[w * Run + i];
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
    public static void Add(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<float> normals, float shift, float slope)
    {
        ref byte source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= from.Length - 8; i += 8)
        {
            var value = PixelLanes.Load(ref source, i);
            var scale = Vector256.Create(shift) + Vector256.Create(slope) * value;
            PixelLanes.StoreBytes(value + scale * Vector256.Create(normals[i..]) + Vector256.Create(0.5f),
                ref System.Runtime.CompilerServices.Unsafe.Add(ref target, i));
        }
        for (; i < from.Length; i++)
            to[i] = (byte)Math.Clamp(from[i] + (shift + slope * from[i]) * normals[i] + 0.5f, 0f, 255f);
    }
}
