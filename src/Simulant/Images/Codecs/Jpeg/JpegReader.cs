using System.Buffers.Binary;
using Simulant.Data;

namespace Simulant.Images.Codecs.Jpeg;

/// <summary>
/// Reads JPEG (ITU-T T.81) at 8 bits with Huffman codes, baseline, extended and progressive, 1, 3 or 4 components, any sampling. Three
/// components come out as red, green, blue (from YCbCr unless an Adobe marker says otherwise), four as the red, green, blue of their inks.
/// Halved chrominance is interpolated by a triangle; turns of the camera (EXIF) are not undone.
/// </summary>
public sealed class JpegReader
{
    private const int MaxScans = 200;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly string _name;
    private readonly ImageLimits _limits;
    private readonly ushort[]?[] _quantisers = new ushort[4][];
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4], _ac = new HuffmanTable?[4];
    private JpegComponent[] _components = [];
    private int _width, _height, _restart, _scans;
    private int? _adobe;
    private bool _progressive;

    private JpegReader(ReadOnlyMemory<byte> file, string name, ImageLimits limits) => (_file, _name, _limits) = (file, name, limits);

    /// <param name="name">What messages call the file.</param>
    /// <exception cref="DataException">The file is no JPEG of these kinds, damaged, cut off, or too large.</exception>
    public static Raster<byte> Read(ReadOnlyMemory<byte> file, string name, ImageLimits? limits = null)
    {
        var reader = new JpegReader(file, name, limits ?? ImageLimits.Usual);
        reader.ReadSegments();
        return JpegPixels.Of(reader._components, reader._width, reader._height, reader._adobe);
    }

    private void ReadSegments()
    {
        var file = _file.Span;
        if (!file.StartsWith<byte>([0xFF, 0xD8])) throw Fault.At(_name, 0,
            "the file does not begin as a JPEG does; is it of another format?");
        int at = 2;
        while (true)
        {
            if (at >= file.Length) throw Fault.At(_name, at, "the file ends before its end marker; it is cut off");
            if (file[at] != 0xFF) throw Fault.At(_name, at, $"{file[at]:x2} stands where a marker (ff) should; the file is damaged");
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at >= file.Length) continue;
            int marker = file[at++];
            if (marker == 0xD9) break;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (file.Length - at < 2) throw Fault.At(_name, at, "the file ends within a segment; it is cut off");
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || length > file.Length - at)
                throw Fault.At(_name, at, $"a segment of {length} bytes reaches beyond the end of the file; it is cut off or damaged");
            var content = file.Slice(at + 2, length - 2);
            int start = at + 2;
            at += length;
            if (marker == 0xDA) at = ReadScan(content, start, at);
            else ReadSegment(marker, content, start);
        }
        if (_scans == 0) throw Fault.At(_name, at, "there is no picture before the end marker");
        foreach (var component in _components)
            if (component.Steps is null) throw Fault.At(_name, at,
                $"component {component.Id} of the picture is not there; the file is damaged");
    }

    private void ReadSegment(int marker, ReadOnlySpan<byte> content, int at)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2:
                ReadFrame(content, at, marker == 0xC2);
                break;
            case 0xC4:
                ReadCodes(content, at);
                break;
            case 0xDB:
                ReadQuantisers(content, at);
                break;
            case 0xDD:
                if (content.Length != 2) throw Fault.At(_name, at, "a restart interval that is not 2 bytes; the file is damaged");
                _restart = BinaryPrimitives.ReadUInt16BigEndian(content);
                break;
            case 0xEE when content.Length >= 12 && content.StartsWith("Adobe"u8):
                _adobe = content[11];
                break;
            case >= 0xC3 and <= 0xCF:
                throw Fault.At(_name, at - 3, "a lossless, hierarchical or arithmetic-coded JPEG; write it as baseline or progressive");
            case 0xDC or 0xDE or 0xDF:
                throw Fault.At(_name, at - 3, $"a segment ({marker:x2}) that baseline and progressive JPEG do not use; "
                    + "write the file again");
        }
    }

    private void ReadFrame(ReadOnlySpan<byte> content, int at, bool progressive)
    {
        if (_components.Length > 0) throw Fault.At(_name, at, "a second frame; a JPEG holds one picture");
        if (content.Length < 6 || content.Length != 6 + 3 * content[5]) throw Fault.At(_name, at, "a frame header of the wrong length");
        if (content[0] != 8) throw Fault.At(_name, at, $"{content[0]} bits a sample, and 8 are read; write it at 8");
        _height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        _width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        Fault.CheckSize(_name, at + 1, _width, _height, _limits);
        int count = content[5];
        if (count is not (1 or 3 or 4)) throw Fault.At(_name, at + 5, $"{count} components; 1, 3 or 4 are read");
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            byte id = content[6 + 3 * i];
            int sampling = content[7 + 3 * i], across = sampling >> 4, down = sampling & 15, quantiser = content[8 + 3 * i];
            if (across is < 1 or > 4 || down is < 1 or > 4 || quantiser > 3 || components.Take(i).Any(c => c.Id == id))
                throw Fault.At(_name, at + 6 + 3 * i, "a component with impossible sampling, quantiser or number; the file is damaged");
            components[i] = count == 1 ? new JpegComponent(id, 1, 1, quantiser) : new JpegComponent(id, across, down, quantiser);
        }
        int most = components.Max(c => c.Across), mostDown = components.Max(c => c.Down);
        foreach (var component in components) component.Measure(_width, _height, most, mostDown);
        // A block takes two bits at least (one in progressive files): a small file cannot make this process ask for much.
        long blocks = components.Sum(c => (long)c.BlocksAcross * c.BlocksDown);
        if (blocks > _file.Length * 8L || blocks * 64 > Array.MaxLength)
            throw Fault.At(_name, at + 1, $"{_file.Length} bytes are too few for {_width} x {_height} pixels; "
                + "the file is cut off or damaged");
        foreach (var component in components) component.Allocate();
        (_components, _progressive) = (components, progressive);
    }

    private void ReadCodes(ReadOnlySpan<byte> content, int at)
    {
        for (int i = 0; i < content.Length;)
        {
            int kind = content[i] >> 4, number = content[i] & 15;
            var counts = content[(i + 1)..];
            if (kind > 1 || number > 3 || counts.Length < 16) throw Fault.At(_name, at + i,
                "a table of codes with an impossible number or length");
            counts = counts[..16];
            int total = 0;
            foreach (byte n in counts) total += n;
            if (total > 256 || content.Length - i - 17 < total) throw Fault.At(_name, at + i,
                "a table of more codes than it gives; the file is damaged");
            var table = HuffmanTable.Make(counts, content.Slice(i + 17, total).ToArray())
                ?? throw Fault.At(_name, at + i, "a table of more codes than their lengths allow; the file is damaged");
            (kind == 0 ? _dc : _ac)[number] = table;
            i += 17 + total;
        }
    }

    private void ReadQuantisers(ReadOnlySpan<byte> content, int at)
    {
        for (int i = 0; i < content.Length;)
        {
            int wide = content[i] >> 4, number = content[i] & 15;
            if (wide > 1 || number > 3 || content.Length - i - 1 < 64 << wide)
                throw Fault.At(_name, at + i, "a quantisation table with an impossible number or length; the file is damaged");
            ushort[] steps = new ushort[64];
            for (int k = 0; k < 64; k++)
                steps[JpegTables.Zigzag[k]] = wide == 0 ? content[i + 1 + k]
                    : BinaryPrimitives.ReadUInt16BigEndian(content[(i + 1 + 2 * k)..]);
            if (steps.Contains((ushort)0)) throw Fault.At(_name, at + i, "a quantisation step of 0; the file is damaged");
            _quantisers[number] = steps;
            i += 1 + (64 << wide);
        }
    }

    /// <summary>Where reading goes on behind the scan.</summary>
    private int ReadScan(ReadOnlySpan<byte> content, int at, int data)
    {
        if (_components.Length == 0) throw Fault.At(_name, at, "a scan before the frame header; the file is damaged");
        if (++_scans > MaxScans) throw Fault.At(_name, at, $"more than {MaxScans} scans; write the file again");
        if (content.Length < 1 || content.Length != 4 + 2 * content[0] || content[0] is < 1 or > 4)
            throw Fault.At(_name, at, "a scan header of the wrong length; the file is damaged");
        var chosen = new JpegComponent[content[0]];
        var tail = content[(1 + 2 * chosen.Length)..];
        var scan = new JpegScan(_file, _name, chosen, _restart)
        {
            Progressive = _progressive, First = tail[0], Last = tail[1], High = tail[2] >> 4, Low = tail[2] & 15,
        };
        for (int i = 0; i < chosen.Length; i++)
        {
            byte id = content[1 + 2 * i], tables = content[2 + 2 * i];
            var component = Array.Find(_components, c => c.Id == id);
            if (component is null || chosen.Contains(component) || tables >> 4 > 3 || (tables & 15) > 3)
                throw Fault.At(_name, at + 1 + 2 * i, $"a scan of component {id} with impossible tables, or that the frame does not have");
            (component.Dc, component.Ac) = (_dc[tables >> 4], _ac[tables & 15]);
            component.Steps ??= _quantisers[component.Quantiser]
                ?? throw Fault.At(_name, at, $"quantisation table {component.Quantiser} is not there; the file is damaged");
            chosen[i] = component;
        }
        scan.Check(at);
        return scan.Read(data);
    }
}
