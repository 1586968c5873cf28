using System.Buffers.Binary;

namespace Simulant.Images.Codecs;

/// <summary>What reader and writer of PNG (ISO/IEC 15948, third edition of the W3C text) share.</summary>
internal static class Png
{
    public const int Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, Rgba = 6;

    private static readonly uint[] CrcTable = MakeCrcTable();

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Adam7: first column and row of each pass, and its steps.</summary>
    public static IReadOnlyList<(int X, int Y, int StepX, int StepY)> Passes { get; } =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Samples of a pixel as stored.</summary>
    public static int SamplesOf(int colourType) => colourType switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    /// <summary>CRC-32 of a chunk's type and content.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        crc = ~crc;
        foreach (byte b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    /// <summary>The nearest of left, above and above left to left + above - above left.</summary>
    public static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }

    public static void WriteChunk(Stream to, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        to.Write(number);
        to.Write(type);
        to.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content, Crc(type)));
        to.Write(number);
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint c = i;
            for (int bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320 ^ c >> 1 : c >> 1;
            table[i] = c;
        }
        return table;
    }
}
