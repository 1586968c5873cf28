using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Simulant.Data;

namespace Simulant.Images.Codecs;

/// <summary>
/// Reads PNG: every colour type and bit depth, interlaced or not. Palettes come out as red, green, blue, transparency as alpha; grey
/// of fewer than 8 bits is scaled to the full range. Check sums are checked; chunks that are not needed to show the picture are passed
/// over.
/// </summary>
public sealed class PngReader
{
    private readonly string _name;
    private readonly ImageLimits _limits;
    private readonly List<(int Offset, int Length)> _data = [];
    private int _width, _height, _depth, _type, _interlaced;
    private byte[]? _palette, _transparency;
    private ColourSpace _space = ColourSpace.Srgb;

    private PngReader(string name, ImageLimits limits) => (_name, _limits) = (name, limits);

    /// <summary>The picture at 8 bits; 16-bit samples are rounded.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="DataException">The file is no PNG, damaged, or too large.</exception>
    public static Raster<byte> Read(ReadOnlyMemory<byte> file, string name, ImageLimits? limits = null)
    {
        var reader = new PngReader(name, limits ?? ImageLimits.Usual);
        byte[] samples = reader.Decode(file);
        if (reader._depth == 16)
        {
            var wide = reader.Widen(samples);
            byte[] narrow = new byte[wide.Samples.Length];
            for (int i = 0; i < narrow.Length; i++) narrow[i] = (byte)((wide.Samples[i] * 255 + 32767) / 65535);
            return new Raster<byte>(wide.Width, wide.Height, wide.Channels, narrow, wide.Space);
        }
        return reader.Finish(samples);
    }

    /// <summary>The picture at 16 bits; smaller depths are scaled to the full range.</summary>
    /// <inheritdoc cref="Read"/>
    public static Raster<ushort> Read16(ReadOnlyMemory<byte> file, string name, ImageLimits? limits = null)
    {
        var reader = new PngReader(name, limits ?? ImageLimits.Usual);
        byte[] samples = reader.Decode(file);
        if (reader._depth == 16) return reader.Widen(samples);
        var narrow = reader.Finish(samples);
        return new Raster<ushort>(narrow.Width, narrow.Height, narrow.Channels, [.. narrow.Samples.Select(s => (ushort)(s * 257))],
            narrow.Space);
    }

    /// <summary>Samples as stored, one byte each, two at 16 bits, without interlacing.</summary>
    private byte[] Decode(ReadOnlyMemory<byte> file)
    {
        ReadChunks(file.Span);
        int samples = Png.SamplesOf(_type), wide = _depth == 16 ? 2 : 1;
        long compressed = _data.Sum(d => (long)d.Length), raw = ((long)_width * samples * _depth + 7) / 8 * _height;
        // Deflate makes at most 1,032 bytes of one: a small file cannot make this process ask for much.
        if (raw > compressed * 1032 + 1024)
            throw Fault.At(_name, _data[0].Offset, $"{compressed} bytes of image data are too few for {_width} x {_height} pixels; "
                + "the file is cut off or damaged");
        byte[] result = new byte[checked((int)((long)_width * _height * samples * wide))];
        using var inflated = new ZLibStream(new Pieces(file, _data), CompressionMode.Decompress);
        try
        {
            if (_interlaced == 0) ReadPass(inflated, result, (0, 0, 1, 1));
            else
                foreach (var pass in Png.Passes) ReadPass(inflated, result, pass);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Fault.At(_name, _data[0].Offset, "the image data cannot be unpacked, or ends early; the file is damaged");
        }
        return result;
    }

