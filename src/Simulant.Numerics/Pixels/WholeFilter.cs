using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>
/// Sums over columns, then over rows, by weights that are 256ths, not negative and 1 in all, as those of <see cref="Filters.Gaussian"/>
/// are. With these the sums of <see cref="Filters.Separable"/> are exact in single precision, so that whole numbers, in any order, give
/// the same bytes.
/// </summary>
internal static class WholeFilter
{
    private const ushort Top = 0x8000;

    /// <summary>The weights in 256ths; null where they are none.</summary>
    public static short[]? Of(ReadOnlySpan<float> weights)
    {
        short[] whole = new short[weights.Length];
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            float value = weights[i] * 256;
            if (!(value >= 0 && value <= 256) || value != MathF.Floor(value)) return null;
            sum += whole[i] = (short)value;
        }
        return sum == 256 ? whole : null;
    }

    public static void Apply(ReadOnlySpan<byte> from, Span<byte> to, (int Width, int Height, int Channels) size, short[] across,
        short[] down)
    {
        var (width, height, channels) = size;
        int stride = width * channels, reach = across.Length / 2, half = down.Length / 2, margin = reach * channels;
        // An even number of taps along the row, so that they pair off.
        short[] pairs = [.. across, .. new short[across.Length & 1]];
        ushort[] row = new ushort[stride + 2 * margin + channels + 32];
        int[] starts = new int[down.Length];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < down.Length; k++) starts[k] = Filters.Reflect(y + k - half, height) * stride;
            Downwards(from, starts, row.AsSpan(margin, stride), down);
            for (int x = 1; x <= reach; x++)
                for (int c = 0; c < channels; c++)
                {
                    row[margin - x * channels + c] = row[margin + Filters.Reflect(-x, width) * channels + c];
                    row[margin + (width - 1 + x) * channels + c] = row[margin + Filters.Reflect(width - 1 + x, width) * channels + c];
                }
            Along(row, to.Slice(y * stride, stride), pairs, channels);
        }
    }

    // 256 times the sum down the columns: at most 65,280. It is stored 32768 less, so that products of signed words hold it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Downwards(ReadOnlySpan<byte> from, int[] starts, Span<ushort> sums, short[] weights)
    {
        ref byte source = ref MemoryMarshal.GetReference(from);
        ref ushort target = ref MemoryMarshal.GetReference(sums);
        var top = Vector256.Create(Top);
        int i = 0;
        for (; i <= sums.Length - 32; i += 32)
        {
            Vector256<short> a = default, b = default;
            for (int k = 0; k < weights.Length; k++)
            {
                var weight = Vector256.Create(weights[k]);
                a += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source, (nuint)(starts[k] + i))) * weight;
                b += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source, (nuint)(starts[k] + i + 16))) * weight;
            }
            (a.AsUInt16() ^ top).StoreUnsafe(ref target, (nuint)i);
            (b.AsUInt16() ^ top).StoreUnsafe(ref target, (nuint)(i + 16));
        }
        for (; i < sums.Length; i++)
        {
            int sum = 0;
            for (int k = 0; k < weights.Length; k++) sum += from[starts[k] + i] * weights[k];
            sums[i] = (ushort)(sum ^ Top);
        }
    }

    // Two taps at a time, their words side by side; the weights sum to 256, which gives back what the words are less.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Along(ushort[] row, Span<byte> to, short[] weights, int channels)
    {
        const int Bias = 32768 * 256 + 32768;
        ref ushort source = ref MemoryMarshal.GetArrayDataReference(row);
        ref int pairs = ref Unsafe.As<short, int>(ref MemoryMarshal.GetArrayDataReference(weights));
        ref byte target = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i <= to.Length - 16; i += 16)
        {
            Vector256<int> low = Vector256.Create(Bias), high = low;
            for (int k = 0; k < weights.Length; k += 2)
            {
                var one = Vector256.LoadUnsafe(ref source, (nuint)(i + k * channels)).AsInt16();
                var next = Vector256.LoadUnsafe(ref source, (nuint)(i + (k + 1) * channels)).AsInt16();
                var pair = Vector256.Create(Unsafe.Add(ref pairs, k >> 1)).AsInt16();
                low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(one, next), pair);
                high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(one, next), pair);
            }
            var words = Avx2.PackSignedSaturate(low >> 16, high >> 16);
            Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
        {
            int sum = 32768;
            for (int k = 0; k < weights.Length - 1; k++) sum += (row[i + k * channels] ^ Top) * weights[k];
            to[i] = (byte)(sum >> 16);
        }
    }
}
