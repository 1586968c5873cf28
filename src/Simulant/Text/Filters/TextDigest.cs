using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Simulant.Text.Filters;

/// <summary>
/// When two texts are the same for exact deduplication: in lower case, runs of white space as one space, none at the ends. Letters that
/// are written with combining marks are not composed: the program runs without the tables of Unicode normalisation. Known by 128 bits
/// of SHA-256.
/// </summary>
internal static class TextDigest
{
    public static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c)) normal.Append(char.ToLowerInvariant(c));
            else if (normal.Length > 0 && normal[^1] != ' ') normal.Append(' ');
        }
        if (normal.Length > 0 && normal[^1] == ' ') normal.Length--;
        return normal.ToString();
    }

    /// <summary>One digest of the texts in their order; where one ends matters.</summary>
    public static UInt128 Of(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (string text in texts)
        {
            string normal = Normal(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, normal.Length);
            hash.AppendData(length);
            hash.AppendData(MemoryMarshal.AsBytes(normal.AsSpan()));
        }
        Span<byte> bits = stackalloc byte[32];
        hash.GetHashAndReset(bits);
        return BinaryPrimitives.ReadUInt128LittleEndian(bits);
    }
}
