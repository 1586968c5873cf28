using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Scenes.Formats.Clouds;

/// <summary>Clouds as PLY 1.0: one element, vertex, with a property a field.</summary>
public static class PlyCloud
{
    /// <param name="binary">Little-endian bytes instead of text.</param>
    public static byte[] Write(PointCloud cloud, bool binary = true)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        CloudColumn[] columns = [.. cloud.Fields.Select(CloudColumn.Of)];
        var header = new StringBuilder("ply\nformat ").Append(binary ? "binary_little_endian" : "ascii").Append(" 1.0\n")
            .Append(CultureInfo.InvariantCulture, $"element vertex {cloud.Count}\n");
        foreach (var column in columns) header.Append(CultureInfo.InvariantCulture, $"property {column.Ply} {column.Name}\n");
        header.Append("end_header\n");
        return CloudBody.Write(header.ToString(), columns, cloud.Count, binary);
    }

    /// <summary>Reads text and little-endian bytes; what stands behind the vertices (faces) is passed over.</summary>
    /// <exception cref="DataException">The file is no such cloud; its line is said.</exception>
    public static PointCloud Read(byte[] bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var text = new CloudText(bytes, file);
        if (text.Next() is not ["ply"]) throw text.Fault("a PLY file begins with the word ply");
        string? format = null;
        string element = "";
        int count = -1;
        var properties = new List<(string Name, string Type)>();
        while (true)
        {
            string[] words = text.Next() ?? throw text.Fault("the header has no end_header");
            if (words is ["end_header"]) break;
            switch (words)
            {
                case ["comment", ..] or ["obj_info", ..]:
                    break;
                case ["format", var named, "1.0"]:
                    format = named;
                    break;
                case ["element", "vertex", var points] when element.Length == 0:
                    (element, count) = ("vertex", text.Count(points, 1));
                    break;
                case ["element", var name, _]:
                    element = element.Length > 0 && name != "vertex" ? name
                        : throw text.Fault($"element {CloudText.Short(name)} stands where the vertices of a cloud were expected");
                    break;
                case ["property", var type, var name] when element == "vertex":
                    properties.Add((name, type));
                    break;
                case ["property", ..] when element.Length > 0 && element != "vertex":
                    break;
                default:
                    throw text.Fault($"'{CloudText.Short(string.Join(' ', words))}' is no line of the header of a cloud");
            }
        }
        if (count < 0) throw text.Fault("there is no element vertex");
        CloudColumn[] columns = [.. properties.Select(p => CloudColumn.OfPly(p.Name, p.Type, count)
            ?? throw text.Fault($"property {CloudText.Short(p.Name)} is of a kind '{CloudText.Short(p.Type)}' that is not known"))];
        if (columns.Length == 0) throw text.Fault("the vertices have no property");
        if (format == "ascii") text.Words(columns, count);
        else if (format == "binary_little_endian") text.Rows(columns, count);
        else throw text.Fault($"format '{CloudText.Short(format ?? "")}'; ascii and binary_little_endian are read");
        return CloudBody.Cloud(columns, text);
    }
}

/// <summary>Bodies of both formats.</summary>
internal static class CloudBody
{
    public static byte[] Write(string header, CloudColumn[] columns, int count, bool binary)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.ASCII.GetBytes(header));
        if (binary) stream.Write(Rows(columns, count));
        else
            for (int point = 0; point < count; point++)
                stream.Write(Encoding.ASCII.GetBytes(string.Join(' ', columns.Select(c => c.Text(point))) + "\n"));
        return stream.ToArray();
    }

    public static PointCloud Cloud(CloudColumn[] columns, CloudText text)
    {
        try
        {
            return new([.. columns.Select(c => new CloudField(c.Name, c.Values))]);
        }
        catch (ArgumentException e)
        {
            throw text.Fault(e.Message.Split(" (Parameter")[0]);
        }
    }

    private static byte[] Rows(CloudColumn[] columns, int count)
    {
        int row = columns.Sum(c => c.Size), offset = 0;
        byte[] rows = new byte[checked(row * count)];
        foreach (var column in columns)
        {
            var from = column.Bytes;
            for (int point = 0; point < count; point++)
                from.Slice(point * column.Size, column.Size).CopyTo(rows.AsSpan(offset + point * row));
            offset += column.Size;
        }
        return rows;
    }
}
