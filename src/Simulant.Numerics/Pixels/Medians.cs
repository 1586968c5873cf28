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
        if (size == 3)
        {
            Three(from, to, (width, height, channels), rows);
            return;
        }
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

    // Columns of three are sorted once for the three squares they stand in: the middle of nine is the middle of the greatest least, the
    // middle middle and the least greatest.
    private static void Three(ReadOnlySpan<byte> from, Span<byte> to, (int Width, int Height, int Channels) size, byte[] rows)
    {
        var (width, height, channels) = size;
        int stride = width * channels, length = rows.Length / 3;
        byte[] sorted = new byte[rows.Length];
        ref byte source = ref MemoryMarshal.GetArrayDataReference(rows), columns = ref MemoryMarshal.GetArrayDataReference(sorted);
        for (int k = 0; k < 2; k++) Padded(from, rows.AsSpan(k * length, length), width, channels, Filters.Reflect(k - 1, height), 1);
        for (int y = 0; y < height; y++)
        {
            Padded(from, rows.AsSpan((y + 2) % 3 * length, length), width, channels, Filters.Reflect(y + 1, height), 1);
            for (int i = 0; i <= length - 32; i += 32)
            {
                var a = Vector256.LoadUnsafe(ref source, (nuint)i);
                var b = Vector256.LoadUnsafe(ref source, (nuint)(length + i));
                var c = Vector256.LoadUnsafe(ref source, (nuint)(2 * length + i));
                Order(ref a, ref b);
                Order(ref b, ref c);
                Order(ref a, ref b);
                a.StoreUnsafe(ref columns, (nuint)i);
                b.StoreUnsafe(ref columns, (nuint)(length + i));
                c.StoreUnsafe(ref columns, (nuint)(2 * length + i));
            }
            // What vectors leave of the row's end.
            for (int i = length & ~31; i < length; i++)
            {
                byte a = rows[i], b = rows[length + i], c = rows[2 * length + i];
                sorted[i] = Math.Min(a, Math.Min(b, c));
                sorted[2 * length + i] = Math.Max(a, Math.Max(b, c));
                sorted[length + i] = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            }
            Across(ref columns, to.Slice(y * stride, stride), length, channels);
        }
    }

    private static void Across(ref byte columns, Span<byte> line, int length, int channels)
    {
        int stride = line.Length;
        for (int i = 0; i < stride; i += 32)
        {
            nuint at = (nuint)i, next = (nuint)(i + channels), last = (nuint)(i + 2 * channels), middle = (nuint)length, great = 2 * middle;
            var least = Vector256.Max(Vector256.Max(Vector256.LoadUnsafe(ref columns, at), Vector256.LoadUnsafe(ref columns, next)),
                Vector256.LoadUnsafe(ref columns, last));
            var half = Half(Vector256.LoadUnsafe(ref columns, middle + at), Vector256.LoadUnsafe(ref columns, middle + next),
                Vector256.LoadUnsafe(ref columns, middle + last));
            var most = Vector256.Min(Vector256.Min(Vector256.LoadUnsafe(ref columns, great + at),
                Vector256.LoadUnsafe(ref columns, great + next)), Vector256.LoadUnsafe(ref columns, great + last));
            var result = Half(least, half, most);
            if (i + 32 <= stride) result.CopyTo(line[i..]);
            else
                for (int j = i; j < stride; j++) line[j] = result[j - i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Half(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c)
    {
        Order(ref a, ref b);
        return Vector256.Max(a, Vector256.Min(b, c));
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
