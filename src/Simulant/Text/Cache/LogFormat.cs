using System.Buffers.Binary;
using System.Numerics;

namespace Simulant.Text.Cache;

/// <summary>
/// Bytes of the log: eight that name it, then entries, each a mark, its length, a CRC-32C of length and content, and the content.
/// The mark lets a reader find the next entry behind one that is damaged.
/// </summary>
internal static class LogFormat
{
    public const int FrameBytes = 12;

    /// <summary>Longest content: a reply is bounded, so a greater length is damage.</summary>
    public const int MaxContent = 20 << 20;

    public static ReadOnlySpan<byte> Magic => "SIMANS01"u8;
    public static ReadOnlySpan<byte> Mark => [0xA5, 0x53, 0x52, 0x45];

    public static void WriteFrame(Span<byte> to, ReadOnlySpan<byte> content)
    {
        Mark.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], Checksum(content));
    }

    /// <summary>The length a frame states, or -1 where it is no frame.</summary>
    public static int ReadLength(ReadOnlySpan<byte> frame)
    {
        if (!frame[..4].SequenceEqual(Mark)) return -1;
        int length = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);
        return length is >= RecordedAnswer.FixedBytes and <= MaxContent ? length : -1;
    }

    public static bool Holds(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> content) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) == Checksum(content);

    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, (uint)content.Length);
        while (content.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[8..];
        }
        foreach (byte b in content) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
