using System.Buffers.Binary;
using System.IO.Compression;
using Simulant.Data;

namespace Simulant.Images.Codecs;

/// <summary>An array of unsigned bytes of an IDX file (the format of MNIST).</summary>
/// <param name="Shape">Sizes of its 1 to 4 dimensions, the first that of items.</param>
/// <param name="Values">The product of the sizes, the last running fastest.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, byte[] Values)
{
    /// <summary>Item i as a picture of shape (height, width) or (height, width, channels).</summary>
    public Raster<byte> Image(int i)
    {
        if (Shape.Count is not (3 or 4)) throw new InvalidOperationException($"{Shape.Count} dimensions are no pictures");
        int channels = Shape.Count == 4 ? Shape[3] : 1, length = Shape[1] * Shape[2] * channels;
        return new Raster<byte>(Shape[2], Shape[1], channels, Values.AsSpan(i * length, length).ToArray());
    }
}

/// <summary>Reads IDX files, packed with gzip or not.</summary>
public static class Idx
{
    /// <summary>A file holds at most so many bytes.</summary>
    public const int MaxBytes = 1 << 30;

    /// <exception cref="DataException">The file is no IDX of bytes, damaged, or too large.</exception>
    public static IdxArray Read(ReadOnlyMemory<byte> file, string name)
    {
        using Stream plain = file.Span.StartsWith<byte>([0x1F, 0x8B])
            ? new GZipStream(new MemoryStream(file.ToArray()), CompressionMode.Decompress) : new MemoryStream(file.ToArray());
        try
        {
            return Read(plain, name, file.Length);
        }
        catch (EndOfStreamException)
        {
            throw new DataException("the file ends early; it is cut off", name);
        }
        catch (InvalidDataException)
        {
            throw new DataException("the file cannot be unpacked; it is damaged", name);
        }
    }

    private static IdxArray Read(Stream from, string name, int packed)
    {
        Span<byte> head = stackalloc byte[4];
        from.ReadExactly(head);
        if (head[0] != 0 || head[1] != 0) throw Fault.At(name, 0, "the file does not begin as an IDX does");
        if (head[2] != 8) throw Fault.At(name, 2, $"numbers of type {head[2]:x2}, and unsigned bytes (08) are read here");
        if (head[3] is < 1 or > 4) throw Fault.At(name, 3, $"{head[3]} dimensions; 1 to 4 are read");
        int[] shape = new int[head[3]];
        long total = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            from.ReadExactly(head);
            shape[d] = BinaryPrimitives.ReadInt32BigEndian(head);
            total = shape[d] < 1 ? 0 : total * shape[d];
            if (total is < 1 or > MaxBytes)
                throw Fault.At(name, 4 + 4 * d,
                    $"dimension {d + 1} is {shape[d]}; every one is at least 1, and all together at most {MaxBytes}");
        }
        if (total > packed * 1032L + 1024) throw Fault.At(name, 4, $"{packed} bytes are too few for {total} numbers; the file is cut off");
        byte[] values = new byte[total];
        from.ReadExactly(values);
        if (from.ReadByte() >= 0) throw Fault.At(name, 4 + 4 * shape.Length + total, "there is more than the stated sizes take");
        return new IdxArray(shape, values);
    }
}
