using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        int stride = width * channels, reach = across.Length / 2, half = down.Length / 2, margin = reach * channels;
        float[] row = new float[stride + 2 * margin + 8];
        for (int y = 0; y < height; y++)
        {
            var middle = row.AsSpan(margin, stride);
            for (int k = 0; k < down.Length; k++)
                Accumulate(from.Slice(Reflect(y + k - half, height) * stride, stride), middle, down[k], k == 0);
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
        float[][] rows = new float[size][];
        for (int k = 0; k < size; k++) rows[k] = new float[length];
        float[] sums = new float[stride];
        for (int y = -reach; y < height + reach; y++)
        {
            // Row y of the mirrored picture waits at place y mod size; the rows around y - reach are then all there.
            float[] row = rows[(y + size) % size];
            Accumulate(from.Slice(Reflect(y, height) * stride, stride), row.AsSpan(margin, stride), 1, true);
            Margins(row, width, channels, reach);
            int target = y - reach;
            if (target < 0) continue;
            sums.AsSpan().Fill(shift + 0.5f);
            for (int k = 0; k < size; k++)
                for (int j = 0; j < size; j++)
                    if (kernel[k * size + j] != 0)
                        Add(rows[(target - reach + k + size) % size].AsSpan(j * channels, stride), sums, kernel[k * size + j]);
            Bytes(sums, to.Slice(target * stride, stride));
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

    private static void Margins(float[] row, int width, int channels, int reach)
    {
        int margin = reach * channels;
        for (int x = 1; x <= reach; x++)
            for (int c = 0; c < channels; c++)
            {
                row[margin - x * channels + c] = row[margin + Reflect(-x, width) * channels + c];
                row[margin + (width - 1 + x) * channels + c] = row[margin + Reflect(width - 1 + x, width) * channels + c];
            }
    }

    private static void Accumulate(ReadOnlySpan<byte> samples, Span<float> sums, float weight, bool first)
    {
        ref byte source = ref MemoryMarshal.GetReference(samples);
        ref float target = ref MemoryMarshal.GetReference(sums);
        var lanes = Vector256.Create(weight);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            var product = PixelLanes.Load(ref source, i) * lanes;
            if (!first) product = Vector256.LoadUnsafe(ref target, (nuint)i) + product;
            product.StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < samples.Length; i++) sums[i] = first ? samples[i] * weight : sums[i] + samples[i] * weight;
    }

    private static void Along(float[] row, Span<byte> to, ReadOnlySpan<float> weights, int channels)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(row);
        ref byte target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= to.Length - 8; i += 8)
        {
            var sum = Vector256.Create(0.5f);
            for (int k = 0; k < weights.Length; k++)
                sum += Vector256.LoadUnsafe(ref source, (nuint)(i + k * channels)) * Vector256.Create(weights[k]);
            PixelLanes.StoreBytes(sum, ref Unsafe.Add(ref target, i));
        }
        for (; i < to.Length; i++)
        {
            float sum = 0.5f;
            for (int k = 0; k < weights.Length; k++) sum += row[i + k * channels] * weights[k];
            to[i] = (byte)Math.Clamp(sum, 0f, 255f);
        }
    }

    private static void Add(ReadOnlySpan<float> samples, Span<float> sums, float weight)
    {
        ref float source = ref MemoryMarshal.GetReference(samples), target = ref MemoryMarshal.GetReference(sums);
        var lanes = Vector256.Create(weight);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
            (Vector256.LoadUnsafe(ref target, (nuint)i) + Vector256.LoadUnsafe(ref source, (nuint)i) * lanes).StoreUnsafe(ref target,
                (nuint)i);
        for (; i < samples.Length; i++) sums[i] += samples[i] * weight;
    }

    private static void Bytes(ReadOnlySpan<float> sums, Span<byte> to)
    {
        ref byte target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= sums.Length - 8; i += 8)
            PixelLanes.StoreBytes(Vector256.Create(sums[i..]), ref Unsafe.Add(ref target, i));
        for (; i < sums.Length; i++) to[i] = (byte)Math.Clamp(sums[i], 0f, 255f);
    }
}
