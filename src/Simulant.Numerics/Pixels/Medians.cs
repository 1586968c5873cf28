using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>The middle of the 9 or 25 samples around each sample; what lies outside is mirrored.</summary>
public static class Medians
{
    /// <param name="size">3 or 5.</param>
    public static void Apply(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels, int size)
    {
        if (size is not (3 or 5)) throw new ArgumentOutOfRangeException(nameof(size), "medians are of 3 x 3 or 5 x 5");
        int stride = width * channels, reach = size / 2, margin = reach * channels, length = stride + 2 * margin + 32;
        byte[] rows = new byte[size * length];
        Span<Vector256<byte>> taken = stackalloc Vector256<byte>[25];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < size; k++) Padded(from, rows.AsSpan(k * length, length), width, channels, Filters.Reflect(y + k - reach,
                height), reach);
            ref byte first = ref MemoryMarshal.GetArrayDataReference(rows);
            var line = to.Slice(y * stride, stride);
            for (int i = 0; i < stride; i += 32)
            {
                for (int k = 0; k < size; k++)
                    for (int j = 0; j < size; j++)
                        taken[k * size + j] = Vector256.LoadUnsafe(ref first, (nuint)(k * length + i + j * channels));
                var middle = Middle(taken[..(size * size)]);
                if (i + 32 <= stride) middle.CopyTo(line[i..]);
                else
                    for (int j = i; j < stride; j++) line[j] = middle[j - i];
            }
        }
    }

    private static void Padded(ReadOnlySpan<byte> from, Span<byte> row, int width, int channels, int y, int reach)
    {
        int stride = width * channels, margin = reach * channels;
        from.Slice(y * stride, stride).CopyTo(row[margin..]);
        for (int x = 1; x <= reach; x++)
            for (int c = 0; c < channels; c++)
            {
                row[margin - x * channels + c] = row[margin + Filters.Reflect(-x, width) * channels + c];
                row[margin + (width - 1 + x) * channels + c] = row[margin + Filters.Reflect(width - 1 + x, width) * channels + c];
            }
    }

    // Of more than half the samples the least and the greatest cannot be the middle: they are dropped, and another sample comes in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<byte> Middle(Span<Vector256<byte>> samples)
    {
        int low = 0, high = samples.Length / 2 + 2, next = high;
        while (true)
        {
            int last = high - 1;
            for (int i = low, j = last; i < j; i++, j--) Order(ref samples[i], ref samples[j]);
            for (int i = low + 1; i <= (low + last) / 2; i++) Order(ref samples[low], ref samples[i]);
            for (int j = last - 1; j >= (low + last + 1) / 2; j--) Order(ref samples[j], ref samples[last]);
            if (high - low == 3) return samples[low + 1];
            samples[last] = samples[next++];
            low++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Order(ref Vector256<byte> a, ref Vector256<byte> b)
    {
        var least = Vector256.Min(a, b);
        b = Vector256.Max(a, b);
        a = least;
    }
}
