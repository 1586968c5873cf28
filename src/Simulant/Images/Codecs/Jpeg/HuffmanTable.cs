namespace Simulant.Images.Codecs.Jpeg;

/// <summary>A table of codes of 1 to 16 bits (ITU-T T.81, annex C and F.2.2.3).</summary>
internal sealed class HuffmanTable
{
    private const int Fast = 9;

    /// <summary>By the next 9 bits: length and value of the code that begins there, 0 for a longer one.</summary>
    private readonly ushort[] _fast = new ushort[1 << Fast];

    private readonly int[] _limit = new int[18], _base = new int[17];
    private readonly byte[] _values;

    private HuffmanTable(byte[] values) => _values = values;

    /// <summary>The table, or null where the counts ask for more codes than there are.</summary>
    /// <param name="counts">Codes of 1 to 16 bits.</param>
    public static HuffmanTable? Make(ReadOnlySpan<byte> counts, byte[] values)
    {
        var table = new HuffmanTable(values);
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++)
        {
            table._base[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length) return null;
                if (length > Fast) continue;
                int first = code << Fast - length;
                table._fast.AsSpan(first, 1 << Fast - length).Fill((ushort)(length << 8 | values[index]));
            }
            table._limit[length] = code << 16 - length;
            code <<= 1;
        }
        table._limit[17] = int.MaxValue;
        return table;
    }

    /// <summary>Code and length of every value, for writing.</summary>
    public static (int[] Codes, byte[] Lengths) Codes(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        int[] codes = new int[256];
        byte[] lengths = new byte[256];
        int code = 0, index = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
                (codes[values[index]], lengths[values[index]]) = (code, (byte)length);
        return (codes, lengths);
    }

    /// <summary>The value whose code comes next; -1 where no code does.</summary>
    public int Next(ref BitReader bits)
    {
        int next = bits.Peek16();
        int entry = _fast[next >> 16 - Fast];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 255;
        }
        int length = Fast + 1;
        while (next >= _limit[length]) length++;
        if (length > 16) return -1;
        bits.Skip(length);
        int at = (next >> 16 - length) + _base[length];
        return (uint)at < (uint)_values.Length ? _values[at] : -1;
    }
}

/// <summary>Bits of a scan, stuffed zeros taken out, up to the next marker; behind it come zeros, which are counted.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> file, int at)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private ulong _held;
    private int _count;
    private int _invented;

    /// <summary>Where the next byte is read.</summary>
    public int Offset { get; private set; } = at;

    /// <summary>Whether bits were used that are not in the file.</summary>
    public readonly bool Beyond => _count < _invented;

    public int Peek16()
    {
        if (_count < 16) Fill();
        return (int)(_held >> _count - 16 & 0xFFFF);
    }

    public void Skip(int bits) => _count -= bits;

    /// <summary>0 to 16 bits as a number.</summary>
    public int Take(int bits)
    {
        if (bits == 0) return 0;
        int value = Peek16() >> 16 - bits;
        _count -= bits;
        return value;
    }

    /// <summary>A signed number of so many bits (table F.1).</summary>
    public int TakeSigned(int bits)
    {
        if (bits == 0) return 0;
        int value = Take(bits);
        return value < 1 << bits - 1 ? value - (1 << bits) + 1 : value;
    }

    private void Fill()
    {
        while (_count <= 48)
        {
            byte next = 0;
            if (Offset < _file.Length && (_file[Offset] != 0xFF || (Offset + 1 < _file.Length && _file[Offset + 1] == 0)))
            {
                next = _file[Offset];
                Offset += next == 0xFF ? 2 : 1;
            }
            else _invented += 8;
            _held = _held << 8 | next;
            _count += 8;
        }
    }
}
