using System.Buffers.Binary;
using System.IO.Compression;

namespace Simulant.Data;

/// <summary>Unzips a gzip file and notices a file that was cut short, which the framework reads as a shorter one.</summary>
internal sealed class GzipFileStream(FileStream file, string name) : ForwardStream
{
    private readonly GZipStream _unzipped = new(file, CompressionMode.Decompress);
    private long _total;

    public override int Read(Span<byte> buffer)
    {
        int got = _unzipped.Read(buffer);
        _total += got;
        if (got == 0 && buffer.Length > 0) CheckEnd();
        return got;
    }

    // The last four bytes of a member are its length mod 2^32 (RFC 1952). A file of several members need not agree in total,
    // so a difference counts only where no second member begins.
    private void CheckEnd()
    {
        Span<byte> tail = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - 4);
        if (file.ReadAtLeast(tail, 4, throwOnEndOfStream: false) == 4
            && BinaryPrimitives.ReadUInt32LittleEndian(tail) == (uint)_total) return;
        if (!HasSecondMember()) throw new DataException($"{name}: the gzip data ends too early; was the file cut short?", name);
    }

    private bool HasSecondMember()
    {
        byte[] buffer = new byte[1 << 16];
        file.Position = 1;
        int kept = 0;
        while (true)
        {
            int got = file.Read(buffer, kept, buffer.Length - kept);
            if (got == 0) return false;
            var seen = buffer.AsSpan(0, kept + got);
            if (seen.IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0) return true;
            kept = Math.Min(2, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unzipped.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}
