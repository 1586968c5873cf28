using System.Buffers.Binary;

namespace Simulant.Data;

/// <summary>A growing byte buffer with Parquet's value encodings: plain values, and the hybrid of runs and packed bits.</summary>
/// <remarks>Source: Apache Parquet format, Encodings.md (PLAIN, RLE / bit-packing hybrid). Little endian throughout.</remarks>
internal sealed class ParquetPage
{
    private byte[] _bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    public void ByteArray(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Room(value.Length));
    }

    public void Byte(byte value) => Room(1)[0] = value;

    /// <summary>Booleans as bits, the first in the lowest.</summary>
    public void Bits(ReadOnlySpan<int> values)
    {
        for (int i = 0; i < values.Length; i += 8)
        {
            int packed = 0;
            for (int j = i; j < Math.Min(i + 8, values.Length); j++) packed |= (values[j] & 1) << (j - i);
            Byte((byte)packed);
        }
    }

    /// <summary>Values below 2^width: eight or more equal ones in a row as a run, others packed in groups of eight.</summary>
    public void Hybrid(ReadOnlySpan<int> values, int width)
    {
        int at = 0, pending = 0;                                            // values[pending..at) wait to be packed, a multiple of 8
        while (at < values.Length)
        {
            int run = 1;
            while (at + run < values.Length && values[at + run] == values[at]) run++;
            if (run >= 8 && (at - pending) % 8 == 0)
            {
                Packed(values[pending..at], width);
                Varint((uint)run << 1);
                Packed(values[at], (width + 7) / 8);
                at += run;
                pending = at;
            }
            else
            {
                // Up to the next group's end; a run may start there.
                int rest = 8 - (at - pending) % 8;
                at = Math.Min(values.Length, at + Math.Min(run, rest));
            }
        }
        Packed(values[pending..], width);
    }

    private void Packed(int value, int bytes)
    {
        for (int i = 0; i < bytes; i++) Byte((byte)(value >> (8 * i)));
    }

    private void Packed(ReadOnlySpan<int> values, int width)
    {
        if (values.Length == 0) return;
        int groups = (values.Length + 7) / 8;
        Varint((uint)groups << 1 | 1);
        var to = Room(groups * width);
        ulong bits = 0;
        int held = 0, at = 0;
        for (int i = 0; i < groups * 8; i++)
        {
            bits |= (ulong)(uint)(i < values.Length ? values[i] : 0) << held;
            held += width;
            while (held >= 8)
            {
                to[at++] = (byte)bits;
                bits >>= 8;
                held -= 8;
            }
        }
    }

    private void Varint(uint value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    private Span<byte> Room(int length)
    {
        if (Length + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }
}
