namespace Simulant.Scenes.Formats.Clouds;

/// <summary>
/// LZF, the packing of PCD's binary_compressed. A control byte below 32 is followed by so many bytes plus one as they are; otherwise its
/// upper three bits are a length less two (7: another byte adds to it), and its lower five with one more byte a distance less one.
/// </summary>
internal static class Lzf
{
    private const int Literals = 32, Longest = 264, Farthest = 1 << 13, HashBits = 14;

    public static byte[] Pack(ReadOnlySpan<byte> from)
    {
        var packed = new List<byte>(from.Length / 2 + 16);
        int[] seen = new int[1 << HashBits];
        int literals = 0, at = 0;
        while (at < from.Length)
        {
            int length = 0, distance = 0;
            if (at + 2 < from.Length)
            {
                uint three = (uint)(from[at] << 16 | from[at + 1] << 8 | from[at + 2]);
                ref int last = ref seen[(three * 0x9E3779B1) >> (32 - HashBits)];
                // Places are kept from 1, so that 0 is none.
                distance = at - (last - 1);
                if (last > 0 && distance <= Farthest) length = Match(from, at - distance, at);
                last = at + 1;
            }
            if (length >= 3)
            {
                Flush(packed, from, at - literals, literals);
                literals = 0;
                int code = length - 2, back = distance - 1;
                packed.Add((byte)(Math.Min(code, 7) << 5 | back >> 8));
                if (code >= 7) packed.Add((byte)(code - 7));
                packed.Add((byte)back);
                at += length;
                continue;
            }
            literals++;
            at++;
            if (literals < Literals) continue;
            Flush(packed, from, at - literals, literals);
            literals = 0;
        }
        Flush(packed, from, at - literals, literals);
        return [.. packed];
    }

    /// <summary>Null where the bytes are none that unpack to this many.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> from, int length)
    {
        byte[] to = new byte[length];
        int at = 0, filled = 0;
        while (at < from.Length)
        {
            int control = from[at++];
            if (control < Literals)
            {
                int count = control + 1;
                if (at + count > from.Length || filled + count > length) return null;
                from.Slice(at, count).CopyTo(to.AsSpan(filled));
                (at, filled) = (at + count, filled + count);
                continue;
            }
            int run = control >> 5;
            if (run == 7)
            {
                if (at >= from.Length) return null;
                run += from[at++];
            }
            if (at >= from.Length) return null;
            int start = filled - ((control & 31) << 8 | from[at++]) - 1;
            if (start < 0 || filled + run + 2 > length) return null;
            for (int i = 0; i < run + 2; i++) to[filled++] = to[start + i];
        }
        return filled == length ? to : null;
    }

    private static int Match(ReadOnlySpan<byte> from, int earlier, int at)
    {
        int most = Math.Min(Longest, from.Length - at), length = 0;
        while (length < most && from[earlier + length] == from[at + length]) length++;
        return length;
    }

    private static void Flush(List<byte> packed, ReadOnlySpan<byte> from, int start, int count)
    {
        if (count == 0) return;
        packed.Add((byte)(count - 1));
        packed.AddRange(from.Slice(start, count));
    }
}
