using System.Text;

namespace Simulant.Data;

/// <summary>Thrift's compact protocol, as far as Parquet's headers need it: structs with rising field numbers, lists, integers,
/// texts, booleans.</summary>
/// <remarks>Source: Apache Thrift, "Thrift compact protocol encoding".</remarks>
internal sealed class ThriftWriter
{
    public const byte True = 1, False = 2, I32 = 5, I64 = 6, Binary = 8, List = 9, Struct = 12;

    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _lastFields = new();
    private int _last;

    public ReadOnlySpan<byte> Written => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    public void Clear()
    {
        _bytes.Clear();
        _lastFields.Clear();
        _last = 0;
    }

    public void Int(int field, int value)
    {
        Head(field, I32);
        Varint(ZigZag(value));
    }

    public void Long(int field, long value)
    {
        Head(field, I64);
        Varint(ZigZag(value));
    }

    public void Text(int field, string value)
    {
        Head(field, Binary);
        Text(value);
    }

    public void Bool(int field, bool value) => Head(field, value ? True : False);

    /// <summary>Opens a struct as a field; <see cref="End"/> closes it.</summary>
    public void Begin(int field)
    {
        Head(field, Struct);
        Begin();
    }

    /// <summary>Opens a struct as a list's element.</summary>
    public void Begin()
    {
        _lastFields.Push(_last);
        _last = 0;
    }

    public void End()
    {
        _bytes.Add(0);
        _last = _lastFields.Pop();
    }

    /// <summary>Closes the outermost struct.</summary>
    public void Stop() => _bytes.Add(0);

    public void ListHead(int field, byte elementType, int count)
    {
        Head(field, List);
        if (count < 15) _bytes.Add((byte)(count << 4 | elementType));
        else
        {
            _bytes.Add((byte)(0xF0 | elementType));
            Varint((ulong)count);
        }
    }

    /// <summary>An element of a list of integers.</summary>
    public void Element(int value) => Varint(ZigZag(value));

    /// <summary>An element of a list of texts.</summary>
    public void Text(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        Varint((ulong)text.Length);
        _bytes.AddRange(text);
    }

    private void Head(int field, byte type)
    {
        int step = field - _last;
        if (step is < 1 or > 15) throw new ArgumentOutOfRangeException(nameof(field), "field numbers rise by 1 to 15");
        _bytes.Add((byte)(step << 4 | type));
        _last = field;
    }

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }
        _bytes.Add((byte)value);
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);
}
