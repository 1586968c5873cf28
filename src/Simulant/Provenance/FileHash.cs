using System.Security.Cryptography;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>SHA-256 of files as bytes, 64 lower-case hexadecimal digits.</summary>
public static class FileHash
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Hashes a file in pieces, so that a file of any size is read in flat memory and can be cancelled.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static (string Sha256, long Bytes) Of(string path, CancellationToken cancel = default)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[BufferBytes];
            long total = 0;
            for (int read; (read = file.Read(buffer)) > 0; total += read)
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), total);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(path, e);
        }
    }

    public static string OfBytes(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string OfText(string text) => OfBytes(System.Text.Encoding.UTF8.GetBytes(text));
}
