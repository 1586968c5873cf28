using System.Globalization;
using System.Runtime.InteropServices;

namespace Simulant.Scenes.Formats.Clouds;

/// <summary>The numbers of one field, by kind: how files call them, their bytes (little endian) and their text.</summary>
internal abstract class CloudColumn(string name, string ply, char pcd, int size)
{
    public string Name => name;

    /// <summary>PLY's name of the kind.</summary>
    public string Ply => ply;

    /// <summary>PCD's: F, I or U.</summary>
    public char Pcd => pcd;

    /// <summary>Bytes of a number.</summary>
    public int Size => size;

    public abstract Array Values { get; }

    /// <summary>All numbers, one after another.</summary>
    public abstract Span<byte> Bytes { get; }

    public abstract string Text(int index);

    /// <summary>False where the text is no number of the kind.</summary>
    public abstract bool Put(int index, string text);

    public static CloudColumn Of(CloudField field) => Make(field.Name, field.Values);

    /// <summary>Zeros of a kind that PLY names; null where it is none of them.</summary>
    public static CloudColumn? OfPly(string name, string type, int count) => type switch
    {
        "float" or "float32" => Make(name, new float[count]),
        "double" or "float64" => Make(name, new double[count]),
        "char" or "int8" => Make(name, new sbyte[count]),
        "uchar" or "uint8" => Make(name, new byte[count]),
        "short" or "int16" => Make(name, new short[count]),
        "ushort" or "uint16" => Make(name, new ushort[count]),
        "int" or "int32" => Make(name, new int[count]),
        "uint" or "uint32" => Make(name, new uint[count]),
        _ => null,
    };

    /// <summary>The same for a letter and a size of PCD.</summary>
    public static CloudColumn? OfPcd(string name, string type, int size, int count) => (type, size) switch
    {
        ("F", 4) => Make(name, new float[count]),
        ("F", 8) => Make(name, new double[count]),
        ("I", 1) => Make(name, new sbyte[count]),
        ("U", 1) => Make(name, new byte[count]),
        ("I", 2) => Make(name, new short[count]),
        ("U", 2) => Make(name, new ushort[count]),
        ("I", 4) => Make(name, new int[count]),
        ("U", 4) => Make(name, new uint[count]),
        _ => null,
    };

    private static CloudColumn Make(string name, Array values) => values switch
    {
        float[] v => new Column<float>(name, "float", 'F', v),
        double[] v => new Column<double>(name, "double", 'F', v),
        // An array of signed bytes passes for one of bytes, and the other way round.
        _ when values.GetType() == typeof(sbyte[]) => new Column<sbyte>(name, "char", 'I', (sbyte[])values),
        _ when values.GetType() == typeof(byte[]) => new Column<byte>(name, "uchar", 'U', (byte[])values),
        _ when values.GetType() == typeof(short[]) => new Column<short>(name, "short", 'I', (short[])values),
        _ when values.GetType() == typeof(ushort[]) => new Column<ushort>(name, "ushort", 'U', (ushort[])values),
        _ when values.GetType() == typeof(int[]) => new Column<int>(name, "int", 'I', (int[])values),
        _ => new Column<uint>(name, "uint", 'U', (uint[])values),
    };

    private sealed class Column<T>(string name, string ply, char pcd, T[] values)
        : CloudColumn(name, ply, pcd, Marshal.SizeOf<T>())
        where T : unmanaged, System.Numerics.INumber<T>
    {
        public override Array Values => values;

        public override Span<byte> Bytes => MemoryMarshal.AsBytes(values.AsSpan());

        public override string Text(int index) => values[index] switch
        {
            float v when float.IsNaN(v) => "nan",
            double v when double.IsNaN(v) => "nan",
            float v when float.IsInfinity(v) => v > 0 ? "inf" : "-inf",
            double v when double.IsInfinity(v) => v > 0 ? "inf" : "-inf",
            var v => v.ToString(null, CultureInfo.InvariantCulture),
        };

        public override bool Put(int index, string text)
        {
            string said = text.ToLowerInvariant() switch
            {
                "nan" or "-nan" => "NaN", "inf" => "Infinity", "-inf" => "-Infinity", _ => text,
            };
            return T.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]);
        }
    }
}