    private void ReadChunks(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Png.Signature)) throw Fault.At(_name, 0, "the file does not begin as a PNG does; is it of another format?");
        int at = 8;
        bool first = true;
        while (true)
        {
            if (file.Length - at < 12) throw Fault.At(_name, at, "the file ends before its last chunk, IEND; it is cut off");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > (uint)(file.Length - at - 12))
                throw Fault.At(_name, at, $"a chunk of {length} bytes reaches beyond the end of the file; it is cut off or damaged");
            var type = file.Slice(at + 4, 4);
            var content = file.Slice(at + 8, (int)length);
            uint stated = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]);
            string called = Encoding.Latin1.GetString(type);
            if (Png.Crc(file.Slice(at + 4, (int)length + 4)) != stated)
                throw Fault.At(_name, at, $"the check sum of the chunk '{Shown(called)}' is wrong; the file is damaged");
            if (first != (called == "IHDR")) throw Fault.At(_name, at, "the first chunk, and no other, must be IHDR; the file is damaged");
            first = false;
            if (called == "IEND") break;
            ReadChunk(called, content, at + 8);
            at += 12 + (int)length;
        }
        if (_data.Count == 0) throw Fault.At(_name, at, "there is no image data (IDAT)");
        if (_type == Png.Indexed && _palette is null) throw Fault.At(_name, at, "the picture is by palette, and there is none (PLTE)");
    }

    private void ReadChunk(string type, ReadOnlySpan<byte> content, int offset)
    {
        switch (type)
        {
            case "IHDR":
                ReadHeader(content, offset);
                break;
            case "PLTE":
                if (content.Length is 0 or > 768 || content.Length % 3 != 0)
                    throw Fault.At(_name, offset, $"a palette of {content.Length} bytes; it holds 1 to 256 colours of 3 bytes");
                _palette = content.ToArray();
                break;
            case "tRNS":
                int expected = _type switch { Png.Grey => 2, Png.Rgb => 6, _ => content.Length };
                if (content.Length != expected || content.Length > 256 || _type is Png.GreyAlpha or Png.Rgba)
                    throw Fault.At(_name, offset, "transparency (tRNS) that does not fit the picture's colour type");
                _transparency = content.ToArray();
                break;
            case "gAMA" when content.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(content) == 100_000:
                _space = ColourSpace.Linear;
                break;
            case "IDAT":
                _data.Add((offset, content.Length));
                break;
            case [>= 'A' and <= 'Z', ..]:
                throw Fault.At(_name, offset - 8, $"the chunk '{Shown(type)}' is needed to show the picture, and is not known here");
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> content, int offset)
    {
        if (content.Length != 13) throw Fault.At(_name, offset, $"a header of {content.Length} bytes; it has 13");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(content), height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        Fault.CheckSize(_name, offset, width, height, _limits);
        (_width, _height, _depth, _type, _interlaced) = ((int)width, (int)height, content[8], content[9], content[12]);
        bool known = _type switch
        {
            Png.Grey => _depth is 1 or 2 or 4 or 8 or 16,
            Png.Indexed => _depth is 1 or 2 or 4 or 8,
            Png.Rgb or Png.GreyAlpha or Png.Rgba => _depth is 8 or 16,
            _ => false,
        };
        if (!known) throw Fault.At(_name, offset + 8, $"colour type {_type} at {_depth} bits is no combination that PNG has");
        if (content[10] != 0 || content[11] != 0 || _interlaced > 1)
            throw Fault.At(_name, offset + 10, "a way of packing, filtering or interlacing that PNG does not have");
        if (width * (long)height * Png.SamplesOf(_type) * (_depth == 16 ? 2 : 1) > Array.MaxLength)
            throw Fault.At(_name, offset, $"{width} x {height} pixels take more memory than one picture may; make it smaller");
    }

    private void ReadPass(Stream from, byte[] result, (int X, int Y, int StepX, int StepY) pass)
    {
        int columns = (_width - pass.X + pass.StepX - 1) / pass.StepX, rows = (_height - pass.Y + pass.StepY - 1) / pass.StepY;
        if (columns <= 0 || rows <= 0) return;
        int bits = Png.SamplesOf(_type) * _depth, step = Math.Max(1, bits / 8), bytes = (int)(((long)columns * bits + 7) / 8);
        byte[] line = new byte[bytes + 1], above = new byte[bytes + 1];
        for (int row = 0; row < rows; row++)
        {
            from.ReadExactly(line);
            Unfilter(line[0], line.AsSpan(1), above.AsSpan(1), step);
            Place(line.AsSpan(1), result, columns, pass.X, pass.StepX, pass.Y + row * pass.StepY);
            (line, above) = (above, line);
        }
    }

    private void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < line.Length; i++) line[i] += line[i - step];
                break;
            case 2:
                for (int i = 0; i < line.Length; i++) line[i] += above[i];
                break;
            case 3:
                for (int i = 0; i < line.Length; i++) line[i] += (byte)(((i < step ? 0 : line[i - step]) + above[i]) / 2);
                break;
            case 4:
                for (int i = 0; i < Math.Min(step, line.Length); i++) line[i] += above[i];
                for (int i = step; i < line.Length; i++) line[i] += Png.Paeth(line[i - step], above[i], above[i - step]);
                break;
            default:
                throw Fault.At(_name, _data[0].Offset, $"a row is filtered in way {filter}, and PNG has 0 to 4; the file is damaged");
        }
    }

    private void Place(ReadOnlySpan<byte> line, byte[] result, int columns, int x, int stepX, int y)
    {
        int samples = Png.SamplesOf(_type);
        if (_depth >= 8)
        {
            int pixel = samples * _depth / 8;
            var row = result.AsSpan(y * _width * pixel, _width * pixel);
            if (stepX == 1) line.CopyTo(row[(x * pixel)..]);
            else
                for (int i = 0; i < columns; i++) line.Slice(i * pixel, pixel).CopyTo(row[((x + i * stepX) * pixel)..]);
            return;
        }
        int mask = (1 << _depth) - 1;
        for (int i = 0; i < columns; i++)
        {
            int bit = i * _depth;
            result[y * _width + x + i * stepX] = (byte)(line[bit >> 3] >> 8 - _depth - (bit & 7) & mask);
        }
    }

    private Raster<byte> Finish(byte[] samples)
    {
        if (_type == Png.Indexed) return Painted(samples);
        int channels = Png.SamplesOf(_type), scale = _depth < 8 ? 255 / ((1 << _depth) - 1) : 1;
        if (_transparency is not { } key)
        {
            if (scale > 1)
                for (int i = 0; i < samples.Length; i++) samples[i] = (byte)(samples[i] * scale);
            return new Raster<byte>(_width, _height, channels, samples, _space);
        }
        byte[] result = new byte[_width * _height * (channels + 1)];
        for (int p = 0; p < _width * _height; p++)
        {
            bool clear = true;
            for (int c = 0; c < channels; c++)
            {
                byte sample = samples[p * channels + c];
                clear &= sample == BinaryPrimitives.ReadUInt16BigEndian(key.AsSpan(2 * c));
                result[p * (channels + 1) + c] = (byte)(sample * scale);
            }
            result[p * (channels + 1) + channels] = clear ? (byte)0 : (byte)255;
        }
        return new Raster<byte>(_width, _height, channels + 1, result, _space);
    }

    private Raster<byte> Painted(byte[] indices)
    {
        int channels = _transparency is null ? 3 : 4, colours = _palette!.Length / 3;
        byte[] result = new byte[_width * _height * channels];
        for (int p = 0; p < indices.Length; p++)
        {
            int index = indices[p];
            if (index >= colours)
                throw Fault.At(_name, _data[0].Offset, $"a pixel asks for colour {index} of a palette of {colours}; the file is damaged");
            _palette.AsSpan(3 * index, 3).CopyTo(result.AsSpan(p * channels));
            if (channels == 4) result[p * 4 + 3] = index < _transparency!.Length ? _transparency[index] : (byte)255;
        }
        return new Raster<byte>(_width, _height, channels, result, _space);
    }

    private Raster<ushort> Widen(byte[] samples)
    {
        int channels = Png.SamplesOf(_type), made = channels + (_transparency is null ? 0 : 1);
        ushort[] result = new ushort[_width * _height * made];
        for (int p = 0; p < _width * _height; p++)
        {
            bool clear = true;
            for (int c = 0; c < channels; c++)
            {
                ushort sample = BinaryPrimitives.ReadUInt16BigEndian(samples.AsSpan(2 * (p * channels + c)));
                if (_transparency is { } key) clear &= sample == BinaryPrimitives.ReadUInt16BigEndian(key.AsSpan(2 * c));
                result[p * made + c] = sample;
            }
            if (made > channels) result[p * made + channels] = clear ? (ushort)0 : ushort.MaxValue;
        }
        return new Raster<ushort>(_width, _height, made, result, _space);
    }

    private static string Shown(string type) => string.Concat(type.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?'));

    /// <summary>Image data of one chunk after another.</summary>
    private sealed class Pieces(ReadOnlyMemory<byte> file, List<(int Offset, int Length)> pieces) : ForwardStream
    {
        private int _piece, _within;

        public override int Read(Span<byte> buffer)
        {
            while (_piece < pieces.Count && _within == pieces[_piece].Length) (_piece, _within) = (_piece + 1, 0);
            if (_piece == pieces.Count) return 0;
            int count = Math.Min(buffer.Length, pieces[_piece].Length - _within);
            file.Span.Slice(pieces[_piece].Offset + _within, count).CopyTo(buffer);
            _within += count;
            return count;
        }
    }
}
