using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>
/// Weighted sums over the neighbourhood of each sample of a picture; what lies outside it is mirrored about its border pixels (as OpenCV's
/// default does). Sums run in the order of the taps, products rounded first: the same bytes on all machines.
/// </summary>
public static class Filters
{
    /// <summary>
    /// A sum over columns, then over rows: the byte nearest to the sum of across * down * sample, halves up.
    /// </summary>
    /// <param name="across">An odd number of weights along rows.</param>
    /// <param name="down">An odd number of weights along columns.</param>
    public static void Separable(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels,
        ReadOnlySpan<float> across, ReadOnlySpan<float> down)
    {
        if (Avx2.IsSupported && WholeFilter.Of(across) is { } x && WholeFilter.Of(down) is { } z)
        {
            WholeFilter.Apply(from, to, (width, height, channels), x, z);
            return;
        }
        int stride = width * channels, reach = across.Length / 2, half = down.Length / 2, margin = reach * channels;
        float[] row = new float[stride + 2 * margin + 8];
        Span<int> starts = stackalloc int[down.Length];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < down.Length; k++) starts[k] = Reflect(y + k - half, height) * stride;
            Downwards(from, starts, row.AsSpan(margin, stride), down);
            Margins(row, width, channels, reach);
            Along(row, to.Slice(y * stride, stride), across, channels);
        }
    }

    /// <summary>Byte of (sum of kernel * sample + shift), rounded, halves up.</summary>
    /// <param name="kernel">[size * size], size odd; zeros cost nothing.</param>
    public static void Square(ReadOnlySpan<byte> from, Span<byte> to, int width, int height, int channels, ReadOnlySpan<float> kernel,
        int size, float shift = 0)
    {
        int stride = width * channels, reach = size / 2, margin = reach * channels, length = stride + 2 * margin + 8;
        float[] rows = new float[size * length];
        // What of the kernel is not 0, in its order: where in the rows it finds its samples, and its weight.
        int[] taps = [.. Enumerable.Range(0, kernel.Length)];
        float[] weights = [.. kernel];
        taps = [.. taps.Where(t => weights[t] != 0)];
        weights = [.. taps.Select(t => weights[t])];
        int[] offsets = new int[taps.Length];
        for (int y = -reach; y < height + reach; y++)
        {
            // Row y of the mirrored picture waits at place y mod size; the rows around y - reach are then all there.
            var row = rows.AsSpan((y + size) % size * length, length);
            Wide(from.Slice(Reflect(y, height) * stride, stride), row[margin..]);
            Margins(row, width, channels, reach);
            int target = y - reach;
            if (target < 0) continue;
            for (int t = 0; t < taps.Length; t++)
                offsets[t] = (target - reach + taps[t] / size + size) % size * length + taps[t] % size * channels;
            Sums(rows, offsets, weights, shift + 0.5f, to.Slice(target * stride, stride));
        }
    }

    /// <summary>Where a place outside 0..count-1 is mirrored to, the border not repeated.</summary>
    public static int Reflect(int at, int count)
    {
        if (count == 1) return 0;
        int period = 2 * (count - 1);
        at = (at % period + period) % period;
        return at < count ? at : period - at;
    }

    /// <summary>Whole weights in 256ths of a normal curve, 2 * ceil(3 sigma) + 1 of them, which sum to 1 exactly.</summary>
    public static float[] Gaussian(double sigma)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        double[] curve = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma)))];
        double total = curve.Sum(), carried = 0;
        float[] weights = new float[curve.Length];
        int sum = 0;
        for (int i = 0; i < reach; i++)
        {
            // What rounding takes from one weight goes to the next, so that wide curves keep their tails.
            double exact = curve[i] / total * 256 + carried;
            int whole = (int)Math.Round(exact);
            carried = exact - whole;
            weights[i] = weights[^(i + 1)] = whole / 256f;
            sum += 2 * whole;
        }
        weights[reach] = (256 - sum) / 256f;
        return weights;
    }

    private static void Margins(Span<float> row, int width, int channels, int reach)
    {
        int margin = reach * channels;
        for (int x = 1; x <= reach; x++)
            for (int c = 0; c < channels; c++)
            {
                row[margin - x * channels + c] = row[margin + Reflect(-x, width) * channels + c];
                row[margin + (width - 1 + x) * channels + c] = row[margin + Reflect(width - 1 + x, width) * channels + c];
            }
    }

    private static void Wide(ReadOnlySpan<byte> samples, Span<float> to)
    {
        ref byte source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8) PixelLanes.Load(ref source, i).StoreUnsafe(ref target, (nuint)i);
        for (; i < samples.Length; i++) to[i] = samples[i];
    }

    // Sixteen columns stay in registers while the rows pass.
    private static void Downwards(ReadOnlySpan<byte> from, ReadOnlySpan<int> starts, Span<float> sums, ReadOnlySpan<float> weights)
    {
        ref byte source = ref MemoryMarshal.GetReference(from);
        ref float target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        for (; i <= sums.Length - 16; i += 16)
        {
            var lanes = Vector256.Create(weights[0]);
            var a = PixelLanes.Load(ref source, starts[0] + i) * lanes;
            var b = PixelLanes.Load(ref source, starts[0] + i + 8) * lanes;
            for (int k = 1; k < weights.Length; k++)
            {
                lanes = Vector256.Create(weights[k]);
                a += PixelLanes.Load(ref source, starts[k] + i) * lanes;
                b += PixelLanes.Load(ref source, starts[k] + i + 8) * lanes;
            }
            a.StoreUnsafe(ref target, (nuint)i);
            b.StoreUnsafe(ref target, (nuint)(i + 8));
        }
        for (; i < sums.Length; i++)
        {
            float sum = from[starts[0] + i] * weights[0];
            for (int k = 1; k < weights.Length; k++) sum += from[starts[k] + i] * weights[k];
            sums[i] = sum;
        }
    }

    private static void Along(float[] row, Span<byte> to, ReadOnlySpan<float> weights, int channels)
    {
        Span<int> offsets = stackalloc int[weights.Length];
        for (int k = 0; k < weights.Length; k++) offsets[k] = k * channels;
        Sums(row, offsets, weights, 0.5f, to);
    }

    /// <summary>Bytes of start + the sum of weight * sample at each offset, in order.</summary>
    private static void Sums(float[] rows, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights, float start, Span<byte> to)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(rows);
        ref byte target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= to.Length - 32; i += 32)
        {
            Vector256<float> a = Vector256.Create(start), b = a, c = a, d = a;
            for (int k = 0; k < offsets.Length; k++)
            {
                var lanes = Vector256.Create(weights[k]);
                ref float at = ref Unsafe.Add(ref source, offsets[k] + i);
                a += Vector256.LoadUnsafe(ref at) * lanes;
                b += Vector256.LoadUnsafe(ref at, 8) * lanes;
                c += Vector256.LoadUnsafe(ref at, 16) * lanes;
                d += Vector256.LoadUnsafe(ref at, 24) * lanes;
            }
            PixelLanes.StoreBytes(a, ref Unsafe.Add(ref target, i));
            PixelLanes.StoreBytes(b, ref Unsafe.Add(ref target, i + 8));
            PixelLanes.StoreBytes(c, ref Unsafe.Add(ref target, i + 16));
            PixelLanes.StoreBytes(d, ref Unsafe.Add(ref target, i + 24));
        }
        for (; i < to.Length; i++)
        {
            float sum = start;
            for (int k = 0; k < offsets.Length; k++) sum += rows[offsets[k] + i] * weights[k];
            to[i] = (byte)Math.Clamp(sum, 0f, 255f);
        }
    }
}
