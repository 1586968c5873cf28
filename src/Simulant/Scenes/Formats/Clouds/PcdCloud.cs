using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Scenes.Formats.Clouds;

/// <summary>How a PCD file holds its points.</summary>
public enum PcdData
{
    Text,

    /// <summary>Point after point, little endian.</summary>
    Binary,

    /// <summary>Field after field, packed by LZF.</summary>
    Compressed,
}

/// <summary>Clouds as PCD 0.7, the format of the Point Cloud Library, in one row of points.</summary>
public static class PcdCloud
{
    public static byte[] Write(PointCloud cloud, PcdData data = PcdData.Binary)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        CloudColumn[] columns = [.. cloud.Fields.Select(CloudColumn.Of)];
        string Each(Func<CloudColumn, string> what) => string.Join(' ', columns.Select(what));
        string kind = data switch { PcdData.Text => "ascii", PcdData.Binary => "binary", _ => "binary_compressed" };
        string header = string.Create(CultureInfo.InvariantCulture, $"# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\n"
            + $"FIELDS {Each(c => c.Name)}\nSIZE {Each(c => c.Size.ToString(CultureInfo.InvariantCulture))}\n"
            + $"TYPE {Each(c => c.Pcd.ToString())}\nCOUNT {Each(_ => "1")}\nWIDTH {cloud.Count}\nHEIGHT 1\n"
            + $"VIEWPOINT 0 0 0 1 0 0 0\nPOINTS {cloud.Count}\nDATA {kind}\n");
        if (data != PcdData.Compressed) return CloudBody.Write(header, columns, cloud.Count, data == PcdData.Binary);
        byte[] plain = [.. columns.SelectMany(c => c.Bytes.ToArray())], packed = Lzf.Pack(plain);
        byte[] file = new byte[header.Length + 8 + packed.Length];
        Encoding.ASCII.GetBytes(header, file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(header.Length), packed.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(header.Length + 4), plain.Length);
        packed.CopyTo(file.AsSpan(header.Length + 8));
        return file;
    }

    /// <summary>Reads all three kinds; a picture of points (HEIGHT above 1) becomes one row.</summary>
    /// <exception cref="DataException">The file is no such cloud; its line is said.</exception>
    public static PointCloud Read(byte[] bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var text = new CloudText(bytes, file);
        var said = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (!said.ContainsKey("DATA"))
        {
            string[] words = text.Next() ?? throw text.Fault("the header has no line DATA");
            if (words[0].StartsWith('#')) continue;
            if (words[0] is not ("VERSION" or "FIELDS" or "SIZE" or "TYPE" or "COUNT" or "WIDTH" or "HEIGHT" or "VIEWPOINT" or "POINTS"
                or "DATA") || !said.TryAdd(words[0], words[1..]))
                throw text.Fault($"'{CloudText.Short(string.Join(' ', words))}' is no line of the header of a PCD file");
        }
        string[] Said(string key, int count) => said.GetValueOrDefault(key) is { } values && values.Length == count ? values
            : throw text.Fault($"the header does not say {key} with {count} values");
        int fields = said.GetValueOrDefault("FIELDS")?.Length ?? 0, points = text.Count(Said("POINTS", 1)[0], 0);
        if (fields == 0) throw text.Fault("the header does not say FIELDS");
        string[] sizes = Said("SIZE", fields), types = Said("TYPE", fields);
        if (said.ContainsKey("COUNT") && Said("COUNT", fields).Any(c => c != "1"))
            throw text.Fault("a field of several numbers a point; write each under a name of its own");
        string kind = Said("DATA", 1)[0];
        // What is packed may be small; what is not holds a byte a number at the least.
        if (kind != "binary_compressed") text.Count(said["POINTS"][0], fields);
        else CheckPacked(text, bytes, points, sizes);
        var columns = new CloudColumn[fields];
        for (int f = 0; f < fields; f++)
        {
            int size = int.TryParse(sizes[f], CultureInfo.InvariantCulture, out int number) ? number : 0;
            columns[f] = CloudColumn.OfPcd(said["FIELDS"][f], types[f], size, points)
                ?? throw text.Fault($"a field of type '{CloudText.Short(types[f])}' and size '{CloudText.Short(sizes[f])}'");
        }
        if (kind == "ascii") text.Words(columns, points);
        else if (kind == "binary") text.Rows(columns, points);
        else if (kind == "binary_compressed") Unpack(text, bytes, columns);
        else throw text.Fault($"DATA '{CloudText.Short(kind)}'; ascii, binary and binary_compressed are read");
        return CloudBody.Cloud(columns, text);
    }

    // LZF makes at most 264 bytes of three: more cannot be true, and no memory is asked for.
    private static void CheckPacked(CloudText text, byte[] bytes, int points, string[] sizes)
    {
        long row = sizes.Sum(s => int.TryParse(s, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= 8 ? size : 0);
        if (row * points > (bytes.Length - text.At) * 88L || row * points > int.MaxValue)
            throw text.Fault($"{points} points are promised in {bytes.Length - text.At} packed bytes: the file is cut off");
    }

    private static void Unpack(CloudText text, byte[] bytes, CloudColumn[] columns)
    {
        if (bytes.Length - text.At < 8) throw text.Fault("the file ends before its packed points");
        var body = bytes.AsSpan(text.At);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(body), plain = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        long wanted = columns.Sum(c => (long)c.Bytes.Length);
        if (packed > body.Length - 8 || plain != wanted)
            throw text.Fault($"{packed} packed bytes of {plain}, and {body.Length - 8} of {wanted} were expected");
        byte[] unpacked = Lzf.Unpack(body.Slice(8, (int)packed), (int)plain) ?? throw text.Fault("the packed points are damaged");
        int at = 0;
        foreach (var column in columns)
        {
            unpacked.AsSpan(at, column.Bytes.Length).CopyTo(column.Bytes);
            at += column.Bytes.Length;
        }
    }
}
