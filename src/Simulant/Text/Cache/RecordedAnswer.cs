using System.Buffers.Binary;
using System.Text;

namespace Simulant.Text.Cache;

/// <summary>One answer of a model as the log keeps it.</summary>
/// <param name="Key">What determines the answer: see <see cref="RequestKey"/>.</param>
/// <param name="Run">Which run asked for it.</param>
/// <param name="Whole">Whether the answer ended by itself; false where it was cut off at <paramref name="Asked"/> tokens.</param>
/// <param name="Filtered">Whether the server withheld it.</param>
/// <param name="Estimated">Whether the tokens are our estimate, the server having said nothing.</param>
/// <param name="Asked">Most tokens that were asked for.</param>
/// <param name="Model">What the server said it was.</param>
/// <param name="CostNano">What it cost when it was asked, in billionths of the unit of money.</param>
public sealed record RecordedAnswer(UInt128 Key, ulong Run, bool Whole, bool Filtered, bool Estimated, int Asked, int InputTokens,
    int OutputTokens, long CostNano, string Model, string Text)
{
    // Key 16, run 8, flags 1, asked 4, input 4, output 4, cost 8, length of the model's name 2.
    internal const int FixedBytes = 47;

    /// <summary>Billionths in one.</summary>
    internal const decimal Nano = 1_000_000_000;

    private const byte WholeFlag = 1, FilteredFlag = 2, EstimatedFlag = 4;

    /// <summary>
    /// Whether this answers a request for at most so many tokens: a whole answer serves any that has room for it, one cut off only
    /// the same.
    /// </summary>
    public bool Serves(int maxTokens) => Whole ? OutputTokens <= maxTokens : Asked == maxTokens;

    internal byte[] Encode()
    {
        byte[] model = Encoding.UTF8.GetBytes(Model.Length > 200 ? Model[..200] : Model);
        byte[] bytes = new byte[FixedBytes + model.Length + Encoding.UTF8.GetByteCount(Text)];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Key);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Run);
        bytes[24] = (byte)((Whole ? WholeFlag : 0) | (Filtered ? FilteredFlag : 0) | (Estimated ? EstimatedFlag : 0));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(25), Asked);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(29), InputTokens);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(33), OutputTokens);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(37), CostNano);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(45), (ushort)model.Length);
        model.CopyTo(bytes, FixedBytes);
        Encoding.UTF8.GetBytes(Text, bytes.AsSpan(FixedBytes + model.Length));
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; null where it cannot be that.</summary>
    internal static RecordedAnswer? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes) return null;
        var head = Head.Read(bytes);
        int model = BinaryPrimitives.ReadUInt16LittleEndian(bytes[45..]);
        if (FixedBytes + model > bytes.Length) return null;
        return new RecordedAnswer(head.Key, head.Run, head.Whole, (bytes[24] & FilteredFlag) != 0, (bytes[24] & EstimatedFlag) != 0,
            head.Asked, head.InputTokens, head.OutputTokens, head.CostNano, Encoding.UTF8.GetString(bytes.Slice(FixedBytes, model)),
            Encoding.UTF8.GetString(bytes[(FixedBytes + model)..]));
    }

    /// <summary>What the index needs of an entry, read without its text.</summary>
    internal readonly record struct Head(UInt128 Key, ulong Run, bool Whole, int Asked, int InputTokens, int OutputTokens,
        long CostNano)
    {
        public static Head Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), (bytes[24] & WholeFlag) != 0,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[25..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[29..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[33..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[37..]));
    }
}
